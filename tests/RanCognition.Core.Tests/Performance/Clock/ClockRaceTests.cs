using System.Diagnostics;
using RanCognition.Performance.Clock;

namespace RanCognition.Tests.Performance.Clock;

/// <summary>Threads that tell each other what time it is: none may read a time before the one it was told.</summary>
public sealed class ClockRaceTests
{
    private const int Threads = 4;
    private const int Generous = 30_000;   // ms

    // On the one cache line that all write, and nothing else.
    private sealed class Told
    {
        public ulong Latest;
        public ulong Backward;
    }

    [Fact]
    public void No_thread_sees_time_go_back_while_lines_are_renewed()
    {
        var told = new Told();
        ClockState state = Race(new RacingMachine(unevenPpm: 1200, suspendEveryNs: 0), told, until: state => state.Lines >= 200);
        Assert.Equal(0u, told.Backward);
        Assert.Equal(0u, state.Faults);
        Assert.InRange(state.Lines, 200u, ulong.MaxValue);
        Assert.InRange(state.WorstErrorNs, 1_000u, 5_000_000u);   // lines do run ahead here, so that the floor is what holds
    }

    [Fact]
    public void No_thread_sees_time_go_back_while_the_counter_fails()
    {
        for (int round = 0; round < 40; round++)
        {
            var told = new Told();
            ClockState state = Race(
                new RacingMachine(unevenPpm: 1200, suspendEveryNs: 2_000_000_000 + 1_000_000_000ul * (ulong)round), told, until: state => state.Faults >= 2);
            Assert.Equal(0u, told.Backward);
            Assert.InRange(state.Faults, 2u, 1000u);
        }
    }

    private static ClockState Race(RacingMachine machine, Told told, Func<ClockState, bool> until)
    {
        var shared = new Shared();
        var watch = Stopwatch.StartNew();
        var threads = new Thread[Threads];
        for (int i = 0; i < Threads; i++)
        {
            threads[i] = new Thread(() =>
            {
                while (!until(shared.State) && watch.ElapsedMilliseconds < Generous)
                {
                    for (int k = 0; k < 200; k++)
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
            });
            threads[i].Start();
        }
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
        return shared.State;
    }

    private sealed class Shared
    {
        public ClockState State;

        public ulong Read(RacingMachine machine) => State.TryNow(machine, out ulong now) ? now : State.Now(machine);
    }
}
