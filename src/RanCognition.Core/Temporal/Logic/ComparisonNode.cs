namespace RanCognition.Temporal.Logic;

/// <summary>A comparison of values or rates, at every sample.</summary>
internal sealed class ComparisonNode(MetricReader reader, ComparisonOperator comparison, double limit, int horizon) : InstantNode(horizon)
{
    public override void Evaluate(int scenario)
    {
        var samples = reader.Read(scenario);
        Robustness.Compare(samples, comparison, limit, Truth);
        Truth.AsSpan(samples.Length).Fill(double.NaN);
    }
}
