using RanCognition.Contracts;
using RanCognition.Performance;
using SQLitePCL;

namespace RanCognition.Memory.Storage;

/// <summary>Episodes in a SQLite file, or without one in the memory of the process.</summary>
/// <remarks>One connection writes; readers have their own, and see what was committed when they began. How the tables are laid out is told in README.md beside this file.</remarks>
internal sealed partial class SqliteEpisodeStore : IEpisodeStore
{
    /// <summary>Pages of the database in the log after which a commit moves them into the file.</summary>
    private const int LogPages = 1000;

    private const int LogPageBytes = StoreFile.PageBytes + 24;
    private const int WriterCacheKib = 16 << 10;

    private readonly Lock _gate = new();         // held by whoever uses the writer's connection
    private readonly SqliteDatabase _writer;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly StoreFile? _file;
    private readonly StoreLock? _lock;
    private readonly StoreNotes _notes;
    private readonly EpisodeWriter _episodes;
    private readonly ReadPool _readers;
    private bool _failed;                        // the state beside the tables must be read again
    private bool _trusted;                       // the file has been loaded or written: closing may tidy up
    private bool _logExtended;
    private Durability _synchronous = Durability.Sync;
    private bool _closed;

    private SqliteEpisodeStore(SqliteDatabase writer, StoreFile? file, StoreLock? fileLock, bool sharing)
    {
        _writer = writer;
        _begin = writer.Prepare("BEGIN IMMEDIATE");
        _commit = writer.Prepare("COMMIT");
        _file = file;
        _lock = fileLock;
        _notes = new StoreNotes(writer);
        bool records = sharing || _notes.Setting(StoreSettings.Sharing) is not null;
        _episodes = new EpisodeWriter(writer, _notes, keepsNumbers: file is not null, records);
        _readers = new ReadPool(file?.Path, writer, _gate);
    }

    /// <summary>Numbers of a vector; null until there is one.</summary>
    public int? Dimension => _notes.Setting(StoreSettings.Dimension) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    public DistanceMetric Metric => StoreSettings.ReadMetric(_notes.Setting(StoreSettings.Metric)) ?? DistanceMetric.L2;

    /// <summary>About how many episodes <see cref="Load"/> will hand over.</summary>
    public int PackedRows => _episodes.PackedRows;

    /// <summary>The connection that writes; for tests that set limits.</summary>
    internal SqliteDatabase Writer => _writer;

    public ulong FileBytes => _file is null ? 0 : (ulong)(StoreFile.LengthOf(_file.Path) + StoreFile.LengthOf(_file.Path + StoreFile.LogSuffix));

    /// <param name="options">Path and metric are looked at, and dimension where none is wanted.</param>
    /// <param name="dimensionWanted">Numbers of a vector that the caller needs; null = the option's.</param>
    /// <param name="host">Told what happens to the file.</param>
    /// <param name="sharing">Own changes are recorded for others from now on; those of before too.</param>
    /// <exception cref="InvalidInputException">The file is in use, not a memory's, newer, of another dimension or metric, or cannot be reached. It is left as it was.</exception>
    /// <exception cref="StorageException">The file is damaged, or could not be read or written.</exception>
    public static SqliteEpisodeStore Open(MemoryOptions options, int? dimensionWanted, IHost host, bool sharing) =>
        Open(options, dimensionWanted, host, sharing, StoreSchema.Steps);

    internal static SqliteEpisodeStore Open(MemoryOptions options, int? dimensionWanted, IHost host, bool sharing, IReadOnlyList<string> steps)
    {
        SqliteLibrary.Use();
        int? dimension = dimensionWanted ?? options.Dimension;
        return options.Path is { } path ? OpenFile(StoreFile.Resolve(path), dimension, options.Metric, host, sharing, steps) : OpenWithoutFile(dimension, options.Metric, sharing, steps);
    }

    private static SqliteEpisodeStore OpenWithoutFile(int? dimension, DistanceMetric? metric, bool sharing, IReadOnlyList<string> steps)
    {
        SqliteDatabase database = SqliteDatabase.Open(":memory:", raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        try
        {
            Fill(database, dimension, metric, steps);
            var store = new SqliteEpisodeStore(database, null, null, sharing);
            store.StartSharing(sharing);
            return store;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static SqliteEpisodeStore OpenFile(string path, int? dimension, DistanceMetric? metric, IHost host, bool sharing, IReadOnlyList<string> steps)
    {
        StoreLock fileLock = StoreLock.Take(path);
        StoreFile? file = null;
        SqliteDatabase? writer = null;
        try
        {
            file = StoreFile.Look(path);
            if (file.Length == 0)
            {
                file.Create(database => Fill(database, dimension, metric, steps));
                host.Log(LogLevel.Info, "memory: a new file was created");
            }
            else
            {
                Check(file, dimension, metric, steps);
            }
            writer = SqliteDatabase.Open(path, raw.SQLITE_OPEN_READWRITE);
            Prepare(writer, steps);
            var store = new SqliteEpisodeStore(writer, file, fileLock, sharing);
            store.StartSharing(sharing);
            return store;
        }
        catch
        {
            writer?.KeepLogOnClose(true);
            writer?.Dispose();
            file?.RemoveTraces();
            fileLock.Dispose();
            throw;
        }
    }

    private static void Check(StoreFile file, int? dimension, DistanceMetric? metric, IReadOnlyList<string> steps)
    {
        if (!file.HasJournal)
        {
            file.CheckHeader(steps.Count);
        }
        using SqliteDatabase database = file.OpenToCheck();
        StoreCheck.Run(database, steps, dimension, metric);
    }

    /// <summary>Writes the tables and the settings of a new file.</summary>
    private static void Fill(SqliteDatabase database, int? dimension, DistanceMetric? metric, IReadOnlyList<string> steps)
    {
        database.Execute($"BEGIN; PRAGMA application_id = {StoreSchema.ApplicationId}");
        Migrate(database, 0, steps);
        var notes = new StoreNotes(database);
        notes.PutSetting(StoreSettings.Metric, StoreSettings.Text(metric ?? DistanceMetric.L2));
        if (dimension is { } numbers)
        {
            notes.PutSetting(StoreSettings.Dimension, StoreSettings.Text(numbers));
        }
        database.Execute("COMMIT");
    }

    private static void Prepare(SqliteDatabase writer, IReadOnlyList<string> steps)
    {
        writer.KeepLogOnClose(true);
        writer.Execute($"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -{WriterCacheKib}; PRAGMA wal_autocheckpoint = {LogPages}; PRAGMA journal_size_limit = {LogPages * LogPageBytes}");
        var version = (int)(writer.Number("PRAGMA user_version") ?? 0);
        if (version < steps.Count)
        {
            writer.Execute("BEGIN IMMEDIATE");
            Migrate(writer, version, steps);
            writer.Execute("COMMIT");
        }
    }

    private static void Migrate(SqliteDatabase database, int version, IReadOnlyList<string> steps)
    {
        foreach (string step in steps.Skip(version))
        {
            database.Execute(step);
        }
        database.Execute($"PRAGMA user_version = {steps.Count}");
    }

    /// <summary>All own episodes are news to others when a file is shared for the first time.</summary>
    private void StartSharing(bool sharing)
    {
        if (sharing && _notes.Setting(StoreSettings.Sharing) is null)
        {
            InTransaction(Durability.Sync, () =>
            {
                _writer.Execute("INSERT INTO outgoing(id) SELECT id FROM episode WHERE id NOT IN (SELECT id FROM origin) ORDER BY id");
                _notes.PutSetting(StoreSettings.Sharing, "1");
            });
        }
    }
}
