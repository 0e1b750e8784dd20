using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Performance;
using RanCognition.Temporal;
using static RanCognition.Tests.Reasoning.TemporalCalls;

namespace RanCognition.Tests.Reasoning;

/// <summary>How many futures there are, how far they reach, and how the metrics go together in them.</summary>
public class FuturesTests
{
    [Fact]
    public void What_holds_for_one_metric_holds_for_its_twin_in_the_same_future()
    {
        double[] a = Daily(672), b = [.. a.Select(v => v + .001)];
        string[] constraints = ["a <= 71", "b <= 71", "a <= 71 and b <= 71"];
        TemporalAnalysisResult result = Expand(Core(factor: 2000), Problem(("a", Series(a)), ("b", Series(b))) with { Constraints = constraints });
        (double alone, double joint) = (result.Verdicts[0].Probability, result.Verdicts[2].Probability);
        Assert.InRange(alone, .1, .9);   // an open question, or the test says nothing
        Assert.InRange(result.Verdicts[1].Probability, alone - .05, alone + .05);
        Assert.InRange(joint, alone - .1, alone + .02);
        Assert.True(joint > alone * alone + .05);
    }

    [Fact]
    public void Independent_metrics_break_their_limits_independently()
    {
        double[] a = Daily(672), b = Daily(672, seed: 99);
        string[] constraints = ["a <= 71", "b <= 71", "a <= 71 and b <= 71"];
        TemporalAnalysisResult result = Expand(Core(factor: 2000), Problem(("a", Series(a)), ("b", Series(b))) with { Constraints = constraints });
        Assert.Equal(result.Verdicts[0].Probability * result.Verdicts[1].Probability, result.Verdicts[2].Probability, .06);
    }

    [Theory]
    [InlineData(.9)]
    [InlineData(-.8)]
    [InlineData(.98)]
    public void A_planted_correlation_of_the_errors_is_reproduced(double planted)
    {
        RandomStream random = new(31);
        const int Samples = 1500;
        double[] a = new double[Samples], b = new double[Samples];
        for (int t = 0; t < Samples; t++)
        {
            double first = random.NextNormal(), second = planted * first + Math.Sqrt(1 - planted * planted) * random.NextNormal();
            (a[t], b[t]) = (100 + 5 * first, 40 + 2 * second);
        }
        double[]?[] factor = ErrorCorrelation.Factor(Outlooks(a, b));
        Assert.Null(factor[0]);
        Assert.Equal(planted, factor[1]![0], .12);
    }

