namespace RanCognition.Interop;

/// <summary>The handle was destroyed: by its loader, or by Dispose on another thread while this call was under way.</summary>
public sealed class RanCognitionDisposedException : ObjectDisposedException, IRanCognitionError
{
    private readonly string _message;

    internal RanCognitionDisposedException(string message)
        : base(null, message) => _message = message;

    /// <inheritdoc/>
    public RanCognitionStatus Status => RanCognitionStatus.InvalidHandle;

    /// <summary>The library's message as it is.</summary>
    public override string Message => _message;
}
