using RanCognition.Contracts;
using RanCognition.Memory.Storage;

namespace RanCognition.Tests.Memory.Storage;

public class SqliteEpisodeStoreTests
{
    [Fact]
    public void What_is_stored_comes_back_to_the_last_bit_after_reopening()
    {
        using var test = new TestStore();
        StoredEpisode[] episodes =
        [
            With(TestStore.Episode(1), reward: double.NaN, success: -1),
            With(TestStore.Episode(2, cell: ""), reward: -0.0, success: 0),
            With(TestStore.Episode(3, cell: "Zelle \u00e4\u0308 \U0001F4E1 \0 '\"; --"), reward: double.MaxValue, success: 1),
            With(TestStore.Episode(4, dimension: 0, positions: 3), reward: double.NegativeInfinity, success: 1),
            With(TestStore.Episode(MemoryLimits.IdMax, positions: 5), reward: 1e18, success: 0, time: MemoryLimits.TimeMax),
            With(TestStore.Episode(77, dimension: 0), reward: double.Epsilon, success: 0, time: 0),
        ];
        using (SqliteEpisodeStore store = test.Open())
        {
            store.Commit([.. episodes.Select(e => new StoreChange.Add(e))], Durability.Sync);
        }
        using SqliteEpisodeStore again = test.Open();
        // SQLite has no minus zero where a real is a whole number.
        episodes[1] = With(episodes[1], reward: 0.0, success: 0);
        TestStore.AssertHas(again, episodes.ToDictionary(e => e.Id));
        Assert.Equal(TestStore.Dimension, again.Dimension);
    }

    [Theory]
    [InlineData(1, 8, 0)]
    [InlineData(2, 0, 12)]
    [InlineData(3, 8, 5)]
    public void Any_changes_leave_what_a_dictionary_has(int seed, int dimension, int positions)
    {
        var random = new Random(seed);
        using var test = new TestStore();
        SqliteEpisodeStore store = test.Open();
        var expected = new Dictionary<ulong, StoredEpisode>();
        ulong next = 1;
        long mostPages = 0;
        long mostLoose = 0;
        // Rows of 1000 numbers make small pages: hundreds of rows are many pages.
        StoredEpisode Make(ulong id) => TestStore.Episode(id, random.Next(), random.Next(8) == 0 || dimension == 0 ? 0 : dimension * 128, positions == 0 ? 0 : random.Next(positions * 128));
        for (int round = 0; round < 45; round++)
        {
            var changes = new List<StoreChange>();
            for (int i = random.Next(40); i >= 0; i--)
            {
                ulong id = random.Next(5) == 0 ? (ulong)random.Next(1, 100_000) : next++;
                if (expected.ContainsKey(id))
                {
                    continue;
                }
                next = Math.Max(next, random.Next(50) == 0 ? id + 1 : next);
                expected[id] = Make(id);
                changes.Add(new StoreChange.Add(expected[id]));
            }
            foreach (ulong id in expected.Keys.Where(_ => random.Next(8) == 0).ToArray())
            {
                if (random.Next(3) == 0)
                {
                    expected.Remove(id);
                    changes.Add(new StoreChange.Remove(id));
                }
                else
                {
                    expected[id] = Make(id);
                    changes.Add(new StoreChange.Replace(expected[id], 1));
                }
            }
            store.Commit(changes, Durability.None);
            mostPages = Math.Max(mostPages, Count(store, "SELECT count(*) FROM page"));
            mostLoose = Math.Max(mostLoose, Count(store, "SELECT count(*) FROM loose"));
            if (round % 15 == 14)
            {
                TestStore.AssertHas(store, expected);
                store.Dispose();
                store = test.Open();
                TestStore.AssertHas(store, expected);
            }
        }
        Assert.True(mostPages > 2 && mostLoose > 0, $"{mostPages} {mostLoose}");
        AssertViewHasVectors(store, expected);
    }