    [Fact]
    public void Metrics_that_have_nothing_in_common_stay_independent()
    {
        int related = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            RandomStream random = new(seed);
            double[] a = [.. Enumerable.Range(0, 600).Select(_ => 50 + random.NextNormal())], b = [.. Enumerable.Range(0, 600).Select(_ => 50 + random.NextNormal())];
            related += ErrorCorrelation.Factor(Outlooks(a, b))[1] is null ? 0 : 1;
        }
        Assert.InRange(related, 0, 4);   // two standard errors: one in twenty
    }

    [Fact]
    public void The_factor_is_valid_for_any_histories()
    {
        RandomStream random = new(41);
        for (int round = 0; round < 12; round++)
        {
            double[][] series = new double[7][];
            for (int m = 0; m < series.Length; m++)
            {
                double[] own = Daily(200 + (round % 3) * 10, noise: 3, seed: (ulong)(round * 10 + m % 4));   // some are twins
                double mixed = random.NextDouble();
                series[m] =
                [
                    .. own.Select((v, t) => round % 4 == 3 && m == 2 ? 7 : random.NextDouble() < .03 ? double.NaN : m == 0 ? v : mixed * v + (1 - mixed) * series[m - 1][t] * (m % 2 == 0 ? -1 : 1)),
                ];
            }
            double[]?[] factor = ErrorCorrelation.Factor(Outlooks(series));
            for (int m = 0; m < series.Length; m++)
            {
                if (factor[m] is { } row)
                {
                    Assert.Equal(m + 1, row.Length);
                    Assert.All(row, weight => Assert.True(double.IsFinite(weight)));
                    Assert.True(row[m] > 0);
                    Assert.Equal(1, row.Sum(w => w * w), .02);   // scores stay standard normal
                }
            }
        }
    }

    [Fact]
    public void A_metric_keeps_its_own_spread_whatever_it_is_correlated_with()
    {
        double[] a = Daily(672, seed: 3), b = [.. a.Select((v, t) => 2 * v + Math.Cos(t))];
        RanProblem both = Problem(("a", Series(a)), ("b", Series(b))) with { IncludeTimeline = true };
        TemporalAnalysisResult together = Expand(Core(factor: 2000), both), alone = Expand(Core(factor: 2000), Problem(("b", Series(b))) with { IncludeTimeline = true });
        double[] joint = together.Timeline![6].Quantiles.First(q => q.Key == "b").Value, own = alone.Timeline![6].Quantiles.Single().Value;
        double width = own[4] - own[0];
        for (int i = 0; i < own.Length; i++)
        {
            Assert.Equal(own[i], joint[i], .12 * width);
        }
    }

    [Fact]
    public void Windows_longer_than_the_look_ahead_are_answered_by_longer_futures()
    {
        double[] a = Daily(672);
        RanProblem problem = Problem(("a", Series(a))) with
        {
            HorizonNs = 3 * Hour,
            Constraints = ["always[0,48h](a <= 60)", "eventually[0,24h](a >= 60)", "a <= 60"],
        };
        TemporalAnalysisResult result = Expand(Core(), problem);
        // The history ends at the start of a day: the peak above 60 is 4 h to 8 h away, past the window of 3 h.
        Assert.InRange(result.Verdicts[0].Probability, 0, .01);
        Assert.InRange(result.Verdicts[1].Probability, .99, 1);
        Assert.InRange(result.Verdicts[2].Probability, .2, 1);
        Assert.All(result.Verdicts, verdict => Assert.Null(verdict.Reason));
        Assert.Equal(3 * Hour, result.BaseDuration);
        Assert.Equal(3 * Hour, result.Predictions[^1].TimeHorizon);
    }

    [Theory]
    [InlineData(0, 200, 50)]
    [InlineData(.1, 200, 50)]
    [InlineData(.25, 200, 50)]
    [InlineData(.5, 200, 100)]
    [InlineData(1, 200, 200)]
    [InlineData(0, 30, 30)]
    [InlineData(.5, 30, 30)]
    [InlineData(0, 1, 1)]
    public void Little_effort_leaves_enough_futures_for_a_probability(double level, ulong factor, int futures)
    {
        TemporalReasoningCore core = Core(factor: factor);
        core.SetConsciousnessLevel(level);
        TemporalAnalysisResult result = Expand(core, Problem(("a", Series(Daily(200)))) with { Constraints = ["a <= 60"] });
        Assert.Equal(futures, result.Scenarios);
        Assert.Equal(futures, result.Verdicts[0].Scenarios);
    }

    [Fact]
    public void More_values_than_there_is_room_for_mean_fewer_futures_and_are_told()
    {
        MetricGrid grid = new() { Metric = "a", StartNs = Start, StepNs = Hour, Values = Daily(120) };
        List<IgnoredField> ignored = [];
        AnalysisRequest request = new()
        {
            Problem = new RanProblem(),
            Grids = [grid],
            Constraints = new ConstraintSet(),
            Ignored = [],
            TimelineId = "t",
            ExpansionFactor = 100_000,
            TemporalResolution = 1,
            Effort = 1,
            Seed = 1,
            Budget = new TimeBudget(new FixedHost(), 0, null),
        };
        Assert.Equal(TemporalLimits.ScenarioValuesMax / 1200, ScenarioCount.Of(request, LookAhead.Of([grid], 400 * Hour, []), 3, ignored));
        Assert.Equal("/expansion_factor", Assert.Single(ignored).Field);
        Assert.Equal(50, ScenarioCount.Of(request with { Effort = 0 }, LookAhead.Of([grid], 400 * Hour, []), 3, ignored));
    }

    private static List<MetricOutlook> Outlooks(params double[][] series)
    {
        ProblemAnalyzer analyzer = new(SimdOps.Vector);
        List<MetricGrid> grids = [.. series.Select((values, i) => new MetricGrid { Metric = $"m{i}", StartNs = Start, StepNs = Hour, Values = values })];
        LookAhead window = LookAhead.Of(grids, 12 * Hour, []);
        TimeBudget budget = new(new FixedHost(), 0, null);
        return grids.ConvertAll(grid => analyzer.Outlook(grid, window, 1, budget));
    }
}
