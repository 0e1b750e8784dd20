using RanCognition.Contracts;
using RanCognition.Memory.Filtering;
using RanCognition.Memory.Learning;
using RanCognition.Memory.Storage;

namespace RanCognition.Memory;

/// <summary>Reads what the learning needs to know of the episodes that a filter leaves.</summary>
internal static class FactCollector
{
    private const int IdsPerRead = 512;

    public static List<EpisodeFacts> Collect(MemoryState state, IEpisodeStore store, IEpisodeCodec codec, EpisodeFilter filter)
    {
        List<EpisodeFacts> facts = [];
        using SelectedRows selected = state.Filters.Select(filter, null);
        List<ulong> ids = [];
        for (int row = 0; row < state.Table.Rows; row++)
        {
            if (!selected.Contains(row))
            {
                continue;
            }
            ids.Add(state.Table.Ids[row]);
            if (ids.Count == IdsPerRead)
            {
                Read();
            }
        }
        Read();
        return facts;

        void Read()
        {
            store.ReadDocuments([.. ids], (id, document) => facts.Add(Fact(state, id, codec.Read(document))));
            ids.Clear();
        }
    }

    private static EpisodeFacts Fact(MemoryState state, ulong id, Episode episode)
    {
        int row = state.Table.RowOf(id);
        double reward = state.Table.Rewards[row];
        int success = state.Table.Success(row);
        Episode whole = episode with { Id = id, TimeNs = state.Table.Times[row], Reward = double.IsNaN(reward) ? null : reward, Success = success < 0 ? null : success == 1 };
        return EpisodeFacts.Of(whole, PointOf(state, row));
    }

    /// <summary>As situations are compared, NaN where a metric is missing; or the vector where there is no situation.</summary>
    private static float[] PointOf(MemoryState state, int row)
    {
        float[] raw = state.SituationOf(row);
        if (raw.Length == 0)
        {
            return state.VectorOf(row);
        }
        ReadOnlySpan<float> normalised = state.Situations.Vectors!.Vector(row);
        for (int i = 0; i < raw.Length; i++)
        {
            raw[i] = float.IsNaN(raw[i]) ? float.NaN : normalised[i];
        }
        return raw;
    }
}
