using RanCognition.Json;
using RanCognition.Tests.Json;

namespace RanCognition.Tests.Memory;

/// <summary>Whatever bytes come: an answer, or one of the three refusals that are documented.</summary>
public class MemoryJsonFuzzTests
{
    private static readonly string[] Seeds =
    [
        """{"id":17,"time_ns":1,"network_id":"n","cell":"c1","situation":{"a":61.5,"b":null},"vector":[1,-2.5,3e38],"action":[{"managedObject":"m","attribute":"a","before":"x","after":null}],"reward":0.5,"success":false,"tags":["es"],"metadata":{"v":9007199254740993,"n":[1,{"d.e":true}]},"text":"\ud834\udd1e"}""",
        """[{"vector":[1]},{"situation":{"a":1}}]""",
        """{"like":1,"vector":[1,2],"k":10,"filter":{"cell":{"$eq":"c1"},"reward":{"$gte":0.5},"metadata.v":{"$in":["A",null,3]},"success":true},"weights":{"similarity":1},"mmr_lambda":0.5,"explain":true}""",
        """{"op":"effect","action":{"attribute":"t","after":1},"outcome":"reward","coverage":0.9}""",
        """{"op":"store","episodes":[{"vector":[1]}]}""",
        """{"path":"a","dimension":3,"metric":"l2","durability":"none","max_rows":9,"postgres":"Host=x","site":"s"}""",
        """{"network_id":"n","situation":{"a":1},"tags":["t"],"metadata":{"a":{"b":[1,2]},"a.b":1e-400},"text":"x"}""",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "true", "1e400", "1e39", "-0", "9007199254740993", "18446744073709551616", "\"id\":", "\"op\":", "\"$in\":", "\u0000", "ü",
    ];

    private static JsonFuzz Fuzz => new(
        Seeds,
        Pieces,
        text => JsonIn.Episodes(text, "a", out _, out _),
        text => JsonIn.EpisodeUpdate(text, "a"),
        text => JsonIn.Recall(text, "a"),
        text => JsonIn.MemoryAnalysis(text, "a"),
        text => JsonIn.MemoryOperation(text, "a"),
        text => JsonIn.MemoryOptions(text, "a"),
        text => JsonIn.EpisodeFilter(text, "a"),
        text => JsonIn.EpisodeDocument(text, "a"),
        text => EpisodeCodec.Instance.Read(text),
        text => EpisodeCodec.Instance.Field(text, "metadata.a.b"),
        text => EpisodeCodec.Instance.Field(text, "tags"),
        text => EpisodeCodec.Instance.Field(text, "situation.a"));

    [Fact]
    public void Changed_texts_give_an_answer_or_a_documented_refusal() => Fuzz.ChangedTextsAreAnsweredOrRefused(seed: 7, rounds: 4000, least: 1000);
}
