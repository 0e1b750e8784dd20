namespace RanCognition.Interop;

/// <summary>One task as its handler gets it; good during the call.</summary>
public readonly unsafe ref struct SchedulerTask
{
    private readonly nint _reply;

    internal SchedulerTask(ulong id, ulong payload, ReadOnlySpan<byte> data, nint reply)
    {
        Id = id;
        Payload = payload;
        Data = data;
        _reply = reply;
    }

    /// <summary>Id of the task; of a recurring one, of this execution.</summary>
    public ulong Id { get; }

    /// <summary>The number given with a task of a batch; 0 for one with data.</summary>
    public ulong Payload { get; }

    /// <summary>The bytes given with the task.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Appends to the reply: JSON, other text, or any bytes. The handler then gives null.</summary>
    public void Write(ReadOnlySpan<byte> reply)
    {
        using CallScope scope = new(null, default);
        fixed (byte* bytes = reply)
        {
            NativeCall.Check(NativeMethods.rancog_reply_write(_reply, bytes, (nuint)reply.Length));
        }
    }
}

/// <summary>Runs one task, on the thread that executes tasks. An exception makes the task fail, with its message.</summary>
/// <returns>What the result's "Ok" will be: JSON, or other text; null for nothing, or for what was written.</returns>
public delegate string? SchedulerTaskHandler(SchedulerTask task);
