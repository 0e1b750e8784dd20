using RanCognition.Contracts;
using RanCognition.Optimization;
using RanCognition.Optimization.Search;
using static RanCognition.Tests.Optimization.Search.Problems;

namespace RanCognition.Tests.Optimization.Search;

public class ProblemCompilerTests
{
    private static readonly DecisionVariable Knob = new() { Name = "a", Lower = 0, Upper = 1 };

    private static OptimizationProblem With(DecisionVariable variable) => Of(10, variable);

    public static TheoryData<string, string> Refused => new()
    {
        { "problem/variables: is empty", "no variables" },
        { "problem/variables/0/upper: -1 is below lower, 0", "upper below lower" },
        { "problem/variables/0/lower: is not a finite number", "lower nan" },
        { "problem/variables/0/upper: the range is too large", "range" },
        { "problem/variables/0/step: 0, must be a finite number above 0", "step 0" },
        { "problem/variables/0/step: -1, must be a finite number above 0", "step negative" },
        { "problem/variables/0/step: is too small for the range: more than 2^52 values", "step tiny" },
        { "problem/variables/0/upper: there is no whole number within 0.2..0.8", "no whole number" },
        { "problem/variables/0/step: 0.5, must be a whole number, as the variable's values are", "integer step" },
        { "problem/variables/0/values: is empty", "ordered empty" },
        { "problem/variables/0/values: has 2 twice", "ordered twice" },
        { "problem/variables/0/values/1: is not a finite number", "ordered nan" },
        { "problem/variables/0/values: is empty", "category empty" },
        { "problem/variables/0/values/1: there is another 'c'", "category twice" },
        { "problem/variables/0/initial: 2 is not within 0..1", "initial outside" },
        { "problem/variables/0/initial: 0.25 is not lower + k step, which is 0 + k 0.1", "initial off the grid" },
        { "problem/variables/0/initial: 3 is none of the values that the variable can have; the nearest is 2", "initial not in the list" },
        { "problem/variables/0/initial: 2, must be a place in values, 0..1", "initial category" },
        { "problem/variables/0/max_change: -1, must be a finite number of at least 0", "change negative" },
        { "problem/variables/0/max_change: needs initial, which it counts from", "change alone" },
        { "problem/variables/1/name: there is another 'a'", "names" },
        { "problem/variables/0/name: is empty", "no name" },
        { "problem/objectives: is empty", "no objectives" },
        { "problem/objectives/1/name: there is another 'f'", "objective names" },
        { "problem/constraints/1/name: there is another 'g'", "constraint names" },
        { "problem/budget/evaluations: 0, must be 1..1099511627776", "budget" },
        { "problem/target: is not a finite number", "target" },
        { "problem/best_known: is not a finite number", "best known" },
        { "problem/reference_point: has 2 numbers, must have one per objective: 1", "reference" },
        { "problem/starts/1: has 2 numbers, must have one per variable: 1", "start length" },
        { "problem/starts/0/0: 2 is not within 0..1, what bounds and max_change leave", "start outside" },
        { "problem/threads: 0, must be 1..1024", "threads" },
        { "problem/variables: 1025, must be 1..1024", "many variables" },
        { "problem/variables: are 1, but the function's dimension is 2", "function dimension" },
        { "problem/constraints: a built-in function has none", "function constraints" },
    };

