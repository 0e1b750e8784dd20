namespace RanCognition.Temporal.Patterns;

/// <summary>Residual against the baseline in one domain (square roots or logarithms) and its slowly learnt scales.</summary>
internal struct AnomalyDomain
{
    private const double FloorShare = .1;      // of the usual distance from the level: a lower bound of the scale
    private const double DaySpread = .4;       // weight of the spread between days in the squared scale
    private const double MeanToDeviation = 1.57;   // (standard deviation / mean absolute value)^2 of a normal

    private double _scale;       // mean |residual|
    private double _stepScale;   // mean |one-step residual|
    private double _level;       // mean distance of a value from the running level
    private double _offset;      // follows a lasting shift in about a day
    private double _last;        // residual before
    private double _power;       // lag 0 and lag 1 of the residual's autocovariance
    private double _product;

    /// <summary>Scale by which the last residual was divided.</summary>
    public double Spread { get; private set; }

    /// <summary>Residual and one-step residual in units of their scales; learns afterwards.</summary>
    /// <param name="at">The transformed value, baseline median, lower and upper quartile, and running level.</param>
    /// <param name="floor">Least scale, relative to the level.</param>
    /// <param name="rate">Learning rate of the scales.</param>
    /// <param name="free">A huge number while nothing may be clipped, else 0.</param>
    /// <param name="offsetRate">Learning rate of the offset; 0 without a baseline.</param>
    public (double Residual, double OneStep) Step(in AnomalyLandmarks at, double floor, double rate, double free, double offsetRate)
    {
        var residual = at.Value - at.Median - _offset;
        var days = (at.Upper - at.Lower) / 1.35;
        var correlation = Math.Min(Math.Max(_product / (_power + 1e-300), 0), .95);
        var oneStep = residual - correlation * _last;
        var least = FloorShare * FloorShare * _level * _level + floor * floor;
        var tiny = 1e-9 * Math.Abs(at.Value) + 1e-12;
        Spread = Math.Sqrt((1 - DaySpread) * MeanToDeviation * _scale * _scale + DaySpread * days * days + least) + tiny;
        var result = (residual / Spread, oneStep / (Math.Sqrt(MeanToDeviation * _stepScale * _stepScale + least) + tiny));

        _scale = Follow(_scale, Math.Abs(residual), rate, free);
        _stepScale = Follow(_stepScale, Math.Abs(oneStep), rate, free);
        _level = Follow(_level, Math.Abs(at.Value - at.Level), rate, free);
        var bound = Math.Max(free, 3.75 * _scale);
        var clipped = Math.Clamp(residual, -bound, bound);
        _offset += offsetRate * clipped;
        _power += rate * (clipped * clipped - _power);
        _product += rate * (clipped * Math.Clamp(_last, -bound, bound) - _product);
        _last = residual;
        return result;
    }

    private static double Follow(double mean, double value, double rate, double free)
        => mean + rate * (Math.Min(value, Math.Max(free, 4 * mean)) - mean);
}
