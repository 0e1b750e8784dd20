using RanCognition.Contracts;
using SQLitePCL;

namespace RanCognition.Memory.Storage;

/// <summary>What SQLite's result codes mean to a caller.</summary>
internal static class StorageFailure
{
    /// <summary>The argument that every failure of a file names.</summary>
    public const string Argument = "path";

    public static StorageException Of(int code, string doing) => new(Argument, $"{Reason(code)} ({doing}, SQLite {code})");

    public static StorageException Damaged(string what) => new(Argument, $"the file is damaged: {what}");

    public static bool IsDamage(int code) => (code & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    public static string Reason(int code) => (code & 0xFF) switch
    {
        raw.SQLITE_FULL => "the disk is full",
        raw.SQLITE_IOERR => "the file cannot be read or written",
        raw.SQLITE_READONLY => "the file cannot be written",
        raw.SQLITE_NOMEM => "memory is exhausted",
        raw.SQLITE_CORRUPT => "the file is damaged",
        raw.SQLITE_NOTADB => "the file is not a SQLite file",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "the file is locked by another program",
        raw.SQLITE_CANTOPEN => "the file cannot be opened",
        raw.SQLITE_PERM or raw.SQLITE_AUTH => "the file must not be opened",
        raw.SQLITE_TOOBIG => "an episode is larger than a row can be",
        raw.SQLITE_CONSTRAINT => "the tables do not take it",
        _ => "the storage failed",
    };
}
