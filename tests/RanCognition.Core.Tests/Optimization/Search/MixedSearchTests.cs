using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using RanCognition.Optimization.Search.Mixed;
using static RanCognition.Tests.Optimization.Search.Problems;

namespace RanCognition.Tests.Optimization.Search;

public class MixedSearchTests
{
    private static (Ledger Ledger, List<KeyValuePair<string, ulong>> Arms) Solve(OptimizationProblem problem, PlainEvaluator.Function function, ulong seed = 1)
    {
        SearchProblem compiled = Compiled(problem with { Seed = seed });
        SearchRun run = new(compiled, new PlainEvaluator(function), new FixedHost());
        SearchPlan plan = new(compiled, run.Ledger);
        run.Run(plan.Run());
        return (run.Ledger, run.Ledger.Arms.Entries());
    }

    private static DecisionVariable[] Variables(int count, Func<int, DecisionVariable> variable) => [.. Enumerable.Range(0, count).Select(variable)];

    private static PlainEvaluator.Function By(Func<double[], double> function) => (x, f, _) => double.IsFinite(f[0] = function(x.ToArray()));

    /// <summary>A small space with values that are partly a sum over the variables, and with constraints of the same kind.</summary>
    private static (OptimizationProblem Problem, PlainEvaluator.Function Function, double Best) Small(int seed, int constraints)
    {
        Random random = new(seed);
        int count = random.Next(2, 8);
        List<DecisionVariable> variables = [];
        int points = 1;
        for (int i = 0; i < count && points < 120; i++)
        {
            int levels = random.Next(2, 6);
            points *= levels;
            variables.Add(random.Next(3) switch { 0 => Integer($"v{i}", 1, levels), 1 => Ordered($"v{i}", [.. Enumerable.Range(0, levels).Select(k => k * k + 0.5)]), _ => Category($"v{i}", levels) });
        }
        OptimizationProblem problem = Of((ulong)points, [.. variables]) with { Constraints = [.. Enumerable.Range(0, constraints).Select(i => $"g{i}")] };
        SearchSpace space = Compiled(problem).Space;
        double[][] tables = [.. Enumerable.Range(0, 1 + constraints).Select(_ => (double[])[.. Enumerable.Range(0, points).Select(_ => random.NextDouble())])];
        double[,,] parts = new double[1 + constraints, space.Dimension, 8];
        foreach (ref double part in System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref parts[0, 0, 0], parts.Length))
        {
            part = random.NextDouble();
        }
        double At(int table, double[] x)
        {
            int place = 0;
            double sum = 0;
            for (int i = 0; i < space.Dimension; i++)
            {
                int level = space.Level(i, space.Coordinate(i, x[i]));
                place = place * space.LevelCount(i) + level;
                sum += parts[table, i, level];
            }
            return sum + 0.4 * tables[table][place];
        }
        PlainEvaluator.Function function = (x, f, g) =>
        {
            double[] point = x.ToArray();
            f[0] = At(0, point);
            for (int j = 0; j < g.Length; j++)
            {
                g[j] = At(1 + j, point) - 0.5 * (space.Dimension + 0.4);
            }
            return true;
        };
        SearchProblem compiled = Compiled(problem);
        SearchRun all = new(compiled, new PlainEvaluator(function), new FixedHost());
        all.Run(new SearchPlan(compiled, all.Ledger).Run());
        Assert.Equal(SearchStop.Exact, all.Ledger.Stopped);
        return (problem, function, all.Ledger.BestViolation > 0 ? double.PositiveInfinity : all.Ledger.BestValue);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Most_small_problems_are_solved_with_half_of_the_evaluations_of_all_points(int constraints)
    {
        int exact = 0, solvable = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            (OptimizationProblem problem, PlainEvaluator.Function function, double best) = Small(seed, constraints);
            if (double.IsInfinity(best))
            {
                continue;
            }
            ulong points = problem.Budget.Evaluations!.Value;
            (Ledger ledger, _) = Solve(problem with { Budget = new() { Evaluations = points / 2 } }, function);
            Assert.True(ledger.Evaluations <= points / 2);
            solvable++;
            exact += ledger.BestViolation == 0 && ledger.BestValue == best ? 1 : 0;
        }
        Assert.True(exact >= 0.8 * solvable, $"{exact} of {solvable}");
    }

    [Fact]
    public void No_strategy_keeps_the_turn_by_repeating_itself_before_the_budget_is_used()
    {
        for (int seed = 200; seed < 260; seed++)
        {
            (OptimizationProblem problem, PlainEvaluator.Function function, _) = Small(seed, 0);
            ulong points = problem.Budget.Evaluations!.Value;
            (Ledger ledger, List<KeyValuePair<string, ulong>> arms) = Solve(problem with { Budget = new() { Evaluations = points - 1 } }, function);
            Assert.Equal((points - 1, points - 1, SearchStop.Budget), (ledger.Evaluations, ledger.DistinctPoints, ledger.Stopped));
            Assert.Equal(ledger.Evaluations, arms.Aggregate(0UL, (sum, arm) => sum + arm.Value));
        }
    }

    [Fact]
    public void Ones_are_counted_with_little_more_than_one_look_at_each()
    {
        (Ledger ledger, List<KeyValuePair<string, ulong>> arms) = Solve(Of(1000, Variables(100, i => Binary($"b{i}"))) with { Target = -100 }, By(x => -x.Sum()));
        Assert.Equal(SearchStop.Target, ledger.Stopped);
        Assert.InRange(ledger.Evaluations, 50UL, 200UL);
        Assert.Equal(["start", "levels"], arms.Select(arm => arm.Key));
    }

    [Fact]
    public void Queens_find_places_and_a_graph_its_colours()
    {
        DecisionVariable[] rows = Variables(8, i => Integer($"q{i}", 0, 7));
        (Ledger ledger, _) = Solve(Of(20_000, rows) with { Target = 0 }, By(x =>
        {
            int attacks = 0;
            for (int i = 0; i < x.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    attacks += x[i] == x[j] || Math.Abs(x[i] - x[j]) == i - j ? 1 : 0;
                }
            }
            return attacks;
        }));
        Assert.Equal(SearchStop.Target, ledger.Stopped);
        (ledger, _) = Solve(Of(40_000, Variables(25, i => Category($"c{i}", 5))) with { Target = 0 }, By(x =>
        {
            int clashes = 0;   // queen5_5, which needs 5 colours
            for (int i = 0; i < 25; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    int down = i / 5 - j / 5, right = i % 5 - j % 5;
                    clashes += x[i] == x[j] && (down == 0 || right == 0 || down == Math.Abs(right)) ? 1 : 0;
                }
            }
            return clashes;
        }));
        Assert.Equal(SearchStop.Target, ledger.Stopped);
    }

    [Fact]
    public void Knapsacks_are_filled_as_well_as_can_be()
    {
        for (int seed = 1; seed <= 8; seed++)
        {
            Random random = new(seed);
            int[] weights = [.. Enumerable.Range(0, 24).Select(_ => random.Next(10, 100))], worths = [.. weights.Select(weight => weight + random.Next(-9, 30))];
            int room = weights.Sum() / 2;
            int[] best = new int[room + 1];
            for (int i = 0; i < weights.Length; i++)
            {
                for (int free = room; free >= weights[i]; free--)
                {
                    best[free] = Math.Max(best[free], best[free - weights[i]] + worths[i]);
                }
            }
            (Ledger ledger, _) = Solve(Of(4000, Variables(24, i => Binary($"b{i}"))) with { Constraints = ["room"], Objectives = [new ObjectiveSpec("worth", true)], Target = best[room] }, (x, f, g) =>
            {
                f[0] = 0;
                g[0] = -room;
                for (int i = 0; i < x.Length; i++)
                {
                    f[0] += x[i] * worths[i];
                    g[0] += x[i] * weights[i];
                }
                return true;
            });
            Assert.Equal(SearchStop.Target, ledger.Stopped);   // no better one exists
        }
    }

    /// <summary>Rotated and bent valley, some of its variables on few levels.</summary>
    private static double Valley(double[] x, double[] optimum)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double z = x[i] - optimum[i], next = i + 1 < x.Length ? x[i + 1] - optimum[i + 1] : 0;
            sum += (1 + i) * z * z + 0.8 * z * next;
        }
        return sum;
    }

    [Fact]
    public void Levels_and_numbers_are_found_together()
    {
        DecisionVariable[] variables = [Binary("a"), Integer("b", 0, 3), Ordered("c", -3, -1, 0.5, 2, 7), Integer("d", -8, 7), Real("e", -5, 5), Real("f", -5, 5), Real("g", -5, 5), Category("h", 4)];
        for (int seed = 0; seed < 10; seed++)
        {
            double[] optimum = [seed % 2, seed % 4, (double[])[-3, -1, 0.5, 2, 7] is var c ? c[seed % 5] : 0, seed - 6, seed / 3.0 - 2, 1.25, -0.7 * seed / 2, 0];
            (Ledger ledger, _) = Solve(Of(8000, variables) with { Target = 1e-8 }, By(x => Valley(x[..7], optimum[..7]) + (x[7] == seed % 4 ? 0 : 0.25)), (ulong)seed);
            Assert.Equal(SearchStop.Target, ledger.Stopped);
            Assert.Equal(optimum[..4], ledger.BestX[..4].ToArray());
        }
    }

    [Fact]
    public void Steps_of_a_tenth_cost_few_more_evaluations_than_numbers()
    {
        const int Count = 40;
        Random random = new(9);
        double[] optimum = [.. Enumerable.Range(0, Count).Select(_ => 92 + 0.1 * random.Next(0, 281))];
        (Ledger ledger, _) = Solve(Of(800, Variables(Count, i => Real($"tilt{i}", 92, 120, 0.1))) with { Target = 1e-9 }, By(x => Valley(x, optimum)));
        Assert.Equal(SearchStop.Target, ledger.Stopped);
    }

    [Fact]
    public void Constraints_hold_at_the_best_point_of_levels_and_numbers()
    {
        // min (a - 2.2)^2 + (b + c)^2, a + b >= 3, b c >= 1: a = 2, b = 1 .. is found among the levels.
        DecisionVariable[] variables = [Integer("a", 0, 5), Real("b", 0.1, 4), Ordered("c", 0.25, 0.5, 1, 2, 4)];
        (Ledger ledger, _) = Solve(Of(3000, variables) with { Constraints = ["sum", "product"] }, (x, f, g) =>
        {
            f[0] = (x[0] - 2.2) * (x[0] - 2.2) + (x[1] + x[2]) * (x[1] + x[2]);
            g[0] = 3 - x[0] - x[1];
            g[1] = 1 - x[1] * x[2];
            return true;
        });
        double best = double.PositiveInfinity;
        for (int a = 0; a <= 5; a++)
        {
            foreach (double c in (double[])[0.25, 0.5, 1, 2, 4])
            {
                double b = Math.Max(Math.Max(0.1, 3 - a), 1 / c);
                best = b <= 4 ? Math.Min(best, (a - 2.2) * (a - 2.2) + (b + c) * (b + c)) : best;
            }
        }
        Assert.Equal(0, ledger.BestViolation);
        Assert.Equal(best, ledger.BestValue, 1e-6);
    }

    [Fact]
    public void What_cannot_hold_together_is_named_and_nothing_smaller_was_satisfied()
    {
        // Of six constraints on levels, 1, 3 and 4 conflict; each two of them can hold.
        DecisionVariable[] variables = [Integer("a", 0, 20), Integer("b", 0, 20), Integer("c", 0, 20), Integer("d", 0, 20)];
        (Ledger ledger, _) = Solve(Of(3000, variables) with { Constraints = ["p", "q", "r", "s", "t", "u"] }, (x, f, g) =>
        {
            f[0] = x[0] + x[1] + x[2] + x[3];
            g[0] = x[3] - 15;
            g[1] = 12 - x[0];
            g[2] = 3 - x[3];
            g[3] = 12 - x[1];
            g[4] = x[0] + x[1] - 20;
            g[5] = x[2] - 18;
            return true;
        });
        Assert.True(ledger.BestViolation > 0);
        Assert.Equal([1, 3, 4], ledger.Conflicts.SmallestConflict());
    }

    [Fact]
    public void The_same_seed_walks_the_same_way()
    {
        DecisionVariable[] variables = [.. Variables(6, i => Integer($"i{i}", 0, 30)), .. Variables(3, i => Real($"r{i}", -1, 1)), .. Variables(3, i => Category($"c{i}", 5))];
        List<List<string>> ways = [];
        foreach (ulong seed in new ulong[] { 4, 4, 5 })
        {
            List<string> way = [];
            Solve(Of(800, variables), By(x =>
            {
                way.Add(string.Join(' ', x));
                return x.Select((value, i) => Math.Sin(value * (i + 1)) + 0.01 * value * value).Sum();
            }), seed);
            ways.Add(way);
        }
        Assert.Equal(ways[0], ways[1]);
        Assert.NotEqual(ways[0], ways[2]);
    }

    public static TheoryData<string> Odd => ["constant", "fails", "mostly fails", "huge", "tiny"];

    [Theory]
    [MemberData(nameof(Odd))]
    public void Odd_functions_end_well(string kind)
    {
        DecisionVariable[] variables = [Integer("a", 0, 40), Binary("b"), Real("c", 0, 1), Category("d", 3), Real("e", 2, 2), Integer("f", 0, 1 << 25)];
        (Ledger ledger, _) = Solve(Of(1500, variables), (x, f, _) =>
        {
            double value = (x[0] - 7) * (x[0] - 7) + x[1] + x[2] + x[3] + x[5] / (1 << 25);
            f[0] = kind switch { "constant" => 4, "huge" => 1e290 * value, "tiny" => 1e-290 * value, _ => value };
            return kind switch { "fails" => false, "mostly fails" => x[0] >= 30 && x[1] == 1, _ => true };
        });
        Assert.NotNull(ledger.Stopped);
        Assert.Equal(kind != "fails", ledger.HasBest);
        if (kind is "huge" or "tiny")
        {
            Assert.Equal([7.0, 0.0, 0.0], [ledger.BestX[0], ledger.BestX[1], ledger.BestX[3]]);
        }
        if (kind == "mostly fails")
        {
            Assert.Equal([30.0, 1.0], ledger.BestX[..2].ToArray());
        }
    }

    [Fact]
    public void Lists_of_one_entry_and_a_single_variable_are_searched_too()
    {
        (Ledger ledger, _) = Solve(Of(50, Integer("a", 0, 1000)), By(x => Math.Abs(x[0] - 777)));
        Assert.Equal(777, ledger.BestX[0]);
        (ledger, _) = Solve(Of(50, Integer("a", 3, 3), Ordered("b", 4)), By(x => x[0] + x[1]));
        Assert.Equal((1UL, SearchStop.Exact, 7.0), (ledger.Evaluations, ledger.Stopped, ledger.BestValue));
    }

    [Fact]
    public void A_margin_keeps_every_level_within_reach()
    {
        // Without it the first levels that all good points share would be kept for ever.
        SearchProblem problem = Many(5000, 6, i => i < 3 ? Integer($"i{i}", 0, 9) : Real($"r{i}", 0, 1));
        Ledger ledger = new(problem);
        SearchArea area = new(problem, ledger, [0, 1, 2, 3, 4, 5], ledger.BestU);
        CovarianceSearch search = new(area, new RandomSource(3), 12) { LevelCounts = [10, 10, 10, 0, 0, 0] };
        search.Begin([0.05, 0.05, 0.05, 0.5, 0.5, 0.5], 0.001, 12);
        RowBook book = new(problem, ledger);
        HashSet<int> seen = [];
        for (int generation = 0; generation < 30 && search.End == CovarianceEnd.None; generation++)
        {
            foreach (Batch batch in search.Step())
            {
                int rows = book.Prepare(batch);
                for (int row = 0; row < rows; row++)
                {
                    seen.Add((int)book.X(row)[0]);
                    book.Objectives(row)[0] = book.X(row)[3] + book.X(row)[4];
                    book.Enter(row, false);
                }
                book.Complete();
            }
        }
        Assert.True(seen.Count >= 2);
    }
}
