namespace RanCognition.Temporal.Forecasting;
public sealed class PredictiveDistribution
{
    internal PredictiveDistribution(ForecastResult result) => _r = result;
    private readonly ForecastResult _r;
    public double Quantile(int lead, double p) => _r.Mean[lead];
}
