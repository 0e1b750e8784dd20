namespace RanCognition.Optimization.Search;

/// <summary>What a search needs to know of a problem.</summary>
internal sealed record SearchProblem
{
    public required SearchSpace Space { get; init; }

    /// <summary>Of each objective: whether large is good.</summary>
    public required bool[] Maximize { get; init; }

    public int ConstraintCount { get; init; }

    /// <summary>Points in the unit cube that are evaluated first.</summary>
    public IReadOnlyList<double[]> Starts { get; init; } = [];

    /// <summary>Their values as they were given, which a coordinate cannot always give back to the last digit; empty = those of the coordinates.</summary>
    public IReadOnlyList<double[]> StartValues { get; init; } = [];

    public required ulong Evaluations { get; init; }

    /// <summary>Moment at which the search ends, ns of the host's clock; null = none.</summary>
    public ulong? EndNs { get; init; }

    /// <summary>Value of the first objective, smaller being better, that suffices.</summary>
    public double? Target { get; init; }

    /// <summary>Seed of the random numbers, made from the caller's and the problem.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Threads that may evaluate points.</summary>
    public int Threads { get; init; } = 1;
}
