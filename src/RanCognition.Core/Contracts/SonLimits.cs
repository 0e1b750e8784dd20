namespace RanCognition.Contracts;

/// <summary>A limit that has a default, can be set, or can be taken away.</summary>
public readonly record struct LimitValue(bool IsGiven, double? Value)
{
    public static LimitValue Of(double? value) => new(true, value);

    /// <summary>Null = no constraint.</summary>
    public double? Or(double fallback) => IsGiven ? Value : fallback;
}

/// <summary>Limits of the problem types.</summary>
public sealed record SonLimits
{
    /// <summary>Largest load of any cell. Default 0.7 (ES).</summary>
    public LimitValue MaxLoad { get; init; }

    /// <summary>Growth of the uncovered share. Default 0.01.</summary>
    public LimitValue CoverageLoss { get; init; }

    /// <summary>Relative loss of the 5th percentile of throughput. Default 0.1.</summary>
    public LimitValue P5Loss { get; init; }

    /// <summary>Offsets that MLB chooses from, dB. Null = -6, -4, .. 6.</summary>
    public IReadOnlyList<double>? CioValues { get; init; }

    /// <summary>Bounds and step of the tilts of CCO, degrees of zenith. Null = 90, 120 and 0.1, counted from the present tilt.</summary>
    public double? TiltMin { get; init; }

    public double? TiltMax { get; init; }

    public double? TiltStep { get; init; }

    /// <summary>Bounds of the powers of CCO, dBm; null = power stays.</summary>
    public double? PowerMin { get; init; }

    public double? PowerMax { get; init; }
}
