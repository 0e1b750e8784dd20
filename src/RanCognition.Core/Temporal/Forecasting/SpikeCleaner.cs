using System.Numerics;
using RanCognition.Numerics;

namespace RanCognition.Temporal.Forecasting;

/// <summary>Clips isolated spikes: what stands more than 8 robust deviations off the median of the same phase in the nearest two cycles each side.</summary>
/// <remarks>The local median of the deviations is kept, so level shifts and long disturbances pass. Keeps buffers; not thread-safe.</remarks>
internal sealed unsafe class SpikeCleaner
{
    /// <summary>Clip limit in robust standard deviations; 1.4826 turns a median absolute deviation into one.</summary>
    private const double ClipDeviations = 8.0 * 1.4826;

    /// <summary>Fewer non-zero deviations than this say nothing about their spread.</summary>
    private const int DeviationsMin = 10;
    private const int EdgePad = 2;

    private readonly RankSelector _ranks;
    private readonly ScratchBuffer _deviation = new(), _excess = new(), _nonZero = new();

    public SpikeCleaner(RankSelector ranks) => _ranks = ranks;

    /// <summary>Writes the cleaned x[0..n) to <paramref name="cleaned"/>; m is the season, 1 = none.</summary>
    public void Clean(double* x, int n, int m, double* cleaned)
    {
        double* d = _deviation.Ensure(n + 2 * EdgePad) + EdgePad;
        if (m > 1)
        {
            SeasonalDeviations(x, n, m, d);
        }
        else
        {
            LocalDeviations(x, n, d);
        }
        d[-1] = d[-2] = d[0];
        d[n] = d[n + 1] = d[n - 1];

        double* e = _excess.Ensure(n);
        int width = Vector<double>.Count;
        for (int t = 0; t < n; t += width)   // the pad of the buffers takes the last, partly used vector
        {
            var median = Median5(Vector.Load(d + t - 2), Vector.Load(d + t - 1), Vector.Load(d + t), Vector.Load(d + t + 1), Vector.Load(d + t + 2));
            Vector.Store(Vector.Load(d + t) - median, e + t);
        }
        double* nonZero = _nonZero.Ensure(n);
        int count = 0;
        for (int t = 0; t < n; t++)
        {
            nonZero[count] = Math.Abs(e[t]);
            count += e[t] != 0 ? 1 : 0;
        }
        if (count < DeviationsMin)
        {
            new ReadOnlySpan<double>(x, n).CopyTo(new Span<double>(cleaned, n));
            return;
        }
        var limit = new Vector<double>(ClipDeviations * _ranks.Median(nonZero, count));
        for (int t = 0; t < n; t += width)
        {
            var excess = Vector.Load(e + t);
            Vector.Store(Vector.Load(x + t) - excess + Vector.MinNative(Vector.MaxNative(excess, -limit), limit), cleaned + t);
        }
    }

    /// <summary>x minus the median of the existing x[t-2m], x[t-m], x[t], x[t+m], x[t+2m]; which exist changes at four places only.</summary>
    private static void SeasonalDeviations(double* x, int n, int m, double* d)
    {
        Span<int> breaks = [0, Math.Min(m, n), Math.Min(2 * m, n), Math.Max(n - 2 * m, 0), Math.Max(n - m, 0), n];
        breaks.Sort();
        double** sources = stackalloc double*[5];
        for (int s = 0; s + 1 < breaks.Length; s++)
        {
            int from = breaks[s], to = breaks[s + 1], found = 0;
            if (from == to)
            {
                continue;
            }
            for (int k = -2; k <= 2; k++)
            {
                if (from + k * m >= 0 && from + k * m < n)
                {
                    sources[found++] = x + k * m;
                }
            }
            MedianDeviations(x, sources, found, from, to, d);
        }
    }

