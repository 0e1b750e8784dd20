using RanCognition.Cognition.Candidates;
using RanCognition.Cognition.Causes;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Tests.Cognition;

public class ActionProposerTests
{
    private const string Offset = "cellIndividualOffset";

    [Theory]
    [InlineData("HO.IntraSys.TooLate", 5, 0, 1)]
    [InlineData("HO.IntraSys.TooLate", 9.9, 0, 1)]
    [InlineData("HO.IntraSys.TooLate", 10, 0, 2)]
    [InlineData("HO.IntraSys.TooEarly", 5, 0, -1)]
    [InlineData("HO.IntraSys.ToWrongCell", 30, 0, -2)]
    [InlineData("HO.IntraSys.PingPong", 30, 3, 1)]
    [InlineData("HO.IntraSys.TooLate", 30, 5, 6)]      // 7 is no value of the range
    [InlineData("HO.IntraSys.TooLate", 5, 4, 5)]
    [InlineData("HO.IntraSys.TooLate", 5, -7, -6)]     // nor is -7
    [InlineData("HO.IntraSys.TooLate", 30, 6, 8)]      // beyond the bound: for the guard to see
    [InlineData("HO.IntraSys.PingPong", 30, -6, -8)]
    [InlineData("HO.IntraSys.PingPong", 5, 100, 24)]
    [InlineData("HO.IntraSys.PingPong", 5, 20, 18)]    // towards the bounds, and still outside
    public void The_step_is_of_the_range_and_goes_the_right_way(string counter, double percent, double before, double after)
    {
        CauseSituation situation = new();
        situation.Constant("NRCellRelation=1-2/MM.HoExeInterReq", 1000).Constant("NRCellRelation=1-2/" + counter, percent * 10).Setting("NRCellRelation=1-2", Offset, before);
        ConfigurationChange change = Assert.Single(Propose(situation)[0].Actions);
        Assert.Equal(new ConfigurationChange("NRCellRelation=1-2", Offset, before, after), change);
    }

    [Fact]
    public void At_the_end_of_the_range_or_without_a_number_there_is_nothing_to_propose()
    {
        foreach (MetadataValue before in (MetadataValue[])[24, 1000, "high", double.NaN])
        {
            CauseSituation situation = new();
            situation.Constant("NRCellRelation=1-2/MM.HoExeInterReq", 100).Constant("NRCellRelation=1-2/HO.IntraSys.TooLate", 10).Setting("NRCellRelation=1-2", Offset, before);
            Assert.Empty(Propose(situation));
        }
    }

    [Fact]
    public void All_faulty_relations_together_then_with_small_steps_then_each_alone()
    {
        CauseSituation situation = new();
        foreach ((string name, string counter, double count) in ((string, string, double)[])[("1-2", "HO.IntraSys.TooLate", 20), ("2-1", "HO.IntraSys.PingPong", 6), ("1-3", "HO.IntraSys.TooLate", 1)])
        {
            situation.Constant("NRCellRelation=" + name + "/MM.HoExeInterReq", 100).Constant("NRCellRelation=" + name + "/" + counter, count);
        }
        List<Candidate> candidates = Propose(situation);
        Assert.Equal(["1-2 2, 2-1 -1", "1-2 1, 2-1 -1", "1-2 2", "2-1 -1"], candidates.Select(Text));
        Assert.All(candidates, candidate => Assert.Equal("mro", candidate.Source));
    }

