using RanCognition.Contracts;
using RanCognition.Memory.Learning;
using RanCognition.Numerics;

namespace RanCognition.Tests.Memory.Learning;

public class SkillDistillerTests
{
    private const ulong Hour = 3_600_000_000_000;
    private const ulong Now = 500_000 * Hour;

    private static readonly SkillsAnalysis Plain = new();

    private static ConfigurationChange[] Tilt(int cell, double by, double from = 40) =>
        [new($"NRCellDU={cell}", "digitalTilt", new MetadataValue.Number(from), new MetadataValue.Number(from + by))];

    private static EpisodeFacts Fact(ulong id, IReadOnlyList<ConfigurationChange> action, bool? success, double? reward = null, float at = 0, ulong? timeNs = null) => new()
    {
        Id = id,
        TimeNs = timeNs ?? Now - 1000 + id,
        Action = action,
        Situation = [new("RRU.PrbTotDl", 50 + 10 * at)],
        Point = new[] { at },
        Success = success,
        Reward = reward,
    };

    [Fact]
    public void An_action_has_its_counts_rate_interval_reward_and_typical_situation()
    {
        List<EpisodeFacts> episodes = [];
        for (ulong id = 1; id <= 10; id++)
        {
            episodes.Add(Fact(id, Tilt((int)id, 5), id <= 8, id, id / 100f));
        }
        Skill skill = Assert.Single(SkillDistiller.Distill(episodes, Plain, Now));
        Assert.Equal(10, skill.Count);
        Assert.Equal(.8, skill.SuccessRate!.Value, 12);
        Assert.Equal(.4902, skill.Lower!.Value, 4);   // Wilson, 8 of 10
        Assert.Equal(.9433, skill.Upper!.Value, 4);
        Assert.Equal(5.5, skill.MeanReward!.Value, 12);
        Assert.Equal("RRU.PrbTotDl", Assert.Single(skill.Situation).Key);
        Assert.Equal(50.55, skill.Situation[0].Value, 5);
        Assert.Equal([10UL, 9, 8, 7, 6, 5, 4, 3, 2, 1], skill.Episodes);
        Assert.Equal(Tilt(10, 5), skill.Action);
    }

    [Fact]
    public void Kinds_of_actions_are_apart_none_is_one_of_them_and_the_surest_comes_first()
    {
        List<EpisodeFacts> episodes = [];
        for (ulong id = 1; id <= 60; id++)
        {
            bool up = id % 3 == 0, none = id % 3 == 1;
            episodes.Add(Fact(id, none ? [] : Tilt((int)id % 7, up ? 5 : -5), up || id % 2 == 0));
        }
        IReadOnlyList<Skill> skills = SkillDistiller.Distill(episodes, Plain, Now);
        Assert.Equal(3, skills.Count);
        Assert.Equal(1, skills[0].SuccessRate);
        Assert.All(skills, skill => Assert.Equal(20, skill.Count));
        Assert.Contains(skills, skill => skill.Action.Count == 0 && skill.SuccessRate == .5);
        Assert.Equal(skills.OrderByDescending(skill => skill.Lower), skills);
    }

    [Fact]
    public void One_action_in_two_situations_is_two_skills()
    {
        RandomStream random = new(6);
        List<EpisodeFacts> episodes = [];
        for (ulong id = 1; id <= 80; id++)
        {
            bool busy = id % 2 == 0;
            episodes.Add(Fact(id, Tilt(1, 5), busy == (id % 10 > 1), null, (busy ? 8 : 0) + .5f * (float)random.NextNormal()));
        }
        IReadOnlyList<Skill> skills = SkillDistiller.Distill(episodes, Plain, Now);
        Assert.Equal(2, skills.Count);
        Assert.Equal((.8, .2), (skills[0].SuccessRate!.Value, skills[1].SuccessRate!.Value));
        Assert.InRange(skills[0].Situation[0].Value, 125, 135);
        Assert.InRange(skills[1].Situation[0].Value, 47, 53);
        Assert.All(skills[0].Episodes, id => Assert.Equal(0UL, id % 2));
    }

    [Fact]
    public void Fewer_than_asked_for_are_no_skill()
    {
        List<EpisodeFacts> episodes = [Fact(1, Tilt(1, 5), true), Fact(2, Tilt(1, 5), true), Fact(3, [], true)];
        Assert.Empty(SkillDistiller.Distill(episodes, Plain, Now));
        Assert.Equal(2, Assert.Single(SkillDistiller.Distill(episodes, Plain with { MinCount = 2 }, Now)).Count);
        Assert.Equal(2, SkillDistiller.Distill(episodes, Plain with { MinCount = 0 }, Now).Count);
        Assert.Empty(SkillDistiller.Distill([], Plain, Now));
        Assert.Equal(1, Assert.Single(SkillDistiller.Distill([episodes[0]], Plain with { MinCount = 1 }, Now)).Count);
    }

    [Fact]
    public void What_is_not_known_has_no_rate_and_no_reward()
    {
        List<EpisodeFacts> episodes = [];
        for (ulong id = 1; id <= 6; id++)
        {
            episodes.Add(Fact(id, Tilt(1, 5), null, 2));
            episodes.Add(Fact(10 + id, [], id <= 2 ? true : null));
        }
        IReadOnlyList<Skill> skills = SkillDistiller.Distill(episodes, Plain, Now);
        Assert.Equal(2, skills.Count);
        Assert.Equal((1.0, (double?)null), (skills[0].SuccessRate!.Value, skills[0].MeanReward));
        Assert.Equal(Interval.Wilson(1, 2, .95), (skills[0].Lower!.Value, skills[0].Upper!.Value));
        Assert.Equal((null, null, null), (skills[1].SuccessRate, skills[1].Lower, skills[1].Upper));
        Assert.Equal(2, skills[1].MeanReward!.Value, 12);
    }

