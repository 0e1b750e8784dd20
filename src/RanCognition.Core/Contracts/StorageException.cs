namespace RanCognition.Contracts;

/// <summary>What is kept on a device could not be read or written; the message names the argument it was given by and the reason.</summary>
/// <remarks>Nothing of the call was kept. What was kept before stays as it is, and later calls work once the reason has gone.</remarks>
public sealed class StorageException : Exception
{
    public StorageException(string argument, string reason)
        : base($"{argument}: {reason}")
    {
        Reason = reason;
    }

    /// <summary>The same failure for another call that shared it.</summary>
    public StorageException(StorageException shared)
        : base(shared.Message, shared)
    {
        Reason = shared.Reason;
    }

    public string Reason { get; }
}
