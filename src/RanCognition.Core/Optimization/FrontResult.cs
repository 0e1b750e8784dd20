using RanCognition.Contracts;
using RanCognition.Optimization.Search;

namespace RanCognition.Optimization;

internal sealed class FrontResult
{
    public IReadOnlyList<FrontPoint> Points { get; init; } = [];
    public double? Hypervolume { get; init; }
    public static FrontResult Of(CompiledProblem compiled, Ledger ledger) => new();
}