    [Fact]
    public void A_cell_of_which_all_faulty_relations_stand_at_the_bound_may_move_as_a_whole()
    {
        CauseSituation situation = Bounded(6, 6);
        Candidate last = Propose(situation)[^1];
        Assert.Equal(new ConfigurationChange("NRCellCU=1", "a3Offset", null, 2), Assert.Single(last.Actions));
        Assert.Equal(new ConfigurationChange("NRCellCU=1", "hysteresis", null, 0), Assert.Single(Propose(Bounded(6, 6).Setting("NRCellCU=1", "a3Offset", -15))[^1].Actions));
        Assert.Equal(new ConfigurationChange("NRCellCU=1", "timeToTrigger", 320, 256),
            Assert.Single(Propose(Bounded(6, 6).Setting("NRCellCU=1", "a3Offset", -15).Setting("NRCellCU=1", "hysteresis", 0).Setting("NRCellCU=1", "timeToTrigger", 320))[^1].Actions));
        foreach (Candidate candidate in Propose(Bounded(6, 5)).Concat(Propose(Bounded(6, null))))
        {
            Assert.All(candidate.Actions, change => Assert.StartsWith("NRCellRelation=", change.ManagedObject, StringComparison.Ordinal));
        }

        static CauseSituation Bounded(double first, double? second)
        {
            CauseSituation made = new();
            made.Constant("NRCellRelation=1-2/MM.HoExeInterReq", 100).Constant("NRCellRelation=1-2/HO.IntraSys.TooLate", 20).Setting("NRCellRelation=1-2", Offset, first);
            return second is null ? made
                : made.Constant("NRCellRelation=1-3/MM.HoExeInterReq", 100).Constant("NRCellRelation=1-3/HO.IntraSys.TooLate", 20).Setting("NRCellRelation=1-3", Offset, second.Value);
        }
    }

    [Fact]
    public void A_full_cell_gives_to_emptier_neighbours_and_takes_nothing_back()
    {
        CauseSituation situation = new();
        situation.Constant("NRCellDU=1/RRU.PrbTotDl", 98).Constant("NRCellDU=2/RRU.PrbTotDl", 78).Constant("NRCellDU=3/RRU.PrbTotDl", 79).Constant("NRCellDU=4/RRU.PrbTotDl", 10)
            .Setting("NRCellRelation=1-2", Offset, 1).Setting("NRCellRelation=1-3", Offset, 0).Setting("NRCellRelation=1-5", Offset, 0).Setting("NRCellRelation=2-1", Offset, 2)
            .Constant("NRCellRelation=1-4/MM.HoExeInterReq", 100).Setting("NRCellDU=4", "administrativeState", "LOCKED");
        List<Candidate> candidates = Propose(situation);
        Assert.Equal(["1-2 3, 2-1 0", "1-2 2, 2-1 1"], candidates.Select(Text));   // 3 is too full, 4 asleep, of 5 nothing is known
        Assert.All(candidates, candidate => Assert.Equal("mlb", candidate.Source));
    }

