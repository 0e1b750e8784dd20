namespace RanCognition.Contracts;

/// <summary>How a fixed point is sought.</summary>
public enum FixedPointMethod : byte
{
    /// <summary>The surest for the map at hand.</summary>
    Auto,

    /// <summary>x = F(x), again and again.</summary>
    Picard,

    /// <summary>Aitken's extrapolation along the last step (Irons and Tuck in several dimensions).</summary>
    Aitken,

    /// <summary>Anderson's mixing of the last steps.</summary>
    Anderson,

    /// <summary>Newton's method on F(x) - x.</summary>
    Newton,
}

/// <summary>What a search for a fixed point found.</summary>
public enum FixedPointState : byte
{
    /// <summary>The residual is within the tolerance.</summary>
    Converged,

    /// <summary>The budget ended while the residual was falling.</summary>
    Descending,

    /// <summary>The iteration repeats itself with a period of at least 2.</summary>
    Oscillating,

    /// <summary>The iteration leaves every bound.</summary>
    Diverging,

    /// <summary>There is no fixed point; this is proven.</summary>
    Infeasible,

    /// <summary>None of these could be said within the budget.</summary>
    Incomplete,
}

/// <summary>A map that is built in.</summary>
public abstract record FixedPointMapSpec
{
    private FixedPointMapSpec()
    {
    }

    /// <summary>F(x) = matrix x + offset.</summary>
    public sealed record Linear(IReadOnlyList<double[]> Matrix, double[]? Offset) : FixedPointMapSpec;

    /// <summary>The loads that the loads of all cells bring about.</summary>
    public sealed record LoadCoupling(NetworkModel Network) : FixedPointMapSpec;

    /// <summary>One expression per variable.</summary>
    public sealed record Expression(IReadOnlyList<string> Variables, IReadOnlyList<string> Expressions) : FixedPointMapSpec;
}

/// <summary>A fixed point that is sought.</summary>
public sealed record FixedPointRequest
{
    /// <summary>Null = the caller's function.</summary>
    public FixedPointMapSpec? Map { get; init; }

    /// <summary>Where to begin. Null = 0 everywhere, of built-in maps only.</summary>
    public double[]? X0 { get; init; }

    public FixedPointMethod Method { get; init; }

    /// <summary>Largest |F(x) - x| that counts as a fixed point; what rounding makes impossible is not asked for.</summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>Steps.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>Steps that Anderson's method looks back.</summary>
    public int AndersonDepth { get; init; } = 5;

    /// <summary>A Jacobian of F, the same everywhere, that Newton's method uses instead of differences. Row by row.</summary>
    public IReadOnlyList<double[]>? Jacobian { get; init; }

    /// <summary>Time of the call, ns.</summary>
    public ulong? DeadlineNs { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

/// <summary>What a search for a fixed point found, and how sure that is.</summary>
public sealed record FixedPointResult
{
    public FixedPointState State { get; init; }

    /// <summary>The point of the least residual; of a cycle, that of its points; while plain steps were falling, the last. Null = none has a meaning (no fixed point exists).</summary>
    public double[]? X { get; init; }

    /// <summary>Steps made.</summary>
    public int Iterations { get; init; }

    /// <summary>Evaluations of F, those for slopes included.</summary>
    public ulong Evaluations { get; init; }

    /// <summary>Largest |F(x) - x|; null = not finite.</summary>
    public double? Residual { get; init; }

    /// <summary>Factor by which a plain step near x shortens distances (largest component); null = not known.</summary>
    public double? Contraction { get; init; }

    /// <summary>Largest distance of a component of x from the fixed point.</summary>
    public double? ErrorBound { get; init; }

    /// <summary>The bound follows from the map; else from the contraction as it was estimated.</summary>
    public bool IsErrorBoundProven { get; init; }

    /// <summary>Spectral radius of the slopes of F at x (of the asymptotic slopes where no finite loads exist); null = not known.</summary>
    public double? SpectralRadius { get; init; }

    /// <summary>Length of the cycle that plain steps run in.</summary>
    public int? Period { get; init; }

    /// <summary>Largest factor of the demand for which finite loads exist, of load coupling.</summary>
    public double? CriticalScale { get; init; }

    /// <summary>Residual at the start and after each step; thinned to at most 1000. Null where it was not finite.</summary>
    public IReadOnlyList<double?> History { get; init; } = [];

    /// <summary>The method that was used.</summary>
    public FixedPointMethod Method { get; init; }

    /// <summary>Why the state is what it is.</summary>
    public string Reason { get; init; } = "";

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];

    public ulong ExecutionTime { get; init; }
}
