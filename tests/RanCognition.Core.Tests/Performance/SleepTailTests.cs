using RanCognition.Performance;

namespace RanCognition.Tests.Performance;

public sealed class SleepTailTests
{
    [Theory]
    [InlineData(2_000)]
    [InlineData(20_000)]
    [InlineData(80_000)]
    public void Nine_in_ten_sleeps_come_to_end_within_the_tail(int latenessMaxNs)
    {
        var random = new Random(latenessMaxNs);
        var tail = new SleepTail();
        int within = 0;
        const int Sleeps = 20_000;
        for (int i = -5_000; i < Sleeps; i++)
        {
            ulong late = (ulong)random.Next(latenessMaxNs);
            within += i >= 0 && late <= tail.Nanoseconds ? 1 : 0;
            tail.Learn(1_000, 1_000 + late);
        }
        Assert.InRange(within / (double)Sleeps, 0.85, 0.95);
    }

    [Fact]
    public void It_is_at_most_100_us()
    {
        var tail = new SleepTail();
        for (int i = 0; i < 1000; i++)
        {
            tail.Learn(0, 1_000_000_000);
        }
        Assert.Equal(100_000u, tail.Nanoseconds);
    }

    [Fact]
    public void It_goes_to_0_when_sleeps_end_at_the_time()
    {
        var tail = new SleepTail();
        for (int i = 0; i < 10_000; i++)
        {
            tail.Learn(5, 5);
        }
        Assert.InRange(tail.Nanoseconds, 0u, 100u);
    }

    [Fact]
    public void A_sleep_that_was_ended_early_teaches_nothing()
    {
        var tail = new SleepTail();
        ulong before = tail.Nanoseconds;
        tail.Learn(1000, 999);
        Assert.Equal(before, tail.Nanoseconds);
    }
}
