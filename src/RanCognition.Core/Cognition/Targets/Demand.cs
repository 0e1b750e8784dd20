using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Targets;

/// <summary>What a target surely demands of one metric or statistic: to lie in a set at every moment of a window, or at one of them.</summary>
internal sealed class Demand
{
    /// <summary>Which target, by its place in the order of ids.</summary>
    public required int Target { get; init; }

    /// <summary>Metric or quotient, or what is taken of it.</summary>
    public required Operand Operand { get; init; }

    public required RealSet Set { get; init; }

    /// <summary>First moment, ns since the epoch.</summary>
    public required ulong StartNs { get; init; }

    /// <summary>Last moment.</summary>
    public required ulong EndNs { get; init; }

    /// <summary>At some moment of the window; else at every one.</summary>
    public required bool IsOnce { get; init; }

    /// <summary>Whether it is of all values, at every moment.</summary>
    public bool IsOfAll => Operand.Kind == OperandKind.Value && !IsOnce && StartNs == 0 && EndNs == TimeWindow.OpenEnd;

    public bool Covers(Demand other) => StartNs <= other.StartNs && EndNs >= other.EndNs;

    public bool Overlaps(Demand other) => StartNs <= other.EndNs && other.StartNs <= EndNs;
}
