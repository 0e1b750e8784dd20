using RanCognition.Contracts;

namespace RanCognition.Temporal;

/// <summary>The predictions of a call: per metric at one step, a quarter, half and all of the window, on the metric's own grid.</summary>
internal static class Predictions
{
    public static void Add(
        List<TemporalPrediction> predictions, MetricOutlook outlook, LookAhead window, IReadOnlyDictionary<string, double> tolerances)
    {
        double range = RangeOf(outlook.Grid.Values);
        foreach ((int lead, ulong distance) in Checkpoints(outlook, window))
        {
            double mean = outlook.Mean(lead);
            if (!tolerances.TryGetValue(outlook.Grid.Metric, out double tolerance))
            {
                tolerance = Math.Max(0.1 * Math.Abs(mean), 0.01 * range);
            }
            predictions.Add(new TemporalPrediction
            {
                Metric = outlook.Grid.Metric,
                PredictedValue = mean,
                Confidence = Math.Clamp(outlook.ProbabilityWithin(lead, tolerance), 0, 1),
                TimeHorizon = distance,
                Lower = outlook.Lower(lead),
                Upper = outlook.Upper(lead),
                Coverage = MetricOutlook.Coverage,
                Tolerance = tolerance,
                Model = outlook.Model,
            });
        }
    }

    /// <summary>Leads of the metric with their distance from now; each once.</summary>
    private static List<(int Lead, ulong DistanceNs)> Checkpoints(MetricOutlook outlook, LookAhead window)
    {
        List<(int, ulong)> points = new(4);
        MetricGrid grid = outlook.Grid;
        if (outlook.IsOnGridOf(window))
        {
            foreach (int step in window.Checkpoints())
            {
                int lead = ExpandedTimeline.LeadOf(outlook, window, step - 1);
                points.Add((lead, window.StepNs == 0 ? (ulong)((UInt128)window.DurationNs * (ulong)step / (ulong)window.Steps) : window.DistanceOf(step)));
            }
            return points;
        }
        // A metric on a grid of its own: its samples that lie in the window, or the one after it when none does.
        ulong behind = window.NowNs - grid.EndNs;
        int first = (int)Math.Min(behind / grid.StepNs, (ulong)(outlook.Leads - 1));
        int last = Math.Max(first, ExpandedTimeline.LeadOf(outlook, window, window.Steps - 1));
        int count = last - first + 1, before = -1;
        foreach (int step in (ReadOnlySpan<int>)[1, (count + 3) / 4, (count + 1) / 2, count])
        {
            int lead = first + step - 1;
            if (lead != before)
            {
                ulong time = grid.TimeOf(grid.Values.Length + (long)lead);
                points.Add((lead, time > window.NowNs ? time - window.NowNs : 0));
                before = lead;
            }
        }
        return points;
    }

    private static double RangeOf(double[] values)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }
        return high > low ? Math.Min(high - low, double.MaxValue) : 0;
    }
}
