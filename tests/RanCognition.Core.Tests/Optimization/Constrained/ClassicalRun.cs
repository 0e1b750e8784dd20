using RanCognition.Optimization.Search;

namespace RanCognition.Tests.Optimization.Constrained;

/// <summary>Runs a strategy on a problem of the tests until it reaches a value.</summary>
internal sealed class ClassicalRun : IEvaluator
{
    private readonly Func<double[], double[], double> _evaluate;
    private readonly double[] _x;
    private readonly double[] _g;

    public ClassicalRun(double[] lower, double[] upper, int constraints, Func<double[], double[], double> evaluate, ulong evaluations, double? target, ulong seed = 1, double[]?[]? levels = null)
    {
        _evaluate = evaluate;
        _x = new double[lower.Length];
        _g = new double[constraints];
        Problem = new SearchProblem
        {
            Space = new SearchSpace(lower, upper, levels ?? new double[]?[lower.Length], new bool[lower.Length]),
            Maximize = [false],
            ConstraintCount = constraints,
            Evaluations = evaluations,
            Target = target,
            Seed = seed,
        };
        Run = new SearchRun(Problem, this, new FixedHost());
    }

    public ClassicalRun(ClassicalProblem problem, ulong evaluations, ulong seed, double relative = 1e-6)
        : this(problem.Lower, problem.Upper, problem.Constraints, problem.Evaluate, evaluations, problem.Optimum + relative * Math.Max(1, Math.Abs(problem.Optimum)), seed)
    {
    }

    public SearchProblem Problem { get; }

    public SearchRun Run { get; }

    public Ledger Ledger => Run.Ledger;

    /// <summary>Called with each point that was evaluated.</summary>
    public Action<double[], double, double[]>? Watch { get; init; }

    public bool IsThreadSafe => false;

    public bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        x.CopyTo(_x);
        objectives[0] = _evaluate(_x, _g);
        _g.CopyTo(constraints);
        Watch?.Invoke(_x, objectives[0], _g);
        return true;
    }
}
