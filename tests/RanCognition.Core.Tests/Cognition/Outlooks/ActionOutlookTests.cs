using RanCognition.Cognition.Outlooks;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Cognition;

/// <summary>What is expected after changes.</summary>
public sealed class ActionOutlookTests
{
    private const string Load = "NRCellDU=1/RRU.PrbTotDl";
    private const string Speed = "NRCellDU=1/DRB.UEThpDl";

    [Fact]
    public void A_raised_offset_is_expected_to_help_late_handovers_and_to_hurt_early_ones_more_with_every_step()
    {
        OutlookModel model = Faulty().Model();
        double late = double.PositiveInfinity, early = 0;
        foreach (double step in (double[])[0, 1, 2, 3])
        {
            Outlook outlook = model.Evaluate(step == 0 ? [] : [OutlookScene.Offset(0, step)]);
            double nowLate = (double)OutlookScene.Of(outlook, OutlookScene.Late).P50!, nowEarly = (double)OutlookScene.Of(outlook, OutlookScene.Early).P50!;
            Assert.True(nowLate < late && nowEarly > early, $"step {step}: late {nowLate}, early {nowEarly}");
            (late, early) = (nowLate, nowEarly);
        }
        double before = (double)OutlookScene.Of(model.Evaluate([]), OutlookScene.Late).P50!;
        double after = (double)OutlookScene.Of(model.Evaluate([OutlookScene.Offset(0, 1)]), OutlookScene.Late).P50!;
        Assert.Equal(Math.Exp(-.25), after / before, .03);
    }

    [Theory]
    [InlineData("a3Offset", 3, 2)]
    [InlineData("hysteresis", 1, .5)]
    [InlineData("timeToTrigger", 160, 128)]
    public void Attributes_of_the_cell_that_hasten_handovers_help_late_ones_on_its_relations_and_nowhere_else(string attribute, double before, double after)
    {
        OutlookModel model = Faulty().Model();
        double nothing = Late(model.Evaluate([])), own = Late(model.Evaluate([new("NRCellCU=1", attribute, before, after)]));
        Assert.True(own < nothing, $"{own} {nothing}");
        Assert.Equal(nothing, Late(model.Evaluate([new("NRCellCU=7", attribute, before, after)])));
        Assert.Equal(nothing, Late(model.Evaluate([new("NRCellCU=1", attribute, before, before)])));
    }

    [Fact]
    public void A_change_elsewhere_leaves_every_number_as_it_is()
    {
        OutlookModel model = Faulty().Model();
        Outlook nothing = model.Evaluate([]), elsewhere = model.Evaluate([OutlookScene.Offset(0, 2, "NRCellRelation=3-4")]);
        Assert.Equal(nothing.ProbabilityOfTargets, elsewhere.ProbabilityOfTargets);
        Assert.Equal(nothing.Expected.Select(expected => expected.P90), elsewhere.Expected.Select(expected => expected.P90));
    }

    [Fact]
    public void An_attribute_that_nothing_is_known_of_widens_but_does_not_move()
    {
        OutlookModel model = new OutlookScene().With(Speed, Noise(40, 2, 24)).AtLeast(Speed, 35).Model();
        MetricExpectation before = OutlookScene.Of(model.Evaluate([]), Speed), after = OutlookScene.Of(model.Evaluate([new("NRCellDU=1", "somethingNew", 1, 2)]), Speed);
        Assert.Equal((double)before.P50!, (double)after.P50!, .3);
        Assert.True(after.P90 - after.P10 > 1.5 * (before.P90 - before.P10));
    }

    [Fact]
    public void With_a_deterministic_model_and_nothing_else_the_future_is_the_models_value()
    {
        OutlookScene scene = new OutlookScene { Answers = new OutlookScene.Answering((sum, metric) => metric == Load ? 90 - 7 * sum : double.NaN) }.AtMost(Load, 80).AtMost(Load, 62);
        scene.Objectives.Add(new MetricReference(Load));
        OutlookModel model = scene.Model();
        for (int step = 0; step <= 6; step++)
        {
            Outlook outlook = model.Evaluate(step == 0 ? [] : [OutlookScene.Offset(0, step)]);
            double value = 90 - 7 * step;
            MetricExpectation expected = OutlookScene.Of(outlook, Load);
            Assert.Equal([value, value, value], [expected.P10, expected.P50, expected.P90]);
            Assert.Equal(value, outlook.Objective, 1e-9);
            Assert.Equal([value <= 80 ? 1 : 0, value <= 62 ? 1 : 0], outlook.TargetProbabilities);
            Assert.Equal(value <= 62 ? 1 : 0, outlook.ProbabilityOfTargets);
        }
    }

    [Fact]
    public void A_model_that_agrees_with_the_present_is_believed_and_one_that_does_not_moves_the_present_by_its_factor()
    {
        OutlookScene.Answering answers = new((sum, _) => 100 - 10 * sum);
        MetricExpectation Expected(double present) =>
            OutlookScene.Of(new OutlookScene { Answers = answers }.Now(Speed, present).AtMost(Speed, 1).Model().Evaluate([OutlookScene.Offset(0, 2)]), Speed);
        MetricExpectation agreed = Expected(100), off = Expected(110);
        Assert.Equal([80, 80, 80], [agreed.P10, agreed.P50, agreed.P90]);
        Assert.Equal(88, (double)off.P50!, .05);
        Assert.Equal(88 * Math.Exp(1.2816 * Math.Log(1.1)), (double)off.P90!, .05);
    }

