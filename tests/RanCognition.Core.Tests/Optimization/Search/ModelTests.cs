using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using RanCognition.Optimization.Search.Mixed;
using static RanCognition.Tests.Optimization.Search.Problems;

namespace RanCognition.Tests.Optimization.Search;

public class ModelTests
{
    private static readonly DecisionVariable[] Variables = [Binary("a"), Integer("b", 0, 9), Real("c", -1, 1), Category("d", 4), Real("e", 3, 3), Binary("f")];

    [Fact]
    public void A_quadratic_function_is_learnt_exactly_and_its_constraint_too()
    {
        SearchProblem problem = Compiled(Of(1, Variables));
        ModelFeatures features = new(problem.Space);
        // 1; a; b, b^2; c, c^2; three of d; f; six products of a, b, c, f.
        Assert.Equal((10, 16), (features.Plain, features.Count));
        LinearModel model = new(features.Count, features.Plain, 2);
        Random random = new(4);
        double[] x = new double[6], terms = new double[features.Count];
        double[] Draw() => [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble())];
        double[] Values(double[] u)
        {
            problem.Space.Values(u, x);
            return [x[0] * x[1] - 3 * x[2] * x[1] + 0.5 * x[1] * x[1] + (x[3] == 2 ? 4 : 1) + x[5] * x[0], x[2] - x[0] + 2 * x[3]];
        }
        for (int i = 0; i < 200; i++)
        {
            double[] u = Draw();
            features.Fill(u, terms);
            model.Add(terms, Values(u));
        }
        Assert.True(model.Fit());
        ModelWalk walk = new(features, model, 6, 2);
        Draw().CopyTo(walk.Point, 0);
        walk.Begin();
        for (int i = 0; i < 300; i++)
        {
            (int one, int two) = (random.Next(6), (int[])[0, 5] is var ends ? ends[random.Next(2)] : 0);
            double[] expected = (double[])walk.Point.Clone();
            double[] given = [.. i % 3 == 0 ? walk.TryExchange(0, 5) : walk.Try(one, expected[two])];
            (expected[i % 3 == 0 ? 0 : one], expected[i % 3 == 0 ? 5 : one]) = i % 3 == 0 ? (expected[5], expected[0]) : (expected[two], expected[two]);
            features.Fill(expected, terms);
            Assert.Equal(model.Value(0, terms), given[0], 1e-9);
            Assert.Equal(model.Value(1, terms), given[1], 1e-9);
            walk.Change(one, random.NextDouble());
        }
        for (int i = 0; i < 50; i++)
        {
            double[] u = Draw(), values = Values(u);
            features.Fill(u, terms);
            Assert.Equal(values[0], model.Value(0, terms), 2e-2);   // what holds products back is left
            Assert.Equal(values[1], model.Value(1, terms), 1e-3);
        }
    }

    [Fact]
    public void Long_learning_stays_finite_and_forgets()
    {
        LinearModel model = new(2, 2, 1);
        for (int i = 0; i < 300_000; i++)
        {
            double place = Math.Sin(i);
            model.Add([1, place], [i < 290_000 ? 5 : 2 - place]);
        }
        Assert.True(model.Fit());
        Assert.Equal(2, model.Coefficients[0], 1e-4);
        Assert.Equal(-1, model.Coefficients[1], 1e-4);
        Assert.False(new LinearModel(2, 2, 1).Fit());
    }

    [Fact]
    public void Products_are_left_out_where_there_would_be_too_many()
    {
        Assert.Equal(101, new ModelFeatures(Many(1, 100, i => Binary($"b{i}")).Space).Count);
        Assert.Equal(1 + 20 + 190, new ModelFeatures(Many(1, 20, i => Binary($"b{i}")).Space).Count);
        Assert.True(new ModelFeatures(Many(1, 100, i => Binary($"b{i}")).Space).AreFew);
        Assert.False(new ModelFeatures(Many(1, 100, i => Category($"c{i}", 6)).Space).AreFew);
    }

    [Fact]
    public void Prices_rise_where_a_search_ends_outside_and_fall_where_it_ends_inside()
    {
        Batch batch = new(1, 1, 2);
        batch.Resize(3);
        (double, double, double)[] rows = [(10, -1, -5), (14, 1, -5), (6, 1, -3)];
        for (int row = 0; row < 3; row++)
        {
            (batch.Objectives(row)[0], batch.Constraints(row)[0], batch.Constraints(row)[1]) = rows[row];
            batch.Violation(row) = Ledger.Violation(batch.Constraints(row));
        }
        PenaltyWeights prices = new(2);
        prices.Learn(batch);   // the objective changes by 8, the constraints by 4 and 2
        Assert.Equal((10.0, 14 + 4.0, 6 + 4.0), (prices.Merit(batch, 0), prices.Merit(batch, 1), prices.Merit(batch, 2)));
        prices.Adapt(batch, 1);
        Assert.Equal(14 + 6.0, prices.Merit(batch, 1));
        prices.Adapt(batch, 0);
        Assert.Equal(14 + 5.1, prices.Merit(batch, 1), 1e-12);
        batch.Violation(2) = double.PositiveInfinity;
        Assert.Equal(1e300, prices.Merit(batch, 2));
    }

    [Fact]
    public void Sums_with_a_limit_take_a_few_evaluations_per_variable()
    {
        Random random = new(8);
        double[] costs = [.. Enumerable.Range(0, 40).Select(_ => 1 + random.NextDouble())], gains = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())];
        // Cheapest set with gains of at least 8: close to choosing by gain per cost.
        int[] order = [.. Enumerable.Range(0, 40).OrderByDescending(i => gains[i] / costs[i])];
        double greedy = 0, reached = 0;
        foreach (int i in order)
        {
            if (reached < 8)
            {
                greedy += costs[i];
                reached += gains[i];
            }
        }
        SearchProblem problem = Compiled(Of(400, [.. Enumerable.Range(0, 40).Select(i => Binary($"cell{i}") with { Initial = 1 })]) with { Constraints = ["gain"] });
        SearchRun run = new(problem, new PlainEvaluator((x, f, g) =>
        {
            (f[0], g[0]) = (0, 8);
            for (int i = 0; i < 40; i++)
            {
                f[0] += x[i] * costs[i];
                g[0] -= x[i] * gains[i];
            }
            return true;
        }), new FixedHost());
        run.Run(new SearchPlan(problem, run.Ledger).Run());
        Assert.Equal(0, run.Ledger.BestViolation);
        Assert.True(run.Ledger.BestValue <= greedy, $"{run.Ledger.BestValue} of {greedy}");
    }
}
