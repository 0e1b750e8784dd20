using RanCognition.Contracts;
using RanCognition.Temporal.Logic;
using RanCognition.Temporal.Patterns;

namespace RanCognition.Temporal;

/// <summary>Gathers what a chart of each metric shows: history, forecast fan, alarms, changes, limits.</summary>
internal static class SeriesReports
{
    private static readonly double[] Probabilities = [0.25, 0.5, 0.75];

    public static List<MetricSeriesReport> Build(LookAhead window, List<MetricOutlook> outlooks, PatternFindings findings, ConstraintSet constraints)
    {
        List<MetricSeriesReport> reports = new(outlooks.Count);
        foreach (MetricOutlook outlook in outlooks)
        {
            reports.Add(Of(outlook, window, findings.Of(outlook.Grid.Metric), constraints));
        }
        return reports;
    }

    private static MetricSeriesReport Of(MetricOutlook outlook, LookAhead window, SeriesFindings found, ConstraintSet constraints)
    {
        MetricGrid grid = outlook.Grid;
        int leads = ExpandedTimeline.LeadOf(outlook, window, window.Steps - 1) + 1;
        double[] mean = new double[leads];
        double[] lower = new double[leads];
        double[] upper = new double[leads];
        for (int lead = 0; lead < leads; lead++)
        {
            (mean[lead], lower[lead], upper[lead]) = (outlook.Mean(lead), outlook.Lower(lead), outlook.Upper(lead));
        }
        List<KeyValuePair<double, double[]>> quantiles = [];
        foreach (double probability in Probabilities)
        {
            double[] path = new double[leads];
            for (int lead = 0; lead < leads; lead++)
            {
                path[lead] = outlook.Quantile(lead, probability);
            }
            quantiles.Add(new(probability, path));
        }
        // A metric without a step of its own is drawn on the step of the window.
        ulong step = grid.StepNs != 0 ? grid.StepNs : window.StepNs;
        return new MetricSeriesReport
        {
            Metric = grid.Metric,
            StartNs = grid.StartNs,
            StepNs = step,
            Values = grid.Values,
            ForecastStartNs = grid.TimeOf(grid.Values.Length),
            Mean = mean,
            Lower = lower,
            Upper = upper,
            Quantiles = quantiles,
            Anomalies = [.. found.Anomalies.Select(a => new AnomalyMark(a.Peak, Name(a.Kind), a.Value, a.Expected, a.Likelihood))],
            ChangePoints = [.. found.ChangePoints.Select(c => new ChangePointMark(c.Index, c.Before, c.After, c.PValue))],
            Limits = LimitsOf(grid.Metric, constraints),
        };
    }

    private static string Name(AnomalyKind kind) => kind switch
    {
        AnomalyKind.Up => "up",
        AnomalyKind.Down => "down",
        AnomalyKind.Jump => "jump",
        AnomalyKind.Flatline => "flatline",
        _ => "none",
    };

    /// <summary>Plain comparisons of this metric with a number, wherever they stand in a constraint.</summary>
    private static List<LimitMark> LimitsOf(string metric, ConstraintSet constraints)
    {
        List<LimitMark> limits = [];
        foreach (ConstraintExpression constraint in constraints.Expressions)
        {
            Collect(constraint.Formula, isRequired: true, constraint.Id, metric, limits);
        }
        return limits;
    }

    /// <summary>Only what must hold throughout is a limit: not one of several alternatives, not what need only happen once.</summary>
    private static void Collect(Formula formula, bool isRequired, string id, string metric, List<LimitMark> limits)
    {
        switch (formula)
        {
            case Comparison { Operand: { Kind: OperandKind.Value, Metric: { IsRatio: false } reference } } comparison when reference.Name == metric:
                bool isUpper = comparison.Operator is ComparisonOperator.Less or ComparisonOperator.LessOrEqual;
                if (isUpper || comparison.Operator is ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual)
                {
                    limits.Add(new LimitMark(id, isUpper == isRequired ? "max" : "min", comparison.Limit));
                }
                break;
            case Negation negation:
                Collect(negation.Term, !isRequired, id, metric, limits);
                break;
            case Junction junction when junction.IsAnd == isRequired:
                foreach (Formula term in junction.Terms)
                {
                    Collect(term, isRequired, id, metric, limits);
                }
                break;
            case WindowedFormula windowed when windowed.IsAlways == isRequired:
                Collect(windowed.Term, isRequired, id, metric, limits);
                break;
            case DuringFormula during when isRequired:
                Collect(during.Term, isRequired, id, metric, limits);
                break;
        }
    }
}
