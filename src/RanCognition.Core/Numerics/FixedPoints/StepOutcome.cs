namespace RanCognition.Numerics;

/// <summary>Why a method for fixed points stopped.</summary>
internal enum StepOutcome : byte
{
    /// <summary>The residual is within the tolerance, or as small as rounding lets it be.</summary>
    Converged,

    /// <summary>The steps or the time ended.</summary>
    Budget,

    /// <summary>The method sees no better point.</summary>
    Stalled,

    /// <summary>The plain iteration repeats itself.</summary>
    Cycle,

    /// <summary>The plain iteration leaves every bound.</summary>
    Diverged,

    /// <summary>F is not finite at a point that a plain step leads to.</summary>
    NotFinite,
}
