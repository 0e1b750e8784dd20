namespace RanCognition.Optimization.Son;

/// <summary>A point that was computed.</summary>
internal sealed class SonSolution
{
    /// <summary>The point, as in x.</summary>
    public required double[] X { get; init; }

    /// <summary>Value of the objective that no point that satisfies the constraints can beat, in its own sense; null = not proven.</summary>
    public double? Bound { get; init; }

    /// <summary>The point reaches the bound: there is no better one. With InfeasibleSubset: no point is feasible.</summary>
    public bool IsOptimal { get; init; }

    /// <summary>A smallest set of constraints that no point satisfies together, proven; null = the point is feasible, or nothing is proven.</summary>
    public IReadOnlyList<string>? InfeasibleSubset { get; init; }
}
