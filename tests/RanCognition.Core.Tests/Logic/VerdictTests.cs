using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Logic;

public sealed class VerdictTests
{
    private const ulong Second = 1_000_000_000;

    [Fact]
    public void Probability_is_the_share_of_paths_and_robustness_their_median_and_tails()
    {
        // Path i peaks at i: 0..100, limit 70.
        var paths = Enumerable.Range(0, 101).Select(i => new double[] { -5, i, -7, i }).ToArray();
        var verdict = Judge("X <= 70", ArrayPaths.OfX(paths));
        Assert.Equal(71 / 101.0, verdict.Probability, 12);
        Assert.Equal(20, verdict.Robustness, 12);
        Assert.Equal(-25, verdict.RobustnessLower, 12);
        Assert.Equal(65, verdict.RobustnessUpper, 12);
        Assert.Equal(101, verdict.Scenarios);
        Assert.Equal(2 * Second, verdict.FirstViolationNs);
        Assert.Equal("X <= 70", verdict.Expression);
        Assert.Null(verdict.Reason);
    }

    [Theory]
    [InlineData("X <= 70", 2UL)]
    [InlineData("always[3s,4s](X <= 70)", 4UL)]
    [InlineData("eventually(X > 100)", 5UL)]
    [InlineData("eventually[1s,3s](X > 100)", 3UL)]
    [InlineData("not (eventually(X > 79))", 2UL)]
    [InlineData("not (always(X >= 0))", 5UL)]
    [InlineData("X <= 85 and eventually[1s,3s](X > 100)", 3UL)]
    [InlineData("X <= 75 and eventually[1s,3s](X > 100)", 2UL)]
    [InlineData("always(X <= 70) or eventually[1s,3s](X > 100)", 3UL)]
    [InlineData("always(X >= 0) -> always(X <= 70)", 5UL)]
    [InlineData("X <= 70 until X == 90", 2UL)]
    [InlineData("X >= 0 until X == 91", 5UL)]
    [InlineData("p95(X) <= 20", 5UL)]
    [InlineData("rate(X) <= 45", 2UL)]
    public void The_first_violation_is_when_the_verdict_became_certain(string text, ulong seconds)
    {
        var verdict = Judge(text, new ArrayPaths(["X"], [[[30, 80, 60, 90, 90]]], Second, 100 * Second));
        Assert.Equal(0, verdict.Probability);
        Assert.Equal((100 + seconds) * Second, verdict.FirstViolationNs);
    }

