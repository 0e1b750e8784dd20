using RanCognition.Contracts;
using RanCognition.Memory.Index;
using RanCognition.Memory.Storage;
using RanCognition.Memory.Writing;

namespace RanCognition.Memory.Recalling;

/// <summary>What a query looks for, as numbers, and the index to look in.</summary>
internal sealed class RecallTarget
{
    private readonly bool[] _known;   // of a situation, by position

    private RecallTarget(float[] numbers, VectorIndex? index, bool isSituation, int without, bool[] known)
    {
        _known = known;
        Numbers = numbers;
        Index = index;
        IsSituation = isSituation;
        Without = without;
    }

    /// <summary>The query in the numbers that are compared; empty when only text is looked for.</summary>
    public float[] Numbers { get; }

    /// <summary>Null when there is nothing to compare with.</summary>
    public VectorIndex? Index { get; }

    public bool IsSituation { get; }

    /// <summary>Row that is no hit, or -1.</summary>
    public int Without { get; }

    /// <summary>The situation that is looked for has this metric.</summary>
    public bool Knows(int position) => _known[position];

    public static RecallTarget Of(RecallQuery query, MemoryState state, int? dimension)
    {
        int given = (query.Situation.Count > 0 ? 1 : 0) + (query.Vector.Length > 0 ? 1 : 0) + (query.Like is null ? 0 : 1);
        if (given > 1)
        {
            InvalidInputException.Throw("query", "gives more than one of situation, vector and like");
        }
        if (given == 0 && query.Text.Length == 0)
        {
            InvalidInputException.Throw("query", "gives none of situation, vector, text and like");
        }
        if (query.Like is { } id)
        {
            return Like(id, state);
        }
        if (query.Situation.Count > 0)
        {
            EpisodeForms.CheckNumbers(query.Situation, new EpisodePlace("query"), "situation");
            float[] raw = state.Situations.RawOf(query.Situation);
            return new RecallTarget(state.Situations.Normalise(raw), state.Situations.Vectors, true, -1, KnownOf(raw));
        }
        EpisodeForms.CheckVector(query.Vector, dimension, "query/vector");
        return new RecallTarget(query.Vector, query.Vector.Length > 0 ? state.Vectors : null, false, -1, []);
    }

    /// <summary>How far an episode that is in no index is from the query; null when the two cannot be compared.</summary>
    public double? DistanceTo(StoredEpisode episode, MemoryState state, DistanceMetric metric)
    {
        if (Numbers.Length == 0 || (IsSituation ? episode.Situation : episode.Vector).IsEmpty)
        {
            return null;
        }
        return IsSituation
            ? VectorDistance.Between(metric, Numbers, state.Situations.Normalise(episode.Situation.Span))
            : VectorDistance.Between(metric, Numbers, episode.Vector.Span);
    }

    private static RecallTarget Like(ulong id, MemoryState state)
    {
        int row = state.Table.RowOf(id);
        if (row < 0)
        {
            throw new NotFoundException("query/like", $"there is no episode {id}");
        }
        if (!state.Situations.Has(row))
        {
            return new RecallTarget(state.VectorOf(row), state.Vectors, false, row, []);
        }
        VectorIndex index = state.Situations.Vectors!;
        return new RecallTarget(index.Vector(row).ToArray(), index, true, row, KnownOf(state.Situations.Raw.Row(row)));
    }

    private static bool[] KnownOf(ReadOnlySpan<float> raw)
    {
        bool[] known = new bool[raw.Length];
        for (int i = 0; i < raw.Length; i++)
        {
            known[i] = !float.IsNaN(raw[i]);
        }
        return known;
    }
}