    private static OptimizationProblem Bad(string what)
    {
        DecisionVariable whole = Knob with { Kind = VariableKind.Integer }, list = Ordered("a", 1, 2), names = Category("a", 2);
        return what switch
        {
            "no variables" => Of(10),
            "upper below lower" => With(Knob with { Upper = -1 }),
            "lower nan" => With(Knob with { Lower = double.NaN }),
            "range" => With(Knob with { Lower = -1e308, Upper = 1e308 }),
            "step 0" => With(Knob with { Step = 0 }),
            "step negative" => With(Knob with { Step = -1 }),
            "step tiny" => With(Knob with { Step = 1e-17 }),
            "no whole number" => With(whole with { Lower = 0.2, Upper = 0.8 }),
            "integer step" => With(whole with { Step = 0.5 }),
            "ordered empty" => With(list with { Values = [] }),
            "ordered twice" => With(list with { Values = [2, 1, 2] }),
            "ordered nan" => With(list with { Values = [2, double.NaN] }),
            "category empty" => With(names with { Categories = [] }),
            "category twice" => With(names with { Categories = ["c", "c"] }),
            "initial outside" => With(Knob with { Initial = 2 }),
            "initial off the grid" => With(Knob with { Step = 0.1, Initial = 0.25 }),
            "initial not in the list" => With(list with { Values = [1, 2, 5], Initial = 3 }),
            "initial category" => With(names with { Initial = 2 }),
            "change negative" => With(Knob with { Initial = 0, MaxChange = -1 }),
            "change alone" => With(Knob with { MaxChange = 1 }),
            "names" => Of(10, Knob, Knob),
            "no name" => With(Knob with { Name = "" }),
            "no objectives" => With(Knob) with { Objectives = [] },
            "objective names" => With(Knob) with { Objectives = [new ObjectiveSpec("f", false), new ObjectiveSpec("f", true)] },
            "constraint names" => With(Knob) with { Constraints = ["g", "g"] },
            "budget" => Of(0, Knob),
            "target" => With(Knob) with { Target = double.NaN },
            "best known" => With(Knob) with { BestKnown = double.PositiveInfinity },
            "reference" => With(Knob) with { ReferencePoint = [1, 2] },
            "start length" => With(Knob) with { Starts = [[0.5], [0.5, 0.5]] },
            "start outside" => With(Knob) with { Starts = [[2]] },
            "threads" => With(Knob) with { Threads = 0 },
            "many variables" => Of(10, [.. Enumerable.Range(0, 1025).Select(i => Knob with { Name = $"v{i}" })]),
            "function dimension" => With(Knob) with { Function = new FunctionSpec(1, 2, 1) },
            "function constraints" => Of(10) with { Function = new FunctionSpec(1, 2, 1), Constraints = ["g"] },
            _ => throw new ArgumentException(what),
        };
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_makes_no_sense_is_refused_with_its_place(string message, string what) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => Compiled(Bad(what))).Message);

    private static double[] Levels(DecisionVariable variable)
    {
        SearchSpace space = Compiled(With(variable)).Space;
        return [.. Enumerable.Range(0, space.LevelCount(0)).Select(k => space.Value(0, space.Middle(0, k)))];
    }

    [Fact]
    public void Steps_count_from_lower_and_reach_upper_in_spite_of_rounding()
    {
        Assert.Equal([0, 0.1, 0.2, 3 * 0.1], Levels(Knob with { Upper = 0.3, Step = 0.1 }));
        Assert.Equal([0, 0.4, 0.8], Levels(Knob with { Step = 0.4 }));
        Assert.Equal([0], Levels(Knob with { Step = 7 }));
        Assert.Equal([-1, 2], Levels(Knob with { Kind = VariableKind.Integer, Lower = -1.5, Upper = 4.5, Step = 3 }));
    }

    [Fact]
    public void A_largest_change_narrows_what_a_variable_can_be()
    {
        Assert.Equal([0.4, 0.5, 0.6], Levels(Knob with { Step = 0.1, Initial = 0.5, MaxChange = 0.1 }), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([2, 4], Levels(Ordered("a", 1, 2, 4, 8) with { Initial = 2, MaxChange = 2 })[1..]);
        Assert.Equal([1], Levels(Binary("a") with { Initial = 1, MaxChange = 0.5 }));
        Assert.Equal([1], Levels(Category("a", 4) with { Initial = 1, MaxChange = 0 }));
        Assert.Equal(4, Levels(Category("a", 4) with { Initial = 1, MaxChange = 1 }).Length);
        SearchSpace space = Compiled(With(Knob with { Initial = 0.75, MaxChange = 0.5 })).Space;
        Assert.Equal((0.25, 1.0), (space.Value(0, 0), space.Value(0, 1)));
    }

    [Fact]
    public void Levels_of_every_kind_come_back_from_their_values()
    {
        DecisionVariable[] kinds = [Real("a", -3, 7, 0.1), Integer("b", -5, 90), Ordered("c", 5, -1, 40), Binary("d"), Category("e", 7)];
        foreach (DecisionVariable variable in kinds)
        {
            SearchSpace space = Compiled(With(variable)).Space;
            Assert.True(space.LevelCount(0) > 1);
            for (int k = 0; k < space.LevelCount(0); k++)
            {
                Assert.Equal(k, space.Level(0, space.Coordinate(0, space.Value(0, space.Middle(0, k)))));
            }
        }
    }

    [Fact]
    public void A_range_of_very_many_whole_numbers_is_searched_as_an_interval_of_whole_numbers()
    {
        SearchSpace space = Compiled(With(Integer("a", -3_000_000_000, 5_000_000_000))).Space;
        Assert.Equal((0, 8_000_000_001.0), (space.LevelCount(0), space.PointCount));
        Assert.Equal((-3e9, 5e9), (space.Value(0, 0), space.Value(0, 1)));
        Random random = new(3);
        for (int i = 0; i < 1000; i++)
        {
            double value = space.Value(0, random.NextDouble());
            Assert.Equal(Math.Round(value), value);
            Assert.Equal(value, space.Value(0, space.Coordinate(0, value)));
        }
    }

    [Fact]
    public void The_present_point_comes_first_as_it_was_given()
    {
        DecisionVariable[] variables = [Real("a", -5, 5) with { Initial = 1.0 / 3 }, Real("b", 92, 120, 0.1) with { Initial = 92.3 }];
        SearchProblem problem = Compiled(Of(9, variables) with { Starts = [[0.7, 92.4], [-5, 120]] });
        Assert.Equal(3, problem.Starts.Count);
        Assert.Equal([1.0 / 3, 92.3], problem.StartValues[0]);
        Assert.Equal(92.3, problem.Space.Value(1, problem.Starts[0][1]));
        Assert.Equal([-5, 120], problem.StartValues[2]);
        Assert.Empty(Compiled(Of(9, variables[0], variables[1] with { Initial = null })).Starts);
    }

    [Fact]
    public void Budget_and_threads_have_defaults_and_a_built_in_function_its_variables()
    {
        CompiledProblem compiled = ProblemCompiler.Compile(new OptimizationProblem { Function = new FunctionSpec(1, 3, 1) }, "problem", 5);
        Assert.Equal((3000UL, 1), (compiled.Search.Evaluations, compiled.Search.Threads));
        Assert.Equal(["x1", "x2", "x3"], compiled.Problem.Variables.Select(variable => variable.Name));
        Assert.Equal((-5.0, 5.0), (compiled.Search.Space.Value(2, 0), compiled.Search.Space.Value(2, 1)));
        Assert.Equal("f", compiled.Problem.Objectives[0].Name);
        Assert.Null(compiled.Search.EndNs);
        OptimizationProblem many = Of(1, [.. Enumerable.Range(0, 400).Select(i => Binary($"b{i}"))]);
        Assert.Equal(100_000UL, Compiled(many with { Budget = new() }).Evaluations);
        Assert.Equal(15UL, ProblemCompiler.Compile(many with { Budget = new() { DeadlineNs = 10 } }, "problem", 5).Search.EndNs);
        Assert.Equal(ulong.MaxValue, ProblemCompiler.Compile(many with { Budget = new() { DeadlineNs = ulong.MaxValue } }, "problem", 5).Search.EndNs);
    }

    [Fact]
    public void A_target_is_in_the_sense_of_its_objective_and_the_seed_of_the_shape()
    {
        OptimizationProblem problem = With(Knob) with { Target = 3, Objectives = [new ObjectiveSpec("f", true)] };
        Assert.Equal(-3, Compiled(problem).Target);
        Assert.Equal(Compiled(problem).Seed, Compiled(problem with { Variables = [Knob with { Name = "z" }] }).Seed);
        Assert.NotEqual(Compiled(problem).Seed, Compiled(problem with { Seed = 1 }).Seed);
        Assert.NotEqual(Compiled(problem).Seed, Compiled(problem with { Variables = [Knob with { Upper = 2 }] }).Seed);
    }

    [Fact]
    public void Every_coordinate_gives_an_allowed_value()
    {
        DecisionVariable[] kinds = [Real("a", 0.1, 0.3), Real("b", -3, 7, 0.7), Integer("c", -5, 9e9), Ordered("d", 5, -1, 40), Real("e", -1e300, 1e-300)];
        double[] extremes = [double.NaN, double.NegativeInfinity, -0.1, -0.0, 0, double.Epsilon, 0.5, 1 - 1e-16, 1, 1.1, double.PositiveInfinity];
        foreach (DecisionVariable variable in kinds)
        {
            SearchSpace space = Compiled(With(variable)).Space;
            foreach (double u in extremes)
            {
                double value = space.Value(0, u);
                Assert.InRange(value, variable.Values is null ? variable.Lower : -1, variable.Values is null ? variable.Upper : 40);
            }
        }
    }
}
