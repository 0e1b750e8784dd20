using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>A <see cref="MetricSeriesReport"/> as JSON has it: what lies ahead is an object of its own.</summary>
internal sealed record MetricSeriesShape(
    string Metric, ulong StartNs, ulong StepNs, double[] Values, ForecastShape Forecast, IReadOnlyList<AnomalyMark> Anomalies,
    IReadOnlyList<ChangePointMark> ChangePoints, IReadOnlyList<LimitMark> Limits);

internal sealed record ForecastShape(ulong StartNs, ulong StepNs, double[] Mean, double[] Lower, double[] Upper, IReadOnlyList<QuantilePathShape> Quantiles);

internal sealed record QuantilePathShape(double P, double[] Values);

internal sealed class MetricSeriesConverter : ShapeConverter<MetricSeriesReport, MetricSeriesShape>
{
    protected override MetricSeriesReport From(MetricSeriesShape shape) => new()
    {
        Metric = shape.Metric,
        StartNs = shape.StartNs,
        StepNs = shape.StepNs,
        Values = shape.Values,
        ForecastStartNs = shape.Forecast.StartNs,
        Mean = shape.Forecast.Mean,
        Lower = shape.Forecast.Lower,
        Upper = shape.Forecast.Upper,
        Quantiles = [.. shape.Forecast.Quantiles.Select(path => KeyValuePair.Create(path.P, path.Values))],
        Anomalies = shape.Anomalies,
        ChangePoints = shape.ChangePoints,
        Limits = shape.Limits,
    };

    protected override MetricSeriesShape To(MetricSeriesReport value) => new(
        value.Metric, value.StartNs, value.StepNs, value.Values,
        new ForecastShape(value.ForecastStartNs, value.StepNs, value.Mean, value.Lower, value.Upper, [.. value.Quantiles.Select(path => new QuantilePathShape(path.Key, path.Value))]),
        value.Anomalies, value.ChangePoints, value.Limits);
}
