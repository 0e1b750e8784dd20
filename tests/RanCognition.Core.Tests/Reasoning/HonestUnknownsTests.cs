using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Temporal;
using static RanCognition.Tests.Reasoning.TemporalCalls;

namespace RanCognition.Tests.Reasoning;

/// <summary>Where a history comes from, what is said where nothing is known, and what a time budget leaves out.</summary>
public class HonestUnknownsTests
{
    [Fact]
    public void A_rate_of_a_daily_metric_beside_a_quarter_hourly_one_is_of_its_own_days()
    {
        // 1 a day, steadily: per second 1 / 86400, never the jump of a whole day within a quarter of an hour.
        double[] daily = [.. Enumerable.Range(0, 60).Select(t => 100.0 + t + .01 * (t % 3))], quarters = Daily(960, day: 96);
        RanProblem problem = Problem(("slow", Series(daily, Day, Start)), ("fast", Series(quarters, 15 * Minute, Start + 50 * Day))) with
        {
            HorizonNs = 2 * Day,
            Constraints = ["rate(slow) <= 0.00002", "rate(slow) <= 0.000005"],
        };
        TemporalAnalysisResult result = Expand(Core(), problem);
        Assert.InRange(result.Verdicts[0].Probability, .9, 1);
        Assert.InRange(result.Verdicts[1].Probability, 0, .1);
    }

    [Fact]
    public void Predictions_of_each_metric_stand_on_its_own_grid()
    {
        double[] daily = [.. Enumerable.Range(0, 60).Select(t => 100.0 + t)];
        ulong end = Start + 59 * Day;
        RanProblem problem = Problem(("slow", Series(daily, Day)), ("fast", Series(Daily(960, day: 96), 15 * Minute, end - 959 * 15 * Minute))) with { HorizonNs = 3 * Day };
        TemporalAnalysisResult result = Expand(Core(), problem);
        TemporalPrediction[] slow = [.. result.Predictions.Where(p => p.Metric == "slow")], fast = [.. result.Predictions.Where(p => p.Metric == "fast")];
        Assert.Equal([Day, 2 * Day, 3 * Day], slow.Select(p => p.TimeHorizon));
        Assert.Equal([15 * Minute, 18 * Hour, 36 * Hour, 72 * Hour], fast.Select(p => p.TimeHorizon));
        for (int i = 0; i < slow.Length; i++)
        {
            Assert.Equal(160 + i, slow[i].PredictedValue, 1.0);
        }
    }

    [Fact]
    public void A_slow_metric_without_a_sample_in_the_window_is_told_for_its_next_one()
    {
        double[] daily = [.. Enumerable.Range(0, 60).Select(t => 100.0 + t)];
        ulong end = Start + 59 * Day + 5 * Hour;
        RanProblem problem = Problem(("slow", Series(daily, Day)), ("fast", Series(Daily(960, day: 96), 15 * Minute, end - 959 * 15 * Minute))) with { HorizonNs = Hour };
        TemporalPrediction slow = Expand(Core(), problem).Predictions.Single(p => p.Metric == "slow");
        Assert.Equal(19 * Hour, slow.TimeHorizon);
        Assert.Equal(160, slow.PredictedValue, 1.0);
    }

