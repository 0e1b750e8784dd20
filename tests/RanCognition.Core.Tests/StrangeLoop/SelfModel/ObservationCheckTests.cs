using RanCognition.Contracts;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.Tests.StrangeLoop;

public sealed class ObservationCheckTests
{
    private readonly LoopBook _book = new(new StrangeLoopOptions());

    public ObservationCheckTests() =>
        _book.Observe(new LoopObservation { LoopId = "loop", TimeNs = 100, Experts = [LoopSpeech.Expert("a", 1), LoopSpeech.Expert("b", 2)], Predict = [LoopSpeech.Forecast(1, 0, 2)] }, 0);

    [Fact]
    public void Refused_observation_names_its_place_and_changes_nothing()
    {
        LoopObservation good = new() { LoopId = "loop", TimeNs = 100, Observed = [new LoopValue("m", 1)] };
        Refuse("observation/observed/x: no prediction of it is open", good with { Observed = [new LoopValue("m", 1), new LoopValue("x", 1)] });
        Refuse("observation/observed/m: no prediction of it is open", good with { LoopId = "another" });
        Refuse("observation/observed/m: is given twice", good with { Observed = [new LoopValue("m", 1), new LoopValue("m", 2)] });
        Refuse("observation/observed/m: NaN", good with { Observed = [new LoopValue("m", double.NaN)] });
        Refuse("observation/observed/m: 1E+300", good with { Observed = [new LoopValue("m", 1e300)] });
        Refuse("observation/time_ns: 99 is before 100", good with { TimeNs = 99 });
        Refuse("observation/loop_id: a name is empty", good with { LoopId = "" });
        Refuse("observation/predict/m/coverage: 1,", good with { Predict = [LoopSpeech.Forecast(1, 0, 2, 1)] });
        Refuse("observation/predict/m/coverage: NaN", good with { Predict = [LoopSpeech.Forecast(1, 0, 2, double.NaN)] });
        Refuse("observation/predict/m/coverage: 0,", good with { Predict = [LoopSpeech.Forecast(1, 0, 2, 0)] });
        Refuse("observation/predict/m/lower: 3 is above upper, 2", good with { Predict = [LoopSpeech.Forecast(2.5, 3, 2)] });
        Refuse("observation/predict/m/upper: Infinity", good with { Predict = [LoopSpeech.Forecast(1, 0, double.PositiveInfinity)] });
        Refuse("observation/predict/m: is given twice", good with { Predict = [LoopSpeech.Forecast(1, 0, 2), LoopSpeech.Forecast(1, 0, 2)] });
        Refuse("observation/predict/m/mean: is missing, and no expert gives the metric", good with { Predict = [LoopSpeech.Forecast(null, 0, 2)] });
        Refuse("observation/experts/b: metric 'm1' is missing", good with { Experts = [LoopSpeech.Expert("a", 1, 2), LoopSpeech.Expert("b", 1)] });
        Refuse("observation/experts/a: metric 'm1' is missing", good with { Experts = [LoopSpeech.Expert("a", 1), LoopSpeech.Expert("b", 1, 2)] });
        Refuse("observation/experts/a: is given twice", good with { Experts = [LoopSpeech.Expert("a", 1), LoopSpeech.Expert("a", 1)] });
        Refuse("observation/experts/a: gives no metric", good with { Experts = [new LoopExpert("a", [])] });
        Refuse("observation/experts/a/m0: NaN", good with { Experts = [LoopSpeech.Expert("a", double.NaN)] });

        void Refuse(string message, LoopObservation observation)
        {
            string before = LoopSpeech.TextOf(_book.State());
            Assert.StartsWith(message, Assert.Throws<InvalidInputException>(() => _book.Observe(observation, 0)).Message);
            Assert.Equal(before, LoopSpeech.TextOf(_book.State()));
        }
    }

    [Fact]
    public void Bounds_of_counts_and_names_hold()
    {
        string before = LoopSpeech.TextOf(_book.State());
        LoopForecast[] many = new LoopForecast[StrangeLoopLimits.MetricsMax];
        for (int i = 0; i < many.Length; i++)
        {
            many[i] = LoopSpeech.Forecast(0, -1, 1, .9, "x" + i);
        }
        Refuse(new LoopObservation { LoopId = "loop", TimeNs = 100, Predict = many });   // two more are known
        Refuse(new LoopObservation { LoopId = new string('é', 513) });
        Refuse(new LoopObservation { LoopId = "loop", TimeNs = 100, Predict = [LoopSpeech.Forecast(0, 0, 0, .9, new string('x', 1025))] });
        Refuse(new LoopObservation { LoopId = "loop", TimeNs = 100, Actions = new ConfigurationChange[StrangeLoopLimits.ActionsMax + 1] });
        Assert.Equal(256, _book.Observe(new LoopObservation { LoopId = "new", Predict = many }, 0).Corrected.Count);

        void Refuse(LoopObservation observation)
        {
            Assert.Throws<LimitExceededException>(() => _book.Observe(observation, 0));
            Assert.Equal(before, LoopSpeech.TextOf(_book.State()));
        }
    }

