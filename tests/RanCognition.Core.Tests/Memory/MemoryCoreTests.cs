using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Memory;

namespace RanCognition.Tests.Memory;

/// <summary>What the memory promises beside finding the nearest.</summary>
public sealed class MemoryCoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memory").FullName;
    private readonly MemoryCore _memory = new(new MemoryOptions(), EpisodeCodec.Instance, new FixedHost());

    public void Dispose()
    {
        _memory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Ids_count_from_1_and_are_never_given_again()
    {
        Assert.Equal([1UL, 2], _memory.Store([Of(1), Of(2)]).Ids);
        _memory.Remove(2);
        Assert.Equal([3UL], _memory.Store([Of(3)]).Ids);
        Assert.Equal([100UL, 101], _memory.Store([Of(4) with { Id = 100 }, Of(5)]).Ids);
    }

    [Fact]
    public void Ids_are_not_given_again_after_the_file_was_closed()
    {
        MemoryOptions options = new() { Path = Path.Combine(_folder, "ids.db") };
        using (MemoryCore memory = Open(options))
        {
            memory.Store([Of(1), Of(2)]);
            memory.Remove(2);
        }
        using MemoryCore again = Open(options);
        Assert.Equal([3UL], again.Store([Of(3)]).Ids);
    }

    [Fact]
    public void A_batch_with_one_bad_episode_stores_none()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => _memory.Store([Of(1), Of(2) with { Vector = [float.NaN] }, Of(3)]));
        Assert.StartsWith("episode/1/vector/0:", error.Message, StringComparison.Ordinal);
        Assert.Equal(0UL, _memory.Count);
        Assert.Equal([1UL], _memory.Store([Of(1)]).Ids);
    }

    [Fact]
    public void Bad_input_names_the_field()
    {
        _memory.Store([Of(1, 2, 3)]);
        Assert.StartsWith("episode/vector: has 2 numbers", Fault(() => _memory.Store(Of(1, 2))), StringComparison.Ordinal);
        Assert.StartsWith("episode/id:", Fault(() => _memory.Store(Of(1, 2, 3) with { Id = 1 })), StringComparison.Ordinal);
        Assert.StartsWith("episode:", Fault(() => _memory.Store(new Episode())), StringComparison.Ordinal);
        Assert.StartsWith("query/vector: has 2 numbers", Fault(() => _memory.Recall(new RecallQuery { Vector = [1, 2] })), StringComparison.Ordinal);
        Assert.StartsWith("query/vector/2:", Fault(() => _memory.Recall(new RecallQuery { Vector = [1, 2, float.PositiveInfinity] })), StringComparison.Ordinal);
        Assert.StartsWith("query/k: 0", Fault(() => _memory.Recall(new RecallQuery { Vector = [1, 2, 3], K = 0 })), StringComparison.Ordinal);
        Assert.StartsWith("query/k: 2,", Fault(() => _memory.Recall(new RecallQuery { Vector = [1, 2, 3], K = 2 })), StringComparison.Ordinal);
        Assert.StartsWith("query:", Fault(() => _memory.Recall(new RecallQuery())), StringComparison.Ordinal);
        Assert.StartsWith("query/like:", Fault(() => _memory.Recall(new RecallQuery { Like = 9 })), StringComparison.Ordinal);
        Assert.StartsWith("update/id:", Fault(() => _memory.Update(new EpisodeUpdate { Id = 9, Given = EpisodeMembers.Reward, Values = new Episode() })), StringComparison.Ordinal);
        Assert.StartsWith("id:", Fault(() => _memory.Remove(9)), StringComparison.Ordinal);
        Assert.Equal(1UL, _memory.Count);
    }

    [Fact]
    public void An_empty_memory_recalls_nothing()
    {
        RecallResult result = _memory.Recall(new RecallQuery { Vector = [1, 2, 3] });
        Assert.Empty(result.Hits);
        Assert.Empty(_memory.Recall(new RecallQuery { Situation = [new("RRU.PrbTotDl", 5)] }).Hits);
        Assert.Empty(_memory.Recall(new RecallQuery { Text = "anything" }).Hits);
    }

    [Fact]
    public void Situations_are_compared_in_units_of_their_spread()
    {
        // Throughput spreads 1000 times as wide as load: by plain distance it alone would count.
        for (int i = 0; i < 200; i++)
        {
            _memory.Store(new Episode { TimeNs = 1, Situation = [new("load", i % 10), new("throughput", i % 20 * 1000.0)] });
        }
        MemoryStats stats = _memory.GetStats();
        Assert.Equal(["load", "throughput"], stats.Scales.Select(scale => scale.Metric));
        Assert.InRange(stats.Scales[1].Scale / stats.Scales[0].Scale, 1000, 3000);
        RecallHit nearest = _memory.Recall(new RecallQuery { Situation = [new("load", 7), new("throughput", 7400)], K = 1, Explain = true }).Hits[0];
        Assert.Equal([new("load", 7), new("throughput", 7000)], nearest.Episode.Situation);
        Assert.Equal("throughput", nearest.Why![0].Metric);
        Assert.Equal(1, nearest.Why.Sum(share => share.Share), 1e-9);
    }

    [Fact]
    public void Situations_are_found_as_brute_force_with_the_published_scales_finds_them()
    {
        Random random = new(8);
        string[] names = ["a", "b", "c", "d", "e"];
        List<Dictionary<string, double>> stored = [];
        for (int i = 0; i < 300; i++)
        {
            Dictionary<string, double> situation = names.Where((_, n) => n <= i / 40 && random.Next(5) > 0).DefaultIfEmpty("a").ToDictionary(n => n, n => Math.Round(random.NextDouble() * (n[0] - 'a' + 1) * 10, 3));
            stored.Add(situation);
            _memory.Store(new Episode { TimeNs = 1, Situation = [.. situation] });
        }
        Dictionary<string, MetricScale> scales = _memory.GetStats().Scales.ToDictionary(scale => scale.Metric);
        for (int round = 0; round < 50; round++)
        {
            Dictionary<string, double> query = names.Where(_ => random.Next(3) > 0).DefaultIfEmpty("b").ToDictionary(n => n, _ => random.NextDouble() * 20);
            double[] distances = [.. stored.Select(situation => Math.Sqrt(names.Sum(name => Math.Pow(Normal(query, name) - Normal(situation, name), 2))))];
            RecallResult result = _memory.Recall(new RecallQuery { Situation = [.. query], K = 10 });
            double[] best = [.. distances.Order().Take(10)];
            Assert.Equal(best, result.Hits.Select(hit => distances[(int)hit.Id - 1]), (a, b) => Math.Abs(a - b) < 1e-5);
            Assert.Equal(best, result.Hits.Select(hit => hit.Distance!.Value), (a, b) => Math.Abs(a - b) < 1e-5);
        }

        double Normal(Dictionary<string, double> values, string name) =>
            values.TryGetValue(name, out double value) ? ((float)value - scales[name].Median) / scales[name].Scale : 0;
    }

    [Fact]
    public void Situations_are_the_same_after_the_file_was_opened_again()
    {
        MemoryOptions options = new() { Path = Path.Combine(_folder, "situations.db") };
        Random random = new(9);
        RecallQuery query = new() { Situation = [new("load", 40), new("users", 3)], K = 20 };
        RecallResult before;
        IReadOnlyList<MetricScale> scales;
        using (MemoryCore memory = Open(options))
        {
            for (int i = 0; i < 100; i++)
            {
                memory.Store(new Episode { TimeNs = 1, Situation = i < 10 ? [new("load", random.Next(100))] : [new("users", random.Next(10)), new("load", random.Next(100))] });
            }
            before = memory.Recall(query);
            scales = memory.GetStats().Scales;
        }
        using MemoryCore again = Open(options);
        Assert.Equal(scales, again.GetStats().Scales);
        Assert.Equal(before.Hits.Select(hit => (hit.Id, hit.Distance)), again.Recall(query).Hits.Select(hit => (hit.Id, hit.Distance)));
    }

    [Fact]
    public void As_of_a_time_answers_with_what_was_known_then()
    {
        _memory.Store([Of(1) with { TimeNs = 100, Cell = "c1" }, Of(2) with { TimeNs = 200 }, Of(3) with { TimeNs = 300 }]);
        _memory.Update(new EpisodeUpdate { Id = 1, Given = EpisodeMembers.Reward | EpisodeMembers.Vector, Values = new Episode { Reward = 5, Vector = [9] }, KnownNs = 150 });
        _memory.Update(new EpisodeUpdate { Id = 1, Given = EpisodeMembers.Cell, Values = new Episode { Cell = "c9" }, KnownNs = 250 });

        RecallHit at120 = Assert.Single(AsOf(120));
        Assert.Equal((1UL, 0.0, null, "c1"), (at120.Id, at120.Distance!.Value, at120.Episode.Reward, at120.Episode.Cell));
        Assert.Equal([1f], at120.Episode.Vector);
        IReadOnlyList<RecallHit> at220 = AsOf(220);
        Assert.Equal([2UL, 1], at220.Select(hit => hit.Id));
        Assert.Equal((5.0, "c1"), (at220[1].Episode.Reward!.Value, at220[1].Episode.Cell));
        IReadOnlyList<RecallHit> at400 = AsOf(400);
        Assert.Equal([2UL, 3, 1], at400.Select(hit => hit.Id));
        Assert.Equal("c9", at400[2].Episode.Cell);

        IReadOnlyList<RecallHit> AsOf(ulong timeNs) => _memory.Recall(new RecallQuery { Vector = [1], AsOfNs = timeNs }).Hits;
    }

    [Fact]
    public void As_of_a_time_filters_by_what_was_known_then()
    {
        _memory.Store([Of(1) with { TimeNs = 100, Cell = "c1" }]);
        _memory.Update(new EpisodeUpdate { Id = 1, Given = EpisodeMembers.Cell, Values = new Episode { Cell = "c2" }, KnownNs = 200 });
        Assert.Single(Recall("c1", 150));
        Assert.Empty(Recall("c2", 150));
        Assert.Single(Recall("c2", 250));
        Assert.Empty(Recall("c1", 250));

        IReadOnlyList<RecallHit> Recall(string cell, ulong asOf) => _memory.Recall(new RecallQuery
        {
            Vector = [1],
            AsOfNs = asOf,
            Filter = new EpisodeFilter([new FilterTerm("cell", FilterOperator.Equal, [new MetadataValue.Text(cell)])]),
        }).Hits;
    }

    [Fact]
    public void Weights_rank_by_their_parts()
    {
        _memory.Store([Of(0) with { TimeNs = 100, Reward = 0 }, Of(1) with { TimeNs = 200, Reward = 10 }, Of(5) with { TimeNs = 1000, Reward = 5 }]);
        RecallQuery query = new() { Vector = [0], HalfLifeNs = 100 };
        Assert.Equal([1UL, 2, 3], Ids(query with { Weights = new RankWeights(1, 0, 0) }));
        Assert.Equal([3UL, 2, 1], Ids(query with { Weights = new RankWeights(0, 1, 0) }));
        Assert.Equal([2UL, 3, 1], Ids(query with { Weights = new RankWeights(0, 0, 1) }));
        RecallHit first = _memory.Recall(query with { Weights = new RankWeights(1, 1, 1) }).Hits[0];
        Assert.Equal(first.Parts.Similarity + first.Parts.Recency + first.Parts.Reward, first.Score);

        IEnumerable<ulong> Ids(RecallQuery asked) => _memory.Recall(asked).Hits.Select(hit => hit.Id);
    }

    [Fact]
    public void Weighted_ranks_equal_brute_force()
    {
        Random random = new(4);
        for (int i = 0; i < 500; i++)
        {
            _memory.Store(Of((float)random.NextDouble(), (float)random.NextDouble(), (float)random.NextDouble()) with { TimeNs = (ulong)random.Next(1000), Reward = random.Next(4) == 0 ? null : random.NextDouble() });
        }
        RankWeights weights = new(1, 0.5, 0.25);
        RecallResult all = _memory.Recall(new RecallQuery { Vector = [0.5f, 0.5f, 0.5f], K = 500 });
        RecallResult ranked = _memory.Recall(new RecallQuery { Vector = [0.5f, 0.5f, 0.5f], K = 20, Weights = weights, HalfLifeNs = 300 });
        double least = all.Hits.Min(hit => hit.Episode.Reward ?? double.MaxValue), most = all.Hits.Max(hit => hit.Episode.Reward ?? double.MinValue);
        ulong newest = all.Hits.Max(hit => hit.Episode.TimeNs!.Value);
        ulong[] expected = [.. all.Hits.OrderByDescending(Score).Take(20).Select(hit => hit.Id)];
        Assert.Equal(expected, ranked.Hits.Select(hit => hit.Id));

        double Score(RecallHit hit) => weights.Similarity / (1 + hit.Distance!.Value) + weights.Recency * Math.Pow(2, (newest - hit.Episode.TimeNs!.Value) / -300.0)
            + weights.Reward * (hit.Episode.Reward is { } reward ? (reward - least) / (most - least) : 0.5);
    }

    [Fact]
    public void Diversity_prefers_what_differs_from_the_hits_before()
    {
        _memory.Store([Of(1, 0), Of(1, 0.01f), Of(1, 0.02f), Of(-1, 0.5f)]);
        Assert.Equal([1UL, 2], Ids(1));
        Assert.Equal([1UL, 4], Ids(0.2));

        IEnumerable<ulong> Ids(double lambda) => _memory.Recall(new RecallQuery { Vector = [1, 0], K = 2, MmrLambda = lambda }).Hits.Select(hit => hit.Id);
    }

    [Fact]
    public void Text_finds_words_and_fuses_with_vectors()
    {
        _memory.Store([Of(1) with { Text = "Handover failures after tilt change" }, Of(2) with { Text = "interference from a neighbour" }, Of(3)]);
        RecallHit hit = Assert.Single(_memory.Recall(new RecallQuery { Text = "tilt" }).Hits);
        Assert.Equal((1UL, null), (hit.Id, hit.Distance));
        Assert.Equal([2UL, 1, 3], _memory.Recall(new RecallQuery { Text = "INTERFERENCE \"quoted OR", Vector = [1] }).Hits.Select(h => h.Id));
        Assert.Empty(_memory.Recall(new RecallQuery { Text = "nowhere" }).Hits);
    }

    [Fact]
    public void Text_respects_the_filter_and_still_gives_k()
    {
        _memory.Store([.. Enumerable.Range(0, 2000).Select(i => Of(i) with { Text = "the same words", Cell = i >= 1990 ? "late" : "early" })]);
        RecallResult result = _memory.Recall(new RecallQuery { Text = "words", K = 10, Filter = new EpisodeFilter([new FilterTerm("cell", FilterOperator.Equal, [new MetadataValue.Text("late")])]) });
        Assert.Equal(10, result.Hits.Count);
        Assert.All(result.Hits, hit => Assert.Equal("late", hit.Episode.Cell));
    }

    [Fact]
    public void The_like_of_an_episode_is_not_itself()
    {
        _memory.Store([Of(1), Of(2), Of(1)]);
        Assert.Equal([3UL, 2], _memory.Recall(new RecallQuery { Like = 1 }).Hits.Select(hit => hit.Id));
    }

    [Fact]
    public void The_oldest_make_room_when_rows_are_bounded()
    {
        using MemoryCore memory = Open(new MemoryOptions { MaxRows = 3 });
        memory.Store([Of(1) with { TimeNs = 50 }, Of(2) with { TimeNs = 10 }, Of(3) with { TimeNs = 30 }]);
        memory.Store([Of(4) with { TimeNs = 20 }, Of(5) with { TimeNs = 60 }]);
        Assert.Equal([1UL, 3, 5], memory.Recall(new RecallQuery { Vector = [0] }).Hits.Select(hit => hit.Id));
        memory.Store([.. Enumerable.Range(0, 10).Select(i => Of(i) with { TimeNs = (ulong)(100 + i) })]);
        Assert.Equal([13UL, 14, 15], memory.Recall(new RecallQuery { Vector = [0] }).Hits.Select(hit => hit.Id));
    }

    [Fact]
    public void Pruning_keeps_the_bounds_and_tells_how_many_went()
    {
        _memory.Store([Of(1) with { TimeNs = 1, Reward = 0.1 }, Of(2) with { TimeNs = 2, Reward = 0.9 }, Of(3) with { TimeNs = 3 }]);
        Assert.Equal(1UL, _memory.Analyze(new PruneAnalysis { MinReward = 0.5 }).Removed);
        Assert.Equal(1UL, _memory.Analyze(new PruneAnalysis { MaxRows = 1 }).Removed);
        Assert.Equal([3UL], _memory.Recall(new RecallQuery { Vector = [0] }).Hits.Select(hit => hit.Id));
    }

    [Fact]
    public async Task Writers_side_by_side_lose_nothing_and_readers_see_whole_episodes()
    {
        using MemoryCore memory = Open(new MemoryOptions { Path = Path.Combine(_folder, "many.db") });
        const int Writers = 4, Each = 50;
        using CancellationTokenSource over = new();
        Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                foreach (RecallHit hit in memory.Recall(new RecallQuery { Vector = [25, 25] }).Hits)
                {
                    Assert.Equal(hit.Episode.Vector[0] + hit.Episode.Vector[1], hit.Episode.Reward!.Value);
                }
            }
        }))];
        await Task.WhenAll([.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                ulong id = memory.Store(Of(writer, i) with { Reward = writer + i }).Ids[0];
                if (i % 5 == 0)
                {
                    memory.Update(new EpisodeUpdate { Id = id, Given = EpisodeMembers.Vector | EpisodeMembers.Reward, Values = Of(i, writer) with { Reward = writer + i } });
                }
            }
        }))]);
        await over.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal((ulong)(Writers * Each), memory.Count);
    }

    [Fact]
    public async Task Disposed_while_in_use_it_ends_when_the_last_call_leaves()
    {
        for (int round = 0; round < 20; round++)
        {
            MemoryCore memory = Open(new MemoryOptions { Path = Path.Combine(_folder, $"end{round}.db"), Durability = Durability.None });
            int stored = 0;
            Task[] users = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                try
                {
                    while (true)
                    {
                        memory.Store(Of(1));
                        Interlocked.Increment(ref stored);
                        memory.Recall(new RecallQuery { Vector = [1] });
                    }
                }
                catch (ObjectDisposedException)
                {
                }
            }))];
            Thread.Sleep(5);
            memory.Dispose();
            await Task.WhenAll(users);
            using MemoryCore again = Open(new MemoryOptions { Path = Path.Combine(_folder, $"end{round}.db") });
            Assert.Equal((ulong)stored, again.Count);
        }
    }

    private static string Fault(Action act)
    {
        Exception error = Assert.ThrowsAny<Exception>(act);
        Assert.True(error is InvalidInputException or NotFoundException or LimitExceededException, error.ToString());
        return error.Message;
    }

    private static MemoryCore Open(MemoryOptions options) => new(options, EpisodeCodec.Instance, new FixedHost());

    private static Episode Of(params float[] vector) => new() { Vector = vector };

    private static Episode Of(int number) => new() { Vector = [number] };
}
