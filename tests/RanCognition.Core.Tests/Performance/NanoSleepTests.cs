using RanCognition.Performance;

namespace RanCognition.Tests.Performance;

public sealed class NanoSleepTests
{
    [Theory]
    [InlineData(0ul)]
    [InlineData(1ul)]
    [InlineData(1_000ul)]
    [InlineData(60_000ul)]
    [InlineData(150_000ul)]
    [InlineData(2_000_000ul)]
    public void A_sleep_never_ends_early_and_most_end_at_the_time(ulong nanoseconds)
    {
        ulong leastLate = ulong.MaxValue;
        for (int i = 0; i < 50; i++)
        {
            ulong start = NanoClock.NowNanoseconds();
            NanoSleep.Sleep(nanoseconds);
            ulong end = NanoClock.NowNanoseconds();
            Assert.True(end - start >= nanoseconds, $"{end - start} of {nanoseconds} ns");
            leastLate = Math.Min(leastLate, end - start - nanoseconds);
        }
        Assert.InRange(leastLate, 0u, 50_000u);
    }

    [Fact]
    public void A_time_that_has_passed_is_not_slept_for()
    {
        ulong start = NanoClock.NowNanoseconds();
        NanoSleep.Until(0);
        NanoSleep.Until(1);
        NanoSleep.Until(start);
        Assert.InRange(NanoClock.NowNanoseconds() - start, 0u, 1_000_000_000u);
    }

    [Fact]
    public void Sleeping_to_a_time_ends_there()
    {
        ulong deadline = NanoClock.NowNanoseconds() + 3_000_000;
        NanoSleep.Until(deadline);
        Assert.True(NanoClock.NowNanoseconds() >= deadline);
    }

    [Fact]
    public void Many_threads_sleep_at_once()
    {
        int early = 0;
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            var random = new Random(number);
            for (int i = 0; i < 100; i++)
            {
                ulong deadline = NanoClock.NowNanoseconds() + (ulong)random.Next(300_000);
                NanoSleep.Until(deadline);
                if (NanoClock.NowNanoseconds() < deadline)
                {
                    Interlocked.Increment(ref early);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => Assert.True(thread.Join(60_000)));
        Assert.Equal(0, early);
    }
}
