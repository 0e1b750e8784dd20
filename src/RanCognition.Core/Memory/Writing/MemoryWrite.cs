using RanCognition.Contracts;

namespace RanCognition.Memory.Writing;

/// <summary>One call that changes the memory, on its way through the queue.</summary>
internal abstract class MemoryWrite
{
    private Exception? _failure;

    /// <summary>What this call is promised.</summary>
    public required Durability Durability { get; init; }

    public bool IsDone { get; private set; }

    /// <summary>Checks everything, then puts its changes into the draft. When it throws, the draft is as before.</summary>
    public abstract void Prepare(WriteDraft draft);

    public void Finish(Exception? failure)
    {
        _failure = failure;
        IsDone = true;
    }

    /// <summary>Throws what the write failed by.</summary>
    public void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            // Several calls of a group can share one failure: each throws its own.
            throw _failure is StorageException shared ? new StorageException(shared) : _failure;
        }
    }
}
