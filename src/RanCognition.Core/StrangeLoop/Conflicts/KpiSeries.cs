using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Samples of one metric of one cell in order of time, so kept that any window of them is summed up at once.</summary>
/// <remarks>
/// Values are scaled to about 1 by a power of two and turned so that high is better. Windows are put together from blocks of 2, 4, 8, .. samples, without cancellation. Plain prefix sums, with
/// bounds of their rounding, rule most windows out before.
/// </remarks>
internal sealed class KpiSeries
{
    /// <summary>Samples that each window needs.</summary>
    public const int SamplesMin = 5;

    /// <summary>A difference is significant below.</summary>
    public const double SignificantBelow = .001;

    private const double Epsilon = 2.3e-16;

    private readonly TimeGrid _grid;
    private readonly int _exponent;
    private readonly double _sign;
    private readonly double[] _values;
    private readonly double[][] _means;     // of blocks of 2, 4, ..
    private readonly double[][] _squares;
    private readonly double[] _sums;        // of the centred values before each place
    private readonly double[] _squareSums;
    private readonly double[] _inverses;    // 1 / count
    private readonly double _sumError;
    private readonly double _squareError;

    /// <param name="samples">Of one cell and metric, in order of time.</param>
    public KpiSeries(KpiSample[] samples)
    {
        Metric = samples[0].Metric;
        _sign = samples[0].LowIsBetter ? -1 : 1;
        int n = samples.Length;
        Times = new ulong[n];
        _values = new double[n];
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            Times[i] = samples[i].TimeNs;
            largest = Math.Max(largest, Math.Abs(samples[i].Value));
        }
        _exponent = largest > 0 ? Math.ILogB(largest) : 0;
        double centre = 0;
        for (int i = 0; i < n; i++)
        {
            _values[i] = _sign * Math.ScaleB(samples[i].Value, -_exponent);
            centre += _values[i] / n;
        }
        (_means, _squares) = Blocks(_values);
        _sums = new double[n + 1];
        _squareSums = new double[n + 1];
        double sizes = 0;
        for (int i = 0; i < n; i++)
        {
            double value = _values[i] - centre;
            _sums[i + 1] = _sums[i] + value;
            _squareSums[i + 1] = _squareSums[i] + value * value;
            sizes += Math.Abs(value);
        }
        _inverses = new double[n + 1];
        for (int count = 1; count <= n; count++)
        {
            _inverses[count] = 1.0 / count;
        }
        _grid = new TimeGrid(Times);
        _sumError = 4 * Epsilon * n * sizes;
        _squareError = 4 * Epsilon * n * _squareSums[n];
    }

    public string Metric { get; }

    /// <summary>Ascending.</summary>
    public ulong[] Times { get; }

    /// <summary>Samples before that time.</summary>
    public int CountBefore(ulong timeNs) => _grid.CountBefore(timeNs);

    /// <summary>Probability (the larger of two tests') that the KPI is no worse in [second, end) than in [0, first) and than in [first, second); 1 unless both tests are significant.</summary>
    /// <param name="first">Samples before the earlier command.</param>
    /// <param name="second">Samples before the later one.</param>
    /// <param name="end">Samples before the end of the first that ends.</param>
    public double PValue(int first, int second, int end)
        => first < SamplesMin || second - first < SamplesMin ? 1 : PValue(first, second, end, Bounds(0, first), Bounds(first, second));

    /// <summary>The same, when the bounds of [0, first) and [first, second), of enough samples each, are known already.</summary>
    public double PValue(int first, int second, int end, WindowBounds beforeBounds, WindowBounds earlierOnlyBounds)
    {
        if (end - second < SamplesMin)
        {
            return 1;
        }
        WindowBounds bounds = Bounds(second, end);
        if (!bounds.MayBeBelow(beforeBounds) || !bounds.MayBeBelow(earlierOnlyBounds))
        {
            return 1;
        }
        WindowStatistics both = Window(second, end);
        double before = WelchTest.Below(both, Window(0, first));
        if (!(before < SignificantBelow))
        {
            return 1;
        }
        double earlierOnly = WelchTest.Below(both, Window(first, second));
        return earlierOnly < SignificantBelow ? Math.Max(before, earlierOnly) : 1;
    }

    /// <summary>Of the samples from..to, 2 or more.</summary>
    public WindowBounds Bounds(int from, int to)
    {
        int count = to - from;
        double inverse = _inverses[count], mean = (_sums[to] - _sums[from]) * inverse, error = _sumError * inverse, largest = Math.Abs(mean) + error;
        double squares = _squareSums[to] - _squareSums[from] - count * largest * largest - _squareError;
        return new WindowBounds(mean, error, squares > 0 ? squares * inverse * _inverses[count - 1] : 0);
    }

    /// <summary>Mean of the samples from..to in the unit of the samples.</summary>
    public double Mean(int from, int to) => _sign * Math.ScaleB(Window(from, to).Mean, _exponent);

    /// <summary>Of the samples from..to, as they are kept.</summary>
    public WindowStatistics Window(int from, int to)
    {
        WindowStatistics left = default, right = default;
        for (int level = 0; from < to; level++)
        {
            if ((from & 1) != 0)
            {
                left = left.With(Block(level, from++));
            }
            if ((to & 1) != 0)
            {
                right = Block(level, --to).With(right);
            }
            from >>= 1;
            to >>= 1;
        }
        return left.With(right);
    }

    private WindowStatistics Block(int level, int place) => level == 0
        ? new WindowStatistics(1, _values[place], 0)
        : new WindowStatistics(1L << level, _means[level - 1][place], _squares[level - 1][place]);

    private static (double[][] Means, double[][] Squares) Blocks(double[] values)
    {
        int levels = 0;
        while (values.Length >> (levels + 1) > 0)
        {
            levels++;
        }
        double[][] means = new double[levels][], squares = new double[levels][];
        for (int level = 0; level < levels; level++)
        {
            int count = values.Length >> (level + 1);
            means[level] = new double[count];
            squares[level] = new double[count];
            for (int i = 0; i < count; i++)
            {
                WindowStatistics both = Below(2 * i).With(Below(2 * i + 1));
                means[level][i] = both.Mean;
                squares[level][i] = both.Squares;
            }

            WindowStatistics Below(int place) => level == 0
                ? new WindowStatistics(1, values[place], 0)
                : new WindowStatistics(1L << level, means[level - 1][place], squares[level - 1][place]);
        }
        return (means, squares);
    }
}
