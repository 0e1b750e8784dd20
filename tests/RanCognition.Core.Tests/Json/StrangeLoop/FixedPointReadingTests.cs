using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using static RanCognition.Tests.Memory.MemoryQueryReadingTests;

namespace RanCognition.Tests.Json.StrangeLoop;

public class FixedPointReadingTests
{
    private static FixedPointRequest Request(string text) => JsonIn.FixedPointRequest(Encoding.UTF8.GetBytes(text), "request");

    private static StrangeLoopOptions Options(string text) => JsonIn.StrangeLoopOptions(Encoding.UTF8.GetBytes(text), "options");

    private static StrangeLoopOperation Operation(string text) => JsonIn.StrangeLoopOperation(Encoding.UTF8.GetBytes(text), "data");

    private static T Map<T>(string map)
        where T : FixedPointMapSpec => Assert.IsType<T>(Request("{\"map\":" + map + "}").Map);

    [Fact]
    public void A_request_is_read()
    {
        FixedPointRequest request = Request(
            """
            {"map":{"type":"linear","matrix":[[0.5,-1e-3],[0,2]],"offset":[1,-2]},"x0":[3,4.5],"method":"anderson","tolerance":1e-12,"max_iterations":10000000,"anderson_depth":50,
            "jacobian":[[1,2],[3,4]],"deadline_ns":18446744073709551615}
            """);
        Assert.Empty(request.Ignored);
        FixedPointMapSpec.Linear map = Assert.IsType<FixedPointMapSpec.Linear>(request.Map);
        Assert.Equal([[0.5, -1e-3], [0, 2]], map.Matrix);
        Assert.Equal([1, -2], map.Offset!);
        Assert.Equal([3, 4.5], request.X0!);
        Assert.Equal([[1, 2], [3, 4]], request.Jacobian!);
        Assert.Equal(
            (FixedPointMethod.Anderson, 1e-12, 10_000_000, 50, (ulong?)ulong.MaxValue),
            (request.Method, request.Tolerance, request.MaxIterations, request.AndersonDepth, request.DeadlineNs));
        Assert.Equal(0, Request("""{"tolerance":0}""").Tolerance);
        foreach ((string word, FixedPointMethod method) in new[]
        {
            ("auto", FixedPointMethod.Auto), ("picard", FixedPointMethod.Picard), ("aitken", FixedPointMethod.Aitken), ("newton", FixedPointMethod.Newton),
        })
        {
            Assert.Equal(method, Request($$"""{"method":"{{word}}"}""").Method);
        }
    }

    [Fact]
    public void Maps_are_read_wherever_their_type_stands()
    {
        Assert.Null(Map<FixedPointMapSpec.Linear>("""{"matrix":[[2]],"type":"linear"}""").Offset);
        Assert.Null(Map<FixedPointMapSpec.Linear>("""{"offset":null,"matrix":[[2]],"type":"linear"}""").Offset);
        Assert.Equal(5, Map<FixedPointMapSpec.LoadCoupling>("""{"network":{"traffic_mbps":5},"type":"load_coupling"}""").Network.TrafficMbps);
        FixedPointMapSpec.Expression expression = Map<FixedPointMapSpec.Expression>("""{"variables":["x","y"],"type":"expression","expressions":["cos(x)","x + \"é\""]}""");
        Assert.Equal(["x", "y"], expression.Variables);
        Assert.Equal(["cos(x)", "x + \"é\""], expression.Expressions);
    }

    [Fact]
    public void What_is_left_out_or_null_has_its_default()
    {
        FixedPointRequest defaults = new();
        foreach (string text in new[]
        {
            "{}", """{"map":null,"x0":null,"method":null,"tolerance":null,"max_iterations":null,"anderson_depth":null,"jacobian":null,"deadline_ns":null}""",
        })
        {
            FixedPointRequest request = Request(text);
            Assert.Empty(request.Ignored);
            Assert.Equal(defaults with { Ignored = request.Ignored }, request);
        }
        Assert.Equal((1e-10, 1000, 5), (defaults.Tolerance, defaults.MaxIterations, defaults.AndersonDepth));
        Assert.Empty(Request("""{"x0":[]}""").X0!);
    }

