namespace RanCognition.Temporal.Patterns;

/// <summary>How likely deviations beyond those usually seen are: a generalised Pareto tail fitted to the largest tenth.</summary>
/// <remarks>
/// Probability-weighted moments (Hosking and Wallis 1987); the shape is kept within 0..0.5: a tail is never taken to end.
/// </remarks>
internal readonly struct ExceedanceTail
{
    private const double TailShare = .1;
    private const int ExceedancesMin = 10;
    private const double ShapeErrors = 1;     // standard errors by which the shape is raised: events were left out of the fit
    private const double ShapeMin = 1e-3;
    private const double ShapeMax = .5;

    private readonly double _threshold;
    private readonly double _scale;
    private readonly double _shape;

    /// <param name="deviations">Magnitudes of usual deviations; reordered.</param>
    public ExceedanceTail(Span<double> deviations)
    {
        deviations.Sort();
        int count = (int)(TailShare * deviations.Length);
        if (count < ExceedancesMin)
        {
            return;   // not enough to say: nothing is unusual
        }
        ReadOnlySpan<double> top = deviations[^count..];
        _threshold = deviations[^(count + 1)];
        double mean = 0, weighted = 0;
        for (int i = 0; i < count; i++)
        {
            double excess = top[i] - _threshold;
            mean += excess / count;
            weighted += excess * (count - .65 - i) / ((double)count * count);   // 1 - plotting position (i + .65) / count
        }
        double shape = mean > 2 * weighted ? 2 - mean / (mean - 2 * weighted) : ShapeMax;
        _shape = Math.Clamp(shape + ShapeErrors / Math.Sqrt(count), ShapeMin, ShapeMax);
        _scale = mean * (1 - _shape);
    }

    /// <summary>Probability that a usual deviation is at least this large.</summary>
    public double Probability(double deviation)
    {
        if (!(_scale > 0))
        {
            return 1;
        }
        return deviation <= _threshold ? 1 : TailShare * Math.Pow(1 + _shape * (deviation - _threshold) / _scale, -1 / _shape);
    }
}
