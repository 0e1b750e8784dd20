using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using static RanCognition.Tests.Memory.MemoryQueryReadingTests;

namespace RanCognition.Tests.Json.Optimization;

public class OptimizationReadingTests
{
    private static OptimizationProblem Problem(string text) => JsonIn.OptimizationProblem(Encoding.UTF8.GetBytes(text), "problem");

    private static OptimizationOperation Operation(string text) => JsonIn.OptimizationOperation(Encoding.UTF8.GetBytes(text), "data");

    private static OptimizationOptions Options(string text) => JsonIn.OptimizationOptions(Encoding.UTF8.GetBytes(text), "options");

    [Fact]
    public void The_contracts_problem_is_read()
    {
        OptimizationProblem problem = Problem(
            """
            {"variables":[{"name":"tilt","type":"real","lower":-1.5,"upper":2,"step":0.1,"initial":0,"max_change":0.5},{"lower":0,"upper":9,"type":"integer","name":"n"},
            {"values":[0,40,640],"type":"ordered","name":"ttt","initial":40},{"name":"on","type":"binary","initial":1},{"name":"mode","type":"category","values":["a",1.50,"é",-3e2],"max_change":0}],
            "objectives":[{"name":"rate","sense":"max"},{"name":"energy","sense":"min"}],"constraints":[{"name":"load"},{"name":"p5"}],
            "function":{"suite":"bbob","id":24,"dimension":10,"instance":7},"problem_type":"ES","limits":{"max_load":null,"p5_loss":0.2,"cio_values":[-3,0,3],"tilt_min":90,"tilt_max":110,"tilt_step":0.5,
            "power_min":30,"power_max":46},"budget":{"evaluations":1000,"deadline_ns":18446744073709551615},"target":-1e-8,"best_known":2.5,"reference_point":[1.1,-1.1],"starts":[[1,2,3],[]],
            "include_map":true,"seed":18446744073709551615,"threads":1024}
            """);
        Assert.Empty(problem.Ignored);
        Assert.Equal(5, problem.Variables.Count);
        DecisionVariable tilt = problem.Variables[0];
        Assert.Equal(new DecisionVariable { Name = "tilt", Kind = VariableKind.Real, Lower = -1.5, Upper = 2, Step = 0.1, Initial = 0, MaxChange = 0.5 }, tilt);
        Assert.Equal(new DecisionVariable { Name = "n", Kind = VariableKind.Integer, Upper = 9 }, problem.Variables[1]);
        Assert.Equal((VariableKind.Ordered, 40.0), (problem.Variables[2].Kind, problem.Variables[2].Initial));
        Assert.Equal([0, 40, 640], problem.Variables[2].Values!);
        Assert.Equal(new DecisionVariable { Name = "on", Kind = VariableKind.Binary, Initial = 1 }, problem.Variables[3]);
        Assert.Equal((VariableKind.Category, 0.0), (problem.Variables[4].Kind, problem.Variables[4].MaxChange));
        Assert.Equal(["a", "1.50", "é", "-3e2"], problem.Variables[4].Categories!);
        Assert.Equal([new("rate", true), new("energy", false)], problem.Objectives);
        Assert.Equal(["load", "p5"], problem.Constraints);
        Assert.Equal(new FunctionSpec(24, 10, 7), problem.Function);
        Assert.Equal(SonProblemType.Es, problem.ProblemType);
        Assert.Equal(
            new SonLimits
            {
                MaxLoad = LimitValue.Of(null), P5Loss = LimitValue.Of(0.2), CioValues = problem.Limits.CioValues, TiltMin = 90, TiltMax = 110, TiltStep = 0.5, PowerMin = 30, PowerMax = 46,
            },
            problem.Limits);
        Assert.Equal([-3, 0, 3], problem.Limits.CioValues!);
        Assert.Equal(new OptimizationBudget { Evaluations = 1000, DeadlineNs = ulong.MaxValue }, problem.Budget);
        Assert.Equal((-1e-8, 2.5, true, ulong.MaxValue, 1024), (problem.Target, problem.BestKnown, problem.IncludeMap, problem.Seed, problem.Threads));
        Assert.Equal([1.1, -1.1], problem.ReferencePoint!);
        Assert.Equal([3, 0], problem.Starts.Select(start => start.Length));
    }

