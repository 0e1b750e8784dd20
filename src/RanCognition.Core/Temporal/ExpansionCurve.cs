using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal.Logic;

namespace RanCognition.Temporal;

/// <summary>How many scenario paths a timeline needs, measured: the error of scenario quantiles against the exact ones, for doubling counts.</summary>
internal static class ExpansionCurve
{
    /// <summary>Error aimed at: the quantiles are off by 2 % of the width of the 90 % interval.</summary>
    public const double ErrorTarget = 0.02;

    private const int SmallestFactor = 16;
    private const int LargestFactor = 4096;

    // Each count is simulated several times: one draw could be lucky.
    private const int Repeats = 4;

    private static readonly double[] Probabilities = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Measures at 16, 32, .. 4096 paths and at the core's own factor; deterministic but for the times.</summary>
    public static OptimizedTimeline Measure(IReadOnlyList<MetricOutlook> outlooks, LookAhead window, ulong ownFactor, IHost host)
    {
        List<ExpansionCost> curve = [];
        long valuesEach = Math.Max(1, (long)window.Steps * outlooks.Count);
        int affordable = (int)Math.Clamp(TemporalLimits.ScenarioValuesMax / valuesEach, 1, LargestFactor);
        SortedSet<int> factors = [(int)Math.Min(ownFactor, (ulong)affordable)];
        for (int factor = SmallestFactor; factor <= LargestFactor && factor <= affordable; factor *= 2)
        {
            factors.Add(factor);
        }
        foreach (int factor in factors)
        {
            host.Progress(curve.Count / (double)factors.Count, "optimize_temporal_expansion");
            ulong start = host.NowNanoseconds();
            double error = 0;
            for (int repeat = 0; repeat < Repeats; repeat++)
            {
                error += QuantileError(outlooks, ScenarioPaths.Simulate(outlooks, window, factor, (ulong)(factor * Repeats + repeat))) / Repeats;
            }
            curve.Add(new ExpansionCost((ulong)factor, error, (host.NowNanoseconds() - start) / Repeats));
        }
        ExpansionCost chosen = curve.Find(cost => cost.Error <= ErrorTarget) ?? curve[^1];
        // Against the smallest count that everyone's curve has; the core's own factor must not decide what counts as good.
        double baseline = curve.Find(cost => cost.ExpansionFactor >= SmallestFactor)?.Error ?? curve[^1].Error;
        return new OptimizedTimeline
        {
            ExpansionFactor = chosen.ExpansionFactor,
            ErrorTarget = ErrorTarget,
            Curve = curve,
            OptimizationScore = baseline > 0 ? Math.Clamp((baseline - chosen.Error) / baseline, 0, 1) : double.NaN,
            Reason = baseline > 0 ? null : "no metric has a spread to measure: every count of futures gives the same answer",
            BoundValue = 0,
            BoundKind = "proven",
        };
    }

    /// <summary>Mean distance between scenario and exact quantiles, as a share of the 90 % interval's width; 0 where there is no spread.</summary>
    private static double QuantileError(IReadOnlyList<MetricOutlook> outlooks, ScenarioPaths paths)
    {
        double sum = 0;
        int count = 0;
        foreach (MetricOutlook outlook in outlooks)
        {
            if (!paths.TryGetMetric(outlook.Grid.Metric, out int metric))
            {
                continue;
            }
            foreach (int step in paths.Window.Checkpoints())
            {
                int lead = ExpandedTimeline.LeadOf(outlook, paths.Window, step - 1);
                double width = outlook.Quantile(lead, Probabilities[^1]) - outlook.Quantile(lead, Probabilities[0]);
                if (!(width > 0) || !double.IsFinite(width))
                {
                    continue;
                }
                double[] sorted = paths.SortedAt(metric, step - 1);
                foreach (double probability in Probabilities)
                {
                    sum += Math.Abs(PathStatistics.Quantile(sorted, probability) - outlook.Quantile(lead, probability)) / width;
                    count++;
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}
