namespace RanCognition.Interop;

/// <summary>Makes a result of a buffer, and releases the buffer.</summary>
internal unsafe delegate T BufferReader<out T>(byte* buffer);
