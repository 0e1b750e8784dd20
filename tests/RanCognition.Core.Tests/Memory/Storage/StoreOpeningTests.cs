using System.Diagnostics;
using RanCognition.Contracts;
using RanCognition.Memory.Storage;
using SQLitePCL;

namespace RanCognition.Tests.Memory.Storage;

public class StoreOpeningTests
{
    [Fact]
    public void What_is_no_memory_is_refused_with_its_reason_and_left_as_it_was()
    {
        AssertRefused<InvalidInputException>("path: is not a SQLite file", path => File.WriteAllText(path, new string('x', 5000)));
        AssertRefused<InvalidInputException>("path: is not a SQLite file", path => File.WriteAllText(path, "SQLite format 3\0"));
        AssertRefused<InvalidInputException>("path: is a SQLite file, but not a memory's", path => MakeDatabase(path, "CREATE TABLE t(x); INSERT INTO t VALUES(1)"));
        AssertRefused<InvalidInputException>("path: is a SQLite file, but not a memory's", path => MakeDatabase(path, "PRAGMA journal_mode = WAL; CREATE TABLE t(x); INSERT INTO t VALUES(1)"));
        AssertRefused<InvalidInputException>("path: was written by a newer release (version 3 of its tables, this one knows 2)", path => MakeMemory(path, "PRAGMA user_version = 3"));
        AssertRefused<StorageException>("path: the file is damaged: table revision is missing or another one", path => MakeMemory(path, "DROP TABLE revision"));
        AssertRefused<StorageException>("path: the file is damaged: it has no metric", path => MakeMemory(path, "DELETE FROM setting"));
        AssertRefused<StorageException>("path: the file is damaged: setting metric", path => MakeMemory(path, "UPDATE setting SET value = 'cosine' WHERE name = 'metric'"));
        AssertRefused<InvalidInputException>("dimension: is 9, but the file's is 8", path => MakeMemory(path, "SELECT 1"), new MemoryOptions { Dimension = 9 });
        AssertRefused<InvalidInputException>("metric: is cosine, but the file's is l2", path => MakeMemory(path, "SELECT 1"), new MemoryOptions { Metric = DistanceMetric.Cosine });
        AssertRefused<InvalidInputException>("path: is a folder", path => Directory.CreateDirectory(path));
        AssertRefused<InvalidInputException>("path: the file is empty, but the log of an earlier one lies beside it", path => File.WriteAllText(path + "-wal", "x"));
    }

    [Fact]
    public void A_file_with_a_log_is_refused_without_a_trace_too()
    {
        using var test = new TestStore();
        test.Open().Commit(TestStore.Adds(1, 50), Durability.Group);
        string copy = Path.Combine(Directory.CreateDirectory(Path.Combine(test.Folder, "copy")).FullName, "memory.db");
        File.Copy(test.File, copy);
        File.Copy(test.File + "-wal", copy + "-wal");
        Dictionary<string, byte[]> before = Contents(Path.GetDirectoryName(copy)!);
        Assert.Equal("metric: is cosine, but the file's is l2",
            Assert.Throws<InvalidInputException>(() => test.Open(options: new MemoryOptions { Path = copy, Metric = DistanceMetric.Cosine })).Message);
        AssertSame(before, Contents(Path.GetDirectoryName(copy)!));
        TestStore.AssertHas(test.Open(path: copy), Enumerable.Range(1, 50).ToDictionary(i => (ulong)i, i => TestStore.Episode((ulong)i)));
    }

    [Fact]
    public void A_damaged_page_is_refused_when_it_is_loaded_and_the_file_is_left_as_it_was()
    {
        using var test = new TestStore();
        using (SqliteEpisodeStore store = test.Open())
        {
            store.Commit(TestStore.Adds(1, 300, dimension: 1000), Durability.Group);
        }
        Change(test.File, "UPDATE page SET vectors = zeroblob(length(vectors)) WHERE first_id > 1");
        Dictionary<string, byte[]> before = Contents(test.Folder);
        using (SqliteEpisodeStore store = test.Open())
        {
            Assert.StartsWith("path: the file is damaged: page of the episodes from ", Assert.Throws<StorageException>(() => TestStore.Load(store)).Message, StringComparison.Ordinal);
        }
        AssertSame(before, Contents(test.Folder));
    }

