using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Targets;

/// <summary>What a step of a plan does with the stack of truths.</summary>
internal enum TargetStepKind : byte
{
    /// <summary>Puts the truth of a comparison of a value.</summary>
    Value,

    /// <summary>Puts the truth of a comparison of |change| per second.</summary>
    Rate,

    /// <summary>Puts "not known".</summary>
    Unknown,

    Not,

    /// <summary>Of the two on top.</summary>
    And,

    Or,

    /// <summary>Outside of the window the truth on top does not count.</summary>
    During,
}

/// <summary>One step of a plan.</summary>
internal sealed class TargetStep
{
    public required TargetStepKind Kind { get; init; }

    /// <summary>Place of the metric among the references.</summary>
    public int Reference { get; init; }

    public ComparisonOperator Operator { get; init; }

    public double Limit { get; init; }

    /// <summary>Window of During, both ends in it, ns since the epoch.</summary>
    public ulong StartNs { get; init; }

    public ulong EndNs { get; init; }
}