    [Fact]
    public void What_is_left_out_or_null_has_its_default()
    {
        OptimizationProblem defaults = new();
        foreach (string text in new[]
        {
            "{}",
            """
            {"variables":null,"objectives":null,"constraints":null,"function":null,"network":null,"problem_type":null,"pci":null,"slices":null,"mobility":null,"limits":null,"budget":null,"target":null,
            "best_known":null,"reference_point":null,"starts":null,"include_map":null,"seed":null,"threads":null}
            """,
            """{"budget":{"evaluations":null,"deadline_ns":null},"limits":{"cio_values":null,"tilt_min":null,"tilt_max":null,"tilt_step":null,"power_min":null,"power_max":null}}""",
        })
        {
            OptimizationProblem problem = Problem(text);
            Assert.Empty(problem.Ignored);
            Assert.Empty(problem.Variables);
            Assert.Empty(problem.Starts);
            Assert.Equal(
                defaults with
                {
                    Variables = problem.Variables, Objectives = problem.Objectives, Constraints = problem.Constraints, Starts = problem.Starts, Ignored = problem.Ignored,
                },
                problem);
        }
        Assert.False(Problem("{}").Limits.MaxLoad.IsGiven);
        Assert.Equal(new FunctionSpec(1, 2, 1), Problem("""{"function":{"suite":"bbob","id":1,"dimension":2}}""").Function);
        Assert.Equal(new DecisionVariable { Name = "x", Upper = 1 },
            Assert.Single(Problem("""{"variables":[{"name":"x","type":null,"lower":0,"upper":1,"step":null,"values":null,"initial":null,"max_change":null}]}""").Variables));
        Assert.Equal(new ObjectiveSpec("f", false), Assert.Single(Problem("""{"objectives":[{"name":"f","sense":null}]}""").Objectives));
    }

    [Fact]
    public void What_is_not_used_is_told_with_its_place()
    {
        OptimizationProblem problem = Problem(
            """
            {"variables":[{"name":"b","type":"binary","lower":0,"upper":1,"step":null,"values":[0,1]},{"name":"x","lower":0,"upper":1,"unit":"dB","values":[1]}],"objectives":[{"name":"f","weight":1}],
            "constraints":[{"name":"c","limit":{"deep":[1]}}],"budget":{"cpu":null},"limits":{"max_loads":1},"function":{"suite":"bbob","id":1,"dimension":2,"noise":0},"network":{"colour":1,"antenna":{"gain":2}},
            "goal":[[[]]]}
            """);
        Assert.Equal(
            [
                ("/variables/0/lower", "only real and integer variables have it"), ("/variables/0/upper", "only real and integer variables have it"),
                ("/variables/0/values", "only ordered and category variables have it"), ("/variables/1/unit", "unknown field"), ("/variables/1/values", "only ordered and category variables have it"),
                ("/objectives/0/weight", "unknown field"), ("/constraints/0/limit", "unknown field"), ("/budget/cpu", "unknown field"), ("/limits/max_loads", "unknown field"),
                ("/function/noise", "unknown field"), ("/network/colour", "unknown field"), ("/network/antenna/gain", "unknown field"), ("/goal", "unknown field"),
            ],
            problem.Ignored.Select(field => (field.Field, field.Reason)));
    }

