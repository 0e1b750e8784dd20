using RanCognition.Numerics;

namespace RanCognition.Memory.Learning;

/// <summary>Where the values of a metric lie and how far they spread, whatever single values do.</summary>
/// <param name="Median">0 where nothing is known.</param>
/// <param name="Scale">What counts as one difference: finite, more than 0. For normal values it is their standard deviation.</param>
internal readonly record struct RobustScale(double Median, double Scale)
{
    private const double MadToDeviation = 1.4826022185056018;
    private const double QuartilesToDeviation = 1.3489795003921634;

    /// <summary>Metrics are compared as 32-bit floats: a spread of less than this part of the level is rounding.</summary>
    private const double PartOfLevelLeast = 1.0 / (1 << 20);

    /// <summary>Part of the level that counts as one difference while all values seen are the same.</summary>
    private const double PartOfLevelConstant = 0.1;

    /// <summary>Values that fit a 32-bit float stay finite when divided by it.</summary>
    private const double ScaleLeast = 1e-30;

    public static RobustScale Unknown { get; } = new(0, 1);

    /// <summary>
    /// Scale = 1.4826 * median absolute deviation; where that is 0 (more than half of the values are the same) the interquartile range / 1.349; where that is 0 the standard deviation; where all
    /// are the same a tenth of their size, in whatever unit; where all are 0 it is 1.
    /// </summary>
    /// <param name="values">NaN and infinite ones do not count.</param>
    public static RobustScale Of(ReadOnlySpan<float> values)
    {
        double[] copy = new double[values.Length];
        int count = 0;
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                copy[count++] = value;
            }
        }
        return OfFinite(copy.AsSpan(0, count));
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{float})"/>
    public static RobustScale Of(ReadOnlySpan<double> values)
    {
        double[] copy = new double[values.Length];
        int count = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                copy[count++] = value;
            }
        }
        return OfFinite(copy.AsSpan(0, count));
    }

    private static RobustScale OfFinite(Span<double> values)
    {
        if (values.IsEmpty)
        {
            return Unknown;
        }
        NumberSort.Ascending(values);
        double median = QuantileOfSorted(values, 0.5);
        double lower = QuantileOfSorted(values, 0.25), upper = QuantileOfSorted(values, 0.75);
        double quartiles = upper / QuartilesToDeviation - lower / QuartilesToDeviation;
        double deviation = DeviationOfSorted(values);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Abs(values[i] - median);
        }
        NumberSort.Ascending(values);
        double scale = MadToDeviation * QuantileOfSorted(values, 0.5);
        scale = scale > 0 ? scale : quartiles > 0 ? quartiles : deviation;
        if (!(scale > 0))
        {
            scale = median == 0 ? 1 : PartOfLevelConstant * Math.Abs(median);
        }
        return new RobustScale(median, Math.Min(Math.Max(scale, Math.Max(PartOfLevelLeast * Math.Abs(median), ScaleLeast)), double.MaxValue));
    }

    /// <summary>Quantile by linear interpolation (Hyndman and Fan's type 7, that of most tools).</summary>
    internal static double QuantileOfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        double place = (sorted.Length - 1) * probability;
        int below = (int)place;
        double part = place - below;
        return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[below + 1] * part;
    }

    // Relative to the largest size, so that squares stay in range.
    private static double DeviationOfSorted(ReadOnlySpan<double> sorted)
    {
        double size = Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1])), mean = 0, squares = 0;
        if (sorted[0] == sorted[^1])
        {
            return 0;
        }
        foreach (double value in sorted)
        {
            mean += value / size / sorted.Length;
        }
        foreach (double value in sorted)
        {
            double off = value / size - mean;
            squares += off * off;
        }
        return size * Math.Sqrt(squares / (sorted.Length - 1));
    }
}
