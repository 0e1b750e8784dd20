using RanCognition.Cognition.Candidates;
using RanCognition.Cognition.Causes;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Tests.Cognition;

public class HandoverCauseTests
{
    private const string Relation = "NRCellRelation=1-2";

    [Fact]
    public void Planted_faults_are_named_and_moved_the_right_way()
    {
        int planted = 0, right = 0;
        for (ulong seed = 900_000; planted < 10_000; seed++)
        {
            HandoverGenerator generator = new(seed);
            int kind = generator.Choice(4);
            double[] rates = new double[4];
            for (int other = 0; other < 4; other++)
            {
                rates[other] = other == kind ? generator.Uniform(.06, .4) : generator.Uniform(0, .015);
            }
            generator.Make(Math.Exp(generator.Uniform(Math.Log(3), Math.Log(120))), rates, 24 + generator.Choice(30));
            if (generator.Sum(generator.Problems[kind]) < .05 * generator.Sum(generator.Attempts))
            {
                continue;   // by chance it does not look faulty
            }
            planted++;
            SituationView view = generator.Add(new CauseSituation { ProblemType = "MRO" }, Relation, generator.Choice(2) == 0 ? "MM.HoExeInterReq" : "MM.HoExeIntraReq").View();
            List<CauseFinding> causes = CauseFinder.Find(view);
            List<Candidate> candidates = ActionProposer.Propose(view, causes);
            Assert.Equal(Relation, causes[0].ManagedObject);
            bool everyRight = candidates.Count > 0;
            foreach (Candidate candidate in candidates)
            {
                Assert.Equal("mro", candidate.Source);
                ConfigurationChange change = Assert.Single(candidate.Actions);
                Assert.Equal("cellIndividualOffset", change.Attribute);
                Assert.Null(change.Before);
                everyRight &= ((MetadataValue.Number)change.After!).Value is var after && (kind == 0 ? after > 0 : after < 0);
            }
            right += causes[0].Name == HandoverGenerator.Causes[kind] && everyRight ? 1 : 0;
        }
        Assert.True(right >= .99 * planted, $"{right} of {planted}");
    }

    [Fact]
    public void Healthy_relations_lead_to_nothing()
    {
        for (ulong seed = 1_700_000; seed < 1_710_000; seed++)
        {
            HandoverGenerator generator = new(seed);
            bool few = generator.Choice(5) == 0;
            double[] rates = [generator.Uniform(0, .015), generator.Uniform(0, .015), generator.Uniform(0, .015), generator.Uniform(0, .015)];
            generator.Make(few ? generator.Uniform(0, .8) : generator.Uniform(60, 150), rates, 24 + generator.Choice(4));
            SituationView view = generator.Add(new CauseSituation(), Relation).View();
            List<CauseFinding> causes = CauseFinder.Find(view);
            if (generator.Sum(generator.Attempts) < new GuardSettings().MinAttempts)
            {
                Assert.True(causes[0].Samples < new GuardSettings().MinAttempts);   // whatever it is, a guard takes it out
                continue;
            }
            Assert.Contains(Assert.Single(causes).Name, (string[])[CauseNames.Healthy, CauseNames.Unknown]);
            Assert.Empty(ActionProposer.Propose(view, causes));
        }
    }

    [Theory]
    [InlineData(5, 100, "too_early")]
    [InlineData(7, 140, "too_early")]          // 0.05 * 140 is more than 7 in binary
    [InlineData(500, 10_000, "too_early")]
    [InlineData(499, 10_000, "unknown")]
    [InlineData(200, 10_000, "unknown")]
    [InlineData(2, 100, "unknown")]
    [InlineData(199, 10_000, "healthy")]
    [InlineData(0, 10_000, "healthy")]
    [InlineData(1, 1, "too_early")]
    public void The_limits_are_exact(double count, double attempts, string cause)
    {
        CauseSituation situation = new();
        situation.Present(Relation + "/MM.HoExeInterReq", attempts).Present(Relation + "/HO.IntraSys.TooEarly", count).Present(Relation + "/HO.IntraSys.TooLate", 0);
        SituationView view = situation.View();
        CauseFinding finding = Assert.Single(CauseFinder.Find(view));
        Assert.Equal(cause, finding.Name);
        Assert.Equal(Relation, finding.ManagedObject);
        Assert.Equal(attempts, finding.Samples);
        string leading = count > 0 ? "HO.IntraSys.TooEarly" : "HO.IntraSys.TooLate";   // of equal rates the first
        Assert.Equal(Relation + "/" + leading + " / " + Relation + "/MM.HoExeInterReq", finding.Metric);
        Assert.Equal(count > 0 ? "too_early_rate" : "too_late_rate", finding.Tests[0].Name);
        Assert.Equal(count / attempts, finding.Tests[0].Value);
        Assert.Equal(cause is "too_early" ? 1 : 0, ActionProposer.Propose(view, [finding]).Count > 0 ? 1 : 0);
    }