    [Fact]
    public void A_damaged_document_is_an_error_that_names_its_episode()
    {
        using var test = new TestStore();
        using (SqliteEpisodeStore store = test.Open())
        {
            store.Commit(TestStore.Adds(1, 3), Durability.Group);
            store.Commit([new StoreChange.Replace(TestStore.Episode(1, 1), 5)], Durability.Group);
        }
        Change(test.File, "UPDATE episode SET document = document || ' ' WHERE id = 2; DELETE FROM episode WHERE id = 3; UPDATE revision SET reward = 99");
        using SqliteEpisodeStore again = test.Open();
        TestStore.AssertSame(TestStore.Episode(1, 1), again.Read(1)!, numbers: false);
        Assert.Equal("path: the file is damaged: episode 2", Assert.Throws<StorageException>(() => again.Read(2)).Message);
        Assert.Equal("path: the file is damaged: episode 2", Assert.Throws<StorageException>(() => again.ReadDocuments([1, 2], (_, _) => { })).Message);
        Assert.Equal("path: the file is damaged: episode 3", Assert.Throws<StorageException>(() => again.Read(3)).Message);
        Assert.Equal("path: the file is damaged: revision of episode 1", Assert.Throws<StorageException>(() => again.ReadAsOf(1, 0)).Message);
    }

