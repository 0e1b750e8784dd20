using RanCognition.Temporal;

namespace RanCognition.Cognition.Causes;

/// <summary>Brings periods of two series together.</summary>
internal static class Alignment
{
    /// <summary>Value of a series in a period of another; NaN when it has none there, or periods of another length.</summary>
    public static double ValueAt(MetricGrid grid, MetricGrid other, int period)
    {
        if (!TryOffset(grid, other, out long offset))
        {
            return double.NaN;
        }
        long index = period - offset;
        return index >= 0 && index < grid.Values.Length ? grid.Values[index] : double.NaN;
    }

    /// <summary>Periods by which a series begins after another; false when their periods differ.</summary>
    public static bool TryOffset(MetricGrid grid, MetricGrid other, out long offset)
    {
        offset = 0;
        if (grid.StepNs != other.StepNs)
        {
            return false;
        }
        if (grid.StepNs == 0 || grid.StartNs == other.StartNs)   // without a step: single values, taken to be of one moment
        {
            return true;
        }
        bool later = grid.StartNs > other.StartNs;
        ulong distance = later ? grid.StartNs - other.StartNs : other.StartNs - grid.StartNs;
        ulong periods = distance / grid.StepNs + (distance % grid.StepNs >= grid.StepNs - grid.StepNs / 2 ? 1UL : 0UL);
        if (periods > int.MaxValue)
        {
            return false;
        }
        offset = later ? (long)periods : -(long)periods;
        return true;
    }
}
