using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal.Logic;
using RanCognition.Temporal.Patterns;

namespace RanCognition.Temporal;

/// <summary>Looks for every kind of pattern in the histories of one call and keeps what stands after correction for all tests made.</summary>
/// <remarks>
/// Each finder gives a p-value that is corrected for its own search (all periods, all places, all lags). Those are corrected for the number of tests of the
/// call by the step-up rule of Benjamini and Hochberg (1995): a call on noise as the tests assume it reports anything with a chance of at most
/// <see cref="Significance"/>, and of what is reported at most that share is expected to be false. Noise that hardly forgets (a random walk) or has heavy
/// tails is reported more often; the benchmark of patterns measures how often. Not thread-safe.
/// </remarks>
internal sealed class PatternFinder
{
    /// <summary>Corrected p-value above which a finding is not reported.</summary>
    public const double Significance = .01;

    // A season is taken out before all else is looked for, so it must be sure.
    private const double SeasonSignificance = .005;

    /// <summary>Metrics that are compared with each other for lead and lag: the first ones of the call.</summary>
    public const int LeadLagMetricsMax = 16;

    /// <summary>Findings of one type of one metric; the most significant are kept.</summary>
    public const int PerTypeMax = 20;

    private const int TestsOfOneMetric = 8;   // about: used before the tests are counted
    private const double CorrelationMin = .1; // of lead and lag: less is of no use, however significant

    private readonly SimdOps _simd;
    private readonly SeasonSearch _search;

    /// <param name="simd">Kernels to use.</param>
    public PatternFinder(SimdOps simd) => (_simd, _search) = (simd, new SeasonSearch(simd));

    /// <param name="grids">Histories.</param>
    /// <param name="constraints">Their violations are patterns too.</param>
    /// <param name="proceed">Told the share done before each metric; false ends the search with what was found.</param>
    public PatternFindings Find(IReadOnlyList<MetricGrid> grids, ConstraintSet constraints, Func<double, bool> proceed)
    {
        List<Finding> findings = [];
        Dictionary<string, SeriesFindings> perMetric = new(StringComparer.Ordinal);
        List<(int Metric, SeriesModel Model)> models = [];
        int tests = 0, looked = 0;
        for (; looked < grids.Count && proceed((double)looked / grids.Count); looked++)
        {
            SeriesExamination examination = new(_simd, looked, grids[looked], _search, SeasonSignificance / TestsOfOneMetric / grids.Count);
            perMetric[grids[looked].Metric] = new SeriesFindings(examination.Events, examination.Changes);
            findings.AddRange(examination.Findings);
            tests += examination.Tests;
            if (examination.Model is { } model && models.Count < LeadLagMetricsMax)
            {
                models.Add((looked, model));
            }
        }
        tests += LeadsAndLags(grids, models, findings);
        List<Finding> kept = Corrected(findings, tests);
        kept.RemoveAll(finding => finding.PValue > Significance);
        kept.AddRange(Violations(grids, looked, constraints));
        return new PatternFindings(Patterns(grids, kept), perMetric);
    }

    /// <summary>P-value of the i-th smallest of all tests becomes the least p-value times tests / rank from there on; what was not found counts as 1.</summary>
    internal static List<Finding> Corrected(List<Finding> findings, int tests)
    {
        List<Finding> ordered = [.. findings.OrderBy(finding => finding.PValue)];
        double least = 1;
        for (int i = ordered.Count - 1; i >= 0; i--)
        {
            least = Math.Min(least, ordered[i].PValue * Math.Max(tests, ordered.Count) / (i + 1));
            ordered[i] = ordered[i] with { PValue = least };
        }
        return ordered;
    }

    private int LeadsAndLags(IReadOnlyList<MetricGrid> grids, List<(int Metric, SeriesModel Model)> models, List<Finding> findings)
    {
        int pairs = 0;
        List<double[]> clipped = models.ConvertAll(m => LeadLag.Clipped(_simd, m.Model.Innovations));
        for (int i = 0; i < models.Count; i++)
        {
            for (int j = i + 1; j < models.Count; j++)
            {
                MetricGrid a = grids[models[i].Metric], b = grids[models[j].Metric];
                if (a.StepNs == 0 || a.StepNs != b.StepNs || Offset(a, models[i].Model, b, models[j].Model) is not { } offset)
                {
                    continue;
                }
                pairs++;
                LeadLag found = LeadLag.Between(_simd, clipped[i], clipped[j], offset);
                if (found.Lag == 0 || Math.Abs(found.Correlation) < CorrelationMin)
                {
                    continue;
                }
                (int first, int second) = found.Lag > 0 ? (models[i].Metric, models[j].Metric) : (models[j].Metric, models[i].Metric);
                int lag = Math.Abs(found.Lag);
                findings.Add(new Finding(first, PatternTypes.LeadLag, 0, grids[first].Values.Length - 1, found.PValue,
                [
                    new("lag_steps", lag), new("lag_ns", lag * (double)a.StepNs), new("correlation", found.Correlation), new("samples", found.Overlap),
                ])
                {
                    OtherMetric = grids[second].Metric,
                });
            }
        }
        return pairs;
    }

