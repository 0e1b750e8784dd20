using RanCognition.Cognition.Outlooks;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Learning;

/// <summary>What the core knows of itself: what its probabilities and intervals are worth, and how well it foretells what comes of its decisions.</summary>
/// <remarks>
/// A fold: completed records in the order of their ReportSequence give the same state again, to the bit. Opened and Changed keep counts only, in any order. A decision is learned from once, when its
/// outcome is final.
/// </remarks>
internal sealed class DecisionLearning : IIntervalScales
{
    private readonly ConfidenceCalibrator _calibrator = new();
    private readonly ReliabilityTable _reliability = new();
    private readonly OutcomeSkill _skill = new();
    private readonly DecisionCounts _counts = new();
    private ulong _compared;
    private double _regret;   // sum

    /// <summary>1 - error of the own predictions of outcomes / error of persistence; null before there is an outcome.</summary>
    public double? Skill => _skill.Skill;

    /// <summary>Share of observed values within p10..p90; null without any.</summary>
    public double? Coverage => _skill.Coverage;

    /// <summary>Mean over decisions with targets of the probability that these would have held without the actions, minus whether they held; null without any.</summary>
    public double? Regret => _compared > 0 ? _regret / _compared : null;

    /// <summary>By mode, result and kind, and TOTAL.</summary>
    public IReadOnlyList<KeyValuePair<string, ulong>> Decisions => _counts.Decisions;

    /// <summary>Decisions that a guard took something out of, by guard.</summary>
    public IReadOnlyList<KeyValuePair<string, ulong>> Vetoes => _counts.Vetoes;

    public CalibrationReport Calibration() => _reliability.Report();

    /// <summary>The confidence to report for a probability that all targets hold.</summary>
    /// <param name="raw">As the model has it, 0..1; NaN when it cannot be told.</param>
    /// <param name="mode">Who executes the decision.</param>
    /// <param name="acts">Whether it is about actions.</param>
    public double Calibrated(double raw, DecisionMode mode, bool acts) => _calibrator.Calibrated(raw, mode, acts);

    /// <summary>Factor on the distances of p10 and p90 from p50, as outcomes have taught; 1 without any.</summary>
    /// <param name="metricFamily">Name of a metric, or quotient, without managed object; with one it is taken off.</param>
    /// <param name="changed">Whether actions change it.</param>
    public double ScaleOf(string metricFamily, bool changed) => _skill.ScaleOf(metricFamily, changed);

    /// <summary>Counts a decision as it stands: a new one, or one of an earlier run with its result.</summary>
    public void Opened(DecisionRecord record) => _counts.Add(record);

    /// <summary>Counts a decision anew whose result has changed.</summary>
    /// <param name="before">As it was counted last.</param>
    /// <param name="after">As it stands.</param>
    public void Changed(DecisionRecord before, DecisionRecord after)
    {
        _counts.Remove(before);
        _counts.Add(after);
    }

    /// <summary>Learns from a decision whose outcome is known.</summary>
    /// <param name="record">With a larger ReportSequence than any before.</param>
    public void Learn(DecisionRecord record)
    {
        _skill.Learn(record);
        if (record.TargetsHeld is not { } held)
        {
            return;
        }
        _reliability.Add(record.Confidence, held);
        if (record.Targets.Count > 0)
        {
            _calibrator.Learn(record.RawConfidence, record.Confidence, record.Mode, record.Actions.Count > 0, held);
            _regret += record.NothingConfidence - (held ? 1 : 0);
            _compared++;
        }
    }
}
