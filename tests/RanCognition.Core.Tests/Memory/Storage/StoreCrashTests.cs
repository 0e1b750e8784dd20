using System.Buffers.Binary;
using RanCognition.Contracts;
using RanCognition.Memory.Storage;

namespace RanCognition.Tests.Memory.Storage;

public class StoreCrashTests
{
    [Fact]
    public void A_log_that_is_cut_off_anywhere_gives_the_first_of_the_commits()
    {
        using var test = new TestStore();
        SqliteEpisodeStore store = test.Open();
        string log = test.File + "-wal";
        var commits = new List<(long Frames, int Episodes)>();
        for (int i = 0; i < 12; i++)
        {
            store.Commit(TestStore.Adds((ulong)(1 + 3 * i), 3, positions: 2), i % 2 == 0 ? Durability.None : Durability.Sync);
            commits.Add((UsedBytes(log), 3 * (i + 1)));
        }
        byte[] file = Shared(test.File);
        byte[] whole = Shared(log)[..(int)commits[^1].Frames];
        const int frame = StoreFile.PageBytes + 24;
        var cuts = new List<int> { 0, 1, 31, 32, whole.Length };
        for (int end = 32; end < whole.Length; end += frame)
        {
            cuts.AddRange([end, end + 24, end + frame / 3]);
        }
        string path = Path.Combine(test.Folder, "cut.db");
        foreach (int cut in cuts)
        {
            File.WriteAllBytes(path, file);
            File.WriteAllBytes(path + "-wal", whole[..cut]);
            int expected = commits.Where(c => c.Frames <= cut).Select(c => c.Episodes).DefaultIfEmpty(0).Max();
            using (SqliteEpisodeStore again = test.Open(path: path))
            {
                TestStore.AssertHas(again, Enumerable.Range(1, expected).ToDictionary(i => (ulong)i, i => TestStore.Episode((ulong)i, positions: 2)));
                again.Commit(TestStore.Adds(1000, 1), Durability.None);
            }
        }
    }

