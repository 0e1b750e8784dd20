namespace RanCognition.Contracts;

/// <summary>What values a variable can take.</summary>
public enum VariableKind : byte
{
    /// <summary>Any number within the bounds, or lower + k step.</summary>
    Real = 0,

    /// <summary>Whole numbers, or lower + k step.</summary>
    Integer = 1,

    /// <summary>One out of a list of numbers, in ascending order.</summary>
    Ordered = 2,

    /// <summary>0 or 1.</summary>
    Binary = 3,

    /// <summary>One out of a list without order; its value is the 0-based place in the list.</summary>
    Category = 4,
}

/// <summary>A knob.</summary>
public sealed record DecisionVariable
{
    public required string Name { get; init; }

    public VariableKind Kind { get; init; }

    /// <summary>Smallest value, of real and integer ones.</summary>
    public double Lower { get; init; }

    /// <summary>Largest value, of real and integer ones.</summary>
    public double Upper { get; init; }

    /// <summary>Distance of two values, counted from Lower. Null = none (real) or 1 (integer).</summary>
    public double? Step { get; init; }

    /// <summary>What an ordered one can be.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>Names of what a category can be (numbers as they were written).</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>The present value, as in x.</summary>
    public double? Initial { get; init; }

    /// <summary>Largest distance from Initial, in the unit of x; of categories 0 means that it stays.</summary>
    public double? MaxChange { get; init; }
}

/// <summary>What is to be small or large.</summary>
public sealed record ObjectiveSpec(string Name, bool Maximize);

/// <summary>A function that is built in to measure optimisers.</summary>
public sealed record FunctionSpec(int Id, int Dimension, int Instance);

/// <summary>How much may be spent.</summary>
public sealed record OptimizationBudget
{
    /// <summary>Points evaluated, at least 1. Null = 1000 per variable, at most 100 000.</summary>
    public ulong? Evaluations { get; init; }

    /// <summary>Time of the call, ns.</summary>
    public ulong? DeadlineNs { get; init; }
}

/// <summary>The problems of self-organising networks that are ready to solve.</summary>
public enum SonProblemType : byte
{
    /// <summary>Coverage and capacity: tilts, powers.</summary>
    Cco,

    /// <summary>Load balancing: cell individual offsets.</summary>
    Mlb,

    /// <summary>Mobility robustness: handover offsets, hysteresis, time to trigger.</summary>
    Mro,

    /// <summary>Energy saving: cells on and off.</summary>
    Es,

    /// <summary>Physical cell identities.</summary>
    Pci,

    /// <summary>Shares of the resource blocks.</summary>
    Slice,
}

/// <summary>What is to be found.</summary>
public sealed record OptimizationProblem
{
    public IReadOnlyList<DecisionVariable> Variables { get; init; } = [];

    public IReadOnlyList<ObjectiveSpec> Objectives { get; init; } = [];

    /// <summary>Names; a constraint holds when its value is at most 0.</summary>
    public IReadOnlyList<string> Constraints { get; init; } = [];

    public FunctionSpec? Function { get; init; }

    public NetworkModel? Network { get; init; }

    public SonProblemType? ProblemType { get; init; }

    /// <summary>Cells and identities of the problem type PCI.</summary>
    public PciSpec? Pci { get; init; }

    /// <summary>Slices of the problem type SLICE.</summary>
    public SlicesSpec? Slices { get; init; }

    /// <summary>Movement of the problem type MRO.</summary>
    public MobilitySpec? Mobility { get; init; }

    /// <summary>Limits of the problem types. A name that is absent has its default; null is no constraint.</summary>
    public SonLimits Limits { get; init; } = new();

    public OptimizationBudget Budget { get; init; } = new();

    /// <summary>Value of the first objective, in its own sense, at which the search is content.</summary>
    public double? Target { get; init; }

    /// <summary>Best value of the first objective that the caller knows of, in its own sense; the score refers to it.</summary>
    public double? BestKnown { get; init; }

    /// <summary>Corner that the hypervolume is measured from, one number per objective, in their own sense. Null = the worst of the points that are left.</summary>
    public IReadOnlyList<double>? ReferencePoint { get; init; }

    /// <summary>Points that are evaluated first, after the one of the initial values.</summary>
    public IReadOnlyList<double[]> Starts { get; init; } = [];

    /// <summary>The result shows the network as a map, where places are known.</summary>
    public bool IncludeMap { get; init; }

    /// <summary>Null = that of the core.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Null = those of the core.</summary>
    public int? Threads { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
