using FsCheck;
using FsCheck.Fluent;
using RanCognition.Performance.Clock;

namespace RanCognition.Tests.Performance.Clock;

public sealed class ClockStateTests
{
    private const ulong Microsecond = 1000;
    private const ulong Millisecond = 1000 * Microsecond;
    private const ulong Second = 1000 * Millisecond;
    private const ulong Day = 86400 * Second;

    // Two readings, 80 ns wide at most, set the rate for a stretch twice as long as that between them; and a few ticks of a 10 MHz counter.
    private const ulong SteadyErrorNs = 2 * Microsecond;

    [Fact]
    public void A_steady_counter_of_any_rate_is_followed_within_2_us()
    {
        Prop.ForAll(Seeds(), seed =>
        {
            var random = new Random(seed);
            var machine = new FakeMachine(random)
            {
                Rate = 0.011 * Math.Pow(900, random.NextDouble()),
                Counter = random.Next(2) == 0 ? (ulong)random.NextInt64() : ulong.MaxValue - (ulong)random.NextInt64((long)Second),
            };
            var clock = new WatchedClock(machine);
            clock.ReadFor(10 * Second, Millisecond, random);
            Assert.InRange(clock.ErrorNs, 0u, SteadyErrorNs);
            Assert.InRange(clock.State.WorstErrorNs, 0u, SteadyErrorNs);
            Assert.Equal(0u, clock.State.Faults);
            Assert.InRange(clock.State.Lines, 8u, 30u);
            Assert.InRange(clock.State.FrequencyHz / (machine.Rate * 1e9), 0.9999, 1.0001);
            Assert.True(clock.Quick > 19_000 * 0.9, $"only {clock.Quick} readings by the counter");
        }).Check(Runs(20));
    }

    [Fact]
    public void Interrupts_between_readings_cost_no_exactness()
    {
        Prop.ForAll(Seeds(), seed =>
        {
            var random = new Random(seed);
            var machine = new FakeMachine(random) { Interrupts = 0.2 };
            var clock = new WatchedClock(machine);
            clock.ReadFor(5 * Second, Millisecond, random);
            // A pair may be wide, but then by at most 2^-16 of the time it is used for.
            Assert.InRange(clock.ErrorNs, 0u, 4 * (Second >> ClockCalibration.ExactnessShift));
            Assert.Equal(0u, clock.State.Faults);
            Assert.True(clock.State.Lines >= 8);
        }).Check(Runs(20));
    }

    [Fact]
    public void Years_and_long_idle_times_cost_no_exactness()
    {
        Prop.ForAll(Seeds(), seed =>
        {
            var random = new Random(seed);
            var machine = new FakeMachine(random) { Rate = 5 };
            var clock = new WatchedClock(machine);
            ulong start = machine.SystemNs;
            for (int i = 0; i < 10_000; i++)
            {
                clock.Read();
                machine.Pass(random.Next(3) == 0 ? (ulong)random.NextInt64(3 * (long)Day) : (ulong)random.NextInt64((long)Second));
            }
            Assert.True(machine.SystemNs - start > 10 * 365 * Day, "not years");
            Assert.InRange(clock.ErrorNs, 0u, SteadyErrorNs);
            Assert.Equal(0u, clock.State.Faults);
        }).Check(Runs(10));
    }

    [Fact]
    public void A_system_clock_that_is_slewed_is_followed()
    {
        var random = new Random(5);
        var machine = new FakeMachine(random);
        var clock = new WatchedClock(machine);
        for (int i = 0; i < 100; i++)
        {
            machine.SlewPpm = random.Next(-400, 400);
            clock.ReadFor(Second / 2, Millisecond, random);
        }
        Assert.InRange(clock.ErrorNs, 100 * Microsecond, Millisecond);   // at most 800 millionths of a second
        Assert.InRange(clock.State.WorstErrorNs, clock.ErrorNs / 2, Millisecond);
        Assert.Equal(0u, clock.State.Faults);
    }

    [Fact]
    public void In_the_first_10_ms_the_system_clock_is_read()
    {
        var random = new Random(6);
        var machine = new FakeMachine(random);
        var clock = new WatchedClock(machine);
        clock.ReadFor(99 * Millisecond / 10, 10 * Microsecond, random);
        Assert.Equal((0u, 0, 0u), (clock.State.Lines, clock.Quick, clock.State.FrequencyHz));
        Assert.Equal(0u, clock.ErrorNs);
        clock.ReadFor(Millisecond, 10 * Microsecond, random);
        Assert.Equal(1u, clock.State.Lines);
        Assert.True(clock.Quick > 0);
    }

