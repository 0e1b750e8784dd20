namespace RanCognition.Contracts;

/// <summary>What the shares of slices are chosen for.</summary>
public enum SliceObjective : byte
{
    /// <summary>Largest sum of weight ln(rate).</summary>
    ProportionalFair,

    /// <summary>Smallest sum of weight / (capacity - demand): the delay of a queue with random arrivals.</summary>
    Delay,
}

/// <summary>A slice of a cell.</summary>
public sealed record SliceSpec
{
    public required string Name { get; init; }

    /// <summary>Traffic that is asked for; null = any amount (not with the objective delay).</summary>
    public double? DemandMbps { get; init; }

    /// <summary>What a Hz carries for the slice's users, bit/s/Hz.</summary>
    public required double SpectralEfficiency { get; init; }

    public double Weight { get; init; } = 1;

    /// <summary>Share it has at least, 0..1.</summary>
    public double MinShare { get; init; }

    /// <summary>Share it has at most, 0..1.</summary>
    public double MaxShare { get; init; } = 1;

    /// <summary>Rate that is promised; a constraint.</summary>
    public double? MinRateMbps { get; init; }

    /// <summary>Share it has now, 0..1; null = not set.</summary>
    public double? Share { get; init; }
}

/// <summary>Slices that share the resource blocks of a cell.</summary>
/// <remarks>
/// JSON: <c>"slices":[{"name","demand_mbps"?,"spectral_efficiency","weight"?,"min_share"?,"max_share"?,"min_rate_mbps"?,"share"?},..]</c>, or
/// <c>"slices":{"bandwidth_mhz"?:20,"objective"?:"proportional_fair|delay","step_percent"?:1,"list":[..]}</c>.
/// </remarks>
public sealed record SlicesSpec
{
    /// <summary>Null = that of the network, or 20.</summary>
    public double? BandwidthMHz { get; init; }

    public SliceObjective Objective { get; init; }

    /// <summary>Distance of two shares, percent of the cell; 0 = any share. 3GPP knows whole percents.</summary>
    public double StepPercent { get; init; } = 1;

    public required IReadOnlyList<SliceSpec> List { get; init; }
}