    [Fact]
    public void Every_limit_of_every_number_of_attempts_is_exact()
    {
        for (int attempts = 1; attempts <= 2000; attempts++)
        {
            foreach (int count in (int[])[(attempts + 19) / 20 - 1, (attempts + 19) / 20, (attempts + 49) / 50 - 1, (attempts + 49) / 50])
            {
                SituationView view = new CauseSituation().Present(Relation + "/MM.HoExeIntraReq", attempts).Present(Relation + "/HO.IntraSys.PingPong", count).View();
                string expected = count * 100 >= attempts * 5 ? "ping_pong" : count * 100 < attempts * 2 ? "healthy" : "unknown";
                Assert.Equal(expected, CauseFinder.Find(view)[0].Name);
            }
        }
    }

    [Fact]
    public void The_test_of_a_fault_is_against_what_is_healthy_and_its_confidence_the_posterior()
    {
        SituationView view = new CauseSituation().Constant(Relation + "/MM.HoExeInterReq", 10).Constant(Relation + "/HO.IntraSys.TooLate", 1).View();
        CauseFinding finding = Assert.Single(CauseFinder.Find(view));
        Assert.Equal("too_late", finding.Name);
        Assert.Equal(240, finding.Samples);
        CauseTest test = Assert.Single(finding.Tests, made => made.Name == "too_late_above_healthy");
        Assert.Equal(RateTests.UpperTail(24, 240, .02), test.PValue!.Value, 1e-15);
        Assert.Equal(.02, test.Limit);
        Assert.Equal(RateTests.AtLeast(24, 240, .02), finding.Confidence, 1e-15);
    }

    [Fact]
    public void Of_several_faults_the_most_frequent_is_the_cause()
    {
        CauseSituation situation = new();
        situation.Constant(Relation + "/MM.HoExeInterReq", 100).Constant(Relation + "/HO.IntraSys.TooLate", 6).Constant(Relation + "/HO.IntraSys.PingPong", 9).Constant(Relation + "/HO.IntraSys.TooEarly", 1);
        CauseFinding finding = Assert.Single(CauseFinder.Find(situation.View()));
        Assert.Equal("ping_pong", finding.Name);
        Assert.Equal(["ping_pong_rate", "too_late_rate", "too_early_rate", "ping_pong_above_healthy"], finding.Tests.Select(test => test.Name));
        Assert.Equal([true, true, false, true], finding.Tests.Select(test => test.Holds));
    }

    [Fact]
    public void Only_the_last_24_periods_count_and_missing_ones_do_not()
    {
        double[] attempts = new double[40], late = new double[40];
        for (int t = 0; t < 40; t++)
        {
            attempts[t] = 10;
            late[t] = t < 16 ? 10 : 0;
        }
        late[20] = double.NaN;
        attempts[21] = double.NaN;
        SituationView view = new CauseSituation().History(Relation + "/MM.HoExeInterReq", attempts).History(Relation + "/HO.IntraSys.TooLate", late).View();
        CauseFinding finding = Assert.Single(CauseFinder.Find(view));
        Assert.Equal("healthy", finding.Name);
        Assert.Equal(220, finding.Samples);
        late[16] = 11;   // the first period that counts: exactly 5 %
        Assert.Equal("too_late", CauseFinder.Find(new CauseSituation().History(Relation + "/MM.HoExeInterReq", attempts).History(Relation + "/HO.IntraSys.TooLate", late).View())[0].Name);
    }

