namespace RanCognition.Cognition.Causes;

/// <summary>Measurements of TS 28.552 that causes are told from.</summary>
internal enum Counter : byte
{
    InterAttempts,
    IntraAttempts,
    TooLate,
    TooEarly,
    WrongCell,
    PingPong,
    PrbDl,
    PrbUl,
    UeThroughputDl,
    VolumeDl,
    VolumeUl,
    ActiveUsersDl,
    ConnectionsMean,
    ConnectionAttempts,
    Reestablishments,
    UplinkInitial,
    UplinkInitialErrors,
    Uplink,
    UplinkErrors,
    DownlinkInitial,
    DownlinkInitialErrors,
    Downlink,
    DownlinkErrors,
    RsrpReports,
    RsrpLow,
    CqiReports,
    CqiLow,

    /// <summary>How many there are; not one itself.</summary>
    Count,
}
