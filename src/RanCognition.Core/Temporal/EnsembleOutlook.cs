using RanCognition.Temporal.Forecasting;

namespace RanCognition.Temporal;

/// <summary>Outlook by the forecaster: backtested ensemble with conformal intervals.</summary>
internal sealed class EnsembleOutlook(MetricGrid grid, ForecastResult forecast) : MetricOutlook(grid)
{
    public ForecastResult Forecast { get; } = forecast;

    public override string Model => Forecast.Model;

    public override int Leads => Forecast.Horizon;

    public override IReadOnlyList<int> SeasonSteps =>
        Forecast.LongSeason > 1 ? [Forecast.Season, Forecast.LongSeason] : Forecast.Season > 1 ? [Forecast.Season] : [];

    public override double Mean(int lead) => Forecast.Mean[lead];

    public override double Lower(int lead) => Forecast.Lower[lead];

    public override double Upper(int lead) => Forecast.Upper[lead];

    public override double Quantile(int lead, double probability) => Forecast.Distribution.Quantile(lead, probability);

    public override double ProbabilityWithin(int lead, double tolerance) =>
        Forecast.Distribution.ProbabilityWithin(lead, Forecast.Mean[lead], tolerance);

    public override double ExplainedVariance(int lead) => Forecast.Distribution.ExplainedVariance(lead);

    public override double LeadCorrelation => Forecast.Distribution.LeadCorrelation;

    public override void PathOf(ReadOnlySpan<double> scores, Span<double> path) => Forecast.Distribution.PathOf(scores, path);
}
