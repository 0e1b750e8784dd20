using RanCognition.Cognition.Outlooks;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Cognition;

/// <summary>What is learned of what actions do.</summary>
public sealed class ResponseBookTests
{
    private const double Prior = -.25;

    [Theory]
    [InlineData(-.7)]
    [InlineData(.1)]
    public void Thirty_outcomes_halve_the_error_of_the_expected_effect(double planted)
    {
        ResponseBook book = new();
        RandomStream random = new(4);
        for (int i = 0; i < 30; i++)
        {
            book.Learn(Outcome(.08, .08 * Math.Exp(planted + .1 * random.NextNormal()), i));
        }
        double learned = MeanOf(book, "too_late");
        Assert.True(Math.Abs(learned - planted) < .5 * Math.Abs(Prior - planted), $"learned {learned}");
        Assert.True(Math.Abs(learned - planted) < .3 * Math.Abs(Prior - planted), $"learned {learned}");
        OutlookModel before = ActionOutlookTests.Faulty().Model(), after = ActionOutlookTests.Faulty(book).Model();
        double nothing = Late(before, []), prior = Late(before, [OutlookScene.Offset(0, 1)]), now = Late(after, [OutlookScene.Offset(0, 1)]), truth = nothing * Math.Exp(planted);
        Assert.True(Math.Abs(now - truth) < .5 * Math.Abs(prior - truth), $"{now} {truth} {prior}");
    }

    [Fact]
    public void Without_outcomes_the_prior_is_what_is_written()
    {
        (double mean, double deviation) = EffectOf(new ResponseBook(), "too_late");
        Assert.Equal(Prior, mean, 12);
        Assert.Equal(.25, deviation, 12);
    }

    [Fact]
    public void The_posterior_is_the_conjugate_one()
    {
        // Closed form with k0 = 2, a0 = 3, b0 = .25^2 (a0 - 1) / (1 + 1 / k0), all values believed whole (no noise), mean of the values m, their sum of squares q.
        ResponseBook book = new();
        double[] values = [-.3, -.1, -.45, -.2, -.35];
        for (int i = 0; i < values.Length; i++)
        {
            book.Learn(Outcome(.08, .08 * Math.Exp(values[i]), i, spread: 0));
        }
        double n = 5, mean = values.Average(), squares = values.Sum(value => (value - mean) * (value - mean));
        double scale = .0625 * 2 / 1.5 + squares / 2 + 2 * n * (mean - Prior) * (mean - Prior) / (2 * (n + 2));
        (double center, double deviation) = EffectOf(book, "too_late");
        Assert.Equal((2 * Prior + n * mean) / (n + 2), center, 9);
        Assert.Equal(Math.Sqrt(scale * (1 + 1 / (n + 2)) / (3 + n / 2 - 1)), deviation, 9);
    }

    [Fact]
    public void Few_counts_teach_little()
    {
        ResponseBook few = new(), many = new();
        for (int i = 0; i < 10; i++)
        {
            few.Learn(Outcome(.08, .03, i, attempts: 30));
            many.Learn(Outcome(.08, .03, i, attempts: 30_000));
        }
        double truth = Math.Log(.03 / .08);
        Assert.True(Math.Abs(MeanOf(many, "too_late") - truth) < .5 * Math.Abs(MeanOf(few, "too_late") - truth), $"{MeanOf(many, "too_late")} {MeanOf(few, "too_late")}");
    }

    [Fact]
    public void One_outlier_moves_little()
    {
        ResponseBook book = new();
        for (int i = 0; i < 20; i++)
        {
            book.Learn(Outcome(.08, .08 * Math.Exp(-.4), i));
        }
        double before = MeanOf(book, "too_late");
        book.Learn(Outcome(.08, .8, 20));
        Assert.InRange(MeanOf(book, "too_late") - before, 0, .06);
    }

    [Fact]
    public void Directions_causes_and_attributes_are_learned_apart_and_other_causes_count_a_little()
    {
        ResponseBook book = new();
        for (int i = 0; i < 30; i++)
        {
            book.Learn(Outcome(.08, .08 * Math.Exp(-.8), i));
        }
        double own = MeanOf(book, "too_late"), other = MeanOf(book, "wrong_cell");
        Assert.True(own < other && other < Prior, $"{own} {other}");
        double mean = 0, variance = 0;
        book.AddEffect(OutlookScene.Offset(0, -1), Late(), "too_late", false, ref mean, ref variance);
        Assert.Equal(.1, mean, 12);
        (mean, variance) = (0, 0);
        book.AddEffect(new("NRCellCU=1", "a3Offset", 3, 2), Late(), "too_late", false, ref mean, ref variance);
        Assert.Equal(Prior, mean, 12);
    }

