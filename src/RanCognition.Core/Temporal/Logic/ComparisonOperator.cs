namespace RanCognition.Temporal.Logic;

/// <summary>How a metric is compared with a limit.</summary>
public enum ComparisonOperator
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,

    /// <summary>Within a relative 1e-9 of the limit.</summary>
    Equal,

    /// <summary>Not within a relative 1e-9 of the limit.</summary>
    NotEqual,
}
