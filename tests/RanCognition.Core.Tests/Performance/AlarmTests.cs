using System.Diagnostics;
using RanCognition.Performance;

namespace RanCognition.Tests.Performance;

public sealed class AlarmTests
{
    private const int Generous = 20_000;

    [Fact]
    public void A_ring_before_the_sleep_ends_it_at_once_and_only_the_next()
    {
        var alarm = new Alarm();
        alarm.Ring();
        alarm.Ring();
        alarm.Sleep(ulong.MaxValue);
        var watch = Stopwatch.StartNew();
        alarm.Sleep(20_000_000);
        Assert.InRange(watch.Elapsed.TotalMilliseconds, 10, Generous);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1ul << 62)]
    [InlineData(100_000_000_000ul)]
    public void A_ring_ends_the_longest_sleep(ulong nanoseconds)
    {
        var alarm = new Alarm();
        var thread = new Thread(() => alarm.Sleep(nanoseconds)) { IsBackground = true };
        thread.Start();
        Thread.Sleep(20);
        alarm.Ring();
        Assert.True(thread.Join(Generous));
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(1ul)]
    [InlineData(999_999ul)]
    public void A_short_sleep_ends(ulong nanoseconds) => new Alarm().Sleep(nanoseconds);

    [Fact]
    public void No_ring_is_lost_between_two_threads()
    {
        const int Rings = 50_000;
        var alarm = new Alarm();
        int rung = 0;
        int heard = 0;
        var thread = new Thread(() =>
        {
            while (heard < Rings)
            {
                if (Volatile.Read(ref rung) == heard)
                {
                    alarm.Sleep(ulong.MaxValue);
                }
                Volatile.Write(ref heard, Volatile.Read(ref rung));
            }
        })
        { IsBackground = true };
        thread.Start();
        for (int i = 1; i <= Rings; i++)
        {
            Volatile.Write(ref rung, i);
            alarm.Ring();
            if (i % 3 == 0)
            {
                Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref heard) == i, Generous), $"ring {i} was lost");
            }
        }
        Assert.True(thread.Join(Generous));
    }
}
