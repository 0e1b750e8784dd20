namespace RanCognition.Interop;

/// <summary>There is nothing under the id or name given.</summary>
public sealed class RanCognitionNotFoundException : KeyNotFoundException, IRanCognitionError
{
    private readonly string _message;

    internal RanCognitionNotFoundException(string message)
        : base(message) => _message = message;

    /// <inheritdoc/>
    public RanCognitionStatus Status => RanCognitionStatus.NotFound;

    /// <summary>The library's message as it is.</summary>
    public override string Message => _message;
}
