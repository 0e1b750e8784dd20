namespace RanCognition.Temporal.Forecasting;

/// <summary>What was known of the uncertainty when a forecast was made; the values are divided by <see cref="Scale"/>.</summary>
internal sealed record IntervalSource
{
    /// <summary>Factor to the units of the history.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Forecasts before the zero and whole-number rules: the centre of the interval. Null when <see cref="ForecastResult.Mean"/> is the same.</summary>
    public double[]? Centre { get; init; }

    /// <summary>Mean magnitude of the history.</summary>
    public double Reference { get; init; } = 1;

    /// <summary>Backtest errors known; the distribution is a normal one around the forecast when there are too few.</summary>
    public int KnownErrors { get; init; }

    /// <summary>Whether the backtest is large enough to set the interval.</summary>
    public bool HasErrors { get; init; }

    /// <summary>Without a backtest: half width of the 0.95 interval at the first step, and the steps after which it grows.</summary>
    public double FallbackHalfWidth { get; init; }
    public int FallbackPeriod { get; init; } = 1;
    public bool IsLattice { get; init; }
    public bool IsNonNegative { get; init; }
}
