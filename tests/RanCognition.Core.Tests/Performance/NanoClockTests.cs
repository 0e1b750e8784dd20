using RanCognition.Performance;

namespace RanCognition.Tests.Performance;

/// <summary>The clock where no native library is: without a counter.</summary>
public sealed class NanoClockTests
{
    private const ulong Second = 1_000_000_000;

    [Fact]
    public void It_is_Unix_time_and_never_goes_back()
    {
        ulong date = (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
        ulong last = NanoClock.NowNanoseconds();
        Assert.InRange(last, date - 10 * Second, date + 10 * Second);
        for (int i = 0; i < 100_000; i++)
        {
            ulong now = NanoClock.NowNanoseconds();
            Assert.True(now >= last, $"{last} was followed by {now}");
            last = now;
        }
    }

    [Fact]
    public void The_report_names_the_system_clock()
    {
        ClockReport report = NanoClock.Report();
        Assert.DoesNotContain("calibrated", report.Source);
        Assert.Equal((0u, 0u, 0u), (report.DriftNs, report.Recalibrations, report.Faults));
        Assert.InRange(report.FrequencyHz, 1_000_000u, 10_000_000_000u);
        Assert.InRange(Math.Abs(report.OffsetNs), 0, 10 * (long)Second);
        Assert.False(NanoClock.TryNow(out _));
    }

    [Theory]
    [InlineData(1_000_000_000ul, 1ul)]
    [InlineData(2_100_000_000ul, 1ul)]
    [InlineData(24_000_000ul, 42ul)]
    public void Resolution_is_a_tick_rounded_up(ulong frequency, ulong nanoseconds) =>
        Assert.Equal(nanoseconds, new ClockReport("", frequency, 0, 0, 0, 0).ResolutionNs);
}
