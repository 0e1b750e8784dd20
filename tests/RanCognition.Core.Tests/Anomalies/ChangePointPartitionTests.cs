using FsCheck;
using FsCheck.Fluent;
using RanCognition.Temporal.Patterns;

namespace RanCognition.Tests.Anomalies;

public sealed class ChangePointPartitionTests
{
    [Fact]
    public void The_bounded_search_finds_what_trying_everything_finds()
    {
        var cases = from seed in ArbMap.Default.GeneratorFor<uint>()
                    from n in Gen.Choose(1, 260)
                    from shortest in Gen.Choose(1, Math.Min(n, 30))
                    from kind in Gen.Elements("noise", "walk", "steps", "correlated_steps", "trend", "integers", "sparse", "constant")
                    from penalty in Gen.Elements(1e-9, .1, 3, 30, 500, 1e9)
                    from lines in Gen.Elements(false, true)
                    select (seed, n, shortest, kind, penalty, lines);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var values = GoldenSeries.Make(c.kind, c.n, 24, c.seed);
            var (changes, total) = ChangePointPartition.Solve(values, c.penalty, c.shortest, c.lines);
            var least = BruteForce(values, c.penalty, c.shortest, c.lines);
            var scale = 1e-9 * (1 + Math.Abs(least) + values.Sum(v => v * v)) + 1e-15 * c.n * c.penalty;
            Assert.True(Math.Abs(least - total) <= scale, $"total {total}, least {least}");
            Assert.True(Math.Abs(Cost(values, changes, c.penalty, c.lines) - least) <= scale, "cost of the changes");
            var from = 0;
            foreach (var change in changes.Append(c.n))
            {
                Assert.True(change - from >= c.shortest);
                from = change;
            }
        }));
    }

    [Fact]
    public void When_the_exact_search_takes_too_long_changes_are_still_found_in_place()
    {
        const int N = 50_000;
        var values = GoldenSeries.Make("steps", N, 24, 7);
        foreach (var lines in new[] { false, true })
        {
            var exact = ChangePointPartition.Solve(values, 200, 10, lines);
            var bounded = ChangePointPartition.Solve(values, 200, 10, lines, looksMax: 1000);
            Assert.Equal([N / 3, N * 2 / 3], exact.Changes);
            Assert.Equal(exact.Changes, bounded.Changes);
        }
    }

    private static double BruteForce(double[] y, double penalty, int shortest, bool lines)
    {
        var best = Enumerable.Repeat(double.PositiveInfinity, y.Length + 1).ToArray();
        best[0] = -penalty;
        for (var end = shortest; end <= y.Length; end++)
        {
            for (var start = 0; start <= end - shortest; start++)
            {
                if (double.IsFinite(best[start]))
                {
                    best[end] = Math.Min(best[end], best[start] + penalty + Error(y.AsSpan(start, end - start), lines));
                }
            }
        }
        return best[^1];
    }

    private static double Cost(double[] y, int[] changes, double penalty, bool lines)
    {
        var total = penalty * changes.Length;
        var from = 0;
        foreach (var to in changes.Append(y.Length))
        {
            total += Error(y.AsSpan(from, to - from), lines);
            from = to;
        }
        return total;
    }

    private static double Error(ReadOnlySpan<double> y, bool lines)
    {
        double mean = 0, ty = 0, tt = 0, error = 0;
        foreach (var v in y)
        {
            mean += v / y.Length;
        }
        for (var i = 0; i < y.Length; i++)
        {
            var t = i - (y.Length - 1) / 2.0;
            ty += t * y[i];
            tt += t * t;
        }
        var slope = lines && tt > 0 ? ty / tt : 0;
        for (var i = 0; i < y.Length; i++)
        {
            var e = y[i] - mean - slope * (i - (y.Length - 1) / 2.0);
            error += e * e;
        }
        return error;
    }
}
