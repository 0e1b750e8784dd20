namespace RanCognition.Memory.Storage;

/// <summary>Takes one block of history; the bytes are good during the call. False: they are not a block.</summary>
internal delegate bool HistoryReader(string network, ReadOnlySpan<byte> block);
