namespace RanCognition.Interop;

/// <summary>
/// A call of the library failed; the message is the library's own: argument, place in it, reason. Where .NET has a name for the failure, the exception is of that kind instead, and
/// has the status by <see cref="IRanCognitionError"/>.
/// </summary>
public sealed class RanCognitionException(RanCognitionStatus status, string message) : Exception(message), IRanCognitionError
{
    /// <summary>The code that the library gave.</summary>
    public RanCognitionStatus Status { get; } = status;
}