    [Fact]
    public void Older_episodes_count_less_and_the_interval_says_so()
    {
        List<EpisodeFacts> episodes = [];
        for (ulong id = 1; id <= 8; id++)
        {
            episodes.Add(Fact(id, Tilt(1, 5), id <= 4, id <= 4 ? 1 : 0, 0, Now - (id <= 4 ? 3 * Hour : Hour)));
        }
        Skill skill = Assert.Single(SkillDistiller.Distill(episodes, Plain with { HalfLifeNs = Hour }, Now));
        // By hand: four successes of weight 1/8 and four failures of weight 1/2.
        Assert.Equal(.2, skill.SuccessRate!.Value, 12);
        Assert.Equal(.2, skill.MeanReward!.Value, 12);
        Assert.Equal(8, skill.Count);
        var expected = Interval.Wilson(.2, 2.5, .95);
        Assert.Equal(expected.Lower, skill.Lower!.Value, 12);
        Assert.Equal(expected.Upper, skill.Upper!.Value, 12);
        Skill old = Assert.Single(SkillDistiller.Distill(episodes, Plain with { HalfLifeNs = 1 }, ulong.MaxValue));
        Assert.InRange(old.Upper!.Value - old.Lower!.Value, .999, 1);
    }

    [Fact]
    public void The_action_shown_is_the_most_frequent_real_one()
    {
        List<EpisodeFacts> episodes = [Fact(1, Tilt(3, 5), true), Fact(2, Tilt(3, 5), true), Fact(3, Tilt(1, 4), true), Fact(4, Tilt(2, 5), true), Fact(5, Tilt(9, 4), true)];
        Assert.Equal(Tilt(3, 5), Assert.Single(SkillDistiller.Distill(episodes, Plain, Now)).Action);
    }

    [Fact]
    public void The_order_of_the_episodes_changes_nothing()
    {
        RandomStream random = new(17);
        List<EpisodeFacts> episodes = [];
        for (ulong id = 1; id <= 300; id++)
        {
            episodes.Add(Fact(id, Tilt(1, 1 << (int)(random.NextBits() % 3)), random.NextDouble() < .5, random.NextNormal(), (float)((random.NextBits() % 2 * 9) + random.NextNormal())));
        }
        IReadOnlyList<Skill> skills = SkillDistiller.Distill(episodes, Plain with { HalfLifeNs = Hour }, Now);
        episodes.Reverse();
        IReadOnlyList<Skill> again = SkillDistiller.Distill(episodes, Plain with { HalfLifeNs = Hour }, Now);
        Assert.Equal(6, skills.Count);
        Assert.Equal(skills.Select(Text), again.Select(Text));
        Assert.Equal(300, skills.Sum(skill => skill.Count));
        Assert.All(skills, skill => Assert.InRange(skill.Episodes.Count, 1, 100));

        static string Text(Skill skill) => $"{skill.Count} {skill.SuccessRate:R} {skill.Lower:R} {skill.Upper:R} {skill.MeanReward:R} {string.Join(' ', skill.Situation)} {string.Join(' ', skill.Episodes)}";
    }

    [Fact]
    public void Strange_numbers_do_not_come_out()
    {
        RandomStream random = new(23);
        double[] strange = [1e300, -1e300, double.MaxValue, double.MinValue, 0, -0.0, double.Epsilon, double.NaN, double.PositiveInfinity];
        List<EpisodeFacts> episodes = [];
        for (ulong id = 1; id <= 400; id++)
        {
            double odd = strange[random.NextBits() % (ulong)strange.Length];
            episodes.Add(new EpisodeFacts
            {
                Id = id,
                TimeNs = random.NextBits() >> (int)(random.NextBits() % 64),
                Action = random.NextBits() % 4 == 0 ? [] : Tilt(1, random.NextBits() % 2 == 0 ? 5 : odd),
                Situation = random.NextBits() % 3 == 0 ? [] : [new("a", odd), new("b", 1)],
                Point = random.NextBits() % 3 == 0 ? ReadOnlyMemory<float>.Empty : new[] { (float)odd, float.NaN, 1 },
                Reward = random.NextBits() % 3 == 0 ? null : odd,
                Success = random.NextBits() % 3 == 0 ? null : random.NextBits() % 2 == 0,
            });
        }
        IReadOnlyList<Skill> skills = SkillDistiller.Distill(episodes, Plain with { HalfLifeNs = 3 * Hour, MinCount = 1 }, Now);
        Assert.NotEmpty(skills);
        Assert.Equal(400, skills.Sum(skill => skill.Count));
        Assert.All(skills, skill =>
        {
            Assert.All(skill.Situation, metric => Assert.True(double.IsFinite(metric.Value)));
            Assert.True(skill.MeanReward is null || double.IsFinite(skill.MeanReward.Value));
            if (skill.SuccessRate is { } rate)
            {
                Assert.True(0 <= skill.Lower && skill.Lower <= rate && rate <= skill.Upper && skill.Upper <= 1, $"{skill}");
            }
        });
    }

    [Fact]
    public void A_coverage_that_is_no_share_is_refused() => Assert.Throws<InvalidInputException>(() => SkillDistiller.Distill([], Plain with { Coverage = 1 }, Now));
}
