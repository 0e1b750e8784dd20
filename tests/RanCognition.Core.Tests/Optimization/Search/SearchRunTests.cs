using FsCheck;
using FsCheck.Fluent;
using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using static RanCognition.Tests.Optimization.Search.Problems;

namespace RanCognition.Tests.Optimization.Search;

public class SearchRunTests
{
    private static double[] RandomPoint(int n, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())];
    }

    private static Ledger Run(SearchProblem problem, IEvaluator evaluator, IEnumerable<Batch> batches, FixedHost? host = null)
    {
        SearchRun run = new(problem, evaluator, host ?? new FixedHost());
        run.Run(batches);
        return run.Ledger;
    }

    [Fact]
    public void Every_distinct_point_is_evaluated_once_and_repeats_get_the_same_values()
    {
        SearchProblem problem = Many(1000, 3, i => Integer($"i{i}", 0, 3));
        PlainEvaluator evaluator = PlainEvaluator.Of(x => 100 * x[0] + 10 * x[1] + x[2]);
        int rows = 0;
        IEnumerable<Batch> Checked()
        {
            foreach (Batch batch in Batches(problem, 60, 7, (i, row) => RandomPoint(3, 7 * i + row)))
            {
                yield return batch;
                for (int row = 0; row < batch.Count; row++, rows++)
                {
                    double[] x = new double[3];
                    problem.Space.Values(batch.Point(row), x);
                    Assert.Equal(100 * x[0] + 10 * x[1] + x[2], batch.Value(row));
                    Assert.Equal(0, batch.Violation(row));
                }
            }
        }
        Ledger ledger = Run(problem, evaluator, Checked());
        Assert.Equal(420, rows);
        int distinct = evaluator.Asked.Select(x => (x[0], x[1], x[2])).Distinct().Count();
        Assert.Equal((distinct, (ulong)distinct, (ulong)distinct), (evaluator.Asked.Count, ledger.Evaluations, ledger.DistinctPoints));
        Assert.Equal(64, distinct);
        Assert.Equal(SearchStop.Exact, ledger.Stopped);
    }

    [Fact]
    public void The_budget_is_never_exceeded_and_the_target_ends_at_its_row()
    {
        SearchProblem problem = Many(25, 2, i => Real($"r{i}", 0, 1));
        PlainEvaluator evaluator = PlainEvaluator.Of(x => x[0]);
        Ledger ledger = Run(problem, evaluator, Batches(problem, 100, 10, (i, row) => RandomPoint(2, 10 * i + row)));
        Assert.Equal((25, 25UL, SearchStop.Budget), (evaluator.Asked.Count, ledger.Evaluations, ledger.Stopped));
        evaluator = PlainEvaluator.Of(x => x[0]);
        ledger = Run(problem with { Target = 0.25 }, evaluator, Batches(problem, 100, 10, (i, row) => [1 - (10 * i + row) / 16.0, 0]));
        Assert.Equal((13, 13UL, SearchStop.Target), (evaluator.Asked.Count, ledger.Evaluations, ledger.Stopped));
        Assert.Equal(0.25, ledger.BestValue);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void The_answer_is_the_same_with_any_number_of_threads(int threads)
    {
        static bool Slow(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
        {
            Thread.Sleep(1);
            f[0] = Math.Round(10 * x[0]) + x[1];
            g[0] = x[1] - 0.5;
            return x[0] < 0.9;
        }
        SearchProblem problem = Compiled(Of(100, Real("a", 0, 1), Real("b", 0, 1), Integer("c", 0, 1)) with { Constraints = ["g"], Target = 0.003 });
        List<string> seen = [];
        foreach (int number in new[] { 1, threads })
        {
            List<double> values = [];
            IEnumerable<Batch> Read()
            {
                foreach (Batch batch in Batches(problem, 9, 16, (i, row) => RandomPoint(3, (16 * i + row) % 90)))
                {
                    yield return batch;
                    for (int row = 0; row < batch.Count; row++)
                    {
                        values.AddRange([batch.Value(row), batch.Violation(row), batch.Constraints(row)[0]]);
                    }
                }
            }
            SearchRun run = new(problem with { Threads = number }, new PlainEvaluator(Slow) { IsThreadSafe = true }, RanCognition.Performance.SystemHost.Instance);
            run.Run(Read());
            Ledger ledger = run.Ledger;
            seen.Add($"{ledger.Stopped} {ledger.Evaluations} {ledger.FailedEvaluations} {ledger.BestValue:R} {string.Join(" ", ledger.BestX.ToArray())} {string.Join(" ", ledger.Trace())} {string.Join(" ", values)}");
        }
        Assert.Equal(seen[0], seen[1]);
        Assert.Contains("Converged 90 ", seen[0]);
    }

    [Fact]
    public void Slow_points_are_shared_out_among_threads()
    {
        HashSet<int> threads = [];
        PlainEvaluator evaluator = new((x, f, _) =>
        {
            lock (threads)
            {
                threads.Add(Environment.CurrentManagedThreadId);
            }
            Thread.Sleep(2);
            f[0] = x[0];
            return true;
        }) { IsThreadSafe = true };
        SearchProblem problem = Many(64, 2, i => Real($"r{i}", 0, 1)) with { Threads = 4 };
        SearchRun run = new(problem, evaluator, RanCognition.Performance.SystemHost.Instance);
        run.Run(Batches(problem, 4, 16, (i, row) => RandomPoint(2, 16 * i + row)));
        Assert.Equal(64UL, run.Ledger.Evaluations);
        Assert.True(threads.Count > 1);
    }

    [Fact]
    public void An_evaluator_that_takes_batches_gets_them_and_all_of_its_points_count()
    {
        SearchProblem problem = Many(100, 2, i => Real($"r{i}", 0, 1)) with { Target = 0.5 };
        PlainEvaluator evaluator = new((x, f, _) =>
        {
            f[0] = x[0];
            return x[0] < 0.95;
        }) { PrefersBatches = true };
        Ledger ledger = Run(problem, evaluator, Batches(problem, 3, 10, (i, row) => [1 - row / 10.0, 0]));
        Assert.Equal((10UL, 1UL, SearchStop.Target), (ledger.Evaluations, ledger.FailedEvaluations, ledger.Stopped));
        Assert.Equal(0.1, ledger.BestValue, 1e-12);
    }

    [Fact]
    public void Points_that_fail_are_counted_and_seen_as_very_bad()
    {
        SearchProblem problem = Compiled(Of(100, Real("a", 0, 1)) with { Constraints = ["g"] });
        int call = 0;
        PlainEvaluator evaluator = new((_, f, g) =>
        {
            (f[0], g[0]) = (call % 5) switch { 0 => (double.NaN, 0.0), 1 => (1.0, double.NaN), 2 => (double.PositiveInfinity, 0.0), 3 => (0.0, double.PositiveInfinity), _ => (3.0, -1.0) };
            return ++call % 7 != 0;
        });
        List<(double, double)> rows = [];
        IEnumerable<Batch> Read()
        {
            foreach (Batch batch in Batches(problem, 1, 6, (i, row) => [row / 10.0]))
            {
                yield return batch;
                for (int row = 0; row < batch.Count; row++)
                {
                    rows.Add((batch.Value(row), batch.Violation(row)));
                }
            }
        }
        Ledger ledger = Run(problem, evaluator, Read());
        (double, double) failed = (1e300, double.PositiveInfinity);
        Assert.Equal([failed, failed, failed, (0, 1e300), (3, 0), failed], rows);
        Assert.Equal((6UL, 4UL, 3.0), (ledger.Evaluations, ledger.FailedEvaluations, ledger.BestValue));
    }

    [Fact]
    public void The_time_ends_a_search_and_a_host_can_cancel_it()
    {
        SearchProblem problem = Many(1_000_000, 2, i => Real($"r{i}", 0, 1));
        FixedHost host = new(0, 1_000_000);
        Ledger ledger = Run(problem with { EndNs = 50_000_000 }, PlainEvaluator.Of(x => x[0]), Batches(problem, 100_000, 3, (i, row) => RandomPoint(2, i)), host);
        Assert.Equal(SearchStop.Deadline, ledger.Stopped);
        Assert.InRange(ledger.Evaluations, 10UL, 60UL);
        Assert.InRange(host.Reports.Count, 5, 11);   // every 5 ms at most
        Assert.All(host.Reports, report => Assert.InRange(report.Fraction, 0, 1));
        Assert.Equal(host.Reports.OrderBy(report => report.Fraction), host.Reports);
        host = new(0, 1_000_000) { CancelAfter = 3 };
        SearchRun run = new(problem, PlainEvaluator.Of(x => x[0]), host);
        Assert.Throws<OperationCanceledException>(() => run.Run(Batches(problem, 100_000, 1, (i, row) => RandomPoint(2, i))));
        Assert.Equal(SearchStop.Cancelled, run.Ledger.Stopped);
        Assert.True(run.Ledger.HasBest);
    }

    [Fact]
    public void A_strategy_that_only_repeats_itself_ends_as_converged()
    {
        SearchProblem problem = Many(1000, 20, i => Binary($"b{i}"));
        double[][] points = [.. Enumerable.Range(0, 4).Select(i => RandomPoint(20, i))];
        PlainEvaluator evaluator = PlainEvaluator.Of(x => x.Sum());
        Ledger ledger = Run(problem, evaluator, Batches(problem, int.MaxValue, 4, (_, row) => points[row]));
        Assert.Equal((4UL, SearchStop.Converged), (ledger.Evaluations, ledger.Stopped));
        ledger = Run(problem, evaluator, Batches(problem, int.MaxValue, 0, (i, row) => []));
        Assert.Equal((0UL, SearchStop.Converged), (ledger.Evaluations, ledger.Stopped));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_an_evaluator_throws_arrives_and_the_points_before_are_entered(int threads)
    {
        SearchProblem problem = Many(1000, 1, i => Real("r", 0, 1)) with { Threads = threads };
        PlainEvaluator evaluator = new((x, f, _) =>
        {
            Thread.Sleep(1);
            f[0] = 1 - x[0];
            return x[0] < 0.55 ? true : throw new InvalidOperationException("no network");
        }) { IsThreadSafe = true };
        SearchRun run = new(problem, evaluator, RanCognition.Performance.SystemHost.Instance);
        Assert.Throws<InvalidOperationException>(() => run.Run(Batches(problem, 1, 10, (_, row) => [row / 10.0])));
        Assert.Equal((6UL, 0.5), (run.Ledger.Evaluations, run.Ledger.BestValue));
    }

    [Fact]
    public void Points_that_are_told_are_learned_from_and_known_afterwards()
    {
        SearchProblem problem = Many(10, 2, i => Integer($"i{i}", 0, 1));
        RowBook book = new(problem, new Ledger(problem));
        double[] u = [0.25, 0.75];
        for (int i = 0; i < 2; i++)
        {
            book.EnterTold(u, [0, 1], [-4.0], [], false);
        }
        Assert.Equal((2UL, 1UL, -4.0), (book.Ledger.Evaluations, book.Ledger.DistinctPoints, book.Ledger.BestValue));
        Batch batch = new(2, 1, 0);
        batch.Resize(3);
        u.CopyTo(batch.Point(0));
        batch.Point(1).Fill(0.9);
        batch.Point(2).Fill(0.9);
        batch.Point(2)[0] = 0.6;
        Assert.Equal(1, book.Prepare(batch));
        Assert.Equal([1.0, 1.0], book.X(0).ToArray());
        book.Objectives(0)[0] = 5;
        book.Enter(0, false);
        book.Complete();
        Assert.Equal((-4.0, 5.0, 5.0), (batch.Value(0), batch.Value(1), batch.Value(2)));
    }

    [Fact]
    public void An_abandoned_evaluation_is_made_when_its_point_comes_back()
    {
        SearchProblem problem = Many(10, 1, i => Integer("i", 0, 100));
        int calls = 0;
        PlainEvaluator evaluator = new((x, f, _) => ++calls == 2 ? throw new InvalidOperationException() : (f[0] = x[0]) >= 0);
        SearchRun run = new(problem, evaluator, new FixedHost());
        Assert.Throws<InvalidOperationException>(() => run.Run(Batches(problem, 1, 3, (_, row) => [row / 10.0])));
        run.Run(Batches(problem, 1, 3, (_, row) => [row / 10.0]));
        Assert.Equal((3UL, 4), (run.Ledger.Evaluations, calls));
    }

    [Fact]
    public void The_trace_has_the_first_point_every_improvement_and_the_last() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), values =>
        {
            SearchProblem problem = Compiled(Of(1_000_000, Real("a", 0, 1)) with { Constraints = ["g"], Objectives = [new ObjectiveSpec("f", true)] });
            int next = 0;
            PlainEvaluator evaluator = new((_, f, g) =>
            {
                (f[0], g[0]) = (values[next] / 3, values[next] % 3);
                return values[next++] != 5;
            });
            Ledger ledger = Run(problem, evaluator, Batches(problem, values.Length, 1, (i, _) => [i / (values.Length + 1.0)]));
            List<TraceEntry> expected = [];
            double? best = null;
            for (int i = 0; i < values.Length; i++)
            {
                bool isBetter = values[i] != 5 && values[i] % 3 <= 0 && (best is null || values[i] / 3 > best);
                best = isBetter ? values[i] / 3 : best;
                if (isBetter || i == 0 || i == values.Length - 1)
                {
                    expected.Add(new TraceEntry((ulong)i + 1, best));
                }
            }
            Assert.Equal(expected, ledger.Trace());
        }));

    [Theory]
    [InlineData(999)]
    [InlineData(1001)]
    [InlineData(2500)]
    [InlineData(200_000)]
    public void A_long_trace_is_thinned_and_keeps_its_ends(int improvements)
    {
        SearchTrace trace = new();
        for (int i = 1; i <= improvements; i++)
        {
            trace.Add((ulong)i, -i);
        }
        TraceEntry[] entries = trace.Entries((ulong)improvements + 5, 1);
        Assert.InRange(entries.Length, improvements < 1000 ? improvements + 1 : 300, OptimizationLimits.TraceMax);
        Assert.Equal(new TraceEntry(1, -1), entries[0]);
        Assert.Equal(new TraceEntry((ulong)improvements + 5, -improvements), entries[^1]);
        for (int i = 1; i < entries.Length - 1; i++)
        {
            Assert.True(entries[i].Evaluations > entries[i - 1].Evaluations);
            Assert.Equal(-(double)entries[i].Evaluations, entries[i].F);
            Assert.True(entries[i].Evaluations - entries[i - 1].Evaluations <= 5 + 0.02 * entries[i].Evaluations, "no hole");
        }
    }

    [Fact]
    public void All_points_are_enumerated_when_the_budget_reaches()
    {
        DecisionVariable[] variables = [Integer("a", -2, 2), Ordered("b", 1, 5, 7), Binary("c"), Category("d", 4), Real("e", 0, 1, 0.25), Real("fixed", 3, 3)];
        SearchProblem problem = Compiled(Of(600, variables) with { Starts = [[0, 5, 1, 2, 0.5, 3]] });
        PlainEvaluator evaluator = PlainEvaluator.Of(x => x[0] * x[1] - x[2] * x[3] + x[4]);
        Ledger ledger = Run(problem, evaluator, StartPoints.All(problem).Concat(Enumeration.All(problem)));
        Assert.Equal((600UL, SearchStop.Exact, -17.0), (ledger.Evaluations, ledger.Stopped, ledger.BestValue));
        Assert.Equal(600, evaluator.Asked.Select(x => string.Join(' ', x)).Distinct().Count());
        Assert.Equal([0, 5, 1, 2, 0.5, 3], evaluator.Asked[0]);
    }

    [Fact]
    public void More_points_are_enumerated_than_are_remembered()
    {
        // With so many constraints there is room for some 64 000.
        SearchProblem problem = Compiled(Of(90_000, Integer("a", 1, 80_000)) with { Constraints = [.. Enumerable.Range(0, 256).Select(i => $"g{i}")] });
        Ledger ledger = Run(problem, new Distance(77_777), Enumeration.All(problem));
        Assert.Equal((80_000UL, SearchStop.Exact, 77_777.0), (ledger.Evaluations, ledger.Stopped, ledger.BestX[0]));
        Assert.InRange(ledger.Trace().Length, 200, 1000);
    }

    private sealed class Distance(double from) : IEvaluator
    {
        public bool IsThreadSafe => true;

        public bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
        {
            objectives[0] = Math.Abs(x[0] - from);
            constraints.Clear();
            return true;
        }
    }
}
