using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using RanCognition.Optimization.Search.Constrained;

namespace RanCognition.Tests.Optimization.Constrained;

/// <summary>Constrained search against published and planted optima.</summary>
public sealed class ConstrainedSearchTests
{
    /// <summary>Names and evaluations that suffice, some three times what was measured.</summary>
    public static TheoryData<string, ulong> Classical => new()
    {
        { "G01", 1000 }, { "G03", 2000 }, { "G04", 200 }, { "G05", 200 }, { "G06", 200 }, { "G07", 600 }, { "G08", 10_000 }, { "G09", 2000 }, { "G10", 1000 }, { "G11", 500 }, { "G12", 500 },
        { "G13", 3000 }, { "G14", 1500 }, { "G15", 500 }, { "G16", 500 }, { "G17", 60_000 }, { "G18", 3000 }, { "G19", 4000 }, { "G21", 2000 }, { "G23", 1000 }, { "G24", 2000 },
        { "pressure vessel", 300 }, { "welded beam", 300 }, { "tension spring", 500 }, { "speed reducer", 500 }, { "HS71", 300 }, { "HS43", 300 },
    };

    [Theory]
    [MemberData(nameof(Classical))]
    public void Published_optima_are_reached_to_a_millionth(string name, ulong evaluations)
    {
        ClassicalProblem problem = ClassicalProblems.Named(name);
        for (ulong seed = 1; seed <= 3; seed++)
        {
            ClassicalRun run = Search(new ClassicalRun(problem, evaluations, seed));
            Assert.True(run.Ledger.Stopped == SearchStop.Target, $"{name}, seed {seed}: {run.Ledger.BestValue} with violation {run.Ledger.BestViolation}");
            double[] g = new double[problem.Constraints];
            Assert.Equal(run.Ledger.BestValue, problem.Evaluate(run.Ledger.BestX.ToArray(), g));
            Assert.True(g.All(value => value <= 0));
            Assert.True(run.Ledger.BestValue >= problem.Optimum - 1e-6 * Math.Max(1, Math.Abs(problem.Optimum)), $"{name}: {run.Ledger.BestValue} is better than the published optimum");
        }
    }

    [Fact]
    public void The_bump_comes_close()
    {
        ClassicalProblem problem = ClassicalProblems.Named("G02");
        ClassicalRun run = Search(new ClassicalRun(problem, 25_000, 2));
        Assert.Equal(0, run.Ledger.BestViolation);
        Assert.InRange(run.Ledger.BestValue, problem.Optimum - 1e-9, -0.7);
    }

    [Theory]
    [InlineData((int)PlantedProblem.Base.Sphere, 1500)]
    [InlineData((int)PlantedProblem.Base.Ellipsoid, 4000)]
    public void Planted_optima_are_found_at_once_where_there_is_one_valley(int kind, ulong evaluations)
    {
        for (ulong seed = 20; seed < 26; seed++)
        {
            foreach ((int dimension, int active, int idle) in new[] { (2, 1, 1), (5, 3, 5), (10, 4, 8), (10, 10, 0) })
            {
                ClassicalProblem problem = PlantedProblem.Create((PlantedProblem.Base)kind, dimension, active, idle, seed);
                ClassicalRun run = Search(new ClassicalRun(problem, evaluations, seed));
                Assert.True(run.Ledger.Stopped == SearchStop.Target, $"{problem.Name}: {run.Ledger.BestValue} with violation {run.Ledger.BestViolation}");
            }
        }
    }

    [Fact]
    public void Planted_optima_among_many_valleys_are_found()
    {
        int found = 0;
        for (ulong seed = 40; seed < 48; seed++)
        {
            found += Search(new ClassicalRun(PlantedProblem.Create(PlantedProblem.Base.Rastrigin, 3, 2, 2, seed), 20_000, seed)).Ledger.Stopped == SearchStop.Target ? 1 : 0;
        }
        Assert.InRange(found, 7, 8);
    }

    [Fact]
    public void Equations_given_by_their_magnitude_are_met_too()
    {
        // G11 and G13 with |h| - 1e-4 instead of a pair of constraints.
        ClassicalRun run = Search(new ClassicalRun([-1, -1], [1, 1], 1, (x, g) =>
        {
            g[0] = Math.Abs(x[1] - x[0] * x[0]) - 1e-4;
            return x[0] * x[0] + (x[1] - 1) * (x[1] - 1);
        }, 3000, 0.7499 + 1e-6));
        Assert.Equal(SearchStop.Target, run.Ledger.Stopped);
        ClassicalProblem thirteen = ClassicalProblems.Named("G13");
        run = Search(new ClassicalRun(thirteen.Lower, thirteen.Upper, 3, (x, g) =>
        {
            double[] pairs = new double[6];
            double f = thirteen.Evaluate(x, pairs);
            for (int j = 0; j < 3; j++)
            {
                g[j] = Math.Max(pairs[2 * j], pairs[2 * j + 1]);
            }
            return f;
        }, 20_000, thirteen.Optimum + 1e-6));
        Assert.Equal(SearchStop.Target, run.Ledger.Stopped);
    }