    [Fact]
    public void Counters_that_begin_at_different_times_are_brought_together()
    {
        double[] attempts = [10, 10, 10, 10, 10, 10], late = [9, 0, 0, 0];
        SituationView view = new CauseSituation().History(Relation + "/MM.HoExeInterReq", attempts)
            .History(Relation + "/HO.IntraSys.TooLate", late, CauseSituation.Start + 2 * CauseSituation.Quarter).View();
        CauseFinding finding = Assert.Single(CauseFinder.Find(view));
        Assert.Equal(40, finding.Samples);
        Assert.Equal(9 / 40.0, finding.Tests[0].Value);
    }

    [Fact]
    public void Attempts_within_and_between_nodes_add_up()
    {
        CauseSituation situation = new();
        situation.Constant(Relation + "/MM.HoExeInterReq", 60).Constant(Relation + "/MM.HoExeIntraReq", 60).Constant(Relation + "/HO.IntraSys.TooLate", 4);
        CauseFinding finding = Assert.Single(CauseFinder.Find(situation.View()));
        Assert.Equal("unknown", finding.Name);
        Assert.Equal(4 / 120.0, finding.Tests[0].Value!.Value, 1e-15);
    }

    [Fact]
    public void Counters_split_by_labels_are_summed_where_the_whole_is_not_given()
    {
        CauseSituation situation = new();
        situation.Constant(Relation + "/MM.HoExeInterReq.01", 60).Constant(Relation + "/MM.HoExeInterReq.02", 40).Constant(Relation + "/MM.HoExeInterReq.TimeMean.01", 30)
            .Constant(Relation + "/HO.IntraSys.TooLate", 5).Constant(Relation + "/HO.IntraSys.TooLate.01", 400);
        CauseFinding finding = Assert.Single(CauseFinder.Find(situation.View()));
        Assert.Equal("too_late", finding.Name);
        Assert.Equal(.05, finding.Tests[0].Value!.Value, 1e-15);
        Assert.Equal(2400, finding.Samples);
    }

    [Fact]
    public void Gathered_counters_are_judged_while_they_are_fresh()
    {
        double[] many = Enumerable.Repeat(100.0, 24).ToArray(), some = Enumerable.Repeat(10.0, 24).ToArray();
        ulong old = CauseSituation.Start - 100 * CauseSituation.Quarter;
        CauseSituation situation = new();
        situation.Gathered("NRCellRelation=1-2/MM.HoExeInterReq", many).Gathered("NRCellRelation=1-2/HO.IntraSys.TooLate", some)
            .Gathered("NRCellRelation=3-4/MM.HoExeInterReq", many, old).Gathered("NRCellRelation=3-4/HO.IntraSys.TooLate", some, old);
        Assert.Equal("NRCellRelation=1-2", Assert.Single(CauseFinder.Find(situation.View())).ManagedObject);
        situation.Present("NRCellRelation=3-4/MM.HoExeInterReq", 50).Present("NRCellRelation=3-4/HO.IntraSys.TooLate", 40);   // now, in place of what is old
        situation.Present("NRCellRelation=1-2/MM.HoExeInterReq", 50).Present("NRCellRelation=1-2/HO.IntraSys.TooLate", 0);
        List<CauseFinding> causes = CauseFinder.Find(situation.View());
        Assert.Equal([("NRCellRelation=1-2", 2400), ("NRCellRelation=3-4", 50)], causes.Select(cause => (cause.ManagedObject, cause.Samples)));
    }

    [Fact]
    public void Faulty_relations_come_first_by_how_much_is_wrong()
    {
        CauseSituation situation = new();
        foreach ((string name, double late) in ((string, double)[])[("1-2", 0), ("2-1", 6), ("1-3", 30), ("3-1", 3)])
        {
            situation.Constant("NRCellRelation=" + name + "/MM.HoExeInterReq", 100).Constant("NRCellRelation=" + name + "/HO.IntraSys.TooLate", late);
        }
        List<CauseFinding> causes = CauseFinder.Find(situation.View());
        Assert.Equal(["NRCellRelation=1-3", "NRCellRelation=2-1", "NRCellRelation=3-1", "NRCellRelation=1-2"], causes.Select(cause => cause.ManagedObject));
        Assert.Equal(["too_late", "too_late", "unknown", "healthy"], causes.Select(cause => cause.Name));
    }

