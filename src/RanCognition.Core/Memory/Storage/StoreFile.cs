using System.Buffers.Binary;
using RanCognition.Contracts;
using SQLitePCL;

namespace RanCognition.Memory.Storage;

/// <summary>The memory's file and the ones that SQLite keeps beside it: found, looked at without a trace, created.</summary>
internal sealed class StoreFile
{
    public const string LogSuffix = "-wal";
    private const string SharedMemorySuffix = "-shm";
    private const string JournalSuffix = "-journal";
    private const string NewSuffix = "-new";      // until it is whole

    /// <summary>Of the database's own pages: a commit writes whole ones, and loading reads one at a time.</summary>
    public const int PageBytes = 8192;

    private const int HeaderBytes = 100;
    private const int UserVersionOffset = 60;
    private const int ApplicationIdOffset = 68;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    private readonly bool _hadLog;
    private readonly bool _hadSharedMemory;

    private StoreFile(string path)
    {
        Path = path;
        Length = LengthOf(path);
        _hadLog = File.Exists(path + LogSuffix);
        _hadSharedMemory = File.Exists(path + SharedMemorySuffix);
    }

    /// <summary>Absolute, with the links of its last part followed.</summary>
    public string Path { get; }

    /// <summary>0 when it is not there.</summary>
    public long Length { get; }

    public bool HasLog => LengthOf(Path + LogSuffix) > 0;

    /// <summary>A transaction in a journal of the old kind was cut off.</summary>
    public bool HasJournal => LengthOf(Path + JournalSuffix) > 0;

    /// <summary>Where a path leads to, before anything is opened.</summary>
    public static string Resolve(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            InvalidInputException.Throw(StorageFailure.Argument, "is not a name of a file");
        }
        try
        {
            string full = System.IO.Path.GetFullPath(path);
            if (new FileInfo(full).LinkTarget is not null)
            {
                full = File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
            }
            if (Directory.Exists(full) || System.IO.Path.EndsInDirectorySeparator(full))
            {
                InvalidInputException.Throw(StorageFailure.Argument, "is a folder");
            }
            if (File.Exists(full) && FileKind.IsSpecial(full))
            {
                InvalidInputException.Throw(StorageFailure.Argument, "is not a regular file");
            }
            if (File.Exists(full) && FileKind.HasOtherNames(full))
            {
                InvalidInputException.Throw(StorageFailure.Argument, "the file has other names (hard links), under which it could be opened twice");
            }
            return full;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException(StorageFailure.Argument, "cannot be reached");
        }
    }

    /// <param name="path">Resolved, and locked: closing a file that SQLite has open in this process would undo its locks.</param>
    public static StoreFile Look(string path) => new(path);

    /// <summary>Refuses what is no memory's file by its first bytes.</summary>
    public void CheckHeader(int versionMost)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        int read;
        try
        {
            using var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1);
            read = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new InvalidInputException(StorageFailure.Argument, "the file cannot be opened for reading and writing");
        }
        if (read < HeaderBytes || !header.StartsWith(Magic))
        {
            InvalidInputException.Throw(StorageFailure.Argument, "is not a SQLite file");
        }
        CheckVersion(BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdOffset..]), BinaryPrimitives.ReadInt32BigEndian(header[UserVersionOffset..]), versionMost);
    }

    public static void CheckVersion(long applicationId, long version, int versionMost)
    {
        if (applicationId != StoreSchema.ApplicationId)
        {
            InvalidInputException.Throw(StorageFailure.Argument, "is a SQLite file, but not a memory's");
        }
        if (version > versionMost)
        {
            InvalidInputException.Throw(StorageFailure.Argument, $"was written by a newer release (version {version} of its tables, this one knows {versionMost})");
        }
        if (version < 1)
        {
            throw StorageFailure.Damaged("it has no version");
        }
    }

    /// <summary>Makes the file whole under another name, then gives it its own: whoever looks sees nothing or all of it.</summary>
    public void Create(Action<SqliteDatabase> fill)
    {
        if (HasLog || HasJournal)
        {
            InvalidInputException.Throw(StorageFailure.Argument, "the file is empty, but the log of an earlier one lies beside it");
        }
        string name = Path + NewSuffix;
        RemoveNew(name);
        try
        {
            using (SqliteDatabase database = SqliteDatabase.Open(name, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE))
            {
                database.Execute($"PRAGMA page_size = {PageBytes}; PRAGMA synchronous = FULL");
                fill(database);
                database.Execute("PRAGMA journal_mode = WAL");
            }
            File.Move(name, Path, overwrite: true);
        }
        catch (Exception error)
        {
            RemoveNew(name);
            if (error is IOException or UnauthorizedAccessException)
            {
                throw new InvalidInputException(StorageFailure.Argument, "the file cannot be created");
            }
            throw;
        }
    }

    /// <summary>Opens it to be looked at, so that nothing in the folder changes where that can be.</summary>
    public SqliteDatabase OpenToCheck()
    {
        if (HasJournal)
        {
            return SqliteDatabase.Open(Path, raw.SQLITE_OPEN_READWRITE);      // takes back what was cut off
        }
        if (HasLog)
        {
            return SqliteDatabase.Open(Path, raw.SQLITE_OPEN_READONLY);
        }
        string uri = "file:" + string.Join('/', Path.Split('/').Select(Uri.EscapeDataString)) + "?mode=ro&immutable=1";
        return SqliteDatabase.Open(uri, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);
    }

    /// <summary>Takes away what opening it has put beside it. Nobody may have it open.</summary>
    public void RemoveTraces()
    {
        if (!_hadSharedMemory)
        {
            File.Delete(Path + SharedMemorySuffix);
        }
        if (!_hadLog)
        {
            File.Delete(Path + LogSuffix);
        }
    }

    public static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    private static void RemoveNew(string name)
    {
        foreach (string suffix in (ReadOnlySpan<string>)["", JournalSuffix, LogSuffix, SharedMemorySuffix])
        {
            File.Delete(name + suffix);
        }
    }
}
