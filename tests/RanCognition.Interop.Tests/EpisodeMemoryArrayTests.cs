using RanCognition.Contracts;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

/// <summary>Rows in, nearest neighbours out, against a comparison with every row in double precision.</summary>
public class EpisodeMemoryArrayTests
{
    private const int Dimension = 24;

    private static float[] Vector(Random random) => [.. Enumerable.Range(0, Dimension).Select(_ => (float)((random.NextDouble() * 2) - 1))];

    private static double Distance(DistanceMetric metric, float[] a, float[] b)
    {
        double product = a.Zip(b, (x, y) => (double)x * y).Sum();
        double Length(float[] v) => Math.Sqrt(v.Sum(x => (double)x * x));
        return metric switch
        {
            DistanceMetric.L2 => Math.Sqrt(a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum()),
            DistanceMetric.Cosine => 1 - (product / (Length(a) * Length(b))),
            _ => -product,
        };
    }

    private static EpisodeRow[] Rows(int count, Random random) => [.. Enumerable.Range(0, count).Select(i => new EpisodeRow
    {
        Vector = Vector(random), TimeNs = 1_000 + (ulong)i, Cell = (i / 3 % 3) switch { 0 => null, 1 => "c1", _ => "Zürich" }, Reward = i % 4 == 0 ? null : i, Success = (i % 3) switch { 0 => null, 1 => true, _ => false },
        Document = i % 2 == 0 ? default : System.Text.Encoding.UTF8.GetBytes($$$"""{"metadata":{"band":{{{i % 5}}}},"tags":["odd"]}"""),
    })];

