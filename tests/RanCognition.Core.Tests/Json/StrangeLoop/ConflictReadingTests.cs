using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using static RanCognition.Tests.Memory.MemoryQueryReadingTests;

namespace RanCognition.Tests.Json.StrangeLoop;

public class ConflictReadingTests
{
    private const string Command = """{"source":"a","targetParameter":"p","targetValue":"1","targetCell":"c","timestamp":5,"controlTimespan":7}""";

    private static ConflictRequest Request(string text) => JsonIn.ConflictRequest(Encoding.UTF8.GetBytes(text), "request");

    private static ControlCommand One(string members) => Assert.Single(Request("{\"commands\":[{" + members + "}]}").Commands);

    private static ControlCommand Value(string value) =>
        One($$"""  "source":"a","targetParameter":"p","targetValue":{{value}},"targetCell":"c","timestamp":5,"controlTimespan":7""");

    [Fact]
    public void The_messages_of_control_functions_are_read()
    {
        ConflictRequest request = Request(
            """
            {"groups":[{"groupName":"coverage","parameters":[{"changeTarget":"antenna","parameterName":"RET"},{"parameterName":"TXP"}]},{"groupName":"empty","parameters":[]}],
            "commands":[{"source":"xApp1","command":"SetParameter","targetParameter":"RET","targetValue":"6.50","targetCell":"cell-1","timestamp":"Wed Jan 01 00:00:00.250 2020","controlTimespan":"1000.5"},
            {"source":2,"targetParameter":"TXP","targetValue":-3e1,"targetCell":17,"timestamp":18446744073709551615,"controlTimespan":0,"command":null}],
            "kpis":[{"cell":"cell-1","metric":"rate","time_ns":1,"value":-0.5,"better":"low"},{"cell":17,"metric":"drop","time_ns":"2020-01-01T00:00:00Z","value":3},
            {"cell":"c","metric":"m","time_ns":2,"value":1,"better":"high"},{"cell":"c","metric":"m","time_ns":2,"value":1,"better":null}],
            "loops":{"names":["a","b"],"gain":[[0,-1.5],[2,0]]},"keep":true,"time_ns":"2020-01-01T00:00:01Z"}
            """);
        Assert.Empty(request.Ignored);
        Assert.Equal(["coverage", "empty"], request.Groups!.Select(group => group.Name));
        Assert.Equal([new("antenna", "RET"), new("", "TXP")], request.Groups![0].Parameters);
        Assert.Empty(request.Groups[1].Parameters);
        Check(request.Commands[0], "xApp1", "SetParameter", "RET", "6.50", 6.5, "cell-1", 1_577_836_800_250_000_000, 1_000_500_000);
        Check(request.Commands[1], "2", "", "TXP", "-3e1", -30, "17", ulong.MaxValue, 0);
        Assert.Equal(
            [new("cell-1", "rate", 1, -0.5, true), new("17", "drop", 1_577_836_800_000_000_000, 3, false), new("c", "m", 2, 1, false), new("c", "m", 2, 1, false)],
            request.Kpis);
        Assert.Equal(["a", "b"], request.Loops!.Names);
        Assert.Equal([[0, -1.5], [2, 0]], request.Loops.Gain!);
        Assert.Null(request.Loops.Changes);
        Assert.Equal((true, 1_577_836_801_000_000_000UL), (request.Keep, request.TimeNs));
        ControlLoops changes = Request("""{"loops":{"changes":[[1,2],[3,4],[5,6]],"names":["a","b"],"gain":null}}""").Loops!;
        Assert.Equal([[1, 2], [3, 4], [5, 6]], changes.Changes!);
        Assert.Null(changes.Gain);
    }

    private static void Check(
        ControlCommand command, string source, string kind, string parameter, string value, double? number, string cell, ulong start, ulong span) =>
        Assert.Equal(
            (source, kind, parameter, value, number, cell, start, span),
            (command.Source, command.Command, command.TargetParameter, command.TargetValue, command.TargetNumber, command.TargetCell, command.StartNs, command.SpanNs));

