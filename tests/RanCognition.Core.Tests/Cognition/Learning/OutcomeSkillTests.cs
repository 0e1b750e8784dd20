using System.Globalization;
using RanCognition.Cognition.Learning;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.Tests.Cognition;

public sealed class OutcomeSkillTests
{
    private const string Rate = "NRCellRelation=1-2/HO.IntraSys.TooLate / NRCellRelation=1-2/MM.HoExeInterReq";
    private const string RateFamily = "HO.IntraSys.TooLate / MM.HoExeInterReq";

    [Fact]
    public void Skill_of_one_family_is_one_minus_the_quotient_of_the_errors()
    {
        OutcomeSkill skill = new();
        skill.Learn(Record(Expect("NRCellDU=1/A", 9, 10, 11), before: 14, observed: 12));   // off by 2, persistence by 2
        skill.Learn(Record(Expect("NRCellDU=2/A", 0, 1, 9), before: 9, observed: 2));   // off by 1, persistence by 7
        Assert.Equal(1 - 3.0 / 9, skill.Skill!.Value, 1e-15);
        Assert.Equal(0.5, skill.Coverage!.Value);
    }

    [Fact]
    public void Units_of_a_family_do_not_matter()
    {
        double[] skills = new double[2];
        for (int variant = 0; variant < 2; variant++)
        {
            OutcomeSkill skill = new();
            RandomStream random = new(4);
            for (int i = 0; i < 100; i++)
            {
                double unit = variant == 0 ? 1 : 1e9, before = random.NextNormal(), observed = before + random.NextNormal(), other = random.NextNormal();
                skill.Learn(Record(Expect("a/Small", null, observed + 0.1 * random.NextNormal(), null), before, observed));
                skill.Learn(Record(Expect("a/Large", null, unit * (other + 2 * random.NextNormal()), null), unit * (other + random.NextNormal()), unit * other));
            }
            skills[variant] = skill.Skill!.Value;
        }
        Assert.Equal(skills[0], skills[1], 1e-9);
        Assert.InRange(skills[0], 0.1, 0.6);   // one family is foretold well, the other badly: neither drowns the other
    }

    [Fact]
    public void What_was_not_executed_says_nothing_of_what_was_expected_of_it()
    {
        OutcomeSkill skill = new();
        DecisionRecord record = Record(Expect("a/A", 0, 1, 2), 0, 1);
        skill.Learn(record with { Executed = false });
        skill.Learn(record with { Executed = null });
        Assert.Null(skill.Skill);
        skill.Learn(record with { Executed = null, Actions = [] });
        Assert.Equal(1, skill.Skill);
    }

