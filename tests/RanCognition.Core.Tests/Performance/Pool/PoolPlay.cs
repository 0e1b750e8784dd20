using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Pool;

/// <summary>Random calls through several caches, as threads would make them that come, use each other's blocks, and end.</summary>
internal sealed unsafe class PoolPlay(MemoryPool pool, int seed)
{
    private const int CachesMax = 4;

    private readonly Random _random = new(seed);
    private readonly List<nint> _caches = [];
    private readonly List<(nint Start, nuint Size)> _live = [];
    private readonly List<(nint Start, nuint Size)> _freed = [];
    private int _fill = 50;     // how full it is to be, in percent
    private int _sizes;         // which sizes are asked for now

    public void Step()
    {
        if (_random.Next(2000) == 0)
        {
            (_fill, _sizes) = (_random.Next(101), _random.Next(5));
        }
        switch (_random.Next(1000))
        {
            case < 5: Open(); break;
            case < 9: End(); break;
            case < 20: Misuse(); break;
            case < 30: FreeWithoutCache(); break;
            default:
                if (_random.Next(100) < _fill)
                {
                    Allocate();
                }
                else
                {
                    Free();
                }
                break;
        }
    }

    public void FreeAll()
    {
        while (_live.Count > 0)
        {
            (nint start, nuint size) = TakeOut();
            pool.Deallocate(start, size);
        }
    }

    private void Open()
    {
        if (_caches.Count >= CachesMax)
        {
            return;
        }
        nint cache = (nint)pool.TryOpenCache();
        if (cache != 0)   // else the budget is full
        {
            _caches.Add(cache);
        }
    }

    private void End()
    {
        if (_caches.Count == 0)
        {
            return;
        }
        int which = _random.Next(_caches.Count);
        MemoryPool.End((PoolCache*)_caches[which], PoolCache.ThreadEnded);
        _caches.RemoveAt(which);
    }

    private void Allocate()
    {
        nuint size = (nuint)_random.Next(1, _sizes switch { 0 => 100, 1 => 700, 2 => 5000, 3 => 40_000, _ => 600_000 });
        try
        {
            nint start = _caches.Count == 0 ? pool.Allocate(size) : (nint)pool.Allocate(AnyCache(), size);
            new Span<byte>((void*)start, (int)size).Fill((byte)size);
            _live.Add((start, size));
        }
        catch (LimitExceededException)
        {
            // The budget is full.
        }
    }

    private void Free()
    {
        if (_live.Count == 0)
        {
            return;
        }
        (nint start, nuint size) = TakeOut();
        if (_caches.Count == 0)
        {
            pool.Deallocate(start, size);
        }
        else if (_random.Next(4) == 0)
        {
            pool.Deallocate(AnyCache(), (void*)start);
        }
        else
        {
            pool.Deallocate(AnyCache(), (void*)start, size);
        }
    }

    private void FreeWithoutCache()
    {
        if (_live.Count > 0)
        {
            pool.Deallocate(TakeOut().Start);
        }
    }

    private void Misuse()
    {
        if (_freed.Count == 0 || _caches.Count == 0)
        {
            return;
        }
        (nint start, nuint size) = _freed[_random.Next(_freed.Count)];
        if (_live.Exists(block => block.Start == start))
        {
            return;
        }
        Assert.Throws<InvalidInputException>(() => pool.Deallocate(AnyCache(), (void*)start, size));
        Assert.Throws<InvalidInputException>(() => pool.Deallocate(AnyCache(), (void*)start));
        Assert.Throws<InvalidInputException>(() => pool.Deallocate(start));
    }

    private PoolCache* AnyCache() => (PoolCache*)_caches[_random.Next(_caches.Count)];

    private (nint Start, nuint Size) TakeOut()
    {
        int which = _random.Next(_live.Count);
        (nint start, nuint size) = _live[which];
        Assert.False(new Span<byte>((void*)start, (int)size).ContainsAnyExcept((byte)size), "nobody else wrote into it");
        _live[which] = _live[^1];
        _live.RemoveAt(_live.Count - 1);
        if (_freed.Count < 10_000)
        {
            _freed.Add((start, size));
        }
        else
        {
            _freed[_random.Next(_freed.Count)] = (start, size);
        }
        return (start, size);
    }
}