    [Fact]
    public void What_is_left_out_or_null_has_its_default()
    {
        foreach (string text in new[] { "{}", """{"groups":null,"commands":null,"kpis":null,"loops":null,"keep":null,"time_ns":null}""" })
        {
            ConflictRequest request = Request(text);
            Assert.Null(request.Groups);
            Assert.Empty(request.Commands);
            Assert.Empty(request.Kpis);
            Assert.Null(request.Loops);
            Assert.False(request.Keep);
            Assert.Null(request.TimeNs);
            Assert.Empty(request.Ignored);
        }
        Assert.Empty(Request("""{"groups":[]}""").Groups!);
    }

    [Theory]
    [InlineData("\"20\"", "20", 20.0)]
    [InlineData("\"20.0\"", "20.0", 20.0)]
    [InlineData("\"+3\"", "+3", 3.0)]
    [InlineData("\" -3.5 \"", " -3.5 ", -3.5)]
    [InlineData("\"007\"", "007", 7.0)]
    [InlineData("\"1e-2\"", "1e-2", 0.01)]
    [InlineData("\"2\\u0030\"", "20", 20.0)]
    [InlineData("20", "20", 20.0)]
    [InlineData("2.50", "2.50", 2.5)]
    [InlineData("-0", "-0", -0.0)]
    [InlineData("\"\"", "", null)]
    [InlineData("\"on\"", "on", null)]
    [InlineData("\"NaN\"", "NaN", null)]
    [InlineData("\"Infinity\"", "Infinity", null)]
    [InlineData("\"1e999\"", "1e999", null)]
    [InlineData("\"0x10\"", "0x10", null)]
    [InlineData("\"1,5\"", "1,5", null)]
    [InlineData("\"3 dB\"", "3 dB", null)]
    [InlineData("true", "true", null)]
    [InlineData("false", "false", null)]
    public void A_value_keeps_its_text_and_is_a_number_when_it_is_one(string json, string text, double? number)
    {
        ControlCommand command = Value(json);
        Assert.Equal((text, number), (command.TargetValue, command.TargetNumber));
    }

    [Fact]
    public void What_is_not_used_of_many_elements_is_told_once()
    {
        string Many(string element) => string.Join(',', Enumerable.Repeat(element, 100));
        string command = Command[..^1] + ""","data":{"x":[1,2]},"note":null}""";
        ConflictRequest request = Request(
            $$$"""
            {"commands":[{{{Command}}},{{{Many(command)}}}],"data":0,"kpis":[{{{Many("""{"cell":"c","metric":"m","time_ns":1,"value":null,"unit":"%"}""")}}},{"cell":"c","metric":"m","time_ns":1,"value":4}],
            "groups":[{{{Many("""{"groupName":"g","data":1,"parameters":[{"parameterName":"p","kind":1},{"parameterName":"p","kind":1}]}""")}}}],"loops":{"names":["a"],"gain":[[1]],"unit":1}}
            """);
        Assert.Equal(
            [
                ("/commands/1/data", "unknown field"), ("/commands/1/note", "unknown field"), ("/data", "unknown field"), ("/kpis/0/value", "null: not measured"), ("/kpis/0/unit", "unknown field"),
                ("/groups/0/data", "unknown field"), ("/groups/0/parameters/0/kind", "unknown field"), ("/loops/unit", "unknown field"),
            ],
            request.Ignored.Select(field => (field.Field, field.Reason)));
        Assert.Equal(101, request.Commands.Count);
        Assert.Equal(new KpiSample("c", "m", 1, 4, false), Assert.Single(request.Kpis));
        StringBuilder names = new(Command[..^1]);
        for (int i = 0; i < 1000; i++)
        {
            names.Append($",\"f{i}\":{i}");
        }
        Assert.Equal(JsonIn.IgnoredMax, Request($$"""{"commands":[{{names}}}]}""").Ignored.Count);
    }

