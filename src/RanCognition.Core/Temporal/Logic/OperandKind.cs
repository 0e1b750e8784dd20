namespace RanCognition.Temporal.Logic;

/// <summary>What is taken of a metric: its value at an instant, its rate of change, or one statistic of a whole path.</summary>
public enum OperandKind
{
    /// <summary>The value at an instant, in the metric's unit.</summary>
    Value,

    /// <summary>|x[t] - x[t-1]| per second, at the instant t.</summary>
    Rate,

    /// <summary>Arithmetic mean over the look-ahead window.</summary>
    Mean,

    /// <summary>50 % quantile.</summary>
    Median,

    /// <summary>A quantile in percent, linear between order statistics (Hyndman and Fan 1996, type 7).</summary>
    Percentile,
    Minimum,
    Maximum,
    Sum,

    /// <summary>The value at the end of the look-ahead window.</summary>
    Last,

    /// <summary>Population standard deviation (divided by n, so that one sample has 0).</summary>
    StandardDeviation,
}
