using RanCognition.Temporal;

namespace RanCognition.Cognition.Networks;

/// <summary>Evaluates every point.</summary>
/// <remarks>One knob turns between two points, so that one cell changes: Knuth, The Art of Computer Programming 4A, section 7.2.1.1, algorithm H (loopless reflected mixed-radix Gray generation).</remarks>
internal static class WholeSearch
{
    /// <summary>Points that are evaluated at most.</summary>
    public const int PointsMax = 4096;

    private const int PointsKept = 8;

    // Relative distance from breaking a target that is about what a forecast is off by.
    private const double WideMargin = 0.1;

    /// <summary>Number of points; more than <see cref="PointsMax"/> when there are more.</summary>
    public static long Points(List<NetworkKnob> knobs)
    {
        long product = 1;
        for (int i = 0; i < knobs.Count && product <= PointsMax; i++)
        {
            product *= knobs[i].Values.Length;
        }
        return product;
    }

    /// <summary>The best point, and those that are best among all with fewer changes; the best first. Where forecasts leave doubts also the best one with a wide margin to every target and the one with the widest.</summary>
    /// <param name="knobs">What may be turned.</param>
    /// <param name="dial">At the present setting.</param>
    /// <param name="judge">Of points.</param>
    /// <param name="budget">Ends the search before it is whole.</param>
    /// <param name="nanosecondsPerPoint">About.</param>
    public static List<NetworkPoint> Run(List<NetworkKnob> knobs, NetworkDial dial, PointJudge judge, TimeBudget budget, ulong nanosecondsPerPoint)
    {
        int count = knobs.Count;
        var best = new NetworkPoint?[count + 1];   // by number of changes
        NetworkPoint? nearest = null;   // to the targets
        NetworkPoint? wide = null, widest = null;
        int[] focus = new int[count + 1], direction = new int[count];
        for (int i = 0; i < count; i++)
        {
            (focus[i], direction[i]) = (i, 1);
            dial.Turn(i, 0);
        }
        focus[count] = count;
        while (budget.Allows(nanosecondsPerPoint))
        {
            NetworkPoint point = judge.Judge(dial.Cells, dial.Choices, dial.Changes);
            if (best[point.Changes] is not { } other || point.Compare(other, byViolation: false) < 0)
            {
                best[point.Changes] = point;
            }
            nearest = nearest is null || IsBetter(point, nearest) ? point : nearest;
            if (point.Margin > 0)
            {
                wide = point.Margin >= WideMargin && (wide is null || IsBetter(point, wide)) ? point : wide;
                widest = widest is null || point.Margin > widest.Margin || (point.Margin == widest.Margin && point.Changes < widest.Changes) ? point : widest;
            }
            int turned = focus[0];
            focus[0] = 0;
            if (turned == count)
            {
                break;
            }
            dial.Turn(turned, dial.Choices[turned] + direction[turned]);
            if (dial.Choices[turned] == 0 || dial.Choices[turned] == knobs[turned].Values.Length - 1)
            {
                direction[turned] = -direction[turned];
                focus[turned] = focus[turned + 1];
                focus[turned + 1] = turned + 1;
            }
        }
        List<NetworkPoint> chosen = Chosen(best);
        foreach (NetworkPoint? other in (ReadOnlySpan<NetworkPoint?>)[nearest is { Unheld: > 0 } ? nearest : null, wide, widest])
        {
            if (other is not null && !chosen.Contains(other))
            {
                chosen.Add(other);
            }
        }
        return chosen;
    }

    private static bool IsBetter(NetworkPoint point, NetworkPoint other)
    {
        int order = point.Compare(other, byViolation: true);
        return order < 0 || (order == 0 && point.Changes < other.Changes);
    }

    private static List<NetworkPoint> Chosen(NetworkPoint?[] best)
    {
        List<NetworkPoint> chosen = [];
        foreach (NetworkPoint? point in best)
        {
            if (point is not null && (chosen.Count == 0 || point.Compare(chosen[^1], byViolation: false) < 0))
            {
                chosen.Add(point);
            }
        }
        chosen.Reverse();
        if (chosen.Count > PointsKept)
        {
            chosen.RemoveRange(PointsKept, chosen.Count - PointsKept);
        }
        return chosen;
    }
}
