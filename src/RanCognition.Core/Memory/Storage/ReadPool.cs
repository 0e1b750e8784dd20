using System.Collections.Concurrent;
using SQLitePCL;

namespace RanCognition.Memory.Storage;

/// <summary>Connections for readers: each has one to itself for as long as it reads. Without a file there is only the writer's connection, which all take in turn.</summary>
internal sealed class ReadPool : IDisposable
{
    private const int KeptMax = 8;

    private readonly string? _path;
    private readonly Lock _gate;
    private readonly ReadConnection? _only;
    private readonly ConcurrentBag<ReadConnection> _idle = [];
    private volatile bool _closed;

    /// <param name="path">The file; null = the writer's connection serves readers too.</param>
    /// <param name="writer">The writer's connection.</param>
    /// <param name="gate">Held by whoever uses the writer's connection.</param>
    public ReadPool(string? path, SqliteDatabase writer, Lock gate)
    {
        _path = path;
        _gate = gate;
        _only = path is null ? new ReadConnection(writer, ownsDatabase: false) : null;
    }

    public Lease Rent()
    {
        if (_only is not null)
        {
            _gate.Enter();
            if (!_closed)
            {
                return new Lease(this, _only);
            }
            _gate.Exit();
        }
        ObjectDisposedException.ThrowIf(_closed, this);
        return new Lease(this, _idle.TryTake(out ReadConnection? connection) ? connection : Open());
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out ReadConnection? connection))
        {
            connection.Dispose();
        }
    }

    private ReadConnection Open()
    {
        SqliteDatabase database = SqliteDatabase.Open(_path!, raw.SQLITE_OPEN_READONLY);
        try
        {
            return new ReadConnection(database, ownsDatabase: true);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void Return(ReadConnection connection)
    {
        if (_only is not null)
        {
            _gate.Exit();
        }
        else if (_closed || _idle.Count >= KeptMax)
        {
            connection.Dispose();
        }
        else
        {
            _idle.Add(connection);
        }
    }

    internal readonly ref struct Lease(ReadPool pool, ReadConnection connection) : IDisposable
    {
        public ReadConnection Connection { get; } = connection;

        public void Dispose() => pool.Return(Connection);
    }
}
