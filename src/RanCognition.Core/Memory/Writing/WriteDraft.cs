using System.Globalization;
using RanCognition.Contracts;
using RanCognition.Memory.Situations;
using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Writing;

/// <summary>What a group of writes will change, before it is kept.</summary>
/// <param name="state">As it is before the group.</param>
/// <param name="codec">Writes documents.</param>
/// <param name="dimension">Numbers of a vector; null before the first.</param>
internal sealed class WriteDraft(MemoryState state, IEpisodeCodec codec, int? dimension)
{
    /// <summary>The next id, kept when it is not one more than the highest that is there.</summary>
    public const string NextIdSetting = "next_id";

    private readonly Dictionary<ulong, StoredEpisode?> _touched = [];   // null = removed by this group
    private readonly Dictionary<EpisodeOrigin, ulong> _origins = [];   // of episodes that this group adds

    public IEpisodeCodec Codec => codec;

    public SituationDraft Situations { get; } = new(state.Situations.Space);

    public List<StoreChange> Changes { get; } = [];

    /// <summary>Numbers of a vector; null before the first.</summary>
    public int? Dimension { get; set; } = dimension;

    public ulong NextId { get; private set; } = state.NextId;

    /// <summary>Episodes that will be alive.</summary>
    public int Count { get; private set; } = state.Table.Count;

    public bool Exists(ulong id) => _touched.TryGetValue(id, out StoredEpisode? episode) ? episode is not null : state.Table.RowOf(id) >= 0;

    /// <summary>The episode as the writes before leave it; null when there is none.</summary>
    public StoredEpisode? Find(ulong id) => _touched.TryGetValue(id, out StoredEpisode? episode) ? episode : state.Read(id);

    /// <summary>Local id of another site's episode; 0 when it is not here.</summary>
    public ulong FindOrigin(EpisodeOrigin origin, IEpisodeStore store) => _origins.TryGetValue(origin, out ulong id) ? id : store.FindOrigin(origin);

    public void Add(StoredEpisode episode, EpisodeOrigin? origin = null)
    {
        if (origin is { } known)
        {
            _origins[known] = episode.Id;
        }
        Changes.Add(new StoreChange.Add(episode, origin));
        _touched[episode.Id] = episode;
        NextId = Math.Max(NextId, episode.Id + 1);
        Count++;
    }

    public void Replace(StoredEpisode episode, StoredEpisode before, ulong knownNs)
    {
        Changes.Add(new StoreChange.Replace(episode, knownNs, before.Vector, before.Situation));
        _touched[episode.Id] = episode;
    }

    public void Remove(ulong id)
    {
        if (id == NextId - 1)
        {
            // The store knows the ids that are there: the highest that was is told apart.
            Changes.Add(new StoreChange.Setting(NextIdSetting, NextId.ToString(CultureInfo.InvariantCulture)));
        }
        Changes.Add(new StoreChange.Remove(id));
        _touched[id] = null;
        Count--;
    }

    /// <summary>Takes the oldest out until no more than this many are left.</summary>
    public void KeepAtMost(ulong rows)
    {
        if ((ulong)Count <= rows)
        {
            return;
        }
        int excess = (int)((ulong)Count - rows);
        // Of the episodes of before, those of this group not counted, at most this many can go.
        ulong[] oldest = new ulong[Math.Min(excess + _touched.Count, state.Table.Count)];
        int found = state.Table.CopyOldest(oldest.Length, oldest);
        List<(ulong TimeNs, ulong Id)> candidates = [];
        foreach (ulong id in oldest.AsSpan(0, found))
        {
            if (!_touched.ContainsKey(id))
            {
                candidates.Add((state.Table.Times[state.Table.RowOf(id)], id));
            }
        }
        candidates.AddRange(_touched.Values.OfType<StoredEpisode>().Select(episode => (episode.TimeNs, episode.Id)));
        candidates.Sort();
        foreach ((_, ulong id) in candidates.Take(excess))
        {
            Remove(id);
        }
    }
}
