using System.Globalization;
using RanCognition.Contracts;
using RanCognition.Optimization.Search;

namespace RanCognition.Optimization.Son;

/// <summary>A problem of self-organising networks that is ready to solve: its knobs, what is good, what must hold, and what a point of it means in the network.</summary>
internal abstract class SonProblem : IEvaluator
{
    /// <summary>The knobs. Where the network has a present setting each has it as its initial value, so that doing nothing is the first point that is evaluated.</summary>
    public abstract IReadOnlyList<DecisionVariable> Variables { get; }

    public abstract IReadOnlyList<ObjectiveSpec> Objectives { get; }

    public abstract IReadOnlyList<string> Constraints { get; }

    public virtual bool IsThreadSafe => true;

    public abstract bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints);

    /// <summary>What has to be set to get from the present point to x; only what changes.</summary>
    public abstract IReadOnlyList<ConfigurationChange> Actions(double[] x);

    /// <summary>Metrics at the present point and at x.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, ExpectedChange>> Expected(double[] x);

    /// <summary>A point that was computed rather than searched for; null = the search has to find one. Deterministic.</summary>
    public virtual SonSolution? Solve() => null;

    /// <summary>Points worth trying before the general search, in the unit cube; null = none. Ends when it knows nothing more.</summary>
    public virtual IEnumerable<Batch>? FirstPhase(SearchProblem problem, Ledger ledger) => null;

    /// <summary>The problem that a caller named by its problem_type, with everything that depends on its data checked.</summary>
    public static SonProblem Create(OptimizationProblem problem) => problem.ProblemType switch
    {
        SonProblemType.Pci => new PciProblem(problem),
        SonProblemType.Slice => new SliceProblem(problem),
        SonProblemType.Mro => new MobilityProblem(problem),
        SonProblemType.Es => new EnergyProblem(problem),
        SonProblemType.Mlb => new LoadBalancingProblem(problem),
        SonProblemType.Cco => new CoverageProblem(problem),
        _ => throw new InvalidInputException("problem/problem_type", "is required"),
    };

    /// <summary>The same problem with knobs, objectives and constraints filled in. What the caller gave of these is not used, and is listed.</summary>
    public OptimizationProblem Complete(OptimizationProblem problem)
    {
        List<IgnoredField> ignored = [.. problem.Ignored];
        const string reason = "is given by the problem_type";
        AddIgnored(ignored, problem.Variables.Count, "/variables", reason);
        AddIgnored(ignored, problem.Objectives.Count, "/objectives", reason);
        AddIgnored(ignored, problem.Constraints.Count, "/constraints", reason);
        AddIgnored(ignored, problem.Function is null ? 0 : 1, "/function", "does not go with a problem_type");
        return problem with { Variables = Variables, Objectives = Objectives, Constraints = Constraints, Function = null, Ignored = ignored };
    }

    /// <summary>The network, which this problem needs.</summary>
    protected static NetworkModel RequireNetwork(OptimizationProblem problem, string problemType)
    {
        if (problem.Network is null)
        {
            InvalidInputException.Throw("problem/network", $"is required by problem_type {problemType}");
        }
        return problem.Network;
    }

    /// <summary>Name of a cell, 0-based.</summary>
    protected static string CellName(int cell) => string.Create(CultureInfo.InvariantCulture, $"NRCellDU={cell + 1}");

    protected static KeyValuePair<string, ExpectedChange> Change(string metric, double? before, double? after) => new(metric, new ExpectedChange(before, after));

    private static void AddIgnored(List<IgnoredField> ignored, int count, string field, string reason)
    {
        if (count > 0)
        {
            ignored.Add(new IgnoredField(field, reason));
        }
    }
}
