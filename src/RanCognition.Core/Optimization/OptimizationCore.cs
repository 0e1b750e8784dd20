using RanCognition.Contracts;
using RanCognition.Optimization.Functions;
using RanCognition.Optimization.Search;
using RanCognition.Optimization.Son;
using RanCognition.Performance;
using RanCognition.RadioNetwork;

namespace RanCognition.Optimization;

/// <summary>What to set: searches over knobs of every kind, problems of self-organising networks, and a radio network model that answers what a setting gives.</summary>
/// <remarks>Not thread-safe: one call at a time. Threads that a problem asks for are used during a call only.</remarks>
public sealed class OptimizationCore
{
    private readonly OptimizationOptions _options;
    private readonly IHost _host;
    private readonly bool _allowThreads;
    private AskTellSearch? _search;

    /// <param name="options">What problems have that say nothing else.</param>
    /// <param name="host">Clock and progress.</param>
    /// <param name="allowThreads">Whether problems may be given the threads that they ask for.</param>
    public OptimizationCore(OptimizationOptions options, IHost host, bool allowThreads = true)
    {
        _options = options;
        _host = host;
        _allowThreads = allowThreads;
    }

    /// <summary>Variables of the search that was begun.</summary>
    public int Dimension => Search.Dimension;

    /// <summary>Objectives of the search that was begun.</summary>
    public int ObjectiveCount => Search.ObjectiveCount;

    /// <summary>Constraints of the search that was begun.</summary>
    public int ConstraintCount => Search.ConstraintCount;

    /// <summary>What the search that was begun holds, about; 0 without one.</summary>
    public ulong MemoryBytes => _search?.MemoryBytes ?? 0;

    private AskTellSearch Search => _search ?? throw new NotFoundException("self", "no search was begun");

    /// <summary>Solves a problem whose points the library can evaluate.</summary>
    /// <param name="problem">With a function or a problem type.</param>
    /// <param name="argument">Name of the argument that it is, for messages.</param>
    public OptimizationResult Optimize(OptimizationProblem problem, string argument = "problem")
    {
        ulong startNs = _host.NowNanoseconds();
        problem = WithDefaults(problem);
        if (problem.ProblemType is not null)
        {
            return new SonRun(_host).Solve(problem, argument, startNs) with { ExecutionTime = _host.NowNanoseconds() - startNs };
        }
        if (problem.Function is null)
        {
            InvalidInputException.Throw(argument, "has neither function nor problem_type, so that only the host can evaluate its points: use optimize_with, or begin, ask and tell");
        }
        BbobFunction function = new(problem.Function);
        ObjectiveBound bound = new(function.FOpt, BoundKind.Proven);
        return Run(ProblemCompiler.Compile(problem, argument, startNs), function, bound, startNs);
    }

    /// <summary>Solves a problem whose points the caller evaluates.</summary>
    /// <param name="problem">With variables and objectives.</param>
    /// <param name="evaluate">Evaluates one point; false, or a value that is not finite, means that it failed.</param>
    public OptimizationResult Optimize(OptimizationProblem problem, PointEvaluator evaluate) => OptimizeWith(problem, new DelegateEvaluator(evaluate));

    /// <summary>Begins a search that asks and is told. What was begun before is given up.</summary>
    public void Begin(OptimizationProblem problem)
    {
        problem = WithDefaults(problem);
        CheckHostEvaluates(problem);
        _search = new AskTellSearch(ProblemCompiler.Compile(problem, "problem", _host.NowNanoseconds()), _host);
    }

    /// <summary>Writes the points that the search wants to know, row by row. Returns their number; 0 = it is over.</summary>
    public int Ask(Span<double> x) => Search.Ask(x);

    /// <summary>Takes what points gave; each in the sense of its objective.</summary>
    public void Tell(ReadOnlySpan<double> x, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints) => Search.Tell(x, objectives, constraints);

    /// <summary>What the search that was begun knows by now.</summary>
    public OptimizationResult Result()
    {
        ulong startNs = _host.NowNanoseconds();
        OptimizationResult result = Search.Result();
        return result with { ExecutionTime = _host.NowNanoseconds() - startNs };
    }

    /// <summary>What a radio network gives.</summary>
    /// <param name="network">The network.</param>
    /// <param name="argument">Name of the argument that it is, for messages.</param>
    public NetworkEvaluation EvaluateNetwork(NetworkModel network, string argument = "network")
    {
        ulong startNs = _host.NowNanoseconds();
        NetworkEvaluation evaluation = new RadioNetworkEvaluator(network, argument).Evaluate();
        return evaluation with { Ignored = Joined(network.Ignored), ExecutionTime = _host.NowNanoseconds() - startNs };
    }

    internal OptimizationResult OptimizeWith(OptimizationProblem problem, IEvaluator evaluator)
    {
        ulong startNs = _host.NowNanoseconds();
        problem = WithDefaults(problem);
        CheckHostEvaluates(problem);
        return Run(ProblemCompiler.Compile(problem, "problem", startNs), evaluator, null, startNs);
    }

    private OptimizationResult Run(CompiledProblem compiled, IEvaluator evaluator, ObjectiveBound? bound, ulong startNs)
    {
        SearchRun run = new(compiled.Search, evaluator, _host);
        SearchPlan plan = new(compiled.Search, run.Ledger);
        run.Run(plan.Run());
        OptimizationResult result = ResultBuilder.Build(compiled, run.Ledger, bound);
        return result with { ExecutionTime = _host.NowNanoseconds() - startNs };
    }

    private OptimizationProblem WithDefaults(OptimizationProblem problem) => problem with
    {
        Seed = problem.Seed ?? _options.Seed,
        Threads = _allowThreads ? problem.Threads ?? _options.Threads : 1,
        Ignored = Joined(problem.Ignored),
    };

    private List<IgnoredField> Joined(IReadOnlyList<IgnoredField> ignored)
    {
        List<IgnoredField> all = [];
        foreach (IgnoredField field in _options.Ignored)
        {
            all.Add(field with { Field = "/options" + field.Field });
        }
        all.AddRange(ignored);
        return all;
    }

    private static void CheckHostEvaluates(OptimizationProblem problem)
    {
        string? field = problem.Function is not null ? "function" : problem.ProblemType is not null ? "problem_type" : null;
        if (field is not null)
        {
            InvalidInputException.Throw("problem/" + field, "has points that the library evaluates: use optimize");
        }
    }
}
