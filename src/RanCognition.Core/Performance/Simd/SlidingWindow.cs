namespace RanCognition.Performance;

/// <summary>Mean, least, greatest and standard deviation of every window of a series, at a cost that does not grow with the window.</summary>
/// <remarks>
/// A window is the end of one block of its own length and the start of the next. The ends of a block are gathered from behind, the starts from the front, so no
/// difference of large sums is taken and no error adds up along the series (van Herk 1992, Gil and Werman 1993, for extremes). The order is fixed: there is
/// one path, with the same bits on every processor. "ends" is room for as many numbers as a window has values.
/// </remarks>
internal static class SlidingWindow
{
    /// <summary>Means of values[i..i + window), NaN where a value is NaN.</summary>
    public static void Means(ReadOnlySpan<double> values, int window, Span<double> ends, Span<double> means)
    {
        Scan<Addition>(values, window, ends, means);
        for (int i = 0; i < means.Length; i++)
        {
            means[i] /= window;
        }
    }

    /// <summary>Least of each window; NaN are passed over, +infinity where there is no number.</summary>
    public static void Least(ReadOnlySpan<double> values, int window, Span<double> ends, Span<double> least) => Scan<Lesser>(values, window, ends, least);

    /// <summary>Greatest of each window; NaN are passed over, -infinity where there is no number.</summary>
    public static void Greatest(ReadOnlySpan<double> values, int window, Span<double> ends, Span<double> greatest) =>
        Scan<Greater>(values, window, ends, greatest);

    /// <summary>Means and standard deviations (about the window's own mean, divided by its length).</summary>
    public static void Deviations(ReadOnlySpan<double> values, int window, Span<Moments> ends, Span<double> means, Span<double> deviations)
    {
        Check(values.Length, window, ends.Length, means.Length);
        Check(values.Length, window, ends.Length, deviations.Length);
        for (int block = 0; block < means.Length; block += window)
        {
            ends[window - 1] = Moments.Of(values[block + window - 1]);
            for (int i = window - 2; i >= 0; i--)
            {
                ends[i] = ends[i + 1].With(values[block + i]);
            }
            Moments start = default;
            int count = Math.Min(window, means.Length - block);
            for (int i = 0; i < count; i++)
            {
                Moments all = i == 0 ? ends[0] : ends[i].With(start = start.With(values[block + window + i - 1]));
                means[block + i] = all.Mean;
                deviations[block + i] = Math.Sqrt(all.Squares / window);
            }
        }
    }

    private static void Scan<TStep>(ReadOnlySpan<double> values, int window, Span<double> ends, Span<double> result)
        where TStep : struct, IStep
    {
        Check(values.Length, window, ends.Length, result.Length);
        for (int block = 0; block < result.Length; block += window)
        {
            double end = TStep.First(values[block + window - 1]);
            ends[window - 1] = end;
            for (int i = window - 2; i >= 0; i--)
            {
                ends[i] = end = TStep.Join(end, values[block + i]);
            }
            result[block] = end;
            ReadOnlySpan<double> next = values[(block + window)..];
            int count = Math.Min(window, result.Length - block);
            if (count > 1)
            {
                double start = TStep.First(next[0]);
                result[block + 1] = TStep.Join(ends[1], start);
                for (int i = 2; i < count; i++)
                {
                    start = TStep.Join(start, next[i - 1]);
                    result[block + i] = TStep.Join(ends[i], start);
                }
            }
        }
    }

    private static void Check(int values, int window, int ends, int results)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, values);
        ArgumentOutOfRangeException.ThrowIfLessThan(ends, window);
        ArgumentOutOfRangeException.ThrowIfNotEqual(results, values - window + 1);
    }

    /// <summary>Number of values, their mean and the sum of squares about it, joined without cancellation (Chan, Golub and LeVeque 1979).</summary>
    internal readonly record struct Moments(double Count, double Mean, double Squares)
    {
        public static Moments Of(double value) => new(1, value, 0);

        public Moments With(double value)
        {
            double count = Count + 1, from = value - Mean, mean = Mean + from / count;
            return new(count, mean, Squares + from * (value - mean));
        }

        public Moments With(Moments other)
        {
            double count = Count + other.Count, apart = other.Mean - Mean, share = other.Count / count;
            return new(count, Mean + apart * share, Squares + other.Squares + apart * apart * Count * share);
        }
    }

    private interface IStep
    {
        static abstract double First(double value);

        static abstract double Join(double a, double b);
    }

    private readonly struct Addition : IStep
    {
        public static double First(double value) => value;

        public static double Join(double a, double b) => a + b;
    }

    private readonly struct Lesser : IStep
    {
        public static double First(double value) => Join(double.PositiveInfinity, value);

        public static double Join(double a, double b) => b < a ? b : a;
    }

    private readonly struct Greater : IStep
    {
        public static double First(double value) => Join(double.NegativeInfinity, value);

        public static double Join(double a, double b) => b > a ? b : a;
    }
}
