using System.Diagnostics;
using RanCognition.Performance.Clock;

namespace RanCognition.Tests.Performance.Clock;

/// <summary>Threads that tell each other what time it is: none may read a time before the one it was told.</summary>
public sealed class ClockRaceTests
{
    private const int Threads = 4;

    // On the one cache line that all write, and nothing else.
    private sealed class Told
    {
        public ulong Latest;
        public ulong Backward;
        public long Readings;
    }

    [Fact]
    public void No_thread_sees_time_go_back_while_lines_are_renewed()
    {
        var told = new Told();
        ClockState state = Race(new RacingMachine(unevenPpm: 1200, suspendEveryNs: 0), told, milliseconds: 1500);
        Assert.Equal(0u, told.Backward);
        Assert.Equal(0u, state.Faults);
        Assert.InRange(state.Lines, 50u, ulong.MaxValue);
        Assert.InRange(state.WorstErrorNs, 50_000u, 2_000_000u);   // lines do run ahead here, so that the floor is what holds
    }

    [Fact]
    public void No_thread_sees_time_go_back_while_the_counter_fails()
    {
        ulong faults = 0;
        for (int round = 0; round < 40; round++)
        {
            var told = new Told();
            ClockState state = Race(new RacingMachine(unevenPpm: 1200, suspendEveryNs: 2_000_000_000 + 1_000_000_000ul * (ulong)round), told, milliseconds: 40);
            Assert.Equal(0u, told.Backward);
            faults += state.Faults;
        }
        Assert.True(faults > 20, $"only {faults} faults");
    }

    private static ClockState Race(RacingMachine machine, Told told, int milliseconds)
    {
        var shared = new Shared();
        var watch = Stopwatch.StartNew();
        var threads = new Thread[Threads];
        for (int i = 0; i < Threads; i++)
        {
            threads[i] = new Thread(() =>
            {
                long readings = 0;
                while (watch.ElapsedMilliseconds < milliseconds)
                {
                    for (int k = 0; k < 200; k++, readings++)
                    {
                        ulong before = Volatile.Read(ref told.Latest);
                        ulong now = shared.Read(machine);
                        if (now < before)
                        {
                            Interlocked.Exchange(ref told.Backward, before - now);
                        }
                        while (before < now)
                        {
                            ulong seen = Interlocked.CompareExchange(ref told.Latest, now, before);
                            before = seen == before ? now : seen;
                        }
                    }
                }
                Interlocked.Add(ref told.Readings, readings);
            });
            threads[i].Start();
        }
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
        Assert.True(told.Readings > 0);
        return shared.State;
    }

    private sealed class Shared
    {
        public ClockState State;

        public ulong Read(RacingMachine machine) => State.TryNow(machine, out ulong now) ? now : State.Now(machine);
    }
}
