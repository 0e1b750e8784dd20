using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Optimization.Search.Constrained;

namespace RanCognition.Tests.Optimization.Constrained;

/// <summary>Problems without a feasible point, whose one smallest conflict was planted.</summary>
public sealed class ConflictSearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_planted_conflict_is_named_exactly(int size)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            int[] planted = PlantedConflict.Choose(size, seed);
            ClassicalRun run = PlantedConflict.Create(planted, seed, 2000);
            run.Run.Run(new ConstrainedSearch(run.Problem, run.Ledger).Run());
            Assert.Equal(SearchStop.Budget, run.Ledger.Stopped);
            Assert.True(run.Ledger.BestViolation > 0);
            Assert.Equal(planted, run.Ledger.Conflicts.SmallestConflict());
        }
    }

    [Fact]
    public void A_conflict_that_only_seems_to_be_one_is_refuted()
    {
        // Both constraints hold together only within 1e-3 of one point; a third one never holds.
        double[] lower = [-5, -5, -5], upper = [5, 5, 5];
        ClassicalRun run = new(lower, upper, 3, (x, g) =>
        {
            double dx = x[0] - 3.1, dy = x[1] + 2.3;
            g[0] = dx * dx + dy * dy - 1e-6;
            g[1] = Math.Abs(x[2] - 1.234) - 1e-3;
            g[2] = 1 + 0.1 * Math.Abs(x[0]);
            return x[0];
        }, 3000, null);
        run.Run.Run(new ConstrainedSearch(run.Problem, run.Ledger).Run());
        Assert.Equal([2], run.Ledger.Conflicts.SmallestConflict());
    }

    [Fact]
    public void Three_discs_of_which_any_two_meet_are_named_together()
    {
        double[][] centres = [[-1, 0], [1, 0], [0, 1.7]];
        ClassicalRun run = new([-10, -10], [10, 10], 4, (x, g) =>
        {
            for (int j = 0; j < 3; j++)
            {
                double dx = x[0] - centres[j][0], dy = x[1] - centres[j][1];
                g[j == 2 ? 3 : j] = dx * dx + dy * dy - 1.1;
            }
            g[2] = x[0] - 2;
            return x[1];
        }, 1500, null);
        run.Run.Run(new ConstrainedSearch(run.Problem, run.Ledger).Run());
        Assert.Equal([0, 1, 3], run.Ledger.Conflicts.SmallestConflict());
    }

    [Fact]
    public void A_pair_among_many_curved_constraints_is_found()
    {
        // Forty balls around points near the middle, all of which contain it; two slabs that exclude each other.
        const int Dimension = 8, Balls = 40;
        RandomStream random = new(3);
        double[] centres = new double[Dimension * Balls];
        for (int i = 0; i < centres.Length; i++)
        {
            centres[i] = random.NextNormal();
        }
        ClassicalRun run = new(Enumerable.Repeat(-20.0, Dimension).ToArray(), Enumerable.Repeat(20.0, Dimension).ToArray(), Balls + 2, (x, g) =>
        {
            for (int j = 0; j < Balls; j++)
            {
                double squared = 0, own = 0;
                for (int i = 0; i < Dimension; i++)
                {
                    double away = x[i] - centres[j * Dimension + i];
                    squared += away * away;
                    own += centres[j * Dimension + i] * centres[j * Dimension + i];
                }
                g[j < 17 ? j : j + 1] = squared - own - 0.5;
            }
            g[17] = x[0] * x[1] + 0.01;
            g[Balls + 1] = 0.01 - x[0] * x[1];
            return x[2];
        }, 4000, null);
        run.Run.Run(new ConstrainedSearch(run.Problem, run.Ledger).Run());
        Assert.Equal([17, Balls + 1], run.Ledger.Conflicts.SmallestConflict());
    }

    [Fact]
    public void Evaluations_for_conflicts_are_spent_only_while_nothing_is_feasible()
    {
        ClassicalProblem problem = ClassicalProblems.Named("G09");
        ClassicalRun run = new(problem.Lower, problem.Upper, problem.Constraints, problem.Evaluate, 3000, null);
        ConstrainedSearch search = new(run.Problem, run.Ledger);
        run.Run.Run(search.Run());
        List<KeyValuePair<string, ulong>> arms = run.Ledger.Arms.Entries();
        Assert.DoesNotContain(arms, arm => arm.Key == "conflicts");
        Assert.Equal(run.Ledger.Evaluations, arms.Aggregate(0UL, (sum, arm) => sum + arm.Value));
    }
}
