using RanCognition.Contracts;
using RanCognition.Memory.Sharing;
using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Writing;

/// <summary>What another site changed: all of it with the place up to which it is here, or nothing.</summary>
internal sealed class SharedWrite(string site, IReadOnlyList<SharedChange> changes, ulong cursor, IEpisodeStore store, ulong nowNs) : MemoryWrite
{
    public override void Prepare(WriteDraft draft)
    {
        int? dimension = draft.Dimension;
        HashSet<string> metrics = new(StringComparer.Ordinal);
        List<(SharedChange Change, Episode? Episode, ReadOnlyMemory<byte> Document)> checkedChanges = [];
        foreach (SharedChange change in changes)
        {
            EpisodePlace place = new($"site {site}, episode {change.RemoteId}");
            Episode? episode = change.Episode is { } stored ? EpisodeForms.Of(stored, draft.Codec) : null;
            ReadOnlyMemory<byte> document = default;
            if (episode is not null)
            {
                EpisodeForms.Check(episode, dimension, place);
                draft.Situations.Check(episode.Situation, metrics, place);
                document = EpisodeForms.Document(episode, draft.Codec, place);
                dimension ??= episode.Vector.Length > 0 ? episode.Vector.Length : null;
            }
            checkedChanges.Add((change, episode, document));
        }
        draft.Dimension = dimension;
        foreach ((SharedChange change, Episode? episode, ReadOnlyMemory<byte> document) in checkedChanges)
        {
            Apply(draft, change, episode, document);
        }
        draft.Changes.Add(new StoreChange.PeerCursor(site, cursor));
    }

    private void Apply(WriteDraft draft, SharedChange change, Episode? episode, ReadOnlyMemory<byte> document)
    {
        EpisodeOrigin origin = new(site, change.RemoteId);
        ulong local = draft.FindOrigin(origin, store);
        if (episode is null)
        {
            if (local != 0 && draft.Exists(local))
            {
                draft.Remove(local);
            }
            return;
        }
        if (local != 0 && draft.Find(local) is { } before)
        {
            draft.Replace(EpisodeForms.Stored(episode, local, episode.TimeNs!.Value, document, draft.Situations), before, nowNs);
            return;
        }
        draft.Add(EpisodeForms.Stored(episode, draft.NextId, episode.TimeNs!.Value, document, draft.Situations), origin);
    }
}
