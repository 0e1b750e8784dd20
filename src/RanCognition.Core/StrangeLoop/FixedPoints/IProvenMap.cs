using RanCognition.Numerics;

namespace RanCognition.StrangeLoop.FixedPoints;

/// <summary>A map of which more is known than its values.</summary>
internal interface IProvenMap : IFixedPointMap
{
    /// <summary>Why no fixed point can exist; null = nothing proves that.</summary>
    string? Infeasibility { get; }

    /// <summary>What else is known of its fixed points, for the reason; null = nothing.</summary>
    string? Remark => null;

    /// <summary>Spectral radius that goes with the verdict; null = none.</summary>
    double? VerdictRadius { get; }

    /// <summary>Largest factor of the demand for which a fixed point exists; null = not that kind of map, or any.</summary>
    double? CriticalScale { get; }

    /// <summary>A start from which Newton's method cannot miss; null = none is known.</summary>
    double[]? SureStart { get; }

    /// <summary>Proven largest distance of a component of x from the fixed point; null = cannot be given.</summary>
    double? ErrorBound(ReadOnlySpan<double> x, ReadOnlySpan<double> image);
}