    [Fact]
    public void A_batch_with_one_bad_change_leaves_nothing_of_it()
    {
        using var test = new TestStore();
        using SqliteEpisodeStore store = test.Open();
        store.Commit([new StoreChange.Add(TestStore.Episode(1))], Durability.Group);
        StoreChange[] good = [new StoreChange.Add(TestStore.Episode(2, cell: "new")), new StoreChange.Setting("a", "b"), new StoreChange.Scales([new MetricScale("m", 1, 2)])];
        Assert.Equal("id: there is an episode 1 already", Assert.Throws<InvalidInputException>(() => store.Commit([.. good, new StoreChange.Add(TestStore.Episode(1))], Durability.Group)).Message);
        Assert.Equal("id: there is no episode 9", Assert.Throws<NotFoundException>(() => store.Commit([.. good, new StoreChange.Remove(9)], Durability.Group)).Message);
        Assert.Throws<NotFoundException>(() => store.Commit([.. good, new StoreChange.Replace(TestStore.Episode(9), 1)], Durability.Group));
        Assert.Equal("vector: has 9 numbers where the memory's have 8",
            Assert.Throws<InvalidInputException>(() => store.Commit([.. good, new StoreChange.Add(TestStore.Episode(3, dimension: 9))], Durability.Group)).Message);
        Assert.Null(store.GetSetting("a"));
        Assert.Empty(store.GetScales());
        Assert.Null(store.Read(2));
        store.Commit([.. good], Durability.Group);
        TestStore.AssertHas(store, new Dictionary<ulong, StoredEpisode> { [1] = TestStore.Episode(1), [2] = TestStore.Episode(2, cell: "new") });
        Assert.Equal("b", store.GetSetting("a"));
    }

    [Fact]
    public void Documents_come_in_the_order_asked_and_missing_ones_are_left_out()
    {
        using var test = new TestStore();
        foreach (SqliteEpisodeStore store in (SqliteEpisodeStore[])[test.Open(), test.OpenWithoutFile()])
        {
            store.Commit(TestStore.Adds(1, 5), Durability.Group);
            var seen = new List<ulong>();
            store.ReadDocuments([4, 9, 1, 4], (id, document) =>
            {
                seen.Add(id);
                Assert.Equal(TestStore.Episode(id).Document.ToArray(), document.ToArray());
            });
            Assert.Equal([4, 1, 4], seen);
            Assert.Null(store.Read(9));
        }
    }

    [Fact]
    public void A_reader_that_throws_leaves_the_store_usable()
    {
        using var test = new TestStore();
        foreach (SqliteEpisodeStore store in (SqliteEpisodeStore[])[test.Open(), test.OpenWithoutFile()])
        {
            store.Commit(TestStore.Adds(1, 5), Durability.Group);
            Assert.Throws<OperationCanceledException>(() => store.ReadDocuments([1, 2], (_, _) => throw new OperationCanceledException()));
            Assert.Throws<OperationCanceledException>(() => store.ReadAllDocuments((_, _) => throw new OperationCanceledException()));
            store.Commit(TestStore.Adds(6, 1), Durability.Group);
            int count = 0;
            store.ReadAllDocuments((_, _) => count++);
            Assert.Equal(6, count);
        }
    }

