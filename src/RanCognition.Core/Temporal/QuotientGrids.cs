using RanCognition.Temporal.Logic;

namespace RanCognition.Temporal;

/// <summary>Histories of the quotients that constraints and objectives speak of: a success rate has a past of its own, and is forecast from it.</summary>
internal static class QuotientGrids
{
    /// <summary>One grid per quotient whose two metrics lie on one time grid, named as the quotient is written.</summary>
    public static List<MetricGrid> Of(IReadOnlyList<MetricGrid> grids, ConstraintSet constraints)
    {
        List<MetricGrid> quotients = [];
        HashSet<string> there = new(StringComparer.Ordinal);
        foreach (MetricReference reference in constraints.References())
        {
            if (reference.IsRatio && there.Add(reference.ToString()) && Build(grids, reference) is { } grid)
            {
                quotients.Add(grid);
            }
        }
        return quotients;
    }

    /// <summary>Null when a metric is missing, or the grids lie between each other.</summary>
    public static MetricGrid? Build(IReadOnlyList<MetricGrid> grids, MetricReference reference)
    {
        MetricGrid? above = grids.FirstOrDefault(grid => grid.Metric == reference.Name);
        MetricGrid? below = grids.FirstOrDefault(grid => grid.Metric == reference.Denominator);
        if (above is null || below is null || above.StepNs != below.StepNs || above.Source == MetricGrid.CurrentState || below.Source == MetricGrid.CurrentState)
        {
            return null;
        }
        long offset = 0;   // place in below of above's first sample
        if (above.StepNs != 0)
        {
            Int128 distance = (Int128)above.StartNs - below.StartNs;
            if (distance % above.StepNs != 0 || Int128.Abs(distance / above.StepNs) > GridBuilder.BinsMax)
            {
                return null;
            }
            offset = (long)(distance / above.StepNs);
        }
        double[] values = new double[above.Values.Length];
        for (int t = 0; t < values.Length; t++)
        {
            long other = t + offset;
            values[t] = other >= 0 && other < below.Values.Length ? MetricReference.Quotient(above.Values[t], below.Values[other]) : double.NaN;
        }
        return new MetricGrid { Metric = reference.ToString(), StartNs = above.StartNs, StepNs = above.StepNs, Values = values, Source = above.Source };
    }
}
