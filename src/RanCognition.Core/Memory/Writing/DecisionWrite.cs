using RanCognition.Contracts;
using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Writing;

/// <summary>A decision, decisions that make room for it, and the episode that it has become: all of it or nothing.</summary>
/// <param name="changes">Of decisions.</param>
/// <param name="episode">Null = none yet.</param>
/// <param name="nowNs">Time of an episode that says none.</param>
internal sealed class DecisionWrite(IReadOnlyList<StoreChange> changes, Episode? episode, ulong nowNs) : MemoryWrite
{
    private readonly StoreWrite? _episode = episode is null ? null : new StoreWrite([episode], nowNs, "episode", isBatch: false) { Durability = Durability.None };

    /// <summary>Of the episode; 0 without one.</summary>
    public ulong EpisodeId => _episode is null ? 0 : _episode.Ids[0];

    public override void Prepare(WriteDraft draft)
    {
        _episode?.Prepare(draft);
        draft.Changes.AddRange(changes);
    }
}
