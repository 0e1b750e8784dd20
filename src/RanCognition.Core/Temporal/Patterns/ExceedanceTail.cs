using RanCognition.Numerics;

namespace RanCognition.Temporal.Patterns;

/// <summary>How likely excursions beyond those usually seen are: a generalised Pareto tail of their peaks.</summary>
/// <remarks>
/// Peaks over threshold with runs declustering (Davison and Smith 1990): deviations above their 90 % quantile that lie within a few samples of each other are
/// one excursion, of which the peak counts. Fitted by probability-weighted moments (Hosking and Wallis 1987); the shape is kept within 0..0.5, so that a tail is
/// never taken to end.
/// </remarks>
internal readonly struct ExceedanceTail
{
    private const double TailShare = .1;
    private const int GapSamples = 3;         // that end an excursion
    private const int ExcursionsMin = 10;
    private const double ShapeErrors = .5;    // standard errors by which the shape is raised: events were left out of the fit
    private const double ShapeMin = 1e-3;
    private const double ShapeMax = .5;

    private readonly double _threshold;
    private readonly double _scale;
    private readonly double _shape;

    /// <param name="deviations">Magnitudes of usual deviations in order of time.</param>
    public ExceedanceTail(double[] deviations)
    {
        if (deviations.Length < ExcursionsMin)
        {
            return;   // not enough to say: nothing is unusual
        }
        double[] sorted = (double[])deviations.Clone();
        NumberSort.Ascending(sorted);
        _threshold = sorted[(int)((1 - TailShare) * (sorted.Length - 1))];
        double[] peaks = Peaks(deviations, _threshold);
        Excursions = peaks.Length;
        if (Excursions < ExcursionsMin)
        {
            return;
        }
        NumberSort.Ascending(peaks);
        double mean = 0, weighted = 0;
        for (int i = 0; i < Excursions; i++)
        {
            double excess = peaks[i] - _threshold;
            mean += excess / Excursions;
            weighted += excess * (Excursions - .65 - i) / ((double)Excursions * Excursions);   // 1 - plotting position (i + .65) / count
        }
        double shape = mean > 2 * weighted ? 2 - mean / (mean - 2 * weighted) : ShapeMax;
        _shape = Math.Clamp(shape + ShapeErrors / Math.Sqrt(Excursions), ShapeMin, ShapeMax);
        _scale = mean * (1 - _shape);
    }

    /// <summary>Usual excursions seen.</summary>
    public int Excursions { get; }

    /// <summary>Probability that the peak of a usual excursion is at least this large.</summary>
    public double Probability(double deviation)
    {
        if (!(_scale > 0))
        {
            return 1;
        }
        return deviation <= _threshold ? 1 : Math.Pow(1 + _shape * (deviation - _threshold) / _scale, -1 / _shape);
    }

    private static double[] Peaks(double[] deviations, double threshold)
    {
        List<double> peaks = [];
        int last = -GapSamples - 1;
        for (int t = 0; t < deviations.Length; t++)
        {
            if (!(deviations[t] > threshold))
            {
                continue;
            }
            if (t - last > GapSamples)
            {
                peaks.Add(deviations[t]);
            }
            else
            {
                peaks[^1] = Math.Max(peaks[^1], deviations[t]);
            }
            last = t;
        }
        return [.. peaks];
    }
}