    [Theory]
    [InlineData(DistanceMetric.L2)]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.InnerProduct)]
    public void The_nearest_of_every_filter_are_those_of_brute_force(DistanceMetric metric)
    {
        Random random = new(5);
        EpisodeRow[] rows = Rows(400, random);
        using EpisodeMemory memory = new(new MemoryOptions { Metric = metric });
        Assert.Equal(Enumerable.Range(1, 400).Select(i => (ulong)i), memory.Append(rows));
        SearchFilter[] filters =
        [
            default, new() { Cell = "Zürich" }, new() { FromNs = 1_100, UntilNs = 1_200 }, new() { UntilNs = 1_050 }, new() { FromNs = 1_390 }, new() { MinReward = 50, MaxReward = 70 }, new() { Success = true },
            new() { Success = false, Cell = "c1" }, new() { Conditions = new EpisodeFilterBuilder().Equal("metadata.band", 3).Contains("tags", "odd").Build(), FromNs = 1_010 },
        ];
        bool Matches(in SearchFilter filter, in EpisodeRow row, int i) =>
            (filter.Cell is null || filter.Cell == row.Cell) && row.TimeNs >= (filter.FromNs ?? 0) && row.TimeNs < (filter.UntilNs ?? ulong.MaxValue)
            && (filter.MinReward is not { } least || row.Reward >= least) && (filter.MaxReward is not { } most || row.Reward <= most)
            && (filter.Success is null || filter.Success == row.Success) && (filter.Conditions is null || (i % 2 == 1 && i % 5 == 3));
        foreach (SearchFilter filter in filters)
        {
            float[] query = Vector(random);
            (ulong Id, double Distance)[] expected = [.. rows.Index().Where(row => Matches(filter, row.Item, row.Index))
                .Select(row => ((ulong)row.Index + 1, Distance(metric, query, row.Item.Vector.ToArray()))).OrderBy(hit => hit.Item2).ThenBy(hit => hit.Item1).Take(25)];
            Assert.NotEmpty(expected);
            MemoryHit[] hits = memory.Search(query, 25, filter);
            Assert.Equal(expected.Select(hit => hit.Id), hits.Select(hit => hit.Id));
            Assert.All(hits.Zip(expected), pair => Assert.Equal(pair.Second.Distance, pair.First.Distance, 9));
            Assert.All(hits, hit => Assert.Equal((999 + hit.Id, rows[hit.Id - 1].Reward ?? double.NaN), (hit.TimeNs, hit.Reward)));
        }
    }

    [Fact]
    public void Hits_go_into_the_callers_memory_and_the_rest_of_it_stays()
    {
        using EpisodeMemory memory = new();
        memory.AppendRows(new float[,] { { 0, 0 }, { 3, 4 }, { 6, 8 } }, [7, 8, 9], [0.5, double.NaN, 1], "c1", Durability.None);
        MemoryHit[] hits = new MemoryHit[3];
        Assert.Equal(2, memory.Search([0, 0], hits, new SearchFilter { FromNs = 8 }));
        Assert.Equal([(2UL, 5.0), (3UL, 10.0), (0UL, 0.0)], hits.Select(hit => (hit.Id, hit.Distance)));
        Assert.Equal((8UL, double.NaN, 1.0), (hits[0].TimeNs, hits[0].Reward, hits[1].Reward));
        Assert.Empty(memory.Search([0, 0], 1, new SearchFilter { Cell = "c2" }));
    }

    [Fact]
    public void Rows_of_a_matrix_are_the_episodes_that_rows_alone_are()
    {
        Random random = new(6);
        float[] numbers = [.. Enumerable.Range(0, 10).SelectMany(_ => Vector(random))];
        ulong[] times = [.. Enumerable.Range(0, 10).Select(i => (ulong)i + 1)];
        using EpisodeMemory first = new();
        using EpisodeMemory second = new();
        Assert.Equal(
            first.AppendRows(numbers, Dimension, times, cell: "c"),
            second.Append([.. times.Select((time, i) => new EpisodeRow { Vector = numbers.AsMemory(i * Dimension, Dimension), TimeNs = time, Cell = "c" })]));
        RecallQuery query = new() { Vector = Vector(random), K = 10 };
        Assert.Equal(first.Recall(query).Hits.Select(RanCognition.Json.ContractJson.Write), second.Recall(query).Hits.Select(RanCognition.Json.ContractJson.Write));
    }

    [Fact]
    public void A_document_alone_is_an_episode_and_ids_can_be_given()
    {
        using EpisodeMemory memory = new();
        byte[] document = """{"situation":{"load":5},"network_id":"n1","text":"quiet"}"""u8.ToArray();
        Assert.Equal([9UL, 10UL], memory.Append([new EpisodeRow { Id = 9, Document = document, Success = true }, new EpisodeRow { Document = document }], Durability.Sync));
        Episode back = memory.Recall(new RecallQuery { Situation = [new("load", 5)], K = 1 }).Hits[0].Episode;
        Assert.Equal((9UL, "n1", "quiet", true, null), (back.Id, back.NetworkId, back.Text, back.Success, back.Reward));
    }

    [Fact]
    public void What_cannot_be_kept_or_asked_is_refused_by_its_place_and_nothing_is_kept()
    {
        using EpisodeMemory memory = new(new MemoryOptions { Dimension = 2 });
        memory.AppendRows([1, 2], 2);
        EpisodeRow good = new() { Vector = new float[] { 1, 2 } };
        foreach ((string place, EpisodeRow row) in new (string, EpisodeRow)[]
        {
            ("episodes/1/vector", good with { Vector = new float[] { 1, 2, 3 } }), ("episodes/1/vector", good with { Vector = new float[] { 1, float.NaN } }),
            ("episodes[1].reward", good with { Reward = double.PositiveInfinity }), ("episodes[1].cell", good with { Cell = new string('x', 1025) }),
            ("episodes[1].document", good with { Document = "{"u8.ToArray() }), ("episodes/1/id", good with { Id = 1 }), ("episodes/1", default),
        })
        {
            IRanCognitionError error = Assert.IsAssignableFrom<IRanCognitionError>(Record.Exception(() => memory.Append([good, row])));
            Assert.StartsWith(place, error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(1UL, memory.GetStats().Episodes);
        foreach ((string place, Action call) in new (string, Action)[]
        {
            ("durability", () => memory.Append([good], (Durability)7)), ("query", () => memory.Search([1], 1)), ("query", () => memory.Search([1, float.NaN], 1)), ("k", () => memory.Search([1, 2], 2)),
            ("k", () => memory.Search([1, 2], 100_000)), ("filter->min_reward", () => memory.Search([1, 2], 1, new SearchFilter { MinReward = double.NaN })),
            ("filter->cell", () => memory.Search([1, 2], 1, new SearchFilter { Cell = new string('x', 1025) })),
        })
        {
            Assert.StartsWith(place, Assert.IsAssignableFrom<IRanCognitionError>(Record.Exception(call)).Message, StringComparison.Ordinal);
        }
        foreach ((string name, Action call) in new (string, Action)[]
        {
            ("vectors", () => memory.AppendRows([1, 2, 3], 2)), ("timesNs", () => memory.AppendRows([1, 2], 2, [1, 2])), ("rewards", () => memory.AppendRows([1, 2], 2, default, [1, 2])),
            ("dimension", () => memory.AppendRows([], 0)), ("k", () => memory.Search([1, 2], -1)),
        })
        {
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);
        }
    }

    [Fact]
    public async Task Four_readers_see_whole_batches_while_a_writer_appends()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        using EpisodeMemory memory = new(new MemoryOptions { Durability = Durability.None });
        memory.AppendRows(new float[Dimension], Dimension);
        bool done = false;
        Task[] readers = [.. Enumerable.Range(0, 4).Select(reader => Task.Factory.StartNew(
            () =>
            {
                Random random = new(reader);
                while (!Volatile.Read(ref done))
                {
                    MemoryHit[] hits = memory.Search(Vector(random), 1);
                    Assert.Single(hits);
                    Assert.Equal(1UL, memory.Recall(new RecallQuery { Like = 1, K = 1, Filter = new EpisodeFilterBuilder().Less("id", 2).Build() }).Scanned);
                    Assert.Equal(1UL, memory.GetStats().Episodes % 10);
                }
            },
            TaskCreationOptions.LongRunning))];
        Random noise = new(9);
        for (int i = 0; i < 50; i++)
        {
            memory.Append(Rows(10, noise));
        }
        Volatile.Write(ref done, true);
        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(501UL, memory.GetStats().Episodes);
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }
}
