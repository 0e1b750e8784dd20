using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Forecasting;

/// <summary>
/// Distribution of the outcome at every lead of a forecast: the interval's machinery evaluated at 41 probabilities instead of two, with the same pooled backtest
/// errors, stretch factors and weights.
/// </summary>
/// <remarks>
/// At coverage 0.95 the quantiles are the ends of the interval. Between the probabilities of the grid the offset is linear in the normal score, past it
/// proportional to the score. With too short a history for a backtest the distribution is normal, with the fall-back interval's width. The values respect the
/// zero bound of the history; for whole-number series <see cref="Quantile"/> rounds inwards as the interval does, the other members round to the nearest.
/// Immutable, so threads may share it.
/// </remarks>
public sealed partial class PredictiveDistribution
{
    private const double LatticeSlack = 1e-9;
    private const double LargestFinite = 1.7e308;

    /// <summary>Coverages at which offsets are taken, each on both sides of the median.</summary>
    private static ReadOnlySpan<double> GridCoverages =>
        [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.965, 0.98, 0.99, 0.995, 0.9975, 0.999, 0.9995];

    private const int NominalPlace = 12;   // of 0.95 in the grid

    /// <summary>Beyond it a probability is 0 or 1 in double precision.</summary>
    private const double ScoreMax = 40;

    private readonly IntervalSource _source;
    private readonly double[] _centre, _mean;

    // Per lead, outcome = centre + sum over parts of spread[part][lead] * offset[part](z); offsets never fall with z.
    private readonly double[][] _spreads;
    private readonly double[][] _offsets;        // [part][41], at _scores
    private readonly double[] _scores;           // normal scores of the grid, from the lowest
    private readonly double[] _explained;
    private readonly double[] _sampling;         // offsets at equal steps of the score, for paths

    internal PredictiveDistribution(SimdOps simd, ForecastResult result)
    {
        _source = result.Source;
        Horizon = result.Horizon;
        _centre = _source.Centre ?? new double[Horizon];
        _mean = result.Mean;
        _scores = GridScores();
        _explained = new double[Horizon];
        IsKnown = result.HistoryUsed > 1;
        if (_source.HasErrors)
        {
            var backtest = new BacktestErrors(simd, result);
            _spreads = backtest.Spreads;
            _offsets = backtest.OffsetsAt(GridCoverages, NominalPlace);
            _explained = backtest.ExplainedVariance;
            LeadCorrelation = backtest.LeadCorrelation;
        }
        else
        {
            Array.Fill(_explained, double.NaN);
            _offsets = [(double[])_scores.Clone()];
            _spreads = [FallbackDeviations()];
            LeadCorrelation = FallbackLeadCorrelation;
        }
        _sampling = SamplingTable();
    }

    public int Horizon { get; }

    /// <summary>False when nothing is known of the spread, with fewer than two points: probabilities are NaN then.</summary>
    public bool IsKnown { get; }

