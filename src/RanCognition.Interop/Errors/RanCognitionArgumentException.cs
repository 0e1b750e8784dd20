namespace RanCognition.Interop;

/// <summary>An argument is empty, out of range or contradicts another; ParamName is the argument's name in rancognition.h.</summary>
public sealed class RanCognitionArgumentException : ArgumentException, IRanCognitionError
{
    private readonly string _message;

    internal RanCognitionArgumentException(string message)
        : base(message, LibraryMessage.Argument(message)) => _message = message;

    /// <inheritdoc/>
    public RanCognitionStatus Status => RanCognitionStatus.InvalidArgument;

    /// <summary>The library's message as it is.</summary>
    public override string Message => _message;
}
