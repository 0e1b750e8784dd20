using RanCognition.Contracts;

namespace RanCognition.Memory.Storage;

/// <summary>Reads from the tables through one connection; one thread at a time.</summary>
internal sealed partial class ReadConnection : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly bool _ownsDatabase;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _end;
    private readonly SqliteStatement _episode;
    private readonly SqliteStatement _all;
    private readonly SqliteStatement _asOf;
    private readonly SqliteStatement _changedAfter;
    private readonly SqliteStatement _search;
    private readonly SqliteStatement _outgoing;
    private readonly SqliteStatement _outgoingCount;
    private readonly SqliteStatement _origin;
    private readonly NumbersReader _numbers;

    /// <param name="database">Closed with this one when it owns it.</param>
    /// <param name="ownsDatabase">False: the writer's own connection, which begins and ends its transactions.</param>
    public ReadConnection(SqliteDatabase database, bool ownsDatabase)
    {
        _database = database;
        _ownsDatabase = ownsDatabase;
        _begin = database.Prepare("BEGIN");
        _end = database.Prepare("ROLLBACK");      // of a transaction that only reads: no other end is faster
        _episode = database.Prepare($"SELECT {EpisodeRow.Columns} FROM episode WHERE id = ?");
        _all = database.Prepare($"SELECT {EpisodeRow.Columns} FROM episode ORDER BY id");
        _asOf = database.Prepare($"SELECT {RevisionRow.Columns} FROM revision WHERE id = ? AND known_ns > ? ORDER BY sequence LIMIT 1");
        _changedAfter = database.Prepare("SELECT DISTINCT id FROM revision WHERE known_ns > ? ORDER BY id");
        _search = database.Prepare("SELECT rowid, -bm25(episode_text) FROM episode_text WHERE episode_text MATCH ? ORDER BY bm25(episode_text), rowid LIMIT ?");
        _outgoing = database.Prepare("SELECT sequence, id FROM outgoing ORDER BY sequence LIMIT ?");
        _outgoingCount = database.Prepare("SELECT count(*) FROM outgoing");
        _origin = database.Prepare("SELECT id FROM origin WHERE site = ? AND remote_id = ?");
        _numbers = new NumbersReader(database);
    }

    /// <summary>Everything that is read until the end of it is of one moment.</summary>
    public Snapshot Begin() => new(this);

    public StoredEpisode? Read(ulong id)
    {
        _episode.Bind(1, id);
        try
        {
            if (_episode.Step())
            {
                return EpisodeRow.Read(_episode, "", [], []);
            }
        }
        finally
        {
            _episode.Reset();
        }
        RequireAbsent(id);
        return null;
    }

    public void ReadDocument(ulong id, DocumentReader read)
    {
        _episode.Bind(1, id);
        try
        {
            if (_episode.Step())
            {
                read(id, EpisodeRow.Document(_episode));
                return;
            }
        }
        finally
        {
            _episode.Reset();
        }
        RequireAbsent(id);
    }

    public void ReadAllDocuments(DocumentReader read)
    {
        try
        {
            while (_all.Step())
            {
                read(_all.UInt64(0), EpisodeRow.Document(_all));
            }
        }
        finally
        {
            _all.Reset();
        }
    }

    public StoredEpisode? ReadAsOf(ulong id, ulong asOfNs)
    {
        _asOf.Bind(1, id);
        _asOf.Bind(2, Math.Min(asOfNs, MemoryLimits.TimeMax));
        try
        {
            return _asOf.Step() ? RevisionRow.Read(_asOf) : null;
        }
        finally
        {
            _asOf.Reset();
        }
    }

    public List<ulong> ChangedAfter(ulong asOfNs)
    {
        _changedAfter.Bind(1, Math.Min(asOfNs, MemoryLimits.TimeMax));
        var ids = new List<ulong>();
        while (_changedAfter.Step())
        {
            ids.Add(_changedAfter.UInt64(0));
        }
        return ids;
    }

    public List<(ulong Id, double Score)> SearchText(string question, int most)
    {
        _search.BindText(1, question);
        _search.Bind(2, (long)most);
        var found = new List<(ulong Id, double Score)>();
        while (_search.Step())
        {
            found.Add((_search.UInt64(0), _search.Double(1)));
        }
        return found;
    }

    public List<OutgoingChange> Outgoing(int most)
    {
        var rows = new List<(ulong Sequence, ulong Id)>();
        _outgoing.Bind(1, (long)most);
        while (_outgoing.Step())
        {
            rows.Add((_outgoing.UInt64(0), _outgoing.UInt64(1)));
        }
        return rows.ConvertAll(row => new OutgoingChange(row.Sequence, row.Id, ReadWhole(row.Id)));
    }

    public ulong OutgoingCount()
    {
        ulong count = _outgoingCount.Step() ? _outgoingCount.UInt64(0) : 0;
        _outgoingCount.Reset();
        return count;
    }

    public ulong FindOrigin(EpisodeOrigin origin)
    {
        _origin.BindText(1, origin.Site);
        _origin.Bind(2, origin.Id);
        ulong id = _origin.Step() ? _origin.UInt64(0) : 0;
        _origin.Reset();
        return id;
    }

    /// <summary>Hands over all rows, page by page, with the loose ones in their places.</summary>
    public void Load(IEpisodeSink sink, string[] cells)
    {
        var loader = new RowLoader(sink, cells);
        using SqliteStatement pages = _database.Once($"SELECT {StoredPage.SelectedColumns} FROM page ORDER BY first_id");
        using SqliteStatement looseRows = _database.Once(LooseCursor.Sql);
        var loose = new LooseCursor(looseRows);
        loose.Start(0, long.MaxValue);
        var rows = new EpisodeColumns();
        while (pages.Step())
        {
            StoredPage page = StoredPage.Read(pages);
            if (!loose.IsUpTo(page.LastId))
            {
                loader.Take(page);
                continue;
            }
            rows.Clear();
            loose.Merge(page, page.LastId, rows);
            loader.Take(rows);
        }
        if (loose.HasRow)
        {
            throw StorageFailure.Damaged($"row of episode {loose.Id}");
        }
        if (loader.Rows != _database.Number("SELECT count(*) FROM episode"))
        {
            throw StorageFailure.Damaged("episodes are missing");
        }
    }

    public void Dispose()
    {
        if (_ownsDatabase)
        {
            _database.Dispose();
        }
    }

    private StoredEpisode? ReadWhole(ulong id)
    {
        _episode.Bind(1, id);
        try
        {
            if (!_episode.Step())
            {
                return null;
            }
            _ = _numbers.Find(id, out float[] vector, out float[] situation);
            return EpisodeRow.Read(_episode, "", vector, situation);
        }
        finally
        {
            _episode.Reset();
        }
    }

    /// <summary>An episode whose numbers are there and whose row is not has been lost by damage.</summary>
    private void RequireAbsent(ulong id)
    {
        if (_numbers.Find(id, out _, out _))
        {
            throw StorageFailure.Damaged($"episode {id}");
        }
    }

    internal readonly ref struct Snapshot : IDisposable
    {
        private readonly ReadConnection _connection;

        public Snapshot(ReadConnection connection)
        {
            _connection = connection;
            if (connection._ownsDatabase)
            {
                connection._begin.Run();
            }
        }

        public void Dispose()
        {
            if (_connection._ownsDatabase)
            {
                _connection._end.Run();
            }
        }
    }
}