    [Fact]
    public void The_first_violation_is_the_median_over_violating_paths_only()
    {
        var verdict = Judge("X <= 1", ArrayPaths.OfX([9, 0, 0, 0], [0, 0, 9, 0], [0, 0, 0, 9], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]));
        Assert.Equal(0.5, verdict.Probability);
        Assert.Equal(3 * Second, verdict.FirstViolationNs);
    }

    [Theory]
    [InlineData("Z <= 1", "metric 'Z' is unknown")]
    [InlineData("X / Z <= 1", "metric 'Z' is unknown")]
    [InlineData("always[0,500ms](X <= 1)", "'always[0,500ms](X <= 1)': its window is shorter than one step of 1s")]
    [InlineData("always[1200ms,1700ms](X <= 1)", "'always[1200ms,1700ms](X <= 1)': no sample lies in its window, the step being 1s")]
    [InlineData("always[9s,20s](X <= 1)", "'always[9s,20s](X <= 1)': its window begins after the look-ahead window ends")]
    [InlineData("always(eventually[0,9s](X <= 1))", "'eventually[0,9s](X <= 1)': the look-ahead window is shorter than it needs")]
    [InlineData("during[0,1ns](X <= 1)", "no sample of the look-ahead window lies in its window")]
    public void What_cannot_be_evaluated_says_why(string text, string reason)
    {
        var verdict = Judge(text, ArrayPaths.OfX([1, 2, 3], [1, 2, 3]));
        Assert.Equal(reason, verdict.Reason);
        Assert.True(double.IsNaN(verdict.Probability) && double.IsNaN(verdict.Robustness) && double.IsNaN(verdict.RobustnessLower) && double.IsNaN(verdict.RobustnessUpper));
        Assert.Equal(0, verdict.Scenarios);
        Assert.Null(verdict.FirstViolationNs);
    }

    [Fact]
    public void Without_a_step_only_what_has_no_time_in_it_is_evaluated()
    {
        var paths = new ArrayPaths(["X"], [[[1, 2, 3]]], stepNs: 0);
        Assert.Equal(0, Judge("X <= 2", paths).Probability);
        Assert.Null(Judge("X <= 2", paths).FirstViolationNs);
        Assert.Contains("step is unknown", Judge("always[0,9s](X <= 1)", paths).Reason);
        Assert.Contains("step is unknown", Judge("rate(X) <= 1", paths).Reason);
        Assert.Contains("step is unknown", Judge("during[0,9s](X <= 1)", paths).Reason);
    }

    [Fact]
    public void Degenerate_paths_give_a_reason_and_missing_values_are_skipped()
    {
        Assert.Equal("there are no scenario paths", Judge("X <= 1", ArrayPaths.OfX()).Reason);
        Assert.Equal("there are no scenario paths", Judge("X <= 1", ArrayPaths.OfX([[]])).Reason);
        Assert.Equal("no path has the values that it needs", Judge("X <= 1", ArrayPaths.OfX([double.NaN, double.PositiveInfinity])).Reason);
        var verdict = Judge("X <= 1", ArrayPaths.OfX([double.NaN, 5], [double.NaN, double.NaN], [1, double.NaN]));
        Assert.Equal(2, verdict.Scenarios);
        Assert.Equal(0.5, verdict.Probability);
        Assert.Equal(ulong.MaxValue, Judge("X <= 1", new ArrayPaths(["X"], [[[5]]], ulong.MaxValue, ulong.MaxValue)).FirstViolationNs);
    }

    [Fact]
    public void A_quotient_without_attempts_is_no_violation()
    {
        double[][] failures = [[0, 1, 0]];
        double[][] attempts = [[0, 50, 100]];
        var verdict = Judge("F.x / A.x <= 5%", new ArrayPaths(["F.x", "A.x"], [failures, attempts], Second));
        Assert.Equal(1, verdict.Probability);
        Assert.Equal(0.03, verdict.Robustness, 12);
    }

    [Theory]
    [InlineData("max", "X", 70.0, "X <= 70", 1.0, 10.0)]
    [InlineData("min", "X", 70.0, "X >= 70", 0.0, -40.0)]
    [InlineData("equals", "X", 30.0, "X == 30", 0.0, -30.0)]
    [InlineData("max_rate", "X", 29.0, "rate(X) <= 29", 0.0, -1.0)]
    [InlineData("window", "X.max", 60.0, "X <= 60", 1.0, 0.0)]
    [InlineData("window", "X.min", 60.0, "X >= 60", 0.0, -30.0)]
    public void Records_are_judged_by_their_type(string type, string key, double limit, string text, double probability, double robustness)
    {
        var record = new Constraint { Id = "c1", ConstraintType = type, Parameters = [new(key, limit)], Priority = 3 };
        Assert.True(ConstraintExpression.TryRead(record, out var constraint, out var reason), reason);
        var verdict = Verdicts.Evaluate(SimdOps.Vector, constraint, ArrayPaths.OfX([30, 60, 45]));
        Assert.Equal(("c1", (byte)3, text), (verdict.Id, verdict.Priority, verdict.Expression));
        Assert.Equal(probability, verdict.Probability);
        Assert.Equal(robustness, verdict.Robustness, 9);
    }

    [Fact]
    public void The_first_change_is_judged_when_the_last_value_is_known()
    {
        Assert.Equal(1, Judge("rate(X) <= 5", ArrayPaths.OfX([30, 32, 31])).Probability);
        var verdict = Judge("rate(X) <= 5", new ArrayPaths(["X"], [[[30, 32, 31]]], Second, 0, [20]));
        Assert.Equal((0.0, -5.0, Second), (verdict.Probability, verdict.Robustness, verdict.FirstViolationNs!.Value));
    }

    [Fact]
    public void Metrics_of_a_record_are_a_conjunction_in_its_window()
    {
        var record = new Constraint
        {
            Id = "w",
            ConstraintType = "max",
            Parameters = [new("X", 50), new("start_ns", 2e9), new("X / Y", 3), new("end_ns", 3e9)],
        };
        Assert.True(ConstraintExpression.TryRead(record, out var constraint, out var reason), reason);
        Assert.Equal("during[2s,3s](X <= 50 and X / Y <= 3)", constraint.Text);
        Assert.Equal(["X", "Y"], constraint.Metrics);
        var verdict = Verdicts.Evaluate(SimdOps.Vector, constraint, new ArrayPaths(["X", "Y"], [[[99, 40, 30, 99]], [[1, 20, 12, 1]]], Second));
        Assert.Equal(1, verdict.Probability);
        Assert.Equal(0.5, verdict.Robustness, 12);
        Assert.False(constraint.ActiveAt(2 * Second - 1, 0));
        Assert.True(constraint.ActiveAt(2 * Second, 0));
        Assert.True(constraint.ActiveAt(3 * Second, 0));
        Assert.False(constraint.ActiveAt(3 * Second + 1, 0));
    }

    [Theory]
    [InlineData("between", "X", 1.0, "constraint_type 'between' is unknown; known: max, min, equals, max_rate, window")]
    [InlineData("max", "X", double.NaN, "parameter 'X' is not a finite number")]
    [InlineData("max", "X", double.PositiveInfinity, "parameter 'X' is not a finite number")]
    [InlineData("max", "start_ns", 5.0, "no metric is given")]
    [InlineData("max", "end_ns", -5.0, "parameter 'end_ns' is before the epoch")]
    [InlineData("max_rate", "X", -1.0, "the rate limit of 'X' is negative: no rate can be below it")]
    [InlineData("window", "X", 1.0, "parameter 'X' of a window ends neither in .min nor in .max")]
    [InlineData("window", ".min", 1.0, "'' is neither a metric nor a quotient of two")]
    [InlineData("max", "a / b / c", 1.0, "'a / b / c' is neither a metric nor a quotient of two")]
    [InlineData("max", " / ", 1.0, "' / ' is neither a metric nor a quotient of two")]
    public void A_record_that_is_not_understood_gets_a_reason(string type, string key, double value, string reason)
    {
        Assert.False(ConstraintExpression.TryRead(new Constraint { ConstraintType = type, Parameters = [new(key, value)] }, out var constraint, out var actual));
        Assert.Null(constraint);
        Assert.Equal(reason, actual);
    }

    [Fact]
    public void Windows_of_a_record_may_be_open_huge_or_reversed()
    {
        Assert.Equal("during[5ns,inf](X <= 1)", Read(new("start_ns", 5)).Text);
        Assert.Equal("during[0,5ns](X <= 1)", Read(new("end_ns", 5)).Text);
        var never = Read(new("start_ns", 1e300));
        Assert.True(ConstraintExpression.TryParse(never.Text, out var again, out var reason), reason);
        Assert.Equal(never.Formula, again.Formula);
        Assert.NotNull(Verdicts.Evaluate(SimdOps.Vector, never, ArrayPaths.OfX([1])).Reason);
        Assert.Equal(1, Verdicts.Evaluate(SimdOps.Vector, Read(new("end_ns", 1e300)), ArrayPaths.OfX([1])).Probability);
        var reversed = new Constraint { ConstraintType = "max", Parameters = [new("X", 1), new("start_ns", 9), new("end_ns", 5)] };
        Assert.False(ConstraintExpression.TryRead(reversed, out _, out reason));
        Assert.Equal("the window ends before it begins", reason);

        static ConstraintExpression Read(KeyValuePair<string, double> time)
        {
            var record = new Constraint { ConstraintType = "max", Parameters = [new("X", 1), time] };
            Assert.True(ConstraintExpression.TryRead(record, out var constraint, out var reason), reason);
            return constraint;
        }
    }

    [Theory]
    [InlineData("X <= 1", "0 5 100")]
    [InlineData("always[5s,10s](X <= 1)", "105 110")]
    [InlineData("always[5s,inf](X <= 1)", "105 110 120")]
    [InlineData("always[5s,10s](eventually[0,10s](X <= 1))", "105 110 120")]
    [InlineData("always[5s,7s](X <= 1) or always[20s,20s](X <= 1)", "105 120")]
    [InlineData("X <= 1 until[5s,10s] X > 3", "100 105 110")]
    public void A_constraint_is_active_in_its_windows(string text, string activeSeconds)
    {
        Assert.True(ConstraintExpression.TryParse(text, out var constraint, out _));
        var active = activeSeconds.Split(' ').Select(ulong.Parse).ToArray();
        foreach (var time in new ulong[] { 100, 105, 110, 120, 121 })
        {
            var isActive = text == "X <= 1" || active.Contains(time) || (text.Contains("inf") && time > 120);
            Assert.Equal(isActive, constraint.ActiveAt(time * Second, 100 * Second));
        }
    }

    [Fact]
    public void The_reach_of_windows_adds_up_and_saturates()
    {
        Assert.True(ConstraintExpression.TryParse("always[0,5s](eventually[1s,10s](X <= 1)) and F[7s,inf](X > 1)", out var constraint, out _));
        Assert.Equal(15 * Second, constraint.LookAheadNs);
        Assert.True(ConstraintExpression.TryParse("always[0,18446744073s](eventually[1s,10000000000s](X <= 1))", out constraint, out _));
        Assert.Equal(ulong.MaxValue, constraint.LookAheadNs);
    }

    [Fact]
    public void An_observation_is_judged_as_a_path_of_one_sample()
    {
        var observed = new ObservedPoint([new("HO.TooLate", 3), new("HO.Att", 100)], timeNs: 50);
        Assert.Equal(1, Judge("HO.TooLate / HO.Att <= 5%", observed).Probability);
        Assert.Equal(0, Judge("HO.TooLate / HO.Att > 5%", observed).Probability);
        Assert.Equal(0, Judge("during[50ns,50ns](HO.Att < 100)", observed).Probability);
        Assert.NotNull(Judge("during[51ns,60ns](HO.Att < 100)", observed).Reason);
        Assert.NotNull(Judge("Other < 100", observed).Reason);
    }

    [Fact]
    public void Objectives_are_valued_over_the_paths()
    {
        var paths = new ArrayPaths(["X", "Y"], [[[1, 3], [2, 4], [3, 8]], [[1, 1], [1, 2], [0, 0]]], Second);
        Assert.True(ObjectiveExpression.TryParse("maximize X", out var objective, out _));
        var outlook = ObjectiveValues.Evaluate(SimdOps.Vector, objective, paths);
        Assert.Equal((3.0, 2.1, 5.25, 3), (outlook.Median, Math.Round(outlook.Lower, 9), Math.Round(outlook.Upper, 9), outlook.Scenarios));
        Assert.True(ObjectiveExpression.TryParse("min max(X / Y)", out objective, out _));
        Assert.Equal((2.5, 2), (ObjectiveValues.Evaluate(SimdOps.Vector, objective, paths).Median, ObjectiveValues.Evaluate(SimdOps.Vector, objective, paths).Scenarios));
        Assert.True(ObjectiveExpression.TryParse("min Z", out objective, out _));
        Assert.Equal("metric 'Z' is unknown", ObjectiveValues.Evaluate(SimdOps.Vector, objective, paths).Reason);
    }

    [Fact]
    public void A_thousand_paths_of_48_leads_are_judged_with_little_memory()
    {
        var random = new Random(3);
        var paths = ArrayPaths.OfX([.. Enumerable.Range(0, 1000).Select(_ => Enumerable.Range(0, 48).Select(_ => random.NextDouble() * 100).ToArray())]);
        Assert.True(ConstraintExpression.TryParse("always(X <= 98)", out var plain, out _));
        Verdicts.Evaluate(SimdOps.Vector, plain, paths);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Verdicts.Evaluate(SimdOps.Vector, plain, paths);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16_000);
    }

    private static ConstraintVerdict Judge(string text, IScenarioPaths paths)
    {
        Assert.True(ConstraintExpression.TryParse(text, out var constraint, out var reason), reason);
        return Verdicts.Evaluate(SimdOps.Vector, constraint, paths);
    }
}