    [Fact]
    public void Revisions_say_what_was_known_at_a_time()
    {
        using var test = new TestStore();
        foreach (SqliteEpisodeStore store in (SqliteEpisodeStore[])[test.Open(), test.OpenWithoutFile()])
        {
            StoredEpisode[] states = [TestStore.Episode(5, 0, positions: 3), TestStore.Episode(5, 1, positions: 3), TestStore.Episode(5, 2, positions: 3)];
            store.Commit([new StoreChange.Add(states[0]), new StoreChange.Add(TestStore.Episode(6))], Durability.Group);
            store.Commit([new StoreChange.Replace(states[1], 100, states[0].Vector, states[0].Situation)], Durability.Group);
            store.Commit([new StoreChange.Replace(states[2], 200, states[1].Vector, states[1].Situation)], Durability.Group);
            TestStore.AssertSame(states[0], store.ReadAsOf(5, 0)!);
            TestStore.AssertSame(states[0], store.ReadAsOf(5, 99)!);
            TestStore.AssertSame(states[1], store.ReadAsOf(5, 100)!);
            TestStore.AssertSame(states[1], store.ReadAsOf(5, 199)!);
            Assert.Null(store.ReadAsOf(5, 200));
            Assert.Null(store.ReadAsOf(5, ulong.MaxValue));
            Assert.Null(store.ReadAsOf(6, 0));
            Assert.Equal([5UL], store.ChangedAfter(199));
            Assert.Empty(store.ChangedAfter(200));
            store.Commit([new StoreChange.Remove(5)], Durability.Group);
            Assert.Null(store.ReadAsOf(5, 0));
            Assert.Empty(store.ChangedAfter(0));
        }
    }

    [Fact]
    public void A_file_finds_the_earlier_numbers_itself_also_in_pages()
    {
        using var test = new TestStore();
        using SqliteEpisodeStore store = test.Open();
        store.Commit(TestStore.Adds(1, 400, dimension: 1000, positions: 3), Durability.None);
        Assert.True(Count(store, "SELECT count(*) FROM page") > 1);
        foreach (ulong id in (ulong[])[1, 200, 399, 400])
        {
            store.Commit([new StoreChange.Replace(TestStore.Episode(id, 9, 1000, 2), 10)], Durability.None);
            TestStore.AssertSame(TestStore.Episode(id, 0, 1000, 3), store.ReadAsOf(id, 9)!);
        }
    }

    [Fact]
    public void Settings_scales_and_cursors_are_kept()
    {
        using var test = new TestStore();
        MetricScale[] scales = [new("drops \u00e4", 1.5, 0.25), new("", double.NaN, -0.0), new("x", double.MaxValue, 1e-300)];
        using (SqliteEpisodeStore store = test.Open())
        {
            store.Commit([new StoreChange.Scales(scales), new StoreChange.Setting("k", "v"), new StoreChange.PeerCursor("site b", 7)], Durability.Group);
            store.Commit([new StoreChange.PeerCursor("site b", 8), new StoreChange.Setting("k", "")], Durability.Group);
        }
        using (SqliteEpisodeStore store = test.Open())
        {
            Assert.Equal(scales, store.GetScales());
            Assert.Equal("", store.GetSetting("k"));
            Assert.Null(store.GetSetting("other"));
            Assert.Equal(8UL, Assert.Single(store.PeerCursors()).Value);
            store.Commit([new StoreChange.Scales(scales[..1])], Durability.Group);
        }
        Assert.Equal(scales[..1], test.Open().GetScales());
    }

    [Fact]
    public void Own_changes_go_out_once_each_and_others_never()
    {
        using var test = new TestStore();
        foreach (bool inFile in (bool[])[true, false])
        {
            SqliteEpisodeStore store = inFile ? test.Open(sharing: true) : test.OpenWithoutFile(sharing: true);
            store.Commit([new StoreChange.Add(TestStore.Episode(1)), new StoreChange.Add(TestStore.Episode(2), new EpisodeOrigin("b", 70)), new StoreChange.Add(TestStore.Episode(3))], Durability.Group);
            store.Commit([new StoreChange.Replace(TestStore.Episode(1, 5), 1), new StoreChange.Replace(TestStore.Episode(2, 5), 1), new StoreChange.Remove(3)], Durability.Group);
            IReadOnlyList<OutgoingChange> changes = store.Outgoing(10);
            Assert.Equal([1UL, 3UL], changes.Select(c => c.Id));
            Assert.Equal(2UL, store.OutgoingCount);
            TestStore.AssertSame(TestStore.Episode(1, 5), changes[0].Episode!, numbers: inFile);
            Assert.Null(changes[1].Episode);
            Assert.True(changes[0].Sequence < changes[1].Sequence);
            store.Commit([new StoreChange.Replace(TestStore.Episode(1, 6), 2)], Durability.Group);
            store.Commit([new StoreChange.Pushed(changes[1].Sequence)], Durability.Group);
            Assert.Equal(1UL, Assert.Single(store.Outgoing(10)).Id);
            Assert.Single(store.Outgoing(1));
            Assert.Equal(2UL, store.FindOrigin(new EpisodeOrigin("b", 70)));
            Assert.Equal(0UL, store.FindOrigin(new EpisodeOrigin("b", 71)));
            store.Commit([new StoreChange.Remove(2)], Durability.Group);
            Assert.Equal(0UL, store.FindOrigin(new EpisodeOrigin("b", 70)));
            Assert.Equal(1UL, store.OutgoingCount);
        }
    }