    [Fact]
    public void A_machine_that_was_suspended_is_told_and_the_counter_used_again()
    {
        var random = new Random(7);
        var machine = new FakeMachine(random);
        var clock = new WatchedClock(machine);
        clock.ReadFor(5 * Second, Millisecond, random);
        machine.PassCounter(3600 * Second);
        clock.Read();
        Assert.Equal(1u, clock.State.Faults);
        Assert.InRange(clock.ErrorNs, 0u, Second + Millisecond);   // at most what was left of the line
        clock.ReadFor(Second + 20 * Millisecond, Millisecond, random);
        clock.Forgive();
        int quick = clock.Quick;
        clock.ReadFor(5 * Second, Millisecond, random);
        Assert.InRange(clock.ErrorNs, 0u, SteadyErrorNs);
        Assert.True(clock.Quick > quick + 5000);
        Assert.Equal(1u, clock.State.Faults);
    }

    [Fact]
    public void A_system_clock_that_jumped_ahead_is_followed_within_a_second()
    {
        var random = new Random(8);
        var machine = new FakeMachine(random);
        var clock = new WatchedClock(machine);
        clock.ReadFor(5 * Second, Millisecond, random);
        machine.PassSystem(3600 * Second);
        clock.ReadFor(Second, Millisecond, random);
        Assert.Equal(1u, clock.State.Faults);
        clock.Forgive();
        clock.ReadFor(5 * Second, Millisecond, random);
        Assert.InRange(clock.ErrorNs, 0u, SteadyErrorNs);
        Assert.True(clock.State.FrequencyHz > 0);
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(1000ul)]
    [InlineData(2_000_000_000ul)]
    public void A_counter_that_went_back_is_given_up(ulong counter)
    {
        var random = new Random(9);
        var machine = new FakeMachine(random) { Counter = 10_000_000_000 };
        var clock = new WatchedClock(machine);
        clock.ReadFor(5 * Second, Millisecond, random);
        machine.Counter = counter;
        clock.Read();
        Assert.Equal((1u, 0u), (clock.State.Faults, clock.State.FrequencyHz));
        machine.HasCounter = false;   // never read again
        clock.ReadFor(Second + Millisecond, Millisecond, random);
        clock.Forgive();
        clock.ReadFor(Second, Millisecond, random);
        Assert.Equal(0u, clock.ErrorNs);
    }

    [Fact]
    public void A_counter_whose_rate_changes_is_given_up_and_the_clock_never_goes_back()
    {
        Prop.ForAll(Seeds(), seed =>
        {
            var random = new Random(seed);
            var machine = new FakeMachine(random);
            var clock = new WatchedClock(machine);
            for (int i = 0; i < 2000; i++)
            {
                machine.Rate = 0.5 + 3 * random.NextDouble();
                clock.ReadFor((ulong)random.NextInt64(12 * (long)Millisecond), 100 * Microsecond, random);
            }
            Assert.InRange(clock.State.Faults, 3u, 20u);   // more than 3 when two rates in a row were alike by chance
            Assert.Equal(0u, clock.State.FrequencyHz);
            Assert.InRange(clock.ErrorNs, 0u, 2 * Second);
            clock.Forgive();
            clock.ReadFor(Second, 100 * Microsecond, random);
            Assert.Equal(0u, clock.ErrorNs);
        }).Check(Runs(20));
    }

    [Fact]
    public void Whatever_counter_and_system_clock_do_the_clock_never_goes_back()
    {
        Prop.ForAll(Seeds(), seed =>
        {
            var random = new Random(seed);
            var machine = new FakeMachine(random) { Interrupts = 0.01 };
            var clock = new WatchedClock(machine);
            for (int i = 0; i < 300; i++)
            {
                switch (random.Next(12))
                {
                    case 0: machine.Rate *= 1 + 0.02 * (random.NextDouble() - 0.5); break;
                    case 1: machine.SlewPpm = random.Next(-900_000, 900_000); break;
                    case 2: machine.PassCounter((ulong)random.NextInt64(2 * (long)Second)); break;
                    case 3: machine.PassSystem((ulong)random.NextInt64(2 * (long)Second)); break;
                    case 4 when random.Next(20) == 0: machine.Counter += 1ul << 63; break;
                    case 5: machine.SlewPpm = 0; break;
                    default: break;
                }
                clock.ReadFor((ulong)random.NextInt64((long)Second / 2), (ulong)random.NextInt64(1000, 10 * (long)Millisecond), random);
            }
        }).Check(Runs(30));
    }

    [Fact]
    public void Without_a_counter_the_system_clock_is_read_and_the_counter_never()
    {
        var random = new Random(11);
        var machine = new FakeMachine(random) { HasCounter = false };
        var clock = new WatchedClock(machine);
        clock.ReadFor(Second, Millisecond, random);
        Assert.Equal((0u, 0u, 0u), (clock.ErrorNs, clock.State.Lines, clock.State.FrequencyHz));
    }

    private static Arbitrary<int> Seeds() => Arb.From(Gen.Choose(0, int.MaxValue));

    private static Config Runs(int count) => Config.QuickThrowOnFailure.WithMaxTest(count);
}
