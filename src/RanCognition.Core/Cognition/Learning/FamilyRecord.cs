using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.Cognition.Learning;

/// <summary>How well the values of one family of metrics were foretold, and how wide its intervals must be.</summary>
/// <remarks>
/// Adaptive conformal inference (Gibbs and Candès, "Adaptive conformal inference under distribution shift", NeurIPS 2021), with the record of coverage and the scores of the strange loop's model of
/// itself. A miss is one of the interval as it would be made now, not as it was when the decision was made: outcomes that come late, many together, do not drive the level to its end.
/// </remarks>
internal sealed class FamilyRecord
{
    private const double Coverage = 0.8;   // of p10..p90
    private const double Step = 0.02;
    private const int Window = 64;
    private const double ScaleMin = 1.0 / 16;
    private const double ScaleMax = 16;
    private const double WidestShare = 0.999;   // of the scores, where the level asks for an interval without end
    private const double ErrorMax = 1e150;

    private static readonly double NormalQuantile = NormalQuantiles.Quantile((1 + Coverage) / 2);

    private readonly CoverageRecord _coverage = new(Coverage);
    private readonly ScoreWindow _scores = new(Window);
    private ulong _errors;
    private double _ownError;
    private double _persistenceError;

    /// <summary>Values that lay within p10..p90 as it was given.</summary>
    public ulong Covered { get; private set; }

    /// <summary>Values that there were p10 and p90 of.</summary>
    public ulong WithInterval { get; private set; }

    /// <summary>Of the distances of p10 and p90 from p50.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>Sum of the own errors in units of this family's typical error, the mean of the own ones and those of persistence.</summary>
    public double OwnShare => InTypicalErrors(_ownError);

    /// <summary>The same of "as it was before".</summary>
    public double PersistenceShare => InTypicalErrors(_persistenceError);

    /// <param name="expected">What was foretold.</param>
    /// <param name="before">Value before the decision; NaN when it is not known.</param>
    /// <param name="observed">Finite.</param>
    public void Learn(MetricExpectation expected, double before, double observed)
    {
        double middle = expected.P50 ?? double.NaN;
        if (double.IsFinite(middle) && double.IsFinite(before))
        {
            _ownError += Math.Min(ErrorMax, Math.Abs(middle - observed));
            _persistenceError += Math.Min(ErrorMax, Math.Abs(before - observed));
            _errors++;
        }
        if (expected.P10 is { } low && expected.P90 is { } high && low <= high)
        {
            WithInterval++;
            Covered += observed >= low && observed <= high ? 1UL : 0;
            double below = (middle - low) / expected.Scale, above = (high - middle) / expected.Scale;
            if (below >= 0 && above >= 0 && below + above > 0 && double.IsFinite(below + above))
            {
                LearnWidth(new HalfWidths(below, above, 0).Score(middle, observed));
            }
        }
    }

    private void LearnWidth(double score)
    {
        // Of an interval without end, which a level of 0 or less asks for, nothing is outside, and of an empty one everything: only so does the coverage follow for any outcomes.
        double level = _coverage.Miscoverage;
        _coverage.Learn(level <= 0 || (level < 1 && score <= Scale), Step);
        _scores.Add(score);
        level = _coverage.Miscoverage;
        Scale = level >= 1 ? ScaleMin : Math.Clamp(_scores.Quantile(Math.Min(1 - level, WidestShare), NormalQuantile), ScaleMin, ScaleMax);
    }

    private double InTypicalErrors(double error)
    {
        double typical = (_ownError / 2 + _persistenceError / 2) / Math.Max(1, _errors);
        return typical > 0 ? error / typical : 0;
    }
}