    [Fact]
    public void What_is_not_used_is_told_with_its_place()
    {
        FixedPointRequest request = Request(
            """{"map":{"type":"linear","matrix":[[1]],"variables":5,"colour":"red","network":{"a":1}},"damping":{"a":[1]},"x0":[1]}""");
        Assert.Equal(
            [
                ("/map/variables", "maps of another type have it"), ("/map/colour", "unknown field"), ("/map/network", "maps of another type have it"), ("/damping", "unknown field"),
            ],
            request.Ignored.Select(field => (field.Field, field.Reason)));
        Assert.Equal(["/map/network/gain", "/map/network/cells/0/colour"],
            Request("""{"map":{"type":"load_coupling","network":{"gain":2,"cells":[{"colour":1}]}}}""").Ignored.Select(field => field.Field));
        Assert.Equal(["/map/matrix", "/map/offset"],
            Request("""{"map":{"type":"expression","variables":["x"],"expressions":["x"],"matrix":{},"offset":"x"}}""").Ignored.Select(field => field.Field));
        Assert.Equal(["/map/expressions"], Request("""{"map":{"type":"load_coupling","network":{},"expressions":["x"]}}""").Ignored.Select(field => field.Field));
    }

    [Theory]
    [InlineData("[]", "request: expected an object, found an array at byte 0")]
    [InlineData("{", "request: not valid JSON at byte 1")]
    [InlineData("{}x", "request: not valid JSON at byte 2")]
    [InlineData("""{"x0":[1],"x0":[1]}""", "request: field 'x0' is given twice at byte 10")]
    [InlineData("""{"x0":1}""", "request: /x0: expected an array of numbers, found a number at byte 6")]
    [InlineData("""{"x0":[1,null]}""", "request: /x0/1: null, must be a number")]
    [InlineData("""{"x0":[1e999]}""", "request: /x0/0: the number is beyond the range of a double at byte 7")]
    [InlineData("""{"method":"broyden"}""", "request: /method: 'broyden' is none of: auto, picard, aitken, anderson or newton at byte 10")]
    [InlineData("""{"method":1}""", "request: /method: expected a string, found a number at byte 10")]
    [InlineData("""{"tolerance":-1e-9}""", "request: /tolerance: -1E-09, must be 0 or more")]
    [InlineData("""{"tolerance":"small"}""", "request: /tolerance: expected a number, found a string at byte 13")]
    [InlineData("""{"max_iterations":0}""", "request: /max_iterations: 0, must be 1..10000000")]
    [InlineData("""{"max_iterations":10000001}""", "request: /max_iterations: 10000001, must be 1..10000000")]
    [InlineData("""{"max_iterations":1.5}""", "request: /max_iterations: expected a whole number 0..18446744073709551615 at byte 18")]
    [InlineData("""{"anderson_depth":0}""", "request: /anderson_depth: 0, must be 1..50")]
    [InlineData("""{"anderson_depth":51}""", "request: /anderson_depth: 51, must be 1..50")]
    [InlineData("""{"jacobian":[[1,2]]}""", "request: /jacobian: 1 rows of 2 numbers, must be as many rows as numbers a row")]
    [InlineData("""{"jacobian":[]}""", "request: /jacobian: is empty: at least one row is needed")]
    [InlineData("""{"deadline_ns":-1}""", "request: /deadline_ns: expected a whole number 0..18446744073709551615 at byte 15")]
    [InlineData("""{"map":[]}""", "request: /map: expected an object with type, found an array at byte 7")]
    [InlineData("""{"map":{}}""", "request: /map: field 'type' is missing at byte 8")]
    [InlineData("""{"map":{"type":"quadratic"}}""", "request: /map/type: 'quadratic' is none of: linear, load_coupling or expression at byte 15")]
    [InlineData("""{"map":{"type":null}}""", "request: /map/type: expected a string, found null at byte 15")]
    [InlineData("""{"map":{"type":"linear","type":"linear"}}""", "request: /map: field 'type' is given twice at byte 24")]
    [InlineData("""{"map":{"type":"linear"}}""", "request: /map: field 'matrix' is missing at byte 23")]
    [InlineData("""{"map":{"type":"linear","matrix":null}}""", "request: /map/matrix: expected an array of rows of numbers, found null at byte 33")]
    [InlineData("""{"map":{"type":"linear","matrix":[[1,2],[3]]}}""", "request: /map/matrix/1: 1 numbers, the first row has 2")]
    [InlineData("""{"map":{"type":"linear","matrix":[[1],[2]]}}""", "request: /map/matrix: 2 rows of 1 numbers, must be as many rows as numbers a row")]
    [InlineData("""{"map":{"type":"linear","matrix":[[1,2],[3,null]]}}""", "request: /map/matrix/1/1: null, must be a number")]
    [InlineData("""{"map":{"type":"linear","matrix":[[1]],"offset":[1,2]}}""", "request: /map: offset has 2 numbers for 1 rows of the matrix")]
    [InlineData("""{"map":{"type":"linear","matrix":[[1]],"offset":[]}}""", "request: /map: offset has 0 numbers for 1 rows of the matrix")]
    [InlineData("""{"map":{"type":"load_coupling"}}""", "request: /map: field 'network' is missing at byte 30")]
    [InlineData("""{"map":{"type":"load_coupling","network":null}}""", "request: /map/network: expected an object, found null at byte 41")]
    [InlineData("""{"map":{"type":"load_coupling","network":{"cells":[{"on":1}]}}}""", "request: /map/network/cells/0/on: expected true or false, found a number at byte 57")]
    [InlineData("""{"map":{"type":"expression","expressions":["x"]}}""", "request: /map: field 'variables' is missing at byte 47")]
    [InlineData("""{"map":{"type":"expression","variables":["x"]}}""", "request: /map: field 'expressions' is missing at byte 45")]
    [InlineData("""{"map":{"type":"expression","variables":["x"],"expressions":["x","y"]}}""", "request: /map: expressions has 2 texts for 1 variables")]
    [InlineData("""{"map":{"type":"expression","variables":[],"expressions":[]}}""", "request: /map/variables: is empty: at least one string is needed")]
    [InlineData("""{"map":{"type":"expression","variables":[""],"expressions":["x"]}}""", "request: /map/variables/0: is empty")]
    [InlineData("""{"map":{"type":"expression","variables":["x"],"expressions":[5]}}""", "request: /map/expressions/0: expected a string, found a number at byte 61")]
    [InlineData("""{"map":{"type":"expression","variables":"x","expressions":["x"]}}""", "request: /map/variables: expected an array of strings, found a string at byte 40")]
    public void What_cannot_be_solved_is_refused_by_its_place_and_reason(string text, string message) => CheckRefused(message, () => Request(text));

