namespace RanCognition.Cognition.Outlooks;

/// <summary>What will be observed of one metric over the window when nothing is changed.</summary>
internal sealed class WindowFuture
{
    /// <summary>Nothing is known.</summary>
    public static WindowFuture Unknown { get; } = new() { Kind = FutureKind.Unknown, Values = [] };

    public required FutureKind Kind { get; init; }

    /// <summary>Equally likely values, ascending; empty when nothing is known.</summary>
    public required double[] Values { get; init; }

    /// <summary>Least value that can be observed.</summary>
    public double Lower { get; init; } = double.NegativeInfinity;

    public double Upper { get; init; } = double.PositiveInfinity;

    /// <summary>Newest value, where it is all that is known.</summary>
    public double Present { get; init; } = double.NaN;

    /// <summary>Errors of one period, newest last, that tell which metrics move together; NaN = missing.</summary>
    public double[] Residuals { get; init; } = [];
}
