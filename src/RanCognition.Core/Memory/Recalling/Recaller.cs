using RanCognition.Contracts;
using RanCognition.Memory.Filtering;
using RanCognition.Memory.Index;
using RanCognition.Memory.Ranking;
using RanCognition.Memory.Storage;
using RanCognition.Memory.Writing;

namespace RanCognition.Memory.Recalling;

/// <summary>Answers one query: filter, nearest neighbours, words, ranks. The caller holds the lock for reading.</summary>
internal sealed class Recaller(RecallQuery query, MemoryState state, IEpisodeStore store, IEpisodeCodec codec, DistanceMetric metric, int? dimension)
{
    /// <summary>Hits that maximal marginal relevance chooses from, per hit wanted, and at least.</summary>
    private const int PoolFactor = 4, PoolMin = 64;

    private readonly RecallTarget _target = RecallTarget.Of(query, state, dimension);
    private readonly RankPrior _prior = new(query.Weights ?? new RankWeights(), query.AsOfNs ?? state.Table.NewestTimeNs, query.HalfLifeNs, state.Table.RewardRange);
    private readonly HashSet<ulong> _gone = [];
    private SearchCounts _counts;

    public int K { get; } = HitsWanted(query.K, state.Table.Count, "query/k");

    private bool IsRanked => query.Weights is not null;

    private bool IsDiverse => query.MmrLambda is < 1;

    private bool HasText => query.Text.Length > 0;

    /// <summary>How many hits are wanted: as many as given, which must be there; without, ten or what is there.</summary>
    public static int HitsWanted(long? k, int count, string argument)
    {
        if (k is not { } wanted)
        {
            return Math.Min(10, count);
        }
        if (wanted < 1)
        {
            InvalidInputException.Throw(argument, $"{wanted}, must be 1 or more");
        }
        if (wanted > MemoryLimits.HitsMax)
        {
            throw new LimitExceededException(argument, $"{wanted}, at most {MemoryLimits.HitsMax}");
        }
        if (wanted > count)
        {
            InvalidInputException.Throw(argument, $"{wanted}, but the memory has {count} episodes");
        }
        return (int)wanted;
    }

    public RecallResult Run()
    {
        if (K == 0)
        {
            return Result([], 0);
        }
        while (true)
        {
            _counts = default;
            if (TryRun() is { } result)
            {
                return result;
            }
        }
    }

    /// <summary>Null when an episode was removed from the store meanwhile: then it is left out of the next try.</summary>
    private RecallResult? TryRun()
    {
        IReadOnlyList<StoredEpisode> versions = VersionsThen();
        HashSet<ulong> revised = [.. versions.Select(version => version.Id), .. _gone];
        using SelectedRows selected = state.Filters.Select(query.Filter, query.AsOfNs);
        List<Candidate> then = [.. versions.Where(Passes).Select(OfVersion)];
        int pool = IsDiverse || HasText ? Math.Max(PoolMin, PoolFactor * K) : K;
        List<Candidate> found = Nearest(selected, revised, pool);
        found.AddRange(then.Where(candidate => candidate.Distance is not null));
        Order(found);
        if (HasText)
        {
            found = Fuse(found, Words(selected, revised, then, pool));
        }
        if (IsDiverse)
        {
            found = Diverse(found);
        }
        if (found.Count > K)
        {
            found.RemoveRange(K, found.Count - K);
        }
        List<RecallHit> hits = [];
        foreach (Candidate candidate in found)
        {
            if ((candidate.Version ?? state.Read(candidate.Id)) is not { } episode)
            {
                _gone.Add(candidate.Id);
                return null;
            }
            hits.Add(Hit(candidate, episode));
        }
        return Result(hits, (ulong)(selected.Count + then.Count));
    }

    private RecallResult Result(IReadOnlyList<RecallHit> hits, ulong scanned) => new()
    {
        Hits = hits,
        Scanned = scanned,
        Reranked = (ulong)_counts.Reranked,
        Weights = query.Weights,
        Ignored = query.Ignored,
    };

    /// <summary>As of a time: how the episodes were then of which something became known since.</summary>
    private List<StoredEpisode> VersionsThen()
    {
        List<StoredEpisode> versions = [];
        if (query.AsOfNs is { } asOf)
        {
            foreach (ulong id in store.ChangedAfter(asOf))
            {
                if (store.ReadAsOf(id, asOf) is { } version)
                {
                    versions.Add(version);
                }
            }
        }
        return versions;
    }

