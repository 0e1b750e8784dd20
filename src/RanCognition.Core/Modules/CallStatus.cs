using RanCognition.Contracts;

namespace RanCognition.Modules;

/// <summary>Codes of failures as the boundary gives them, for the record.</summary>
internal static class CallStatus
{
    private const int InvalidArgument = -1;
    private const int InvalidHandle = -2;
    private const int InvalidJson = -3;
    private const int Busy = -4;
    private const int Cancelled = -5;
    private const int NotFound = -6;
    private const int Limit = -7;
    private const int OutOfMemory = -8;
    private const int Internal = -10;
    private const int Storage = -11;

    public static int Of(Exception error) => error switch
    {
        InvalidInputException => InvalidArgument,
        InvalidJsonException => InvalidJson,
        LimitExceededException => Limit,
        NotFoundException => NotFound,
        BusyException => Busy,
        StorageException => Storage,
        ObjectDisposedException => InvalidHandle,
        OperationCanceledException => Cancelled,
        OutOfMemoryException => OutOfMemory,
        _ => Internal,
    };

    /// <summary>The machine was in the way: the same call need not fail again.</summary>
    public static bool IsOfTheMachine(int status) => status is InvalidHandle or Busy or OutOfMemory or Storage;
}