    [Theory]
    [InlineData("""{"commands":{}}""", "request: /commands: expected an array of commands, found an object at byte 12")]
    [InlineData("""{"commands":[5]}""", "request: /commands/0: expected an object with source, targetParameter, targetValue, targetCell, timestamp and controlTimespan, found a number at byte 13")]
    [InlineData("""{"commands":[{"targetParameter":"p","targetValue":"1","targetCell":"c","timestamp":5,"controlTimespan":7}]}""", "request: /commands/0: field 'source' is missing at byte 104")]
    [InlineData("""{"commands":[{"source":"a","targetValue":"1","targetCell":"c","timestamp":5,"controlTimespan":7}]}""", "request: /commands/0: field 'targetParameter' is missing at byte 95")]
    [InlineData("""{"commands":[{"source":"a","targetParameter":"p","targetCell":"c","timestamp":5,"controlTimespan":7}]}""", "request: /commands/0: field 'targetValue' is missing at byte 99")]
    [InlineData("""{"commands":[{"source":"a","targetParameter":"p","targetValue":"1","timestamp":5,"controlTimespan":7}]}""", "request: /commands/0: field 'targetCell' is missing at byte 100")]
    [InlineData("""{"commands":[{"source":"a","targetParameter":"p","targetValue":"1","targetCell":"c","controlTimespan":7}]}""", "request: /commands/0: field 'timestamp' is missing at byte 103")]
    [InlineData("""{"commands":[{"source":"a","targetParameter":"p","targetValue":"1","targetCell":"c","timestamp":5}]}""", "request: /commands/0: field 'controlTimespan' is missing at byte 97")]
    [InlineData("""{"commands":[{"source":"a","source":"a"}]}""", "request: /commands/0: field 'source' is given twice at byte 27")]
    [InlineData("""{"commands":[{"source":null}]}""", "request: /commands/0/source: expected a string or a number, found null at byte 23")]
    [InlineData("""{"commands":[{"targetCell":true}]}""", "request: /commands/0/targetCell: expected a string or a number, found a boolean at byte 27")]
    [InlineData("""{"commands":[{"targetValue":null}]}""", "request: /commands/0/targetValue: expected a string, a number or a boolean, found null at byte 28")]
    [InlineData("""{"commands":[{"targetValue":[1]}]}""", "request: /commands/0/targetValue: expected a string, a number or a boolean, found an array at byte 28")]
    [InlineData("""{"commands":[{"targetValue":1e999}]}""", "request: /commands/0/targetValue: the number is beyond the range of a double at byte 28")]
    [InlineData("""{"commands":[{"targetValue":"\ud800"}]}""", "request: /commands/0/targetValue: the string is not valid Unicode at byte 28")]
    [InlineData("""{"commands":[{"timestamp":-1}]}""", "request: /commands/0/timestamp: expected a whole number 0..18446744073709551615 at byte 26")]
    [InlineData("""{"commands":[{"timestamp":18446744073709551616}]}""", "request: /commands/0/timestamp: expected a whole number 0..18446744073709551615 at byte 26")]
    [InlineData("""{"commands":[{"timestamp":null}]}""", "request: /commands/0/timestamp: expected a whole number of ns or a text of date and time, found null at byte 26")]
    [InlineData("""{"commands":[{"timestamp":"yesterday"}]}""", "request: /commands/0/timestamp: 'yesterday' is no time such as 'Wed Jan 01 00:00:00.000 2020' or '2020-01-01T00:00:00.000Z'")]
    [InlineData("""{"commands":[{"timestamp":"Wed Dec 31 00:00:00.000 1969"}]}""", "request: /commands/0/timestamp: 'Wed Dec 31 00:00:00.000 1969' is before 1970")]
    [InlineData("""{"commands":[{"timestamp":"2600-01-01T00:00:00Z"}]}""", "request: /commands/0/timestamp: '2600-01-01T00:00:00Z' is beyond 2^64 ns")]
    [InlineData("""{"commands":[{"controlTimespan":-1}]}""", "request: /commands/0/controlTimespan: expected a whole number 0..18446744073709551615 at byte 32")]
    [InlineData("""{"commands":[{"controlTimespan":"-1"}]}""", "request: /commands/0/controlTimespan: '-1' is below 0")]
    [InlineData("""{"commands":[{"controlTimespan":"1 s"}]}""", "request: /commands/0/controlTimespan: '1 s' is no number of milliseconds")]
    [InlineData("""{"commands":[{"controlTimespan":{}}]}""", "request: /commands/0/controlTimespan: expected a whole number of ns or a text of milliseconds, found an object at byte 32")]
    [InlineData("""{"groups":{}}""", "request: /groups: expected an array of groups of parameters, found an object at byte 10")]
    [InlineData("""{"groups":["g"]}""", "request: /groups/0: expected an object with groupName and parameters, found a string at byte 11")]
    [InlineData("""{"groups":[{"parameters":[]}]}""", "request: /groups/0: field 'groupName' is missing at byte 27")]
    [InlineData("""{"groups":[{"groupName":"g"}]}""", "request: /groups/0: field 'parameters' is missing at byte 27")]
    [InlineData("""{"groups":[{"groupName":"g","parameters":["p"]}]}""", "request: /groups/0/parameters/0: expected an object with changeTarget and parameterName, found a string at byte 42")]
    [InlineData("""{"groups":[{"groupName":"g","parameters":[{"changeTarget":"t"}]}]}""", "request: /groups/0/parameters/0: field 'parameterName' is missing at byte 61")]
    [InlineData("""{"kpis":{}}""", "request: /kpis: expected an array of KPI samples, found an object at byte 8")]
    [InlineData("""{"kpis":[1]}""", "request: /kpis/0: expected an object with cell, metric, time_ns and value, found a number at byte 9")]
    [InlineData("""{"kpis":[{"metric":"m","time_ns":1,"value":1}]}""", "request: /kpis/0: field 'cell' is missing at byte 44")]
    [InlineData("""{"kpis":[{"cell":"c","time_ns":1,"value":1}]}""", "request: /kpis/0: field 'metric' is missing at byte 42")]
    [InlineData("""{"kpis":[{"cell":"c","metric":"m","value":1}]}""", "request: /kpis/0: field 'time_ns' is missing at byte 43")]
    [InlineData("""{"kpis":[{"cell":"c","metric":"m","time_ns":1}]}""", "request: /kpis/0: field 'value' is missing at byte 45")]
    [InlineData("""{"kpis":[{"value":"1"}]}""", "request: /kpis/0/value: expected a number or null, found a string at byte 18")]
    [InlineData("""{"kpis":[{"value":1e999}]}""", "request: /kpis/0/value: the number is beyond the range of a double at byte 18")]
    [InlineData("""{"kpis":[{"better":"higher"}]}""", "request: /kpis/0/better: 'higher' is none of: high or low at byte 19")]
    [InlineData("""{"loops":[]}""", "request: /loops: expected an object with names, and gain or changes, found an array at byte 9")]
    [InlineData("""{"loops":{"gain":[[1]]}}""", "request: /loops: field 'names' is missing at byte 22")]
    [InlineData("""{"loops":{"names":[],"gain":[[1]]}}""", "request: /loops/names: is empty: at least one name is needed")]
    [InlineData("""{"loops":{"names":["a","b","a"],"gain":[[1]]}}""", "request: /loops/names/2: 'a' is given twice")]
    [InlineData("""{"loops":{"names":["a"]}}""", "request: /loops: neither gain nor changes is given")]
    [InlineData("""{"loops":{"names":["a"],"gain":[[1]],"changes":[[1]]}}""", "request: /loops: gain and changes cannot both be given")]
    [InlineData("""{"loops":{"names":["a","b"],"gain":[[1]]}}""", "request: /loops: gain has 1 rows for 2 names")]
    [InlineData("""{"loops":{"names":["a","b"],"gain":[[1],[2]]}}""", "request: /loops: gain has 1 numbers a row for 2 names")]
    [InlineData("""{"loops":{"names":["a","b"],"changes":[[1,2,3]]}}""", "request: /loops: changes has 3 numbers a row for 2 names")]
    [InlineData("""{"loops":{"names":["a","b"],"changes":[[1,2],[3]]}}""", "request: /loops/changes/1: 1 numbers, the first row has 2")]
    [InlineData("""{"loops":{"names":["a"],"gain":[[null]]}}""", "request: /loops/gain/0/0: null, must be a number")]
    [InlineData("""{"keep":1}""", "request: /keep: expected true or false, found a number at byte 8")]
    [InlineData("""{"time_ns":1.5}""", "request: /time_ns: expected a whole number 0..18446744073709551615 at byte 11")]
    [InlineData("""{"commands":[]}x""", "request: not valid JSON at byte 15")]
    public void What_cannot_be_used_is_refused_by_its_place_and_reason(string text, string message) => CheckRefused(message, () => Request(text));

