using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Sharing;

/// <summary>An episode of another site as it is now.</summary>
/// <param name="Sequence">Of the change that made it so, in the count of its site.</param>
/// <param name="RemoteId">Its id at its site.</param>
/// <param name="Episode">
/// Null = it was removed. Its id is the remote one. Situation and text are empty here: both are in the document, and the position of a metric differs from memory to memory.
/// </param>
internal sealed record SharedChange(ulong Sequence, ulong RemoteId, StoredEpisode? Episode);
