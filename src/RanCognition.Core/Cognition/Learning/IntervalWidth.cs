using RanCognition.Numerics;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.Cognition.Learning;

/// <summary>How wide intervals must be to hold four outcomes of five.</summary>
/// <remarks>
/// Adaptive conformal inference (Gibbs and Candès, "Adaptive conformal inference under distribution shift", NeurIPS 2021), with the record of coverage and the scores of the strange loop's model of
/// itself. A miss is one of the interval as it would be made now, not as it was when the decision was made: outcomes that come late, many together, do not drive the level to its end.
/// </remarks>
internal sealed class IntervalWidth
{
    private const double Coverage = 0.8;   // of p10..p90
    private const double Step = 0.02;
    private const int Window = 64;
    private const double ScaleMin = 1.0 / 16;
    private const double ScaleMax = 16;
    private const double WidestShare = 0.999;   // of the scores, where the level asks for an interval without end

    private static readonly double NormalQuantile = NormalQuantiles.Quantile((1 + Coverage) / 2);

    private readonly CoverageRecord _coverage = new(Coverage);
    private readonly ScoreWindow _scores = new(Window);

    /// <summary>Of the distances of p10 and p90 from p50.</summary>
    public double Scale { get; private set; } = 1;

    /// <param name="score">Distance of what was observed from p50, in units of the interval's side without a scale.</param>
    public void Learn(double score)
    {
        // Of an interval without end, which a level of 0 or less asks for, nothing is outside, and of an empty one everything: only so does the coverage follow for any outcomes.
        double level = _coverage.Miscoverage;
        _coverage.Learn(level <= 0 || (level < 1 && score <= Scale), Step);
        _scores.Add(score);
        level = _coverage.Miscoverage;
        Scale = level >= 1 ? ScaleMin : Math.Clamp(_scores.Quantile(Math.Min(1 - level, WidestShare), NormalQuantile), ScaleMin, ScaleMax);
    }
}
