using RanCognition.Performance.Clock;

namespace RanCognition.Tests.Performance.Clock;

/// <summary>A clock on a fake machine, each reading of which is held against the last one and the machine's system clock.</summary>
internal sealed class WatchedClock(FakeMachine machine)
{
    private ClockState _state;
    private ulong _last;

    /// <summary>How far readings were off the system clock, ns: by more than the time that the reading itself took.</summary>
    public ulong ErrorNs { get; private set; }

    /// <summary>Readings that needed no more than the counter.</summary>
    public int Quick { get; private set; }

    public ref ClockState State => ref _state;

    public void Read()
    {
        ulong before = machine.SystemNs;
        bool quick = _state.TryNow(machine, out ulong now);
        if (!quick)
        {
            now = _state.Now(machine);
        }
        Quick += quick ? 1 : 0;
        ulong after = machine.SystemNs;
        Assert.True(now >= _last, $"{_last} was followed by {now}");
        _last = now;
        ErrorNs = Math.Max(ErrorNs, now < before ? before - now : now > after ? now - after : 0);
    }

    /// <summary>Reads at random intervals until so much time has passed.</summary>
    public void ReadFor(ulong ns, ulong stepNsMax, Random random)
    {
        ulong end = machine.SystemNs + ns;
        while (machine.SystemNs < end)
        {
            Read();
            machine.Pass((ulong)random.NextInt64((long)stepNsMax));
        }
    }

    /// <summary>Forgets the error seen so far.</summary>
    public void Forgive() => ErrorNs = 0;
}