    [Fact]
    public void Lists_and_names_have_bounds()
    {
        static string Many(int count, string element) => "[" + string.Join(',', Enumerable.Repeat(element, count)) + "]";
        Assert.Equal(StrangeLoopLimits.CommandsMax, Request($$"""{"commands":{{Many(StrangeLoopLimits.CommandsMax, Command)}}}""").Commands.Count);
        CheckRefused("request: /commands: more than 200000 commands", () => Request($$"""{"commands":{{Many(StrangeLoopLimits.CommandsMax + 1, Command)}}}"""));
        CheckRefused("request: /kpis: more than 1000000 samples",
            () => Request($$"""{"kpis":{{Many(StrangeLoopLimits.KpisMax + 1, """{"cell":"c","metric":"m","time_ns":1,"value":null}""")}}}"""));
        CheckRefused("request: /groups: more than 100000 groups", () => Request($$"""{"groups":{{Many(StrangeLoopLimits.GroupParametersMax + 1, """{"groupName":"g","parameters":[]}""")}}}"""));
        string half = Many(StrangeLoopLimits.GroupParametersMax / 2, """{"parameterName":"p"}""");
        string Groups(string last) => $$"""{"groups":[{"groupName":"a","parameters":{{half}}},{"groupName":"b","parameters":{{half}}},{"groupName":"c","parameters":[{{last}}]}]}""";
        Assert.Equal(3, Request(Groups("")).Groups!.Count);
        CheckRefused("request: /groups/2/parameters: more than 100000 parameters in all groups", () => Request(Groups("""{"parameterName":"p"}""")));
        CheckRefused("request: /loops/names: more than 200 functions",
            () => Request("{\"loops\":{\"names\":[" + string.Join(',', Enumerable.Range(0, StrangeLoopLimits.FunctionsMax + 1)) + "]}}"));
        CheckRefused("request: /loops/gain: more than 200 rows", () => Request("{\"loops\":{\"gain\":" + Many(StrangeLoopLimits.FunctionsMax + 1, "[1]") + "}}"));
        CheckRefused("request: /loops/gain/0: more than 200 values", () => Request("{\"loops\":{\"gain\":[" + Many(StrangeLoopLimits.FunctionsMax + 1, "1") + "]}}"));
        CheckRefused("request: /loops/changes: more than 100000 rows", () => Request("{\"loops\":{\"changes\":" + Many(StrangeLoopLimits.PeriodsMax + 1, "[1]") + "}}"));
        string longest = new('é', StrangeLoopLimits.NameBytesMax / 2);
        Assert.Equal(longest, Value($"\"{longest}\"").TargetValue);
        CheckRefused("request: /commands/0/targetValue: more than 1024 bytes", () => Value($"\"{longest}x\""));
        foreach (string member in new[] { "source", "command", "targetParameter", "targetCell" })
        {
            CheckRefused($"request: /commands/0/{member}: more than 1024 bytes", () => One($"\"{member}\":\"{longest}x\""));
        }
        CheckRefused("request: /commands/0/source: more than 1024 bytes", () => One($"\"source\":1{new string('0', 1024)}e-1024"));
    }

    [Fact]
    public void Equal_names_are_one_string()
    {
        ConflictRequest request = Request($$"""{"commands":[{{Command}},{{Command}}]}""");
        Assert.Same(request.Commands[0].Source, request.Commands[1].Source);
        Assert.Same(request.Commands[0].TargetValue, request.Commands[1].TargetValue);
    }
}
