using System.Diagnostics.CodeAnalysis;
using SQLitePCL;

namespace RanCognition.Memory.Storage;

/// <summary>One connection to SQLite. One thread at a time.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int BusyTimeoutMs = 5000;          // as long as another program may hold the file
    private const int ConfigNoCheckpointOnClose = 1006;

    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _statements = [];

    private SqliteDatabase(sqlite3 handle) => _handle = handle;

    /// <summary>The name is a path, ":memory:", or a URI when the flags say so.</summary>
    public static SqliteDatabase Open(string name, int flags)
    {
        int code = raw.sqlite3_open_v2(name, out sqlite3 handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            handle?.Dispose();
            throw StorageFailure.Of(code, "open");
        }
        _ = raw.sqlite3_extended_result_codes(handle, 1);
        _ = raw.sqlite3_busy_timeout(handle, BusyTimeoutMs);
        return new SqliteDatabase(handle);
    }

    public sqlite3 Handle => _handle;

    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>A statement that lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        int code = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt statement);
        if (code != raw.SQLITE_OK)
        {
            Fail(code, "prepare");
        }
        var prepared = new SqliteStatement(this, statement);
        _statements.Add(prepared);
        return prepared;
    }

    /// <summary>Runs one or more statements whose rows, if any, do not matter.</summary>
    public void Execute(string sql)
    {
        int code = raw.sqlite3_exec(_handle, sql);
        if (code != raw.SQLITE_OK)
        {
            Fail(code, "statement");
        }
    }

    /// <summary>The first column of the first row; null when there is no row.</summary>
    public long? Number(string sql)
    {
        using SqliteStatement statement = Once(sql);
        return statement.Step() ? statement.Int64(0) : null;
    }

    public string? Text(string sql)
    {
        using SqliteStatement statement = Once(sql);
        return statement.Step() ? statement.Text(0) : null;
    }

    /// <summary>A statement that its user disposes of.</summary>
    public SqliteStatement Once(string sql)
    {
        int code = raw.sqlite3_prepare_v2(_handle, sql, out sqlite3_stmt statement);
        if (code != raw.SQLITE_OK)
        {
            Fail(code, "prepare");
        }
        return new SqliteStatement(this, statement);
    }

    /// <summary>Ends a transaction that failed; SQLite may have done so itself.</summary>
    public void Rollback()
    {
        foreach (SqliteStatement statement in _statements)
        {
            statement.Reset();
        }
        if (InTransaction)
        {
            _ = raw.sqlite3_exec(_handle, "ROLLBACK");
        }
    }

    /// <summary>Closing leaves the log as it is, instead of moving it into the file.</summary>
    public void KeepLogOnClose(bool keep) => _ = raw.sqlite3_db_config(_handle, ConfigNoCheckpointOnClose, keep ? 1 : 0, out _);

    [DoesNotReturn]
    public void Fail(int code, string doing)
    {
        int extended = raw.sqlite3_extended_errcode(_handle);
        throw StorageFailure.Of((extended & 0xFF) == (code & 0xFF) ? extended : code, doing);
    }

    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements)
        {
            statement.Dispose();
        }
        _statements.Clear();
        _handle.Dispose();
    }
}
