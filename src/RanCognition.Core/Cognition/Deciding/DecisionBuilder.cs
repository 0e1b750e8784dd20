using RanCognition.Cognition.Integration;
using RanCognition.Cognition.Outlooks;
using RanCognition.Cognition.Situations;
using RanCognition.Cognition.Targets;
using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Deciding;

/// <summary>Puts the result of a decision together, and the record of it.</summary>
internal sealed class DecisionBuilder(
    DecisionTools tools, SituationView view, ulong id, TargetSet targets, List<CauseFinding> causes, List<SimilarCase> similar, List<KeyValuePair<string, double>> features)
{
    private const int SensitiveActionsMax = 8;

    public required IReadOnlyList<string>? Infeasible { get; init; }

    public required GuardTally Guards { get; init; }

    public required List<IgnoredField> Ignored { get; init; }

    public required List<WeighedCandidate> Weighed { get; init; }

    public required StageTimes Times { get; init; }

    public required CandidateWeigher Weigher { get; init; }

    public required bool Maximize { get; init; }

    /// <summary>What failed before was not proposed again.</summary>
    public required bool IsSomethingLeftOut { get; init; }

    /// <summary>There was no time for the model of the network.</summary>
    public required bool IsNetworkLeftOut { get; init; }

    public MadeDecision Build(WeighedCandidate chosen, WeighedCandidate nothing)
    {
        string? condition = chosen.Kept.Count == 0 ? null : view.Question.RollbackCondition ?? RollbackCondition.Default(chosen.Kept, causes, targets, Before, nothing.Outlook.Expected);
        Decision decision = new()
        {
            DecisionId = id,
            Mode = view.Question.Mode,
            ProblemType = view.Problem.ProblemType,
            TimeNs = view.TimeNs,
            Seed = view.Seed,
            Cause = causes[0],
            Causes = causes,
            Actions = chosen.Kept,
            Reason = ReasonWriter.Of(chosen, Weighed, Infeasible, causes[0], IsSomethingLeftOut, IsNetworkLeftOut),
            Alternatives = Alternatives(chosen),
            Expected = chosen.Outlook.Expected,
            Confidence = chosen.Probability,
            Targets = Targets(chosen.Outlook),
            Similar = similar,
            Sensitivities = Sensitivities(chosen, nothing),
            Guards = Guards.Verdicts(),
            Rollback = new RollbackPlan { Condition = condition, ObserveNs = view.ObserveNs, Restore = RestoreList.Of(chosen.Kept) },
            Timing = Times,
            Infeasible = Infeasible,
            ConsciousnessLevel = tools.Learning.Skill,
            Ignored = Ignored,
        };
        return new MadeDecision { Decision = decision, Record = Record(decision, chosen, nothing, condition), Watched = WatchedSeries.Of(targets.References, view.Series.Given, view.Series.Find) };
    }

    private DecisionRecord Record(Decision decision, WeighedCandidate chosen, WeighedCandidate nothing, string? condition)
    {
        List<string> expressions = new(targets.Count);
        for (int i = 0; i < targets.Count; i++)
        {
            expressions.Add(targets.Expression(i));
        }
        return new DecisionRecord
        {
            Id = id,
            TimeNs = view.TimeNs,
            NetworkId = view.Problem.NetworkId,
            ProblemType = decision.ProblemType,
            Mode = decision.Mode,
            CauseName = decision.Cause.Name,
            ManagedObject = decision.Cause.ManagedObject,
            Actions = decision.Actions,
            Targets = expressions,
            Expected = decision.Expected,
            Before = Before(decision.Expected),
            Situation = features,
            RawConfidence = chosen.Outlook.ProbabilityOfTargets,
            Confidence = decision.Confidence,
            NothingConfidence = nothing.Probability,
            RollbackCondition = condition,
            ObserveNs = view.ObserveNs,
            Vetoes = Guards.Vetoes(),
            Executed = decision.Mode == DecisionMode.Autonomous && decision.Actions.Count > 0 ? true : null,
        };
    }

    /// <summary>Value before the decision of all that is expected: as its cause measured it, else the newest.</summary>
    private List<KeyValuePair<string, double>> Before(IReadOnlyList<MetricExpectation> expected)
    {
        List<KeyValuePair<string, double>> before = [];
        HashSet<string> there = new(StringComparer.Ordinal);
        foreach (MetricExpectation metric in expected)
        {
            if (there.Add(metric.Metric) && MetricReference.FromKey(metric.Metric) is { } reference)
            {
                double value = Before(reference);
                if (double.IsFinite(value))
                {
                    before.Add(new KeyValuePair<string, double>(metric.Metric, value));
                }
            }
        }
        return before;
    }

    private double Before(MetricReference reference) => Measured(ObservedValues.Key(reference)) ?? view.Series.Latest(reference);

    private double? Measured(string metric)
    {
        foreach (CauseFinding cause in causes)
        {
            if (cause.Metric != metric)
            {
                continue;
            }
            foreach (CauseTest test in cause.Tests)
            {
                if (test.Metric == metric && test.Value is { } value)
                {
                    return value;
                }
            }
        }
        return null;
    }

    private List<TargetOutlook> Targets(Outlook outlook)
    {
        List<TargetOutlook> list = new(targets.Count);
        for (int i = 0; i < targets.Count; i++)
        {
            double probability = outlook.TargetProbabilities[i];
            list.Add(new TargetOutlook { Id = targets.Ids[i], Expression = targets.Expression(i), Probability = double.IsNaN(probability) ? null : probability });
        }
        return list;
    }

    /// <summary>The chosen one first, then doing nothing, then the others from the best on.</summary>
    private List<DecisionAlternative> Alternatives(WeighedCandidate chosen)
    {
        List<(WeighedCandidate Candidate, int Place)> others = [];
        for (int i = 1; i < Weighed.Count; i++)
        {
            if (!ReferenceEquals(Weighed[i], chosen))
            {
                others.Add((Weighed[i], i));
            }
        }
        double sign = Maximize ? -1 : 1;
        others.Sort((left, right) =>
        {
            int byProbability = right.Candidate.Probability.CompareTo(left.Candidate.Probability);
            int byObjective = (sign * left.Candidate.Outlook.Objective).CompareTo(sign * right.Candidate.Outlook.Objective);
            return byProbability != 0 ? byProbability : byObjective != 0 ? byObjective : left.Place.CompareTo(right.Place);
        });
        List<DecisionAlternative> alternatives = [Alternative(chosen)];
        if (!ReferenceEquals(chosen, Weighed[0]))
        {
            alternatives.Add(Alternative(Weighed[0]));
        }
        foreach ((WeighedCandidate other, _) in others)
        {
            if (alternatives.Count == CognitiveLimits.AlternativesMax)
            {
                break;
            }
            alternatives.Add(Alternative(other));
        }
        return alternatives;
    }

    /// <summary>As it was proposed, with what would come of it if no guard took anything out.</summary>
    private DecisionAlternative Alternative(WeighedCandidate weighed)
    {
        bool isWhole = weighed.Kept.Count == weighed.Proposed.Actions.Count;
        Outlook outlook = isWhole ? weighed.Outlook : Weigher.Evaluate(weighed.Proposed.Actions);
        return new DecisionAlternative
        {
            Actions = weighed.Proposed.Actions,
            Expected = outlook.Expected,
            PAllTargets = isWhole ? weighed.Probability : Weigher.Calibrated(outlook, acts: true),
            Source = weighed.Proposed.Source,
            Vetoes = weighed.Vetoes,
        };
    }

    private List<KeyValuePair<string, double>> Sensitivities(WeighedCandidate chosen, WeighedCandidate nothing)
    {
        List<KeyValuePair<string, double>> sensitivities = [];
        int count = chosen.Kept.Count;
        if (count is 0 or > SensitiveActionsMax)
        {
            return sensitivities;
        }
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            List<ConfigurationChange> rest = [.. chosen.Kept];
            rest.RemoveAt(i);
            double without = rest.Count == 0 ? nothing.Probability : Weigher.Calibrated(Weigher.Evaluate(rest), acts: true);
            string name = chosen.Kept[i].ManagedObject + "/" + chosen.Kept[i].Attribute;
            if (names.Add(name))
            {
                sensitivities.Add(new KeyValuePair<string, double>(name, chosen.Probability - without));
            }
        }
        return sensitivities;
    }
}