    [Fact]
    public void What_was_not_done_or_not_reported_teaches_nothing()
    {
        ResponseBook book = new();
        book.Learn(Outcome(.08, .01, 0) with { Executed = false });
        book.Learn(Outcome(.08, .01, 0) with { Executed = null });
        book.Learn(Outcome(.08, .01, 0) with { ReportSequence = 0 });
        book.Learn(Outcome(.08, .01, 0) with { Actions = [] });
        book.Learn(Outcome(.08, .01, 0) with { Observed = [new("other", 3)] });
        book.Learn(Outcome(.08, .01, 0) with { Observed = [new(OutlookScene.Late, double.NaN)] });
        Assert.Equal(Prior, MeanOf(book, "too_late"));
        Assert.Equal(0, book.ErrorOf("HO.IntraSys.TooLate / MM.HoExeInterReq"));
    }

    [Fact]
    public void The_quotient_of_observed_counts_is_as_good_as_the_rate()
    {
        ResponseBook rates = new(), counts = new();
        rates.Learn(Outcome(.08, .05, 0));
        counts.Learn(Outcome(.08, .05, 0) with
        {
            Observed = [new("NRCellRelation=1-2/HO.IntraSys.TooLate", 50), new("NRCellRelation=1-2/MM.HoExeInterReq", 1000)],
        });
        Assert.Equal(MeanOf(rates, "too_late"), MeanOf(counts, "too_late"), 12);
    }

    [Fact]
    public void Two_actions_share_what_came_of_them()
    {
        ResponseBook book = new();
        for (int i = 0; i < 40; i++)
        {
            book.Learn(Outcome(.08, .08 * Math.Exp(-1), i) with { Actions = [OutlookScene.Offset(0, 1), new("NRCellCU=1", "a3Offset", 3, 2)] });
        }
        double mean = 0, variance = 0;
        book.AddEffect(OutlookScene.Offset(0, 1), Late(), "too_late", false, ref mean, ref variance);
        book.AddEffect(new("NRCellCU=1", "a3Offset", 3, 2), Late(), "too_late", false, ref mean, ref variance);
        Assert.Equal(-1, mean, .1);
    }

    [Fact]
    public void Of_a_share_near_1_the_effect_is_on_what_is_left()
    {
        const string Success = "NRCellRelation=1-2/MM.HoExeInterSucc / NRCellRelation=1-2/MM.HoExeInterReq";
        RandomStream random = new(6);
        (double[] failures, double[] attempts) = NothingDoneTests.Relation(ref random, 400, .08, 24, 0);
        double[] successes = [.. attempts.Select((tries, i) => tries - failures[i])];
        ResponseBook book = new();
        double Rest(ConfigurationChange[] actions)
        {
            OutlookScene scene = new OutlookScene { Book = book }.With("NRCellRelation=1-2/MM.HoExeInterSucc", successes).With("NRCellRelation=1-2/MM.HoExeInterReq", attempts).AtLeast(Success, .95);
            scene.Causes.Add(new CauseFinding { Name = "too_late", ManagedObject = "NRCellRelation=1-2" });
            return 1 - (double)OutlookScene.Of(scene.Model().Evaluate(actions), Success).P50!;
        }
        double nothing = Rest([]);
        Assert.Equal(Math.Exp(.5 * Prior), Rest([OutlookScene.Offset(0, 1)]) / nothing, .03);
        for (int i = 0; i < 40; i++)
        {
            book.Learn(Outcome(.92, 1 - .08 * Math.Exp(-.6), i) with
            {
                Expected = [new MetricExpectation { Metric = Success, P10 = .92, P50 = .93, P90 = .94 }], Before = [new(Success, .92)], Observed = [new(Success, 1 - .08 * Math.Exp(-.6))],
            });
        }
        Assert.Equal(Math.Exp(-.6), Rest([OutlookScene.Offset(0, 1)]) / nothing, .05);
    }

    [Fact]
    public void A_model_that_was_wrong_is_no_longer_certain()
    {
        const string Load = "NRCellDU=1/RRU.PrbTotDl";
        ResponseBook book = new();
        for (int i = 0; i < 20; i++)
        {
            book.Learn(new DecisionRecord
            {
                Executed = true, ReportSequence = (ulong)i + 1, Actions = [new("NRCellDU=1", "digitalTilt", 0, 10)], Expected = [new MetricExpectation { Metric = Load, P10 = 50, P50 = 50, P90 = 50 }],
                Before = [new(Load, 60)], Observed = [new(Load, i % 2 == 0 ? 55 : 45)],
            });
        }
        Assert.InRange(book.ErrorOf("RRU.PrbTotDl"), .08, .11);
        OutlookScene scene = new OutlookScene { Book = book, Answers = new OutlookScene.Answering((sum, _) => 60 - sum) }.AtMost(Load, 55);
        MetricExpectation expected = OutlookScene.Of(scene.Model().Evaluate([new("NRCellDU=1", "digitalTilt", 0, 10)]), Load);
        Assert.Equal(50, (double)expected.P50!, .1);
        Assert.InRange((double)(expected.P90 - expected.P10)!, 10, 14);
    }

