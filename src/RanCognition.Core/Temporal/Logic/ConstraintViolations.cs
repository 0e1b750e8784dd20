using RanCognition.Contracts;

namespace RanCognition.Temporal.Logic;

/// <summary>Finds where a history violated a plain constraint: max, min, equals, window, max_rate, or comparisons joined by <c>and</c>.</summary>
/// <remarks>Only what speaks of every instant is judged: comparisons alone, in <c>always</c> without a window, or in <c>during</c> (at the
/// samples in its window). Windows relative to now are about the future, statistics about the look-ahead window.</remarks>
public static class ConstraintViolations
{
    /// <summary>Most runs that are returned unless the caller says otherwise.</summary>
    public const int RunsMax = 256;

    private const double SecondsPerNanosecond = 1e-9;

    /// <summary>Metrics, or quotients, whose history can be judged by <see cref="Find"/>, each once.</summary>
    public static IReadOnlyList<MetricReference> Metrics(ConstraintExpression constraint)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        var found = new List<(Comparison Comparison, ulong StartNs, ulong EndNs)>();
        CollectPlain(constraint.Formula, 0, ulong.MaxValue, found);
        return [.. found.Select(f => f.Comparison.Operand.Metric).Distinct()];
    }

    /// <summary>Runs of samples that violated the constraint.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="metric">Which of its metrics the history is of; for a quotient the caller divides (<see cref="MetricReference.Quotient"/>).</param>
    /// <param name="history">Samples; one that is not finite is missing, violates nothing and ends a run.</param>
    /// <param name="runsMax">How many runs are returned at most: those of the largest excess.</param>
    /// <returns>Runs by start index, then by comparison.</returns>
    public static IReadOnlyList<ConstraintViolation> Find(
        ConstraintExpression constraint, MetricReference metric, MetricHistory history, int runsMax = RunsMax)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(history);
        var plain = new List<(Comparison Comparison, ulong StartNs, ulong EndNs)>();
        CollectPlain(constraint.Formula, 0, ulong.MaxValue, plain);
        var runs = new List<ConstraintViolation>();
        foreach (var (comparison, startNs, endNs) in plain)
        {
            if (comparison.Operand.Metric == metric)
            {
                FindRuns(comparison, startNs, endNs, history, runs);
            }
        }
        // Both sorts are stable (LINQ), so that equal runs keep the order of the constraint.
        var worst = runs.Count > runsMax ? runs.OrderByDescending(r => r.WorstExcess).Take(Math.Max(runsMax, 0)) : runs;
        return [.. worst.OrderBy(r => r.Start)];
    }

    private static void CollectPlain(Formula formula, ulong startNs, ulong endNs, List<(Comparison, ulong, ulong)> found)
    {
        switch (formula)
        {
            case Comparison { Operand.IsStatistic: false } c:
                found.Add((c, startNs, endNs));
                break;
            case Junction { IsAnd: true } j:
                foreach (var term in j.Terms)
                {
                    CollectPlain(term, startNs, endNs, found);
                }
                break;
            case WindowedFormula { IsAlways: true } w when w.Window == TimeWindow.Whole:
                CollectPlain(w.Term, startNs, endNs, found);
                break;
            case DuringFormula d:
                CollectPlain(d.Term, d.StartNs, d.EndNs, found);
                break;
        }
    }

    private static void FindRuns(Comparison comparison, ulong startNs, ulong endNs, MetricHistory history, List<ConstraintViolation> runs)
    {
        var start = -1;
        var worstValue = double.NaN;
        var worst = 0.0;
        var isBounded = startNs > 0 || endNs < ulong.MaxValue;
        var count = history.TimesNs is null ? history.Values.Length : Math.Min(history.Values.Length, history.TimesNs.Length);
        for (var i = 0; i < count; i++)
        {
            var value = comparison.Operand.Kind == OperandKind.Rate ? Rate(history, i) : history.Values[i];
            var truth = Robustness.Compare(value, comparison.Operator, comparison.Limit);
            var inWindow = !isBounded || (Time(history, i) is { } time && time >= startNs && time <= endNs);
            if (!inWindow || !Robustness.IsViolated(truth))
            {
                Close(i - 1);
                continue;
            }
            if (start < 0 || -truth > worst)
            {
                start = start < 0 ? i : start;
                worst = -truth;
                worstValue = value;
            }
        }
        Close(count - 1);

        void Close(int end)
        {
            if (start >= 0)
            {
                runs.Add(new ConstraintViolation(comparison, start, end, worstValue, worst));
                start = -1;
            }
        }
    }

    private static double Rate(MetricHistory history, int i)
    {
        if (i == 0 || Time(history, i) is not { } now || Time(history, i - 1) is not { } before || now <= before)
        {
            return double.NaN;
        }
        return MetricReader.Rate(history.Values[i - 1], history.Values[i], (now - before) * SecondsPerNanosecond);
    }

    /// <summary>Time of a sample, or null when the step is unknown.</summary>
    private static ulong? Time(MetricHistory history, int i)
    {
        if (history.TimesNs is { } times)
        {
            return times[i];
        }
        return history.StepNs == 0 && i > 0 ? null : Saturating.SampleTime(history.StartNs, history.StepNs, i);
    }
}
