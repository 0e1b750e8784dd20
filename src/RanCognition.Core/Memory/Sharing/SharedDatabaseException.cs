namespace RanCognition.Memory.Sharing;

/// <summary>The shared database cannot be used now, and why. Whatever was to be shared stays here and is shared later.</summary>
internal sealed class SharedDatabaseException(string message, Exception? cause = null) : Exception(message, cause);
