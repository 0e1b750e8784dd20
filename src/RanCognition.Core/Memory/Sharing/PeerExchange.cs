using System.Globalization;
using RanCognition.Contracts;
using RanCognition.Memory.Storage;
using RanCognition.Performance;

namespace RanCognition.Memory.Sharing;

/// <summary>Shares the episodes of a local memory with those of other machines through one PostgreSQL database: pushes own changes, fetches the others'.</summary>
/// <remarks>
/// The local memory comes first: it never waits for the database, and what cannot be shared now is shared later. Works on one thread of its own, which <see cref="Start"/> makes.
/// All methods may be called by any thread. <see cref="Dispose"/> waits for a call of <see cref="ISharedMemory"/> that is under way: hold no lock there that such a call takes.
/// </remarks>
internal sealed partial class PeerExchange : IDisposable
{
    /// <summary>Changes of one request to the memory.</summary>
    private const int PushChanges = 256;

    /// <summary>Documents of one statement, unless a single one has more.</summary>
    private const long PushBytes = 4 << 20;

    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>How long a site's name stays its own after it was last heard of, at least.</summary>
    private const double LeaseSecondsMin = 30;

    private const int NameCharactersMax = 200;

    private readonly ISharedMemory _memory;
    private readonly IHost _host;
    private readonly SharedDatabase _database;
    private readonly ulong _intervalNs;
    private readonly double _leaseSeconds;
    private readonly string _run;

    /// <summary>Held during a round: the exchange has one connection.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Held during each call of the memory, and when the exchange is stopped: after that the memory is not called any more.</summary>
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, Absence> _absent = [];
    private volatile string? _lastError;
    private long _lag = -1;
    private long _lastExchangeNs = -1;
    private ulong _pushed;

    /// <summary>Reads the connection string; the database is first asked by the thread, or by <see cref="ExchangeNow"/>.</summary>
    /// <exception cref="InvalidInputException">postgres or site: what cannot be used, and why.</exception>
    public PeerExchange(string connectionString, ISharedMemory memory, IHost host, ulong intervalNs)
    {
        CheckName(memory.Site);
        _memory = memory;
        _host = host.ForWorkers();
        _intervalNs = Math.Clamp(intervalNs, 10_000_000, 86_400 * NanosecondsPerSecond);
        _leaseSeconds = Math.Max(LeaseSecondsMin, 3.0 * _intervalNs / NanosecondsPerSecond);
        // Two processes must not have the same one, which a host's random numbers, fixed for reproducible results, would not promise.
        _run = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        _random = SeedOf(_run);
        _database = new SharedDatabase(connectionString);
        CryptographyCheck.Require();
    }

    /// <summary>Others' changes that were not here when the last exchange ended, at most; null before the first.</summary>
    public ulong? Lag => Interlocked.Read(ref _lag) is >= 0 and long lag ? (ulong)lag : null;

    /// <summary>Why the last exchange did not do everything, or null when it did.</summary>
    public string? LastError => _lastError;

    /// <summary>When an exchange last did everything, ns; null = not yet.</summary>
    public ulong? LastExchangeNs => Interlocked.Read(ref _lastExchangeNs) is >= 0 and long time ? (ulong)time : null;