    [Fact]
    public void Lists_have_bounds()
    {
        static string Many(int count, string element) => "[" + string.Join(',', Enumerable.Repeat(element, count)) + "]";
        const int Most = StrangeLoopLimits.DimensionMax;
        string row = Many(Most, "1");
        Assert.Equal(Most, Map<FixedPointMapSpec.Linear>("{\"type\":\"linear\",\"matrix\":" + Many(Most, row) + "}").Matrix.Count);
        CheckRefused("request: /map/matrix: more than 1000 rows", () => Request("{\"map\":{\"type\":\"linear\",\"matrix\":" + Many(Most + 1, "[1]") + "}}"));
        CheckRefused("request: /map/matrix/0: more than 1000 values", () => Request("{\"map\":{\"type\":\"linear\",\"matrix\":[" + Many(Most + 1, "1") + "]}}"));
        CheckRefused("request: /x0: more than 1000 values", () => Request("{\"x0\":" + Many(Most + 1, "1") + "}"));
        CheckRefused("request: /map/offset: more than 1000 values", () => Request("{\"map\":{\"type\":\"linear\",\"offset\":" + Many(Most + 1, "1") + "}}"));
        CheckRefused("request: /map/variables: more than 1000 strings", () => Request("{\"map\":{\"type\":\"expression\",\"variables\":" + Many(Most + 1, "\"x\"") + "}}"));
        CheckRefused("request: /map/variables/0: more than 1024 bytes", () => Request($$$"""{"map":{"type":"expression","variables":["{{{new string('é', 513)}}}"]}}"""));
        CheckRefused("request: /map/expressions/0: more than 10000 bytes", () => Request($$$"""{"map":{"type":"expression","expressions":["{{{new string('x', 10_001)}}}"]}}"""));
    }

