using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Cognition.Json;

public sealed class DecisionCodecTests
{
    private const string Smallest = """{"decision_id":1,"mode":"SHADOW","status":"OPEN"}""";

    [Fact]
    public void Every_member_comes_back_to_the_bit()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            DecisionRecord record = new CognitionRandom(seed).Record();
            DecisionRecord read = DecisionCodec.Instance.Read(TextOf(record));
            Assert.Equal(CognitionSpeech.TextOf(record), CognitionSpeech.TextOf(read));
            Assert.Equal(TextOf(record), TextOf(read));
        }
    }

    [Fact]
    public void No_record_but_one_with_everything_is_without_a_member()
    {
        DecisionRecord full = new()
        {
            Id = 7, TimeNs = 1, NetworkId = "n", ProblemType = "MRO", Mode = DecisionMode.Autonomous, CauseName = "too_late", ManagedObject = "NRCellRelation=1-2",
            Actions = [new ConfigurationChange("NRCellRelation=1-2", "cellIndividualOffset", null, 2)], Targets = ["a <= 1"], Expected = [new MetricExpectation { Metric = "a", P50 = 1 }], Before = [new("a", 2)],
            Situation = [new("s", 3)], RawConfidence = 0.25, Confidence = 0.5, NothingConfidence = 0.125, RollbackCondition = "a > 2", ObserveNs = 900, Vetoes = ["PACING"], Status = DecisionStatus.RolledBack,
            Executed = true, ReportSequence = 3, ReportedNs = 1000, Observed = [new("a", 1.5)], TargetsHeld = false,
        };
        Assert.Equal(
            """
            {"decision_id":7,"time_ns":1,"network_id":"n","problem_type":"MRO","mode":"AUTONOMOUS","status":"ROLLED_BACK","cause":"too_late","managedObject":"NRCellRelation=1-2",
            "actions":[{"managedObject":"NRCellRelation=1-2","attribute":"cellIndividualOffset","after":2}],"targets":["a <= 1"],"expected":{"a":{"p10":null,"p50":1,"p90":null}},"before":{"a":2},
            "situation":{"s":3},"raw_confidence":0.25,"confidence":0.5,"nothing_confidence":0.125,"rollback_condition":"a > 2","observe_ns":900,"vetoes":["PACING"],"executed":true,"report_sequence":3,
            "reported_ns":1000,"observed":{"a":1.5},"targets_held":false}
            """.Replace("\n", "", StringComparison.Ordinal), Encoding.UTF8.GetString(TextOf(full)));
        foreach (string member in JsonNode.Parse(TextOf(full))!.AsObject().Select(m => m.Key).Except(["decision_id", "mode", "status"]))
        {
            JsonObject part = JsonNode.Parse(TextOf(full))!.AsObject();
            part.Remove(member);
            Assert.NotEqual(CognitionSpeech.TextOf(full), CognitionSpeech.TextOf(Read(part.ToJsonString())));
        }
    }

    [Fact]
    public void Unknown_members_are_passed_over()
    {
        DecisionRecord read = Read("""{"later":{"a":[1,{"b":null}]},"decision_id":1,"mode":"ASSIST","status":"KEPT","expected":{"m":{"p50":1,"p99":2}},"actions":[{"managedObject":"o","attribute":"a","why":"x"}]}""");
        Assert.Equal((1UL, DecisionMode.Assist, DecisionStatus.Kept, 1.0, "o"), (read.Id, read.Mode, read.Status, read.Expected[0].P50, read.Actions[0].ManagedObject));
    }

    [Theory]
    [InlineData("""{"mode":"SHADOW","status":"OPEN"}""", "document: field 'decision_id' is missing at byte 32")]
    [InlineData("""{"decision_id":1,"status":"OPEN"}""", "document: field 'mode' is missing at byte 32")]
    [InlineData("""{"decision_id":1,"mode":"SHADOW"}""", "document: field 'status' is missing at byte 32")]
    [InlineData("""{"decision_id":0,"mode":"SHADOW","status":"OPEN"}""", "document: /decision_id: 0, must be 1..18446744073709551615")]
    [InlineData("""{"decision_id":1,"mode":"shadow","status":"OPEN"}""", "document: /mode: 'shadow' is none of: SHADOW, ASSIST or AUTONOMOUS at byte 24")]
    [InlineData("""{"decision_id":1,"mode":"SHADOW","status":"DONE"}""", "document: /status: 'DONE' is none of: OPEN, KEPT, ROLL_BACK or ROLLED_BACK at byte 42")]
    [InlineData("""{"decision_id":1,"mode":"SHADOW","status":"OPEN","observed":{"a":"1"}}""", "document: /observed/a: expected a number or null, found a string at byte 65")]
    [InlineData("""{"decision_id":1,"mode":"SHADOW","status":"OPEN","confidence":1e999}""", "document: /confidence: the number is beyond the range of a double at byte 62")]
    [InlineData("""{"decision_id":1,"decision_id":1,"mode":"SHADOW","status":"OPEN"}""", "document: field 'decision_id' is given twice at byte 17")]
    [InlineData("""{"decision_id":1,"mode":"SHADOW","status":"OPEN","actions":[{"attribute":"a"}]}""", "document: /actions/0: field 'managedObject' is missing at byte 76")]
    [InlineData("[]", "document: expected an object, found an array at byte 0")]
    public void A_document_that_is_none_is_refused_with_its_place(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidJsonException>(() => Read(text)).Message);

    [Fact]
    public void More_actions_than_a_decision_can_have_are_refused()
    {
        string actions = string.Join(',', Enumerable.Repeat("""{"managedObject":"o","attribute":"a"}""", CognitiveLimits.ActionsMax + 1));
        Assert.Equal("document: /actions: more than 10000 changes", Assert.Throws<InvalidJsonException>(() => Read($$"""{{{Smallest[1..^1]}},"actions":[{{actions}}]}""")).Message);
    }

    [Fact]
    public void A_document_cut_or_changed_anywhere_is_refused_or_a_record()
    {
        Random random = new(3);
        int read = 0;
        for (int seed = 0; seed < 6; seed++)
        {
            byte[] text = TextOf(new CognitionRandom(seed).Record());
            for (int length = 0; length < text.Length; length++)
            {
                Assert.Throws<InvalidJsonException>(() => DecisionCodec.Instance.Read(text.AsSpan(0, length)));
            }
            for (int i = 0; i < 500; i++)
            {
                byte[] changed = [.. text];
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
                try
                {
                    DecisionCodec.Instance.Read(changed);
                    read++;
                }
                catch (InvalidJsonException)
                {
                }
            }
        }
        Assert.InRange(read, 150, 2850);
    }

    private static DecisionRecord Read(string text) => DecisionCodec.Instance.Read(Encoding.UTF8.GetBytes(text));

    private static byte[] TextOf(DecisionRecord record)
    {
        ArrayBufferWriter<byte> text = new();
        DecisionCodec.Instance.Write(record, text);
        return text.WrittenSpan.ToArray();
    }
}
