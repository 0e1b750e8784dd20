using System.Text;
using RanCognition.Contracts;
using RanCognition.Memory.Storage;
using SQLitePCL;

namespace RanCognition.Tests.Memory.Storage;

public class StoreReadingTests
{
    [Fact]
    public void Text_is_found_by_any_of_its_words_the_rarer_the_better()
    {
        using var test = new TestStore();
        foreach (SqliteEpisodeStore store in (SqliteEpisodeStore[])[test.Open(), test.OpenWithoutFile()])
        {
            string[] texts = ["handover too late", "handover too early", "Caf\u00e9 outage", "handover ping-pong ping", "", "\u5e72\u6270 interference"];
            store.Commit([.. texts.Select((text, i) => new StoreChange.Add(TestStore.Episode((ulong)i + 1, text: text)))], Durability.Group);
            Assert.Equal([1UL, 2, 4], Found("handover"));
            Assert.Equal([1UL], Found("LATE"));
            Assert.Equal(1UL, store.SearchText("handover late", 9)[0].Id);
            Assert.Equal([3UL], Found("cafe\u0301"));
            Assert.Equal([3UL], Found("cafe"));
            Assert.Equal([4UL], Found("pong-x"));
            Assert.Equal([6UL], Found("\u5e72\u6270"));
            Assert.Equal(2, store.SearchText("handover", 2).Count);
            IReadOnlyList<(ulong Id, double Score)> hits = store.SearchText("ping handover", 9);
            Assert.True(hits[0].Score >= hits[1].Score && hits[1].Score >= hits[2].Score && hits[^1].Score > 0);
            store.Commit([new StoreChange.Replace(TestStore.Episode(1, 1, text: "beam failure"), 1), new StoreChange.Remove(2), new StoreChange.Replace(TestStore.Episode(3, 1), 1)], Durability.Group);
            Assert.Equal([4UL], Found("handover"));
            Assert.Equal([1UL], Found("beam"));
            Assert.Empty(Found("cafe"));

            IEnumerable<ulong> Found(string words) => store.SearchText(words, 9).Select(hit => hit.Id).Order();
        }
    }

    [Fact]
    public void No_text_of_a_user_is_syntax_of_the_search()
    {
        using var test = new TestStore();
        using SqliteEpisodeStore store = test.OpenWithoutFile();
        store.Commit([new StoreChange.Add(TestStore.Episode(1, text: "alpha AND beta NEAR gamma")), new StoreChange.Add(TestStore.Episode(2, text: "delta"))], Durability.Group);
        string[] hostile =
        [
            "\"", "\"\"\"", "alpha\" OR \"delta", "*", "alpha*", "text:alpha", "NEAR(alpha beta)", "-alpha", "^alpha", "alpha AND", "NOT", "(", "{a b}", "a + b", "'; DROP TABLE episode; --", "\0", "alpha\0beta",
            "\ud800", "\u0301", "\ufffe\uffff", "", " ", new string('a', 1 << 17), string.Join(' ', Enumerable.Range(0, 5000)), string.Concat(Enumerable.Repeat("(", 70000)),
        ];
        foreach (string words in hostile)
        {
            Assert.InRange(store.SearchText(words, 10).Count, 0, 2);
        }
        Assert.Equal([1UL], store.SearchText("NOT alpha", 10).Select(h => h.Id));
        Assert.Equal(2, store.SearchText("alpha\" OR \"delta", 10).Count);
        Assert.Empty(store.SearchText("al", 10));
        Assert.Empty(store.SearchText("alpha", 0));
        Assert.NotNull(store.Read(1));
        var random = new Random(3);
        for (int i = 0; i < 300; i++)
        {
            var text = new StringBuilder();
            for (int j = random.Next(1, 30); j > 0; j--)
            {
                text.Append((char)(random.Next(2) == 0 ? random.Next(1, 128) : random.Next(0x10000)));
            }
            Assert.InRange(store.SearchText(text.ToString(), 10).Count, 0, 2);
        }
    }

