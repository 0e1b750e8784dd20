using RanCognition.Contracts;
using RanCognition.Optimization;
using RanCognition.Optimization.Search;
using RanCognition.Optimization.Search.Pareto;
using RanCognition.Tests.Optimization.Search;
using static RanCognition.Tests.Optimization.Search.Problems;

namespace RanCognition.Tests.Optimization.Pareto;

public class ParetoSearchTests
{
    /// <summary>Volumes that NSGA-II reaches with 25 000 evaluations (ZDT1: .8698, DTLZ2: .7111) or more, and what the exact fronts have.</summary>
    [Theory]
    [InlineData("ZDT1", 25_000, 0.8749, 0.87667)]
    [InlineData("ZDT2", 25_000, 0.5364, 0.54334)]
    [InlineData("ZDT3", 25_000, 1.3275, 1.33200)]
    [InlineData("ZDT4", 25_000, 0.8652, 0.87667)]
    [InlineData("ZDT6", 25_000, 0.4959, 0.50800)]
    [InlineData("DTLZ2", 8_000, 0.7524, 0.80741)]
    public void Known_fronts_are_found_better_than_by_a_genetic_algorithm(string name, ulong evaluations, double least, double most)
    {
        FrontProblem function = FrontProblem.Of(name);
        double[] reference = [.. Enumerable.Repeat(1.1, function.Objectives)];
        Assert.InRange(FrontBench.Hypervolume(FrontBench.Run(function, evaluations, 21).Front!, reference), least, most);
    }

    [Theory]
    [InlineData("BNH", 140, 50, 5280, 5290)]
    [InlineData("SRN", 250, 50, 42500, 42800)]
    [InlineData("TNK", 1.1, 1.1, 0.426, 0.4315)]
    [InlineData("WFG4", 3, 5, 8.5, 8.7169)]
    public void Other_fronts_with_constraints_and_with_many_local_ones_are_found(string name, double first, double second, double least, double most)
    {
        FrontProblem function = FrontProblem.Of(name);
        FrontArchive front = FrontBench.Run(function, 10_000, 3).Front!;
        double[] f = new double[2], g = new double[function.Constraints];
        foreach (int row in front.Sorted())
        {
            function.Evaluate(front.X(row), f, g);
            Assert.Equal(f, front.F(row).ToArray());
            Assert.All(g, value => Assert.True(value <= 0));
        }
        Assert.InRange(FrontBench.Hypervolume(front, [first, second]), least, most);
    }

