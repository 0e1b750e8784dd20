using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.StrangeLoop.SelfModel;
using RanCognition.Tests.StrangeLoop;

namespace RanCognition.Tests.Json;

public sealed class StrangeLoopStateJsonTests
{
    private static readonly StrangeLoopState Rich = MadeBy(2, 700, 1);

    [Fact]
    public void State_comes_back_from_its_text_to_the_last_bit()
    {
        for (int seed = 0; seed < 24; seed++)
        {
            StrangeLoopState state = MadeBy(seed % 4, 1 + 37 * seed, seed);
            byte[] text = TextOf(state);
            StrangeLoopState read = JsonIn.StrangeLoopState(text, "state");
            LoopBook book = new(new StrangeLoopOptions());
            book.Restore(read, "state");
            // With what follows from the rest computed anew, all of it is the same.
            Assert.Equal(LoopSpeech.TextOf(state.Loops), LoopSpeech.TextOf(book.State()));
            Assert.Equal(LoopSpeech.TextOf(state.LiveCommands), LoopSpeech.TextOf(read.LiveCommands));
            Assert.Equal(LoopSpeech.TextOf(state.Groups), LoopSpeech.TextOf(read.Groups));
            Assert.Equal((state.AciStep, state.Levels, state.NextCommand), (read.AciStep, read.Levels, read.NextCommand));
            Assert.Equal(state.LivePlaces, read.LivePlaces);
        }
    }