    [Fact]
    public void All_own_episodes_go_out_when_a_file_is_shared_for_the_first_time()
    {
        using var test = new TestStore();
        using (SqliteEpisodeStore store = test.Open())
        {
            store.Commit([new StoreChange.Add(TestStore.Episode(4), new EpisodeOrigin("b", 1)), .. TestStore.Adds(1, 3)], Durability.Group);
            Assert.Equal(0UL, store.OutgoingCount);
        }
        using (SqliteEpisodeStore store = test.Open(sharing: true))
        {
            Assert.Equal([1UL, 2, 3], store.Outgoing(9).Select(c => c.Id));
            store.Commit([new StoreChange.Pushed(2)], Durability.Group);
        }
        using (SqliteEpisodeStore store = test.Open())
        {
            store.Commit([new StoreChange.Remove(1)], Durability.Group);
        }
        using SqliteEpisodeStore again = test.Open(sharing: true);
        Assert.Equal([3UL, 1], again.Outgoing(9).Select(c => c.Id));
    }

    [Fact]
    public void A_store_without_a_file_keeps_all_but_the_numbers()
    {
        using var test = new TestStore();
        using SqliteEpisodeStore store = test.OpenWithoutFile();
        store.Commit(TestStore.Adds(1, 10), Durability.Sync);
        Assert.Empty(TestStore.Load(store).Episodes);
        TestStore.AssertSame(TestStore.Episode(7), store.Read(7)!, numbers: false);
        Assert.Equal(0UL, store.FileBytes);
        store.Flush();
        Assert.Throws<InvalidInputException>(() => store.Backup(test.File, _ => { }));
        Assert.Empty(Directory.GetFileSystemEntries(test.Folder));
    }

    internal static long Count(SqliteEpisodeStore store, string sql) => store.Writer.Number(sql) ?? 0;

    private static void AssertViewHasVectors(SqliteEpisodeStore store, Dictionary<ulong, StoredEpisode> expected)
    {
        var vectors = new Dictionary<ulong, float[]>();
        using SqliteStatement rows = store.Writer.Once("SELECT id, vector FROM vectors");
        while (rows.Step())
        {
            vectors.Add(rows.UInt64(0), rows.Floats(1).ToArray());
        }
        Assert.Equal(expected.Values.Where(e => !e.Vector.IsEmpty).Select(e => e.Id).Order(), vectors.Keys.Order());
        Assert.All(vectors, pair => Assert.Equal(expected[pair.Key].Vector.ToArray(), pair.Value));
    }

    private static StoredEpisode With(StoredEpisode episode, double reward, int success, ulong? time = null) => new()
    {
        Id = episode.Id,
        TimeNs = time ?? episode.TimeNs,
        Cell = episode.Cell,
        Reward = reward,
        Success = success,
        Document = episode.Document,
        Vector = episode.Vector,
        Situation = episode.Situation,
    };
}
