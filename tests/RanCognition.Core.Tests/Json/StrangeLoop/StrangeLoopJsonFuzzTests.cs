using RanCognition.Json;

namespace RanCognition.Tests.Json.StrangeLoop;

/// <summary>Whatever bytes come: an answer, or one of the three refusals that are documented; and what was answered is written and read again to the same bytes.</summary>
public class StrangeLoopJsonFuzzTests
{
    private static readonly string[] Seeds =
    [
        """{"map":{"type":"linear","matrix":[[0.5,1],[0,0.25]],"offset":[1,-1]},"x0":[1,2],"method":"newton","tolerance":1e-9,"max_iterations":5,"anderson_depth":3,"jacobian":[[1,0],[0,1]],"deadline_ns":7}""",
        """{"op":"solve","request":{"map":{"type":"expression","variables":["x","y"],"expressions":["cos(x)","x*y"]}}}""",
        """{"map":{"type":"load_coupling","network":{"layout":{"type":"hexagonal","sites":7},"users":{"count":10},"traffic_mbps":5}}}""",
        """{"op":"observe","loop_id":"l","time_ns":5,"predict":{"a":{"mean":1,"lower":0,"upper":2.5,"coverage":0.9},"b":{}},"experts":{"e":{"a":1},"f":{"a":2}},"observed":{"a":1.5},"actions":[{"managedObject":"o","attribute":"t","after":1}]}""",
        """{"op":"detect_conflicts","commands":[{"source":"a","command":"set","targetParameter":"p","targetValue":"1.50","targetCell":3,"timestamp":"Wed Jan 01 00:00:00.000 2020","controlTimespan":"0.5"},{"source":"b","targetParameter":"q","targetValue":2,"targetCell":"c","timestamp":"2020-01-01T00:00:00+01:00","controlTimespan":9,"data":1}],"keep":true}""",
        """{"groups":[{"groupName":"g","parameters":[{"changeTarget":"t","parameterName":"p"},{"parameterName":"q"}]}],"kpis":[{"cell":"c","metric":"m","time_ns":1,"value":2,"better":"low"}],"loops":{"names":["a","b"],"gain":[[0,1],[1,0]]},"op":"detect_conflicts"}""",
        """{"loops":{"names":["a","b"],"changes":[[0,1],[1,0],[2,3]]},"time_ns":8,"op":"detect_conflicts"}""",
        """{"aci_step":0.1,"levels":3,"op":"get_state"}""",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud800", "null", "true", "1e400", "-0", "0.1", "18446744073709551616", "[[1,2],[3,4]]", "\"op\":", "\"type\":", "\"request\":{},", "\u0000", "ü",
    ];

    private static JsonFuzz Fuzz => new(
        Seeds,
        Pieces,
        text => JsonFuzz.IsReadAgain(JsonIn.FixedPointRequest(text, "a")),
        text => JsonFuzz.IsReadAgain(JsonIn.LoopObservation(text, "a")),
        text => JsonFuzz.IsReadAgain(JsonIn.ConflictRequest(text, "a")),
        text => JsonFuzz.IsReadAgain(JsonIn.StrangeLoopOperation(text, "a")),
        text => JsonFuzz.IsReadAgain(JsonIn.StrangeLoopOptions(text, "a")));

    [Fact]
    public void Changed_texts_give_an_answer_or_a_documented_refusal() => Fuzz.ChangedTextsAreAnsweredOrRefused(seed: 7, rounds: 4000, least: 1000);

    [Fact]
    public void Texts_cut_at_any_byte_are_refused() => Fuzz.CutTextsAreRefused();
}
