using System.Globalization;
using RanCognition.Cognition.Targets;
using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Deciding;

/// <summary>Holds an outcome against what was decided.</summary>
internal static class OutcomeJudge
{
    /// <summary>A prediction without spread is taken to have this share of its size.</summary>
    private const double LeastSpreadShare = 1e-9;

    public static OutcomeJudgement Judge(DecisionRecord record, DecisionOutcome outcome, ulong timeNs)
    {
        if (record.ReportSequence > 0)
        {
            OutcomeVerdict earlier = record.Status switch
            {
                DecisionStatus.Kept => OutcomeVerdict.Kept,
                DecisionStatus.RollBackAdvised => OutcomeVerdict.RollBack,
                _ => Verdict(record, record.ReportedNs ?? timeNs, Named(record.Observed)).Verdict,   // rolled back since then
            };
            return new OutcomeJudgement { Record = record, Verdict = earlier, Reason = "its outcome was reported before; nothing is learned twice", Surprise = Surprise(record, record.Observed) };
        }
        bool executed = record.Mode != DecisionMode.Shadow && record.Actions.Count > 0 && outcome.Executed != false;
        DecisionRecord told = record with { Executed = executed };
        ulong passedNs = timeNs > record.TimeNs ? timeNs - record.TimeNs : 0;
        if (passedNs < record.ObserveNs)
        {
            return new OutcomeJudgement
            {
                Record = told,
                Verdict = OutcomeVerdict.Watching,
                Reason = string.Create(CultureInfo.InvariantCulture, $"{passedNs} ns after the decision; it is judged after {record.ObserveNs} ns"),
            };
        }
        Dictionary<string, double> observed = Named(outcome.Observed);
        (OutcomeVerdict verdict, string reason) = Verdict(told, timeNs, observed);
        if (record.Status == DecisionStatus.RolledBack)
        {
            return new OutcomeJudgement { Record = told, Verdict = verdict, Reason = reason + "; the decision was rolled back before, and nothing is learned", Surprise = Surprise(record, outcome.Observed) };
        }
        return new OutcomeJudgement
        {
            IsFinal = true,
            Verdict = verdict,
            Reason = reason,
            Surprise = Surprise(record, outcome.Observed),
            Record = told with
            {
                Status = verdict == OutcomeVerdict.RollBack ? DecisionStatus.RollBackAdvised : DecisionStatus.Kept,
                ReportedNs = timeNs,
                Observed = outcome.Observed,
                TargetsHeld = TargetSet.OfExpressions(record.Targets, record.TimeNs).AllHold(observed, timeNs, Before(record)),
            },
        };
    }

    private static Dictionary<string, double> Before(DecisionRecord record) => new(record.Before, StringComparer.Ordinal);

    /// <summary>With what is told under the name of an intent's target.</summary>
    private static Dictionary<string, double> Named(IReadOnlyList<KeyValuePair<string, double>> told)
    {
        Dictionary<string, double> observed = new(told, StringComparer.Ordinal);
        foreach ((string name, double value) in told)
        {
            observed.TryAdd(IntentTargets.MetricOf(name), value);
        }
        return observed;
    }

    private static (OutcomeVerdict Verdict, string Reason) Verdict(DecisionRecord record, ulong timeNs, Dictionary<string, double> observed)
    {
        if (record.Actions.Count == 0)
        {
            return (OutcomeVerdict.Kept, "nothing was changed");
        }
        if (record.Executed != true)
        {
            return (OutcomeVerdict.Kept, "it was not executed");
        }
        if (record.RollbackCondition is not { } condition || !RollbackCondition.TryParse(condition, out RollbackCondition? parsed, out _))
        {
            return (OutcomeVerdict.Kept, "it has no rollback condition");
        }
        return parsed.Holds(observed, timeNs, Before(record), record.TimeNs) switch
        {
            true => (OutcomeVerdict.RollBack, $"the rollback condition holds: {condition}"),
            false => (OutcomeVerdict.Kept, $"the rollback condition does not hold: {condition}"),
            null => (OutcomeVerdict.Kept, $"the rollback condition does not hold, since it cannot be judged by what was observed: {condition}"),
        };
    }

    private static double? Surprise(DecisionRecord record, IReadOnlyList<KeyValuePair<string, double>> observed)
    {
        Dictionary<string, double> values = new(observed, StringComparer.Ordinal);
        double sum = 0;
        int count = 0;
        foreach (MetricExpectation expected in record.Expected)
        {
            if (expected.P50 is not { } middle || expected.P10 is not { } low || expected.P90 is not { } high || MetricReference.FromKey(expected.Metric) is not { } metric)
            {
                continue;
            }
            double value = ObservedValues.Of(values, metric, expected.Metric);
            if (!double.IsFinite(value))
            {
                continue;
            }
            double spread = Math.Max((high - low) / 2, LeastSpreadShare * Math.Max(Math.Abs(middle), Math.Abs(value)));
            sum += value == middle ? 0 : Math.Abs(value - middle) / spread;
            count++;
        }
        return count == 0 ? null : sum / count;
    }
}
