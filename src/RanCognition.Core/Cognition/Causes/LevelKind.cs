namespace RanCognition.Cognition.Causes;

/// <summary>Metrics of a cell that are levels, not counts: told by their names, held against the cell's own past.</summary>
internal enum LevelKind : byte
{
    /// <summary>Mean SINR, dB.</summary>
    SignalQuality,

    /// <summary>Mean CQI, 0..15.</summary>
    ChannelQuality,

    /// <summary>What the uplink receives of noise and of others, dBm.</summary>
    UplinkInterference,

    /// <summary>Mean RSRP, dBm.</summary>
    SignalStrength,

    /// <summary>Share of weak reports of RSRP, percent.</summary>
    WeakShare,

    /// <summary>Throughput or success ratio: hardly of the hour.</summary>
    Service,

    /// <summary>Volume of data: of the hour and of the day.</summary>
    Volume,

    /// <summary>How many there are; a name of none of them.</summary>
    Count,
}
