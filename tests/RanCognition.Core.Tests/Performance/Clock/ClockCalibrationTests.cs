using System.Numerics;
using RanCognition.Performance.Clock;

namespace RanCognition.Tests.Performance.Clock;

public sealed class ClockCalibrationTests
{
    private const ulong Millisecond = 1_000_000;
    private const ulong Second = 1000 * Millisecond;

    // 2 ticks a ns.
    private static CounterPair At(ulong ns, ulong halfWidthTicks = 10) => new(2 * ns, ns, halfWidthTicks);

    private static ClockCalibration Begun()
    {
        ClockCalibration calibration = default;
        Assert.Equal(CalibrationStep.Wait, calibration.Next(At(Second)));
        Assert.Equal(CalibrationStep.Line, calibration.Next(At(Second + 10 * Millisecond)));
        return calibration;
    }

    [Fact]
    public void The_first_line_comes_after_10_ms_and_each_lasts_twice_as_long_up_to_a_second()
    {
        ClockCalibration calibration = default;
        Assert.Equal(0u, calibration.DueNs);
        Assert.Equal(CalibrationStep.Wait, calibration.Next(At(Second)));
        Assert.Equal(Second + 10 * Millisecond, calibration.DueNs);
        Assert.Equal(CalibrationStep.Wait, calibration.Next(At(Second + 10 * Millisecond - 1)));
        ulong now = Second + 10 * Millisecond;
        foreach (ulong milliseconds in new ulong[] { 20, 40, 80, 160, 320, 640, 1000, 1000, 1000 })
        {
            Assert.Equal(CalibrationStep.Line, calibration.Next(At(now)));
            Assert.Equal((2 * now, now, 2 * milliseconds * Millisecond), (calibration.Line.BaseCounter, calibration.Line.BaseNs, calibration.Line.SpanTicks));
            Assert.Equal(now + milliseconds * Millisecond, calibration.Line.EndNs);
            now += milliseconds * Millisecond;
        }
        Assert.Equal((9u, 0u, 0u, 2_000_000_000u), (calibration.Lines, calibration.Faults, calibration.WorstErrorNs, calibration.FrequencyHz));
    }

