namespace RanCognition.Interop;

/// <summary>The object was used from inside one of its own callbacks, for what cannot be done while another thread runs its tasks, or its file is another's already.</summary>
public sealed class RanCognitionBusyException : InvalidOperationException, IRanCognitionError
{
    private readonly string _message;

    internal RanCognitionBusyException(string message)
        : base(message) => _message = message;

    /// <inheritdoc/>
    public RanCognitionStatus Status => RanCognitionStatus.Busy;

    /// <summary>The library's message as it is.</summary>
    public override string Message => _message;
}
