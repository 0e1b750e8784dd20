using RanCognition.Optimization.Search;

namespace RanCognition.Tests.Optimization.Search;

/// <summary>Evaluates by a function and keeps the points that it was asked for.</summary>
internal sealed class PlainEvaluator(PlainEvaluator.Function function) : IEvaluator
{
    public delegate bool Function(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints);

    private readonly Lock _gate = new();

    public List<double[]> Asked { get; } = [];

    public bool IsThreadSafe { get; init; }

    public bool PrefersBatches { get; init; }

    public static PlainEvaluator Of(Func<double[], double> function) => new((x, f, _) =>
    {
        f[0] = function(x.ToArray());
        return true;
    });

    public bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        lock (_gate)
        {
            Asked.Add(x.ToArray());
        }
        return function(x, objectives, constraints);
    }
}
