namespace RanCognition.Scheduling;

/// <summary>What became of one task that was taken out of the queue.</summary>
internal struct Execution
{
    public const ulong NoRetry = ulong.MaxValue;

    public ulong TaskId;
    public ulong Due;
    public ulong LatenessNs;
    public ulong Payload;
    public ulong ElapsedNs;

    /// <summary>NoRetry when this was the last try.</summary>
    public ulong RetryAt;

    public uint Attempt;
    public int Status;
    public ushort Handler;

    /// <summary>Why it failed; null after a success, or when the handler's status says all.</summary>
    public string? Error;
}
