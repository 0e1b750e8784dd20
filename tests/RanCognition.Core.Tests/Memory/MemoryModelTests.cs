using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Memory;

namespace RanCognition.Tests.Memory;

/// <summary>Random programs against the naive memory, in the process and with a file that is opened again and again.</summary>
public sealed class MemoryModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memory").FullName;

    [Theory]
    [InlineData(DistanceMetric.L2, 1)]
    [InlineData(DistanceMetric.Cosine, 2)]
    [InlineData(DistanceMetric.InnerProduct, 3)]
    [InlineData(DistanceMetric.L2, 4)]
    public void Recalls_equal_brute_force_whatever_was_stored_changed_and_removed(DistanceMetric metric, int seed) => Run(metric, seed, path: null, steps: 600);

    [Theory]
    [InlineData(DistanceMetric.L2, 5)]
    [InlineData(DistanceMetric.Cosine, 6)]
    [InlineData(DistanceMetric.InnerProduct, 7)]
    public void The_same_with_a_file_that_is_closed_and_opened_in_between(DistanceMetric metric, int seed) => Run(metric, seed, Path.Combine(_folder, $"{seed}.db"), steps: 300);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Run(DistanceMetric metric, int seed, string? path, int steps)
    {
        Random random = new(seed);
        NaiveMemory naive = new(metric);
        MemoryOptions options = new() { Path = path, Metric = metric, Durability = Durability.None };
        MemoryCore memory = new(options, EpisodeCodec.Instance, new FixedHost());
        try
        {
            for (int step = 0; step < steps; step++)
            {
                if (path is not null && random.Next(40) == 0)
                {
                    memory.Dispose();
                    memory = new MemoryCore(options, EpisodeCodec.Instance, new FixedHost());
                }
                Step(memory, naive, random);
                Assert.Equal((ulong)naive.Episodes.Count, memory.Count);
            }
            ReadBack(memory, naive);
        }
        finally
        {
            memory.Dispose();
        }
    }

    private static void Step(MemoryCore memory, NaiveMemory naive, Random random)
    {
        ulong[] ids = [.. naive.Episodes.Keys];
        switch (random.Next(10))
        {
            case < 3: Store(memory, naive, random, random.Next(1, 8)); break;
            case 3: Store(memory, naive, random, random.Next(1, 200)); break;
            case 4 when ids.Length > 0: Update(memory, naive, random, ids[random.Next(ids.Length)]); break;
            case 5 when ids.Length > 0:
                ulong gone = ids[random.Next(ids.Length)];
                memory.Remove(gone);
                naive.Episodes.Remove(gone);
                break;
            default:
                if (ids.Length > 0)
                {
                    Compare(memory, naive, random);
                }
                break;
        }
    }

    private static void Store(MemoryCore memory, NaiveMemory naive, Random random, int count)
    {
        Episode[] episodes = [.. Enumerable.Range(0, count).Select(_ => Make(random))];
        StoreResult result = memory.Store(episodes);
        for (int i = 0; i < count; i++)
        {
            naive.Episodes.Add(result.Ids[i], episodes[i] with { Id = result.Ids[i] });
        }
    }

    private static void Update(MemoryCore memory, NaiveMemory naive, Random random, ulong id)
    {
        Episode other = Make(random);
        Episode old = naive.Episodes[id];
        bool moves = random.Next(2) == 0;
        memory.Update(new EpisodeUpdate { Id = id, Given = EpisodeMembers.Reward | EpisodeMembers.Cell | (moves ? EpisodeMembers.Vector : 0), Values = other });
        naive.Episodes[id] = old with { Reward = other.Reward, Cell = other.Cell, Vector = moves ? other.Vector : old.Vector };
    }

    private static void Compare(MemoryCore memory, NaiveMemory naive, Random random)
    {
        float[] query = random.Next(3) == 0 ? naive.Episodes.Values.ElementAt(random.Next(naive.Episodes.Count)).Vector : MakeVector(random);
        int k = random.Next(1, Math.Min(naive.Episodes.Count, 30) + 1);
        (EpisodeFilter filter, Func<Episode, bool> passes) = Filters[random.Next(Filters.Length)];
        List<(ulong Id, double Distance)> expected = naive.Nearest(query, k, passes);
        RecallResult recalled = memory.Recall(new RecallQuery { Vector = query, K = k, Filter = filter });
        Assert.Equal(expected.Select(hit => hit.Id), recalled.Hits.Select(hit => hit.Id));
        Assert.Equal(expected.Select(hit => hit.Distance), recalled.Hits.Select(hit => hit.Distance!.Value), (a, b) => Math.Abs(a - b) <= 1e-12 * (1 + Math.Abs(a)));
        Assert.All(recalled.Hits, hit => AssertSame(naive.Episodes[hit.Id], hit.Episode));
        Assert.Equal((ulong)naive.Episodes.Values.Count(passes), recalled.Scanned);
        MemoryHit[] hits = new MemoryHit[k];
        Assert.Equal(expected.Count, memory.Search(query, k, filter, hits));
        Assert.Equal(expected.Select(hit => hit.Id), hits.Take(expected.Count).Select(hit => hit.Id));
    }

    private static void ReadBack(MemoryCore memory, NaiveMemory naive)
    {
        if (naive.Episodes.Count == 0)
        {
            return;
        }
        RecallResult all = memory.Recall(new RecallQuery { Vector = new float[Dimension], K = naive.Episodes.Count });
        Assert.Equal(naive.Episodes.Keys, all.Hits.Select(hit => hit.Id).Order());
        Assert.All(all.Hits, hit => AssertSame(naive.Episodes[hit.Id], hit.Episode));
    }

    private const int Dimension = 7;

    private static readonly (EpisodeFilter, Func<Episode, bool>)[] Filters =
    [
        (EpisodeFilter.Everything, _ => true),
        (Where("cell", FilterOperator.Equal, new MetadataValue.Text("c1")), e => e.Cell == "c1"),
        (Where("reward", FilterOperator.GreaterOrEqual, new MetadataValue.Number(0.5)), e => e.Reward >= 0.5),
        (Where("metadata.vendor", FilterOperator.Equal, new MetadataValue.Text("a")), e => e.Metadata.Members.Any(m => m.Key == "vendor" && m.Value.Equals(new MetadataValue.Text("a")))),
        (Where("tags", FilterOperator.Contains, new MetadataValue.Text("es")), e => e.Tags.Contains("es")),
        (Where("success", FilterOperator.Exists, new MetadataValue.Truth(false)), e => e.Success is null),
        (Where("time_ns", FilterOperator.Less, new MetadataValue.Number(50)), e => e.TimeNs < 50),
    ];

    private static EpisodeFilter Where(string field, FilterOperator op, MetadataValue value) => new([new FilterTerm(field, op, [value])]);

    // Few values, so that ties and exact duplicates are common.
    private static float[] MakeVector(Random random) => [.. Enumerable.Range(0, Dimension).Select(_ => random.Next(4) == 0 ? random.Next(-2, 3) : (float)Math.Round(random.NextDouble(), 2))];

    private static Episode Make(Random random) => new()
    {
        TimeNs = (ulong)random.Next(100),
        Cell = $"c{random.Next(3)}",
        Vector = MakeVector(random),
        Situation = random.Next(3) == 0 ? [new("RRU.PrbTotDl", random.Next(100)), new("RRC.ConnMean", random.NextDouble() * 50)] : [],
        Reward = random.Next(4) == 0 ? null : random.NextDouble(),
        Success = random.Next(3) switch { 0 => null, 1 => true, _ => false },
        Tags = random.Next(2) == 0 ? ["es", "night"] : [],
        Metadata = new MetadataValue.Map([new("vendor", new MetadataValue.Text(random.Next(2) == 0 ? "a" : "b")), new("n", new MetadataValue.Number(random.Next(5)))]),
        Text = random.Next(3) == 0 ? "slow cell at night" : "",
        Action = random.Next(2) == 0 ? [new ConfigurationChange("NRCellDU=1", "digitalTilt", new MetadataValue.Number(20), new MetadataValue.Number(random.Next(30)))] : [],
        Outcome = random.Next(2) == 0 ? [new("DRB.UEThpDl", random.NextDouble())] : [],
    };

    private static void AssertSame(Episode expected, Episode actual)
    {
        Assert.Equal(expected.Id, actual.Id);
        Assert.Equal(expected.TimeNs, actual.TimeNs);
        Assert.Equal(expected.Cell, actual.Cell);
        Assert.Equal(expected.Vector, actual.Vector);
        Assert.Equal(expected.Situation, actual.Situation);
        Assert.Equal(expected.Reward, actual.Reward);
        Assert.Equal(expected.Success, actual.Success);
        Assert.Equal(expected.Tags, actual.Tags);
        Assert.Equal(expected.Metadata, actual.Metadata);
        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(expected.Action, actual.Action);
        Assert.Equal(expected.Outcome, actual.Outcome);
    }
}