    private bool Passes(StoredEpisode version) =>
        version.TimeNs <= query.AsOfNs && version.Id != query.Like &&
        FilterEngine.Matches(query.Filter, version.Id, version.TimeNs, version.Cell, version.Reward, version.Success, field => codec.Field(version.Document.Span, field));

    private Candidate OfVersion(StoredEpisode version)
    {
        double? distance = _target.DistanceTo(version, state, metric);
        return new Candidate
        {
            Id = version.Id,
            Row = -1,
            Distance = distance,
            Version = version,
            TimeNs = version.TimeNs,
            Reward = version.Reward,
            Score = distance is { } known ? Score(known, version.TimeNs, version.Reward) : 0,
        };
    }

    private double Score(double distance, ulong timeNs, double reward) =>
        IsRanked ? query.Weights!.Similarity * VectorIndex.Similarity(metric, distance) + Prior(timeNs, reward) : VectorIndex.Similarity(metric, distance);

    private double Prior(ulong timeNs, double reward) =>
        query.Weights is { } weights ? weights.Recency * _prior.Recency(timeNs) + weights.Reward * (_prior.Reward(reward) ?? RankPrior.RewardUnknown) : 0;

    private List<Candidate> Nearest(in SelectedRows selected, HashSet<ulong> revised, int pool)
    {
        if (_target.Index is null)
        {
            return [];
        }
        // What is left out afterwards is asked for in addition.
        int wanted = (int)Math.Min((long)pool + revised.Count + (_target.Without >= 0 ? 1 : 0), state.Table.Rows);
        Neighbor[] neighbors = new Neighbor[wanted];
        int count;
        if (IsRanked)
        {
            double[] priors = new double[state.Table.Rows];
            _prior.Fill(state.Table.Times, state.Table.Rewards, priors);
            count = _target.Index.SearchScored(_target.Numbers, wanted, selected.Selection, state.Table.Ids, query.Weights!.Similarity, priors, neighbors, new double[wanted], ref _counts);
        }
        else
        {
            count = _target.Index.Search(_target.Numbers, wanted, selected.Selection, state.Table.Ids, neighbors, ref _counts);
        }
        List<Candidate> found = new(count);
        foreach (Neighbor neighbor in neighbors.AsSpan(0, count))
        {
            ulong id = state.Table.Ids[neighbor.Row];
            if (neighbor.Row != _target.Without && !revised.Contains(id))
            {
                found.Add(OfRow(id, neighbor.Row, neighbor.Distance));
            }
        }
        return found;
    }

    private Candidate OfRow(ulong id, int row, double? distance)
    {
        ulong timeNs = state.Table.Times[row];
        double reward = state.Table.Rewards[row];
        return new Candidate { Id = id, Row = row, Distance = distance, TimeNs = timeNs, Reward = reward, Score = distance is { } known ? Score(known, timeNs, reward) : 0 };
    }

