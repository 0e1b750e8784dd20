using System.Numerics;
using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Forecasting;

/// <summary>A series folded at every period up to a third of its length: phase sums, the energy they explain, and how improbable that is by chance.</summary>
/// <remarks>Keeps buffers; not thread-safe.</remarks>
internal sealed unsafe class PeriodFolds
{
    public const int PeriodMin = 4;
    private const int CyclesMin = 3;

    /// <summary>Deviations below this share of the mean are rounding.</summary>
    private const double RoundingShare = 1e-12;
    private const double ClipDeviations = 4 * 1.4826;

    private readonly SimdOps _simd;
    private readonly RankSelector _ranks;
    private readonly ScratchBuffer _detrended = new(), _values = new(), _magnitudes = new(), _energy = new(), _sums = new();
    private int _n;
    private double _total, _excessKurtosis;

    public PeriodFolds(SimdOps simd, RankSelector ranks) => (_simd, _ranks) = (simd, ranks);

    /// <summary>Longest period folded.</summary>
    public int PeriodMax => _n / CyclesMin;

    /// <summary>Sums by phase of the period that <see cref="Fold"/> was last given.</summary>
    public double* Sums => _sums.Pointer;

    /// <summary>Energy that the phase means of a period explain.</summary>
    public double Energy(int p) => _energy.Pointer[p];

    /// <summary>Variance that they leave.</summary>
    public double Noise(int p) => (_total - _energy.Pointer[p]) / (_n - p);

    /// <summary>Takes x[0..n) without its trend; false when nothing varies. <see cref="FoldAll"/> must follow.</summary>
    public bool Load(double* x, int n)
    {
        _n = n;
        double mean = 0, slope = 0, centre = (_n - 1) / 2.0, square = 0;
        for (int t = 0; t < _n; t++)
        {
            mean += x[t] / _n;
        }
        for (int t = 0; t < _n; t++)
        {
            slope += (x[t] - mean) * (t - centre);
        }
        slope /= _n * ((double)_n * _n - 1) / 12;
        double* d = _detrended.Ensure(_n);
        for (int t = 0; t < _n; t++)
        {
            d[t] = x[t] - mean - slope * (t - centre);
            square += d[t] * d[t];
        }
        return square > _n * RoundingShare * RoundingShare * mean * mean;
    }

    /// <summary>Folds the series, less phi times its last value and clipped, at every period; false when nothing varies.</summary>
    public bool FoldAll(double phi)
    {
        double* d = _detrended.Pointer, u = _values.Ensure(_n), magnitudes = _magnitudes.Ensure(_n);
        u[0] = d[0] * Math.Sqrt(Math.Max(0, 1 - phi * phi));
        magnitudes[0] = Math.Abs(u[0]);
        for (int t = 1; t < _n; t++)
        {
            u[t] = d[t] - phi * d[t - 1];
            magnitudes[t] = Math.Abs(u[t]);
        }
        double limit = ClipDeviations * _ranks.Median(magnitudes, _n), mean = 0, fourth = 0;
        for (int t = 0; t < _n; t++)
        {
            u[t] = limit > 0 ? Math.Clamp(u[t], -limit, limit) : u[t];
            mean += u[t] / _n;
        }
        _total = 0;
        for (int t = 0; t < _n; t++)
        {
            u[t] -= mean;
            double square = u[t] * u[t];
            _total += square;
            fourth += square * square;
        }
        _excessKurtosis = Math.Max(0, _n * fourth / (_total * _total) - 3);
        double* energy = _energy.Ensure(PeriodMax + 1);
        for (int p = PeriodMin; p <= PeriodMax; p++)
        {
            energy[p] = Fold(p);
        }
        return _total > 0;
    }

    /// <summary>Energy that the phase means of a period explain; leaves the sums by phase in <see cref="Sums"/>.</summary>
    public double Fold(int p)
    {
        double* sums = _sums.Ensure(p), row = _values.Pointer;
        int cycles = _n / p, rest = _n % p, c = 0;
        new Span<double>(sums, p).Clear();
        for (; c <= cycles - 3; c += 3, row += 3 * p)
        {
            AddRows(sums, row, row + p, row + 2 * p, p);
        }
        for (; c < cycles; c++, row += p)
        {
            AddRow(sums, row, p);
        }
        AddRow(sums, row, rest);
        ReadOnlySpan<double> longer = new(sums, rest), shorter = new(sums + rest, p - rest);   // phases seen once more, and the others
        double full = _simd.Dot(longer, longer), part = _simd.Dot(shorter, shorter);
        return full / (cycles + 1) + part / cycles;
    }