    [Fact]
    public void What_is_there_for_the_reader_comes_back_too_and_the_record_is_a_contract()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            StrangeLoopState state = MadeBy(seed % 4, 1 + 53 * seed, seed);
            byte[] text = TextOf(state);
            StrangeLoopState read = ContractJson.Read<StrangeLoopState>(text);
            Assert.Equal(LoopSpeech.TextOf(state), LoopSpeech.TextOf(read));
            Assert.Equal(text, ContractJson.Write(read));
        }
        StrangeLoopState told = ContractJson.Read<StrangeLoopState>("""{"version":1,"aci_step":0.05,"levels":2,"loops":[],"next_command":3,"execution_time":7,"ignored":[{"field":"/options/x","reason":"unknown field"}]}""");
        Assert.Equal((7UL, new IgnoredField("/options/x", "unknown field")), (told.ExecutionTime, Assert.Single(told.Ignored)));
    }

    [Fact]
    public void Weights_that_are_not_of_the_experts_are_none()
    {
        string text = Encoding.UTF8.GetString(TextOf(Rich));
        JsonNode root = JsonNode.Parse(text)!;
        JsonObject weights = root["loops"]![0]!["experts"]!["weights"]!.AsObject();
        string first = weights.First().Key;
        JsonNode? value = weights[first];
        weights.Remove(first);
        Assert.Empty(Read().Loops[0].Experts!.Weights);
        weights.Add("another", value);
        Assert.Empty(Read().Loops[0].Experts!.Weights);
        LoopBook book = new(new StrangeLoopOptions());
        book.Restore(Read(), "state");
        Assert.Equal(LoopSpeech.TextOf(Rich.Loops), LoopSpeech.TextOf(book.State()));

        StrangeLoopState Read() => JsonIn.StrangeLoopState(Encoding.UTF8.GetBytes(root.ToJsonString()), "state");
    }

    [Fact]
    public void Reader_finds_the_names_of_the_contract()
    {
        JsonNode root = JsonNode.Parse(TextOf(Rich))!;
        JsonNode loop = root["loops"]![0]!, metric = loop["metrics"]!["m"]!;
        foreach (string name in new[] { "bias", "gain", "interval_scale", "coverage" })
        {
            Assert.True(metric.AsObject().ContainsKey(name), name);
        }
        Assert.Equal(1, loop["experts"]!["weights"]!.AsObject().Sum(w => w.Value!.GetValue<double>()), 1e-12);
        double value = loop["experts"]!["regret"]!["value"]!.GetValue<double>();
        Assert.True(value <= loop["experts"]!["regret"]!["bound"]!.GetValue<double>());
        Assert.Equal(.9, metric["coverage"]!["target"]!.GetValue<double>());
        Assert.True(metric["coverage"]!["bound"]!.GetValue<double>() > 0);
    }

    [Fact]
    public void Text_cut_anywhere_is_refused()
    {
        byte[] text = TextOf(MadeBy(2, 40, 3));
        for (int length = 0; length < text.Length; length += length < 600 ? 1 : 29)
        {
            Assert.Throws<InvalidJsonException>(() => JsonIn.StrangeLoopState(text.AsSpan(0, length), "state"));
        }
    }

    [Fact]
    public void Any_value_in_the_place_of_another_is_refused_or_harmless()
    {
        string text = Encoding.UTF8.GetString(TextOf(Rich));
        int refused = 0, taken = 0;
        foreach (string[] path in Leaves(JsonNode.Parse(text)!, []).Where((_, i) => i % 5 == 0))
        {
            foreach (string bad in new[] { "null", "-1", "1e308", "0.5", "\"x\"", "{}", "[]", "18446744073709551615", "true" })
            {
                JsonNode root = JsonNode.Parse(text)!;
                JsonNode parent = root;
                foreach (string step in path[..^1])
                {
                    parent = parent is JsonArray list ? list[int.Parse(step)]! : parent[step]!;
                }
                if (parent is JsonArray array)
                {
                    array[int.Parse(path[^1])] = JsonNode.Parse(bad);
                }
                else
                {
                    parent[path[^1]] = JsonNode.Parse(bad);
                }
                LoopBook book = new(new StrangeLoopOptions());
                try
                {
                    StrangeLoopState state = JsonIn.StrangeLoopState(Encoding.UTF8.GetBytes(root.ToJsonString()), "state");
                    book.Restore(state, "state");
                    taken++;
                }
                catch (Exception error) when (error is InvalidJsonException or InvalidInputException or LimitExceededException)
                {
                    Assert.StartsWith("state", error.Message);
                    Assert.Empty(book.State());
                    refused++;
                    continue;
                }
                // What is taken can go on, and says numbers.
                for (int t = 0; t < 3; t++)
                {
                    LoopReply reply = book.Observe(LoopSpeech.Say(null, LoopSpeech.Forecast(1, 0, 2)) with { LoopId = "l", TimeNs = null }, 1_000_000);
                    reply = book.Observe(LoopSpeech.Say(1.5) with { LoopId = "l", TimeNs = null }, 1_000_000);
                    string said = LoopSpeech.TextOf(reply);
                    Assert.DoesNotContain("NaN", said);
                    Assert.True(reply.Coverage is null || Math.Abs(reply.Coverage.Value - reply.Coverage.Target) <= reply.Coverage.Bound);
                    Assert.True(reply.Regret is null || reply.Regret.Value <= reply.Regret.Bound);
                }
            }
        }
        Assert.True(refused > 300 && taken > 60, $"{refused} refused, {taken} taken");
    }

    [Theory]
    [InlineData("{}", "field 'version' is missing")]
    [InlineData("{\"version\":2}", "/version: 2, must be 1..1")]
    [InlineData("{\"version\":1,\"x\":1}", "/x: unknown field")]
    [InlineData("{\"version\":1,\"version\":1}", "field 'version' is given twice")]
    [InlineData("{\"aci_step\":0}", "/aci_step")]
    [InlineData("{\"levels\":4}", "/levels: 4, must be 0..3")]
    [InlineData("{\"loops\":[{}]}", "/loops/0: field 'loop_id' is missing")]
    [InlineData("{\"loops\":[{\"loop_id\":\"\"}]}", "/loops/0/loop_id: is empty")]
    [InlineData("{\"loops\":[{\"metrics\":{\"m\":{\"scores\":[-1]}}}]}", "/loops/0/metrics/m/scores")]
    [InlineData("{\"loops\":[{\"metrics\":{\"m\":{\"coverage\":{\"target\":0.9,\"miscoverage\":0.1,\"steps\":0.5,\"covered\":0}}}}]}", "steps must be a whole number")]
    [InlineData("{\"loops\":[{\"metrics\":{\"m\":{\"coverage\":{\"target\":0.9}}}}]}", "field 'miscoverage' is missing")]
    [InlineData("{\"loops\":[{\"metrics\":{\"m\":{\"tuning\":{\"changes\":[{\"before\":{\"memory\":8}}]}}}}]}", "/loops/0/metrics/m/tuning/changes/0/before: field 'damping' is missing")]
    public void Refusal_names_place_and_reason(string text, string message)
    {
        Exception? error = Record.Exception(() => JsonIn.StrangeLoopState(Encoding.UTF8.GetBytes(text), "state"));
        Assert.True(error is InvalidJsonException or InvalidInputException, $"{error}");
        Assert.StartsWith("state: ", error!.Message);
        Assert.Contains(message, error.Message);
    }

    private static StrangeLoopState MadeBy(int levels, int steps, int seed)
    {
        Random random = new(seed);
        StrangeLoopOptions options = new() { Levels = levels };
        LoopBook book = new(options);
        HashSet<string> open = [];
        for (int t = 0; t < steps; t++)
        {
            book.Observe(LoopStateTests.AnyObservation(random, open, (ulong)t), 0);
        }
        return new StrangeLoopState
        {
            AciStep = options.AciStep,
            Levels = levels,
            Loops = book.State(),
            Groups = [new ParameterGroup("power", [new GroupParameter("cell", "txPower"), new GroupParameter("", "tilt")])],
            LiveCommands = [new ControlCommand { Source = "é\"x", TargetParameter = "tilt", TargetValue = "3", TargetNumber = 3, TargetCell = "1", StartNs = ulong.MaxValue, SpanNs = 5 }],
            LivePlaces = [17],
            NextCommand = 18,
        };
    }

    private static byte[] TextOf(StrangeLoopState state)
    {
        ArrayBufferWriter<byte> target = new();
        JsonOut.StrangeLoopState(state, target);
        return target.WrittenSpan.ToArray();
    }

    private static IEnumerable<string[]> Leaves(JsonNode? node, string[] path)
    {
        if (node is JsonObject members && members.Count > 0)
        {
            return members.SelectMany(m => Leaves(m.Value, [.. path, m.Key]));
        }
        return node is JsonArray { Count: > 0 } items ? items.Take(3).SelectMany((item, i) => Leaves(item, [.. path, i.ToString()])) : [path];
    }
}
