namespace RanCognition.Contracts;

/// <summary>What one user received while it moved.</summary>
public sealed record MobilityTrace
{
    public required int Samples { get; init; }

    public required int Cells { get; init; }

    /// <summary>Row-major [sample][cell], dBm; one sample every StepMs of the MobilitySpec.</summary>
    public required double[] RsrpDbm { get; init; }
}

/// <summary>Handover settings of a cell, or of all cells.</summary>
public sealed record HandoverSettings
{
    /// <summary>dB, steps of 0.5.</summary>
    public double A3OffsetDb { get; init; } = 3;

    /// <summary>dB, 0..15 in steps of 0.5.</summary>
    public double HysteresisDb { get; init; } = 1;

    /// <summary>One of the 16 values of TS 38.331, ms.</summary>
    public double TimeToTriggerMs { get; init; } = 160;
}

/// <summary>Movement that handover settings are judged by: traces, or users that drive through the network.</summary>
/// <remarks>
/// JSON: <c>"mobility":{"traces"?:[[[rsrp of cell 1, ..], ..samples], ..users] (also {"rsrp_dbm":[[..],..]} each),"users"?,"speed_kmh"?:[3,30,120] or one number,"duration_s"?,"step_ms"?,"seed"?,"shadow_db"?,
/// "decorrelation_m"?,"fading_db"?,"filter_k"?,"noise_dbm"?,"load"?,"qout_db"?,"qin_db"?,"t310_ms"?,"execution_ms"?,"reestablishment_ms"?,"min_stay_ms"?,"weights"?:{"too_late","too_early","wrong_cell","ping_pong","handover"},
/// "present"?:{"a3_offset_db","hysteresis_db","time_to_trigger_ms"},"per_cell"?:false,"cio_relations"?:[[1,2],..],"cio_values"?:[..],"cio_present"?:[..]}</c>.
/// </remarks>
public sealed record MobilitySpec
{
    /// <summary>Null = generated from the network.</summary>
    public IReadOnlyList<MobilityTrace>? Traces { get; init; }

    /// <summary>Users that are generated.</summary>
    public int Users { get; init; } = 60;

    /// <summary>Speeds that generated users have in turn, km/h.</summary>
    public double[] SpeedsKmh { get; init; } = [3, 30, 120];

    public double DurationS { get; init; } = 60;

    /// <summary>Time between two samples, of given traces too.</summary>
    public double StepMs { get; init; } = 40;

    public ulong Seed { get; init; }

    /// <summary>Standard deviation of the shadowing of generated users, dB.</summary>
    public double ShadowDb { get; init; } = 6;

    /// <summary>Distance at which the shadowing's correlation is 1/e, m.</summary>
    public double DecorrelationM { get; init; } = 50;

    /// <summary>Standard deviation of what remains of fading and measurement errors in a sample of a generated user, dB.</summary>
    public double FadingDb { get; init; } = 2;

    /// <summary>Coefficient k of the L3 filter of TS 38.331: a = 1 / 2^(k/4) per 200 ms; 0 = no filter.</summary>
    public double FilterK { get; init; } = 4;

    /// <summary>Noise in the bandwidth of an RSRP, dBm.</summary>
    public double NoiseDbm { get; init; } = -122;

    /// <summary>Load of the cells that interfere, 0..1.</summary>
    public double Load { get; init; } = 1;

    /// <summary>Out of sync below this SINR, dB.</summary>
    public double QoutDb { get; init; } = -8;

    /// <summary>In sync above this SINR, dB.</summary>
    public double QinDb { get; init; } = -6;

    /// <summary>Time out of sync after which the link has failed.</summary>
    public double T310Ms { get; init; } = 1000;

    /// <summary>Time from the report of event A3 to the access to the target.</summary>
    public double ExecutionMs { get; init; } = 80;

    /// <summary>Time from a failure to the connection to the strongest cell.</summary>
    public double ReestablishmentMs { get; init; } = 200;

    /// <summary>A failure or a return within this time after a handover blames the handover.</summary>
    public double MinStayMs { get; init; } = 1000;

    public double TooLateWeight { get; init; } = 1;

    public double TooEarlyWeight { get; init; } = 1;

    public double WrongCellWeight { get; init; } = 1;

    public double PingPongWeight { get; init; } = 0.2;

    /// <summary>Cost of any handover.</summary>
    public double HandoverWeight { get; init; } = 0.01;

    public HandoverSettings Present { get; init; } = new();

    /// <summary>Each cell has settings of its own.</summary>
    public bool PerCell { get; init; }

    /// <summary>Relations whose cell individual offset may change: cells a, b of the first, of the second, and so on; cells count from 1.</summary>
    public int[] CioRelations { get; init; } = [];

    /// <summary>Offsets to choose from, dB; null = the values of TS 38.331 within -6..6.</summary>
    public IReadOnlyList<double>? CioValues { get; init; }

    /// <summary>Offset of each of CioRelations now; null = 0.</summary>
    public double[]? CioPresent { get; init; }
}
