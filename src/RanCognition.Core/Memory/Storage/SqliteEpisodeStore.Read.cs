using RanCognition.Contracts;

namespace RanCognition.Memory.Storage;

internal sealed partial class SqliteEpisodeStore
{
    public void Load(IEpisodeSink sink)
    {
        if (_file is null)
        {
            return;      // what is not in a file ends with the store: there is nothing when it begins
        }
        string[] cells;
        using ReadPool.Lease lease = _readers.Rent();
        using ReadConnection.Snapshot snapshot = lease.Connection.Begin();
        lock (_gate)
        {
            cells = _notes.CellNames();
        }
        lease.Connection.Load(sink, cells);
        _trusted = true;
    }

    public StoredEpisode? Read(ulong id)
    {
        using ReadPool.Lease lease = _readers.Rent();
        return lease.Connection.Read(id);
    }

    public void ReadDocuments(ReadOnlySpan<ulong> ids, DocumentReader read)
    {
        using ReadPool.Lease lease = _readers.Rent();
        using ReadConnection.Snapshot snapshot = lease.Connection.Begin();
        foreach (ulong id in ids)
        {
            lease.Connection.ReadDocument(id, read);
        }
    }

    public void ReadAllDocuments(DocumentReader read)
    {
        using ReadPool.Lease lease = _readers.Rent();
        lease.Connection.ReadAllDocuments(read);
    }

    public StoredEpisode? ReadAsOf(ulong id, ulong asOfNs)
    {
        using ReadPool.Lease lease = _readers.Rent();
        return lease.Connection.ReadAsOf(id, asOfNs);
    }

    public IReadOnlyList<ulong> ChangedAfter(ulong asOfNs)
    {
        using ReadPool.Lease lease = _readers.Rent();
        return lease.Connection.ChangedAfter(asOfNs);
    }

    public IReadOnlyList<(ulong Id, double Score)> SearchText(string words, int most)
    {
        if (most <= 0 || TextWords.Question(words) is not { } question)
        {
            return [];
        }
        using ReadPool.Lease lease = _readers.Rent();
        return lease.Connection.SearchText(question, most);
    }

    /// <summary>Decisions by ascending id.</summary>
    public void ReadDecisions(DocumentReader read)
    {
        using ReadPool.Lease lease = _readers.Rent();
        lease.Connection.ReadDecisions(read);
    }

    /// <summary>Blocks of history in the order of their arrival.</summary>
    public void ReadHistory(HistoryReader read)
    {
        using ReadPool.Lease lease = _readers.Rent();
        lease.Connection.ReadHistory(read);
    }

    public string? GetSetting(string name) => _notes.Setting(name);

    public IReadOnlyList<MetricScale> GetScales() => _notes.Scales;

    public IReadOnlyList<OutgoingChange> Outgoing(int most)
    {
        using ReadPool.Lease lease = _readers.Rent();
        using ReadConnection.Snapshot snapshot = lease.Connection.Begin();
        return lease.Connection.Outgoing(most);
    }

    public ulong OutgoingCount
    {
        get
        {
            using ReadPool.Lease lease = _readers.Rent();
            return lease.Connection.OutgoingCount();
        }
    }

    public IReadOnlyDictionary<string, ulong> PeerCursors() => _notes.Peers;

    public ulong FindOrigin(EpisodeOrigin origin)
    {
        using ReadPool.Lease lease = _readers.Rent();
        return lease.Connection.FindOrigin(origin);
    }
}
