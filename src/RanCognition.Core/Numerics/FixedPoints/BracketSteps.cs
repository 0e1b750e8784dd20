namespace RanCognition.Numerics;

/// <summary>One dimension: finds two points that F moves towards each other, or apart, and closes in between them.</summary>
/// <remarks>
/// A continuous F(x) - x of two signs has a zero between them. The bracket grows by factors of 4; inside it the false position with Illinois weights (M. Dowell and P. Jarratt, BIT 11, 1971) alternates with
/// bisection, so that each pair of evaluations at least halves it.
/// </remarks>
internal static class BracketSteps
{
    private const int WideningsMax = 30;
    private const int ClosingsMax = 250;

    public static StepOutcome Run(FixedPointWalk walk)
    {
        double centre = walk.X[0], gap = walk.Image[0] - centre, reach = Math.Max(Math.Abs(gap), 1e-3 * Math.Max(1, Math.Abs(centre)));
        for (int widening = 0; widening < WideningsMax; widening++, reach *= 4)
        {
            for (int side = -1; side <= 1; side += 2)
            {
                walk.Trial[0] = centre + side * reach;
                if (!walk.HasSteps)
                {
                    return StepOutcome.Budget;
                }
                if (!walk.Evaluate())
                {
                    continue;
                }
                walk.Accept();
                double other = walk.Image[0] - walk.X[0];
                if (Math.Sign(other) != Math.Sign(gap))
                {
                    return Close(walk, centre, gap, walk.X[0], other);
                }
            }
        }
        return StepOutcome.Stalled;
    }

    private static StepOutcome Close(FixedPointWalk walk, double left, double leftGap, double right, double rightGap)
    {
        for (int closing = 0; closing < ClosingsMax && !walk.IsConverged; closing++)
        {
            double middle = left / 2 + right / 2, share = leftGap / (leftGap - rightGap);
            double next = (closing & 1) == 0 && double.IsFinite(share) ? left + share * (right - left) : middle;
            if (!walk.HasSteps)
            {
                return StepOutcome.Budget;
            }
            walk.Trial[0] = next;
            if (!walk.Evaluate())
            {
                return walk.IsOutOfTime ? StepOutcome.Budget : StepOutcome.Stalled;
            }
            walk.Accept();
            double gap = walk.Image[0] - walk.X[0];
            if (Math.Sign(gap) == Math.Sign(leftGap))
            {
                (left, leftGap, rightGap) = (next, gap, rightGap / 2);
            }
            else
            {
                (right, rightGap, leftGap) = (next, gap, leftGap / 2);
            }
            if (middle == left && next == left || middle == right && next == right)
            {
                break;
            }
        }
        return walk.IsConverged ? StepOutcome.Converged : StepOutcome.Stalled;
    }
}