    /// <summary>x minus the median of the first <paramref name="found"/> sources, over [from, to).</summary>
    private static void MedianDeviations(double* x, double** sources, int found, int from, int to, double* d)
    {
        int t = from, width = Vector<double>.Count;
        if (found == 5)
        {
            for (; t <= to - width; t += width)
            {
                Vector.Store(Vector.Load(x + t) - Median5(Vector.Load(sources[0] + t), Vector.Load(sources[1] + t), Vector.Load(sources[2] + t),
                    Vector.Load(sources[3] + t), Vector.Load(sources[4] + t)), d + t);
            }
        }
        else if (found == 4)
        {
            for (; t <= to - width; t += width)
            {
                Vector<double> a = Vector.Load(sources[0] + t), b = Vector.Load(sources[1] + t), c = Vector.Load(sources[2] + t), e = Vector.Load(sources[3] + t);
                var low = Vector.MaxNative(Vector.MinNative(a, b), Vector.MinNative(c, e));
                var high = Vector.MinNative(Vector.MaxNative(a, b), Vector.MaxNative(c, e));
                Vector.Store(Vector.Load(x + t) - (low + high) * 0.5, d + t);
            }
        }
        else if (found == 3)
        {
            for (; t <= to - width; t += width)
            {
                Vector.Store(Vector.Load(x + t) - Median3(Vector.Load(sources[0] + t), Vector.Load(sources[1] + t), Vector.Load(sources[2] + t)), d + t);
            }
        }
        Span<double> few = stackalloc double[5];
        for (; t < to; t++)
        {
            for (int k = 0; k < found; k++)
            {
                few[k] = sources[k][t];
            }
            d[t] = x[t] - MedianOfFew(few[..found]);
        }
    }

    /// <summary>x minus the median of the existing x[t-3..t+3].</summary>
    private static void LocalDeviations(double* x, int n, double* d)
    {
        int t = 3, width = Vector<double>.Count;
        for (; t <= n - 3 - width; t += width)
        {
            double* p = x + t;
            Vector.Store(Vector.Load(p) - Median7(Vector.Load(p - 3), Vector.Load(p - 2), Vector.Load(p - 1), Vector.Load(p), Vector.Load(p + 1), Vector.Load(p + 2),
                Vector.Load(p + 3)), d + t);
        }
        Span<double> few = stackalloc double[7];
        for (int i = 0; i < n; i = i == 2 ? Math.Max(3, t) : i + 1)
        {
            int from = Math.Max(0, i - 3), to = Math.Min(n, i + 4);
            new ReadOnlySpan<double>(x + from, to - from).CopyTo(few);
            d[i] = x[i] - MedianOfFew(few[..(to - from)]);
        }
    }

    private static double MedianOfFew(Span<double> values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            double v = values[i];
            int j = i - 1;
            for (; j >= 0 && values[j] > v; j--)
            {
                values[j + 1] = values[j];
            }
            values[j + 1] = v;
        }
        int half = values.Length / 2;
        return (values.Length & 1) == 1 ? values[half] : (values[half - 1] + values[half]) * 0.5;
    }

    private static Vector<double> Median3(Vector<double> a, Vector<double> b, Vector<double> c) =>
        Vector.MaxNative(Vector.MinNative(a, b), Vector.MinNative(Vector.MaxNative(a, b), c));

    private static Vector<double> Median5(Vector<double> a, Vector<double> b, Vector<double> c, Vector<double> d, Vector<double> e)
    {
        var low = Vector.MaxNative(Vector.MinNative(a, b), Vector.MinNative(c, d));    // what is left when the least
        var high = Vector.MinNative(Vector.MaxNative(a, b), Vector.MaxNative(c, d));   // and the greatest of four go
        return Median3(low, high, e);
    }

    /// <summary>Thirteen exchanges; source: N. Devillard, "Fast median search: an ANSI C implementation", 1998.</summary>
    private static Vector<double> Median7(Vector<double> a, Vector<double> b, Vector<double> c, Vector<double> d, Vector<double> e, Vector<double> f, Vector<double> g)
    {
        Exchange(ref a, ref f);
        Exchange(ref a, ref d);
        Exchange(ref b, ref g);
        Exchange(ref c, ref e);
        Exchange(ref a, ref b);
        Exchange(ref d, ref f);
        Exchange(ref c, ref g);
        Exchange(ref c, ref d);
        Exchange(ref d, ref g);
        Exchange(ref e, ref f);
        Exchange(ref b, ref e);
        Exchange(ref b, ref d);
        Exchange(ref d, ref e);
        return d;
    }

    private static void Exchange(ref Vector<double> low, ref Vector<double> high)
    {
        var least = Vector.MinNative(low, high);
        high = Vector.MaxNative(low, high);
        low = least;
    }
}
