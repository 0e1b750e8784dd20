using RanCognition.Optimization.Search;

namespace RanCognition.Tests.Optimization;

public sealed class StrategyPartsTests
{
    [Fact]
    public void Ranks_are_those_of_a_stable_sort()
    {
        RandomSource random = new(1);
        RankOrder ranks = new();
        for (int round = 0; round < 300; round++)
        {
            double[] values = new double[1 + random.NextBelow(200)];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = random.NextBelow(20);
            }
            int[] expected = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
            Assert.Equal(expected, ranks.Of(values).ToArray());
        }
    }

    [Fact]
    public void A_lower_factor_times_itself_is_the_matrix_and_solves_what_it_multiplies()
    {
        RandomSource random = new(2);
        for (int n = 1; n <= 24; n++)
        {
            double[] matrix = new double[n * n], factor = new double[n * n], row = new double[n], product = new double[n], solved = new double[n];
            for (int k = 0; k < n + 2; k++)
            {
                random.FillNormal(row);
                LowerFactor.AddOuter(1, row, matrix);
            }
            Assert.True(LowerFactor.Find(matrix, factor, n, 1e-14));
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double sum = 0;
                    for (int k = 0; k <= j; k++)
                    {
                        sum += factor[k * n + i] * factor[k * n + j];
                    }
                    Assert.Equal(matrix[j * n + i], sum, 1e-10);
                }
            }
            LowerFactor.Multiply(factor, row, product);
            LowerFactor.Solve(factor, product, solved);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(row[i], solved[i], 1e-6);
            }
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_has_no_factor()
    {
        Assert.False(LowerFactor.Find([1, 2, 2, 1], new double[4], 2, 1e-14));
        Assert.False(LowerFactor.Find([double.NaN], new double[1], 1, 1e-14));
    }

    [Fact]
    public void Weights_of_the_parents_sum_to_one_and_the_covariance_stays_positive_in_the_mean()
    {
        foreach (int n in (int[])[1, 2, 3, 10, 57, 1024])
        {
            foreach (int population in (int[])[5, 6, 12, 50, 300, 2000])
            {
                CovarianceWeights weights = new(n, population, n > CovarianceSearch.FullMax);
                double sum = 0;
                for (int i = 0; i < weights.Parents; i++)
                {
                    sum += weights.ByRank[i];
                }
                Assert.Equal(1, sum, 1e-12);
                Assert.InRange(weights.RankOneRate + weights.ParentsRate, 0, 1 + 1e-12);
                Assert.True(1 - weights.RankOneRate - weights.ParentsRate * weights.Total > -1e-12);
            }
        }
    }

    [Fact]
    public void A_line_search_ends_near_the_minimum_of_a_parabola()
    {
        for (double minimum = 1e-3; minimum < 300; minimum *= 3)
        {
            LineSearch line = new();
            double scale = minimum * minimum;
            line.Begin(1, -2 * minimum / scale, 1, 1000, 1);
            int trials = 0;
            while (!line.IsDone)
            {
                line.Tell((line.Step - minimum) * (line.Step - minimum) / scale);
                trials++;
            }
            Assert.InRange(trials, 1, 13);
            Assert.True(line.BestValue < 0.2);
            Assert.Equal((line.BestStep - minimum) * (line.BestStep - minimum) / scale, line.BestValue);
        }
    }

    [Fact]
    public void A_line_search_gives_up_where_nothing_is_better()
    {
        LineSearch line = new();
        line.Begin(1, -1, 1, 10, 1);
        int trials = 0;
        while (!line.IsDone)
        {
            line.Tell(Batch.Failed);
            trials++;
        }
        Assert.InRange(trials, 1, 13);
        Assert.Equal(0, line.BestStep);
    }

    [Fact]
    public void The_inverse_curvature_of_a_quadratic_is_learnt()
    {
        const int n = 6;
        SearchProblem problem = SearchBench.Problem(n, 0, 1, 5000, null, 1);
        RandomSource random = new(5);
        double[] factor = new double[n * n];
        random.FillNormal(factor);
        SearchRun run = new(problem, new FunctionEvaluator(x => Quadratic(x, factor)), new FixedHost());
        QuasiNewton search = new(new SearchArea(problem, run.Ledger, [0, 1, 2, 3, 4, 5], new double[n]));
        double[] start = [0.9, 0.2, 0.7, 0.4, 0.8, 0.3];
        search.Place(start, Quadratic(start, factor));
        search.Forget();
        run.Run(search.Run(200, double.PositiveInfinity));
        Assert.True(search.IsClean);
        Assert.InRange(search.Value, 0, 1e-12);
        double[] along = new double[n];
        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < n; i++)
            {
                along[i] = 0.45 + 1e-3 * search.Columns[k * n + i];
            }
            Assert.InRange(Quadratic(along, factor) / (0.5 * 1e-6), 0.5, 2);   // curvature 1 along every column
        }
    }

    private static double Quadratic(ReadOnlySpan<double> x, double[] factor)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double row = 0.3 * (x[i] - 0.45);
            for (int j = 0; j < x.Length; j++)
            {
                row += factor[i * x.Length + j] * (x[j] - 0.45);
            }
            sum += row * row;
        }
        return sum;
    }
}
