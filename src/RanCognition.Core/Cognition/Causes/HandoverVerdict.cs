namespace RanCognition.Cognition.Causes;

/// <summary>How the handovers of a relation are.</summary>
internal enum HandoverVerdict : byte
{
    /// <summary>It has none of the counters.</summary>
    None,

    /// <summary>They do not allow a judgement.</summary>
    Unjudged,

    /// <summary>Every rate is below 2 %.</summary>
    Healthy,

    /// <summary>Neither healthy nor faulty: held.</summary>
    Between,

    /// <summary>A rate is 5 % or more.</summary>
    Faulty,
}
