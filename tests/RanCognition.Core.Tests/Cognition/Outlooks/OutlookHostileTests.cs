using RanCognition.Cognition.Outlooks;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Cognition;

/// <summary>Questions with little, nothing or nonsense to go by.</summary>
public sealed class OutlookHostileTests
{
    private const string Metric = "NRCellDU=1/x";

    [Fact]
    public void Without_targets_they_all_hold()
    {
        Outlook outlook = new OutlookScene().Model().Evaluate([OutlookScene.Offset(0, 1)]);
        Assert.Equal(1, outlook.ProbabilityOfTargets);
        Assert.True(double.IsNaN(outlook.Objective));
        Assert.Empty(outlook.Expected);
    }

    [Fact]
    public void Of_an_absent_metric_nothing_is_known()
    {
        OutlookScene scene = new OutlookScene().AtMost(Metric, 1);
        scene.Objectives.Add(new MetricReference("absent"));
        foreach (ConfigurationChange[] actions in (ConfigurationChange[][])[[], [new("NRCellDU=1", "digitalTilt", 0, 10)]])
        {
            Outlook outlook = scene.Model().Evaluate(actions);
            Assert.Equal(.5, outlook.ProbabilityOfTargets);
            Assert.True(double.IsNaN(outlook.TargetProbabilities[0]));
            Assert.True(double.IsNaN(outlook.Objective));
            Assert.Null(OutlookScene.Of(outlook, Metric).P50);
        }
    }

    [Fact]
    public void A_target_that_cannot_be_judged_halves_what_the_others_give()
    {
        OutlookScene scene = new OutlookScene().With("NRCellDU=1/y", ActionOutlookTests.Noise(50, 3, 24)).AtMost("NRCellDU=1/y", 50);
        double alone = scene.Model().Evaluate([]).ProbabilityOfTargets;
        Outlook both = scene.AtMost(Metric, 3).Model().Evaluate([]);
        Assert.Equal(alone / 2, both.ProbabilityOfTargets);
        Assert.Equal(alone, both.TargetProbabilities[0]);
        Assert.True(double.IsNaN(both.TargetProbabilities[1]));
    }

    [Fact]
    public void Of_a_relation_without_attempts_no_rate_is_known()
    {
        Outlook outlook = new OutlookScene()
            .With("NRCellRelation=1-2/HO.IntraSys.TooLate", new double[24]).With("NRCellRelation=1-2/MM.HoExeInterReq", new double[24])
            .AtMost(OutlookScene.Late, .05).Model().Evaluate([OutlookScene.Offset(0, 1)]);
        Assert.Null(OutlookScene.Of(outlook, OutlookScene.Late).P50);
        Assert.Equal(.5, outlook.ProbabilityOfTargets);
    }

    [Fact]
    public void A_relation_without_cases_is_expected_to_have_few()
    {
        double[] attempts = new double[24];
        Array.Fill(attempts, 200);
        Outlook outlook = new OutlookScene()
            .With("NRCellRelation=1-2/HO.IntraSys.TooLate", new double[24]).With("NRCellRelation=1-2/MM.HoExeInterReq", attempts)
            .AtMost(OutlookScene.Late, .05).Model().Evaluate([]);
        Assert.Equal(1, outlook.ProbabilityOfTargets);
        Assert.InRange((double)OutlookScene.Of(outlook, OutlookScene.Late).P90!, 0, .002);
    }

    [Fact]
    public void One_value_alone_is_taken_to_be_a_fifth_uncertain()
    {
        Outlook outlook = new OutlookScene().Now(Metric, 50).AtMost(Metric, 60).Model().Evaluate([]);
        Assert.Equal(NormalQuantiles.Cdf(1), outlook.ProbabilityOfTargets, .002);
        Assert.Equal(50 - 10 * 1.2816, (double)OutlookScene.Of(outlook, Metric).P10!, .02);
    }

    [Theory]
    [InlineData(1e308)]
    [InlineData(-1e308)]
    [InlineData(1e-308)]
    [InlineData(0)]
    public void Sizes_at_the_edge_of_numbers_stay_numbers_in_order(double size)
    {
        foreach (int count in (int[])[1, 2, 5, 11, 12, 24, 200])
        {
            RandomStream random = new((ulong)count);
            double[] values = new double[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = i % 7 == 3 ? double.NaN : size * random.NextDouble() * (i % 5 == 4 ? -1 : 1);
            }
            OutlookScene scene = new OutlookScene().With(Metric, values).With("NRCellDU=1/y", values).AtMost(Metric, size).AtMost(Metric + " / NRCellDU=1/y", 1);
            scene.Objectives.Add(new MetricReference(Metric));
            foreach (ConfigurationChange[] actions in (ConfigurationChange[][])[[], [new("NRCellDU=1", "digitalTilt", -900, 900)], [new("NRCellDU=1", "configuredMaxTxPower", 1e300, -1e300)]])
            {
                Outlook outlook = scene.Model().Evaluate(actions);
                Assert.InRange(outlook.ProbabilityOfTargets, 0, 1);
                Assert.True(double.IsFinite(outlook.Objective));
                foreach (MetricExpectation expected in outlook.Expected)
                {
                    Assert.True(expected.P50 is null || (double.IsFinite((double)expected.P10!) && expected.P10 <= expected.P50 && expected.P50 <= expected.P90 && double.IsFinite((double)expected.P90!)));
                }
            }
        }
    }

