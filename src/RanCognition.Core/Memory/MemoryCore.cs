using RanCognition.Contracts;
using RanCognition.Memory.Filtering;
using RanCognition.Memory.Sharing;
using RanCognition.Memory.Storage;
using RanCognition.Memory.Writing;
using RanCognition.Performance;

namespace RanCognition.Memory;

/// <summary>The experience of a network: episodes kept safely, recalled exactly and in microseconds.</summary>
/// <remarks>
/// Any thread may call anything at any time; readers run side by side, writes that arrive together share a commit. What a call stored is seen by others only once it is kept. Dispose may be called
/// while others are inside: the memory closes when the last one leaves.
/// </remarks>
public sealed partial class MemoryCore : IDisposable
{
    private const string PostgresPrefix = "postgres: ";

    private readonly OwnHost _host;
    private readonly IEpisodeCodec _codec;
    private readonly MemoryOptions _options;
    private readonly DistanceMetric _metric;
    private readonly SqliteEpisodeStore _store;
    private readonly MemoryState _state;
    private readonly WriteQueue _writes;
    private readonly UseCount _uses;
    private readonly PeerExchange? _exchange;

    /// <summary>Readers share it; held for writing only while kept changes are published.</summary>
    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.NoRecursion);

    private int? _dimension;
    private ulong _lastSyncNs;

    /// <param name="options">What it is to be; null members are the file's, or the defaults.</param>
    /// <param name="codec">Writes and reads what is kept of an episode.</param>
    /// <param name="host">Clock and progress.</param>
    public MemoryCore(MemoryOptions options, IEpisodeCodec codec, IHost host)
    {
        _options = options;
        _codec = codec;
        _host = new OwnHost(host);
        _uses = new UseCount(Close);
        _writes = new WriteQueue(Commit);
        SqliteEpisodeStore store = SqliteEpisodeStore.Open(options, null, host, sharing: options.Postgres is not null);
        _store = store;
        try
        {
            _dimension = store.Dimension;
            _metric = store.Metric;
            _state = new MemoryState(_metric, store, codec);
            try
            {
                EpisodeLoader.Load(_state, store, host);
                KeepAtMostRows();
                _exchange = options.Postgres is null ? null : new PeerExchange(options.Postgres, new SharedMemory(this), host, options.SyncIntervalNs);
            }
            catch
            {
                _state.Dispose();
                throw;
            }
        }
        catch
        {
            store.Dispose();
            throw;
        }
        _exchange?.Start();
    }

    /// <summary>Episodes that are there.</summary>
    public ulong Count
    {
        get
        {
            using UseCount.Use use = Enter();
            using ReadScope scope = new(_lock);
            return (ulong)_state.Table.Count;
        }
    }

    /// <summary>Keeps one episode.</summary>
    public StoreResult Store(Episode episode, string argument = "episode") => Store([episode], false, null, argument);

    /// <summary>Keeps all of them or none.</summary>
    public StoreResult Store(IReadOnlyList<Episode> episodes, bool isBatch = true, Durability? durability = null, string argument = "episode")
    {
        using UseCount.Use use = Enter();
        ulong start = _host.NowNanoseconds();
        if (episodes.Count > MemoryLimits.BatchMax)
        {
            throw new LimitExceededException(argument, $"{episodes.Count} episodes in one call, at most {MemoryLimits.BatchMax}");
        }
        StoreWrite write = new(episodes, start, argument, isBatch) { Durability = durability ?? _options.Durability };
        _writes.Submit(write);
        return new StoreResult(write.Ids, isBatch, Promise(write.Durability), Elapsed(start));
    }

    /// <summary>Changes some members of an episode; what it was until then stays known to queries as of a time.</summary>
    public UpdateResult Update(EpisodeUpdate update)
    {
        using UseCount.Use use = Enter();
        ulong start = _host.NowNanoseconds();
        _writes.Submit(new UpdateWrite(update, start) { Durability = _options.Durability });
        return new UpdateResult(update.Id, update.Given, Promise(_options.Durability), Elapsed(start)) { Ignored = update.Ignored };
    }

    /// <summary>An episode goes, with everything that was known of it.</summary>
    public void Remove(ulong id)
    {
        using UseCount.Use use = Enter();
        _writes.Submit(new RemoveWrite([id], mustExist: true) { Durability = _options.Durability });
    }

    /// <summary>Everything is on the device and, where episodes are shared, exchanged with the database.</summary>
    public void Flush()
    {
        using UseCount.Use use = Enter();
        _writes.Submit(new FlushWrite { Durability = Durability.Sync });
        try
        {
            _exchange?.ExchangeNow(CancellationToken.None);
        }
        catch (SharedDatabaseException error)
        {
            throw new StorageException("postgres", error.Message.StartsWith(PostgresPrefix, StringComparison.Ordinal) ? error.Message[PostgresPrefix.Length..] : error.Message);
        }
    }

    public MemoryStats GetStats()
    {
        using UseCount.Use use = Enter();
        ulong start = _host.NowNanoseconds();
        ulong fileBytes = _store.FileBytes;
        ulong outgoing = _store.OutgoingCount;
        using ReadScope scope = new(_lock);
        return new MemoryStats
        {
            Episodes = (ulong)_state.Table.Count,
            Dimension = _dimension,
            Metric = _metric,
            Scales = _state.Situations.Space.Metrics,
            IndexBytes = _state.Bytes,
            FileBytes = fileBytes,
            Pending = (ulong)_writes.Waiting + outgoing,
            Durability = Promise(_options.Durability),
            LastSyncNs = _lastSyncNs == 0 ? null : _lastSyncNs,
            PeerLag = _exchange?.Lag + outgoing,
            PeerError = _exchange?.LastError,
            Path = _options.Path,
            Site = _options.Site,
            ExecutionTime = Elapsed(start),
            Ignored = _options.Ignored,
        };
    }

    public void Dispose()
    {
        _exchange?.Dispose();
        _uses.Close();
    }

    /// <summary>Bytes that it holds in memory.</summary>
    internal ulong MemoryBytes
    {
        get
        {
            using UseCount.Use use = _uses.Enter();
            using ReadScope scope = new(_lock);
            return _state.Bytes;
        }
    }

    /// <summary>Where calls come in.</summary>
    private UseCount.Use Enter()
    {
        _host.CheckNotCallingBack();
        return _uses.Enter();
    }

    private void Close()
    {
        _state.Dispose();
        _store.Dispose();
        _lock.Dispose();
    }

    /// <summary>Without a file nothing outlives the process.</summary>
    private Durability Promise(Durability durability) => _options.Path is null ? Durability.None : durability;

    private ulong Elapsed(ulong start) => _host.NowNanoseconds() - start;
}
