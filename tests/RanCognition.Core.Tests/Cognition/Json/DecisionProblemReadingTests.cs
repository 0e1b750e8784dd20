using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Cognition.Json;

public sealed class DecisionProblemReadingTests
{
    private const string Full =
        """
        {"id":"p","network_id":"n","problem_type":"MRO","current_state":{"a":1,"b":null},"objectives":["minimize a"],"constraints":["a <= 2"],
        "history":{"NRCellRelation=1-2/MM.HoExeInterReq":{"start_ns":5,"step_ns":10,"values":[1,null,2.5]}},"horizon_ns":9,"deadline_ns":7,"seed":18446744073709551615,"include_timeline":true,"tolerance":{"a":0.5},
        "mode":"AUTONOMOUS","candidates":[[],[{"managedObject":"NRCellRelation=1-2","attribute":"cellIndividualOffset","before":0,"after":2},{"managedObject":"o","attribute":"administrativeState","after":"LOCKED"}]],
        "network": {"layout":{"type":"hexagonal","sites":7} , "traffic_mbps":5},"guards":{"PACING":{"min_interval_ns":5}},"protected":["NRCellDU=3"],
        "configuration":{"NRCellRelation=1-2":{"cellIndividualOffset":-1.5,"note":null},"NRCellDU=1":{"administrativeState":"UNLOCKED","on":true,"exact":18446744073709551615}},
        "time_ns":1000,"observe_ns":900,"rollback_condition":"a > 3","target_probability":0.75,
        "commands":[{"source":"x","targetParameter":"p","targetValue":"1","targetCell":"c","timestamp":1,"controlTimespan":2}],"extra":1}
        """;

    private static DecisionProblem Read(string text) => JsonIn.DecisionProblem(Encoding.UTF8.GetBytes(text), "problem");

