namespace RanCognition.Temporal.Logic;

/// <summary>A comparison of a statistic of the whole path: the same truth at every sample.</summary>
internal sealed class StatisticNode(MetricReader reader, Comparison comparison, int horizon) : InstantNode(horizon)
{
    private readonly double[] _scratch = new double[horizon];

    public override void Evaluate(int scenario)
    {
        var statistic = PathStatistics.Of(reader.Read(scenario), comparison.Operand.Kind, comparison.Operand.Percent, _scratch);
        Truth.AsSpan().Fill(Robustness.Compare(statistic, comparison.Operator, comparison.Limit));
    }
}