    [Fact]
    public void A_quotient_is_observed_by_its_parts()
    {
        OutcomeSkill skill = new();
        skill.Learn(Record(Expect(Rate, 0.01, 0.05, 0.1), 0, 0) with
        {
            Before = [new("NRCellRelation=1-2/HO.IntraSys.TooLate", 12), new("NRCellRelation=1-2/MM.HoExeInterReq", 100)],
            Observed = [new("NRCellRelation=1-2/MM.HoExeInterReq", 200), new("NRCellRelation=1-2/HO.IntraSys.TooLate", 8)],
        });
        Assert.Equal(1 - 0.01 / 0.08, skill.Skill!.Value, 1e-12);
        Assert.Equal(1, skill.Coverage);
    }

    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(3, 1)]
    [InlineData(0.4, 100)]
    [InlineData(3, 700)]
    public void Intervals_that_are_too_narrow_or_too_wide_come_to_hold_what_they_should(double width, int lateness)
    {
        OutcomeSkill skill = new();
        RandomStream random = new(21);
        double right = NormalQuantiles.Quantile(0.9);
        int covered = 0, counted = 0;
        List<DecisionRecord> open = [];
        for (int i = 0; i < 4000; i++)
        {
            double scale = skill.ScaleOf(RateFamily, changed: false), half = width * right * scale, observed = random.NextNormal();
            MetricExpectation expected = new() { Metric = Rate, P10 = -half, P50 = 0, P90 = half, Scale = scale };
            open.Add(Record(expected, 0, observed));
            if (i >= 2000)
            {
                covered += Math.Abs(observed) <= half ? 1 : 0;
                counted++;
            }
            if (open.Count >= lateness)
            {
                open.ForEach(skill.Learn);
                open.Clear();
            }
        }
        Assert.InRange((double)covered / counted, 0.75, 0.85);
        Assert.Equal(skill.ScaleOf(RateFamily, changed: false), skill.ScaleOf(Rate, changed: false));
        Assert.Equal(1, skill.ScaleOf("another", changed: false));
    }

    [Fact]
    public void Intervals_of_what_is_changed_and_of_what_is_left_alone_hold_what_they_should_each_by_itself()
    {
        OutcomeSkill skill = new();
        RandomStream random = new(77);
        int[] covered = new int[2], counted = new int[2];
        for (int i = 0; i < 6000; i++)
        {
            bool changed = random.NextDouble() < 0.6;
            double scale = skill.ScaleOf(RateFamily, changed), observed = (changed ? 3 : 0.5) * random.NextNormal();
            skill.Learn(Record(new MetricExpectation { Metric = Rate, P10 = -scale, P50 = 0, P90 = scale, Scale = scale, IsChanged = changed }, 0, observed));
            covered[changed ? 1 : 0] += Math.Abs(observed) <= scale ? 1 : 0;
            counted[changed ? 1 : 0]++;
        }
        Assert.InRange((double)covered[0] / counted[0], 0.78, 0.82);
        Assert.InRange((double)covered[1] / counted[1], 0.78, 0.82);
    }

    [Fact]
    public void Coverage_of_reported_intervals_keeps_the_bound_also_when_the_world_changes()
    {
        OutcomeSkill skill = new();
        RandomStream random = new(5);
        const int Steps = 3000;
        for (int i = 0; i < Steps; i++)
        {
            double scale = skill.ScaleOf("A", changed: false), spread = i / 500 % 2 == 0 ? 0.3 : 3;
            skill.Learn(Record(new MetricExpectation { Metric = "a/A", P10 = -scale, P50 = 0, P90 = scale, Scale = scale }, 0, spread * random.NextNormal()));
        }
        double bound = new CoverageRecord(0.8).Reach(0.02) / Steps;
        Assert.InRange(skill.Coverage!.Value, 0.8 - bound, 0.8 + bound);
    }

    [Fact]
    public void Numbers_without_meaning_are_passed_over()
    {
        OutcomeSkill skill = new();
        skill.Learn(Record(Expect("a/A", double.NaN, double.NaN, double.NaN), double.NaN, 1));
        skill.Learn(Record(Expect("a/A", 3, 2, 1), double.PositiveInfinity, 1));
        skill.Learn(Record(Expect("a/A", 0, 1, 2), 1, double.NaN));
        skill.Learn(Record(Expect("a/A", double.NegativeInfinity, 0, double.PositiveInfinity), 1, 1e308));
        skill.Learn(Record(Expect("a/A", -1e308, 0, 1e308), -1e308, 1e308));
        skill.Learn(Record(Expect("a/A", 1, 1, 1), 1, 5));
        skill.Learn(Record(new MetricExpectation { Metric = "a/A", P10 = 0, P50 = 1, P90 = 2, Scale = 0 }, 1, 5));
        skill.Learn(Record(Expect("", 0, 1, 2), 1, 2));
        Assert.True(double.IsFinite(skill.Skill!.Value));
        Assert.InRange(skill.Coverage!.Value, 0, 1);
        Assert.InRange(skill.ScaleOf("A", changed: false), 1.0 / 16, 16);
    }

    [Fact]
    public void Families_are_bounded_and_later_ones_are_learned_about_together()
    {
        OutcomeSkill skill = new();
        for (int i = 0; i < OutcomeSkill.FamiliesMax + 500; i++)
        {
            skill.Learn(Record(Expect("a/F" + i.ToString(CultureInfo.InvariantCulture), -0.1, 0, 0.1), 1, 1));
        }
        Assert.Equal(0, skill.Coverage);
        Assert.True(skill.ScaleOf("F9999", changed: false) > 4);
        Assert.True(skill.ScaleOf("F1", changed: false) < 3);
    }

    private static MetricExpectation Expect(string metric, double? p10, double? p50, double? p90) => new() { Metric = metric, P10 = p10, P50 = p50, P90 = p90 };

    private static DecisionRecord Record(MetricExpectation expected, double before, double observed) => new()
    {
        Actions = [new ConfigurationChange("NRCellCU=1", "hysteresis", null, new MetadataValue.Number(1))],
        Executed = true,
        Expected = [expected],
        Before = [new(expected.Metric, before)],
        Observed = [new(expected.Metric, observed)],
    };
}
