using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>How far a prediction's interval reaches below and above its mean: the unit in which errors are scored and corrected intervals are made.</summary>
/// <remarks>
/// NaN = unbounded. A side of no width stays so up to scale 1; beyond, it grows by the other side's width a unit of scale, or by the typical error where that has none either: such an interval
/// can be too narrow too, and a multiple of nothing would never mend it.
/// </remarks>
/// <param name="lower">0 or more, or NaN.</param>
/// <param name="upper">0 or more, or NaN.</param>
/// <param name="typicalError">0 = not known.</param>
internal readonly ref struct HalfWidths(double lower, double upper, double typicalError)
{
    /// <summary>0, 1 or 2.</summary>
    public int BoundedSides => (double.IsNaN(lower) ? 0 : 1) + (double.IsNaN(upper) ? 0 : 1);

    /// <summary>The scale at which the interval just holds the outcome.</summary>
    public double Score(double mean, double observed)
    {
        double error = observed - mean, half = error < 0 ? lower : upper;
        if (error == 0 || double.IsNaN(half))
        {
            return 0;
        }
        double away = Math.Abs(error), unit = Unit(error < 0 ? upper : lower);
        return half > 0 ? away / half : unit > 0 ? 1 + away / unit : ScoreWindow.ScoreMax;
    }

    /// <summary>Distance of the lower bound at a scale; NaN = unbounded.</summary>
    public double Below(double scale) => lower > 0 || double.IsNaN(lower) ? scale * lower : Math.Max(0, scale - 1) * Unit(upper);

    /// <summary>Distance of the upper bound at a scale; NaN = unbounded.</summary>
    public double Above(double scale) => upper > 0 || double.IsNaN(upper) ? scale * upper : Math.Max(0, scale - 1) * Unit(lower);

    /// <summary>Variance of normal errors that such an interval holds with the coverage that belongs to a quantile; NaN = it has no bounds.</summary>
    public double Variance(double normalQuantile)
    {
        double width = double.IsNaN(lower) ? upper : double.IsNaN(upper) ? lower : (lower + upper) / 2, deviation = width / normalQuantile;
        return Math.Min(deviation, StrangeLoopLimits.ValueMax) * Math.Min(deviation, StrangeLoopLimits.ValueMax);
    }

    private double Unit(double otherHalf) => otherHalf > 0 ? otherHalf : typicalError;
}