    [Fact]
    public void More_loops_than_the_bound_are_refused()
    {
        LoopBook book = new(new StrangeLoopOptions());
        for (int i = 0; i < StrangeLoopLimits.LoopsMax; i++)
        {
            book.Observe(new LoopObservation { LoopId = "loop" + i }, 0);
        }
        Assert.Throws<LimitExceededException>(() => book.Observe(new LoopObservation { LoopId = "one more" }, 0));
        Assert.Equal(StrangeLoopLimits.LoopsMax, book.State().Count);
    }

    [Fact]
    public void Time_that_is_not_said_is_the_clock_but_never_before_the_last()
    {
        _book.Observe(new LoopObservation { LoopId = "loop" }, 50);
        Assert.Equal(100UL, _book.State()[0].TimeNs);
        _book.Observe(new LoopObservation { LoopId = "loop" }, 150);
        Assert.Equal(150UL, _book.State()[0].TimeNs);
        _book.Observe(new LoopObservation { LoopId = "loop", TimeNs = 150 }, 0);
    }

    [Fact]
    public void Prediction_replaces_the_open_one_and_nothing_is_learned()
    {
        _book.Observe(new LoopObservation { LoopId = "loop", TimeNs = 100, Predict = [LoopSpeech.Forecast(7, 6, 8)] }, 0);
        MetricState metric = _book.State()[0].Metrics[0];
        Assert.Equal((0UL, 7.0), (metric.Observations, metric.Open!.Mean));
        Assert.Equal(0UL, metric.Coverage!.Steps);
    }

    [Fact]
    public void Interval_keeps_its_offsets_when_the_mixture_takes_the_place_of_the_mean()
    {
        CorrectedForecast both = Open(LoopSpeech.Forecast(10, 8, 13, .9, "m0"));
        Assert.Equal((3.0, 1.0, 6.0), (both.Mean!.Value, Math.Round(both.Lower!.Value, 9), Math.Round(both.Upper!.Value, 9)));
        CorrectedForecast only = Open(LoopSpeech.Forecast(null, 1, 4, .9, "m0"));
        Assert.Equal((3.0, 1.0, 4.0), (only.Mean!.Value, Math.Round(only.Lower!.Value, 9), Math.Round(only.Upper!.Value, 9)));
        CorrectedForecast outside = Open(LoopSpeech.Forecast(null, 10, 12, .9, "m0"));
        Assert.Equal((3.0, 2.0, 4.0), (outside.Mean!.Value, Math.Round(outside.Lower!.Value, 9), Math.Round(outside.Upper!.Value, 9)));

        static CorrectedForecast Open(LoopForecast forecast) => new LoopBook(new StrangeLoopOptions()).Observe(
            new LoopObservation { LoopId = "l", Experts = [LoopSpeech.Expert("a", 2), LoopSpeech.Expert("b", 4)], Predict = [forecast] }, 0).Corrected[0];
    }

    [Fact]
    public void Last_change_of_each_attribute_is_kept()
    {
        List<ConfigurationChange> changes = [];
        for (int i = 0; i < 150; i++)
        {
            changes.Add(new ConfigurationChange("cell" + i % 120, "tilt", null, i));
        }
        _book.Observe(new LoopObservation { LoopId = "loop", TimeNs = 100, Actions = changes }, 0);
        _book.Observe(new LoopObservation { LoopId = "loop", TimeNs = 100, Actions = [new ConfigurationChange("cell5", "tilt", null, 7)] }, 0);
        IReadOnlyList<ConfigurationChange> kept = _book.State()[0].Actions;
        Assert.Equal(StrangeLoopLimits.ActionsKeptMax, kept.Count);
        Assert.Equal(("cell5", (MetadataValue)7), (kept[^1].ManagedObject, kept[^1].After!));
        Assert.Single(kept, c => c.ManagedObject == "cell5");
        Assert.Equal("cell29", kept[^2].ManagedObject);
    }
}
