namespace RanCognition.Telemetry;

/// <summary>Why a value was not taken; the first that applies.</summary>
internal enum SkipReason : byte
{
    Suspect,
    BadTime,
    MissingType,
    Empty,
    NotANumber,
    None,
}