    [Theory]
    [InlineData("[]", "problem: expected an object, found an array at byte 0")]
    [InlineData("{", "problem: not valid JSON at byte 1")]
    [InlineData("""{"seed":1}x""", "problem: not valid JSON at byte 10")]
    [InlineData("""{"seed":1,"seed":1}""", "problem: field 'seed' is given twice at byte 10")]
    [InlineData("""{"seed":-1}""", "problem: /seed: expected a whole number 0..18446744073709551615 at byte 8")]
    [InlineData("""{"threads":0}""", "problem: /threads: 0, must be 1..1024")]
    [InlineData("""{"threads":1025}""", "problem: /threads: 1025, must be 1..1024")]
    [InlineData("""{"target":"1"}""", "problem: /target: expected a number, found a string at byte 10")]
    [InlineData("""{"target":1e999}""", "problem: /target: the number is beyond the range of a double at byte 10")]
    [InlineData("""{"include_map":1}""", "problem: /include_map: expected true or false, found a number at byte 15")]
    [InlineData("""{"budget":{"evaluations":0}}""", "problem: /budget/evaluations: 0, must be 1..1099511627776")]
    [InlineData("""{"budget":{"evaluations":1.5}}""", "problem: /budget/evaluations: expected a whole number 0..18446744073709551615 at byte 25")]
    [InlineData("""{"budget":100}""", "problem: /budget: expected an object with evaluations, found a number at byte 10")]
    [InlineData("""{"problem_type":"es"}""", "problem: /problem_type: 'es' is none of: CCO, MLB, MRO, ES, PCI or SLICE at byte 16")]
    [InlineData("""{"function":{"suite":"zdt","id":1,"dimension":2}}""", "problem: /function/suite: 'zdt' is none of: bbob at byte 21")]
    [InlineData("""{"function":{"id":1,"dimension":2}}""", "problem: /function: field 'suite' is missing at byte 33")]
    [InlineData("""{"function":{"suite":"bbob","dimension":2}}""", "problem: /function: field 'id' is missing at byte 41")]
    [InlineData("""{"function":{"suite":"bbob","id":1}}""", "problem: /function: field 'dimension' is missing at byte 34")]
    [InlineData("""{"function":{"suite":"bbob","id":25,"dimension":2}}""", "problem: /function/id: 25, must be 1..24")]
    [InlineData("""{"function":{"suite":"bbob","id":1,"dimension":0}}""", "problem: /function/dimension: 0, must be 1..1024")]
    [InlineData("""{"function":{"suite":"bbob","id":1,"dimension":2,"instance":0}}""", "problem: /function/instance: 0, must be 1..2147483647")]
    [InlineData("""{"variables":{}}""", "problem: /variables: expected an array of variables, found an object at byte 13")]
    [InlineData("""{"variables":[5]}""", "problem: /variables/0: expected an object with name and type, found a number at byte 14")]
    [InlineData("""{"variables":[{"type":"float","name":"x"}]}""", "problem: /variables/0/type: 'float' is none of: real, integer, ordered, binary or category at byte 22")]
    [InlineData("""{"variables":[{"type":"binary"}]}""", "problem: /variables/0: field 'name' is missing at byte 30")]
    [InlineData("""{"variables":[{"type":"binary","name":""}]}""", "problem: /variables/0/name: is empty")]
    [InlineData("""{"variables":[{"name":"x","upper":1}]}""", "problem: /variables/0: field 'lower' is missing at byte 35")]
    [InlineData("""{"variables":[{"name":"x","lower":1,"upper":null}]}""", "problem: /variables/0: field 'upper' is missing at byte 48")]
    [InlineData("""{"variables":[{"name":"x","type":"ordered"}]}""", "problem: /variables/0: field 'values' is missing at byte 42")]
    [InlineData("""{"variables":[{"name":"x","type":"category","values":null}]}""", "problem: /variables/0: field 'values' is missing at byte 57")]
    [InlineData("""{"variables":[{"name":"x","type":"ordered","values":[]}]}""", "problem: /variables/0/values: is empty: at least one value is needed")]
    [InlineData("""{"variables":[{"name":"x","type":"ordered","values":[1,null]}]}""", "problem: /variables/0/values/1: null, must be a number")]
    [InlineData("""{"variables":[{"name":"x","type":"ordered","values":[1,"2"]}]}""", "problem: /variables/0/values/1: expected a number or null, found a string at byte 55")]
    [InlineData("""{"variables":[{"name":"x","type":"category","values":[]}]}""", "problem: /variables/0/values: is empty: at least one value is needed")]
    [InlineData("""{"variables":[{"name":"x","type":"category","values":["a",true]}]}""", "problem: /variables/0/values/1: expected a string, found a boolean at byte 58")]
    [InlineData("""{"variables":[{"name":"x","lower":0,"upper":1,"step":0}]}""", "problem: /variables/0/step: 0, must be above 0")]
    [InlineData("""{"variables":[{"name":"x","lower":0,"upper":1,"max_change":-0.5}]}""", "problem: /variables/0/max_change: -0.5, must be 0 or more")]
    [InlineData("""{"variables":[{"name":"x","lower":0,"upper":1,"lower":0}]}""", "problem: /variables/0: field 'lower' is given twice at byte 46")]
    [InlineData("""{"objectives":[{"sense":"min"}]}""", "problem: /objectives/0: field 'name' is missing at byte 29")]
    [InlineData("""{"objectives":[{"name":"f","sense":"maximize"}]}""", "problem: /objectives/0/sense: 'maximize' is none of: min or max at byte 35")]
    [InlineData("""{"constraints":["c"]}""", "problem: /constraints/0: expected an object with name, found a string at byte 16")]
    [InlineData("""{"constraints":[{}]}""", "problem: /constraints/0: field 'name' is missing at byte 17")]
    [InlineData("""{"reference_point":[1,null]}""", "problem: /reference_point/1: null, must be a number")]
    [InlineData("""{"reference_point":[1,2,3,4,5,6,7,8,9]}""", "problem: /reference_point: more than 8 values")]
    [InlineData("""{"starts":[1]}""", "problem: /starts/0: expected an array of numbers, found a number at byte 11")]
    [InlineData("""{"starts":[[0],[0,null]]}""", "problem: /starts/1/1: null, must be a number")]
    [InlineData("""{"limits":{"max_load":-0.1}}""", "problem: /limits/max_load: -0.1, must be 0 or more")]
    [InlineData("""{"limits":{"cio_values":[]}}""", "problem: /limits/cio_values: is empty: at least one offset is needed")]
    [InlineData("""{"limits":{"cio_values":[1001]}}""", "problem: /limits/cio_values/0: 1001, must be -1000..1000")]
    [InlineData("""{"limits":{"tilt_max":181}}""", "problem: /limits/tilt_max: 181, must be 0..180")]
    [InlineData("""{"network":{"cells":[{"on":1}]}}""", "problem: /network/cells/0/on: expected true or false, found a number at byte 27")]
    [InlineData("{\"a\":\"\u0001\"}", "problem: /a: not valid JSON at byte 5")]
    public void What_cannot_be_solved_is_refused_by_its_place_and_reason(string text, string message) => CheckRefused(message, () => Problem(text));

