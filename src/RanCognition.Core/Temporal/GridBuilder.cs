using RanCognition.Contracts;

namespace RanCognition.Temporal;

/// <summary>Puts samples at any times on a regular grid.</summary>
/// <remarks>
/// The step is the median distance of successive times, snapped to a usual granularity period when within 1 % of it, so that jitter of a collector does not
/// move samples between bins. Each sample goes to the nearest bin, the later one wins; bins without a sample are missing. Only the newest
/// <see cref="BinsMax"/> bins are kept, and of few samples fewer: 256, and 64 for each sample.
/// </remarks>
internal static class GridBuilder
{
    public const int BinsMax = 65_536;

    // A few samples far apart make no grid of nothing but gaps: bins in all, and for each sample.
    private const int BinsOfAny = 256;
    private const int BinsOfSample = 64;

    private const ulong Millisecond = 1_000_000;
    private const ulong Second = 1_000 * Millisecond;

    // Reporting and granularity periods in use: RIC loops in ms, TS 28.552 periods in minutes, daily and weekly exports.
    internal static ReadOnlySpan<ulong> UsualSteps =>
    [
        Millisecond, 5 * Millisecond, 10 * Millisecond, 20 * Millisecond, 50 * Millisecond, 100 * Millisecond, 200 * Millisecond, 500 * Millisecond,
        Second, 2 * Second, 5 * Second, 10 * Second, 15 * Second, 20 * Second, 30 * Second, 60 * Second, 120 * Second, 300 * Second, 600 * Second,
        900 * Second, 1800 * Second, 3600 * Second, 7200 * Second, 10_800 * Second, 14_400 * Second, 21_600 * Second, 43_200 * Second, 86_400 * Second,
        604_800 * Second,
    ];

    public static MetricGrid Build(string metric, MetricHistory history, string source = "given")
    {
        if (history.TimesNs is { } times)
        {
            return FromTimes(metric, times, history.Values, source);
        }
        int skip = Math.Max(0, history.Values.Length - BinsMax);
        return new MetricGrid
        {
            Metric = metric,
            StartNs = history.StartNs + history.StepNs * (ulong)skip,
            StepNs = history.StepNs,
            Values = skip == 0 ? history.Values : history.Values[skip..],
            Source = source,
        };
    }

    /// <summary>times never decrease; times and values have equal length.</summary>
    public static MetricGrid FromTimes(string metric, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values, string source) => FromTimes(metric, times, values, source, TypicalStep(times));

    /// <param name="metric">Key.</param>
    /// <param name="times">Never decreasing.</param>
    /// <param name="values">As many.</param>
    /// <param name="source">Of the samples.</param>
    /// <param name="step">Ns; 0 = there is one moment only.</param>
    internal static MetricGrid FromTimes(string metric, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values, string source, ulong step)
    {
        if (values.IsEmpty)
        {
            return new MetricGrid { Metric = metric, Source = source };
        }
        if (step == 0)   // one moment only: the last value given for it
        {
            return new MetricGrid { Metric = metric, StartNs = times[0], Values = [values[^1]], Source = source, Sparse = new SparseSamples([times[0]], [values[^1]]) };
        }
        ulong last = times[^1];
        ulong mostBins = (ulong)Math.Min(BinsMax, BinsOfAny + BinsOfSample * (long)values.Length);
        ulong spanBins = Math.Min(NearestBin(last - times[0], step), mostBins - 1) + 1;
        double[] bins = new double[spanBins];
        Array.Fill(bins, double.NaN);
        bool isSparse = false;
        ulong before = ulong.MaxValue;
        for (int i = 0; i < values.Length; i++)
        {
            ulong back = NearestBin(last - times[i], step), exact = back * step, distance = last - times[i];
            isSparse |= (i > 0 && before - back > 1) || (distance > exact ? distance - exact : exact - distance) > step / 4;
            before = back;   // counted from the end, so that the newest sample sits exactly on the grid
            if (back < spanBins)
            {
                bins[spanBins - 1 - back] = values[i];
            }
        }
        return new MetricGrid { Metric = metric, StartNs = last - (spanBins - 1) * step, StepNs = step, Values = bins, Source = source, Sparse = isSparse ? new SparseSamples(times.ToArray(), values.ToArray()) : null };
    }

    private static ulong NearestBin(ulong distance, ulong step) => distance / step + (distance % step >= step - step / 2 ? 1UL : 0UL);

    private static ulong TypicalStep(ReadOnlySpan<ulong> times)
    {
        List<ulong> gaps = new(times.Length);
        for (int i = 1; i < times.Length; i++)
        {
            if (times[i] > times[i - 1])
            {
                gaps.Add(times[i] - times[i - 1]);
            }
        }
        if (gaps.Count == 0)
        {
            return 0;
        }
        gaps.Sort();
        ulong median = gaps[gaps.Count / 2];
        foreach (ulong usual in UsualSteps)
        {
            ulong distance = usual > median ? usual - median : median - usual;
            if (distance <= usual / 100)
            {
                return usual;
            }
        }
        return median;
    }
}
