using System.Globalization;
using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Modules;

namespace RanCognition.Tests.Cognition;

public class DecisionTests
{
    private const string Relation = "NRCellRelation=1-2";
    private const string Levels = """{"start_ns":0,"step_ns":900000000000,"values":[10,11,12,11,10,12,11,10]}""";
    private const string Rate = Relation + "/HO.IntraSys.TooLate / " + Relation + "/MM.HoExeInterReq";

    [Fact]
    public void A_relation_that_is_too_late_gets_a_larger_offset_and_a_plan_to_take_it_back()
    {
        using CognitiveSession session = Session();
        JsonElement decision = Decide(session, Problem(new HandoverCounters(1).Add(Relation, 60, tooLate: 0.12).Add("NRCellRelation=1-3", 60)));
        Assert.Equal(1, decision.GetProperty("decision_id").GetInt32());
        Assert.Equal("too_late", decision.GetProperty("cause").GetProperty("name").GetString());
        JsonElement action = Assert.Single(decision.GetProperty("actions").EnumerateArray());
        Assert.Equal(Relation, action.GetProperty("managedObject").GetString());
        Assert.Equal("cellIndividualOffset", action.GetProperty("attribute").GetString());
        Assert.InRange(action.GetProperty("after").GetDouble(), 2, 3);   // from 1
        JsonElement restore = Assert.Single(decision.GetProperty("rollback").GetProperty("restore").EnumerateArray());
        Assert.Equal(1, restore.GetProperty("after").GetDouble());
        Assert.Contains(decision.GetProperty("alternatives").EnumerateArray(), alternative => alternative.GetProperty("actions").GetArrayLength() == 0);
        Assert.All(decision.GetProperty("guards").EnumerateArray(), guard => Assert.True(guard.GetProperty("passed").GetBoolean()));
    }

    [Fact]
    public void A_veto_takes_the_change_out_and_leaves_it_among_the_alternatives()
    {
        using CognitiveSession session = Session();
        JsonElement decision = Decide(session, Problem(new HandoverCounters(1).Add(Relation, 60, tooLate: 0.12), ",\"protected\":[\"NRCellCU=2\"]"));
        Assert.Equal(0, decision.GetProperty("actions").GetArrayLength());
        Assert.Contains("PROTECTED_CELL", decision.GetProperty("reason").GetString(), StringComparison.Ordinal);
        JsonElement guard = decision.GetProperty("guards").EnumerateArray().Single(guard => guard.GetProperty("name").GetString() == "PROTECTED_CELL");
        Assert.False(guard.GetProperty("passed").GetBoolean());
        Assert.Contains(decision.GetProperty("alternatives").EnumerateArray(), alternative => alternative.GetProperty("actions").GetArrayLength() > 0);
    }

    [Fact]
    public void Healthy_windows_give_no_action()
    {
        using CognitiveSession session = Session();
        for (int seed = 0; seed < 300; seed++)
        {
            JsonElement decision = Decide(session, Problem(new HandoverCounters(seed).Add(Relation, 60).Add("NRCellRelation=2-1", 90)));
            Assert.Equal("healthy", decision.GetProperty("cause").GetProperty("name").GetString());
            Assert.Equal(0, decision.GetProperty("actions").GetArrayLength());
        }
    }

    [Fact]
    public void Contradicting_constraints_are_named_and_nothing_is_done()
    {
        using CognitiveSession session = Session();
        string problem = Problem(new HandoverCounters(1).Add(Relation, 60, tooLate: 0.12), ",\"constraints\":[\"x >= 5\",\"y <= 1\"]");
        JsonElement decision = Read(session.Decide(Encoding.UTF8.GetBytes(problem), """[{"id":"cap","constraint_type":"max","parameters":{"x":3}}]"""u8));
        Assert.Equal(["cap", "x >= 5"], decision.GetProperty("infeasible").GetProperty("constraints").EnumerateArray().Select(id => id.GetString()!));
        Assert.Equal(0, decision.GetProperty("actions").GetArrayLength());
    }

