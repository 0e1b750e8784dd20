namespace RanCognition.Interop;

/// <summary>A failed call as the exception that .NET has for it.</summary>
internal static class LibraryMessage
{
    public static Exception Error(RanCognitionStatus status, string message, CancellationToken token) => status switch
    {
        RanCognitionStatus.InvalidArgument => new RanCognitionArgumentException(message),
        RanCognitionStatus.InvalidHandle => new RanCognitionDisposedException(message),
        RanCognitionStatus.InvalidJson => new RanCognitionJsonException(message),
        RanCognitionStatus.Busy => new RanCognitionBusyException(message),
        RanCognitionStatus.Cancelled => new RanCognitionCanceledException(message, token),
        RanCognitionStatus.NotFound => new RanCognitionNotFoundException(message),
        RanCognitionStatus.Storage => new RanCognitionStorageException(message),
        _ => new RanCognitionException(status, message),
    };

    /// <summary>What a message is about: "problem/history/X: reason" begins with it.</summary>
    public static string? Argument(string message)
    {
        int end = message.IndexOf(": ", StringComparison.Ordinal);
        return end > 0 ? message[..end] : null;
    }
}
