using RanCognition.Contracts;

namespace RanCognition.Memory.Writing;

/// <summary>New episodes: all of them or none.</summary>
internal sealed class StoreWrite(IReadOnlyList<Episode> episodes, ulong nowNs, string argument, bool isBatch) : MemoryWrite
{
    public ulong[] Ids { get; } = new ulong[episodes.Count];

    public override void Prepare(WriteDraft draft)
    {
        if ((long)draft.Count + episodes.Count > MemoryLimits.EpisodesMax)
        {
            throw new LimitExceededException(argument, $"more than {MemoryLimits.EpisodesMax} episodes in one memory");
        }
        int? dimension = draft.Dimension;
        HashSet<ulong> own = [];
        HashSet<string> metrics = new(StringComparer.Ordinal);
        ReadOnlyMemory<byte>[] documents = new ReadOnlyMemory<byte>[episodes.Count];
        ulong highest = draft.NextId - 1;
        for (int i = 0; i < episodes.Count; i++)
        {
            Episode episode = episodes[i];
            EpisodePlace place = isBatch ? new EpisodePlace(argument, i) : new EpisodePlace(argument);
            EpisodeForms.Check(episode, dimension, place);
            draft.Situations.Check(episode.Situation, metrics, place);
            if (episode.Id != 0 && (draft.Exists(episode.Id) || !own.Add(episode.Id)))
            {
                InvalidInputException.Throw(place.Of("id"), $"there is an episode {episode.Id} already; update changes it");
            }
            dimension ??= episode.Vector.Length > 0 ? episode.Vector.Length : null;
            highest = Math.Max(highest, episode.Id);
            documents[i] = EpisodeForms.Document(episode, draft.Codec, place);
        }
        if (highest > MemoryLimits.IdMax - (ulong)episodes.Count)
        {
            throw new LimitExceededException(argument, "the ids are used up");
        }
        draft.Dimension = dimension;
        // Ids that the memory gives lie above all that are given, so that no order of the list makes two alike.
        ulong next = highest + 1;
        for (int i = 0; i < episodes.Count; i++)
        {
            Episode episode = episodes[i];
            Ids[i] = episode.Id != 0 ? episode.Id : next++;
            draft.Add(EpisodeForms.Stored(episode, Ids[i], episode.TimeNs ?? nowNs, documents[i], draft.Situations));
        }
    }
}
