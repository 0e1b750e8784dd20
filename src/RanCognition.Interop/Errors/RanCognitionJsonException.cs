using System.Text.Json;

namespace RanCognition.Interop;

/// <summary>The text is not JSON, or lacks a field or has one of a wrong type; Path is the place, as the message names it.</summary>
public sealed class RanCognitionJsonException : JsonException, IRanCognitionError
{
    private readonly string _message;

    internal RanCognitionJsonException(string message)
        : base(message, LibraryMessage.Argument(message), null, null) => _message = message;

    /// <inheritdoc/>
    public RanCognitionStatus Status => RanCognitionStatus.InvalidJson;

    /// <summary>The library's message as it is.</summary>
    public override string Message => _message;
}