    [Fact]
    public void The_same_seed_gives_the_same_points()
    {
        ClassicalProblem problem = ClassicalProblems.Named("G08");
        List<double[]> Points(ulong seed)
        {
            List<double[]> points = [];
            Search(new ClassicalRun(problem.Lower, problem.Upper, problem.Constraints, problem.Evaluate, 2500, null, seed) { Watch = (x, _, _) => points.Add((double[])x.Clone()) });
            return points;
        }
        List<double[]> first = Points(5), second = Points(5), other = Points(6);
        Assert.Equal(2500, first.Count);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void A_feasible_region_of_a_millionth_is_found()
    {
        double[] centre = [0.731, -0.412, 0.118];
        ClassicalRun run = Search(new ClassicalRun([-1, -1, -1], [1, 1, 1], 2, (x, g) =>
        {
            double squared = 0;
            for (int i = 0; i < 3; i++)
            {
                squared += (x[i] - centre[i]) * (x[i] - centre[i]);
            }
            g[0] = squared - 1.6e-4;   // a ball of 8.5e-6 of 8
            g[1] = Math.Sin(40 * x[0]) * Math.Cos(30 * x[1]) - 2 + squared;
            return x[2];
        }, 5000, centre[2] - Math.Sqrt(1.6e-4) + 1e-6));
        Assert.Equal(SearchStop.Target, run.Ledger.Stopped);
    }

    [Fact]
    public void The_best_of_separate_regions_is_found()
    {
        // Four balls; the best value lies in the smallest one.
        double[][] centres = [[-6, -6], [6, -5], [-5, 6], [6.5, 7]];
        double[] radii = [1.5, 1.5, 1.5, 0.4];
        ClassicalRun run = Search(new ClassicalRun([-10, -10], [10, 10], 1, (x, g) =>
        {
            g[0] = centres.Zip(radii, (c, r) => (x[0] - c[0]) * (x[0] - c[0]) + (x[1] - c[1]) * (x[1] - c[1]) - r * r).Min();
            return -x[0] - x[1];
        }, 6000, -13.5 - 0.4 * Math.Sqrt(2) + 1e-5));
        Assert.Equal(SearchStop.Target, run.Ledger.Stopped);
    }

    [Fact]
    public void Points_that_fail_near_the_optimum_are_stepped_around()
    {
        // The optimum (1, 1) lies on a circle; up to 1e-4 from it half of the points fail, in patches of 1e-3.
        ClassicalRun run = Search(new ClassicalRun([-3, -3], [3, 3], 1, (x, g) =>
        {
            g[0] = x[0] * x[0] + x[1] * x[1] - 2;
            bool isNear = Math.Abs(x[0] - 1) < 1e-4 && Math.Abs(x[1] - 1) < 1e-4;
            bool isFailing = !isNear && (((long)Math.Floor(x[0] * 1000) ^ (long)Math.Floor(x[1] * 1000)) & 1) == 1;
            return isFailing ? double.NaN : (x[0] - 2) * (x[0] - 2) + 3 * (x[1] - 2) * (x[1] - 2) + 4 * x[1];
        }, 20_000, 8 + 1e-5));
        Assert.Equal(SearchStop.Target, run.Ledger.Stopped);
        Assert.True(run.Ledger.FailedEvaluations > 0);
    }

    [Fact]
    public void Where_all_points_fail_the_budget_is_spent_without_a_best()
    {
        ClassicalRun run = Search(new ClassicalRun([0, 0], [1, 1], 2, (_, g) =>
        {
            g[0] = double.NaN;
            return double.NaN;
        }, 2000, 0));
        Assert.Equal(SearchStop.Budget, run.Ledger.Stopped);
        Assert.False(run.Ledger.HasBest);
        Assert.Equal(2000UL, run.Ledger.FailedEvaluations);
    }

    [Fact]
    public void A_noisy_objective_is_still_improved()
    {
        ClassicalProblem problem = ClassicalProblems.Named("HS43");
        int calls = 0;
        ClassicalRun run = Search(new ClassicalRun(problem.Lower, problem.Upper, problem.Constraints, (x, g) =>
        {
            double noise = Math.Sin(++calls * 12.9898) * 43758.5453;
            return problem.Evaluate(x, g) + 0.02 * (noise - Math.Floor(noise) - 0.5);
        }, 4000, null));
        Assert.Equal(0, run.Ledger.BestViolation);
        Assert.InRange(run.Ledger.BestValue, -44.02, -43.5);
    }

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e-12)]
    [InlineData(1e12)]
    [InlineData(1e150)]
    public void The_scale_of_objective_and_constraints_does_not_matter(double scale)
    {
        ClassicalProblem problem = ClassicalProblems.Named("HS43");
        ClassicalRun run = Search(new ClassicalRun(problem.Lower, problem.Upper, problem.Constraints, (x, g) =>
        {
            double f = problem.Evaluate(x, g);
            g[0] *= scale;
            g[2] /= scale;
            return f * scale;
        }, 3000, scale * (-44 + 1e-3)));
        Assert.Equal(SearchStop.Target, run.Ledger.Stopped);
    }

    private static ClassicalRun Search(ClassicalRun run)
    {
        run.Run.Run(new ConstrainedSearch(run.Problem, run.Ledger).Run());
        return run;
    }
}
