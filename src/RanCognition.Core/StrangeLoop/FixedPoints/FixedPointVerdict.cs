using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.StrangeLoop.FixedPoints;

/// <summary>What a search comes to, and why.</summary>
internal sealed class FixedPointVerdict
{
    /// <summary>Rise of the residual over the later half of plain steps from which on they leave every bound.</summary>
    private const double LogRise = 1.1;   // a factor of 3

    private const int RisingSteps = 10;

    public FixedPointState State { get; private init; }

    public string Reason { get; private init; } = "";

    /// <summary>F is not finite where a plain step led, and nothing better was found.</summary>
    public bool IsNotFinite { get; private init; }

    public static FixedPointVerdict Of(FixedPointSearch search, FixedPointWalk walk)
    {
        if (walk.IsConverged && search.Outcome == StepOutcome.Converged)
        {
            return walk.BestResidual <= walk.Tolerance
                ? Say(FixedPointState.Converged, $"the residual {walk.BestResidual:g3} is within the tolerance {walk.Tolerance:g3}")
                : Say(FixedPointState.Converged, $"the residual {walk.BestResidual:g3} is within the rounding of x");
        }
        ResidualTrend trend = ResidualTrend.Of(walk.History.After(search.JudgedAfter));
        if (walk.IsBestAtFloor && !(search.Outcome == StepOutcome.Budget && trend.IsFalling))
        {
            return Say(FixedPointState.Converged, $"the residual {walk.BestResidual:g3} is as small as rounding lets it be");
        }
        if (search.Period > 0)
        {
            return Say(FixedPointState.Oscillating, $"plain steps repeat themselves every {search.Period} steps; the least residual of them is {search.CycleResidual:g3}");
        }
        switch (search.Outcome)
        {
            case StepOutcome.Diverged:
                return Say(FixedPointState.Diverging, $"plain steps leave every bound: the largest component of x is {walk.Size:g3} after {walk.Steps} steps, the residual {walk.Residual:g3}");
            case StepOutcome.NotFinite:
                return new FixedPointVerdict { IsNotFinite = true };
            case StepOutcome.Stalled:
                return Say(FixedPointState.Incomplete, $"no step from the best point lowers its residual {walk.BestResidual:g3}");
        }
        string end = walk.IsOutOfTime ? FormattableString.Invariant($"the time ended after {walk.Steps} steps") : FormattableString.Invariant($"the {walk.Steps} steps ended");
        if (search.Plain is { } plain)
        {
            if (trend.IsRising && trend.LogChange > LogRise && walk.Steps >= RisingSteps)
            {
                return Say(FixedPointState.Diverging, $"{end} with the residual growing: {walk.Residual:g3}, {Math.Exp(Math.Min(trend.LogChange, 700)):g3} times that of half as many plain steps");
            }
            if (plain.Drifts())
            {
                return Say(FixedPointState.Diverging, $"{end}; plain steps move on by the same {walk.Residual:g3} each time, without end");
            }
        }
        return trend.IsFalling
            ? Say(FixedPointState.Descending, $"{end} while the residual was falling: {(search.Plain is null ? walk.BestResidual : walk.Residual):g3}, tolerance {walk.Tolerance:g3}")
            : Say(FixedPointState.Incomplete, $"{end}; the residual, {walk.BestResidual:g3} at best, was neither within the tolerance {walk.Tolerance:g3} nor falling");
    }

    private static FixedPointVerdict Say(FixedPointState state, FormattableString reason) => new() { State = state, Reason = FormattableString.Invariant(reason) };
}
