using RanCognition.Optimization.Search;

namespace RanCognition.Optimization;

/// <summary>A function of the caller as a search sees it.</summary>
internal sealed class DelegateEvaluator(PointEvaluator evaluate) : IEvaluator
{
    public bool IsThreadSafe => false;

    public bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        // What the function leaves unset is no value.
        objectives.Fill(double.NaN);
        constraints.Fill(double.NaN);
        return evaluate(x, objectives, constraints);
    }
}