    private void Order(List<Candidate> candidates)
    {
        if (IsRanked)
        {
            candidates.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : Nearer(a, b));
            return;
        }
        candidates.Sort(Nearer);
    }

    private static int Nearer(Candidate a, Candidate b)
    {
        int order = Nullable.Compare(a.Distance, b.Distance);
        return order != 0 ? order : a.Id.CompareTo(b.Id);
    }

    /// <summary>Best episodes by words among those that the filter leaves: as many as wanted when there are.</summary>
    private List<Candidate> Words(in SelectedRows selected, HashSet<ulong> revised, List<Candidate> then, int pool)
    {
        Dictionary<ulong, Candidate> versions = then.ToDictionary(candidate => candidate.Id);
        for (int most = Math.Max(256, 4 * pool); ; most = (int)Math.Min(most * 8L, int.MaxValue))
        {
            IReadOnlyList<(ulong Id, double Score)> ranked = store.SearchText(query.Text, most);
            List<Candidate> found = [];
            foreach ((ulong id, _) in ranked)
            {
                // Of an episode that changed since, the words of today are looked in.
                Candidate? candidate = versions.GetValueOrDefault(id);
                int row = candidate is null && !revised.Contains(id) ? state.Table.RowOf(id) : -1;
                if (row >= 0 && row != _target.Without && selected.Contains(row))
                {
                    candidate = OfRow(id, row, _target.Index is not null && _target.Index.Has(row) ? _target.Index.Distance(_target.Numbers, row) : null);
                }
                if (candidate is not null)
                {
                    found.Add(candidate);
                }
                if (found.Count == pool)
                {
                    return found;
                }
            }
            if (ranked.Count < most)
            {
                return found;
            }
        }
    }

    /// <summary>Both rankings made one: by reciprocal ranks, or with weights by the weighted sum of the parts.</summary>
    private List<Candidate> Fuse(List<Candidate> near, List<Candidate> words)
    {
        Dictionary<ulong, Candidate> all = near.ToDictionary(candidate => candidate.Id);
        for (int i = 0; i < words.Count; i++)
        {
            all.TryAdd(words[i].Id, words[i]);
            all[words[i].Id].TextPart = ReciprocalRank.Part(i + 1);
        }
        if (IsRanked)
        {
            foreach (Candidate candidate in all.Values)
            {
                candidate.Score = query.Weights!.Text * (candidate.TextPart ?? 0) + Prior(candidate.TimeNs, candidate.Reward)
                    + (candidate.Distance is { } distance ? query.Weights.Similarity * VectorIndex.Similarity(metric, distance) : 0);
            }
            List<Candidate> ranked = [.. all.Values];
            Order(ranked);
            return ranked;
        }
        List<Candidate> order = [];
        foreach ((ulong id, double score) in ReciprocalRank.Fuse([new RankedList([.. near.Select(c => c.Id)], 1), new RankedList([.. words.Select(c => c.Id)], 1)]))
        {
            all[id].Score = score;
            order.Add(all[id]);
        }
        return order;
    }

    private List<Candidate> Diverse(List<Candidate> found)
    {
        float[][] numbers = [.. found.Select(NumbersOf)];
        int[] order = Mmr.Select([.. found.Select(candidate => candidate.Score)], SimilarityOf, Math.Min(K, found.Count), query.MmrLambda!.Value);
        return [.. order.Select(i => found[i])];

        double SimilarityOf(int a, int b) =>
            numbers[a].Length == 0 || numbers[b].Length == 0 ? 0 : VectorIndex.Similarity(metric, VectorDistance.Between(metric, numbers[a], numbers[b]));
    }

    /// <summary>What a candidate is compared by with others.</summary>
    private float[] NumbersOf(Candidate candidate)
    {
        bool isSituation = _target.Numbers.Length > 0 ? _target.IsSituation : state.Vectors is null;
        if (candidate.Version is { } version)
        {
            return isSituation ? version.Situation.IsEmpty ? [] : state.Situations.Normalise(version.Situation.Span) : version.Vector.ToArray();
        }
        VectorIndex? index = isSituation ? state.Situations.Vectors : state.Vectors;
        return index is not null && index.Has(candidate.Row) ? index.Vector(candidate.Row).ToArray() : [];
    }

    private RecallHit Hit(Candidate candidate, StoredEpisode stored)
    {
        RankWeights? weights = query.Weights;
        return new RecallHit
        {
            Id = candidate.Id,
            Score = candidate.Score,
            Distance = candidate.Distance,
            Parts = new RankParts(
                candidate.Distance is { } distance ? VectorIndex.Similarity(metric, distance) : null,
                weights is { Recency: > 0 } ? _prior.Recency(candidate.TimeNs) : null,
                weights is { Reward: > 0 } ? _prior.Reward(candidate.Reward) : null,
                candidate.TextPart),
            Episode = EpisodeForms.Of(stored, codec),
            Why = query.Explain && candidate.Distance is not null ? Why(candidate) : null,
        };
    }

    private IReadOnlyList<DistanceShare> Why(Candidate candidate)
    {
        float[] numbers = NumbersOf(candidate);
        if (!_target.IsSituation)
        {
            return Explanation.Of(_target.Numbers, numbers, null, metric);
        }
        MetricScale[] metrics = state.Situations.Space.Metrics;
        ReadOnlySpan<float> raw = candidate.Version is { } version ? version.Situation.Span : state.Situations.Raw.Row(candidate.Row);
        float[] given = new float[metrics.Length], had = new float[metrics.Length];
        Array.Fill(had, float.NaN);
        raw[..Math.Min(raw.Length, metrics.Length)].CopyTo(had);
        for (int i = 0; i < metrics.Length; i++)
        {
            given[i] = _target.Knows(i) ? _target.Numbers[i] : float.NaN;
            had[i] = float.IsNaN(had[i]) ? float.NaN : numbers[i];
        }
        return Explanation.Of(given, had, [.. metrics.Select(m => m.Metric)], metric);
    }
}