    [Fact]
    public void Numbers_of_an_unknown_field_are_passed_over_however_many()
    {
        foreach (int count in new[] { 0, 1, 63, 64, 65, 128, 200 })
        {
            foreach (string number in new[] { "1", "-0.5", "123456.789012", "null", "1e999", "[1,2]", "\"x\"", "{\"a\":[1]}" })
            {
                string list = "[" + string.Join(" , ", Enumerable.Repeat(number, count)) + "]";
                OptimizationProblem problem = Problem($$"""{"a":{{list}},"b":[{{list}},{"c":{{list}}}],"seed":5}""");
                Assert.Equal(5UL, problem.Seed);
                Assert.Equal(["/a", "/b"], problem.Ignored.Select(field => field.Field));
                Assert.Throws<InvalidJsonException>(() => Problem($$"""{"a":{{list[..^1]}}1,]}"""));
                Assert.Throws<InvalidJsonException>(() => Problem($$"""{"a":{{list[..^1]}}"""));
            }
        }
    }

    [Fact]
    public void Lists_have_bounds()
    {
        static string Many(int count, string element) => "[" + string.Join(',', Enumerable.Repeat(element, count)) + "]";
        const string Variable = """{"name":"x","type":"binary"}""";
        Assert.Equal(OptimizationLimits.VariablesMax, Problem($$"""{"variables":{{Many(OptimizationLimits.VariablesMax, Variable)}}}""").Variables.Count);
        CheckRefused("problem: /variables: more than 1024 variables", () => Problem($$"""{"variables":{{Many(OptimizationLimits.VariablesMax + 1, Variable)}}}"""));
        CheckRefused("problem: /objectives: more than 8 objectives", () => Problem($$"""{"objectives":{{Many(9, """{"name":"f"}""")}}}"""));
        CheckRefused("problem: /constraints: more than 256 constraints", () => Problem($$"""{"constraints":{{Many(257, """{"name":"c"}""")}}}"""));
        CheckRefused("problem: /starts: more than 1024 points", () => Problem($$"""{"starts":{{Many(1025, "[0]")}}}"""));
        CheckRefused("problem: /starts/0: more than 1024 values", () => Problem($$"""{"starts":[{{Many(1025, "0")}}]}"""));
        CheckRefused("problem: /variables/0/values: more than 1048576 values",
            () => Problem($$"""{"variables":[{"name":"x","type":"category","values":{{Many(OptimizationLimits.LevelsMax + 1, "1")}}}]}"""));
        CheckRefused("problem: /variables/0/name: more than 1024 bytes", () => Problem($$"""{"variables":[{"name":"{{new string('é', 513)}}","type":"binary"}]}"""));
        CheckRefused("problem: /variables/0/values/0: more than 1024 bytes", () => Problem($$"""{"variables":[{"name":"x","type":"category","values":[0.{{new string('1', 1023)}}]}]}"""));
        CheckRefused("problem: expected an object, found an array at byte 0", () => Problem(new string('[', 100)));
        Assert.Contains("nested deeper than 64 levels", Assert.Throws<InvalidJsonException>(() => Problem("{\"a\":" + new string('[', 70) + "1" + new string(']', 70) + "}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_read_and_empty_text_gives_the_defaults()
    {
        Assert.Equal(new OptimizationOptions(), Options(""));
        OptimizationOptions options = Options("""{"threads":4,"seed":9,"speed":null}""");
        Assert.Equal(new OptimizationOptions { Seed = 9, Threads = 4, Ignored = options.Ignored }, options);
        Assert.Equal([new("/speed", "unknown field")], options.Ignored);
        OptimizationOptions nulls = Options("""{"threads":null,"seed":null}""");
        Assert.Equal(new OptimizationOptions { Ignored = nulls.Ignored }, nulls);
        CheckRefused("options: /threads: 0, must be 1..1024", () => Options("""{"threads":0}"""));
        CheckRefused("options: expected an object, found null at byte 0", () => Options("null"));
    }

    [Fact]
    public void A_task_is_a_problem_a_wrapped_one_or_a_network()
    {
        foreach (string text in new[] { """{"seed":7,"x":1}""", """{"seed":7,"op":"optimize","x":1}""", """{"problem":{"seed":7},"x":1}""", """{"x":1,"problem":{"seed":7},"op":"optimize"}""" })
        {
            OptimizationProblem problem = Assert.IsType<OptimizationOperation.Optimize>(Operation(text)).Problem;
            Assert.Equal(7UL, problem.Seed);
            Assert.Equal([new("/x", "unknown field")], problem.Ignored);
        }
        Assert.Equal([new("/problem/a", "unknown field"), new("/b", "unknown field")],
            Assert.IsType<OptimizationOperation.Optimize>(Operation("""{"b":1,"problem":{"a":1}}""")).Problem.Ignored);
        NetworkModel network = Assert.IsType<OptimizationOperation.EvaluateNetwork>(Operation("""{"network":{"traffic_mbps":5,"a":1},"seed":7,"op":"evaluate_network"}""")).Network;
        Assert.Equal(5, network.TrafficMbps);
        Assert.Equal([new("/network/a", "unknown field"), new("/seed", "unknown field")], network.Ignored);
        Assert.Equal(5, Assert.IsType<OptimizationOperation.Optimize>(Operation("""{"network":{"traffic_mbps":5},"problem_type":"ES"}""")).Problem.Network!.TrafficMbps);
    }

    [Theory]
    [InlineData("", "data: not valid JSON at byte 0")]
    [InlineData("[]", "data: expected an object, found an array at byte 0")]
    [InlineData("""{"op":"solve"}""", "data: /op: 'solve' is none of: optimize or evaluate_network at byte 6")]
    [InlineData("""{"op":null}""", "data: /op: expected a string, found null at byte 6")]
    [InlineData("""{"op":"evaluate_network"}""", "data: field 'network' is missing at byte 24")]
    [InlineData("""{"op":"evaluate_network","network":[]}""", "data: /network: expected an object, found an array at byte 35")]
    [InlineData("""{"op":"optimize","problem":null}""", "data: /problem: expected an object, found null at byte 27")]
    [InlineData("""{"op":"optimize","problem":{"threads":0}}""", "data: /problem/threads: 0, must be 1..1024")]
    [InlineData("""{"op":"optimize","op":"optimize"}""", "data: field 'op' is given twice at byte 17")]
    [InlineData("""{"seed":1,"starts":[[1,2,1e999]]}""", "data: /starts/0/2: the number is beyond the range of a double at byte 25")]
    [InlineData("""{"seed":1,"starts":[[1,2,01]]}""", "data: /starts: not valid JSON at byte 25")]
    public void A_task_that_cannot_be_done_is_refused(string text, string message) => CheckRefused(message, () => Operation(text));
}