    /// <summary>Value that the outcome at a lead (from 0) stays at or below with probability p, 0 &lt; p &lt; 1. Never falls with p.</summary>
    public double Quantile(int lead, double p)
    {
        if (!(p > 0 && p < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p));
        }
        double z = NormalQuantiles.Quantile(p), value = CentredValue(lead, z);
        if (_source.IsLattice)
        {
            value = z < 0 ? Math.Ceiling(value - LatticeSlack) : Math.Floor(value + LatticeSlack);
        }
        if (_source.IsNonNegative)
        {
            value = Math.Max(value, 0);
        }
        double mean = _mean[lead];
        value = ToUnits(value);
        return z < 0 ? Math.Min(value, mean) : z > 0 ? Math.Max(value, mean) : mean;
    }

    /// <summary>Probability that the outcome at a lead is at most x; NaN when <see cref="IsKnown"/> is false.</summary>
    public double Cdf(int lead, double x) => Below(lead, x, inclusive: true);

    /// <summary>Probability that the outcome at a lead lies in [center - tolerance, center + tolerance]; NaN when <see cref="IsKnown"/> is false.</summary>
    public double ProbabilityWithin(int lead, double center, double tolerance) =>
        tolerance < 0 ? 0 : Math.Max(0, Below(lead, center + tolerance, inclusive: true) - Below(lead, center - tolerance, inclusive: false));

    /// <summary>Share of the outcome's variance that the forecast explains at a lead, from the backtest: 0..1, never rising with the lead; NaN without a backtest.</summary>
    public double ExplainedVariance(int lead) => _explained[lead];

    /// <summary>Interval end before the last rules and in scaled units, at a normal score.</summary>
    internal double CentredValue(int lead, double z)
    {
        double value = _centre[lead];
        (int place, double share) = Locate(z);
        for (int part = 0; part < _offsets.Length; part++)
        {
            value += _spreads[part][lead] * OffsetAt(_offsets[part], place, share, z);
        }
        return value;
    }

    /// <summary>P(outcome &lt;= x), or P(outcome &lt; x) where the outcome can be exactly x.</summary>
    private double Below(int lead, double x, bool inclusive)
    {
        double mean = _mean[lead];
        if (!IsKnown || double.IsNaN(x))
        {
            return double.NaN;
        }
        double target = x / _source.Scale, edge = x;
        if (_source.IsLattice)
        {
            target = inclusive ? Math.Floor(target) : Math.Ceiling(target) - 1;   // the largest whole number that counts
            edge = ToUnits(target);
            inclusive = true;
            if (_source.IsNonNegative && target < 0)
            {
                return 0;
            }
            target += 0.5;
        }
        else if (_source.IsNonNegative && (inclusive ? target < 0 : target <= 0))
        {
            return 0;
        }
        double p = NormalQuantiles.Cdf(ScoreOf(lead, target, inclusive));
        return (inclusive ? edge < mean : edge <= mean) ? Math.Min(p, 0.5) : Math.Max(p, 0.5);   // half of the outcomes lie on each side of the forecast
    }

    /// <summary>Score at which the value of a lead passes x, or reaches it; the values are piecewise linear in the score.</summary>
    private double ScoreOf(int lead, double x, bool passes)
    {
        int low = -1, high = _scores.Length;   // the value at low is not past x, that at high is
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            double value = GridValue(lead, middle);
            (low, high) = value < x || (passes && value == x) ? (middle, high) : (low, middle);
        }
        if (low < 0 || high == _scores.Length)
        {
            int end = low < 0 ? 0 : high - 1;
            double reach = GridValue(lead, end) - _centre[lead];   // past the grid the offset is proportional to the score
            return reach == 0 ? (low < 0 ? -ScoreMax : ScoreMax) : Math.Clamp((x - _centre[lead]) / reach * _scores[end], -ScoreMax, ScoreMax);
        }
        double from = GridValue(lead, low), to = GridValue(lead, high);
        return _scores[low] + (_scores[high] - _scores[low]) * (x - from) / (to - from);
    }

    private double GridValue(int lead, int place)
    {
        double value = _centre[lead];
        for (int part = 0; part < _offsets.Length; part++)
        {
            value += _spreads[part][lead] * _offsets[part][place];
        }
        return value;
    }

    /// <summary>Grid interval of a score and the place in it; past the grid place is -1 or the last.</summary>
    private (int Place, double Share) Locate(double z)
    {
        int last = _scores.Length - 1;
        if (z <= _scores[0] || z >= _scores[last])
        {
            return (z <= _scores[0] ? -1 : last, 0);
        }
        int place = Array.BinarySearch(_scores, z);
        place = place >= 0 ? place : ~place - 1;
        return (place, (z - _scores[place]) / (_scores[place + 1] - _scores[place]));
    }

    private double OffsetAt(double[] offsets, int place, double share, double z)
    {
        int last = _scores.Length - 1;
        return place < 0 ? offsets[0] * (z / _scores[0])
            : place == last ? offsets[last] * (z / _scores[last])
            : share == 0 ? offsets[place] : offsets[place] + share * (offsets[place + 1] - offsets[place]);
    }

    /// <summary>Standard deviations of the fall-back interval.</summary>
    private double[] FallbackDeviations()
    {
        var deviations = new double[Horizon];
        double first = _source.FallbackHalfWidth / -NormalQuantiles.Quantile((1 - CoverageRule.Nominal) / 2);
        for (int j = 0; j < Horizon; j++)
        {
            deviations[j] = first * Math.Sqrt(j / _source.FallbackPeriod + 1.0);
        }
        return deviations;
    }

    private static double[] GridScores()
    {
        int side = GridCoverages.Length;
        var scores = new double[2 * side + 1];
        for (int i = 0; i < side; i++)
        {
            double z = -NormalQuantiles.Quantile((1 - GridCoverages[i]) / 2);
            scores[side + 1 + i] = z;
            scores[side - 1 - i] = -z;
        }
        return scores;
    }

    private double ToUnits(double value) => _source.Scale == 1 ? value : Math.Clamp(value * _source.Scale, -LargestFinite, LargestFinite);
}
