namespace RanCognition.Temporal;

/// <summary>Two series that are counted in the same periods, on one step.</summary>
/// <remarks>
/// The step of a series with gaps is a guess: of samples in every second or third period the periods look longer than they are. Beside a series without gaps its samples are put on the step of
/// that one, and two with gaps on the longest usual granularity period of which all their distances are multiples. A regular series keeps its step: longer periods are another granularity.
/// </remarks>
internal static class GridPair
{
    /// <summary>False, and the grids as they were, when their steps differ and cannot be brought together.</summary>
    public static bool TryBring(MetricGrid first, MetricGrid second, out MetricGrid firstBrought, out MetricGrid secondBrought)
    {
        (firstBrought, secondBrought) = (first, second);
        if (first.StepNs == second.StepNs)
        {
            return true;
        }
        ulong step = first.Sparse is null ? first.StepNs : second.Sparse is null ? second.StepNs : CommonStep(first.Sparse.Times, second.Sparse.Times);
        if (step == 0 || (first.Sparse is null && second.Sparse is null) || !Fits(first, step) || !Fits(second, step))
        {
            return false;
        }
        (firstBrought, secondBrought) = (On(first, step), On(second, step));
        return true;
    }

    private static ulong CommonStep(ulong[] first, ulong[] second)
    {
        for (int i = GridBuilder.UsualSteps.Length - 1; i >= 0; i--)
        {
            if (Fits(first, GridBuilder.UsualSteps[i]) && Fits(second, GridBuilder.UsualSteps[i]))
            {
                return GridBuilder.UsualSteps[i];
            }
        }
        return 0;
    }

    private static bool Fits(MetricGrid grid, ulong step) => grid.Sparse is null ? grid.StepNs == step : Fits(grid.Sparse.Times, step);

    /// <summary>Whether all distances are multiples of a step, to 1 % of it.</summary>
    private static bool Fits(ulong[] times, ulong step)
    {
        for (int i = 1; i < times.Length; i++)
        {
            ulong gap = times[i] - times[i - 1], over = gap % step;
            if (gap > 0 && (gap < step - step / 100 || Math.Min(over, step - over) > step / 100))
            {
                return false;
            }
        }
        return true;
    }

    private static MetricGrid On(MetricGrid grid, ulong step) =>
        grid.Sparse is null ? grid : GridBuilder.FromTimes(grid.Metric, grid.Sparse.Times, grid.Sparse.Values, grid.Source, step);
}
