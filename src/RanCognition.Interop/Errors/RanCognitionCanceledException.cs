namespace RanCognition.Interop;

/// <summary>The call was cancelled by its token or by the host's progress callback.</summary>
public sealed class RanCognitionCanceledException : OperationCanceledException, IRanCognitionError
{
    internal RanCognitionCanceledException(string message, CancellationToken token)
        : base(message, token)
    {
    }

    /// <inheritdoc/>
    public RanCognitionStatus Status => RanCognitionStatus.Cancelled;
}