    [Fact]
    public void A_second_memory_on_the_same_file_is_refused_by_any_name_and_the_first_goes_on()
    {
        using var test = new TestStore();
        SqliteEpisodeStore first = test.Open();
        first.Commit(TestStore.Adds(1, 1), Durability.Group);
        string link = Path.Combine(test.Folder, "link.db");
        File.CreateSymbolicLink(link, test.File);
        string folderLink = Path.Combine(test.Folder, "folder");
        Directory.CreateSymbolicLink(folderLink, test.Folder);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, test.File);
        foreach (string path in (string[])[test.File, link, Path.Combine(folderLink, "memory.db"), relative, Path.Combine(test.Folder, ".", "x", "..", "memory.db")])
        {
            Assert.Equal($"path: is in use by process {Environment.ProcessId}", Assert.Throws<BusyException>(() => test.Open(path: path)).Message);
        }
        first.Commit(TestStore.Adds(2, 1), Durability.Group);
        first.Dispose();
        TestStore.AssertHas(test.Open(path: link), new Dictionary<ulong, StoredEpisode> { [1] = TestStore.Episode(1), [2] = TestStore.Episode(2) });
    }

    [Fact]
    public void Hard_links_devices_and_bad_names_are_refused()
    {
        using var test = new TestStore();
        Assert.Equal("path: is not a name of a file", Assert.Throws<InvalidInputException>(() => test.Open(path: "")).Message);
        Assert.Equal("path: is not a name of a file", Assert.Throws<InvalidInputException>(() => test.Open(path: "a\0b")).Message);
        Assert.Equal("path: the folder does not exist", Assert.Throws<InvalidInputException>(() => test.Open(path: Path.Combine(test.Folder, "no", "m.db"))).Message);
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal("path: is not a regular file", Assert.Throws<InvalidInputException>(() => test.Open(path: "/dev/null")).Message);
            test.Open().Dispose();
            Shell($"ln '{test.File}' '{test.File}2'");
            Assert.StartsWith("path: the file has other names", Assert.Throws<InvalidInputException>(() => test.Open()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_empty_file_becomes_a_memory_and_what_an_end_while_creating_left_is_no_hindrance()
    {
        using var test = new TestStore();
        File.WriteAllBytes(test.File, []);
        File.WriteAllText(test.File + "-new", "half of a");
        File.WriteAllText(test.File + "-new-journal", "half of a journal");
        File.WriteAllText(test.File + "-lock", "1");
        using (SqliteEpisodeStore store = test.Open())
        {
            store.Commit(TestStore.Adds(1, 2), Durability.Group);
        }
        Assert.Equal(["memory.db"], Directory.GetFiles(test.Folder).Select(Path.GetFileName));
        Assert.Equal(2, TestStore.Load(test.Open()).Episodes.Count);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused()
    {
        using var test = new TestStore();
        test.Open().Dispose();
        string folder = Path.Combine(test.Folder, "closed");
        Directory.CreateDirectory(folder);
        File.Copy(test.File, Path.Combine(folder, "m.db"));
        // The system lets root write in any folder, but not in one that is immutable.
        bool immutable = Environment.IsPrivilegedProcess && Shell($"chattr +i '{folder}'");
        if (!Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        else if (!immutable)
        {
            Console.WriteLine("skipped: no folder here can be closed to root");
            return;
        }
        try
        {
            foreach (string name in (string[])["m.db", "new.db"])
            {
                Assert.Equal("path: the folder cannot be written", Assert.Throws<InvalidInputException>(() => test.Open(path: Path.Combine(folder, name))).Message);
            }
            Assert.Equal(["m.db"], Directory.GetFiles(folder).Select(Path.GetFileName));
        }
        finally
        {
            _ = immutable ? Shell($"chattr -i '{folder}'") : Shell($"chmod 700 '{folder}'");
        }
    }

    [Fact]
    public void A_file_of_an_earlier_version_is_brought_up_and_the_earlier_release_refuses_it_then()
    {
        using var test = new TestStore();
        using (SqliteEpisodeStore store = test.Open())
        {
            store.Commit(TestStore.Adds(1, 3), Durability.Group);
        }
        string[] steps = [.. StoreSchema.Steps, "CREATE TABLE extra(x INTEGER) STRICT; INSERT INTO extra SELECT id FROM episode"];
        using (SqliteEpisodeStore store = test.Open(steps: steps))
        {
            Assert.Equal(3, SqliteEpisodeStoreTests.Count(store, "SELECT count(*) FROM extra"));
            Assert.Equal(3, TestStore.Load(store).Episodes.Count);
        }
        Assert.StartsWith("path: was written by a newer release", Assert.Throws<InvalidInputException>(() => test.Open()).Message, StringComparison.Ordinal);
        // A step that fails leaves the version before.
        Assert.Throws<StorageException>(() => test.Open(steps: [.. steps, "CREATE TABLE more(x); CREATE TABLE extra(x)"]));
        using SqliteEpisodeStore again = test.Open(steps: steps);
        Assert.Equal(steps.Length, SqliteEpisodeStoreTests.Count(again, "PRAGMA user_version"));
        Assert.Equal(0, SqliteEpisodeStoreTests.Count(again, "SELECT count(*) FROM sqlite_schema WHERE name = 'more'"));
    }

    internal static bool Shell(string command)
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    internal static void Change(string path, string sql)
    {
        SqliteLibrary.Use();
        using SqliteDatabase database = SqliteDatabase.Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        database.Execute(sql);
    }

    private static void MakeDatabase(string path, string sql) => Change(path, sql);

    private static void MakeMemory(string path, string sql)
    {
        SqliteEpisodeStore.Open(new MemoryOptions { Path = path, Dimension = 8 }, null, new FixedHost(), false).Dispose();
        Change(path, sql);
    }

    private static void AssertRefused<T>(string message, Action<string> make, MemoryOptions? options = null)
        where T : Exception
    {
        using var test = new TestStore();
        make(test.File);
        Dictionary<string, byte[]> before = Contents(test.Folder);
        Assert.Equal(message, Assert.Throws<T>(() => test.Open(options: (options ?? new MemoryOptions()) with { Path = test.File })).Message);
        AssertSame(before, Contents(test.Folder));
    }

    private static Dictionary<string, byte[]> Contents(string folder) => Directory.GetFiles(folder).ToDictionary(f => f, File.ReadAllBytes);

    private static void AssertSame(Dictionary<string, byte[]> expected, Dictionary<string, byte[]> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, pair => Assert.True(pair.Value.AsSpan().SequenceEqual(actual[pair.Key])));
    }
}
