using System.Numerics;
using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Forecasting;

/// <summary>
/// Conformal interval from rolling-origin errors: they are scaled by |forecast|^gamma and by lead, pooled, and their quantiles set the ends, which are averaged
/// over gamma by interval score.
/// </summary>
/// <remarks>Source of the pooling: split conformal prediction (Vovk et al. 2005) with normalised errors. Keeps buffers; not thread-safe.</remarks>
internal sealed unsafe class IntervalModel(SimdOps simd)
{
    /// <summary>gamma = 0, 1/2 and 1; only the first where values can be negative.</summary>
    public const int GammasMax = 3;
    public const int OriginsMin = 2, ErrorsMin = 20;

    private const double AsymmetryShare = 0.15;   // weight of each tail's own quantile against the symmetric one
    private const double PooledShare = 0.15;      // weight of the one scale for all leads
    private const double SmoothingSpan = 0.1;     // half width of the moving mean over leads, in horizons
    private const double ScorePower = 12;
    private const double LevelFloor = 0.02;
    private const double MissPenalty = 40;        // 2 / (1 - 0.95)

    private readonly SimdOps _simd = simd;
    private readonly TailSelector _tails = new(simd);
    private readonly ScratchBuffer[] _errors = [new(), new(), new()], _scales = [new(), new(), new()];
    private readonly ScratchBuffer _pooled = new(), _squares = new(), _counts = new(), _padded = new(), _ends = new(), _leadScores = new();
    private readonly double[] _weights = new double[GammasMax], _lower = new double[GammasMax], _upper = new double[GammasMax], _scores = new double[GammasMax];
    private int _rolling, _horizon;
    private double _reference;

    public int GammaCount { get; private set; }

    /// <summary>Weight of each gamma, sum 1.</summary>
    public ReadOnlySpan<double> Weights => _weights.AsSpan(0, GammaCount);

    /// <summary>Standardised errors of one gamma, [origin * horizon + lead], NaN where the actual is missing.</summary>
    public ReadOnlySpan<double> StandardErrors(int gamma) => new(_errors[gamma].Pointer, _rolling * _horizon);

    /// <summary>Fits to forecasts c and actuals y, both [rolling * h], NaN = missing actual; known counts the actuals that are there.</summary>
    public void Fit(double* c, double* y, int rolling, int h, int known, double reference, bool nonNegative)
    {
        _rolling = rolling;
        _horizon = h;
        _reference = reference;
        GammaCount = nonNegative ? GammasMax : 1;
        var rule = new CoverageRule(CoverageRule.Nominal);
        double least = double.MaxValue, sum = 0;
        for (int g = 0; g < GammaCount; g++)
        {
            Standardize(g, c, y, known);
            (_lower[g], _upper[g]) = Offsets(rule, known);
            _scores[g] = Score(g, c, known);
            least = Math.Min(least, _scores[g]);
        }
        for (int g = 0; g < GammaCount; g++)
        {
            _weights[g] = least > 0 ? Math.Pow(least / _scores[g], ScorePower) : 1;
            sum += _weights[g];
        }
        for (int g = 0; g < GammaCount; g++)
        {
            _weights[g] /= sum;
        }
    }

    /// <summary>Ends of the 0.95 interval around the forecasts f[0..h).</summary>
    public void Ends(ReadOnlySpan<double> f, Span<double> lower, Span<double> upper)
    {
        for (int j = 0; j < f.Length; j++)
        {
            double low = 0, high = 0;
            for (int g = 0; g < GammaCount; g++)
            {
                double spread = Spread(g, j, f[j]) * _weights[g];
                low += _lower[g] * spread;
                high += _upper[g] * spread;
            }
            lower[j] = f[j] + low;
            upper[j] = f[j] + high;
        }
    }

    /// <summary>Original units of one standardised error at a lead and a forecast.</summary>
    public double Spread(int gamma, int lead, double forecast)
    {
        double level = Math.Max(Math.Abs(forecast), LevelFloor * _reference) / _reference;
        return _scales[gamma].Pointer[lead] * (gamma == 0 ? 1 : gamma == 1 ? Math.Sqrt(level) : level);
    }

