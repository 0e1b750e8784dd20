using RanCognition.Optimization.Search;

namespace RanCognition.Tests.Optimization;

/// <summary>Lets a lambda be searched.</summary>
internal sealed class FunctionEvaluator(FunctionEvaluator.Function function) : IEvaluator
{
    public delegate double Function(ReadOnlySpan<double> x);

    public bool IsThreadSafe => false;

    public bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        objectives[0] = function(x);
        return true;
    }
}
