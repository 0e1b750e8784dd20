using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Tests.Json;

namespace RanCognition.Tests.Cognition.Json;

/// <summary>Whatever bytes come: a record, or one of the three refusals that are documented; and what was read is written and read again to the same bytes.</summary>
public sealed class CognitionFuzzTests
{
    private static readonly string[] Seeds =
    [
        """{"id":"p","history":{"NRCellRelation=1-2/MM.HoExeInterReq":{"start_ns":5,"step_ns":10,"values":[1,null,2.5]}},"mode":"SHADOW","candidates":[[{"managedObject":"o","attribute":"a","after":-2}],[]],"protected":["NRCellDU=1"],"configuration":{"o":{"a":1,"b":"x","c":null}},"time_ns":5}""",
        """{"guards":{"INSUFFICIENT_SAMPLES":{"min_attempts":20},"PACING":false,"AT_BOUND":{"a":[-3,3]},"MAX_CHANGE":{"a":4},"LOW_CONFIDENCE":{"min":0.25},"NOT_ALLOWED":{"attributes":["a"]},"CONSTRAINT":false},"rollback":{"condition":"a > 1","observe_ns":9},"target_probability":0.5}""",
        """{"Intent":{"id":"i","attributes":{"intentExpectations":[{"expectationId":"e","expectationObject":{"objectInstance":["x","y"]},"expectationTargets":[{"targetName":"m","targetCondition":"IS_WITHIN_RANGE","targetValueRange":{"lower":"1","upper":2}},{"targetName":"m","targetCondition":"c","targetValueRange":"1,2"}]}]}}}""",
        """{"network":{"layout":{"type":"hexagonal","sites":7},"traffic_mbps":5},"commands":[{"source":"a","targetParameter":"p","targetValue":"1.50","targetCell":3,"timestamp":"2020-01-01T00:00:00Z","controlTimespan":"0.5"}]}""",
        """{"decision_id":3,"time_ns":9,"observed":{"a/b":1.5,"c":null},"executed":false}""",
        """{"op":"report_outcome","outcome":{"decision_id":1,"observed":{"a":1}}}""",
        """{"op":"ingest","message":"<a>\u00e9</a>"}""",
        """{"path":"p","record_to":"r","seed":1,"max_message_bytes":5}""",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud800", "null", "true", "false", "1e400", "-0", "0.1", "18446744073709551616", "[[1,2],[3,4]]", "\"op\":", "\"mode\":\"ASSIST\",", "{},", "\u0000", "ü",
    ];

    private static JsonFuzz Fuzz => new(
        Seeds,
        Pieces,
        text => JsonFuzz.IsReadAgain(JsonIn.DecisionProblem(text, "a")),
        text => JsonFuzz.IsReadAgain(JsonIn.DecisionOutcome(text, "a")),
        text => JsonFuzz.IsReadAgain(JsonIn.CognitiveOptions(text, "a")),
        text => JsonIn.CognitiveOperation(text, "a"));

    [Fact]
    public void Changed_texts_give_a_record_or_a_documented_refusal() => Fuzz.ChangedTextsAreAnsweredOrRefused(seed: 11, rounds: 2000, least: 500);

    [Fact]
    public void Texts_cut_at_any_byte_are_refused() => Fuzz.CutTextsAreRefused();

    [Fact]
    public void No_bytes_are_no_question()
    {
        Assert.Throws<InvalidJsonException>(() => JsonIn.DecisionProblem([], "problem"));
        Assert.Throws<InvalidJsonException>(() => JsonIn.DecisionOutcome([], "outcome"));
        Assert.Throws<InvalidJsonException>(() => JsonIn.CognitiveOperation([], "data"));
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        foreach (string member in new[] { "\"x\":", "\"candidates\":", "\"configuration\":", "\"intentExpectations\":[{\"expectationObjects\":", "\"guards\":", "\"network\":" })
        {
            byte[] text = Encoding.UTF8.GetBytes("{" + member + new string('[', 100_000));
            Assert.Throws<InvalidJsonException>(() => JsonIn.DecisionProblem(text, "problem"));
        }
    }
}