    /// <summary>Offsets of the interval's ends in standardised errors, from sorted errors and sorted absolute errors.</summary>
    public static (double Lower, double Upper) Offsets(in CoverageRule rule, ReadOnlySpan<double> sorted, ReadOnlySpan<double> sortedAbsolute)
    {
        int n = sorted.Length;
        double inner = rule.InnerQuantile, outer = rule.OuterQuantile;
        return Mix(rule, sortedAbsolute[CoverageRule.Rank(inner, n)], sortedAbsolute[CoverageRule.Rank(outer, n)],
            sorted[CoverageRule.Rank((1 - inner) / 2, n)], sorted[CoverageRule.Rank(1 - (1 - inner) / 2, n)],
            sorted[CoverageRule.Rank((1 - outer) / 2, n)], sorted[CoverageRule.Rank(1 - (1 - outer) / 2, n)]);
    }

    /// <summary>The same from the pooled errors, unsorted: selection is cheaper when only one interval is wanted.</summary>
    private (double Lower, double Upper) Offsets(in CoverageRule rule, int n)
    {
        double inner = rule.InnerQuantile, outer = rule.OuterQuantile;
        int lowInner = CoverageRule.Rank((1 - inner) / 2, n), highInner = CoverageRule.Rank(1 - (1 - inner) / 2, n), absoluteInner = CoverageRule.Rank(inner, n);
        _tails.Load(_pooled.Pointer, n, lowInner + 1, n - highInner, n - absoluteInner);
        (double absInner, double absOuter) = _tails.Magnitudes(absoluteInner, CoverageRule.Rank(outer, n));
        return Mix(rule, absInner, absOuter, _tails[lowInner], _tails[highInner], _tails[CoverageRule.Rank((1 - outer) / 2, n)],
            _tails[CoverageRule.Rank(1 - (1 - outer) / 2, n)]);
    }

    private static (double Lower, double Upper) Mix(in CoverageRule rule, double absInner, double absOuter, double lowInner, double highInner, double lowOuter, double highOuter)
    {
        double inner = rule.InnerFactor / 2, outer = rule.OuterFactor / 2, symmetric = 1 - AsymmetryShare;
        return (inner * (AsymmetryShare * lowInner - symmetric * absInner) + outer * (AsymmetryShare * lowOuter - symmetric * absOuter),
            inner * (AsymmetryShare * highInner + symmetric * absInner) + outer * (AsymmetryShare * highOuter + symmetric * absOuter));
    }

    private Vector<double> Level(int gamma, Vector<double> forecast)
    {
        var level = Vector.MaxNative(Vector.Abs(forecast), new Vector<double>(LevelFloor * _reference)) * new Vector<double>(1 / _reference);
        return gamma == 1 ? Vector.SquareRoot(level) : level;
    }

    /// <summary>Errors over the level, their scale by lead, and the pooled standardised errors.</summary>
    private void Standardize(int gamma, double* c, double* y, int known)
    {
        int h = _horizon, total = _rolling * h, width = Vector<double>.Count;
        double* e = _errors[gamma].Ensure(total), squares = _squares.Ensure(h), counts = _counts.Ensure(h);
        for (int i = 0; i < total; i += width)
        {
            var error = Vector.Load(y + i) - Vector.Load(c + i);
            Vector.Store(gamma == 0 ? error : error / Level(gamma, Vector.Load(c + i)), e + i);
        }
        new Span<double>(squares, h).Clear();
        new Span<double>(counts, h).Clear();
        bool complete = known == total;
        for (int k = 0; k < _rolling; k++)
        {
            double* row = e + k * h;
            int j = 0;
            for (; j <= h - width; j += width)
            {
                var v = Vector.Load(row + j);
                if (!complete)
                {
                    var there = Vector.Equals(v, v);
                    v = Vector.ConditionalSelect(there, v, Vector<double>.Zero);
                    Vector.Store(Vector.Load(counts + j) + Vector.ConditionalSelect(there, Vector<double>.One, Vector<double>.Zero), counts + j);
                }
                Vector.Store(Vector.Load(squares + j) + v * v, squares + j);
            }
            for (; j < h; j++)
            {
                bool there = !double.IsNaN(row[j]);
                squares[j] += there ? row[j] * row[j] : 0;
                counts[j] += there ? 1 : 0;
            }
        }
        if (complete)
        {
            new Span<double>(counts, h).Fill(_rolling);
        }

        double* s = _scales[gamma].Ensure(h);
        SetScales(s, squares, counts);
        double* pooled = _pooled.Ensure(known);
        int filled = 0;
        for (int k = 0; k < _rolling; k++)
        {
            double* row = e + k * h;
            int j = 0;
            for (; j <= h - width; j += width)
            {
                Vector.Store(Vector.Load(row + j) / Vector.Load(s + j), row + j);
            }
            for (; j < h; j++)
            {
                row[j] /= s[j];
            }
            for (j = 0; !complete && j < h; j++)
            {
                pooled[filled] = row[j];
                filled += double.IsNaN(row[j]) ? 0 : 1;
            }
        }
        if (complete)
        {
            new ReadOnlySpan<double>(e, total).CopyTo(new Span<double>(pooled, total));
        }
    }

