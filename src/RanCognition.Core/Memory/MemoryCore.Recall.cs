using RanCognition.Contracts;
using RanCognition.Memory.Filtering;
using RanCognition.Memory.Index;
using RanCognition.Memory.Recalling;
using RanCognition.Memory.Writing;

namespace RanCognition.Memory;

public sealed partial class MemoryCore
{
    /// <summary>The episodes that are most like what is looked for.</summary>
    public RecallResult Recall(RecallQuery query)
    {
        using UseCount.Use use = Enter();
        ulong start = _host.NowNanoseconds();
        FilterEngine.Validate(query.Filter);
        RecallResult result;
        using (ReadScope scope = new(_lock))
        {
            result = new Recaller(query, _state, _store, _codec, _metric, _dimension).Run();
        }
        return result with { ExecutionTime = Elapsed(start) };
    }

    /// <summary>Plain nearest neighbours by vector, ascending distance, ties by id; gives how many were found.</summary>
    public int Search(ReadOnlySpan<float> query, long k, EpisodeFilter filter, Span<MemoryHit> hits)
    {
        using UseCount.Use use = Enter();
        if (filter.Terms.Count > 0)
        {
            FilterEngine.Validate(filter);
        }
        using ReadScope scope = new(_lock);
        if (query.IsEmpty)
        {
            InvalidInputException.Throw("query", "has 0 numbers");
        }
        EpisodeForms.CheckVector(query, _dimension, "query");
        int wanted = Recaller.HitsWanted(k, _state.Table.Count, "k");
        if (hits.Length < wanted)
        {
            InvalidInputException.Throw("n", $"room for {hits.Length} hits, {wanted} are asked for");
        }
        if (_state.Vectors is not { } index)
        {
            return 0;
        }
        using SelectedRows selected = _state.Filters.Select(filter, null);
        Span<Neighbor> neighbors = wanted <= 64 ? stackalloc Neighbor[wanted] : new Neighbor[wanted];
        SearchCounts counts = default;
        int count = index.Search(query, wanted, selected.Selection, _state.Table.Ids, neighbors, ref counts);
        for (int i = 0; i < count; i++)
        {
            int row = neighbors[i].Row;
            hits[i] = new MemoryHit { Id = _state.Table.Ids[row], TimeNs = _state.Table.Times[row], Distance = neighbors[i].Distance, Reward = _state.Table.Rewards[row] };
        }
        return count;
    }
}
