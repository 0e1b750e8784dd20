using RanCognition.Contracts;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.Cognition.Learning;

/// <summary>How well the values of one family of metrics were foretold, and how wide its intervals must be.</summary>
/// <remarks>What decisions change is foretold worse than what they leave alone: each has its own width.</remarks>
internal sealed class FamilyRecord
{
    private const double ErrorMax = 1e150;

    private readonly IntervalWidth _leftAlone = new();
    private readonly IntervalWidth _changed = new();
    private ulong _errors;
    private double _ownError;
    private double _persistenceError;

    /// <summary>Values that lay within p10..p90 as it was given.</summary>
    public ulong Covered { get; private set; }

    /// <summary>Values that there were p10 and p90 of.</summary>
    public ulong WithInterval { get; private set; }

    /// <summary>Sum of the own errors in units of this family's typical error, the mean of the own ones and those of persistence.</summary>
    public double OwnShare => InTypicalErrors(_ownError);

    /// <summary>The same of "as it was before".</summary>
    public double PersistenceShare => InTypicalErrors(_persistenceError);

    /// <summary>Of the distances of p10 and p90 from p50.</summary>
    /// <param name="changed">Whether actions change the metric.</param>
    public double ScaleOf(bool changed) => Width(changed).Scale;

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
                Width(expected.IsChanged).Learn(new HalfWidths(below, above, 0).Score(middle, observed));
            }
        }
    }

    private IntervalWidth Width(bool changed) => changed ? _changed : _leftAlone;

    private double InTypicalErrors(double error)
    {
        double typical = (_ownError / 2 + _persistenceError / 2) / Math.Max(1, _errors);
        return typical > 0 ? error / typical : 0;
    }
}
