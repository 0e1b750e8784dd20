using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Optimization.Search.Constrained;

namespace RanCognition.Tests.Optimization.Constrained;

/// <summary>Problems without a feasible point, whose one smallest conflict was planted.</summary>
public sealed class ConflictSearchTests
{
    private const int Constraints = 10;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_planted_conflict_is_named_exactly(int size)
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            int[] planted = Choose(size, seed);
            ClassicalRun run = Create(planted, seed, 4000);
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
    public void Evaluations_for_conflicts_are_spent_only_while_nothing_is_feasible()
    {
        ClassicalProblem problem = ClassicalProblems.Named("G09");
        ClassicalRun run = new(problem.Lower, problem.Upper, problem.Constraints, problem.Evaluate, 3000, null);
        ConstrainedSearch search = new(run.Problem, run.Ledger);
        run.Run.Run(search.Run());
        Assert.Equal(0UL, search.Used[^1]);
        Assert.Equal(run.Ledger.Evaluations, search.Used.Aggregate(0UL, (sum, used) => sum + used));
    }

    private static int[] Choose(int size, ulong seed)
    {
        RandomStream random = new(seed * 31 + (ulong)size);
        SortedSet<int> chosen = [];
        while (chosen.Count < size)
        {
            chosen.Add((int)(random.NextDouble() * Constraints));
        }
        return [.. chosen];
    }

    /// <summary>
    /// Members of the conflict are half spaces of the first variables whose normals are the corners of a simplex: all of them leave nothing, any of them fewer leave a cone. The others are narrow balls and
    /// rings in the variables beyond.
    /// </summary>
    private static ClassicalRun Create(int[] planted, ulong seed, ulong evaluations)
    {
        const int Shared = 3, Own = 4;
        RandomStream random = new(77 + seed);
        double[] target = new double[Shared + Own], scales = new double[Constraints];
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = -3 + 6 * random.NextDouble();
        }
        for (int j = 0; j < Constraints; j++)
        {
            scales[j] = Math.Pow(10, 4 * random.NextDouble() - 2);
        }
        return new ClassicalRun(Enumerable.Repeat(-5.0, Shared + Own).ToArray(), Enumerable.Repeat(5.0, Shared + Own).ToArray(), Constraints, (x, g) =>
        {
            double squared = 0, f = 0;
            for (int i = 0; i < x.Length; i++)
            {
                f += x[i];
                squared += i >= Shared ? (x[i] - target[i]) * (x[i] - target[i]) : 0;
            }
            for (int j = 0; j < Constraints; j++)
            {
                int place = Array.IndexOf(planted, j);
                double value = place < 0 ? (j % 2 == 0 ? squared - 0.04 * (j + 1) : Math.Abs(squared - 0.02) - 0.02) : Corner(x, target, place, planted.Length) + 0.5;
                g[j] = scales[j] * value;
            }
            return f;
        }, evaluations, null, seed);
    }

    /// <summary>Row of a matrix whose rows sum to zero and of which any fewer are independent.</summary>
    private static double Corner(double[] x, double[] target, int place, int size)
    {
        if (place < size - 1)
        {
            return x[place] - target[place];
        }
        double sum = 0;
        for (int i = 0; i < size - 1; i++)
        {
            sum -= x[i] - target[i];
        }
        return sum;
    }
}