    [Fact]
    public async Task Readers_see_whole_commits_while_one_writes()
    {
        using var test = new TestStore();
        foreach (SqliteEpisodeStore store in (SqliteEpisodeStore[])[test.Open(), test.OpenWithoutFile()])
        {
            // Each commit replaces both episodes by ones of the same seed.
            store.Commit([new StoreChange.Add(TestStore.Episode(1)), new StoreChange.Add(TestStore.Episode(2))], Durability.None);
            using var stop = new CancellationTokenSource();
            Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                while (!stop.IsCancellationRequested)
                {
                    var seen = new List<string>();
                    store.ReadDocuments([1, 2], (id, document) => seen.Add(Encoding.UTF8.GetString(document).Split("seed\":")[1]));
                    Assert.Equal(seen[0], seen[1]);
                    Assert.NotNull(store.Read(1));
                    store.SearchText("any", 3);
                }
            }))];
            for (int seed = 1; seed <= 150; seed++)
            {
                store.Commit([new StoreChange.Replace(TestStore.Episode(1, seed), 1), new StoreChange.Replace(TestStore.Episode(2, seed), 1)], Durability.None);
            }
            await stop.CancelAsync();
            await Task.WhenAll(readers);
        }
    }

    [Fact]
    public void A_backup_is_whole_and_can_be_opened_while_the_memory_goes_on()
    {
        using var test = new TestStore();
        SqliteEpisodeStore store = test.Open();
        store.Commit(TestStore.Adds(1, 500, dimension: 600), Durability.None);
        string copy = Path.Combine(test.Folder, "copy.db");
        var fractions = new List<double>();
        ulong bytes = store.Backup(copy, fraction =>
        {
            fractions.Add(fraction);
            store.Commit(TestStore.Adds((ulong)(1000 + fractions.Count), 1, dimension: 600), Durability.None);
        });
        Assert.Equal((ulong)new FileInfo(copy).Length, bytes);
        Assert.True(fractions.Count > 1);
        Assert.Equal(1, fractions[^1]);
        Assert.Equal(fractions.Order(), fractions);
        Assert.Equal("path: there is a file already", Assert.Throws<InvalidInputException>(() => store.Backup(copy, _ => { })).Message);
        TestStore.AssertHas(test.Open(path: copy), Enumerable.Range(1, 500).ToDictionary(i => (ulong)i, i => TestStore.Episode((ulong)i, dimension: 600)));
        string cancelled = Path.Combine(test.Folder, "cancelled.db");
        Assert.Throws<OperationCanceledException>(() => store.Backup(cancelled, _ => throw new OperationCanceledException()));
        Assert.Empty(Directory.GetFiles(test.Folder, "cancelled*"));
    }

    [Fact]
    public void Views_show_every_concept_to_any_tool()
    {
        using var test = new TestStore();
        const string document = """
            {"network_id":"n1","problem_type":"MRO","situation":{"load":0.5,"drops":2},"action":[{"managedObject":"NRCellDU=1","attribute":"digitalTilt","before":10,"after":20}],
             "outcome":{"drops":1},"tags":["es","night"],"metadata":{"vendor":"x","deep":{"a":1}},"text":"too late"}
            """;
        SqliteEpisodeStore store = test.Open();
        StoredEpisode plain = TestStore.Episode(1, dimension: 2);
        store.Commit([new StoreChange.Add(new StoredEpisode { Id = 1, TimeNs = 5, Cell = "c1", Reward = 0.5, Success = 1, Document = TestStore.Document(document), Vector = plain.Vector, Situation = default, Text = "too late" })], Durability.Sync);
        store.Commit([new StoreChange.Replace(new StoredEpisode { Id = 1, TimeNs = 5, Cell = "c1", Reward = 1, Success = 1, Document = TestStore.Document(document), Vector = plain.Vector, Situation = default }, 77)], Durability.Sync);
        // Through a connection of its own, as a tool has one while the memory is open.
        using SqliteDatabase tool = SqliteDatabase.Open(test.File, raw.SQLITE_OPEN_READONLY);
        Assert.Equal("1|5|n1|c1|MRO|1.0|1|too late", tool.Text("SELECT concat_ws('|', id, time_ns, network_id, cell, problem_type, reward, success, text) FROM episodes"));
        Assert.Equal("drops=2,load=0.5", tool.Text("SELECT group_concat(metric || '=' || value, ',' ORDER BY metric) FROM situations"));
        Assert.Equal("1|drops|1", tool.Text("SELECT concat_ws('|', id, metric, value) FROM outcomes"));
        Assert.Equal("1|0|NRCellDU=1|digitalTilt|10|20", tool.Text("SELECT concat_ws('|', id, position, managed_object, attribute, before, after) FROM actions"));
        Assert.Equal("es,night", tool.Text("SELECT group_concat(tag, ',' ORDER BY tag) FROM tags WHERE id = 1"));
        Assert.Equal("deep={\"a\":1},vendor=x", tool.Text("SELECT group_concat(name || '=' || value, ',' ORDER BY name) FROM metadata"));
        Assert.Equal("1|77|0.5", tool.Text("SELECT concat_ws('|', id, known_until_ns, reward) FROM revisions"));
        Assert.Equal(8, tool.Number("SELECT length(vector) FROM vectors WHERE id = 1 AND dimension = 2"));
    }

    [Fact]
    public void Flush_moves_everything_into_the_file()
    {
        using var test = new TestStore();
        SqliteEpisodeStore store = test.Open();
        store.Commit(TestStore.Adds(1, 20), Durability.None);
        store.Flush();
        string copy = Path.Combine(test.Folder, "copy.db");
        Assert.True(StoreOpeningTests.Shell($"cp '{test.File}' '{copy}'"));
        Assert.Equal(20, TestStore.Load(test.Open(path: copy)).Episodes.Count);
    }

    [Fact]
    public void The_log_keeps_its_bound()
    {
        using var test = new TestStore();
        SqliteEpisodeStore store = test.Open();
        long largest = 0;
        for (int i = 0; i < 60; i++)
        {
            store.Commit(TestStore.Adds((ulong)(1 + 100 * i), 100, dimension: 1000), Durability.Group);
            largest = Math.Max(largest, new FileInfo(test.File + "-wal").Length);
        }
        Assert.InRange(largest, 1, 12 << 20);
        store.Dispose();
        Assert.Equal(["memory.db"], Directory.GetFiles(test.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_closed_store_says_so()
    {
        using var test = new TestStore();
        SqliteEpisodeStore store = test.Open();
        store.Dispose();
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => store.Commit([], Durability.None));
        Assert.Throws<ObjectDisposedException>(() => store.Read(1));
        Assert.Throws<ObjectDisposedException>(store.Flush);
    }
}
