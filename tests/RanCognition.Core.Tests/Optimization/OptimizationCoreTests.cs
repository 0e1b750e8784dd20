using RanCognition.Contracts;
using RanCognition.Optimization;

namespace RanCognition.Tests.Optimization;

public class OptimizationCoreTests
{
    private static readonly OptimizationProblem Sphere = new() { Function = new(1, 6, 3), Budget = new() { Evaluations = 500 }, Seed = 4 };

    [Fact]
    public void A_built_in_function_has_its_proven_bound_and_is_solved()
    {
        OptimizationResult result = Core().Optimize(Sphere);
        Assert.Equal(BoundKind.Proven, result.Bound!.Kind);
        Assert.InRange(result.Best!.F[0] - result.Bound.Value, 0, 1e-8);
        Assert.InRange(result.OptimizationScore!.Value, 1 - 1e-9, 1);
        Assert.Equal(["x1", "x2", "x3", "x4", "x5", "x6"], result.VariableNames);
    }

    [Fact]
    public void The_search_stops_at_the_target_and_the_point_that_reached_it_is_the_last()
    {
        double target = Core().Optimize(Sphere).Bound!.Value + 1e-3;
        OptimizationResult result = Core().Optimize(Sphere with { Target = target });
        Assert.Equal(SearchStop.Target, result.Stopped);
        Assert.True(result.Best!.F[0] <= target);
        Assert.Equal(new TraceEntry(result.Evaluations, result.Best.F[0]), result.Trace[^1]);
    }

    [Fact]
    public void A_target_of_an_objective_that_is_to_be_large_is_reached_from_below()
    {
        OptimizationResult result = Core().Optimize(Line(maximize: true) with { Target = 0.9 }, (x, f, _) =>
        {
            f[0] = x[0];
            return true;
        });
        Assert.Equal(SearchStop.Target, result.Stopped);
        Assert.True(result.Best!.F[0] >= 0.9);
        Assert.Equal(result.Best.X[0], result.Best.F[0]);
    }

    [Fact]
    public void One_evaluation_evaluates_the_initial_point_and_nothing_else()
    {
        List<double> asked = [];
        OptimizationResult result = Core().Optimize(Line(maximize: false) with { Variables = [new() { Name = "x", Upper = 1, Initial = 0.3 }], Budget = new() { Evaluations = 1 } }, (x, f, _) =>
        {
            asked.Add(x[0]);
            f[0] = 7;
            return true;
        });
        Assert.Equal([0.3], asked);
        Assert.Equal([7], result.Best!.F);
        Assert.Equal((1ul, SearchStop.Budget), (result.Evaluations, result.Stopped));
    }

    [Fact]
    public void Values_that_are_not_numbers_are_points_that_failed()
    {
        int calls = 0;
        OptimizationResult result = Core().Optimize(Line(maximize: false) with { Budget = new() { Evaluations = 60 } }, (x, f, _) =>
        {
            f[0] = (calls++ % 4) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => 1, _ => x[0] };
            return calls % 4 != 3;
        });
        Assert.Equal(60ul, result.Evaluations);
        Assert.Equal(45ul, result.FailedEvaluations);
        Assert.True(double.IsFinite(result.Best!.F[0]));
    }

    [Fact]
    public void A_call_in_which_every_point_failed_is_an_error()
    {
        string message = Assert.Throws<InvalidInputException>(() => Core().Optimize(Line(maximize: false) with { Budget = new() { Evaluations = 33 } }, (_, _, _) => false)).Message;
        Assert.Contains("all 33 evaluations failed", message);
    }

    [Fact]
    public void An_exception_of_the_evaluator_comes_out_and_the_core_goes_on()
    {
        OptimizationCore core = Core();
        Assert.Throws<InvalidOperationException>(() => core.Optimize(Line(maximize: false), (_, _, _) => throw new InvalidOperationException("the simulator is gone")));
        Assert.Equal(SearchStop.Budget, core.Optimize(Sphere).Stopped);
    }

    [Fact]
    public void Who_evaluates_is_told_when_it_is_not_clear()
    {
        OptimizationCore core = Core();
        Assert.Contains("only the host can evaluate", Assert.Throws<InvalidInputException>(() => core.Optimize(Line(maximize: false))).Message);
        Assert.Equal("problem/function", Assert.Throws<InvalidInputException>(() => core.Optimize(Sphere, (_, _, _) => true)).Argument);
        Assert.Equal("problem/function", Assert.Throws<InvalidInputException>(() => core.Begin(Sphere)).Argument);
    }

    [Fact]
    public void The_seed_of_the_core_is_that_of_problems_without_one()
    {
        OptimizationProblem problem = new() { Function = new(15, 5, 1), Budget = new() { Evaluations = 2000 } };
        OptimizationResult first = new OptimizationCore(new OptimizationOptions { Seed = 8 }, new FixedHost()).Optimize(problem);
        OptimizationResult second = Core().Optimize(problem with { Seed = 8 });
        Assert.Equal(first.Best!.X, second.Best!.X);
        Assert.NotEqual(first.Best.X, Core().Optimize(problem).Best!.X);
    }

    [Fact]
    public void What_the_host_cancels_is_an_exception_and_the_core_goes_on()
    {
        OptimizationCore core = new(new OptimizationOptions(), new FixedHost(step: 1_000_000) { CancelAfter = 3 });
        Assert.Throws<OperationCanceledException>(() => core.Optimize(new OptimizationProblem { Function = new(24, 20, 1), Budget = new() { Evaluations = 10_000_000 } }));
        Assert.Equal(1ul, core.Optimize(Sphere with { Budget = new() { Evaluations = 1 } }).Evaluations);
    }

    [Theory]
    [InlineData(10, 4, 2, 0.75)]
    [InlineData(10, 2, 2, 1)]
    [InlineData(2, 2, 2, 1)]
    [InlineData(-10, -4, -2, 0.75)]
    [InlineData(10, 11, 2, 0)]
    public void The_score_is_the_share_of_the_possible_gain(double first, double best, double bound, double expected) =>
        Assert.Equal(expected, ResultBuilder.Score(first, best, bound));

    private static OptimizationProblem Line(bool maximize) => new()
    {
        Variables = [new() { Name = "x", Lower = 0, Upper = 1 }], Objectives = [new("f", maximize)], Budget = new() { Evaluations = 100 }, Seed = 1,
    };

    private static OptimizationCore Core() => new(new OptimizationOptions(), new FixedHost());
}
