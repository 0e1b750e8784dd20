using RanCognition.Contracts;
using RanCognition.Optimization;

namespace RanCognition.Tests.Optimization;

public class AskTellTests
{
    private static readonly OptimizationProblem Bowl = new()
    {
        Variables = [new() { Name = "a", Lower = -3, Upper = 3 }, new() { Name = "b", Lower = -3, Upper = 3 }],
        Objectives = [new("cost", false)],
        Budget = new() { Evaluations = 300 },
        Seed = 5,
    };

    private static readonly OptimizationProblem Mixed = new()
    {
        Variables =
        [
            new() { Name = "a", Lower = -3, Upper = 3 }, new() { Name = "b", Kind = VariableKind.Integer, Lower = -50, Upper = 50 },
            new() { Name = "c", Kind = VariableKind.Ordered, Values = [0.5, 1, 2, 4] }, new() { Name = "d", Kind = VariableKind.Binary },
            new() { Name = "e", Kind = VariableKind.Category, Categories = ["x", "y", "z"] },
        ],
        Objectives = [new("gain", true)],
        Constraints = ["room"],
        Budget = new() { Evaluations = 400 },
        Seed = 9,
    };

    public static TheoryData<string> Problems => ["bowl", "mixed"];

    [Theory, MemberData(nameof(Problems))]
    public void Asking_and_telling_gives_what_a_callback_gives(string name)
    {
        OptimizationProblem problem = Named(name);
        OptimizationResult expected = Core().Optimize(problem, Evaluate);
        foreach (int capacity in (int[])[1, 7, 1000])
        {
            OptimizationCore core = Core();
            core.Begin(problem);
            Serve(core, capacity, backwards: false);
            AssertSame(expected, core.Result());
        }
    }

    [Theory, MemberData(nameof(Problems))]
    public void The_order_in_which_points_are_told_changes_nothing_that_is_found(string name)
    {
        OptimizationCore core = Core(), other = Core();
        core.Begin(Named(name));
        other.Begin(Named(name));
        Serve(core, 64, backwards: false);
        Serve(other, 64, backwards: true);
        OptimizationResult expected = core.Result(), result = other.Result();
        Assert.Equal(expected.Best!.F, result.Best!.F);
        Assert.Equal(expected.Evaluations, result.Evaluations);
    }

    [Fact]
    public void The_same_points_are_given_until_they_are_told()
    {
        OptimizationCore core = Core();
        core.Begin(Bowl);
        double[] first = new double[200], second = new double[200];
        int rows = core.Ask(first);
        Assert.InRange(rows, 1, 100);
        Assert.Equal(rows, core.Ask(second));
        Assert.Equal(first, second);
    }

    [Fact]
    public void A_point_that_was_not_asked_for_is_learned_and_counted()
    {
        OptimizationCore core = Core();
        core.Begin(Bowl);
        core.Tell([0.5, 2], [0], []);
        OptimizationResult result = core.Result();
        Assert.Equal((1ul, SearchStop.Cancelled), (result.Evaluations, result.Stopped));
        Assert.Equal([0.5, 2], result.Best!.X);
        double[] x = new double[2];
        Assert.Equal(1, core.Ask(x));
        core.Tell(x, [3], []);
        result = core.Result();
        Assert.Equal([0.5, 2], result.Best!.X);
        Assert.Equal([new("told", 1), new("start", 1)], result.Arms);
    }

