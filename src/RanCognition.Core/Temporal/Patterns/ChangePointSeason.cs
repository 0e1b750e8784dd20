using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>Finds the short season of a series and takes it away.</summary>
internal static class ChangePointSeason
{
    private const int ValuesMin = 48;
    private const int LagMin = 4;
    private const int LagMax = 60;
    private const int SmoothMax = 49;
    private const double CorrelationMin = .4;
    private const double NearTop = .8;       // the smallest period whose peak comes this near to the highest one
    private const double TwiceMin = .5;      // what the double period must keep of CorrelationMin

    /// <summary>Period in points, 4..58; 0 = none.</summary>
    /// <remarks>Peaks of the autocorrelation of the clipped deviations from a centred mean. O(n), 60 products a value.</remarks>
    public static int Period(SimdOps simd, ReadOnlySpan<double> x)
    {
        var n = x.Length;
        if (n < ValuesMin)
        {
            return 0;
        }
        var d = Deviations(simd, x);
        var last = Math.Min(n / 4, LagMax);
        Span<double> correlation = stackalloc double[LagMax + 1];
        var power = Product(d, 0) + 1e-300;
        for (var lag = LagMin - 1; lag <= last; lag++)
        {
            correlation[lag] = Correlation(d, lag, power);
        }
        var top = 0.0;
        for (var lag = LagMin; lag < last; lag++)
        {
            top = IsPeak(correlation, lag) ? Math.Max(top, correlation[lag]) : top;
        }
        if (top < CorrelationMin)
        {
            return 0;
        }
        var period = LagMin;
        while (!IsPeak(correlation, period) || correlation[period] < NearTop * top)
        {
            period++;
        }
        return Correlation(d, 2 * period, power) > TwiceMin * CorrelationMin ? period : 0;
    }

    /// <summary>Takes from x the median of each phase of what remains after a running median, so that x keeps its level.</summary>
    /// <param name="simd">Kernels to use.</param>
    /// <param name="x">Changed in place.</param>
    /// <param name="period">Points, 1..n.</param>
    public static void Remove(SimdOps simd, Span<double> x, int period)
    {
        Debug.Assert(period >= 1 && period <= x.Length);
        var n = x.Length;
        var rest = new double[n];
        RunningMedian.Compute(x, period, rest);
        for (var i = 0; i < n; i++)
        {
            rest[i] = x[i] - rest[i];
        }
        var season = new double[period];
        var phase = new double[(n + period - 1) / period];
        var mean = 0.0;
        for (var j = 0; j < period; j++)
        {
            var count = 0;
            for (var i = j; i < n; i += period)
            {
                phase[count++] = rest[i];
            }
            season[j] = ChangePointMedian.Of(simd, phase.AsSpan(0, count));
            mean += season[j];
        }
        mean /= period;
        for (int i = 0, j = 0; i < n; i++)
        {
            x[i] -= season[j] - mean;
            j = j + 1 == period ? 0 : j + 1;
        }
    }

    private static bool IsPeak(ReadOnlySpan<double> correlation, int lag)
        => correlation[lag] >= correlation[lag - 1] && correlation[lag] >= correlation[lag + 1];

    private static double Correlation(ReadOnlySpan<double> d, int lag, double power)
        => Product(d, lag) / power * d.Length / (d.Length - lag);

    // x minus its centred mean, clipped to three deviations, with mean 0.
    private static double[] Deviations(SimdOps simd, ReadOnlySpan<double> x)
    {
        var n = x.Length;
        var width = Math.Min(SmoothMax, n / 8 * 2 + 1);
        var half = width / 2;
        var padded = new double[n + 2 * half];
        padded.AsSpan(0, half).Fill(Sum(x[..(half + 1)]) / (half + 1));
        x.CopyTo(padded.AsSpan(half));
        padded.AsSpan(half + n).Fill(Sum(x[^half..]) / half);

        var d = new double[n];
        for (var i = 0; i < n; i++)
        {
            d[i] = x[i] - Sum(padded.AsSpan(i, width)) / width;
        }
        var clip = 3 * ChangePointMedian.Deviation(simd, (double[])d.Clone()) + 1e-12;
        foreach (ref var value in d.AsSpan())
        {
            value = Math.Clamp(value, -clip, clip);
        }
        var mean = Sum(d) / n;
        foreach (ref var value in d.AsSpan())
        {
            value -= mean;
        }
        return d;
    }

    private static double Sum(ReadOnlySpan<double> x)
    {
        // Two lanes on every machine, so that every machine rounds alike.
        var pairs = MemoryMarshal.Cast<double, Vector128<double>>(x);
        var (even, odd) = (Vector128<double>.Zero, Vector128<double>.Zero);
        var i = 0;
        for (; i + 1 < pairs.Length; i += 2)
        {
            even += pairs[i];
            odd += pairs[i + 1];
        }
        var sum = Vector128.Sum(even + odd);
        for (i *= 2; i < x.Length; i++)
        {
            sum += x[i];
        }
        return sum;
    }

    private static double Product(ReadOnlySpan<double> d, int lag)
    {
        var a = MemoryMarshal.Cast<double, Vector128<double>>(d[lag..]);
        var b = MemoryMarshal.Cast<double, Vector128<double>>(d[..^lag]);
        var (even, odd) = (Vector128<double>.Zero, Vector128<double>.Zero);
        var i = 0;
        for (; i + 1 < a.Length; i += 2)
        {
            even += a[i] * b[i];
            odd += a[i + 1] * b[i + 1];
        }
        var sum = Vector128.Sum(even + odd);
        for (i *= 2; i + lag < d.Length; i++)
        {
            sum += d[i + lag] * d[i];
        }
        return sum;
    }
}
