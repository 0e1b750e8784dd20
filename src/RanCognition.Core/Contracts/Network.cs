namespace RanCognition.Contracts;

/// <summary>Place of a base station, m.</summary>
public sealed record SiteSpec(double X, double Y, double? HeightM);

/// <summary>Where the sites are: a hexagonal layout, or a list.</summary>
public sealed record LayoutSpec
{
    /// <summary>Sites of the hexagonal layout: 1, 7 or 19.</summary>
    public int Sites { get; init; } = 19;

    public double InterSiteDistanceM { get; init; } = 500;

    public bool Wraparound { get; init; } = true;

    /// <summary>Sites of a free layout; null = hexagonal.</summary>
    public IReadOnlyList<SiteSpec>? List { get; init; }
}

/// <summary>Propagation models of 3GPP TR 38.901.</summary>
public enum PropagationModel : byte
{
    UrbanMacro,
    UrbanMicro,
}

public sealed record PropagationSpec
{
    public PropagationModel Model { get; init; } = PropagationModel.UrbanMacro;

    /// <summary>0.5..100.</summary>
    public double FrequencyGHz { get; init; } = 2;

    /// <summary>Of line of sight, shadowing and building entry.</summary>
    public ulong Seed { get; init; }

    /// <summary>False = no shadowing, for checks.</summary>
    public bool Shadowing { get; init; } = true;
}

/// <summary>Users dropped uniformly.</summary>
public sealed record UsersSpec
{
    public int Count { get; init; } = 1000;

    public ulong Seed { get; init; }

    /// <summary>Share of users within buildings.</summary>
    public double IndoorShare { get; init; } = 0.8;
}

/// <summary>A point of a traffic map.</summary>
public readonly record struct TrafficPoint(double X, double Y, double Weight, bool Indoor);

/// <summary>Measured or computed links: row-major [user][site].</summary>
public sealed record LinkSpec
{
    public required int Users { get; init; }

    public required int Sites { get; init; }

    /// <summary>Path loss, shadowing and building entry, dB.</summary>
    public required double[] LossDb { get; init; }

    /// <summary>Of the user seen from the site, degrees.</summary>
    public required double[] AzimuthDeg { get; init; }

    /// <summary>Of the user seen from the site, 90 = horizontal, degrees.</summary>
    public required double[] ZenithDeg { get; init; }

    /// <summary>One per user; null = all equal.</summary>
    public double[]? Weights { get; init; }
}

public enum AntennaModel : byte
{
    /// <summary>Element of TR 38.901 in a vertical column.</summary>
    Tr38901,

    /// <summary>0 dBi everywhere.</summary>
    Omni,

    /// <summary>Sector antenna of TR 36.814, table A.2.1.1-2, with electrical tilt.</summary>
    Tr36814,
}

public sealed record AntennaSpec
{
    public AntennaModel Model { get; init; } = AntennaModel.Tr38901;

    /// <summary>Elements of the column.</summary>
    public int Rows { get; init; } = 10;
}

/// <summary>A cell as it is set.</summary>
public sealed record CellSpec
{
    /// <summary>0-based; null = floor(i s / c).</summary>
    public int? Site { get; init; }

    public double AzimuthDeg { get; init; }

    /// <summary>Zenith angle of the beam: 90 = horizontal.</summary>
    public double TiltDeg { get; init; } = 102;

    public double PowerDbm { get; init; } = 46;

    public bool On { get; init; } = true;

    public double CioDb { get; init; }

    /// <summary>0-based carrier; cells of different carriers do not interfere.</summary>
    public int Carrier { get; init; }
}

/// <summary>A frequency layer.</summary>
public sealed record CarrierSpec(double FrequencyGHz, double BandwidthMHz);

/// <summary>Power a cell takes: on active + load * load, off sleep.</summary>
public sealed record EnergySpec
{
    public double ActiveW { get; init; } = 130;

    public double LoadW { get; init; } = 94;

    public double SleepW { get; init; } = 75;
}

/// <summary>A radio network and its traffic.</summary>
public sealed record NetworkModel
{
    public LayoutSpec? Layout { get; init; }

    public PropagationSpec Propagation { get; init; } = new();

    public UsersSpec? Users { get; init; }

    public IReadOnlyList<TrafficPoint>? Points { get; init; }

    public LinkSpec? Links { get; init; }

    public AntennaSpec Antenna { get; init; } = new();

    public double BandwidthMHz { get; init; } = 20;

    public double NoiseFigureDb { get; init; } = 9;

    /// <summary>Share of Shannon's rate that the bandwidth gives, and factor of the SINR within the logarithm.</summary>
    public double BandwidthEfficiency { get; init; } = 0.65;

    public double SinrEfficiency { get; init; } = 0.75;

    /// <summary>Demand of all users together.</summary>
    public double TrafficMbps { get; init; }

    /// <summary>Null = three sectors a site at 30, 150, 270 degrees.</summary>
    public IReadOnlyList<CellSpec>? Cells { get; init; }

    /// <summary>Further frequency layers; null = one, of Propagation's frequency and BandwidthMHz.</summary>
    public IReadOnlyList<CarrierSpec>? Carriers { get; init; }

    public EnergySpec Energy { get; init; } = new();

    public double CoverageRsrpDbm { get; init; } = -115;

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

public sealed record Percentiles(double? P5, double? P50, double? P95);

/// <summary>What a network gives. Numbers that have no meaning without a finite load vector are null then.</summary>
public sealed record NetworkEvaluation
{
    /// <summary>A finite load vector exists.</summary>
    public bool Feasible { get; init; }

    /// <summary>Largest factor of the traffic for which one exists; null = any.</summary>
    public double? CriticalScale { get; init; }

    /// <summary>Demand over capacity by cell; above 1 = overloaded; null = not feasible.</summary>
    public double[]? Loads { get; init; }

    public IReadOnlyList<int> OverloadedCells { get; init; } = [];

    public double? ThroughputP5Mbps { get; init; }

    public double? ThroughputP50Mbps { get; init; }

    public double? ThroughputMeanMbps { get; init; }

    /// <summary>Weighted mean of the logarithm of users' rates in bit/s.</summary>
    public double? Utility { get; init; }

    public double? EnergyW { get; init; }

    /// <summary>Weight of the users whose best RSRP is too small.</summary>
    public double UncoveredShare { get; init; }

    /// <summary>Signal over interference with every cell that is on at full load, without noise, dB: the geometry of 3GPP's calibrations. Null where nothing interferes.</summary>
    public Percentiles GeometryDb { get; init; } = new(null, null, null);

    /// <summary>Antenna gain minus loss to the serving cell, dB.</summary>
    public Percentiles CouplingLossDb { get; init; } = new(null, null, null);

    /// <summary>Of the load's fixed point.</summary>
    public int Iterations { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];

    public ulong ExecutionTime { get; init; }
}