    [Theory]
    [InlineData(4, 0, "x[1][0]")]
    [InlineData(0, double.NaN, "x[1][1]")]
    [InlineData(0, double.NegativeInfinity, "x[1][1]")]
    public void A_point_outside_is_refused_and_nothing_of_its_call_is_learned(double a, double b, string place)
    {
        OptimizationCore core = Core();
        core.Begin(Bowl);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => core.Tell([0, 0, a, b], [1, 1], []));
        Assert.Equal(place, error.Argument);
        Assert.Equal(0ul, core.Result().Evaluations);
    }

    [Fact]
    public void Without_begin_there_is_nothing_to_ask_or_tell()
    {
        OptimizationCore core = Core();
        Assert.Throws<NotFoundException>(() => core.Ask(new double[2]));
        Assert.Throws<NotFoundException>(() => core.Tell([], [], []));
        Assert.Throws<NotFoundException>(core.Result);
    }

    [Fact]
    public void A_problem_that_is_refused_leaves_the_search_that_was_begun()
    {
        OptimizationCore core = Core();
        core.Begin(Bowl);
        core.Tell([1, 1], [7], []);
        Assert.Throws<InvalidInputException>(() => core.Begin(Bowl with { Variables = [] }));
        Assert.Equal([7], core.Result().Best!.F);
    }

    [Fact]
    public void When_every_point_failed_the_result_is_an_error_that_says_so()
    {
        OptimizationCore core = Core();
        core.Begin(Bowl with { Budget = new() { Evaluations = 20 } });
        double[] x = new double[40];
        int asked = 0;
        for (int rows; (rows = core.Ask(x)) > 0;)
        {
            asked += rows;
            double[] values = new double[rows];
            Array.Fill(values, double.NaN);
            core.Tell(x.AsSpan(0, 2 * rows), values, []);
        }
        Assert.Equal(20, asked);
        Assert.Contains("all 20 evaluations failed", Assert.Throws<InvalidInputException>(core.Result).Message);
    }

    [Fact]
    public void The_deadline_counts_from_the_beginning()
    {
        FixedHost host = new();
        OptimizationCore core = new(new OptimizationOptions(), host);
        core.Begin(Bowl with { Budget = new() { Evaluations = 300, DeadlineNs = 1000 } });
        double[] x = new double[2];
        Assert.Equal(1, core.Ask(x));
        core.Tell(x, [1], []);
        host.Sleep(1000);
        Assert.Equal(0, core.Ask(x));
        Assert.Equal(SearchStop.Deadline, core.Result().Stopped);
    }

    private static OptimizationProblem Named(string name) => name == "bowl" ? Bowl : Mixed;

    private static OptimizationCore Core() => new(new OptimizationOptions(), new FixedHost());

    private static bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        if (x.Length == 2)
        {
            objectives[0] = (x[0] - 0.5) * (x[0] - 0.5) + (x[1] - 2) * (x[1] - 2) + x[0] * x[1];
            return x[0] < 2.9;
        }
        objectives[0] = -((x[0] - 0.5) * (x[0] - 0.5) + (x[1] - 20) * (x[1] - 20) + (x[2] - 2) * (x[2] - 2) + 3 * x[3] + (x[4] - 1) * (x[4] - 1));
        constraints[0] = 15 - x[0] - x[1];
        return true;
    }

    private static void Serve(OptimizationCore core, int capacity, bool backwards)
    {
        int n = core.Dimension, k = core.ConstraintCount;
        double[] x = new double[capacity * n];
        for (int rows; (rows = core.Ask(x)) > 0;)
        {
            double[] points = new double[rows * n], values = new double[rows], constraints = new double[rows * k];
            for (int i = 0; i < rows; i++)
            {
                int row = backwards ? rows - 1 - i : i;
                Span<double> point = points.AsSpan(i * n, n);
                x.AsSpan(row * n, n).CopyTo(point);
                if (!Evaluate(point, values.AsSpan(i, 1), constraints.AsSpan(i * k, k)))
                {
                    values[i] = double.NaN;
                }
            }
            core.Tell(points, values, constraints);
        }
    }

    private static void AssertSame(OptimizationResult expected, OptimizationResult result)
    {
        Assert.Equal(expected.Best!.X, result.Best!.X);
        Assert.Equal(expected.Best.F, result.Best.F);
        Assert.Equal(expected.Trace, result.Trace);
        Assert.Equal((expected.Evaluations, expected.FailedEvaluations, expected.Stopped), (result.Evaluations, result.FailedEvaluations, result.Stopped));
        Assert.Equal(expected.Sensitivity, result.Sensitivity);
        Assert.Equal(expected.Arms, result.Arms);
    }
}
