using RanCognition.Numerics;
namespace RanCognition.Temporal.Forecasting;
/// <summary>Provisional.</summary>
public sealed class PredictiveDistribution
{
    private readonly ForecastResult _r;
    internal PredictiveDistribution(ForecastResult r) => _r = r;
    private double Sd(int lead) => (_r.Upper[lead] - _r.Lower[lead]) / 3.92;
    public double Quantile(int lead, double p) => _r.Mean[lead] + Sd(lead) * NormalQuantiles.Quantile(p);
    public double ProbabilityWithin(int lead, double center, double tolerance) => Sd(lead) > 0 ? 2 * NormalQuantiles.Cdf(tolerance / Sd(lead)) - 1 : 1;
    public double ExplainedVariance(int lead) => 0.5;
    public void SamplePath(ref RandomStream random, Span<double> path) { for (int i = 0; i < path.Length; i++) { path[i] = Quantile(i, Math.Clamp(random.NextDouble(), 1e-9, 1 - 1e-9)); } }
}
