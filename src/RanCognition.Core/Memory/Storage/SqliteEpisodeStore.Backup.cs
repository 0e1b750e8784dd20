using RanCognition.Contracts;
using SQLitePCL;

namespace RanCognition.Memory.Storage;

internal sealed partial class SqliteEpisodeStore
{
    private const int BackupPagesPerStep = 64;       // half a megabyte between two reports

    public ulong Backup(string path, Action<double> progress)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_file is null)
        {
            throw new InvalidInputException(StorageFailure.Argument, "a memory without a file has none to copy");
        }
        string target = StoreFile.Resolve(path);
        if (File.Exists(target))
        {
            throw new InvalidInputException(StorageFailure.Argument, "there is a file already");
        }
        using StoreLock targetLock = StoreLock.Take(target);
        StoreFile.Look(target).Create(copy => CopyInto(copy, progress));
        return (ulong)StoreFile.LengthOf(target);
    }

    /// <summary>Copies the state of one moment; a transaction of the reader's holds it still while others write.</summary>
    private void CopyInto(SqliteDatabase copy, Action<double> progress)
    {
        using SqliteDatabase source = SqliteDatabase.Open(_file!.Path, raw.SQLITE_OPEN_READONLY);
        source.Execute("BEGIN; SELECT 1 FROM sqlite_schema");
        using sqlite3_backup backup = raw.sqlite3_backup_init(copy.Handle, "main", source.Handle, "main");
        int code;
        do
        {
            code = raw.sqlite3_backup_step(backup, BackupPagesPerStep);
            if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
            {
                throw StorageFailure.Of(code, "backup");
            }
            int pages = raw.sqlite3_backup_pagecount(backup);
            progress(pages == 0 ? 1 : 1 - (double)raw.sqlite3_backup_remaining(backup) / pages);
        }
        while (code != raw.SQLITE_DONE);
    }
}