    [Fact]
    public void Options_are_read_and_empty_text_gives_the_defaults()
    {
        Assert.Equal(new StrangeLoopOptions(), Options(""));
        StrangeLoopOptions options = Options("""{"levels":3,"aci_step":1,"speed":null}""");
        Assert.Equal(new StrangeLoopOptions { AciStep = 1, Levels = 3, Ignored = options.Ignored }, options);
        Assert.Equal([new("/speed", "unknown field")], options.Ignored);
        StrangeLoopOptions nulls = Options("""{"levels":null,"aci_step":null}""");
        Assert.Equal(new StrangeLoopOptions { Ignored = nulls.Ignored }, nulls);
        Assert.Equal((0, 1e-9), (Options("""{"levels":0}""").Levels, Options("""{"aci_step":1e-9}""").AciStep));
        CheckRefused("options: /levels: 4, must be 0..3", () => Options("""{"levels":4}"""));
        CheckRefused("options: /levels: expected a whole number 0..18446744073709551615 at byte 10", () => Options("""{"levels":-1}"""));
        CheckRefused("options: /aci_step: 0, must be above 0", () => Options("""{"aci_step":0}"""));
        CheckRefused("options: /aci_step: -0.1, must be above 0", () => Options("""{"aci_step":-0.1}"""));
        CheckRefused("options: /aci_step: 1.5, must be at most 1", () => Options("""{"aci_step":1.5}"""));
        CheckRefused("options: expected an object, found null at byte 0", () => Options("null"));
    }

    [Fact]
    public void A_task_is_told_by_its_op_beside_its_members_or_around_them()
    {
        foreach (string text in new[] { """{"x0":[7],"a":1}""", """{"op":"solve","x0":[7],"a":1}""", """{"request":{"x0":[7]},"a":1}""", """{"a":1,"request":{"x0":[7]},"op":"solve"}""" })
        {
            FixedPointRequest request = Assert.IsType<StrangeLoopOperation.Solve>(Operation(text)).Request;
            Assert.Equal([7], request.X0!);
            Assert.Equal([new("/a", "unknown field")], request.Ignored);
        }
        foreach (string text in new[] { """{"loop_id":"l","op":"observe","a":1}""", """{"request":{"loop_id":"l"},"op":"observe","a":1}""" })
        {
            LoopObservation observation = Assert.IsType<StrangeLoopOperation.Observe>(Operation(text)).Observation;
            Assert.Equal("l", observation.LoopId);
            Assert.Equal([new("/a", "unknown field")], observation.Ignored);
        }
        foreach (string text in new[] { """{"keep":true,"op":"detect_conflicts","a":1}""", """{"request":{"keep":true},"op":"detect_conflicts","a":1}""" })
        {
            ConflictRequest request = Assert.IsType<StrangeLoopOperation.DetectConflicts>(Operation(text)).Request;
            Assert.True(request.Keep);
            Assert.Equal([new("/a", "unknown field")], request.Ignored);
        }
        Assert.Equal([new("/request/b", "unknown field"), new("/a", "unknown field")],
            Assert.IsType<StrangeLoopOperation.Solve>(Operation("""{"a":1,"request":{"b":1}}""")).Request.Ignored);
        Assert.IsType<StrangeLoopOperation.GetState>(Operation("""{"op":"get_state"}"""));
        Assert.IsType<StrangeLoopOperation.GetState>(Operation("""{"a":[1],"request":{"b":[2]},"op":"get_state"}"""));
    }

    [Theory]
    [InlineData("", "data: not valid JSON at byte 0")]
    [InlineData("[]", "data: expected an object, found an array at byte 0")]
    [InlineData("""{"op":"optimize"}""", "data: /op: 'optimize' is none of: solve, observe, detect_conflicts or get_state at byte 6")]
    [InlineData("""{"op":null}""", "data: /op: expected a string, found null at byte 6")]
    [InlineData("""{"op":"solve","op":"solve"}""", "data: field 'op' is given twice at byte 14")]
    [InlineData("""{"op":"observe"}""", "data: field 'loop_id' is missing at byte 15")]
    [InlineData("""{"op":"observe","request":{}}""", "data: /request: field 'loop_id' is missing at byte 27")]
    [InlineData("""{"op":"solve","request":null}""", "data: /request: expected an object, found null at byte 24")]
    [InlineData("""{"op":"solve","request":{"max_iterations":0}}""", "data: /request/max_iterations: 0, must be 1..10000000")]
    [InlineData("""{"op":"detect_conflicts","commands":[{}]}""", "data: /commands/0: field 'source' is missing at byte 38")]
    [InlineData("""{"op":"get_state"}x""", "data: not valid JSON at byte 18")]
    [InlineData("""{"op":"get_state","request":[1,]}""", "data: /request: not valid JSON at byte 31")]
    public void A_task_that_cannot_be_done_is_refused(string text, string message) => CheckRefused(message, () => Operation(text));
}