    /// <summary>Place in b's innovations of the time of a's first; null when the grids lie between each other.</summary>
    private static int? Offset(MetricGrid a, SeriesModel ofA, MetricGrid b, SeriesModel ofB)
    {
        Int128 distance = (Int128)a.TimeOf(ofA.Start + ofA.Noise.Order) - b.TimeOf(ofB.Start + ofB.Noise.Order);
        Int128 steps = (distance + (distance < 0 ? -1 : 1) * (Int128)(a.StepNs / 2)) / a.StepNs;
        bool aligned = Int128.Abs(distance - steps * a.StepNs) <= a.StepNs / 10;
        return aligned && Int128.Abs(steps) < int.MaxValue ? (int)steps : null;
    }

    /// <summary>Where the histories broke a constraint: a fact, not a test.</summary>
    private static IEnumerable<Finding> Violations(IReadOnlyList<MetricGrid> grids, int looked, ConstraintSet constraints)
    {
        for (int i = 0; i < constraints.Expressions.Count; i++)
        {
            ConstraintExpression constraint = constraints.Expressions[i];
            foreach (MetricReference reference in ConstraintViolations.Metrics(constraint))
            {
                int metric = IndexOf(grids, reference.Name);
                if (metric < 0 || metric >= looked || History(grids, metric, reference) is not { } history)
                {
                    continue;
                }
                foreach (ConstraintViolation run in ConstraintViolations.Find(constraint, reference, history, PerTypeMax))
                {
                    yield return new Finding(metric, PatternTypes.ConstraintViolation, run.Start, run.End, 0,
                    [
                        new("limit", run.Comparison.Limit), new("worst_value", run.WorstValue), new("worst_excess", run.WorstExcess),
                        new("samples", run.End - run.Start + 1),
                    ])
                    {
                        Constraint = constraint.Id,
                        OtherMetric = reference.Denominator,
                    };
                }
            }
        }
    }

    /// <summary>Null for a quotient whose metrics share no time grid.</summary>
    private static MetricHistory? History(IReadOnlyList<MetricGrid> grids, int metric, MetricReference reference)
    {
        MetricGrid? grid = reference.IsRatio ? QuotientGrids.Build(grids, reference) : grids[metric];
        return grid is null ? null : new MetricHistory { StartNs = grid.StartNs, StepNs = grid.StepNs, Values = grid.Values };
    }

    private static int IndexOf(IReadOnlyList<MetricGrid> grids, string metric)
    {
        for (int i = 0; i < grids.Count; i++)
        {
            if (grids[i].Metric == metric)
            {
                return i;
            }
        }
        return -1;
    }

    private static List<TemporalPattern> Patterns(IReadOnlyList<MetricGrid> grids, List<Finding> findings)
    {
        List<TemporalPattern> patterns = [];
        IEnumerable<Finding> ordered = findings
            .GroupBy(finding => (finding.Metric, finding.Type))
            .SelectMany(group => group.OrderBy(finding => finding.PValue).Take(PerTypeMax))
            .OrderBy(finding => finding.Metric).ThenBy(finding => PatternTypes.Order(finding.Type)).ThenBy(finding => finding.From);
        foreach (Finding finding in ordered)
        {
            MetricGrid grid = grids[finding.Metric];
            patterns.Add(new TemporalPattern
            {
                Id = $"pattern-{patterns.Count + 1}",
                PatternType = finding.Type,
                Confidence = 1 - finding.PValue,
                StartTime = grid.TimeOf(finding.From),
                EndTime = grid.TimeOf(finding.To),
                Metric = grid.Metric,
                OtherMetric = finding.OtherMetric,
                Constraint = finding.Constraint,
                Parameters = finding.Parameters,
                PValue = finding.PValue,
            });
        }
        return patterns;
    }
}
