using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal.Logic;

namespace RanCognition.Temporal;

/// <summary>Verdicts and objectives of one call, each given its share of the time that is left.</summary>
internal sealed class ConstraintJudge
{
    private readonly SimdOps _simd;
    private readonly AnalysisRequest _request;
    private readonly ScenarioPaths _paths;
    private readonly IReadOnlyList<MetricOutlook> _outlooks;
    private readonly HashSet<string> _withoutHistory;
    private readonly Action<double> _progress;
    private readonly int _count;
    private int _left;

    /// <param name="simd">Kernels to use.</param>
    /// <param name="request">The call.</param>
    /// <param name="paths">Simulated futures.</param>
    /// <param name="outlooks">Of the metrics and of the quotients.</param>
    /// <param name="progress">Told the share done.</param>
    public ConstraintJudge(SimdOps simd, AnalysisRequest request, ScenarioPaths paths, IReadOnlyList<MetricOutlook> outlooks, Action<double> progress)
    {
        (_simd, _request, _paths, _outlooks, _progress) = (simd, request, paths, outlooks, progress);
        _withoutHistory = [.. outlooks.Where(outlook => !outlook.HasHistory).Select(outlook => outlook.Grid.Metric)];
        _count = _left = request.Constraints.Expressions.Count + request.Constraints.Objectives.Count;
    }

    public List<ConstraintVerdict> Verdicts()
    {
        List<ConstraintVerdict> verdicts = [];
        ObservedPoint? present = null;
        foreach (ConstraintExpression constraint in _request.Constraints.Expressions)
        {
            string? lacking = constraint.Metrics.FirstOrDefault(_withoutHistory.Contains);
            if (lacking is null)
            {
                verdicts.Add(NoTimeForFutures ? Logic.Verdicts.Without(constraint, NoTime) : Logic.Verdicts.Evaluate(_simd, constraint, _paths, Share()));
                continue;
            }
            // Without history there is no probability; whether the limit holds now can still be said.
            present ??= new ObservedPoint(PresentValues());
            ConstraintVerdict now = Logic.Verdicts.Evaluate(_simd, constraint, present);
            verdicts.Add(now with
            {
                Probability = double.NaN,
                RobustnessLower = double.NaN,
                RobustnessUpper = double.NaN,
                FirstViolationNs = null,
                HoldsNow = double.IsNaN(now.Probability) ? null : now.Probability > 0.5,
                Scenarios = 0,
                Reason = now.Reason is null ? $"{lacking} has no history: robustness is that of the present values"
                    : $"{lacking} has no history, and the present values do not decide it ({now.Reason})",
            });
        }
        return verdicts;
    }

    public List<ObjectiveOutlook> Objectives()
    {
        List<ObjectiveOutlook> objectives = [];
        foreach ((string text, ObjectiveExpression expression) in _request.Constraints.Objectives)
        {
            string name = expression.Operand.Metric.Name;
            string? reason = _withoutHistory.Contains(name) ? $"{name} has no history" : NoTimeForFutures ? NoTime : null;
            objectives.Add(ObjectiveEvaluation.Evaluate(_simd, text, expression, _outlooks, _paths, reason, Share()));
        }
        return objectives;
    }

    private const string NoTime = "the time budget left too few futures for a probability";

    /// <summary>Under a time budget a handful of futures must not pass for certainty.</summary>
    private bool NoTimeForFutures => _request.Budget.HasDeadline && _paths.Count < ScenarioCount.Least(_request) && _outlooks.Any(outlook => outlook.HasHistory);

    /// <summary>Whether this one may go on: until it has used its share of the time left.</summary>
    private Func<bool>? Share()
    {
        TimeBudget budget = _request.Budget;
        _progress(1 - (double)_left / _count);
        int sharers = Math.Max(1, _left--);
        if (!budget.HasDeadline)
        {
            return null;
        }
        ulong left = budget.Left, share = left / (ulong)sharers;
        return () => budget.Left > left - share || budget.Allows(ulong.MaxValue);
    }

    private List<KeyValuePair<string, double>> PresentValues()
    {
        List<KeyValuePair<string, double>> values = [.. _request.Problem.CurrentState];
        foreach (MetricOutlook outlook in _outlooks)
        {
            int last = Array.FindLastIndex(outlook.Grid.Values, double.IsFinite);
            if (last >= 0 && !values.Exists(value => value.Key == outlook.Grid.Metric))
            {
                values.Add(new(outlook.Grid.Metric, outlook.Grid.Values[last]));
            }
        }
        return values;
    }
}
