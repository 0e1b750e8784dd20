namespace RanCognition.Contracts;

/// <summary>Why a search ended.</summary>
public enum SearchStop : byte
{
    /// <summary>A feasible point reached the target.</summary>
    Target,

    /// <summary>All evaluations were made.</summary>
    Budget,

    /// <summary>The time was over.</summary>
    Deadline,

    /// <summary>Nothing that the search knows to try is left.</summary>
    Converged,

    /// <summary>Every point was evaluated, or the optimum was computed: there is no better one.</summary>
    Exact,

    /// <summary>The host asked to stop.</summary>
    Cancelled,
}

/// <summary>What is known of the best value possible.</summary>
public enum BoundKind : byte
{
    /// <summary>No point can be better.</summary>
    Proven,

    /// <summary>All points were evaluated.</summary>
    Enumerated,

    /// <summary>The best of what the caller knows and what was found; a better one may exist.</summary>
    BestKnown,
}

public sealed record ObjectiveBound(double Value, BoundKind Kind);

/// <summary>Value of a constraint at a point; it holds at 0 and below.</summary>
public sealed record ConstraintValue(string Name, double Value);

/// <summary>A point and what it gave. Objectives are in their own sense.</summary>
public sealed record OptimizationPoint(double[] X, double[] F, bool Feasible, IReadOnlyList<ConstraintValue> Constraints);

/// <summary>Best value after so many evaluations; null while no point was feasible.</summary>
public readonly record struct TraceEntry(ulong Evaluations, double? F);

public sealed record FrontPoint(double[] X, double[] F);

/// <summary>A metric before and after.</summary>
public readonly record struct ExpectedChange(double? Before, double? After);

public sealed record OptimizationResult
{
    /// <summary>Null when the search was stopped before any point was evaluated.</summary>
    public OptimizationPoint? Best { get; init; }

    /// <summary>Names of the numbers of x.</summary>
    public IReadOnlyList<string> VariableNames { get; init; } = [];

    /// <summary>Names of the numbers of f.</summary>
    public IReadOnlyList<string> ObjectiveNames { get; init; } = [];

    public ulong Evaluations { get; init; }

    public ulong FailedEvaluations { get; init; }

    public SearchStop Stopped { get; init; }

    /// <summary>(first - best) / (first - bound), 0..1.</summary>
    public double? OptimizationScore { get; init; }

    public ObjectiveBound? Bound { get; init; }

    public IReadOnlyList<TraceEntry> Trace { get; init; } = [];

    /// <summary>Points of which none is better in all objectives; empty with one objective.</summary>
    public IReadOnlyList<FrontPoint> Pareto { get; init; } = [];

    public double? Hypervolume { get; init; }

    /// <summary>Share of the variance of the first objective that a variable explains by itself over the points evaluated, 0..1; null where unknown. In order of the variables.</summary>
    public IReadOnlyList<double?> Sensitivity { get; init; } = [];

    /// <summary>Evaluations by each strategy.</summary>
    public IReadOnlyList<KeyValuePair<string, ulong>> Arms { get; init; } = [];

    /// <summary>A smallest set of constraints that no evaluated point satisfies together; null when the best point is feasible.</summary>
    public IReadOnlyList<string>? InfeasibleSubset { get; init; }

    /// <summary>Of problem types: what to set.</summary>
    public IReadOnlyList<ConfigurationChange>? Actions { get; init; }

    /// <summary>Of problem types: what it does, by metric.</summary>
    public IReadOnlyList<KeyValuePair<string, ExpectedChange>>? Expected { get; init; }

    public NetworkMap? Map { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];

    public ulong ExecutionTime { get; init; }
}