    /// <summary>One full exchange on the calling thread: when it returns, own changes of before the call are in the database, and others' that were there are here.</summary>
    /// <param name="cancellation">Looked at between two requests to the database, which end by the time-outs of the connection string.</param>
    /// <exception cref="SharedDatabaseException">The database cannot be reached, or refuses.</exception>
    /// <exception cref="InvalidInputException">site: somebody else has the name; or another site's episodes cannot be taken here.</exception>
    public void ExchangeNow(CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
        _turn.Wait(both.Token);
        try
        {
            Round(isAsked: true, both.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>One exchange, with its outcome noted.</summary>
    private void Round(bool isAsked, CancellationToken cancellation)
    {
        try
        {
            Exchange(isAsked, cancellation);
            Interlocked.Exchange(ref _lastExchangeNs, (long)Math.Min(_host.NowNanoseconds(), long.MaxValue));
            _lastError = null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _lastError = error.Message;
            throw;
        }
    }

    private void Exchange(bool isAsked, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        List<SharedSite> sites = _database.Sites(_run, _leaseSeconds, out bool isClaimed);
        if (!isClaimed)
        {
            _database.Claim(_memory.Site, _memory.Identity, _run, _leaseSeconds);
            sites = _database.Sites(_run, _leaseSeconds, out _);
        }
        Push(sites.Find(site => site.Site == _database.OwnSite).Pushed, cancellation);
        Pull(sites, isAsked, cancellation);
    }

    private void Push(ulong pushedThere, CancellationToken cancellation)
    {
        if (pushedThere < _pushed)
        {
            throw new SharedDatabaseException($"postgres: the database has gone back: it has this site's changes up to {pushedThere}, and has had them up to {_pushed}");
        }
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<OutgoingChange> changes = Local(() => _memory.Outgoing(PushChanges));
            if (changes.Count == 0)
            {
                return;
            }
            if (changes.Count < PushChanges && changes[^1].Sequence < pushedThere)
            {
                InvalidInputException.Throw("site", $"the database has changes of this memory up to {pushedThere}, it knows only {changes[^1].Sequence}: it is an older copy");
            }
            for (int first = 0; first < changes.Count;)
            {
                cancellation.ThrowIfCancellationRequested();
                List<OutgoingChange> part = PartFrom(changes, first);
                _database.Push(_run, _leaseSeconds, part);
                _pushed = Math.Max(_pushed, part[^1].Sequence);
                Local(() => _memory.Pushed(part[^1].Sequence));
                first += part.Count;
            }
            if (changes.Count < PushChanges)
            {
                return;   // what comes in meanwhile has its turn in the next round
            }
        }
    }

    private static List<OutgoingChange> PartFrom(IReadOnlyList<OutgoingChange> changes, int first)
    {
        List<OutgoingChange> part = [];
        long bytes = 0;
        for (int i = first; i < changes.Count && (part.Count == 0 || bytes < PushBytes); i++)
        {
            part.Add(changes[i]);
            bytes += changes[i].Episode?.Document.Length ?? 0;
        }
        return part;
    }

    /// <summary>Fetches from every site; one whose episodes cannot be taken does not hold up the others.</summary>
    private void Pull(List<SharedSite> sites, bool isAsked, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, ulong> cursors = Local(_memory.Cursors);
        var behind = new Dictionary<string, ulong>();
        foreach (SharedSite site in sites)
        {
            if (site.Site != _database.OwnSite)
            {
                ulong cursor = cursors.GetValueOrDefault(site.Site);
                behind[site.Site] = site.Pushed > cursor ? site.Pushed - cursor : 0;
            }
        }
        NoteLag(behind);
        List<string> faults = [];
        foreach (SharedSite site in sites)
        {
            if (behind.ContainsKey(site.Site) && PullFrom(site, cursors.GetValueOrDefault(site.Site), behind, isAsked, cancellation) is { } fault)
            {
                faults.Add($"{site.Site}: {fault}");
            }
        }
        if (faults.Count > 0)
        {
            throw new SharedDatabaseException($"postgres: not all was taken from site {string.Join("; site ", faults)}");
        }
    }

    /// <returns>Why the site's changes cannot be taken, or null.</returns>
    private string? PullFrom(SharedSite site, ulong cursor, Dictionary<string, ulong> behind, bool isAsked, CancellationToken cancellation)
    {
        if (site.Pushed < cursor)
        {
            return $"the database has gone back: it has the site's changes up to {site.Pushed}, they are here up to {cursor}";
        }
        if (!isAsked && _absent.TryGetValue(site.Site, out Absence? absence) && absence.RoundsToWait-- > 0)
        {
            return absence.Reason;
        }
        while (cursor < site.Pushed)
        {
            cancellation.ThrowIfCancellationRequested();
            List<SharedChange> changes = _database.Pull(site.Site, cursor, site.Pushed);
            // Nothing is left when rows were deleted there by hand, or moved on to a later sequence.
            ulong next = changes.Count > 0 ? changes[^1].Sequence : site.Pushed;
            try
            {
                Local(() => _memory.Apply(site.Site, changes, next));
            }
            catch (Exception refused) when (refused is not OperationCanceledException)
            {
                _absent[site.Site] = Absence.After(_absent.GetValueOrDefault(site.Site), refused.Message);
                return refused.Message;
            }
            cursor = next;
            behind[site.Site] = site.Pushed - cursor;
            NoteLag(behind);
        }
        _absent.Remove(site.Site);
        return null;
    }

    private void NoteLag(Dictionary<string, ulong> behind)
        => Interlocked.Exchange(ref _lag, (long)behind.Values.Aggregate(0UL, (sum, each) => Math.Min(sum + each, long.MaxValue)));

    private T Local<T>(Func<T> call)
    {
        lock (_gate)
        {
            _stop.Token.ThrowIfCancellationRequested();
            return call();
        }
    }

    private void Local(Action call) => Local(() =>
    {
        call();
        return true;
    });

    private static void CheckName(string site)
    {
        if (site.Length is 0 or > NameCharactersMax || site.Contains('#', StringComparison.Ordinal) || site.Any(char.IsControl))
        {
            InvalidInputException.Throw("site", $"must have 1 to {NameCharactersMax} characters, without '#' and control characters");
        }
    }
}