    [Fact]
    public void A_models_factor_is_applied_to_what_history_expects_and_a_bounded_metric_stays_in_bounds()
    {
        OutlookScene scene = new OutlookScene { Answers = new OutlookScene.Answering((sum, metric) => metric == Load ? 50 + 20 * sum : 30 - 3 * sum) }
            .With(Load, Noise(95, 1, 24)).With(Speed, Noise(40, 1, 24)).AtMost(Load, 99).AtMost(Speed, 1);
        OutlookModel model = scene.Model();
        Outlook nothing = model.Evaluate([]), outlook = model.Evaluate([OutlookScene.Offset(0, 2)]);
        Assert.Equal(.8 * (double)OutlookScene.Of(nothing, Speed).P50!, (double)OutlookScene.Of(outlook, Speed).P50!, .3);
        MetricExpectation load = OutlookScene.Of(outlook, Load);
        Assert.InRange((double)load.P50!, 98, 100);   // a fifth of what was left: 90 of 100 after 50
        Assert.True(load.P90 <= 100);
    }

    [Fact]
    public void The_probability_of_targets_is_that_of_brute_force_over_the_same_model()
    {
        // Constant levels with normal noise, an effect of the prior: value = mean * exp(N(-.25, .25)) for one step.
        OutlookModel model = Faulty().Model();
        MetricExpectation base0 = OutlookScene.Of(model.Evaluate([]), OutlookScene.Late);
        double center = (double)base0.P50!, spread = (double)(base0.P90! - base0.P10!) / 2 / 1.2816;
        RandomStream random = new(5);
        int holds = 0;
        const int Draws = 200_000;
        for (int i = 0; i < Draws; i++)
        {
            holds += (center + spread * random.NextNormal()) * Math.Exp(-.25 + .25 * random.NextNormal()) <= .07 ? 1 : 0;
        }
        Outlook outlook = model.Evaluate([OutlookScene.Offset(0, 1)]);
        Assert.Equal(holds / (double)Draws, outlook.TargetProbabilities[0], .03);
        Assert.Equal(outlook.TargetProbabilities[0] * outlook.TargetProbabilities[1], outlook.ProbabilityOfTargets, .04);   // they are independent
    }

    [Fact]
    public void A_learned_interval_scale_widens_around_the_middle()
    {
        OutlookScene plain = Faulty(), wide = Faulty();
        wide.Widths.Known["HO.IntraSys.TooLate / MM.HoExeInterReq"] = 2;
        foreach (ConfigurationChange[] actions in (ConfigurationChange[][])[[], [OutlookScene.Offset(0, 1)]])
        {
            MetricExpectation one = OutlookScene.Of(plain.Model().Evaluate(actions), OutlookScene.Late), two = OutlookScene.Of(wide.Model().Evaluate(actions), OutlookScene.Late);
            Assert.Equal(one.P50, two.P50);
            Assert.Equal((double)(2 * (one.P90 - one.P50))!, (double)(two.P90 - two.P50)!, 1e-12);
            Assert.Equal(Math.Max(0, (double)(one.P50 - 2 * (one.P50 - one.P10))!), (double)two.P10!, 1e-12);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_whatever_is_asked_before()
    {
        OutlookModel first = Faulty().Model(), second = Faulty().Model();
        second.Evaluate([OutlookScene.Offset(0, 3)]);
        second.Evaluate([OutlookScene.Offset(0, -4)]);
        Outlook one = first.Evaluate([OutlookScene.Offset(0, 2)]), two = second.Evaluate([OutlookScene.Offset(0, 2)]);
        Assert.Equal(one.ProbabilityOfTargets, two.ProbabilityOfTargets);
        Assert.Equal(one.TargetProbabilities, two.TargetProbabilities);
        Assert.Equal(one.Expected.Select(expected => (expected.P10, expected.P50, expected.P90)), two.Expected.Select(expected => (expected.P10, expected.P50, expected.P90)));
    }

    [Fact]
    public void Only_targets_whose_metrics_change_are_judged_again()
    {
        OutlookScene scene = new OutlookScene().With(Speed, Noise(40, 2, 24)).With("NRCellDU=9/DRB.UEThpDl", Noise(40, 2, 24)).AtLeast(Speed, 39).AtLeast("NRCellDU=9/DRB.UEThpDl", 39);
        OutlookModel model = scene.Model();
        int before = scene.Targets.Judged;
        model.Evaluate([new("NRCellDU=9", "digitalTilt", 0, 10)]);
        Assert.Equal(before + model.Scenarios, scene.Targets.Judged);
    }

    private static double Late(Outlook outlook) => (double)OutlookScene.Of(outlook, OutlookScene.Late).P50!;

    internal static OutlookScene Faulty(ResponseBook? book = null)
    {
        RandomStream random = new(2);
        (double[] late, double[] attempts) = NothingDoneTests.Relation(ref random, 400, .08, 24, 0);
        (double[] early, _) = NothingDoneTests.Relation(ref random, 380, .02, 24, 0);
        return new OutlookScene { Book = book ?? new ResponseBook() }
            .With("NRCellRelation=1-2/HO.IntraSys.TooLate", late).With("NRCellRelation=1-2/HO.IntraSys.TooEarly", early).With("NRCellRelation=1-2/MM.HoExeInterReq", attempts)
            .AtMost(OutlookScene.Late, .07).AtMost(OutlookScene.Early, .023);
    }

    internal static double[] Noise(double mean, double deviation, int count)
    {
        RandomStream random = new(8);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = mean + deviation * random.NextNormal();
        }
        return values;
    }
}
