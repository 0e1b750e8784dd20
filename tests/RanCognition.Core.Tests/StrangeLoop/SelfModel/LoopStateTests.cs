using RanCognition.Contracts;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.Tests.StrangeLoop;

public sealed class LoopStateTests
{
    [Fact]
    public void Restored_loops_go_on_with_the_same_numbers_to_the_last_bit()
    {
        for (int seed = 0; seed < 24; seed++)
        {
            Random random = new(seed);
            StrangeLoopOptions options = new() { Levels = seed % 4, AciStep = seed % 3 == 0 ? .3 : .05 };
            LoopBook book = new(options);
            HashSet<string> open = [];
            int length = random.Next(1, 700);
            for (int t = 0; t < length; t++)
            {
                book.Observe(AnyObservation(random, open, (ulong)t), 0);
            }
            LoopBook restored = new(new StrangeLoopOptions());   // the state brings its own
            restored.Restore(LoopSpeech.StateOf(book), "state");
            Assert.Equal(LoopSpeech.TextOf(book.State()), LoopSpeech.TextOf(restored.State()));
            for (int t = 0; t < 250; t++)
            {
                LoopObservation next = AnyObservation(random, open, (ulong)(length + t));
                Assert.Equal(LoopSpeech.TextOf(book.Observe(next, 0)), LoopSpeech.TextOf(restored.Observe(next, 0)));
            }
            Assert.Equal(LoopSpeech.TextOf(book.State()), LoopSpeech.TextOf(restored.State()));
        }
    }

    [Fact]
    public void State_is_a_copy()
    {
        LoopBook book = new(new StrangeLoopOptions());
        book.Observe(LoopSpeech.Say(null, LoopSpeech.Forecast(1, 0, 2)), 0);
        IReadOnlyList<LoopState> state = book.State();
        string before = LoopSpeech.TextOf(state);
        for (int t = 0; t < 300; t++)
        {
            book.Observe(LoopSpeech.Say(t % 7, LoopSpeech.Forecast(1, 0, 2)), 0);
        }
        Assert.Equal(before, LoopSpeech.TextOf(state));
    }

    [Fact]
    public void State_that_no_loop_could_have_is_refused_by_its_place_and_changes_nothing()
    {
        LoopBook book = new(new StrangeLoopOptions());
        for (int t = 0; t < 100; t++)
        {
            book.Observe(LoopSpeech.Say(t > 0 ? t : null, LoopSpeech.Forecast(t, t - 2, t + 1)), 0);
        }
        string before = LoopSpeech.TextOf(book.State());
        MetricState good = book.State()[0].Metrics[0];
        Refuse("aci_step", new StrangeLoopState { AciStep = 0 });
        Refuse("levels", new StrangeLoopState { Levels = 4 });
        Refuse("loops/1/loop_id", Of(new LoopState { LoopId = "a" }, new LoopState { LoopId = "a" }));
        Refuse("loops/0/loop_id", Of(new LoopState { LoopId = "" }));
        Refuse("metrics/m: is given twice", Metric(good, good));
        Refuse("metrics/m/setting", Metric(new MetricState { Metric = "m", Setting = new LoopSetting(65, 1, 64) }));
        Refuse("metrics/m/scores", Metric(new MetricState { Metric = "m", Setting = good.Setting, Scores = [-1] }));
        Refuse("metrics/m/scores", Metric(new MetricState { Metric = "m", Setting = good.Setting, Scores = [double.NaN] }));
        Refuse("metrics/m/records", Metric(new MetricState { Metric = "m", Setting = good.Setting, Records = [good.Records[0]] }));
        Refuse("metrics/m/records/3/memory", Metric(new MetricState { Metric = "m", Setting = good.Setting, Records = [.. good.Records.Take(3), .. good.Records.Take(4)] }));
        Refuse("coverage/miscoverage", Metric(new MetricState { Metric = "m", Setting = good.Setting, Coverage = new IntervalState { Coverage = .9, Miscoverage = .3, Steps = 2, Covered = 1 } }));
        Refuse("coverage/covered", Metric(new MetricState { Metric = "m", Setting = good.Setting, Coverage = new IntervalState { Coverage = .9, Miscoverage = .1, Steps = 1, Covered = 2 } }));
        Refuse("open/has_interval", Metric(new MetricState { Metric = "m", Setting = good.Setting, Open = new OpenForecastState { HasInterval = true } }));
        Refuse("tuning/patience", Metric(new MetricState { Metric = "m", Setting = good.Setting, Tuning = new TuningState { Patience = 1 } }));
        Refuse("tuning/challengers", Metric(new MetricState { Metric = "m", Setting = good.Setting, Tuning = new TuningState { Patience = 96, IsTesting = true } }));
        Refuse("experts/losses", Of(new LoopState { LoopId = "a", Experts = new ExpertsState { Names = ["x"] } }));
        Refuse("experts/mixability_gap", Of(new LoopState { LoopId = "a", Experts = new ExpertsState { Names = ["x", "y"], Losses = [1, 2], MixtureLoss = 50, LargestSpread = 1, Steps = 3 } }));
        Refuse("experts/open_values", Of(new LoopState { LoopId = "a", Experts = new ExpertsState { Names = ["x"], Losses = [0], OpenMetrics = ["m"] } }));

        void Refuse(string place, StrangeLoopState state)
        {
            InvalidInputException error = Assert.Throws<InvalidInputException>(() => book.Restore(state, "state"));
            Assert.StartsWith("state/", error.Message);
            Assert.Contains(place, error.Message);
            Assert.Equal(before, LoopSpeech.TextOf(book.State()));
        }

        static StrangeLoopState Of(params LoopState[] loops) => new() { Loops = loops };

        static StrangeLoopState Metric(params MetricState[] metrics) => Of(new LoopState { LoopId = "a", Metrics = metrics });
    }

    internal static LoopObservation AnyObservation(Random random, HashSet<string> open, ulong timeNs)
    {
        List<LoopValue> observed = [];
        foreach (string metric in open.Order().ToArray())
        {
            if (random.Next(5) > 0)
            {
                observed.Add(new LoopValue(metric, 5 + 2 * LoopSpeech.Normal(random)));
                open.Remove(metric);
            }
        }
        List<LoopExpert> experts = [];
        if (random.Next(4) > 0)
        {
            string third = random.Next(300) == 0 ? "d" : "c";
            experts = [LoopSpeech.Expert("a", 10 * random.NextDouble(), 4), LoopSpeech.Expert("b", 5, 5), LoopSpeech.Expert(third, 2 * random.NextDouble(), 7)];
            open.UnionWith(["m0", "m1"]);
        }
        List<LoopForecast> forecasts = [];
        foreach (string metric in new[] { "m", "m0" })
        {
            if (random.Next(5) > 0)
            {
                double mean = 10 * random.NextDouble();
                bool mixed = metric == "m0" && experts.Count > 0 && random.Next(2) == 0;
                forecasts.Add(new LoopForecast(metric, mixed ? null : mean, random.Next(9) == 0 ? null : mean - 1, mean + 2, random.Next(400) == 0 ? .5 : .9));
                open.Add(metric);
            }
        }
        IReadOnlyList<ConfigurationChange> actions = random.Next(3) == 0 ? [new ConfigurationChange("cell" + random.Next(20), "tilt", null, 3)] : [];
        return new LoopObservation { LoopId = "l", TimeNs = timeNs, Observed = observed, Experts = experts, Predict = forecasts, Actions = actions };
    }
}