    [Fact]
    public void Memory_is_bounded_and_the_newest_are_kept()
    {
        ResponseBook book = new();
        for (int i = 0; i < 3 * ResponseBook.EntriesMax; i++)
        {
            string metric = $"NRCellDU=1/m{i}";
            book.Learn(new DecisionRecord
            {
                Executed = true, ReportSequence = (ulong)i + 1, Actions = [new("NRCellDU=1", "digitalTilt", 0, 10)], Expected = [new MetricExpectation { Metric = metric, P10 = 5, P50 = 5, P90 = 5 }],
                Before = [new(metric, 6)], Observed = [new(metric, 9)],
            });
        }
        Assert.Equal(ResponseBook.EntriesMax, book.EffectCount);
        Assert.Equal(0, book.ErrorOf("m0"));
        Assert.True(book.ErrorOf($"m{3 * ResponseBook.EntriesMax - 1}") > 0);
    }

    [Fact]
    public void The_same_records_in_the_same_order_teach_the_same_bits()
    {
        ResponseBook one = new(), two = new();
        RandomStream random = new(12);
        for (int i = 0; i < 50; i++)
        {
            DecisionRecord record = Outcome(.08, .08 * Math.Exp(random.NextNormal()), i);
            one.Learn(record);
            two.Learn(record);
        }
        Assert.Equal(EffectOf(one, "too_late"), EffectOf(two, "too_late"));
    }

    [Theory]
    [InlineData("cellIndividualOffset", -2, 1, 3)]
    [InlineData("timeToTrigger", 160, 80, -3)]
    [InlineData("digitalTilt", 10, 25, 1.5)]
    [InlineData("unheardOf", 10, 25, 1)]
    public void Steps_have_the_unit_of_their_attribute(string attribute, double before, double after, double steps) =>
        Assert.Equal(steps, ActionReach.StepsOf(new ConfigurationChange("NRCellDU=1", attribute, before, after)));

    [Fact]
    public void A_switch_has_one_step()
    {
        static double Steps(string? before, string after) => ActionReach.StepsOf(new ConfigurationChange("NRCellDU=1", "administrativeState", before is null ? null : (MetadataValue)before, after));
        Assert.Equal([-1, 1, 0, -1, 0], [Steps("UNLOCKED", "LOCKED"), Steps("LOCKED", "UNLOCKED"), Steps("LOCKED", "LOCKED"), Steps(null, "LOCKED"), Steps(null, "UNLOCKED")]);
    }

    private static double Late(OutlookModel model, ConfigurationChange[] actions) => (double)OutlookScene.Of(model.Evaluate(actions), OutlookScene.Late).P50!;

    private static MetricPlace Late() => new(MetricReference.FromKey(OutlookScene.Late)!);

    private static double MeanOf(ResponseBook book, string cause) => EffectOf(book, cause).Mean;

    private static (double Mean, double Deviation) EffectOf(ResponseBook book, string cause)
    {
        double mean = 0, variance = 0;
        Assert.True(book.AddEffect(OutlookScene.Offset(0, 1), Late(), cause, false, ref mean, ref variance));
        return (mean, Math.Sqrt(variance));
    }

    private static DecisionRecord Outcome(double before, double after, int number, double spread = .1, double attempts = 0) => new()
    {
        Id = (ulong)number + 1,
        CauseName = "too_late",
        ManagedObject = "NRCellRelation=1-2",
        Actions = [OutlookScene.Offset(0, 1)],
        Expected = [new MetricExpectation { Metric = OutlookScene.Late, P10 = before * (1 - spread), P50 = before, P90 = before * (1 + spread) }],
        Before = attempts > 0 ? [new(OutlookScene.Late, before), new("NRCellRelation=1-2/MM.HoExeInterReq", attempts)] : [new(OutlookScene.Late, before)],
        Executed = true,
        ReportSequence = (ulong)number + 1,
        Observed = attempts > 0 ? [new(OutlookScene.Late, after), new("NRCellRelation=1-2/MM.HoExeInterReq", attempts)] : [new(OutlookScene.Late, after)],
    };
}
