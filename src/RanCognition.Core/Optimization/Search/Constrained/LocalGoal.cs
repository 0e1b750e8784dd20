namespace RanCognition.Optimization.Search.Constrained;

/// <summary>What a local search is after, and when it may give up.</summary>
internal sealed class LocalGoal
{
    /// <summary>The constraints that have to hold; null = all.</summary>
    public bool[]? Chosen { get; init; }

    /// <summary>Whether the objective counts; without it the search ends at the first point at which the chosen constraints hold.</summary>
    public bool WithObjective { get; init; } = true;

    /// <summary>Whether it gives up where the best point known is out of reach.</summary>
    public bool MayBeHopeless { get; init; }

    /// <summary>Largest first move of a coordinate.</summary>
    public double FirstRadius { get; init; } = 0.3;

    public int IterationsMax { get; init; } = 200;
}
