namespace RanCognition.Memory.Sharing;

/// <content>The thread: exchange, pause, and longer pauses while the database is away.</content>
internal sealed partial class PeerExchange
{
    /// <summary>Above it the connection is not kept through a pause.</summary>
    private const ulong IdleConnectionNsMax = 10 * NanosecondsPerSecond;

    private const ulong PauseNsMax = 60 * NanosecondsPerSecond;

    /// <summary>What Dispose waits for a thread that hangs in the network. It then ends by itself at its time-out, and does not touch the memory.</summary>
    private static readonly TimeSpan StopWait = TimeSpan.FromMilliseconds(1500);

    private Thread? _thread;
    private ulong _random;
    private int _failures;

    /// <summary>Begins to share.</summary>
    public void Start()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            if (_thread is null)
            {
                _thread = new Thread(Run) { Name = "rancog-peers", IsBackground = true };
                _thread.Start();
            }
        }
    }

    /// <summary>Ends the exchange; what was not shared yet is shared when the memory is next opened.</summary>
    public void Dispose()
    {
        Thread? thread;
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }
            thread = _thread;
            _stop.Cancel();
        }
        if (thread is not null)
        {
            thread.Join(StopWait);
        }
        else if (_turn.Wait(StopWait))
        {
            Leave(canWait: false);
        }
    }

    private void Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            bool isDone = TryRound();
            _failures = isDone ? 0 : Math.Min(_failures + 1, 30);
            if (_stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(PauseNs() / 1e6)))
            {
                break;
            }
        }
        _turn.Wait();   // a call of ExchangeNow ends first
        Leave(canWait: true);
    }

    private bool TryRound()
    {
        try
        {
            _turn.Wait(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        try
        {
            Round(isAsked: false, _stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (Exception)
        {
            return false;   // LastError has it
        }
        finally
        {
            if (_intervalNs > IdleConnectionNsMax)
            {
                _database.Close();
            }
            _turn.Release();
        }
    }

    /// <summary>The interval; while the database is away twice as long each time, and not the same for all sites, which would come back at once.</summary>
    private ulong PauseNs()
    {
        if (_failures == 0)
        {
            return _intervalNs;
        }
        ulong longest = Math.Max(_intervalNs, PauseNsMax);
        ulong pause = Math.Min(_intervalNs << Math.Min(_failures, 13), longest);
        double factor = 0.5 + NextRandom();
        return (ulong)(pause * factor);
    }

    /// <summary>0..1, splitmix64.</summary>
    private double NextRandom()
    {
        _random += 0x9E3779B97F4A7C15;
        ulong bits = _random;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return ((bits ^ (bits >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong SeedOf(string run)
    {
        ulong seed = 14695981039346656037;
        foreach (char character in run)
        {
            seed = (seed ^ character) * 1099511628211;
        }
        return seed;
    }

    /// <summary>Lets go of the name where the database is at hand, and of the connection. The turn is never given back: nothing follows.</summary>
    private void Leave(bool canWait)
    {
        try
        {
            if (_database.OwnSite is not null && _lastError is null)
            {
                _database.Release(_run, mayOpen: canWait);
            }
        }
        catch (SharedDatabaseException)
        {
            // The name comes free by itself when its time has run out.
        }
        _database.Dispose();
    }
}