    [Fact]
    public void The_front_is_the_same_for_a_seed_with_any_number_of_threads()
    {
        FrontProblem slow = FrontProblem.Of("TNK") with
        {
            Evaluate = (x, f, g) =>
            {
                Thread.Sleep(1);
                FrontProblem.Of("TNK").Evaluate(x, f, g);
            },
        };
        static string Text(Ledger ledger) => string.Join(';', ledger.Front!.Sorted().Select(row => string.Join(' ', ledger.Front.X(row).ToArray())));
        string one = Text(FrontBench.Run(slow, 400, 5));
        Assert.Equal(one, Text(FrontBench.Run(slow, 400, 5, threads: 3)));
        Assert.NotEqual(one, Text(FrontBench.Run(slow, 400, 6)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(130)]
    public void Every_budget_is_spent_to_the_last_evaluation(ulong evaluations)
    {
        Ledger ledger = FrontBench.Run(FrontProblem.Of("ZDT1"), evaluations, 1);
        Assert.Equal((evaluations, SearchStop.Budget), (ledger.Evaluations, ledger.Stopped));
        Assert.InRange(ledger.Front!.Count, 1, (int)evaluations);
    }

    /// <summary>Levels of every kind; the front is known from all points.</summary>
    private static void Mixed(double[] x, Span<double> f)
    {
        double[] costs = [5, 1, 4, 2];
        f[0] = costs[(int)x[3]] + x[0] * x[0] / 100 + (x[2] == 1 ? 3 : 0) + x[1];
        f[1] = Math.Abs(x[0] - 17) + 10 / (1 + x[1]) + (x[2] == 1 ? 0 : 7) + (x[3] == 0 ? 0 : 6 - (int)x[3]);
    }

    [Fact]
    public void The_whole_front_of_a_space_of_levels_is_found_with_a_fraction_of_its_points()
    {
        OptimizationProblem problem = Of(3000, Integer("a", 0, 39), Ordered("b", 0, 1, 2, 4, 8, 16), Binary("c"), Category("d", 4), Integer("e", 0, 9), Integer("f", 0, 9)) with
        {
            Objectives = [new ObjectiveSpec("cost", false), new ObjectiveSpec("loss", false)],
        };
        SearchProblem compiled = Compiled(problem);
        Assert.Equal(192_000, compiled.Space.PointCount);
        PlainEvaluator evaluator = new((x, f, _) =>
        {
            Mixed(x.ToArray(), f);
            (f[0], f[1]) = (f[0] + x[4] + x[5], f[1] + x[4] / 2 + Math.Abs(x[5] - x[4]));
            return true;
        });
        FrontArchive front = FrontBench.Run(compiled, evaluator).Front!;
        List<double[]> all = [];
        double[] values = new double[2];
        for (int code = 0; code < 1920; code++)
        {
            Mixed([code % 40, new double[] { 0, 1, 2, 4, 8, 16 }[code / 40 % 6], code / 240 % 2, code / 480], values);
            all.Add([.. values]);
        }
        double[][] exact = FrontPoints.Front(all);
        double[][] found = [.. front.Sorted().Select(row => front.F(row).ToArray())];
        Assert.True(exact.Count(point => found.Any(other => other.SequenceEqual(point))) >= 0.95 * exact.Length);
        Assert.DoesNotContain(found, point => exact.All(other => !other.SequenceEqual(point) && !FrontPoints.Dominates(other, point)));
    }

    [Fact]
    public void Objectives_that_agree_have_a_front_of_one_point_and_failures_are_passed_over()
    {
        OptimizationProblem problem = Of(2000, Real("a", -1, 2), Real("b", -1, 2)) with { Objectives = [new ObjectiveSpec("p", false), new ObjectiveSpec("q", true)], ReferencePoint = [3, -3] };
        CompiledProblem compiled = ProblemCompiler.Compile(problem, "problem", 0);
        Ledger ledger = FrontBench.Run(compiled.Search, new PlainEvaluator((x, f, _) =>
        {
            f[0] = x[0] < -0.5 ? double.NaN : x[0] * x[0] + x[1] * x[1];
            f[1] = -f[0];
            return x[1] > -0.5;
        }));
        Assert.True(ledger.FailedEvaluations > 5);
        FrontResult result = FrontResult.Of(compiled, ledger);
        FrontPoint point = Assert.Single(result.Points);
        Assert.InRange(point.F[0], 0, 1e-4);
        Assert.Equal(-point.F[0], point.F[1]);
        Assert.Equal((3 - point.F[0]) * (3 - point.F[0]), result.Hypervolume!.Value, 1e-12);
    }

    [Fact]
    public void A_result_has_the_front_in_the_sense_of_the_objectives_and_its_volume()
    {
        OptimizationProblem problem = Of(500, Real("a", 0, 1)) with { Objectives = [new ObjectiveSpec("gain", true), new ObjectiveSpec("cost", false)] };
        static bool Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
        {
            (f[0], f[1]) = (10 * x[0], 1000 * x[0] * x[0]);
            return true;
        }
        CompiledProblem compiled = ProblemCompiler.Compile(problem, "problem", 0);
        Ledger ledger = FrontBench.Run(compiled.Search, new PlainEvaluator(Evaluate));
        FrontResult worst = FrontResult.Of(compiled, ledger), given = FrontResult.Of(compiled with { Problem = problem with { ReferencePoint = [0, 1000] } }, ledger);
        Assert.Equal(ledger.Front!.Count, given.Points.Count);
        Assert.All(given.Points, point => Assert.Equal((10 * point.X[0], 1000 * point.X[0] * point.X[0]), (point.F[0], point.F[1])));
        Assert.Equal(given.Points.OrderBy(point => point.F[0]), given.Points);
        Assert.InRange(given.Hypervolume!.Value, 6600, 20000.0 / 3);
        double step = 0;
        for (int i = 1; i < worst.Points.Count; i++)
        {
            step += (worst.Points[i].F[0] - worst.Points[i - 1].F[0]) * (worst.Points[^1].F[1] - worst.Points[i].F[1]);
        }
        Assert.Equal(step, worst.Hypervolume!.Value, 1e-6);
    }

    [Fact]
    public void Without_a_feasible_point_there_is_no_front_and_without_several_objectives_none_is_kept()
    {
        OptimizationProblem problem = Of(100, Real("a", 0, 1)) with { Objectives = [new ObjectiveSpec("p", false), new ObjectiveSpec("q", false)], Constraints = ["never"] };
        CompiledProblem compiled = ProblemCompiler.Compile(problem, "problem", 0);
        Ledger ledger = FrontBench.Run(compiled.Search, new PlainEvaluator((x, f, g) =>
        {
            (f[0], f[1], g[0]) = (x[0], 1 - x[0], 1 + x[0]);
            return true;
        }));
        Assert.Equal((0, null), (FrontResult.Of(compiled, ledger).Points.Count, FrontResult.Of(compiled, ledger).Hypervolume));
        Assert.InRange(ledger.BestViolation, 1, 1.01);
        Assert.Null(new Ledger(Compiled(Of(5, Real("a", 0, 1)))).Front);
    }

    [Fact]
    public void A_search_begins_from_the_points_that_are_known()
    {
        FrontProblem function = FrontProblem.Of("ZDT4");
        double[] start = new double[10];
        Array.Fill(start, 0.5);
        IEnumerable<Batch> Both(SearchProblem problem, Ledger ledger)
        {
            foreach (Batch batch in StartPoints.All(problem))
            {
                yield return batch;
            }
            foreach (Batch batch in new ParetoSearch(problem, ledger).Run())
            {
                yield return batch;
            }
        }
        SearchProblem problem = function.Problem(1500, 3) with { Starts = [start] };
        SearchRun run = new(problem, function, new FixedHost());
        run.Run(Both(problem, run.Ledger));
        double[] reference = [1.1, 1.1];
        double known = FrontBench.Hypervolume(run.Ledger.Front!, reference);
        Assert.InRange(known, 0.55, 0.87667);   // the start alone has 0.484
        Assert.InRange(FrontBench.Hypervolume(FrontBench.Run(function, 1500, 3).Front!, reference), 0, 0.1);
    }
}
