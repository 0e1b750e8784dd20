namespace RanCognition.Interop;

/// <summary>The device, or the shared database, did not do its part: full, not writable, broken, out of reach. What the call was to keep is not kept, unless the call says otherwise.</summary>
public sealed class RanCognitionStorageException : IOException, IRanCognitionError
{
    private readonly string _message;

    internal RanCognitionStorageException(string message)
        : base(message) => _message = message;

    /// <inheritdoc/>
    public RanCognitionStatus Status => RanCognitionStatus.Storage;

    /// <summary>The library's message as it is.</summary>
    public override string Message => _message;
}
