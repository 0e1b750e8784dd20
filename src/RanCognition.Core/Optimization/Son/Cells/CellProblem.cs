using System.Globalization;
using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Optimization.Son;

/// <summary>A problem whose knobs are settings of the cells of a network, judged by the network's evaluation.</summary>
/// <remarks>Where no finite load vector exists, or every cell is off, the point is infeasible: the constraint <c>max_load</c> is 1e9 then.</remarks>
internal abstract class CellProblem : SonProblem
{
    /// <summary>What max_load is where there are no loads.</summary>
    public const double NoLoads = 1e9;

    /// <summary>Name of the largest load.</summary>
    protected const string MaxLoad = "max_load";

    private readonly EvaluatorPool _evaluators;

    protected CellProblem(OptimizationProblem problem, string problemType)
    {
        Network = RequireNetwork(problem, problemType);
        Links = LinkTable.From(Network, NetworkPlace);
        First = new RadioNetworkEvaluator(Network, Links, NetworkPlace);
        _evaluators = new EvaluatorPool(First);
        PresentCells = [.. First.InitialCells];
        if (PresentCells.Length > OptimizationLimits.VariablesMax)
        {
            InvalidInputException.Throw(NetworkPlace + "/cells", string.Create(CultureInfo.InvariantCulture, $"has {PresentCells.Length} entries, at most {OptimizationLimits.VariablesMax} can be optimised"));
        }
    }

    protected const string NetworkPlace = "problem/network";

    public NetworkModel Network { get; }

    public LinkTable Links { get; }

    /// <summary>The cells as they are now.</summary>
    public CellSpec[] PresentCells { get; }

    /// <summary>For use while the problem is built.</summary>
    protected RadioNetworkEvaluator First { get; }

    /// <summary>The cells as a point sets them.</summary>
    public abstract CellSpec[] CellsAt(ReadOnlySpan<double> x);

    public override bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        CellSpec[] cells = CellsAt(x);
        RadioNetworkEvaluator evaluator = _evaluators.Rent();
        evaluator.Set(cells);
        Judge(evaluator, objectives, constraints);
        _evaluators.Return(evaluator);
        return true;
    }

    /// <summary>Loads at a point, for strategies that learn from a point that was evaluated; null = none exist.</summary>
    public double[]? LoadsAt(ReadOnlySpan<double> x)
    {
        CellSpec[] cells = CellsAt(x);
        RadioNetworkEvaluator evaluator = _evaluators.Rent();
        evaluator.Set(cells);
        double[]? loads = evaluator.IsFeasible ? evaluator.Loads.ToArray() : null;
        _evaluators.Return(evaluator);
        return loads;
    }

    public override IReadOnlyList<KeyValuePair<string, ExpectedChange>> Expected(double[] x)
    {
        RadioNetworkEvaluator evaluator = _evaluators.Rent();
        NetworkEvaluation before = evaluator.Evaluate(PresentCells);
        double? loadBefore = before.Feasible ? evaluator.LargestLoad : null;
        CellSpec[] cells = CellsAt(x);
        NetworkEvaluation after = evaluator.Evaluate(cells);
        double? loadAfter = after.Feasible ? evaluator.LargestLoad : null;
        _evaluators.Return(evaluator);
        return new KeyValuePair<string, ExpectedChange>[]
        {
            Change(MaxLoad, loadBefore, loadAfter),
            Change("energy_w", before.EnergyW, after.EnergyW),
            Change("utility", before.Utility, after.Utility),
            Change("throughput_p5_mbps", before.ThroughputP5Mbps, after.ThroughputP5Mbps),
            Change("throughput_p50_mbps", before.ThroughputP50Mbps, after.ThroughputP50Mbps),
            Change("throughput_mean_mbps", before.ThroughputMeanMbps, after.ThroughputMeanMbps),
            Change("uncovered_share", before.UncoveredShare, after.UncoveredShare),
            Change("critical_scale", before.CriticalScale, after.CriticalScale),
            Change("cells_on", CountOn(PresentCells), CountOn(cells)),
        };
    }

    /// <summary>Objectives and constraints of the evaluator's settings.</summary>
    protected abstract void Judge(RadioNetworkEvaluator evaluator, Span<double> objectives, Span<double> constraints);

    /// <summary>A limit of the caller, or its default, checked; null = no constraint.</summary>
    protected static double? Limit(LimitValue limit, double? fallback, string name)
    {
        double? value = limit.IsGiven ? limit.Value : fallback;
        if (value is { } number && !(Math.Abs(number) <= NoLoads))
        {
            InvalidInputException.Throw("problem/limits/" + name, "must be a finite number within 1e9");
        }
        return value;
    }

    private static int CountOn(CellSpec[] cells)
    {
        int count = 0;
        foreach (CellSpec cell in cells)
        {
            count += cell.On ? 1 : 0;
        }
        return count;
    }
}