    [Fact]
    public void Histories_of_every_shape_give_quantiles_in_order()
    {
        for (int trial = 0; trial < 400; trial++)
        {
            RandomStream random = new((ulong)trial + 1000);
            int count = 1 + (int)(random.NextDouble() * 60), window = 1 + (int)(random.NextDouble() * 12);
            double[] cases = new double[count], attempts = new double[count];
            for (int i = 0; i < count; i++)
            {
                attempts[i] = random.NextDouble() < .2 ? 0 : random.NextDouble() < .1 ? double.NaN : Math.Floor(random.NextDouble() * Math.Pow(10, trial % 7));
                cases[i] = random.NextDouble() < .1 ? double.NaN : Math.Floor(attempts[i] * random.NextDouble() * (trial % 3 == 0 ? 1.05 : .3));
            }
            OutlookScene scene = new OutlookScene { Window = window, Seed = (ulong)trial }
                .With("NRCellRelation=1-2/HO.IntraSys.TooLate", cases).With("NRCellRelation=1-2/MM.HoExeInterReq", attempts).AtMost(OutlookScene.Late, .1)
                .AtMost("NRCellRelation=1-2/HO.IntraSys.TooLate", 5).AtLeast("NRCellRelation=1-2/MM.HoExeInterReq", 5);
            foreach (ConfigurationChange[] actions in (ConfigurationChange[][])[[], [OutlookScene.Offset(0, 3)], [OutlookScene.Offset(0, -24)]])
            {
                Outlook outlook = scene.Model().Evaluate(actions);
                foreach (MetricExpectation expected in outlook.Expected.Where(expected => expected.P50 is not null))
                {
                    Assert.True(expected.P10 >= 0 && expected.P10 <= expected.P50 && expected.P50 <= expected.P90, $"trial {trial}: {expected.Metric} {expected.P10} {expected.P50} {expected.P90}");
                }
                Assert.InRange(outlook.ProbabilityOfTargets, 0, 1);
            }
        }
    }

    [Fact]
    public void A_deadline_makes_for_fewer_futures_and_much_the_same_numbers()
    {
        double[] values = ActionOutlookTests.Noise(50, 3, 24);
        OutlookModel calm = new OutlookScene().With(Metric, values).AtMost(Metric, 51).Model();
        OutlookModel hurried = new OutlookScene { DeadlineNs = 1000 }.With(Metric, values).AtMost(Metric, 51).Model();
        Assert.Equal(1024, calm.Scenarios);
        Assert.Equal(256, hurried.Scenarios);
        Assert.Equal(calm.Evaluate([]).ProbabilityOfTargets, hurried.Evaluate([]).ProbabilityOfTargets, .05);
    }

    [Theory]
    [InlineData(5000, null, 1024)]
    [InlineData(5000, 10_000_000_000UL, 1024)]
    [InlineData(5000, 500_000_000UL, 512)]
    [InlineData(5000, 100_000_000UL, 256)]
    [InlineData(10, 100_000_000UL, 1024)]
    public void Many_candidates_under_a_deadline_are_judged_in_fewer_futures(int candidates, ulong? deadlineNs, int futures)
    {
        OutlookModel model = new OutlookScene { DeadlineNs = deadlineNs, Candidates = candidates }.With(Metric, ActionOutlookTests.Noise(50, 3, 24)).AtMost(Metric, 51).Model();
        Assert.Equal(futures, model.Scenarios);
    }

    [Fact]
    public void Ranks_are_those_of_sorting_but_for_values_that_are_all_but_equal()
    {
        ScenarioScores scores = ScenarioScores.Of(512);
        RandomStream random = new(21);
        double[] values = new double[512];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i % 50 == 0 ? 9 - i : random.NextNormal();
        }
        int[] ranks = new int[512];
        scores.Rank(values, ranks);
        Assert.Equal(Enumerable.Range(0, 512), ranks.Order());
        for (int i = 0; i < 512; i++)
        {
            for (int j = 0; j < 512; j++)
            {
                Assert.True(values[i] <= values[j] + 1 / 512.0 || ranks[i] > ranks[j] || values[i] > 4 || values[j] < -4);
            }
        }
    }

    [Fact]
    public void Each_metric_meets_each_part_of_the_noise_once()
    {
        foreach (int count in (int[])[256, 512, 1024])
        {
            ScenarioScores scores = ScenarioScores.Of(count);
            int[] first = new int[count], second = new int[count];
            for (ulong seed = 0; seed < 50; seed++)
            {
                scores.Order(ScenarioScores.SeedOf(seed, "a", 0), first);
                scores.Order(ScenarioScores.SeedOf(seed, "b", 0), second);
                Assert.Equal(Enumerable.Range(0, count), first.Order());
                double correlation = 0;
                for (int i = 0; i < count; i++)
                {
                    correlation += scores.Scores[first[i]] * scores.Scores[second[i]] / count;
                }
                Assert.InRange(correlation, -.25, .25);
            }
        }
    }
}