    [Fact]
    public void Times_on_a_line_are_those_of_exact_arithmetic_to_the_ns_and_never_beyond_its_end()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            ClockCalibration calibration = default;
            double rate = 0.011 * Math.Pow(900, random.NextDouble());
            ulong elapsed = (ulong)random.NextInt64(20 * (long)Millisecond, 3 * (long)Second);
            CounterPair first = new((ulong)random.NextInt64(), (ulong)random.NextInt64(), 1);
            CounterPair second = new(first.Counter + (ulong)(elapsed * rate), first.SystemNs + elapsed, 1);
            calibration.Next(first);
            Assert.Equal(CalibrationStep.Line, calibration.Next(second));
            ClockLine line = calibration.Line;
            ulong ticks = (ulong)random.NextInt64((long)line.SpanTicks);
            BigInteger exact = second.SystemNs + (BigInteger)ticks * elapsed / (second.Counter - first.Counter);
            Assert.InRange((long)(line.At(ticks) - (BigInteger)exact), -2, 0);
            Assert.True(line.At(ticks) <= line.EndNs);
        }
    }

    [Fact]
    public void A_pair_too_wide_for_the_time_between_is_not_used()
    {
        ClockCalibration calibration = Begun();
        ulong later = Second + 30 * Millisecond;
        Assert.Equal(CalibrationStep.Wait, calibration.Next(At(later, halfWidthTicks: 1000)));
        Assert.Equal(CalibrationStep.Line, calibration.Next(At(later, halfWidthTicks: 500)));
    }

    [Fact]
    public void A_wide_first_pair_puts_the_line_off_by_10_ms_only()
    {
        ClockCalibration calibration = default;
        Assert.Equal(CalibrationStep.Wait, calibration.Next(At(Second, halfWidthTicks: 100_000)));
        Assert.Equal(CalibrationStep.Wait, calibration.Next(At(Second + 10 * Millisecond)));
        Assert.Equal(Second + 20 * Millisecond, calibration.DueNs);
        Assert.Equal(CalibrationStep.Line, calibration.Next(At(Second + 20 * Millisecond)));
    }

    [Theory]
    [InlineData(999, 0u)]
    [InlineData(-999, 0u)]
    [InlineData(1002, 1u)]
    [InlineData(-1002, 1u)]
    public void Counter_and_system_clock_part_at_a_thousandth(int millionths, ulong faults)
    {
        ClockCalibration calibration = Begun();
        ulong ns = 20 * Millisecond;
        ulong ticks = (ulong)(2 * (long)ns + 2 * (long)ns * millionths / 1_000_000);
        CounterPair pair = new(calibration.Line.BaseCounter + ticks, calibration.Line.BaseNs + ns, 1);
        Assert.Equal(faults == 0 ? CalibrationStep.Line : CalibrationStep.Restart, calibration.Next(pair));
        Assert.Equal(faults, calibration.Faults);
        Assert.InRange(calibration.WorstErrorNs, ns * 990 / 1_000_000, ns * 1010 / 1_000_000);
    }

    [Fact]
    public void Three_faults_in_a_row_end_it_but_not_with_a_good_line_between()
    {
        ClockCalibration calibration = default;
        ulong ns = Second;
        ulong counter = 0;
        CalibrationStep Pass(ulong milliseconds, ulong ticksPerNs)
        {
            ns += milliseconds * Millisecond;
            counter += milliseconds * Millisecond * ticksPerNs;
            return calibration.Next(new CounterPair(counter, ns, 10));
        }
        Pass(0, 2);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(CalibrationStep.Line, Pass(10, 2));
            Assert.Equal(CalibrationStep.Restart, Pass(20, 3));
            Assert.Equal(CalibrationStep.Line, Pass(10, 2));
            Assert.Equal(CalibrationStep.Line, Pass(20, 2));
            Assert.Equal(CalibrationStep.Restart, Pass(20, 3));
        }
        Assert.Equal(20u, calibration.Faults);
        Assert.Equal(CalibrationStep.Line, Pass(10, 2));
        Assert.Equal(CalibrationStep.Restart, Pass(20, 3));
        Assert.Equal(CalibrationStep.Line, Pass(10, 2));
        Assert.Equal(CalibrationStep.GiveUp, Pass(20, 3));
    }

    [Theory]
    [InlineData(0ul, CalibrationStep.GiveUp)]           // stands still
    [InlineData(ulong.MaxValue, CalibrationStep.GiveUp)] // went back
    [InlineData(1ul << 63, CalibrationStep.GiveUp)]
    [InlineData(90_000ul, CalibrationStep.Restart)]      // 9 MHz
    [InlineData(2_000_000_000ul, CalibrationStep.Restart)] // 200 GHz
    [InlineData((1ul << 63) - 1, CalibrationStep.Restart)]
    [InlineData(100_000ul, CalibrationStep.Line)]
    [InlineData(1_000_000_000ul, CalibrationStep.Line)]
    internal void What_is_no_counter_is_not_used(ulong ticksIn10Ms, CalibrationStep expected)
    {
        ClockCalibration calibration = default;
        calibration.Next(new CounterPair(77, Second, 0));
        Assert.Equal(expected, calibration.Next(new CounterPair(77 + ticksIn10Ms, Second + 10 * Millisecond, 0)));
        Assert.Equal(expected == CalibrationStep.Line ? 0u : 1u, calibration.Faults);
    }

    [Fact]
    public void A_counter_that_stands_still_for_a_moment_only_is_waited_for()
    {
        ClockCalibration calibration = default;
        calibration.Next(At(Second));
        Assert.Equal(CalibrationStep.Wait, calibration.Next(new CounterPair(2 * Second, Second + Millisecond, 1)));
        Assert.Equal(CalibrationStep.Line, calibration.Next(At(Second + 10 * Millisecond)));
    }
}
