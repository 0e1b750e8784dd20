using System.Diagnostics.CodeAnalysis;
using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>Finds where the level or the trend of a whole series changes for good (offline: uses all values).</summary>
/// <remarks>
/// <para>Thread-safe: no state. Deterministic. Missing values (NaN, infinities) are filled by straight lines.</para>
/// <para>Steps: logarithms when the range is wide and nothing is negative; the season (period 4 to 58 points, and seven times that) is taken
/// out; outliers are clipped; the noise is measured with its autocorrelation; the partition with the least squared error plus penalty is
/// found exactly, with a mean and then, if that finds a change, with a line per segment, so that a trend is not cut into stairs.</para>
/// <para>Time: about n log n on ordinary data: .2 to .6 ms for n = 1008. Up to 20000 values the partition is exact always. Beyond, the exact
/// search is given 50 million looks (enough for a million ordinary values); after that changes are sought on every k-th position,
/// k = n / 20000 rounded up, and moved to the best position within k points. So time is bounded by a second plus something linear in n.</para>
/// </remarks>
public static class ChangePoints
{
    /// <summary>Fewer values, or fewer known ones, have no change points.</summary>
    public const int ValuesMin = 8;

    private const double Penalty = 8;
    private const double SeasonPenalty = 6;
    private const double LinePenalty = 1.2;       // times the penalty of means
    private const double LineHandicap = 1.5;      // penalties that lines must save, with a season
    private const double Clip = 1.5;
    private const double CorrelationMax = .99;
    private const int LineLengthMin = 4;

    /// <summary>Indexes of the first value of each new segment, ascending, each 1..n-1; empty when nothing changes.</summary>
    /// <param name="simd">Kernels to use; they differ in speed alone.</param>
    /// <param name="values">On a regular grid; the step does not matter.</param>
    public static int[] Find(SimdOps simd, ReadOnlySpan<double> values)
    {
        var x = ChangePointInput.Prepare(simd, values);
        if (x is null)
        {
            return [];
        }
        var n = x.Level.Length;
        var period = x.Period;
        var clipped = new double[n];
        RunningMedian.Compute(x.Level, period > 0 ? period / 2 : 3, clipped);
        ClipAround(simd, clipped, x.Level);
        var noise = Noise(simd, period > 0 ? x.Level : clipped, period);
        var penalty = (period > 0 ? SeasonPenalty : Penalty) * noise * Math.Log(n) + 1e-12;
        var shortest = period > 0 ? period : Math.Max(2, n / 40);
        var (means, total) = ChangePointPartition.Solve(clipped, penalty, shortest, lines: false);
        if (means.Length == 0)
        {
            return means;
        }
        var (lines, lineTotal) = ChangePointPartition.Solve(
            clipped, LinePenalty * penalty, Math.Max(shortest, LineLengthMin), lines: true);
        return lineTotal + (period > 0 ? LineHandicap : 0) * penalty < total ? lines : means;
    }

    /// <summary>The levels around each change and how surely they differ.</summary>
    /// <remarks>
    /// The p-value comes from a two-sided t test on the medians of blocks (one period long, or n / 80 without a season) after the season is
    /// taken out, with the larger of the variances inside all segments and inside these two, widened by the blocks' own autocorrelation, and
    /// multiplied by the number of places between blocks where the change could have been found. It is meant to be conservative: with one
    /// block in all segments it is 1. A change of slope without a change of level has a large p-value.
    /// </remarks>
    /// <param name="simd">Kernels to use; they differ in speed alone.</param>
    /// <param name="values">The series given to <see cref="Find"/>.</param>
    /// <param name="indices">Change points, strictly ascending, each 1..n-1.</param>
    /// <exception cref="ArgumentException">indices are not ascending or out of range.</exception>
    public static ChangePoint[] Describe(SimdOps simd, ReadOnlySpan<double> values, ReadOnlySpan<int> indices)
    {
        RequireIndices(indices, values.Length);
        if (indices.IsEmpty)
        {
            return [];
        }
        var levels = Levels(simd, values, indices);
        var x = ChangePointInput.Prepare(simd, values);
        var test = x is null ? null : new ChangePointTest(simd, x.Level, x.Period, indices);
        var result = new ChangePoint[indices.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = new ChangePoint(indices[i], levels[i], levels[i + 1], test?.PValue(i) ?? 1);
        }
        return result;
    }