    [Fact]
    public async Task Copies_taken_at_any_moment_have_every_commit_that_had_returned_and_none_in_part()
    {
        using var test = new TestStore();
        SqliteEpisodeStore store = test.Open();
        store.Writer.Execute("PRAGMA wal_autocheckpoint = 0");     // file and log cannot be copied in one moment: only the log changes
        int done = 0;
        using var stop = new CancellationTokenSource();
        Task writing = Task.Factory.StartNew(() =>
        {
            // Commit n adds the episodes 10 n + 1 .. 10 n + 10.
            for (int n = 0; n < 400 && !stop.IsCancellationRequested; n++)
            {
                store.Commit(TestStore.Adds((ulong)(10 * n + 1), 10, dimension: 100), Durability.None);
                Volatile.Write(ref done, n + 1);
                Thread.Sleep(1);
            }
        }, TaskCreationOptions.LongRunning);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref done) > 0, TimeSpan.FromSeconds(60)));
        for (int round = 0; round < 6; round++)
        {
            string path = Path.Combine(test.Folder, $"copy{round}.db");
            Thread.Sleep(15);
            int acknowledged = Volatile.Read(ref done);
            File.WriteAllBytes(path, Shared(test.File));
            File.WriteAllBytes(path + "-wal", Shared(test.File + "-wal"));
            using SqliteEpisodeStore copy = test.Open(path: path);
            int found = TestStore.Load(copy).Episodes.Count;
            Assert.Equal(0, found % 10);
            Assert.True(found >= 10 * acknowledged, $"{found} of {10 * acknowledged}");
            TestStore.AssertHas(copy, Enumerable.Range(1, found).ToDictionary(i => (ulong)i, i => TestStore.Episode((ulong)i, dimension: 100)));
        }
        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public void Damaged_bytes_are_refused_or_do_not_matter_but_never_give_other_data()
    {
        using var test = new TestStore();
        using (SqliteEpisodeStore store = test.Open())
        {
            store.Commit(TestStore.Adds(1, 200, dimension: 700), Durability.None);
            store.Commit([new StoreChange.Replace(TestStore.Episode(3, 1, 700), 5), new StoreChange.Scales([new MetricScale("m", 1, 2)])], Durability.None);
            Assert.True(SqliteEpisodeStoreTests.Count(store, "SELECT count(*) FROM page") > 0);
        }
        var expected = Enumerable.Range(1, 200).ToDictionary(i => (ulong)i, i => TestStore.Episode((ulong)i, i == 3 ? 1 : 0, 700));
        byte[] file = File.ReadAllBytes(test.File);
        var random = new Random(5);
        string path = Path.Combine(test.Folder, "damaged.db");
        int refused = 0;
        for (int round = 0; round < 150; round++)
        {
            byte[] damaged = [.. file];
            // Half of them in the first pages, which hold the small tables.
            int at = random.Next(round % 2 == 0 ? file.Length : Math.Min(file.Length, 40 * 4096));
            for (int i = random.Next(1, 20); i > 0 && at < damaged.Length; i--)
            {
                damaged[at++] ^= (byte)random.Next(1, 256);
            }
            File.WriteAllBytes(path, damaged);
            try
            {
                using SqliteEpisodeStore store = test.Open(path: path);
                TestStore.AssertHas(store, expected);
                Assert.Equal([new MetricScale("m", 1, 2)], store.GetScales());
                TestStore.AssertSame(TestStore.Episode(3, 0, 700), store.ReadAsOf(3, 0)!);
            }
            catch (Exception error) when (error is StorageException or InvalidInputException)
            {
                refused++;
            }
            foreach (string suffix in (string[])["", "-wal", "-shm", "-lock"])
            {
                File.Delete(path + suffix);
            }
        }
        Assert.InRange(refused, 30, 150);
    }

    [Fact]
    public void A_full_disk_takes_nothing_and_the_store_goes_on_when_there_is_room_again()
    {
        using var test = new TestStore();
        SqliteEpisodeStore store = test.Open();
        store.Commit(TestStore.Adds(1, 50, dimension: 500), Durability.Group);
        store.Writer.Execute($"PRAGMA max_page_count = {store.Writer.Number("PRAGMA page_count") + 2}");
        var full = Assert.Throws<StorageException>(() => store.Commit([new StoreChange.Setting("a", "b"), .. TestStore.Adds(51, 500, dimension: 500)], Durability.Group));
        Assert.StartsWith("path: the disk is full", full.Message, StringComparison.Ordinal);
        Assert.Null(store.GetSetting("a"));
        TestStore.AssertHas(store, Enumerable.Range(1, 50).ToDictionary(i => (ulong)i, i => TestStore.Episode((ulong)i, dimension: 500)));
        store.Writer.Execute("PRAGMA max_page_count = 1000000");
        store.Commit(TestStore.Adds(51, 500, dimension: 500), Durability.Group);
        store.Dispose();
        TestStore.AssertHas(test.Open(), Enumerable.Range(1, 550).ToDictionary(i => (ulong)i, i => TestStore.Episode((ulong)i, dimension: 500)));
    }

    [Fact]
    public void A_file_system_that_is_full_does_the_same()
    {
        using var test = new TestStore();
        string mount = Path.Combine(test.Folder, "small");
        Directory.CreateDirectory(mount);
        if (!Environment.IsPrivilegedProcess || !StoreOpeningTests.Shell($"mount -t tmpfs -o size=3m none '{mount}'"))
        {
            Console.WriteLine("skipped: no small file system can be mounted here");
            return;
        }
        try
        {
            string path = Path.Combine(mount, "m.db");
            SqliteEpisodeStore store = test.Open(path: path);
            int kept = 0;
            StorageException? full = null;
            while (full is null)
            {
                try
                {
                    store.Commit(TestStore.Adds((ulong)(100 * kept + 1), 100, dimension: 200), Durability.Group);
                    kept++;
                }
                catch (StorageException error)
                {
                    full = error;
                }
            }
            Assert.StartsWith("path: the disk is full", full.Message, StringComparison.Ordinal);
            Assert.True(StoreOpeningTests.Shell($"mount -o remount,size=30m '{mount}'"));
            store.Commit(TestStore.Adds((ulong)(100 * kept + 1), 100, dimension: 200), Durability.Group);
            store.Dispose();
            using SqliteEpisodeStore again = test.Open(path: path);
            TestStore.AssertHas(again, Enumerable.Range(1, 100 * (kept + 1)).ToDictionary(i => (ulong)i, i => TestStore.Episode((ulong)i, dimension: 200)));
        }
        finally
        {
            StoreOpeningTests.Shell($"umount -l '{mount}'");
        }
    }

    /// <summary>Bytes of the log up to the last frame that is of its present round.</summary>
    private static long UsedBytes(string log)
    {
        byte[] bytes = Shared(log);
        ulong salt = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(16));
        long end = 32;
        while (end + 24 <= bytes.Length && BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan((int)end + 8)) == salt)
        {
            end += StoreFile.PageBytes + 24;
        }
        return end;
    }

    /// <summary>Reads in a child process: closing the file in this one would undo SQLite's locks on it.</summary>
    private static byte[] Shared(string path)
    {
        string copy = path + ".copy";
        Assert.True(StoreOpeningTests.Shell($"cp '{path}' '{copy}'"));
        byte[] bytes = File.ReadAllBytes(copy);
        File.Delete(copy);
        return bytes;
    }
}