    [Fact]
    public void Every_value_is_of_its_range_towards_the_cause_and_within_the_guards_where_that_can_be()
    {
        string[] counters = ["HO.IntraSys.TooLate", "HO.IntraSys.TooEarly", "HO.IntraSys.ToWrongCell", "HO.IntraSys.PingPong"];
        for (ulong seed = 0; seed < 1500; seed++)
        {
            RandomStream random = new(seed);
            double Between(double lower, double upper) => lower + (upper - lower) * random.NextDouble();
            double lower = Math.Round(Between(-26, 10)), upper = Math.Round(Between(lower, 26)), largest = Math.Round(Between(0, 6), 1);
            GuardSettings guards = new()
            {
                AtBound = random.NextDouble() < .8,
                MaxChange = random.NextDouble() < .8,
                Bounds = random.NextDouble() < .7 ? [new(Offset, (lower, upper)), new("a3Offset", (-2, 4))] : [],
                MaxChanges = random.NextDouble() < .7 ? [new(Offset, largest), new("hysteresis", .25)] : [],
            };
            CauseSituation situation = new() { Guards = guards };
            int relations = 1 + (int)(random.NextDouble() * 10);
            for (int i = 2; i <= relations + 1; i++)
            {
                string relation = "NRCellRelation=1-" + i;
                situation.Constant(relation + "/MM.HoExeInterReq", 1000).Constant(relation + "/" + counters[(int)(random.NextDouble() * 4)], Math.Round(Between(0, 300)));
                if (random.NextDouble() < .8)
                {
                    situation.Setting(relation, Offset, random.NextDouble() < .8 ? Math.Round(Between(-24, 24)) : Between(-40, 40));
                }
            }
            SituationView view = situation.View();
            List<CauseFinding> causes = CauseFinder.Find(view);
            GuardLimits limits = new(guards);
            foreach (Candidate candidate in ActionProposer.Propose(view, causes))
            {
                Assert.NotEmpty(candidate.Actions);
                Assert.Equal(candidate.Actions.Count, candidate.Actions.Select(change => (change.ManagedObject, change.Attribute)).Distinct().Count());
                foreach (ConfigurationChange change in candidate.Actions)
                {
                    AttributeRule rule = AttributeRules.Find(change.Attribute)!;
                    double before = view.Configuration.Number(change.ManagedObject, change.Attribute), after = ((MetadataValue.Number)change.After!).Value;
                    Assert.True(rule.Allows(after));
                    Assert.Equal(view.Configuration.Given(change.ManagedObject, change.Attribute), change.Before);
                    if (change.Attribute != Offset)
                    {
                        Assert.True(Within(rule, before, after));
                        continue;
                    }
                    string cause = Assert.Single(causes, finding => finding.ManagedObject == change.ManagedObject).Name;
                    bool up = cause == "too_late";
                    Assert.True(up ? after > before : after < before);
                    if (Possible(rule, before, up, 1))   // 1 dB is what every relation wishes at least, 2 dB at most
                    {
                        Assert.True(Within(rule, before, after));
                    }
                    Assert.True(Possible(rule, before, up, 2) || !Within(rule, before, after));
                }
            }

            // Some value up to the first that is farther than the step.
            bool Possible(AttributeRule rule, double before, bool up, double step)
            {
                IEnumerable<double> ahead = rule.Values!.Where(value => up ? value > before : value < before).OrderBy(value => Math.Abs(value - before));
                double reach = ahead.Select(value => Math.Abs(value - before)).FirstOrDefault(distance => distance > step, 100);
                return ahead.Any(value => Math.Abs(value - before) <= reach && Within(rule, before, value));
            }

            bool Within(AttributeRule rule, double before, double after)
            {
                (double Lower, double Upper) bounds = limits.Bounds(rule.Name);
                return after >= bounds.Lower && after <= bounds.Upper && Math.Abs(after - before) <= limits.MaxChange(rule.Name);
            }
        }
    }

    [Fact]
    public void Limits_are_the_callers_over_the_defaults_and_none_where_switched_off()
    {
        GuardLimits defaults = new(new GuardSettings());
        Assert.Equal((-6, 6), defaults.Bounds(Offset));
        Assert.Equal(2, defaults.MaxChange(Offset));
        GuardLimits given = new(new GuardSettings { Bounds = [new(Offset, (-3, 4))], MaxChanges = [new("a3Offset", .5)] });
        Assert.Equal((-3, 4), given.Bounds(Offset));
        Assert.Equal((0, 15), given.Bounds("hysteresis"));
        Assert.Equal((2, .5), (given.MaxChange(Offset), given.MaxChange("a3Offset")));
        GuardLimits off = new(new GuardSettings { AtBound = false, MaxChange = false, Bounds = [new(Offset, (-3, 4))] });
        Assert.Equal((-24, 24), off.Bounds(Offset));
        Assert.Equal(double.PositiveInfinity, off.MaxChange(Offset));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), defaults.Bounds("unheard"));
        Assert.Equal(double.PositiveInfinity, defaults.MaxChange("unheard"));
    }

    private static List<Candidate> Propose(CauseSituation situation)
    {
        SituationView view = situation.View();
        return ActionProposer.Propose(view, CauseFinder.Find(view));
    }

    private static string Text(Candidate candidate) =>
        string.Join(", ", candidate.Actions.Select(change => change.ManagedObject["NRCellRelation=".Length..] + " " + ((MetadataValue.Number)change.After!).Value));
}
