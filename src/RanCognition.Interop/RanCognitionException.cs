namespace RanCognition.Interop;

/// <summary>A call of the library failed; the message is the library's own: argument, place in it, reason.</summary>
public sealed class RanCognitionException(RanCognitionStatus status, string message) : Exception(message)
{
    /// <summary>The code that the library gave.</summary>
    public RanCognitionStatus Status { get; } = status;
}
