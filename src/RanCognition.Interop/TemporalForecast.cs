namespace RanCognition.Interop;

/// <summary>A forecast, one entry per step: what is expected, and the interval that holds the asked share of outcomes.</summary>
public sealed record TemporalForecast(double[] Mean, double[] Lower, double[] Upper);
