using RanCognition.Performance;

namespace RanCognition.Temporal.Forecasting;

/// <summary>A forecast with its interval, and the backtest it rests on. All values are in the units of the history.</summary>
public sealed class ForecastResult
{
    private readonly SimdOps _simd;   // of the forecaster: the distribution is built with the same
    private PredictiveDistribution? _distribution;

    internal ForecastResult(SimdOps simd, IntervalSource source) => (_simd, Source) = (simd, source);

    /// <summary>What the predictive distribution is built from.</summary>
    internal IntervalSource Source { get; }

    /// <summary>Leads forecast; lead 0 is one step after the last value.</summary>
    public int Horizon { get; internal init; }

    /// <summary>Share of outcomes that [Lower, Upper] is to hold.</summary>
    public double Coverage { get; internal init; }

    /// <summary>Forecast (a median) by lead.</summary>
    public double[] Mean { get; internal init; } = [];
    public double[] Lower { get; internal init; } = [];
    public double[] Upper { get; internal init; } = [];

    /// <summary>Short season in steps; 1 = none.</summary>
    public int Season { get; internal init; } = 1;

    /// <summary>Long season in steps; 1 = none.</summary>
    public int LongSeason { get; internal init; } = 1;

    /// <summary>Scale the members worked on: log, fourth_root, sqrt or none.</summary>
    public string Transform { get; internal init; } = "none";

    /// <summary>Members used; empty unless <see cref="Model"/> is "ensemble".</summary>
    public string[] MemberNames { get; internal init; } = [];

    /// <summary>Weight of each member; sum 1.</summary>
    public double[] MemberWeights { get; internal init; } = [];

    /// <summary>Mean absolute error of each member over the rolling origins, on the transformed scale; 1 for all without a rolling origin.</summary>
    public double[] MemberErrors { get; internal init; } = [];

    /// <summary>Rolling origins, oldest first: places in the used history before which a backtest forecast was made.</summary>
    public int[] Origins { get; internal init; } = [];

    /// <summary>Backtest forecasts, [origin * Horizon + lead].</summary>
    public double[] Backtest { get; internal init; } = [];

    /// <summary>What came, [origin * Horizon + lead]; NaN = missing.</summary>
    public double[] BacktestActuals { get; internal init; } = [];

    /// <summary>Points of the history used: at most the last 4096, from the first that is known.</summary>
    public int HistoryUsed { get; internal init; }

    /// <summary>"ensemble"; "last_value" with fewer than 12 points; "none" without a finite value.</summary>
    public string Model { get; internal init; } = "none";

    /// <summary>Distribution of the outcomes around this forecast; built at the first use, which is not thread-safe.</summary>
    public PredictiveDistribution Distribution => _distribution ??= new PredictiveDistribution(_simd, this);
}
