using RanCognition.Cognition.Outlooks;
using RanCognition.Cognition.Situations;
using RanCognition.Cognition.Targets;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Guards;

/// <summary>Guard CONSTRAINT: keeps what the caller gave as constraints. A veto takes out all changes.</summary>
/// <remarks>
/// A candidate breaks a constraint when it moves a metric of it and, by the medians that are expected, the constraint holds without the candidate and not with it; or when it fails without it, fails by
/// more with it, and its probability falls by more than <see cref="ProbabilityFallMax"/> or was no more than that. A constraint, or any target, over an attribute is judged on the value that is set.
/// </remarks>
internal static class ConstraintGuard
{
    public const double ProbabilityFallMax = 0.05;

    private const double MoveTolerance = 1e-9;   // relative; what two computations of one thing may differ by

    /// <param name="targets">With the constraints.</param>
    /// <param name="changes">The candidate's.</param>
    /// <param name="nothing">What is expected without them.</param>
    /// <param name="candidate">What is expected with them.</param>
    public static GuardVerdict Examine(TargetSet targets, IReadOnlyList<ConfigurationChange> changes, Outlook nothing, Outlook candidate) =>
        Examine(targets, Medians(targets, nothing), Medians(targets, candidate), nothing.TargetProbabilities, candidate.TargetProbabilities, changes);

    /// <param name="targets">With the constraints.</param>
    /// <param name="nothing">Median of each reference of the targets without the candidate; NaN where not known.</param>
    /// <param name="candidate">The same with it.</param>
    /// <param name="nothingProbability">Of each target; NaN where not known.</param>
    /// <param name="candidateProbability">The same with it.</param>
    /// <param name="changes">The candidate's.</param>
    public static GuardVerdict Examine(
        TargetSet targets, ReadOnlySpan<double> nothing, ReadOnlySpan<double> candidate, ReadOnlySpan<double> nothingProbability, ReadOnlySpan<double> candidateProbability,
        IReadOnlyList<ConfigurationChange> changes)
    {
        List<string> faults = [];
        for (int target = 0; changes.Count > 0 && target < targets.Count; target++)
        {
            string? fault = targets.IsConstraint(target) ? Broken(targets, target, nothing, candidate, nothingProbability, candidateProbability) : null;
            if ((fault ?? Limited(targets, target, changes)) is { } found)
            {
                faults.Add(found);
            }
        }
        return GuardText.Verdict(GuardNames.Constraint, faults.Count == 0 ? [] : [.. changes], faults, "no constraint is broken by the changes");
    }

    /// <summary>Expected median of each reference; NaN where nothing is expected.</summary>
    private static double[] Medians(TargetSet targets, Outlook outlook)
    {
        double[] medians = new double[targets.References.Count];
        for (int i = 0; i < medians.Length; i++)
        {
            string key = targets.Keys[i];
            medians[i] = double.NaN;
            for (int k = 0; k < outlook.Expected.Count; k++)
            {
                MetricExpectation expected = outlook.Expected[(i + k) % outlook.Expected.Count];   // most often it is the one at its own place
                if (expected.Metric == key)
                {
                    medians[i] = expected.P50 ?? double.NaN;
                    break;
                }
            }
        }
        return medians;
    }

    private static string? Broken(
        TargetSet targets, int target, ReadOnlySpan<double> nothing, ReadOnlySpan<double> candidate, ReadOnlySpan<double> nothingProbability, ReadOnlySpan<double> candidateProbability)
    {
        int moved = -1;
        foreach (int reference in targets.ReferencesOf(target))
        {
            double from = nothing[reference], to = candidate[reference];
            if (moved < 0 && Math.Abs(to - from) > MoveTolerance * Math.Max(Math.Abs(from), Math.Abs(to)))
            {
                moved = reference;
            }
        }
        if (moved < 0)
        {
            return null;
        }
        double before = targets.Distance(target, nothing), after = targets.Distance(target, candidate);
        if (double.IsNaN(after) || !double.IsNegative(after) || double.IsNaN(before))
        {
            return null;
        }
        string move = $"{targets.References[moved]} goes from {GuardText.Number(nothing[moved])} to {GuardText.Number(candidate[moved])}";
        if (!double.IsNegative(before))
        {
            return $"{targets.Ids[target]}: {targets.Expression(target)} holds without the changes and not with them: {move}";
        }
        double fall = nothingProbability[target] - candidateProbability[target];
        return after < before && (fall > ProbabilityFallMax || nothingProbability[target] <= ProbabilityFallMax)
            ? $"{targets.Ids[target]}: {targets.Expression(target)} fails by more with the changes: {move}, its probability from {GuardText.Number(nothingProbability[target])} to {GuardText.Number(candidateProbability[target])}"
            : null;
    }

    /// <summary>Targets over an attribute, of one object or of all.</summary>
    private static string? Limited(TargetSet targets, int target, IReadOnlyList<ConfigurationChange> changes)
    {
        foreach (int reference in targets.ReferencesOf(target))
        {
            if (targets.References[reference].IsRatio)
            {
                continue;
            }
            (string managedObject, string attribute) = ManagedObjects.Split(targets.References[reference].Name);
            if (AttributeRules.Find(attribute) is null)
            {
                continue;
            }
            foreach (ConfigurationChange change in changes)
            {
                if (change.Attribute == attribute && (managedObject.Length == 0 || managedObject == change.ManagedObject) && change.After is MetadataValue.Number after)
                {
                    double[] values = new double[targets.References.Count];
                    Array.Fill(values, double.NaN);
                    values[reference] = after.Value;
                    if (targets.Holds(target, values) == false)
                    {
                        return $"{targets.Ids[target]}: {targets.Expression(target)} does not hold for {change.ManagedObject}, which is set to {GuardText.Number(after.Value)}";
                    }
                }
            }
        }
        return null;
    }
}
