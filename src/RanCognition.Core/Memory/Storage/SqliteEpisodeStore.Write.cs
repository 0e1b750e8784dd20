using RanCognition.Contracts;

namespace RanCognition.Memory.Storage;

internal sealed partial class SqliteEpisodeStore
{
    public void Commit(IReadOnlyList<StoreChange> changes, Durability durability)
    {
        InTransaction(durability, () =>
        {
            for (int i = 0; i < changes.Count; i++)
            {
                _episodes.Apply(changes[i]);
            }
            _episodes.Finish();
        });
    }

    public void Flush()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_file is null)
            {
                return;
            }
            Synchronise(Durability.Sync);
            using SqliteStatement checkpoint = _writer.Once("PRAGMA wal_checkpoint(FULL)");
            if (checkpoint.Step() && checkpoint.Int64(0) != 0)
            {
                throw new StorageException(StorageFailure.Argument, "another program reads the file for so long that the log cannot be moved into it");
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }
            _closed = true;
            _readers.Dispose();
            _writer.KeepLogOnClose(!_trusted);
            _writer.Dispose();
        }
        if (!_trusted)
        {
            _file?.RemoveTraces();
        }
        _lock?.Dispose();
    }

    private void InTransaction(Durability durability, Action change)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            Recover();
            Synchronise(durability);
            ExtendLog(durability);
            _begin.Run();
            try
            {
                change();
                _commit.Run();
            }
            catch
            {
                _failed = true;
                _writer.Rollback();
                throw;
            }
            _notes.Publish();
            _trusted = true;
        }
    }

    /// <summary>After a transaction that failed, what is kept beside the tables is read from them again.</summary>
    private void Recover()
    {
        if (_failed)
        {
            _notes.Read();
            _episodes.Refresh();
            _failed = false;
        }
    }

    /// <summary>Whether commits wait for the device from now on.</summary>
    private void Synchronise(Durability durability)
    {
        bool waits = durability != Durability.None;
        if (waits != (_synchronous != Durability.None))
        {
            _writer.Execute(waits ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _synchronous = durability;
        }
    }

    /// <summary>Gives the log its full length at once: a commit that makes a file longer waits for the file system's own journal too, about twice as long.</summary>
    private void ExtendLog(Durability durability)
    {
        if (_logExtended || _file is null || durability == Durability.None)
        {
            return;
        }
        _logExtended = true;
        try
        {
            using var log = new FileStream(_file.Path + StoreFile.LogSuffix, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1);
            long before = log.Length;
            try
            {
                log.Position = before;
                var zeros = new byte[1 << 16];
                while (log.Position < LogPages * LogPageBytes)
                {
                    log.Write(zeros);
                }
                log.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                log.SetLength(before);      // no room: the log grows as it needs to
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // There is no log yet, or it cannot be opened: commits will tell.
        }
    }
}
