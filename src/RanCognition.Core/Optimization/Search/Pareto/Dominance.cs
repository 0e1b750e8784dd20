namespace RanCognition.Optimization.Search.Pareto;

/// <summary>Comparison of points by all of their objectives, small being good.</summary>
internal static class Dominance
{
    /// <summary>Whether a point is as small as another or smaller in every objective.</summary>
    public static bool IsAtMost(ReadOnlySpan<double> point, ReadOnlySpan<double> other)
    {
        for (int j = 0; j < point.Length; j++)
        {
            if (!(point[j] <= other[j]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>-1 = the first dominates the second, 1 = the second the first, 0 = neither.</summary>
    public static int Compare(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        bool firstBetter = false, secondBetter = false;
        for (int j = 0; j < first.Length; j++)
        {
            firstBetter |= first[j] < second[j];
            secondBetter |= second[j] < first[j];
        }
        return firstBetter == secondBetter ? 0 : firstBetter ? -1 : 1;
    }
}
