using System.Buffers;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Temporal;

namespace RanCognition.Tests.Reasoning;

public class TemporalReasoningCoreTests
{
    private const ulong Hour = 3_600_000_000_000;
    private const ulong Start = 1_600_000_000_000_000_000;

    private static TemporalReasoningCore Core(FixedHost? host = null, ulong factor = 100, ulong resolution = 12) => new(factor, resolution, host ?? new FixedHost());

    private static TemporalAnalysisResult Expand(TemporalReasoningCore core, RanProblem problem, params Constraint[] constraints)
    {
        using CallMeter meter = core.StartCall();
        return core.ExpandSubjectiveTime(problem, constraints, meter);
    }

    /// <summary>A daily profile with a little noise, four weeks of hours.</summary>
    private static MetricHistory Daily(int samples = 672, double level = 50, double swing = 20, int seed = 1)
    {
        Random random = new(seed);
        double[] values = new double[samples];
        for (int t = 0; t < samples; t++)
        {
            values[t] = level + swing * Math.Sin(2 * Math.PI * t / 24) + random.NextDouble() * 2;
        }
        return new MetricHistory { StartNs = Start, StepNs = Hour, Values = values };
    }

    private static RanProblem Problem(params (string Metric, MetricHistory History)[] history) => new()
    {
        Id = "p",
        NetworkId = "n",
        History = [.. history.Select(pair => new KeyValuePair<string, MetricHistory>(pair.Metric, pair.History))],
        Seed = 3,
    };

