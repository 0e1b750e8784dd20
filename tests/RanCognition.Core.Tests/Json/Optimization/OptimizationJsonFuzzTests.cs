using RanCognition.Json;

namespace RanCognition.Tests.Json.Optimization;

/// <summary>Whatever bytes come: an answer, or one of the three refusals that are documented; and what was answered is written and read again to the same bytes.</summary>
public class OptimizationJsonFuzzTests
{
    private static readonly string[] Seeds =
    [
        """{"variables":[{"name":"a","type":"real","lower":-1,"upper":2.5,"step":0.1,"initial":0},{"type":"category","values":["x",1.5],"name":"b"},{"name":"c","values":[1,2],"type":"ordered"}],"objectives":[{"name":"f","sense":"max"}],"constraints":[{"name":"c"}],"budget":{"evaluations":9},"target":1e-8,"starts":[[1,0,1]],"seed":3,"threads":2}""",
        """{"network":{"layout":{"type":"hexagonal","sites":7},"users":{"count":10},"cells":[{"azimuth_deg":30,"on":true}],"traffic_mbps":5},"problem_type":"ES","limits":{"max_load":null,"cio_values":[-3,3]}}""",
        """{"links":{"loss_db":[[100,110.25],[90,null]],"azimuth_deg":[[1,2],[3,4]],"zenith_deg":[[90,91],[92,93.125]],"weights":[1,2]},"energy":{"active_w":1}}""",
        """{"links":{"loss_db":[[100,110.25],[90,1e2]],"azimuth_deg":[[1,2],[3,4]],"zenith_deg":[[90,91],[92,93.125]],"weights":[1,2]},"carriers":[{"frequency_ghz":2,"bandwidth_mhz":20}]}""",
        """{"op":"evaluate_network","network":{"sites":[{"x":0,"y":1,"height_m":25}],"points":[{"x":1,"y":2,"weight":1,"indoor":false}],"antenna":{"model":"omni"}}}""",
        """{"op":"optimize","problem":{"function":{"suite":"bbob","id":1,"dimension":2,"instance":3},"include_map":true,"reference_point":[1,2]}}""",
        """{"pci":{"cells":3,"relations":[[1,2],[2,3]],"values":{"count":3},"present":[1,2,3]},"slices":[{"name":"a","spectral_efficiency":2}],"mobility":{"traces":[[[-80,-90],[-81,-91]]],"speed_kmh":3}}""",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud800", "null", "true", "1e400", "-0", "0.1", "18446744073709551616", "[[1,2],[3,4]]", "\"op\":", "\"type\":", "\"values\":[1],", "\u0000", "ü",
    ];

    private static JsonFuzz Fuzz => new(
        Seeds,
        Pieces,
        text => JsonFuzz.IsReadAgain(JsonIn.OptimizationProblem(text, "a")),
        text => JsonFuzz.IsReadAgain(JsonIn.OptimizationOperation(text, "a")),
        text => JsonFuzz.IsReadAgain(JsonIn.NetworkModel(text, "a")),
        text => JsonFuzz.IsReadAgain(JsonIn.OptimizationOptions(text, "a")));

    [Fact]
    public void Changed_texts_give_an_answer_or_a_documented_refusal() => Fuzz.ChangedTextsAreAnsweredOrRefused(seed: 7, rounds: 4000, least: 1000);

    [Fact]
    public void Texts_cut_at_any_byte_are_refused() => Fuzz.CutTextsAreRefused();
}