    /// <summary>s = sqrt(0.85 moving mean + 0.15 mean) of the mean squares; a lead without data takes the mean of the others.</summary>
    private void SetScales(double* s, double* squares, double* counts)
    {
        int h = _horizon, leads = 0;
        double sum = 0;
        for (int j = 0; j < h; j++)
        {
            if (counts[j] > 0)
            {
                squares[j] /= counts[j];
                sum += squares[j];
                leads++;
            }
        }
        double mean = sum / leads;
        for (int j = 0; j < h; j++)
        {
            if (counts[j] == 0)
            {
                squares[j] = mean;
                sum += mean;
            }
        }
        MovingMean(squares, h, Math.Max(1, (int)(SmoothingSpan * h)), s);
        for (int j = 0; j < h; j++)
        {
            s[j] = Math.Sqrt((1 - PooledShare) * s[j] + PooledShare * (sum / h)) + 1e-12 * _reference + 1e-300;
        }
    }

    /// <summary>Centred moving mean with repeated edges.</summary>
    private void MovingMean(double* values, int count, int half, double* means)
    {
        int window = 2 * half + 1, padded = count + 2 * half;
        Span<double> repeated = new(_padded.Ensure(padded), padded), ends = new(_ends.Ensure(window), window);
        repeated[..half].Fill(values[0]);
        new ReadOnlySpan<double>(values, count).CopyTo(repeated[half..]);
        repeated[(half + count)..].Fill(values[count - 1]);
        SlidingWindow.Means(repeated, window, ends, new Span<double>(means, count));
    }

    /// <summary>Mean interval score of the 0.95 interval over the known actuals.</summary>
    private double Score(int gamma, double* c, int known)
    {
        int h = _horizon, width = Vector<double>.Count;
        double lower = _lower[gamma], upper = _upper[gamma];
        double* z = _errors[gamma].Pointer, s = _scales[gamma].Pointer, sums = _leadScores.Ensure(h);   // by lead, so that the order is that of the origins
        new Span<double>(sums, h).Clear();
        Vector<double> low = new(lower), high = new(upper), penalty = new(MissPenalty), span = new(upper - lower), zero = Vector<double>.Zero;
        for (int k = 0; k < _rolling; k++, z += h, c += h)
        {
            for (int j = 0; j < h; j += width)   // the last, partly used vector ends in pads or the next origin; what it sums there is not read
            {
                var v = Vector.Load(z + j);
                var spread = Vector.Load(s + j);
                if (gamma > 0)
                {
                    spread *= Level(gamma, Vector.Load(c + j));
                }
                var score = spread * (span + penalty * (Vector.MaxNative(low - v, zero) + Vector.MaxNative(v - high, zero)));
                Vector.Store(Vector.Load(sums + j) + Vector.ConditionalSelect(Vector.Equals(v, v), score, zero), sums + j);
            }
        }
        return _simd.Sum(new ReadOnlySpan<double>(sums, h)) / known;
    }
}