    [Fact]
    public void A_series_that_ended_long_ago_and_one_without_a_sample_have_no_numbers_and_the_insight_says_why()
    {
        double[] missing = [.. Enumerable.Repeat(double.NaN, 100)];
        RanProblem problem = Problem(
            ("fresh", Series(Daily(500), 15 * Minute, Start + 400 * Day)),
            ("stale", Series(Daily(500), 15 * Minute)),
            ("silent", Series(missing, 15 * Minute, Start + 400 * Day))) with { Constraints = ["stale <= 60", "silent <= 60"] };
        TemporalAnalysisResult result = Expand(Core(), problem);
        foreach (string metric in (string[])["stale", "silent"])
        {
            Assert.All(result.Predictions.Where(p => p.Metric == metric), p =>
            {
                Assert.Equal("none", p.Model);
                Assert.True(double.IsNaN(p.PredictedValue) && double.IsNaN(p.Lower) && double.IsNaN(p.Upper));
                Assert.Equal(0, p.Confidence);
            });
        }
        Assert.Contains(result.Insights, i => i.Description.StartsWith("stale ended at 2020-09-", StringComparison.Ordinal));
        Assert.Contains(result.Insights, i => i.Description.StartsWith("silent has no known sample", StringComparison.Ordinal));
        Assert.All(result.Verdicts, verdict =>
        {
            Assert.True(double.IsNaN(verdict.Probability));
            Assert.NotEmpty(verdict.Reason!);
        });
        string json = Written(result, JsonOut.TemporalAnalysis);
        Assert.Contains("\"predicted_value\":null", json, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", json, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_history_falls_through_to_what_was_observed_and_then_to_the_present_value()
    {
        MetricHistory empty = Series([]), unknown = Series([double.NaN, double.NaN]);
        RanProblem problem = Problem(("seen", empty), ("told", unknown), ("nothing", empty)) with { CurrentState = [new("told", 5)] };
        TemporalReasoningCore core = Core();
        core.Observe("n", "seen", [Start, Start + Hour, Start + 2 * Hour], [1, 2, 3]);
        TemporalAnalysisResult result = Expand(core, problem);
        Assert.Equal(
            [("seen", "observed", "last_value"), ("told", "current_state", "no_history"), ("nothing", "given", "none")],
            result.Metrics.Select(m => (m.Metric, m.Source, m.Model)));
        Assert.Empty(result.Ignored);
    }

    [Fact]
    public void A_present_value_beside_a_history_is_listed_as_ignored()
    {
        TemporalAnalysisResult result = Expand(Core(), Problem(("a", Series(Daily(100)))) with { CurrentState = [new("a", 1000), new("b", 2)] });
        IgnoredField ignored = Assert.Single(result.Ignored);
        Assert.Equal("/current_state/a", ignored.Field);
        Assert.Equal(["given", "current_state"], result.Metrics.Select(m => m.Source));
        Assert.InRange(result.Predictions[0].PredictedValue, 20, 80);
    }

    [Fact]
    public void A_window_over_present_values_alone_lacks_a_history_not_a_longer_look_ahead()
    {
        RanProblem problem = new() { Id = "p", CurrentState = [new("a", 65)], Constraints = ["always[0,300s](a <= 60)"] };
        ConstraintVerdict verdict = Expand(Core(), problem).Verdicts[0];
        Assert.True(double.IsNaN(verdict.Probability));
        Assert.StartsWith("a has no history", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(230)]
    [InlineData(300)]
    public void Under_a_time_budget_the_answer_comes_in_time_and_says_what_is_lacking(ulong looks)
    {
        // The clock moves on at every look: the budget is as many looks as given, too few for all.
        const ulong Budget = 50_000_000;
        FixedHost host = new(step: Budget / looks);
        RanProblem problem = Problem([.. Enumerable.Range(0, 30).Select(i => ($"m{i}", Series(Daily(300, seed: (ulong)i))))]) with
        {
            DeadlineNs = Budget,
            Constraints = [.. Enumerable.Range(0, 30).Select(i => $"always[0,12h](m{i} <= 75)")],
            Objectives = ["minimize mean(m0)"],
        };
        TemporalAnalysisResult result = Expand(Core(host), problem);
        Assert.InRange(result.ExecutionTime, 1UL, Budget);
        Assert.True(result.DeadlineReached);
        Assert.Equal(120, result.Predictions.Count);
        Assert.All(result.Verdicts, verdict => Assert.Equal(double.IsNaN(verdict.Probability), verdict.Reason is not null));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(150)]
    [InlineData(300)]
    public void Every_verdict_gets_its_share_of_the_time_or_says_that_there_was_none(ulong looks)
    {
        const ulong Budget = 200_000_000;
        FixedHost host = new(step: Budget / looks);
        RanProblem problem = Problem(("a", Series(Daily(300)))) with { DeadlineNs = Budget, Constraints = [.. Enumerable.Range(0, 20).Select(i => $"a <= {60 + i}")] };
        TemporalAnalysisResult result = Expand(Core(host, factor: 2000), problem);
        Assert.InRange(result.ExecutionTime, 1UL, Budget);
        Assert.True(result.DeadlineReached);
        Assert.Equal(20, result.Verdicts.Count);
        Assert.Contains(result.Verdicts, verdict => verdict.Scenarios >= 50);
        Assert.All(result.Verdicts, verdict =>
        {
            Assert.True(verdict.Scenarios is 0 or >= 50 and < 2000);   // a handful of futures is no probability
            Assert.Equal(verdict.Scenarios == 0, double.IsNaN(verdict.Probability));
            Assert.Equal(verdict.Scenarios == 0, verdict.Reason is { } reason && reason.Contains("time", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void A_budget_that_is_ample_changes_nothing_but_is_kept()
    {
        RanProblem problem = Problem(("a", Series(Daily(300)))) with { Constraints = ["a <= 60"], Objectives = ["minimize mean(a)"] };
        TemporalAnalysisResult free = Expand(Core(), problem), budgeted = Expand(Core(new FixedHost(step: 1000)), problem with { DeadlineNs = 60_000_000_000 });
        Assert.False(budgeted.DeadlineReached);
        Assert.Equal(free.Verdicts, budgeted.Verdicts);
        Assert.Equal(free.Predictions, budgeted.Predictions);
        Assert.Equal(free.Objectives, budgeted.Objectives);
    }
}
