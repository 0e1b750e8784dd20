using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Forecasting;

/// <summary>What the backtest of a forecast says of its errors: spread by lead, quantiles, variance explained, correlation over leads.</summary>
internal sealed unsafe class BacktestErrors
{
    /// <summary>Half width of the moving mean over leads for the explained variance, in horizons.</summary>
    private const double SmoothingSpan = 0.1;
    private const double LeadCorrelationMax = 0.999;
    private const double Rounding = 1e-24;   // of squares: less than this of the level is no variation
    private const double ErrorClip = 3;   // one wild error must not set the correlation

    private readonly IntervalModel _model;
    private readonly int _known, _horizon, _rolling;

    public BacktestErrors(SimdOps simd, ForecastResult result)
    {
        _model = new IntervalModel(simd);
        var source = result.Source;
        _horizon = result.Horizon;
        _rolling = result.Origins.Length;
        _known = source.KnownErrors;
        int total = _rolling * _horizon;
        ScratchBuffer forecasts = new(), actuals = new();
        double* c = forecasts.Ensure(total), y = actuals.Ensure(total);
        for (int i = 0; i < total; i++)
        {
            c[i] = result.Backtest[i] / source.Scale;
            y[i] = result.BacktestActuals[i] / source.Scale;
        }
        _model.Fit(c, y, _rolling, _horizon, _known, source.Reference, source.IsNonNegative);

        Spreads = new double[_model.GammaCount][];
        int heaviest = 0;
        for (int g = 0; g < _model.GammaCount; g++)
        {
            Spreads[g] = new double[_horizon];
            for (int j = 0; j < _horizon; j++)
            {
                Spreads[g][j] = _model.Spread(g, j, source.Centre![j]) * _model.Weights[g];
            }
            heaviest = _model.Weights[g] > _model.Weights[heaviest] ? g : heaviest;
        }
        LeadCorrelation = CorrelateLeads(_model.StandardErrors(heaviest));
        ExplainedVariance = Explain(c, y);
        GC.KeepAlive(forecasts);
        GC.KeepAlive(actuals);
    }

    /// <summary>Weighted spread of one standardised error, [gamma][lead].</summary>
    public double[][] Spreads { get; }

    public double LeadCorrelation { get; }

    public double[] ExplainedVariance { get; }

    /// <summary>
    /// Offsets in standardised errors, [gamma][2 * levels + 1], from the lowest quantile up. They are taken as the interval takes them and made monotone outwards
    /// and inwards from the nominal coverage, whose own offsets stay as they are.
    /// </summary>
    public double[][] OffsetsAt(ReadOnlySpan<double> coverages, int nominal)
    {
        int side = coverages.Length;
        var offsets = new double[_model.GammaCount][];
        for (int g = 0; g < offsets.Length; g++)
        {
            double[] sorted = new double[_known], absolute = new double[_known];
            int count = 0;
            foreach (double z in _model.StandardErrors(g))
            {
                if (!double.IsNaN(z))
                {
                    sorted[count++] = z;
                }
            }
            NumberSort.Ascending(sorted);
            MergeMagnitudes(sorted, absolute);
            double[] own = offsets[g] = new double[2 * side + 1];   // the median's offset is 0
            for (int i = 0; i < side; i++)
            {
                (own[side - 1 - i], own[side + 1 + i]) = IntervalModel.Offsets(new CoverageRule(coverages[i]), sorted, absolute);
            }
            for (int i = nominal + 1; i < side; i++)
            {
                own[side + 1 + i] = Math.Max(own[side + 1 + i], own[side + i]);
                own[side - 1 - i] = Math.Min(own[side - 1 - i], own[side - i]);
            }
            for (int i = nominal - 1; i >= 0; i--)
            {
                own[side + 1 + i] = Math.Max(0, Math.Min(own[side + 1 + i], own[side + 2 + i]));
                own[side - 1 - i] = Math.Min(0, Math.Max(own[side - 1 - i], own[side - 2 - i]));
            }
        }
        return offsets;
    }

