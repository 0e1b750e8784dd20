using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Logic;

public sealed class ConstraintViolationsTests
{
    private static readonly MetricReference X = new("X");

    [Fact]
    public void Runs_of_violating_samples_are_found_with_their_worst()
    {
        var runs = Find("X <= 70", [10, 71, 90, 80, 70, double.NaN, 75, double.NaN, 72, 60, 99]);
        Assert.Equal([(1, 3, 90.0, 20.0), (6, 6, 75.0, 5.0), (8, 8, 72.0, 2.0), (10, 10, 99.0, 29.0)], runs);
    }

    [Theory]
    [InlineData("X < 5", "1 5 2", "1-1")]
    [InlineData("X >= 5", "1 5 2", "0-0 2-2")]
    [InlineData("X == 5", "1 5 2", "0-0 2-2")]
    [InlineData("X != 5", "1 5 2", "1-1")]
    [InlineData("2 <= X <= 4", "1 1 3 5 5", "0-1 3-4")]
    [InlineData("always(X < 5)", "1 5 2", "1-1")]
    [InlineData("rate(X) <= 2", "1 2 5 5 1", "2-2 4-4")]
    [InlineData("always[0,5s](X < 5)", "1 5 2", "")]
    [InlineData("eventually(X < 0)", "1 5 2", "")]
    [InlineData("p95(X) < 0", "1 5 2", "")]
    [InlineData("X < 0 or X > 9", "1 5 2", "")]
    [InlineData("Y < 0", "1 5 2", "")]
    [InlineData("during[11s,12s](X < 0)", "1 2 3 4 5", "1-2")]
    [InlineData("X < 0", "", "")]
    public void Only_what_speaks_of_every_instant_is_judged(string text, string values, string expected)
    {
        var runs = Find(text, [.. values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(double.Parse)]);
        Assert.Equal(expected, string.Join(' ', runs.Select(r => $"{r.Start}-{r.End}")));
    }

    [Fact]
    public void Random_histories_agree_with_a_check_of_each_sample()
    {
        var random = new Random(9);
        for (var round = 0; round < 500; round++)
        {
            var values = Enumerable.Range(0, random.Next(0, 60)).Select(_ => random.Next(6) == 0 ? double.NaN : random.Next(0, 10)).ToArray();
            var covered = new bool[values.Length];
            foreach (var run in Find("X < 7", values))
            {
                Assert.True(run.Start == 0 || !(values[run.Start - 1] >= 7));
                Assert.True(run.End == values.Length - 1 || !(values[run.End + 1] >= 7));
                Assert.Equal(values[run.Start..(run.End + 1)].Max(), run.Worst);
                Assert.Equal(run.Worst - 7, run.Excess);
                Array.Fill(covered, true, run.Start, run.End - run.Start + 1);
            }
            Assert.Equal(values.Select(v => v >= 7), covered);
        }
    }

    [Fact]
    public void Irregular_times_are_honoured_and_the_worst_runs_kept()
    {
        Assert.True(ConstraintExpression.TryParse("rate(X) <= 1", out var rate, out _));
        var history = new MetricHistory { TimesNs = [0, 10_000_000_000, 11_000_000_000, 11_000_000_000], Values = [0, 8, 12, 99] };
        var run = Assert.Single(ConstraintViolations.Find(rate, X, history));
        Assert.Equal((2, 2, 4.0, 3.0), (run.Start, run.End, run.WorstValue, run.WorstExcess));

        Assert.True(ConstraintExpression.TryParse("X <= 0", out var limit, out _));
        var many = new MetricHistory { Values = [.. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? 0.0 : i)] };
        var kept = ConstraintViolations.Find(limit, X, many, runsMax: 3);
        Assert.Equal([995, 997, 999], kept.Select(r => r.Start));
        Assert.Equal(ConstraintViolations.RunsMax, ConstraintViolations.Find(limit, X, many).Count);
        // Without a step there are no times: nothing with a window or a rate is judged.
        Assert.Empty(ConstraintViolations.Find(rate, X, many));
    }

    [Fact]
    public void Metrics_that_can_be_judged_are_listed()
    {
        Assert.True(ConstraintExpression.TryParse("X <= 1 and X >= 0 and a / b < 1 and p95(Z) < 1 and F(W < 1)", out var constraint, out _));
        Assert.Equal([X, new MetricReference("a", "b")], ConstraintViolations.Metrics(constraint));
        Assert.Equal(["X", "a", "b", "Z", "W"], constraint.Metrics);
    }

    private static (int Start, int End, double Worst, double Excess)[] Find(string text, double[] values)
    {
        Assert.True(ConstraintExpression.TryParse(text, out var constraint, out var reason), reason);
        var history = new MetricHistory { StartNs = 10_000_000_000, StepNs = 1_000_000_000, Values = values };
        return [.. ConstraintViolations.Find(constraint, X, history).Select(r => (r.Start, r.End, r.WorstValue, r.WorstExcess))];
    }
}