    [Fact]
    public void Many_healthy_relations_are_summed_up_and_many_faulty_ones_bounded()
    {
        CauseSituation healthy = new(), faulty = new();
        for (int i = 1; i <= 300; i++)
        {
            healthy.Constant($"NRCellRelation=1-{i + 1}/MM.HoExeInterReq", 100).Constant($"NRCellRelation=1-{i + 1}/HO.IntraSys.TooLate", i == 200 ? 1 : 0);
            faulty.Constant($"NRCellRelation=1-{i + 1}/MM.HoExeInterReq", 100).Constant($"NRCellRelation=1-{i + 1}/HO.IntraSys.TooLate", 20);
        }
        CauseFinding summary = Assert.Single(CauseFinder.Find(healthy.View()));
        Assert.Equal(("healthy", ""), (summary.Name, summary.ManagedObject));
        Assert.Contains("NRCellRelation=1-201/", summary.Metric, StringComparison.Ordinal);
        Assert.Equal(CognitiveLimits.CausesMax, CauseFinder.Find(faulty.View()).Count);
    }

    [Theory]
    [InlineData(0, 0, "no_attempts")]
    [InlineData(0, 3, "count_above_attempts")]
    [InlineData(10, 11, "count_above_attempts")]
    [InlineData(10, -1, "negative_count")]
    [InlineData(-10, 0, "negative_count")]
    [InlineData(1e308, 1e308, "count_above_attempts")]   // their sum is beyond any number
    public void Counters_that_cannot_be_are_named_and_lead_to_nothing(double attempts, double late, string test)
    {
        SituationView view = new CauseSituation().Constant(Relation + "/MM.HoExeInterReq", attempts).Constant(Relation + "/HO.IntraSys.TooLate", late).View();
        CauseFinding finding = Assert.Single(CauseFinder.Find(view));
        Assert.Equal(("unknown", 0.0), (finding.Name, finding.Confidence));
        Assert.Equal(test, Assert.Single(finding.Tests).Name);
        Assert.All(finding.Tests, made => Assert.True(made.Value is null || double.IsFinite(made.Value.Value)));
        Assert.Empty(ActionProposer.Propose(view, [finding]));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Equal("no_attempts", First(new CauseSituation().Constant(Relation + "/HO.IntraSys.TooLate", 3)));
        Assert.Equal("no_problem_counts", First(new CauseSituation().Constant(Relation + "/MM.HoExeInterReq", 3)));
        Assert.Equal("no_attempts", First(new CauseSituation().Constant(Relation + "/MM.HoExeInterReq", double.NaN).Constant(Relation + "/HO.IntraSys.TooLate", 3)));
        Assert.Equal("no_common_periods", First(new CauseSituation().Constant(Relation + "/MM.HoExeInterReq", 3).History(Relation + "/HO.IntraSys.TooLate", [1, 2, 3], step: 60_000_000_000)));
        Assert.Equal("no_attempts", First(new CauseSituation().History(Relation + "/MM.HoExeInterReq", []).History(Relation + "/HO.IntraSys.TooLate", [])));
        Assert.Equal("known_counters", First(new CauseSituation()));
        Assert.Equal("known_counters", First(new CauseSituation().Constant("temperature", 3).Constant("NRCellRelation=1/MM.HoExeInterReq", 3).Constant("NRCellRelation=/", 3).Constant("/", 1).Constant("NRCellDU=/RRU.PrbTotDl", 99)));

        static string First(CauseSituation situation)
        {
            CauseFinding finding = Assert.Single(CauseFinder.Find(situation.View()));
            Assert.Equal(("unknown", 0.0), (finding.Name, finding.Confidence));
            return Assert.Single(finding.Tests).Name;
        }
    }

    [Fact]
    public void A_handover_question_is_about_relations_and_a_load_question_names_the_load_first()
    {
        foreach ((string type, string[] expected) in ((string, string[])[])[("MRO", ["too_late"]), ("MLB", ["overload", "too_late"]), ("", ["too_late", "overload"])])
        {
            CauseSituation situation = new() { ProblemType = type };
            situation.Constant(Relation + "/MM.HoExeInterReq", 100).Constant(Relation + "/HO.IntraSys.TooLate", 10).Constant("NRCellDU=1/RRU.PrbTotDl", 97);
            Assert.Equal(expected, CauseFinder.Find(situation.View()).Select(cause => cause.Name));
        }
    }
}
