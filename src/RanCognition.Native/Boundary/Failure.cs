using RanCognition.Contracts;

namespace RanCognition.Native.Boundary;

/// <summary>Turns an exception into the thread's status and message. No exception ever crosses the boundary.</summary>
internal static class Failure
{
    /// <summary>Records the failure for this thread and returns its status.</summary>
    public static int Record(Exception error)
    {
        (int status, string message) = Classify(error);
        ThreadStatus.Set(status, message);
        return status;
    }

    private static (int Status, string Message) Classify(Exception error) => error switch
    {
        BoundaryException e => (e.Status, e.Message),
        InvalidInputException e => (Status.EInvalidArgument, e.Message),
        InvalidJsonException e => (Status.EInvalidJson, e.Message),
        LimitExceededException e => (Status.ELimit, e.Message),
        NotFoundException e => (Status.ENotFound, e.Message),
        BusyException e => (Status.EBusy, e.Message),
        StorageException e => (Status.EStorage, e.Message),
        ObjectDisposedException => (Status.EInvalidHandle, "self: was destroyed while this call was under way"),
        OperationCanceledException e => (Status.ECancelled, e.Message),
        OutOfMemoryException => (Status.EOutOfMemory, "memory is exhausted"),
        _ => (Status.EInternal, $"internal error: {error.GetType().Name}: {error.Message}"),
    };
}