    private static void AddRows(double* sums, double* a, double* b, double* c, int count)
    {
        int j = 0, width = Vector<double>.Count;
        for (; j <= count - width; j += width)
        {
            Vector.Store(Vector.Load(sums + j) + Vector.Load(a + j) + (Vector.Load(b + j) + Vector.Load(c + j)), sums + j);
        }
        for (; j < count; j++)
        {
            sums[j] += a[j] + (b[j] + c[j]);
        }
    }

    private static void AddRow(double* sums, double* row, int count)
    {
        int j = 0, width = Vector<double>.Count;
        for (; j <= count - width; j += width)
        {
            Vector.Store(Vector.Load(sums + j) + Vector.Load(row + j), sums + j);
        }
        for (; j < count; j++)
        {
            sums[j] += row[j];
        }
    }

    /// <summary>
    /// Normal score of the variance that the phase means of period p explain beyond those of a period it is a multiple of; 1 = beyond the mean. Fisher's
    /// transform of the likelihood ratio with Bartlett's correction: it does not saturate, so the season outdoes its multiples.
    /// </summary>
    public double Score(int p, int within = 1)
    {
        double* energy = _energy.Pointer;
        int freedom = p - within;
        double left = within == 1 ? _total : _total - energy[within], unexplained = Math.Max(_total - energy[p], 1e-12 * _total);
        double deviance = (_n - within - freedom / 2.0) * Math.Log(Math.Max(1, left / unexplained));
        double heavyTails = Math.Sqrt(1 + _excessKurtosis * p / (2.0 * _n));   // few values a phase: their fourth moment counts
        return (Math.Sqrt(2 * deviance) - Math.Sqrt(2 * freedom - 1)) / heavyTails;
    }

    /// <summary>Period with the highest score.</summary>
    public int Strongest()
    {
        int best = PeriodMin;
        double highest = double.NegativeInfinity;
        for (int p = PeriodMin; p <= PeriodMax; p++)
        {
            double score = Score(p);
            if (score > highest)
            {
                (best, highest) = (p, score);
            }
        }
        return best;
    }

    /// <summary>Correlation of neighbours in what the phase means of a period leave of the series, which loses them.</summary>
    public double CorrelationWithout(int p)
    {
        RemoveMeans(p);
        double* u = _values.Pointer;
        double product = 0, square = u[0] * u[0];
        for (int t = 1; t < _n; t++)
        {
            product += u[t] * u[t - 1];
            square += u[t] * u[t];
        }
        return square > 0 ? product / square : 0;
    }

    /// <summary>
    /// Student's t of how much each cycle resembles the mean of the others. Coloured noise that happens to gather at a period does not repeat itself in it.
    /// </summary>
    public double Repetition(int p)
    {
        double* u = _values.Pointer, sums = _sums.Ensure(p);
        int cycles = _n / p;
        for (int j = 0; j < p; j++)
        {
            sums[j] = 0;
            for (int c = 0; c < cycles; c++)
            {
                sums[j] += u[c * p + j];
            }
        }
        double sum = 0, squares = 0;
        for (int c = 0; c < cycles; c++)
        {
            double product = 0, others = 0;
            for (int j = 0; j < p; j++)
            {
                double value = u[c * p + j], rest = sums[j] - value;
                product += value * rest;
                others += rest * rest;
            }
            double likeness = others > 0 ? product / Math.Sqrt(others) : 0;
            sum += likeness;
            squares += likeness * likeness;
        }
        double variance = Math.Max((squares - sum * sum / cycles) / (cycles - 1), 1e-12 * squares / cycles);
        return variance > 0 ? sum / Math.Sqrt(cycles * variance) : 0;
    }

    /// <summary>Takes the phase means of a period out of the series.</summary>
    public void RemoveMeans(int p)
    {
        Fold(p);
        double* u = _values.Pointer, sums = _sums.Pointer;
        for (int t = 0; t < _n; t++)
        {
            int phase = t % p;
            u[t] -= sums[phase] / (_n / p + (phase < _n % p ? 1 : 0));
        }
    }
}
