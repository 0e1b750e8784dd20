using System.Text;
using RanCognition.Contracts;
using RanCognition.Memory.Storage;

namespace RanCognition.Tests.Memory.Storage;

/// <summary>A folder of its own, the stores in it, and episodes to put there.</summary>
internal sealed class TestStore : IDisposable
{
    public const int Dimension = 8;

    private readonly List<IDisposable> _open = [];

    public TestStore() => Folder = Directory.CreateTempSubdirectory("ran-store-").FullName;

    public string Folder { get; }

    public string File => Path.Combine(Folder, "memory.db");

    public SqliteEpisodeStore Open(bool sharing = false, string? path = null, MemoryOptions? options = null, IReadOnlyList<string>? steps = null)
    {
        options ??= new MemoryOptions { Path = path ?? File };
        SqliteEpisodeStore store = SqliteEpisodeStore.Open(options, null, new FixedHost(), sharing, steps ?? StoreSchema.Steps);
        _open.Add(store);
        return store;
    }

    public SqliteEpisodeStore OpenWithoutFile(bool sharing = false) => Open(sharing, options: new MemoryOptions());

    public static StoredEpisode Episode(ulong id, int seed = 0, int dimension = Dimension, int positions = 0, string text = "", string? cell = null)
    {
        var random = new Random(HashCode(id, seed));
        var vector = new float[dimension];
        var situation = new float[positions];
        for (int i = 0; i < dimension; i++)
        {
            vector[i] = (float)(random.NextDouble() - 0.5);
        }
        for (int i = 0; i < positions; i++)
        {
            situation[i] = random.Next(4) == 0 ? float.NaN : (float)random.NextDouble();
        }
        int success = random.Next(3) - 1;
        return new StoredEpisode
        {
            Id = id,
            TimeNs = 1_700_000_000_000_000_000 + id * 1000 + (ulong)seed,
            Cell = cell ?? $"NRCellDU={random.Next(5)}",
            Reward = random.Next(4) == 0 ? double.NaN : random.NextDouble() * 10 - 5,
            Success = success,
            Document = Document($"{{\"network_id\":\"n\",\"problem_type\":\"MRO\",\"tags\":[\"t{id % 3}\"],\"metadata\":{{\"n\":{id},\"seed\":{seed}}},\"text\":\"{text}\"}}"),
            Vector = vector,
            Situation = situation,
            Text = text,
        };
    }

    public static ReadOnlyMemory<byte> Document(string json) => Encoding.UTF8.GetBytes(json);

    public static StoreChange[] Adds(ulong from, int count, int dimension = Dimension, int positions = 0) =>
        [.. Enumerable.Range(0, count).Select(i => new StoreChange.Add(Episode(from + (ulong)i, 0, dimension, positions)))];

    /// <summary>Same to the last bit; situations may differ by positions that neither has.</summary>
    public static void AssertSame(StoredEpisode expected, StoredEpisode actual, bool numbers = true)
    {
        Assert.Equal(expected.Id, actual.Id);
        Assert.Equal(expected.TimeNs, actual.TimeNs);
        Assert.Equal(expected.Cell, actual.Cell);
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected.Reward), BitConverter.DoubleToInt64Bits(actual.Reward));
        Assert.Equal(expected.Success, actual.Success);
        Assert.Equal(expected.Document.ToArray(), actual.Document.ToArray());
        if (numbers)
        {
            Assert.Equal(Bits(expected.Vector.Span), Bits(actual.Vector.Span));
            Assert.Equal(Bits(Trim(expected.Situation.Span)), Bits(Trim(actual.Situation.Span)));
        }
    }

    public static LoadedRows Load(SqliteEpisodeStore store)
    {
        var rows = new LoadedRows();
        store.Load(rows);
        return rows;
    }

    /// <summary>What is loaded, and every document, is just this.</summary>
    public static void AssertHas(SqliteEpisodeStore store, IReadOnlyDictionary<ulong, StoredEpisode> expected)
    {
        LoadedRows rows = Load(store);
        Assert.Equal(expected.Keys.Order(), rows.Episodes.Keys.Order());
        foreach ((ulong id, StoredEpisode episode) in expected)
        {
            StoredEpisode row = rows.Episodes[id];
            StoredEpisode kept = Assert.IsType<StoredEpisode>(store.Read(id));
            AssertSame(episode, kept, numbers: false);
            AssertSame(episode, new StoredEpisode { Id = row.Id, TimeNs = row.TimeNs, Cell = row.Cell, Reward = row.Reward, Success = row.Success, Document = kept.Document, Vector = row.Vector, Situation = row.Situation });
        }
        var documents = new Dictionary<ulong, byte[]>();
        store.ReadAllDocuments((id, document) => documents.Add(id, document.ToArray()));
        Assert.Equal(expected.Keys.Order(), documents.Keys);
        Assert.All(documents, pair => Assert.Equal(expected[pair.Key].Document.ToArray(), pair.Value));
    }

    public void Dispose()
    {
        foreach (IDisposable store in _open)
        {
            store.Dispose();
        }
        Directory.Delete(Folder, recursive: true);
    }

    private static int HashCode(ulong id, int seed) => (int)(id * 2654435761 + (ulong)seed * 40503);

    private static ReadOnlySpan<float> Trim(ReadOnlySpan<float> situation)
    {
        int length = situation.Length;
        while (length > 0 && float.IsNaN(situation[length - 1]))
        {
            length--;
        }
        return situation[..length];
    }

    private static int[] Bits(ReadOnlySpan<float> values) => [.. values.ToArray().Select(BitConverter.SingleToInt32Bits)];
}