    private static string Text<T>(T value, Action<T, IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        write(value, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    [Fact]
    public void A_problem_without_history_is_answered_with_a_wide_interval_and_low_confidence()
    {
        RanProblem problem = new() { Id = "p", CurrentState = [new("RRU.PrbTotDl", 65), new("zero", 0)], Constraints = ["RRU.PrbTotDl <= 70"] };
        TemporalAnalysisResult result = Expand(Core(), problem);
        TemporalPrediction prediction = result.Predictions[0];
        Assert.Equal(65, prediction.PredictedValue);
        Assert.Equal("no_history", prediction.Model);
        Assert.InRange(prediction.Confidence, 0, 0.1);
        Assert.True(prediction.Upper - prediction.Lower > 2 * 65);
        Assert.All(result.Predictions, p => Assert.True(double.IsFinite(p.Lower) && double.IsFinite(p.Upper) && double.IsFinite(p.Confidence)));
        Assert.Contains(result.Insights, insight => insight.Description.Contains("no history"));
        ConstraintVerdict verdict = Assert.Single(result.Verdicts);
        Assert.True(double.IsNaN(verdict.Probability));
        Assert.Equal(5, verdict.Robustness, 9);
        Assert.NotNull(verdict.Reason);
        Assert.InRange(result.Confidence, 0, 0.2);
        Assert.Equal(1_000_000_000UL, result.BaseDuration);
    }

    [Fact]
    public void An_empty_problem_has_an_empty_answer_with_confidence_zero()
    {
        TemporalAnalysisResult result = Expand(Core(), new RanProblem { Id = "p" });
        Assert.Empty(result.Predictions);
        Assert.Equal(0, result.Confidence);
    }

    [Fact]
    public void Predictions_stand_at_one_step_a_quarter_half_and_all_of_the_window()
    {
        TemporalAnalysisResult result = Expand(Core(), Problem(("a", Daily())) with { HorizonNs = 48 * Hour });
        Assert.Equal([Hour, 12 * Hour, 24 * Hour, 48 * Hour], result.Predictions.Select(p => p.TimeHorizon));
        Assert.All(result.Predictions, p => Assert.True(p.Lower <= p.PredictedValue && p.PredictedValue <= p.Upper));
        // t = 672 + 11 is phase 11 of the sine: close to its falling zero crossing.
        Assert.InRange(result.Predictions[1].PredictedValue, 48, 60);
    }

    [Fact]
    public void The_default_window_is_24_steps()
    {
        TemporalAnalysisResult result = Expand(Core(), Problem(("a", Daily())));
        Assert.Equal(24 * Hour, result.BaseDuration);
        Assert.Equal(24 * Hour * 100, result.ExpandedDuration);
    }

    [Theory]
    [InlineData(0UL, 1UL, "expansion_factor")]
    [InlineData(1UL, 0UL, "temporal_resolution")]
    [InlineData(1_000_001UL, 1UL, "expansion_factor")]
    [InlineData(1UL, ulong.MaxValue, "temporal_resolution")]
    public void Factors_outside_their_bounds_are_refused(ulong factor, ulong resolution, string name) =>
        Assert.StartsWith(name, Assert.Throws<InvalidInputException>(() => Core(null, factor, resolution)).Message);

    [Fact]
    public void The_level_is_clamped_and_NaN_refused()
    {
        TemporalReasoningCore core = Core();
        core.SetConsciousnessLevel(-3);
        core.SetConsciousnessLevel(double.PositiveInfinity);
        Assert.Throws<InvalidInputException>(() => core.SetConsciousnessLevel(double.NaN));
    }

    [Fact]
    public void Less_effort_simulates_fewer_futures_and_lowers_the_confidence()
    {
        RanProblem problem = Problem(("a", Daily())) with { Constraints = ["a <= 60"] };
        TemporalAnalysisResult full = Expand(Core(factor: 400), problem);
        TemporalReasoningCore core = Core(factor: 400);
        core.SetConsciousnessLevel(0.25);
        TemporalAnalysisResult little = Expand(core, problem);
        Assert.Equal(400, full.Scenarios);
        Assert.Equal(100, little.Scenarios);
        Assert.True(little.Confidence < full.Confidence);
    }

    [Fact]
    public void Fresh_cores_give_the_same_bytes_for_the_same_call()
    {
        RanProblem problem = Problem(("a", Daily()), ("b", Daily(seed: 2))) with { Constraints = ["a <= 60", "always[0,6h](b <= 71)"], IncludeTimeline = true };
        string first = Text(Expand(Core(), problem), JsonOut.TemporalAnalysis);
        string second = Text(Expand(Core(), problem), JsonOut.TemporalAnalysis);
        Assert.Equal(first, second);
        string other = Text(Expand(Core(), problem with { Seed = 4 }), JsonOut.TemporalAnalysis);
        Assert.NotEqual(first, other);
    }

    [Theory]
    [InlineData("a <= 1000", 1)]
    [InlineData("a <= 10", 0)]
    [InlineData("eventually[0,24h](a >= 65)", 1)]
    public void Verdicts_follow_the_futures(string constraint, double probability)
    {
        ConstraintVerdict verdict = Expand(Core(), Problem(("a", Daily())) with { Constraints = [constraint] }).Verdicts[0];
        Assert.Equal(probability, verdict.Probability, 2);
        Assert.Equal(probability > 0.5, verdict.Robustness > 0);
        Assert.Equal(constraint, verdict.Id);
    }

    [Fact]
    public void What_is_not_understood_is_named()
    {
        TemporalAnalysisResult result = Expand(
            Core(),
            Problem(("a", Daily())) with { Constraints = ["a <= 60", "a is nice"], Objectives = ["please"] },
            new Constraint { Id = "c", ConstraintType = "sometimes", Parameters = [new("a", 1)] });
        Assert.Equal(["/objectives/0", "/constraints/1", "constraints/0"], result.Ignored.Select(field => field.Field));
        Assert.All(result.Ignored, field => Assert.NotEmpty(field.Reason));
        Assert.Single(result.Verdicts);
    }

    [Fact]
    public void Objectives_are_compared_with_the_recent_past()
    {
        ObjectiveOutlook outlook = Expand(Core(), Problem(("a", Daily())) with { Objectives = ["minimize mean(a)"] }).Objectives[0];
        Assert.Equal("minimize", outlook.Direction);
        Assert.InRange(outlook.Now, 50, 52);
        Assert.InRange(outlook.P50, 50, 52);
        Assert.True(outlook.P05 <= outlook.P50 && outlook.P50 <= outlook.P95);
        Assert.InRange(outlook.ProbabilityBetter, 0, 1);
    }

    [Fact]
    public void The_timeline_has_its_resolution_and_stays_inside_the_window()
    {
        Constraint window = new()
        {
            Id = "c", ConstraintType = "max", Parameters = [new("a", 90), new("start_ns", Start), new("end_ns", (double)(Start + 678 * Hour))],
        };
        TemporalAnalysisResult result = Expand(Core(resolution: 30), Problem(("a", Daily())) with { IncludeTimeline = true }, window);
        IReadOnlyList<TemporalPoint> timeline = result.Timeline!;
        Assert.Equal(30, timeline.Count);
        Assert.Equal(0UL, timeline[0].Timestamp);
        for (int i = 1; i < timeline.Count; i++)
        {
            Assert.True(timeline[i].Timestamp > timeline[i - 1].Timestamp);
            Assert.True(timeline[i].BaseTime < result.BaseDuration);
            Assert.True(timeline[i].ConsciousnessFactor <= timeline[i - 1].ConsciousnessFactor + 1e-12);
            Assert.InRange(timeline[i].ConsciousnessFactor, 0, 1);
        }
        Assert.Single(timeline[0].Constraints);
        Assert.Empty(timeline[^1].Constraints);
        double[] quantiles = timeline[7].Quantiles.Single().Value;
        Assert.Equal(quantiles.Order(), quantiles);
    }

    [Fact]
    public void The_largest_factor_and_window_do_not_overflow()
    {
        TemporalReasoningCore core = Core(factor: TemporalLimits.ExpansionFactorMax, resolution: 5);
        MetricHistory yearly = Daily(60) with { StartNs = 0, StepNs = ulong.MaxValue / 128 };
        TemporalAnalysisResult result = Expand(core, Problem(("a", yearly)) with { IncludeTimeline = true, HorizonNs = ulong.MaxValue, Constraints = ["a <= 60"] });
        Assert.Equal(ulong.MaxValue, result.ExpandedDuration);
        Assert.Equal(5, result.Timeline!.Count);
    }

    [Fact]
    public void A_timeline_too_large_for_one_result_is_refused() =>
        Assert.Throws<LimitExceededException>(() =>
            Expand(Core(resolution: 1_000_000), Problem(("a", Daily(48)), ("b", Daily(48)), ("c", Daily(48))) with { IncludeTimeline = true }));

    [Fact]
    public void A_short_time_budget_leaves_work_out_and_says_so()
    {
        FixedHost slow = new(step: 2_000_000);
        RanProblem problem = Problem([.. Enumerable.Range(0, 40).Select(i => ($"m{i}", Daily(200)))]) with { DeadlineNs = 20_000_000, Constraints = ["m0 <= 60"] };
        TemporalAnalysisResult result = Expand(Core(slow), problem);
        Assert.True(result.DeadlineReached);
        Assert.Equal(160, result.Predictions.Count);
        Assert.Contains(result.Predictions, p => p.Model == "seasonal_naive");
        Assert.All(result.Predictions, p => Assert.True(p.Lower <= p.PredictedValue && p.PredictedValue <= p.Upper));
    }

    [Fact]
    public void The_host_can_cancel()
    {
        TemporalReasoningCore core = Core(new FixedHost { CancelAfter = 2 });
        Assert.Throws<OperationCanceledException>(() => Expand(core, Problem(("a", Daily()), ("b", Daily()))));
        Assert.Equal(1UL, core.GetPerformanceMetrics().ErrorCount);
        Assert.Equal(0UL, core.GetPerformanceMetrics().TotalExecutions);
    }

    [Fact]
    public void A_horizon_of_zero_is_refused()
    {
        Assert.Throws<InvalidInputException>(() => Expand(Core(), new RanProblem { Id = "p", HorizonNs = 0 }));
        TemporalReasoningCore core = Core();
        using CallMeter meter = core.StartCall();
        Assert.Throws<InvalidInputException>(() => core.PredictFutureStates(new Timeline(), 0, meter));
    }

    [Fact]
    public void Observed_history_serves_problems_of_its_network_that_bring_none()
    {
        TemporalReasoningCore core = Core();
        MetricHistory history = Daily();
        for (int t = 0; t < history.Values.Length; t++)
        {
            core.Observe("n", "a", [Start + (ulong)t * Hour], [history.Values[t]]);
        }
        TemporalAnalysisResult observed = Expand(core, Problem());
        TemporalAnalysisResult given = Expand(Core(), Problem(("a", history)));
        Assert.Equal("observed", observed.Metrics.Single().Source);
        Assert.Equal(given.Predictions, observed.Predictions);
        Assert.Empty(Expand(core, Problem() with { NetworkId = "other" }).Predictions);
    }

    [Fact]
    public void Observations_that_go_back_in_time_are_refused_whole()
    {
        TemporalReasoningCore core = Core();
        core.Observe("n", "a", [10, 20], [1, 2]);
        ulong before = core.GetPerformanceMetrics().MemoryUsage;
        Assert.Throws<InvalidInputException>(() => core.Observe("n", "a", [30, 25], [3, 4]));
        Assert.Throws<InvalidInputException>(() => core.Observe("n", "a", [15], [3]));
        Assert.Equal(before, core.GetPerformanceMetrics().MemoryUsage);
        core.Observe("n", "a", [20, 30], [5, 6]);
        Assert.Equal(before + 16, core.GetPerformanceMetrics().MemoryUsage);
    }

    [Fact]
    public void A_series_keeps_its_newest_samples_only()
    {
        TemporalReasoningCore core = Core();
        for (int batch = 0; batch < 5; batch++)
        {
            ulong[] times = [.. Enumerable.Range(0, 10_000).Select(i => (ulong)(batch * 10_000 + i) * Hour)];
            core.Observe("n", "a", times, [.. times.Select(time => (double)(time / Hour))]);
        }
        Assert.Equal((ulong)TemporalLimits.SeriesSamplesMax * 16, core.GetPerformanceMetrics().MemoryUsage);
        MetricSummary summary = Expand(core, Problem()).Metrics.Single();
        Assert.Equal(TemporalLimits.SeriesSamplesMax, summary.Samples);
        Assert.Equal(49_999UL * Hour, summary.EndNs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Parallel_answers_do_not_depend_on_the_threads(int threads)
    {
        List<ProblemInput> problems =
        [
            .. Enumerable.Range(0, 20).Select(i => new ProblemInput(Problem(("a", Daily(200 + i, seed: i))) with { Id = $"p{i}", Constraints = ["a <= 60"] }, null)),
            new ProblemInput(null, "problems[20]: broken"),
            new ProblemInput(new RanProblem { Id = "zero", HorizonNs = 0 }, null),
        ];
        TemporalReasoningCore core = Core();
        using CallMeter meter = core.StartCall();
        ParallelTemporalAnalysisResult result = core.ParallelTemporalAnalysis(problems, threads, meter);
        Assert.Equal(threads, result.ThreadCount);
        Assert.Equal((22, 2), (result.TotalProblems, result.Failed));
        Assert.Equal("problems[20]: broken", result.Results[20].Err);
        Assert.Contains("horizon_ns", result.Results[21].Err);
        for (int i = 0; i < 20; i++)
        {
            TemporalAnalysisResult alone = Expand(Core(), problems[i].Problem!);
            Assert.Equal(alone.Predictions, result.Results[i].Ok!.Predictions);
            Assert.Equal(alone.Verdicts, result.Results[i].Ok!.Verdicts);
        }
    }

    [Fact]
    public void More_futures_have_a_smaller_error()
    {
        TemporalReasoningCore core = Core();
        Timeline timeline = new() { Metrics = [new("a", Daily())] };
        using CallMeter meter = core.StartCall();
        OptimizedTimeline result = core.OptimizeTemporalExpansion(timeline, meter);
        Assert.True(result.Curve[0].Error > 3 * result.Curve[^1].Error);
        Assert.Contains(result.Curve, cost => cost.ExpansionFactor == 100);
        ExpansionCost chosen = result.Curve.Single(cost => cost.ExpansionFactor == result.ExpansionFactor);
        Assert.True(chosen.Error <= result.ErrorTarget);
        Assert.InRange(result.OptimizationScore, 0, 1);
    }

    public static TheoryData<double[]> OddHistories => new()
    {
        new double[] { 5 },
        new double[] { 5, 5, 5, 5, 5 },
        new double[] { double.NaN, double.NaN, double.NaN },
        new double[] { double.NaN, 3, double.NaN },
        Enumerable.Repeat(7.0, 500).ToArray(),
        Enumerable.Repeat(0.0, 500).ToArray(),
        Enumerable.Range(0, 300).Select(t => t % 2 == 0 ? 1e300 : -1e300).ToArray(),
        Enumerable.Range(0, 300).Select(t => t * 1e-300).ToArray(),
        Enumerable.Range(0, 300).Select(t => t % 3 == 0 ? double.NaN : double.MaxValue).ToArray(),
        Array.Empty<double>(),
    };

    [Theory]
    [MemberData(nameof(OddHistories))]
    public void Odd_histories_give_finite_ordered_answers(double[] values)
    {
        MetricHistory history = new() { StartNs = Start, StepNs = Hour, Values = values };
        TemporalAnalysisResult result = Expand(Core(), Problem(("a", history)) with { Constraints = ["a <= 6"], Objectives = ["maximize a"], IncludeTimeline = true });
        Assert.Equal(4, result.Predictions.Count);
        Assert.All(result.Predictions, p =>
        {
            bool isKnown = values.Any(double.IsFinite);   // nothing known: nothing is made up
            Assert.Equal(isKnown, double.IsFinite(p.PredictedValue) && double.IsFinite(p.Lower) && double.IsFinite(p.Upper));
            Assert.Equal(isKnown, p.Lower <= p.PredictedValue && p.PredictedValue <= p.Upper);
            Assert.Equal(isKnown, p.Model != "none");
            Assert.InRange(p.Confidence, 0, 1);
        });
        Assert.InRange(result.Confidence, 0, 1);
        Assert.DoesNotContain("NaN", Text(result, JsonOut.TemporalAnalysis));
    }

    [Fact]
    public void Unknown_and_mixed_steps_are_put_on_one_window()
    {
        MetricHistory unknown = Daily(100) with { StartNs = 0, StepNs = 0 };
        Assert.Equal(4, Expand(Core(), Problem(("a", unknown)) with { Constraints = ["a <= 60"] }).Predictions.Count);
        MetricHistory quarters = new() { StartNs = Start, StepNs = Hour / 4, Values = Daily(400).Values };
        TemporalAnalysisResult mixed = Expand(Core(), Problem(("hours", Daily()), ("quarters", quarters)) with { HorizonNs = 6 * Hour });
        Assert.All(mixed.Predictions, p => Assert.InRange(p.TimeHorizon, 1UL, 6 * Hour));
        Assert.Equal(8, mixed.Predictions.Count);
    }
}
