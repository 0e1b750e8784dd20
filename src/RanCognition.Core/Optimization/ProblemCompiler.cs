using System.Numerics;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Optimization.Search;

namespace RanCognition.Optimization;

/// <summary>Checks a problem and turns it into what searches use. Every refusal names the place in the problem and the reason.</summary>
internal static class ProblemCompiler
{
    private const ulong EvaluationsPerVariable = 1000;
    private const ulong EvaluationsDefaultMax = 100_000;
    private const double FunctionBound = 5;

    /// <param name="problem">What was asked for; of problem types with the variables, objectives and constraints that they have.</param>
    /// <param name="argument">Name of the argument that it is, for messages.</param>
    /// <param name="nowNs">When the call began, ns of the host's clock.</param>
    public static CompiledProblem Compile(OptimizationProblem problem, string argument, ulong nowNs)
    {
        problem = WithDefaults(problem, argument);
        CheckNames(problem, argument);
        SearchAxis[] axes = new SearchAxis[problem.Variables.Count];
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = VariableCompiler.Axis(problem.Variables[i], $"{argument}/variables/{i}");
        }
        SearchSpace space = new(axes);
        bool[] maximize = new bool[problem.Objectives.Count];
        for (int i = 0; i < maximize.Length; i++)
        {
            maximize[i] = problem.Objectives[i].Maximize;
        }
        CheckNumbers(problem, argument);
        List<double[]> values = StartValues(problem, space, argument), starts = [];
        foreach (double[] value in values)
        {
            double[] start = new double[space.Dimension];
            space.Coordinates(value, start);
            starts.Add(start);
        }
        return new CompiledProblem(problem, new SearchProblem
        {
            Space = space,
            Maximize = maximize,
            ConstraintCount = problem.Constraints.Count,
            Starts = starts,
            StartValues = values,
            Evaluations = problem.Budget.Evaluations!.Value,
            EndNs = problem.Budget.DeadlineNs is { } time ? nowNs + Math.Min(time, ulong.MaxValue - nowNs) : null,
            Target = problem.Target is { } target ? (maximize[0] ? -target : target) : null,
            Seed = Seed(problem, space),
            Threads = problem.Threads!.Value,
        });
    }

    private static OptimizationProblem WithDefaults(OptimizationProblem problem, string argument)
    {
        if (problem.Function is { } function)
        {
            problem = WithFunction(problem, function, argument);
        }
        CheckCount(problem.Variables.Count, 1, OptimizationLimits.VariablesMax, argument + "/variables");
        CheckCount(problem.Objectives.Count, 1, OptimizationLimits.ObjectivesMax, argument + "/objectives");
        CheckCount(problem.Constraints.Count, 0, OptimizationLimits.ConstraintsMax, argument + "/constraints");
        CheckCount(problem.Starts.Count, 0, OptimizationLimits.StartsMax, argument + "/starts");
        ulong evaluations = problem.Budget.Evaluations ?? Math.Min(EvaluationsPerVariable * (ulong)problem.Variables.Count, EvaluationsDefaultMax);
        if (evaluations is 0 or > OptimizationLimits.EvaluationsMax)
        {
            InvalidInputException.Throw(argument + "/budget/evaluations", $"{evaluations}, must be 1..{OptimizationLimits.EvaluationsMax}");
        }
        int threads = problem.Threads ?? 1;
        if (threads is < 1 or > OptimizationLimits.ThreadsMax)
        {
            InvalidInputException.Throw(argument + "/threads", $"{threads}, must be 1..{OptimizationLimits.ThreadsMax}");
        }
        return problem with { Budget = problem.Budget with { Evaluations = evaluations }, Threads = threads };
    }

    /// <summary>A built-in function brings its variables x1..xn and its objective f.</summary>
    private static OptimizationProblem WithFunction(OptimizationProblem problem, FunctionSpec function, string argument)
    {
        CheckCount(function.Dimension, 1, OptimizationLimits.VariablesMax, argument + "/function/dimension");
        if (problem.Constraints.Count > 0)
        {
            InvalidInputException.Throw(argument + "/constraints", "a built-in function has none");
        }
        if (problem.Variables.Count == 0)
        {
            DecisionVariable[] variables = new DecisionVariable[function.Dimension];
            for (int i = 0; i < variables.Length; i++)
            {
                variables[i] = new DecisionVariable { Name = $"x{i + 1}", Lower = -FunctionBound, Upper = FunctionBound };
            }
            problem = problem with { Variables = variables };
        }
        if (problem.Variables.Count != function.Dimension)
        {
            InvalidInputException.Throw(argument + "/variables", $"are {problem.Variables.Count}, but the function's dimension is {function.Dimension}");
        }
        if (problem.Objectives.Count == 0)
        {
            problem = problem with { Objectives = [new ObjectiveSpec("f", false)] };
        }
        if (problem.Objectives.Count != 1)
        {
            InvalidInputException.Throw(argument + "/objectives", $"are {problem.Objectives.Count}, but a built-in function has one");
        }
        return problem;
    }

    private static void CheckCount(int count, int least, int most, string place)
    {
        if (count < least || count > most)
        {
            InvalidInputException.Throw(place, count == 0 ? "is empty" : $"{count}, must be {least}..{most}");
        }
    }

    private static void CheckNames(OptimizationProblem problem, string argument)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < problem.Variables.Count; i++)
        {
            CheckName(names, problem.Variables[i].Name, $"{argument}/variables/{i}/name");
        }
        names.Clear();
        for (int i = 0; i < problem.Objectives.Count; i++)
        {
            CheckName(names, problem.Objectives[i].Name, $"{argument}/objectives/{i}/name");
        }
        names.Clear();
        for (int i = 0; i < problem.Constraints.Count; i++)
        {
            CheckName(names, problem.Constraints[i], $"{argument}/constraints/{i}/name");
        }
    }

    private static void CheckName(HashSet<string> names, string name, string place)
    {
        if (string.IsNullOrEmpty(name))
        {
            InvalidInputException.Throw(place, "is empty");
        }
        if (Encoding.UTF8.GetByteCount(name) > OptimizationLimits.NameBytesMax)
        {
            InvalidInputException.Throw(place, $"is longer than {OptimizationLimits.NameBytesMax} bytes");
        }
        if (!names.Add(name))
        {
            InvalidInputException.Throw(place, $"there is another '{name}'");
        }
    }

    private static void CheckNumbers(OptimizationProblem problem, string argument)
    {
        CheckFinite(problem.Target, argument + "/target");
        CheckFinite(problem.BestKnown, argument + "/best_known");
        if (problem.ReferencePoint is not { } corner)
        {
            return;
        }
        if (corner.Count != problem.Objectives.Count)
        {
            InvalidInputException.Throw(argument + "/reference_point", $"has {corner.Count} numbers, must have one per objective: {problem.Objectives.Count}");
        }
        for (int i = 0; i < corner.Count; i++)
        {
            CheckFinite(corner[i], $"{argument}/reference_point/{i}");
        }
    }

    private static void CheckFinite(double? value, string place)
    {
        if (value is { } number && !double.IsFinite(number))
        {
            InvalidInputException.Throw(place, "is not a finite number");
        }
    }

    /// <summary>The points that are evaluated first: the present one where it is known, then those that were given.</summary>
    private static List<double[]> StartValues(OptimizationProblem problem, SearchSpace space, string argument)
    {
        List<double[]> values = [];
        double[] present = new double[space.Dimension];
        bool isKnown = true;
        for (int i = 0; i < present.Length; i++)
        {
            isKnown &= problem.Variables[i].Initial is not null;
            present[i] = problem.Variables[i].Initial is { } initial ? VariableCompiler.Allowed(space.Axis(i), initial, $"{argument}/variables/{i}/initial") : 0;
        }
        if (isKnown)
        {
            values.Add(present);
        }
        for (int row = 0; row < problem.Starts.Count; row++)
        {
            double[] given = problem.Starts[row];
            if (given.Length != space.Dimension)
            {
                InvalidInputException.Throw($"{argument}/starts/{row}", $"has {given.Length} numbers, must have one per variable: {space.Dimension}");
            }
            double[] start = new double[space.Dimension];
            for (int i = 0; i < start.Length; i++)
            {
                start[i] = VariableCompiler.Allowed(space.Axis(i), given[i], $"{argument}/starts/{row}/{i}");
            }
            values.Add(start);
        }
        return values;
    }

    /// <summary>Problems of another shape get other random numbers, so that a seed that suits one does not suit all.</summary>
    private static ulong Seed(OptimizationProblem problem, SearchSpace space)
    {
        double[] shape = new double[4 * space.Dimension + problem.Objectives.Count + 1];
        int place = 0;
        for (int i = 0; i < space.Dimension; i++)
        {
            shape[place++] = (double)problem.Variables[i].Kind;
            shape[place++] = space.Axis(i).Lower;
            shape[place++] = space.Axis(i).Upper;
            shape[place++] = space.LevelCount(i);
        }
        foreach (ObjectiveSpec objective in problem.Objectives)
        {
            shape[place++] = objective.Maximize ? 1 : 0;
        }
        shape[place] = problem.Constraints.Count;
        return PointCache.Hash(shape).First ^ BitOperations.RotateLeft((problem.Seed ?? 0) * 0x9E3779B97F4A7C15, 32);
    }
}
