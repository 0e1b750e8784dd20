using System.Numerics;
using System.Runtime.Intrinsics;
using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Simd;

public sealed unsafe class LaneRangeTests
{
    [Fact]
    public void Every_path_finds_the_same_range_at_every_length()
    {
        var random = new Random(41);
        for (int n = 0; n <= 1025; n++)
        {
            float[] values = n % 2 == 0 ? Values.Any(random, n) : Values.Ordinary(random, n);
            Check(values, random.Next(64));
            Check(Values.Doubles(values), random.Next(64));
        }
    }

    [Fact]
    public void NaN_are_passed_over_wherever_they_stand_and_zeros_have_no_sign()
    {
        for (int n = 1; n < 80; n++)
        {
            for (int known = 0; known < n; known++)
            {
                double[] values = new double[n];
                values.AsSpan().Fill(double.NaN);
                values[known] = -0.0;
                Check(values, 0);
            }
            double[] nothing = new double[n];
            nothing.AsSpan().Fill(double.NaN);
            Check(nothing, 0);
        }
    }

    private static void Check<T>(T[] values, int offset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T least = T.PositiveInfinity, greatest = T.NegativeInfinity;
        foreach (T value in values)
        {
            if (!T.IsNaN(value))
            {
                least = T.Min(least, value);
                greatest = T.Max(greatest, value);
            }
        }
        least += T.Zero;
        greatest += T.Zero;
        using var memory = new Memory<T>(values, offset);
        nuint n = (nuint)values.Length;
        foreach ((T low, T high) in new[]
        {
            LaneRange.Of<Width1<T>, T, T>(memory.Pointer, n), LaneRange.Of<Width128<T>, Vector128<T>, T>(memory.Pointer, n),
            LaneRange.Of<Width256<T>, Vector256<T>, T>(memory.Pointer, n), LaneRange.Of<Width512<T>, Vector512<T>, T>(memory.Pointer, n),
        })
        {
            Assert.True(Bits.Same(least, low) && Bits.Same(greatest, high), $"{n} values: {low} .. {high}, not {least} .. {greatest}");
        }
    }
}