    [Fact]
    public void Every_number_of_an_explanation_is_in_the_result()
    {
        using CognitiveSession session = Session();
        Random random = new(3);
        int numbers = 0;
        for (int i = 0; i < 120; i++)
        {
            HandoverCounters counters = new HandoverCounters(i)
                .Add(Relation, random.Next(1, 80), random.NextDouble() * 0.2, random.NextDouble() * 0.05)
                .Add("NRCellRelation=3-4", random.Next(1, 80), 0.003, random.NextDouble() * 0.2, 0.001, random.NextDouble() * 0.1);
            string target = random.Next(2) == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $",\"constraints\":[\"{Rate} <= {random.NextDouble() * 0.2}\"]");
            JsonElement decision = Decide(session, Problem(counters, target + (random.Next(3) == 0 ? ",\"guards\":{\"LOW_CONFIDENCE\":false}" : "")));
            numbers += ExplanationCheck.Numbers(decision);
            if (i % 3 == 0)
            {
                Report(session, i + 1, random.NextDouble() * 0.2);
            }
        }
        Assert.True(numbers > 500);
    }

    [Fact]
    public void What_was_learned_is_there_again_after_the_file_was_opened_again()
    {
        string folder = Directory.CreateTempSubdirectory("ran-decisions-").FullName;
        try
        {
            CognitiveOptions options = new() { Path = Path.Combine(folder, "memory.db"), Seed = 4 };
            string problem = Problem(new HandoverCounters(1).Add(Relation, 60, tooLate: 0.12), $",\"constraints\":[\"{Rate} <= 0.09\"]", "AUTONOMOUS");
            string state, next;
            using (CognitiveSession session = new(options, new FixedHost(HandoverCounters.EndNs)))
            {
                for (int i = 0; i < 5; i++)
                {
                    session.Decide(Encoding.UTF8.GetBytes(problem.Replace($"{HandoverCounters.EndNs},", $"{HandoverCounters.EndNs + (ulong)i * 2 * HandoverCounters.StepNs},", StringComparison.Ordinal)), default);
                    Report(session, i + 1, 0.05 + 0.02 * i);
                }
                session.Rollback(2);
                state = Encoding.UTF8.GetString(session.GetState());
            }
            using (CognitiveSession session = new(options, new FixedHost(HandoverCounters.EndNs)))
            {
                JsonElement before = JsonDocument.Parse(state).RootElement, after = Read(session.GetState());
                foreach (string member in (string[])["consciousness_level", "calibration", "coverage", "decisions", "vetoes", "regret", "episodes"])
                {
                    Assert.Equal(before.GetProperty(member).GetRawText(), after.GetProperty(member).GetRawText());
                }
                JsonElement restore = Assert.Single(Read(session.Rollback(3)).GetProperty("restore").EnumerateArray());
                Assert.Equal(1, restore.GetProperty("after").GetDouble());
                next = Encoding.UTF8.GetString(session.Decide(Encoding.UTF8.GetBytes(problem), default));
                Assert.Equal(6, JsonDocument.Parse(next).RootElement.GetProperty("decision_id").GetInt32());
            }
            Assert.NotEqual(0, JsonDocument.Parse(next).RootElement.GetProperty("evidence").GetProperty("similar").GetArrayLength());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("0 1 2 3 4 5 6 7 8 9 10 11", "too_early")]
    [InlineData("0 2 4 7 9 11", "too_early")]
    [InlineData("0 3 6 9", "unknown")]      // as regular as another granularity
    [InlineData("0 3 6 9 11", "too_early")]
    [InlineData("11", "too_early")]
    public void A_fault_that_is_not_counted_in_every_period_is_never_called_healthy(string periods, string cause)
    {
        const ulong step = HandoverCounters.StepNs;
        ulong[] places = Array.ConvertAll(periods.Split(' '), ulong.Parse);
        string Steady(string counter, int value) => $"\"{Relation}/{counter}\":{{\"start_ns\":{step},\"step_ns\":{step},\"values\":[{string.Join(',', Enumerable.Repeat(value, 12))}]}}";
        string early = $"\"{Relation}/HO.IntraSys.TooEarly\":{{\"times_ns\":[{string.Join(',', places.Select(place => (place + 1) * step))}],\"values\":[{string.Join(',', places.Select(_ => 20))}]}}";
        using CognitiveSession session = Session();
        JsonElement decision = Decide(session, $"{{\"problem_type\":\"MRO\",\"time_ns\":{20 * step},\"history\":{{{Steady("MM.HoExeInterReq", 100)},{Steady("HO.IntraSys.TooLate", 0)},{early}}}}}");
        Assert.Equal(cause, decision.GetProperty("cause").GetProperty("name").GetString());
        if (cause == "unknown")
        {
            Assert.Contains("no_common_periods", decision.GetProperty("cause").GetRawText(), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(0.2, decision.GetProperty("cause").GetProperty("tests")[0].GetProperty("value").GetDouble(), 12);
        }
    }

    [Theory]
    [InlineData("AUTONOMOUS", 0.0, "KEPT")]
    [InlineData("AUTONOMOUS", 0.3, "ROLL_BACK")]
    [InlineData("SHADOW", 0.3, "KEPT")]
    public void Asking_how_to_undo_changes_no_verdict(string mode, double rate, string verdict)
    {
        foreach (bool isAskedFirst in (bool[])[false, true])
        {
            using CognitiveSession session = Session();
            JsonElement decision = Decide(session, Problem(new HandoverCounters(1).Add(Relation, 60, tooLate: 0.12), mode: mode));
            ulong end = HandoverCounters.EndNs + decision.GetProperty("rollback").GetProperty("observe_ns").GetUInt64();
            if (isAskedFirst)
            {
                session.Rollback(1);
            }
            Assert.Equal("WATCHING", Verdict(session, 1, rate, end - 1));
            Assert.Equal(verdict, Verdict(session, 1, rate, end));
            session.Rollback(1);
            Assert.Equal(verdict, Verdict(session, 1, rate, end + 1));
            Assert.Equal(isAskedFirst ? 0 : 1, Read(session.GetState()).GetProperty("calibration").GetProperty("count").GetInt32());   // what was undone teaches nothing
        }
    }

    [Fact]
    public void An_outcome_is_watched_then_judged_once_and_a_bad_one_is_taken_back()
    {
        using CognitiveSession session = Session();
        JsonElement decision = Decide(session, Problem(new HandoverCounters(1).Add(Relation, 60, tooLate: 0.12), mode: "AUTONOMOUS"));
        ulong observeNs = decision.GetProperty("rollback").GetProperty("observe_ns").GetUInt64();
        Assert.Equal("WATCHING", Verdict(session, 1, 0.3, HandoverCounters.EndNs + observeNs - 1));
        Assert.Equal("ROLL_BACK", Verdict(session, 1, 0.3, HandoverCounters.EndNs + observeNs));
        Assert.Equal("ROLL_BACK", Verdict(session, 1, 0.0, HandoverCounters.EndNs + observeNs));   // it is judged once
        Assert.Equal(1, Read(session.GetState()).GetProperty("decisions").GetProperty("ROLL_BACK").GetInt32());
        NotFoundException unknown = Assert.Throws<NotFoundException>(() => session.Rollback(2));
        Assert.Contains("decision", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_that_helped_is_proposed_again_where_the_same_fault_is_met()
    {
        using CognitiveSession session = Session();
        JsonElement first = Decide(session, Problem(new HandoverCounters(1).Add(Relation, 60, tooLate: 0.12), mode: "AUTONOMOUS"));
        Report(session, 1, 0.01);
        JsonElement second = Decide(session, Problem(new HandoverCounters(2).Add("NRCellRelation=7-8", 60, tooLate: 0.12), mode: "AUTONOMOUS"));
        JsonElement similar = second.GetProperty("evidence").GetProperty("similar")[0];
        Assert.True(similar.GetProperty("success").GetBoolean());
        Assert.Contains(second.GetProperty("alternatives").EnumerateArray(), alternative => alternative.GetProperty("source").GetString() == "memory");
        Assert.Equal("NRCellRelation=7-8", Assert.Single(second.GetProperty("actions").EnumerateArray()).GetProperty("managedObject").GetString());
        Assert.Equal(Step(first), Step(second, present: 0));
    }

    [Fact]
    public void What_was_taken_back_is_not_done_again_the_same_week()
    {
        using CognitiveSession session = Session();
        string problem = Problem(new HandoverCounters(1).Add(Relation, 60, tooLate: 0.12), mode: "AUTONOMOUS");
        Assert.Equal(1, Decide(session, problem).GetProperty("actions").GetArrayLength());
        Report(session, 1, 0.3);
        JsonElement next = Decide(session, problem.Replace($"{HandoverCounters.EndNs},", $"{HandoverCounters.EndNs + 30 * HandoverCounters.StepNs},", StringComparison.Ordinal));
        Assert.Equal(0, next.GetProperty("actions").GetArrayLength());
        Assert.Contains("did not help", next.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_outcome_may_speak_in_the_names_of_an_intents_targets()
    {
        using CognitiveSession session = Session();
        Decide(session, """
            {"intentExpectations":[{"expectationId":"1","expectationTargets":[{"targetName":"AveDLRANUEThpt","targetCondition":"IS_GREATER_THAN","targetValueRange":5}]}],
             "time_ns":1,"observe_ns":1,"current_state":{"DRB.UEThpDl":6}}
            """);
        JsonElement reply = Read(session.ReportOutcome("""{"decision_id":1,"time_ns":9,"observed":{"AveDLRANUEThpt":4}}"""u8));
        Assert.False(reply.GetProperty("targets_held").GetBoolean());
    }

    [Fact]
    public void Cells_without_finite_loads_and_changes_of_nothing_are_not_chosen()
    {
        using CognitiveSession session = Session();
        string off(int cell, string state) => $"{{\"managedObject\":\"NRCellDU={cell}\",\"attribute\":\"administrativeState\",\"after\":\"{state}\"}}";
        JsonElement decision = Decide(session, $$$"""
            {"objectives":["minimize energy_w"],"network":{"layout":{"sites":1,"wraparound":false},"users":{"count":30,"seed":1},"traffic_mbps":1},
             "configuration":{"NRCellDU=1":{"administrativeState":"UNLOCKED"}},
             "candidates":[[{{{off(1, "LOCKED")}}},{{{off(2, "LOCKED")}}},{{{off(3, "LOCKED")}}}],[{{{off(1, "UNLOCKED")}}}],[{{{off(1, "LOCKED")}}},{{{off(1, "LOCKED")}}}]]}
            """);
        Assert.Equal("LOCKED", Assert.Single(decision.GetProperty("actions").EnumerateArray()).GetProperty("after").GetString());
        Assert.Equal(3, decision.GetProperty("alternatives").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"candidates":[[{"managedObject":"NRCellDU=1","attribute":"digitalTilt"}]]}""", "problem: /candidates/0/0: field 'after'")]
    [InlineData("""{"mode":"WISH"}""", "problem: /mode")]
    [InlineData("""{"rollback_condition":"a <"}""", "problem/rollback_condition")]
    [InlineData("""{"target_probability":2}""", "problem: /target_probability")]
    public void What_is_wrong_is_named_with_its_place(string problem, string place)
    {
        using CognitiveSession session = Session();
        Exception error = Assert.ThrowsAny<Exception>(() => session.Decide(Encoding.UTF8.GetBytes(problem), default));
        Assert.StartsWith(place, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, Read(session.GetState()).GetProperty("decisions").GetProperty("TOTAL").GetInt32());
    }

    [Fact]
    public void What_is_not_known_is_named_in_the_result()
    {
        using CognitiveSession session = Session();
        JsonElement decision = Decide(session, """{"problem_type":"XYZ","objectives":["maximize nowhere"],"constraints":["nothing <= 1","((("],"time_ns":9000000000000000000}""");
        string[] ignored = [.. decision.GetProperty("ignored").EnumerateArray().Select(one => one.GetProperty("field").GetString()!)];
        foreach (string field in (string[])["/problem_type", "/objectives/0", "/constraints/1", "/constraints/0", "/time_ns"])
        {
            Assert.Contains(field, ignored);
        }
        Assert.Equal("unknown", decision.GetProperty("cause").GetProperty("name").GetString());
    }

    [Fact]
    public void What_is_not_used_of_the_second_argument_is_named_by_its_index()
    {
        using CognitiveSession session = Session();
        JsonElement decision = Read(session.Decide(
            """{"constraints":["q <= 1"],"intentExpectations":[{"expectationTargets":[{"targetName":"t","targetCondition":"IS_LESS_THAN","targetValueRange":5}]}]}"""u8,
            """["r <= 1",{"id":"a","zz":1,"constraint_type":"zzz","parameters":{"m":1}},"((",{"id":"b","constraint_type":"max","parameters":{"m":1}},"q <= 1"]"""u8));
        IEnumerable<string> fields = decision.GetProperty("ignored").EnumerateArray().Select(one => one.GetProperty("field").GetString()!);
        Assert.Equal(
            ["/0", "/1", "/1/zz", "/2", "/3", "/4", "/constraints/0", "/intentExpectations/0/expectationTargets/0"], fields.Where(field => field != "/problem_type").Order(StringComparer.Ordinal));
        Assert.Equal(["q <= 1", "r <= 1", "b", "q <= 1", "t"], decision.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("K > 9 and X > 9", true)]
    [InlineData("X > 9 and K > 9", true)]
    [InlineData("K > 9 or X > 9", true)]
    [InlineData("K > 9 -> X > 9", true)]
    [InlineData("K > 9 and std(K) < 1", true)]
    [InlineData("K > 0 or X > 9", false)]
    [InlineData("K > 100 and X > 9", false)]
    public void A_target_of_which_a_part_is_not_known_is_not_judged_unless_the_rest_decides(string text, bool isOpen)
    {
        using CognitiveSession session = Session();
        JsonElement decision = Judged(session, text);
        Assert.Equal(isOpen ? JsonValueKind.Null : JsonValueKind.Number, decision.GetProperty("targets")[0].GetProperty("probability").ValueKind);
        Assert.Equal(isOpen, decision.GetProperty("ignored").EnumerateArray().Any(one => one.GetProperty("field").GetString() == "/constraints/0"));
    }

    [Fact]
    public void A_part_that_is_not_known_costs_as_much_confidence_in_one_target_as_in_two()
    {
        using CognitiveSession session = Session();
        double known = Confidence("K > 9"), open = Confidence("K > 9 and X > 9");
        Assert.InRange(known, 0.6, 0.999);
        Assert.Equal(known / 2, open, 12);
        Assert.Equal(Confidence("K > 9", "X > 9"), open);
        Assert.Equal(known + (1 - known) / 2, Confidence("K > 9 or X > 9"), 12);

        double Confidence(params string[] texts) => Judged(session, texts).GetProperty("confidence").GetDouble();
    }

    [Fact]
    public void An_intent_for_several_cells_is_not_judged_when_one_of_them_is_not_known()
    {
        using CognitiveSession session = Session();
        JsonElement decision = Decide(session, $$"""
            {"time_ns":7200000000000,"history":{"NRCellDU=1/DRB.UEThpDl":{{Levels}}},"intentExpectations":[{"expectationObject":{"objectInstance":["NRCellDU=1","NRCellDU=2"]},
             "expectationTargets":[{"targetName":"AveDLRANUEThpt","targetCondition":"IS_GREATER_THAN","targetValueRange":9}]}]}
            """);
        Assert.Equal(JsonValueKind.Null, decision.GetProperty("targets")[0].GetProperty("probability").ValueKind);
        Assert.Contains("/intentExpectations/0/expectationTargets/0", decision.GetProperty("ignored").EnumerateArray().Select(one => one.GetProperty("field").GetString()));
        Assert.InRange(decision.GetProperty("confidence").GetDouble(), 0.3, 0.5);
    }

    /// <summary>With K known, about 11, and X not.</summary>
    private static JsonElement Judged(CognitiveSession session, params string[] texts) =>
        Decide(session, $$"""{"seed":3,"time_ns":7200000000000,"history":{"K":{{Levels}}},"constraints":{{JsonSerializer.Serialize(texts)}}}""");

    [Fact]
    public void The_hosts_model_judges_candidates()
    {
        using CognitiveSession session = Session();
        string problem = """
            {"objectives":["maximize NRCellDU=1/DRB.UEThpDl"],"constraints":["NRCellDU=1/RRU.PrbTotDl <= 70"],"guards":{"MAX_CHANGE":{"digitalTilt":1000}},
             "candidates":[[{"managedObject":"NRCellDU=1","attribute":"digitalTilt","after":40}],[{"managedObject":"NRCellDU=1","attribute":"digitalTilt","after":60}],[{"managedObject":"NRCellDU=1","attribute":"digitalTilt","after":80}]]}
            """;
        List<string> questions = [];
        JsonElement decision = Read(session.DecideWith(Encoding.UTF8.GetBytes(problem), default, (question, values) =>
        {
            using JsonDocument asked = JsonDocument.Parse(question.ToArray());
            questions.Add(asked.RootElement.GetRawText());
            double tilt = asked.RootElement.GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("after").GetDouble()).FirstOrDefault(20);
            int place = 0;
            foreach (JsonElement metric in asked.RootElement.GetProperty("metrics").EnumerateArray())
            {
                values[place++] = metric.GetString()!.EndsWith("DRB.UEThpDl", StringComparison.Ordinal) ? 1000 * tilt : tilt;   // the largest that is allowed is best
            }
            return true;
        }));
        Assert.Equal(60, Assert.Single(decision.GetProperty("actions").EnumerateArray()).GetProperty("after").GetDouble());
        Assert.Equal(4, questions.Distinct().Count());
        Assert.Equal(60_000, decision.GetProperty("expected").GetProperty("NRCellDU=1/DRB.UEThpDl").GetProperty("p50").GetDouble());
    }

    [Fact]
    public void A_problem_that_names_none_of_several_networks_and_brings_no_history_is_told_so()
    {
        using CognitiveSession session = Session();
        string[] problems = ["{\"id\":\"p\"}", "{\"id\":\"p\",\"network_id\":\"A\"}", "{\"id\":\"p\",\"history\":{\"a\":{\"start_ns\":0,\"step_ns\":1,\"values\":[1,2,3]}}}"];
        for (int networks = 1; networks <= 2; networks++)
        {
            session.Ingest(Encoding.UTF8.GetBytes($"<measCollecFile><measData><managedElement localDn='{"AB"[networks - 1]}'/><measInfo><granPeriod duration='PT900S' endTime='2024-01-01T00:15:00Z'/>"
                + "<measType p='1'>a</measType><measValue measObjLdn='o'><r p='1'>1</r></measValue></measInfo></measData></measCollecFile>"));
            for (int i = 0; i < problems.Length; i++)
            {
                string ignored = Decide(session, problems[i]).GetProperty("ignored").GetRawText();
                Assert.Equal(networks == 2 && i == 0, ignored.Contains("{\"field\":\"/network_id\",\"reason\":\"history of several networks is kept, and none is named\"}", StringComparison.Ordinal));
            }
        }
    }

    private static CognitiveSession Session() => new(new CognitiveOptions { Seed = 1 }, new FixedHost(HandoverCounters.EndNs));

    private static string Problem(HandoverCounters counters, string more = "", string mode = "ASSIST") => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"network_id\":\"n\",\"problem_type\":\"MRO\",\"mode\":\"{mode}\",\"time_ns\":{HandoverCounters.EndNs},\"configuration\":{{\"{Relation}\":{{\"cellIndividualOffset\":1}}}},\"history\":{{{counters.Json}}}{more}}}");

    private static JsonElement Decide(CognitiveSession session, string problem) => Read(session.Decide(Encoding.UTF8.GetBytes(problem), default));

    private static JsonElement Read(byte[] json) => JsonDocument.Parse(json).RootElement;

    private static void Report(CognitiveSession session, int decision, double rate) => Verdict(session, decision, rate, HandoverCounters.EndNs * 2);

    private static string Verdict(CognitiveSession session, int decision, double rate, ulong timeNs)
    {
        string outcome = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"decision_id\":{decision},\"time_ns\":{timeNs},\"observed\":{{\"{Relation}/HO.IntraSys.TooLate\":{rate * 1000},\"{Relation}/MM.HoExeInterReq\":1000}}}}");
        return Read(session.ReportOutcome(Encoding.UTF8.GetBytes(outcome))).GetProperty("verdict").GetString()!;
    }

    private static double Step(JsonElement decision, double present = 1) => decision.GetProperty("actions")[0].GetProperty("after").GetDouble() - present;
}
