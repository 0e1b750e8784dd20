using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Temporal;
using static RanCognition.Tests.Reasoning.TemporalCalls;

namespace RanCognition.Tests.Reasoning;

/// <summary>A quotient of two metrics has a history and futures of its own.</summary>
public class QuotientTests
{
    private static (double[] Successes, double[] Attempts) Rates(double low, double high, int samples = 672)
    {
        RandomStream random = new(21);
        double[] attempts = Daily(samples, level: 1000, swing: 600, noise: 30, seed: 5);
        return ([.. attempts.Select(a => a * (low + (high - low) * random.NextDouble()))], attempts);
    }

    [Theory]
    [InlineData("suc / att >= 0.9", .99, 1)]
    [InlineData("suc / att <= 1.02", .99, 1)]
    [InlineData("suc / att >= 0.95", .9, 1)]
    [InlineData("suc / att >= 0.985", 0, .05)]
    [InlineData("suc / att <= 0.9", 0, .01)]
    [InlineData("always[0,6h](suc / att >= 0.9)", .99, 1)]
    [InlineData("eventually[0,24h](suc / att >= 0.98)", .9, 1)]
    public void A_success_rate_is_forecast_from_its_own_past_not_from_two_unrelated_futures(string constraint, double least, double most)
    {
        (double[] successes, double[] attempts) = Rates(.96, 1);
        ConstraintVerdict verdict = Expand(Core(), Problem(("suc", Series(successes)), ("att", Series(attempts))) with { Constraints = [constraint] }).Verdicts[0];
        Assert.InRange(verdict.Probability, least, most);
        Assert.Null(verdict.Reason);
        Assert.Equal(200, verdict.Scenarios);
    }

    [Fact]
    public void Objectives_may_speak_of_a_quotient()
    {
        (double[] successes, double[] attempts) = Rates(.96, 1);
        ObjectiveOutlook outlook = Expand(Core(), Problem(("suc", Series(successes)), ("att", Series(attempts))) with { Objectives = ["maximize mean(suc / att)"] }).Objectives[0];
        Assert.Null(outlook.Reason);
        Assert.InRange(outlook.Now, .97, .99);
        Assert.InRange(outlook.P50, .97, .99);
        Assert.InRange(outlook.P95 - outlook.P05, 0, .03);
    }

    [Fact]
    public void A_quotient_of_different_steps_or_shifted_grids_gives_a_reason_and_no_number()
    {
        (double[] successes, double[] attempts) = Rates(.96, 1);
        foreach (MetricHistory other in (MetricHistory[])[Series(attempts, Day), Series(attempts, Hour, Start + 20 * Minute)])
        {
            TemporalAnalysisResult result = Expand(
                Core(), Problem(("suc", Series(successes)), ("att", other)) with { Constraints = ["suc / att >= 0.9"], Objectives = ["maximize suc / att"] });
            Assert.True(double.IsNaN(result.Verdicts[0].Probability));
            Assert.NotEmpty(result.Verdicts[0].Reason!);
            Assert.True(double.IsNaN(result.Objectives[0].P50));
            Assert.NotEmpty(result.Objectives[0].Reason!);
            Assert.Equal(["suc", "att"], result.Metrics.Select(m => m.Metric));
        }
    }

    [Fact]
    public void A_quotient_of_grids_that_begin_at_different_times_pairs_equal_times()
    {
        (double[] successes, double[] attempts) = Rates(.96, 1);
        TemporalAnalysisResult late = Expand(
            Core(), Problem(("suc", Series(successes)), ("att", Series(attempts[100..], Hour, Start + 100 * Hour))) with { Constraints = ["suc / att >= 0.9"] });
        Assert.InRange(late.Verdicts[0].Probability, .99, 1);
        TemporalAnalysisResult shorter = Expand(
            Core(), Problem(("suc", Series(successes[100..], Hour, Start + 100 * Hour)), ("att", Series(attempts))) with { Constraints = ["suc / att >= 0.9"] });
        Assert.InRange(shorter.Verdicts[0].Probability, .99, 1);
    }

    [Fact]
    public void A_denominator_that_is_zero_or_missing_leaves_the_quotient_missing_there()
    {
        MetricGrid above = new() { Metric = "a", StartNs = Start, StepNs = Hour, Values = [1, 2, 3, double.NaN, 5] };
        MetricGrid below = new() { Metric = "b", StartNs = Start + Hour, StepNs = Hour, Values = [0, 6, 8, double.NaN] };
        MetricGrid? quotient = QuotientGrids.Build([above, below], new Temporal.Logic.MetricReference("a", "b"));
        Assert.Equal([double.NaN, double.NaN, .5, double.NaN, double.NaN], quotient!.Values);
        Assert.Equal((Start, Hour, "a / b"), (quotient.StartNs, quotient.StepNs, quotient.Metric));
        Assert.Null(QuotientGrids.Build([above], new Temporal.Logic.MetricReference("a", "b")));
        Assert.Null(QuotientGrids.Build([above, below with { Source = MetricGrid.CurrentState }], new Temporal.Logic.MetricReference("a", "b")));
    }

    [Fact]
    public void Quotients_of_present_values_are_judged_now_and_have_no_probability()
    {
        RanProblem problem = new() { Id = "p", CurrentState = [new("suc", 95), new("att", 100)], Constraints = ["suc / att >= 0.9"] };
        ConstraintVerdict verdict = Expand(Core(), problem).Verdicts[0];
        Assert.True(double.IsNaN(verdict.Probability));
        Assert.Equal(true, verdict.HoldsNow);
        Assert.Equal(.05, verdict.Robustness, 9);
    }
}
