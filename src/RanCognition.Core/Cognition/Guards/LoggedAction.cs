using RanCognition.Contracts;

namespace RanCognition.Cognition.Guards;

/// <summary>A change that an executed decision made.</summary>
internal sealed class LoggedAction
{
    public required ulong DecisionId { get; init; }

    /// <summary>Moment of the decision.</summary>
    public required ulong TimeNs { get; init; }

    /// <summary>How long its outcome is watched.</summary>
    public required ulong ObserveNs { get; init; }

    public required string ProblemType { get; init; }

    public required ConfigurationChange Change { get; init; }

    /// <summary>Its outcome has been judged, or it was rolled back.</summary>
    public bool IsClosed { get; set; }
}