    // level: running medians on entry, on return the values clipped around them.
    private static void ClipAround(SimdOps simd, double[] level, double[] values)
    {
        var rest = new double[values.Length];
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] = values[i] - level[i];
        }
        var bound = Clip * ChangePointMedian.Deviation(simd, (double[])rest.Clone()) + 1e-12;
        for (var i = 0; i < rest.Length; i++)
        {
            level[i] += Math.Clamp(rest[i], -bound, bound);
        }
    }

    /// <summary>Variance of a long mean times its length, from the steps over one and two points: blind to the level and its changes.</summary>
    /// <param name="simd">Kernels to use.</param>
    /// <param name="x">The series.</param>
    /// <param name="correlationMax">Bound on the autocorrelation.</param>
    /// <param name="errors">Standard errors, about 1 / sqrt(n) each, by which the autocorrelation is raised.</param>
    internal static double LongRunVariance(SimdOps simd, double[] x, double correlationMax = CorrelationMax, double errors = 0)
    {
        var one = Steps(x, 1);
        var two = Steps(x, 2);
        var (meanOne, meanTwo) = (Mean(one), Mean(two));
        var (m1, m2) = (ChangePointMedian.Of(simd, one), ChangePointMedian.Of(simd, two));
        if (m1 == 0)
        {
            (m1, m2) = (.67 * meanOne + 1e-12, .67 * meanTwo);
        }
        var correlation = Math.Clamp(m2 * m2 / (m1 * m1) - 1 + errors / Math.Sqrt(x.Length), 0, correlationMax);
        return Square(1.4826 * m1) / 2 * (1 + correlation) / Square(1 - correlation);
    }

    // With a season at least that of the medians of whole periods.
    private static double Noise(SimdOps simd, double[] x, int period)
    {
        var noise = LongRunVariance(simd, x);
        if (period == 0)
        {
            return noise;
        }
        var blocks = new double[x.Length / period];
        var block = new double[period];
        for (var i = 0; i < blocks.Length; i++)
        {
            x.AsSpan(i * period, period).CopyTo(block);
            blocks[i] = ChangePointMedian.Of(simd, block);
        }
        return Math.Max(noise, 2.0 * period * Square(1.4826 * ChangePointMedian.Of(simd, Steps(blocks, 1))) / 2);
    }

    private static double[] Steps(double[] x, int distance)
    {
        var steps = new double[x.Length - distance];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = Math.Abs(x[i + distance] - x[i]);
        }
        return steps;
    }

    private static double Mean(double[] x)
    {
        var sum = 0.0;
        foreach (var value in x)
        {
            sum += value;
        }
        return sum / x.Length;
    }

    private static double Square(double x) => x * x;

    /// <summary>Median of each segment; NaN without any known value.</summary>
    internal static double[] Levels(SimdOps simd, ReadOnlySpan<double> values, ReadOnlySpan<int> indices)
    {
        var levels = new double[indices.Length + 1];
        if (!ChangePointInput.TryFill(values, out var filled))
        {
            levels.AsSpan().Fill(double.NaN);
            return levels;
        }
        var from = 0;
        for (var i = 0; i <= indices.Length; i++)
        {
            var to = i < indices.Length ? indices[i] : values.Length;
            levels[i] = ChangePointMedian.Of(simd, filled.AsSpan(from, to - from));
            from = to;
        }
        return levels;
    }

    private static void RequireIndices(ReadOnlySpan<int> indices, int n)
    {
        var before = 0;
        foreach (var index in indices)
        {
            if (index <= before || index >= n)
            {
                ThrowIndex(index, n, nameof(indices));
            }
            before = index;
        }
    }

    [DoesNotReturn]
    private static void ThrowIndex(int index, int n, string name)
        => throw new ArgumentException($"{index} is not ascending or not in 1..{n - 1}", name);
}
