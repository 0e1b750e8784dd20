namespace RanCognition.Contracts;

/// <summary>The device, or a database, could not do what was asked; what was asked is undone and may be asked again.</summary>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);
