namespace RanCognition.StrangeLoop.Conflicts;

internal static class SortedTimes
{
    /// <summary>How many of the ascending times are below.</summary>
    public static int CountBefore(ulong[] times, ulong timeNs)
    {
        int low = 0, high = times.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (times[middle] < timeNs)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
