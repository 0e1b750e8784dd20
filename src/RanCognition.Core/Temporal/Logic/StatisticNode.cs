using RanCognition.Performance;

namespace RanCognition.Temporal.Logic;

/// <summary>A comparison of a statistic of the look-ahead window: the same truth at every sample.</summary>
internal sealed class StatisticNode(SimdOps simd, MetricReader reader, Comparison comparison, int horizon, int window) : InstantNode(horizon)
{
    private readonly double[] _scratch = new double[window];

    /// <summary>Samples of the look-ahead window.</summary>
    public int Window => window;

    public override void Evaluate(int scenario)
    {
        var statistic = PathStatistics.Of(simd, Cut(reader.Read(scenario)), comparison.Operand.Kind, comparison.Operand.Percent, _scratch);
        Truth.AsSpan().Fill(Robustness.Compare(statistic, comparison.Operator, comparison.Limit));
    }

    private ReadOnlySpan<double> Cut(ReadOnlySpan<double> samples) => samples[..Math.Min(samples.Length, window)];
}