    /// <summary>Magnitudes of ascending values, ascending: from where the sign changes, the nearer to 0 of both sides comes next.</summary>
    private static void MergeMagnitudes(double[] ascending, double[] magnitudes)
    {
        int up = 0;
        while (up < ascending.Length && ascending[up] < 0)
        {
            up++;
        }
        int down = up - 1;
        for (int i = 0; i < magnitudes.Length; i++)
        {
            bool fromBelow = down >= 0 && (up == ascending.Length || -ascending[down] < ascending[up]);
            magnitudes[i] = fromBelow ? -ascending[down--] : ascending[up++];
        }
    }

    private double CorrelateLeads(ReadOnlySpan<double> z)
    {
        double product = 0, first = 0, second = 0;
        for (int k = 0; k < _rolling; k++)
        {
            for (int j = 1; j < _horizon; j++)
            {
                double a = Math.Clamp(z[k * _horizon + j - 1], -ErrorClip, ErrorClip), b = Math.Clamp(z[k * _horizon + j], -ErrorClip, ErrorClip);
                if (!double.IsNaN(a) && !double.IsNaN(b))
                {
                    product += a * b;
                    first += a * a;
                    second += b * b;
                }
            }
        }
        double scale = Math.Sqrt(first * second);
        return scale > 0 ? Math.Clamp(product / scale, 0, LeadCorrelationMax) : 0;
    }

    /// <summary>1 - squared error / squared deviation from the mean outcome, each smoothed over leads; made non-increasing by pooling neighbours.</summary>
    private double[] Explain(double* c, double* y)
    {
        int h = _horizon, half = Math.Max(1, (int)(SmoothingSpan * h));
        double mean = 0;
        for (int i = 0; i < _rolling * h; i++)
        {
            mean += double.IsNaN(y[i]) ? 0 : y[i] / _known;
        }
        double[] errors = new double[h + 1], deviations = new double[h + 1];   // running sums: these are shares, cancellation does no harm
        for (int j = 0; j < h; j++)
        {
            errors[j + 1] = errors[j];
            deviations[j + 1] = deviations[j];
            for (int k = 0; k < _rolling; k++)
            {
                double actual = y[k * h + j];
                if (!double.IsNaN(actual))
                {
                    errors[j + 1] += (actual - c[k * h + j]) * (actual - c[k * h + j]);
                    deviations[j + 1] += (actual - mean) * (actual - mean);
                }
            }
        }
        var explained = new double[h];
        for (int j = 0; j < h; j++)
        {
            int from = Math.Max(0, j - half), to = Math.Min(h, j + half + 1);
            double error = errors[to] - errors[from], deviation = deviations[to] - deviations[from];
            explained[j] = deviation > Rounding * mean * mean * (to - from) * _rolling ? Math.Clamp(1 - error / deviation, 0, 1) : 0;
        }
        MakeNonIncreasing(explained);
        return explained;
    }

    /// <summary>Least-squares non-increasing fit by pool adjacent violators (Ayer et al. 1955).</summary>
    private static void MakeNonIncreasing(double[] values)
    {
        int[] sizes = new int[values.Length];
        double[] means = new double[values.Length];
        int blocks = 0;
        foreach (double value in values)
        {
            means[blocks] = value;
            sizes[blocks++] = 1;
            while (blocks > 1 && means[blocks - 1] > means[blocks - 2])
            {
                blocks--;
                int size = sizes[blocks - 1] + sizes[blocks];
                means[blocks - 1] += (means[blocks] - means[blocks - 1]) * sizes[blocks] / size;
                sizes[blocks - 1] = size;
            }
        }
        for (int b = 0, at = 0; b < blocks; b++)
        {
            Array.Fill(values, means[b], at, sizes[b]);
            at += sizes[b];
        }
    }
}
