namespace RanCognition.Numerics;

/// <summary>Aitken's extrapolation; in several dimensions along the last plain step, as Irons and Tuck do.</summary>
/// <remarks>
/// A. C. Aitken, Proc. Royal Society of Edinburgh 46, 1926; B. M. Irons and R. C. Tuck, International Journal for Numerical Methods in Engineering 1, 1969. A plain step leads from x to y = F(x); with
/// d = F(x) - x and e = F(y) - y the next point is F(y) - (e (e - d) / |e - d|^2) e. It is kept only if its residual is below that at y; else the step from y is plain too. In one dimension
/// this is Steffensen's method. Where 16 of them in a row lead to nothing better, 8 plain steps follow, the next time 16, .., up to 1024.
/// </remarks>
internal static class AitkenSteps
{
    private const int Patience = 16;
    private const int FirstEscape = 8;
    private const int LongestEscape = 1024;

    public static StepOutcome Run(FixedPointWalk walk)
    {
        double[] first = new double[walk.Dimension], second = new double[walk.Dimension], change = new double[walk.Dimension];
        double best = walk.Residual;   // since the last plain steps in a row
        int sinceBest = 0, plainLeft = 0, escape = FirstEscape;
        while (!walk.IsConverged)
        {
            if (!walk.HasSteps)
            {
                return StepOutcome.Budget;
            }
            walk.Difference(first);
            if (PlainSteps.Failure(walk) is { } failure)
            {
                return failure;
            }
            walk.Accept();
            if (plainLeft > 0)
            {
                plainLeft--;
                best = walk.Residual;
                continue;
            }
            if (!walk.HasSteps || walk.IsConverged)
            {
                continue;
            }
            walk.Difference(second);
            DenseVectors.Subtract(second, first, change);
            double square = DenseVectors.Dot(change, change), factor = DenseVectors.Dot(second, change) / square;
            if (!double.IsFinite(factor))
            {
                continue;
            }
            walk.TryImage();
            DenseVectors.Add(-factor, second, walk.Trial);
            if (walk.Evaluate() && walk.TrialResidual < walk.Residual)
            {
                walk.Accept();
            }
            if (walk.Residual < best)
            {
                best = walk.Residual;
                sinceBest = 0;
            }
            else if (++sinceBest == Patience)
            {
                sinceBest = 0;
                plainLeft = escape;
                escape = Math.Min(2 * escape, LongestEscape);
            }
        }
        return StepOutcome.Converged;
    }
}
