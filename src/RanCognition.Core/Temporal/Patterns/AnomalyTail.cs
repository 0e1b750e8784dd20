using RanCognition.Numerics;

namespace RanCognition.Temporal.Patterns;

/// <summary>Tail probability of a number against its own past: a Pareto tail beyond the running 60 % quantile.</summary>
internal struct AnomalyTail
{
    private const int WarmUp = 50;
    private const double TailShare = .4;
    private const double ShapeStart = .22;
    private const double ShapeMax = 3 * ShapeStart;
    private const double ShapeWeightStart = 1000;
    private const double ShapeWeightMax = ShapeWeightStart + 300;
    private const double RateMin = .0003;
    private const double Log10OfE = 0.43429448190325182765;

    // Keeps y / q finite when q has shrunk for millions of points.
    private const double RatioMax = 1e300;

    private static readonly double AtQuantile = -Math.Log10(TailShare);
    private static readonly double RaiseMin = RateMin * (1 - TailShare) / TailShare;
    private static readonly double RaiseMinFactor = Math.Exp(RaiseMin);
    private static readonly double LowerMinFactor = Math.Exp(RateMin * -TailShare / TailShare);

    private double[]? _warm;   // the first values; dropped once the quantile is known
    private double _quantile;
    private double _shape;
    private double _shapeWeight;
    private long _count;

    /// <summary>-log10 of the tail probability of y (0 or more, finite), then learns from it.</summary>
    public double Step(double y)
    {
        if (y == 0)
        {
            return 0;
        }
        if (_count < WarmUp)
        {
            Collect(y);
            return 0;
        }
        double log = 0, result;
        var above = y > _quantile;
        if (above)
        {
            log = Math.Log(Math.Min(y / _quantile, RatioMax));
            result = AtQuantile + log * Log10OfE / _shape;
        }
        else
        {
            result = AtQuantile * y / _quantile;
        }

        // The rate is constant after 1666 values, and so are the two factors.
        var rate = .5 / (_count + 1);
        var slow = rate <= RateMin;
        _count++;
        if (!above)
        {
            _quantile *= slow ? LowerMinFactor : Math.Exp(rate * -TailShare / TailShare);
            if (y > _quantile)
            {
                Learn(Math.Log(y / _quantile));
            }
            return result;
        }
        var raise = slow ? RaiseMin : rate * (1 - TailShare) / TailShare;
        _quantile *= slow ? RaiseMinFactor : Math.Exp(raise);
        if (y > _quantile)
        {
            Learn(log - raise);   // = ln(y / q) with the new q
        }
        return result;
    }

    private void Learn(double log)
    {
        _shapeWeight = Math.Min(_shapeWeight + 1, ShapeWeightMax);
        _shape += (Math.Min(log, ShapeMax) - _shape) / _shapeWeight;
    }

    private void Collect(double y)
    {
        _warm ??= new double[WarmUp];
        _warm[_count++] = y;
        if (_count == WarmUp)
        {
            NumberSort.Ascending(_warm);
            _quantile = _warm[(int)((1 - TailShare) * WarmUp)] + 1e-12;
            _shape = ShapeStart;
            _shapeWeight = ShapeWeightStart;
            _warm = null;
        }
    }
}