    [Fact]
    public void Every_member_is_read()
    {
        DecisionProblem question = Read(Full);
        RanProblem problem = question.Problem;
        Assert.Equal(("p", "n", "MRO"), (problem.Id, problem.NetworkId, problem.ProblemType));
        Assert.Equal([new("a", 1)], problem.CurrentState);
        Assert.Equal(["minimize a"], problem.Objectives);
        Assert.Equal(["a <= 2"], problem.Constraints);
        Assert.Equal([1, double.NaN, 2.5], Assert.Single(problem.History).Value.Values);
        Assert.Equal((9UL, 7UL, ulong.MaxValue, true, 0.5), (problem.HorizonNs, problem.DeadlineNs, problem.Seed, problem.IncludeTimeline, problem.Tolerance["a"]));
        Assert.Equal(DecisionMode.Autonomous, question.Mode);
        Assert.Equal(2, question.Candidates!.Count);
        Assert.Empty(question.Candidates[0]);
        Assert.Equal(
            [new ConfigurationChange("NRCellRelation=1-2", "cellIndividualOffset", 0, 2), new ConfigurationChange("o", "administrativeState", null, "LOCKED")], question.Candidates[1]);
        Assert.Equal(5, question.Network!.TrafficMbps);
        Assert.Equal("""{"layout":{"type":"hexagonal","sites":7} , "traffic_mbps":5}""", Encoding.UTF8.GetString(question.NetworkText!));
        Assert.Equal(5UL, question.Guards.PacingNs);
        Assert.Equal(["NRCellDU=3"], question.Protected);
        Assert.Equal(
            [new AttributeSetting("NRCellRelation=1-2", "cellIndividualOffset", -1.5), new("NRCellDU=1", "administrativeState", "UNLOCKED"), new("NRCellDU=1", "on", true), new("NRCellDU=1", "exact", ulong.MaxValue)],
            question.Configuration);
        Assert.Equal((1000UL, 900UL, "a > 3", 0.75), (question.TimeNs, question.ObserveNs, question.RollbackCondition, question.TargetProbability));
        Assert.Equal(("x", 1.0, 2UL), (Assert.Single(question.Commands).Source, question.Commands[0].TargetNumber, question.Commands[0].SpanNs));
        Assert.Null(question.Intent);
        Assert.Equal([new("/current_state/b", "null: not known"), new("/extra", "unknown field")], problem.Ignored);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"mode":null,"candidates":null,"network":null,"guards":null,"protected":null,"configuration":null,"rollback":null,"commands":null,"time_ns":null,"observe_ns":null,"rollback_condition":null,"target_probability":null,"horizon_ns":null,"Intent":null}""")]
    public void Every_member_may_be_missing(string text)
    {
        DecisionProblem question = Read(text);
        Assert.Equal(CognitionSpeech.TextOf(new DecisionProblem()), CognitionSpeech.TextOf(question));
        Assert.Equal((DecisionMode.Assist, 0.9), (question.Mode, question.TargetProbability));
    }

    [Fact]
    public void Rollback_may_be_one_object()
    {
        DecisionProblem question = Read("""{"rollback":{"condition":"a > 1","observe_ns":60,"restore":[]}}""");
        Assert.Equal(("a > 1", 60UL), (question.RollbackCondition, question.ObserveNs));
        Assert.Equal([new("/rollback/restore", "unknown field")], question.Problem.Ignored);
    }

    [Fact]
    public void Op_of_a_task_is_passed_over() => Assert.Empty(Read("""{"op":"decide","id":"p"}""").Problem.Ignored);

    [Theory]
    [InlineData("""{"mode":"shadow"}""", "problem: /mode: 'shadow' is none of: SHADOW, ASSIST or AUTONOMOUS at byte 8")]
    [InlineData("""{"mode":1}""", "problem: /mode: expected a string, found a number at byte 8")]
    [InlineData("""{"candidates":{}}""", "problem: /candidates: expected an array of candidates, found an object at byte 14")]
    [InlineData("""{"candidates":[{"managedObject":"o","attribute":"a","after":1}]}""", "problem: /candidates/0: expected an array of changes, found an object at byte 15")]
    [InlineData("""{"candidates":[[{"managedObject":"o","attribute":"a"}]]}""", "problem: /candidates/0/0: field 'after' is missing at byte 52")]
    [InlineData("""{"candidates":[[{"managedObject":"o","attribute":"a","after":null}]]}""", "problem: /candidates/0/0: field 'after' is missing at byte 65")]
    [InlineData("""{"candidates":[[{"managedObject":"o","attribute":"a","after":[1]}]]}""", "problem: /candidates/0/0/after: expected a string, a number, a boolean or null, found an array at byte 61")]
    [InlineData("""{"candidates":[[{"managedObject":"o","attribute":"a","after":1},{"managedObject":"o","attribute":"b","after":1},{"managedObject":"o","attribute":"a","after":2}]]}""", "problem: /candidates/0/2: a of o is set to another value before")]
    [InlineData("""{"candidates":[[{"attribute":"a","after":1}]]}""", "problem: /candidates/0/0: field 'managedObject' is missing at byte 42")]
    [InlineData("""{"candidates":[[{"managedObject":"","attribute":"a","after":1}]]}""", "problem: /candidates/0/0/managedObject: is empty")]
    [InlineData("""{"network":5}""", "problem: /network: expected an object, found a number at byte 11")]
    [InlineData("""{"guards":[]}""", "problem: /guards: expected an object of guards, found an array at byte 10")]
    [InlineData("""{"protected":"NRCellDU=1"}""", "problem: /protected: expected an array of strings, found a string at byte 13")]
    [InlineData("""{"configuration":[]}""", "problem: /configuration: expected an object of managed objects, found an array at byte 17")]
    [InlineData("""{"configuration":{"o":1}}""", "problem: /configuration/o: expected an object of attributes, found a number at byte 22")]
    [InlineData("""{"configuration":{"o":{"a":{}}}}""", "problem: /configuration/o/a: expected a string, a number, a boolean or null, found an object at byte 27")]
    [InlineData("""{"time_ns":-1}""", "problem: /time_ns: expected a whole number 0..18446744073709551615 at byte 11")]
    [InlineData("""{"observe_ns":"1h"}""", "problem: /observe_ns: expected a whole number, found a string at byte 14")]
    [InlineData("""{"observe_ns":1,"rollback":{"observe_ns":1}}""", "problem: /rollback/observe_ns: observe_ns and rollback/observe_ns cannot both be given")]
    [InlineData("""{"rollback":{"condition":"a"},"rollback_condition":"b"}""", "problem: /rollback_condition: rollback/condition and rollback_condition cannot both be given")]
    [InlineData("""{"rollback":"a > 1"}""", "problem: /rollback: expected an object with condition and observe_ns, found a string at byte 12")]
    [InlineData("""{"target_probability":1.5}""", "problem: /target_probability: 1.5, must be 0..1")]
    [InlineData("""{"commands":[{}]}""", "problem: /commands/0: field 'source' is missing at byte 14")]
    [InlineData("""{"id":null}""", "problem: /id: expected a string, found null at byte 6")]
    [InlineData("""{"history":{"a":{"values":[1]}}}""", "problem: /history/a: neither start_ns with step_ns nor times_ns is given at byte 29")]
    [InlineData("""{"mode":"SHADOW","mode":"SHADOW"}""", "problem: field 'mode' is given twice at byte 17")]
    [InlineData("[]", "problem: expected an object, found an array at byte 0")]
    [InlineData("""{"id":"p"} x""", "problem: not valid JSON at byte 11")]
    public void What_cannot_be_used_is_refused_with_its_place(string text, string message)
    {
        Exception? error = Record.Exception(() => Read(text));
        Assert.True(error is InvalidJsonException or InvalidInputException, error?.GetType().Name);
        Assert.Equal(message, error!.Message);
    }

    [Fact]
    public void Limits_are_kept()
    {
        string Changes(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"managedObject":"o","attribute":"a{{i}}","after":1}"""));
        Assert.Equal(CognitiveLimits.CandidatesMax, Read($$"""{"candidates":[{{Many("[]", CognitiveLimits.CandidatesMax)}}]}""").Candidates!.Count);
        Assert.Equal("problem: /candidates: more than 10000 candidates", Refusal($$"""{"candidates":[{{Many("[]", CognitiveLimits.CandidatesMax + 1)}}]}"""));
        Assert.Equal(CognitiveLimits.ActionsMax, Read($$"""{"candidates":[[{{Changes(CognitiveLimits.ActionsMax)}}]]}""").Candidates![0].Count);
        Assert.Equal("problem: /candidates/0: more than 10000 changes", Refusal($$"""{"candidates":[[{{Changes(CognitiveLimits.ActionsMax + 1)}}]]}"""));
        string numbers = string.Join(',', Enumerable.Range(0, CognitiveLimits.MetricsMax).Select(i => $"\"m{i}\":1"));
        Assert.Equal(CognitiveLimits.MetricsMax, Read("{\"current_state\":{" + numbers + "}}").Problem.CurrentState.Count);
        Assert.StartsWith("problem: /current_state", Refusal("{\"current_state\":{" + numbers + ",\"x\":1}}"), StringComparison.Ordinal);
        string histories = numbers.Replace(":1", """:{"start_ns":0,"step_ns":1,"values":[1]}""", StringComparison.Ordinal);
        Assert.Equal(CognitiveLimits.MetricsMax, Read("{\"history\":{" + histories + "}}").Problem.History.Count);
        string refusal = Refusal("{\"configuration\":{\"" + new string('o', 1025) + "\":{}}}");
        Assert.StartsWith("problem: /configuration/ooo", refusal, StringComparison.Ordinal);
        Assert.EndsWith("more than 1024 bytes", refusal, StringComparison.Ordinal);

        static string Many(string text, int count) => string.Join(',', Enumerable.Repeat(text, count));

        static string Refusal(string text) => Assert.Throws<LimitExceededException>(() => Read(text)).Message;
    }

    [Fact]
    public void Constraints_beside_a_question_are_those_of_the_temporal_core()
    {
        (DecisionProblem question, IReadOnlyList<Constraint> constraints) = JsonIn.DecisionQuestion(
            """{"x":1}"""u8, "problem", """[{"id":"c","constraint_type":"max","parameters":{"a":1,"b":null},"unit":"%"}]"""u8, "constraints");
        Assert.Equal(("c", "max"), (Assert.Single(constraints).Id, constraints[0].ConstraintType));
        Assert.Equal([new("/x", "unknown field"), new("/0/parameters/b", "null: not known"), new("/0/unit", "unknown field")], question.Problem.Ignored);
        Assert.Empty(JsonIn.DecisionQuestion("{}"u8, "problem", [], "constraints").Constraints);
        Assert.Equal(
            "constraints: /0: field 'id' is missing at byte 2", Assert.Throws<InvalidJsonException>(() => JsonIn.DecisionQuestion("{}"u8, "problem", "[{}]"u8, "constraints")).Message);
    }

    [Fact]
    public void Constraints_beside_a_question_may_be_texts_as_those_of_the_problem()
    {
        (DecisionProblem question, IReadOnlyList<Constraint> constraints) = JsonIn.DecisionQuestion(
            """{"constraints":["a <= 1"]}"""u8, "problem", """["b <= 2",{"id":"c","constraint_type":"max","parameters":{"d":3}},"e <= 4"]"""u8, "constraints");
        Assert.Equal(["a <= 1"], question.Problem.Constraints);
        Assert.Equal(["b <= 2", "c", "e <= 4"], constraints.Select(constraint => constraint.Id));
        Assert.Equal(["b <= 2", null, "e <= 4"], constraints.Select(constraint => constraint.Expression));
        Assert.Equal(
            "constraints: /1: expected an object, found a number at byte 5", Assert.Throws<InvalidJsonException>(() => JsonIn.DecisionQuestion("{}"u8, "problem", """["a",5]"""u8, "constraints")).Message);
    }

    [Fact]
    public void Temporal_problems_have_none_of_it()
    {
        RanProblem problem = JsonIn.Problem("""{"id":"p","mode":"SHADOW","candidates":5}"""u8, "problem");
        Assert.Equal([new("/mode", "unknown field"), new("/candidates", "unknown field")], problem.Ignored);
    }
}
