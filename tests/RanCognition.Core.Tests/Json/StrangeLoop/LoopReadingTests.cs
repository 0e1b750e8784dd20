using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using static RanCognition.Tests.Memory.MemoryQueryReadingTests;

namespace RanCognition.Tests.Json.StrangeLoop;

public class LoopReadingTests
{
    private static LoopObservation Observation(string text) => JsonIn.LoopObservation(Encoding.UTF8.GetBytes(text), "observation");

    [Fact]
    public void An_observation_is_read_in_the_order_of_its_members()
    {
        LoopObservation observation = Observation(
            """
            {"time_ns":18446744073709551615,"loop_id":"mlb-é","predict":{"z":{"mean":1.5,"lower":-1,"upper":2,"coverage":0.9},"a":{"upper":null,"lower":3,"mean":null,"coverage":null},"m":{}},
            "experts":{"ets":{"z":1,"a":-2},"none":{},"arima":{"a":3e2}},"observed":{"b":0,"a":-0.25},
            "actions":[{"managedObject":"NRCellDU=1","attribute":"tilt","before":1,"after":"2"}]}
            """);
        Assert.Empty(observation.Ignored);
        Assert.Equal(("mlb-é", ulong.MaxValue), (observation.LoopId, observation.TimeNs));
        Assert.Equal([new("z", 1.5, -1, 2, 0.9), new("a", null, 3, null, 0.95), new("m", null, null, null, 0.95)], observation.Predict);
        Assert.Equal(["ets", "none", "arima"], observation.Experts.Select(expert => expert.Name));
        Assert.Equal([new("z", 1), new("a", -2)], observation.Experts[0].Values);
        Assert.Empty(observation.Experts[1].Values);
        Assert.Equal([new("a", 300)], observation.Experts[2].Values);
        Assert.Equal([new("b", 0), new("a", -0.25)], observation.Observed);
        ConfigurationChange change = Assert.Single(observation.Actions);
        Assert.Equal(("NRCellDU=1", "tilt", new MetadataValue.Text("2")), (change.ManagedObject, change.Attribute, change.After));
    }

    [Fact]
    public void What_is_left_out_or_null_is_not_there()
    {
        foreach (string text in new[] { """{"loop_id":"l"}""", """{"loop_id":"l","time_ns":null,"predict":null,"experts":null,"observed":null,"actions":null}""" })
        {
            LoopObservation observation = Observation(text);
            Assert.Equal("l", observation.LoopId);
            Assert.Null(observation.TimeNs);
            Assert.Empty(observation.Predict);
            Assert.Empty(observation.Experts);
            Assert.Empty(observation.Observed);
            Assert.Empty(observation.Actions);
            Assert.Empty(observation.Ignored);
        }
        Assert.Equal([("/predict/m/median", "unknown field"), ("/horizon", "unknown field")],
            Observation("""{"predict":{"m":{"median":1}},"horizon":[1],"loop_id":"l"}""").Ignored.Select(field => (field.Field, field.Reason)));
    }

    [Theory]
    [InlineData("[]", "observation: expected an object with loop_id, found an array at byte 0")]
    [InlineData("{}", "observation: field 'loop_id' is missing at byte 1")]
    [InlineData("""{"loop_id":null}""", "observation: /loop_id: expected a string, found null at byte 11")]
    [InlineData("""{"loop_id":5}""", "observation: /loop_id: expected a string, found a number at byte 11")]
    [InlineData("""{"loop_id":""}""", "observation: /loop_id: is empty")]
    [InlineData("""{"time_ns":-1}""", "observation: /time_ns: expected a whole number 0..18446744073709551615 at byte 11")]
    [InlineData("""{"time_ns":"now"}""", "observation: /time_ns: expected a whole number, found a string at byte 11")]
    [InlineData("""{"predict":[]}""", "observation: /predict: expected an object of predictions, found an array at byte 11")]
    [InlineData("""{"predict":{"m":5}}""", "observation: /predict/m: expected an object with mean, lower, upper and coverage, found a number at byte 16")]
    [InlineData("""{"predict":{"m":{},"m":{}}}""", "observation: /predict: field 'm' is given twice at byte 19")]
    [InlineData("""{"predict":{"m":{"mean":"1"}}}""", "observation: /predict/m/mean: expected a number, found a string at byte 24")]
    [InlineData("""{"predict":{"m":{"lower":1e999}}}""", "observation: /predict/m/lower: the number is beyond the range of a double at byte 25")]
    [InlineData("""{"predict":{"m":{"coverage":0}}}""", "observation: /predict/m/coverage: 0, must be above 0")]
    [InlineData("""{"predict":{"m":{"coverage":1}}}""", "observation: /predict/m/coverage: 1, must be below 1")]
    [InlineData("""{"predict":{"m":{"coverage":95}}}""", "observation: /predict/m/coverage: 95, must be below 1")]
    [InlineData("""{"experts":[]}""", "observation: /experts: expected an object of experts, found an array at byte 11")]
    [InlineData("""{"experts":{"e":1}}""", "observation: /experts/e: expected an object of numbers, found a number at byte 16")]
    [InlineData("""{"experts":{"e":{},"e":{}}}""", "observation: /experts: field 'e' is given twice at byte 19")]
    [InlineData("""{"experts":{"e":{"m":null}}}""", "observation: /experts/e/m: null: leave out what the expert does not predict")]
    [InlineData("""{"experts":{"e":{"m":true}}}""", "observation: /experts/e/m: expected a number, found a boolean at byte 21")]
    [InlineData("""{"observed":5}""", "observation: /observed: expected an object of numbers, found a number at byte 12")]
    [InlineData("""{"observed":{"m":null}}""", "observation: /observed/m: null: leave out what was not observed")]
    [InlineData("""{"observed":{"a/b":"1"}}""", "observation: /observed/a~1b: expected a number, found a string at byte 19")]
    [InlineData("""{"observed":{"m":1,"m":1}}""", "observation: /observed: field 'm' is given twice at byte 19")]
    [InlineData("""{"observed":{"m":1e999}}""", "observation: /observed/m: the number is beyond the range of a double at byte 17")]
    [InlineData("""{"actions":{}}""", "observation: /actions: expected an array of changes, found an object at byte 11")]
    [InlineData("""{"actions":[{"attribute":"a"}]}""", "observation: /actions/0: field 'managedObject' is missing at byte 28")]
    [InlineData("""{"loop_id":"a","loop_id":"a"}""", "observation: field 'loop_id' is given twice at byte 15")]
    public void What_cannot_be_used_is_refused_by_its_place_and_reason(string text, string message) => CheckRefused(message, () => Observation(text));

    [Fact]
    public void Objects_and_names_have_bounds()
    {
        static string Many(int count, string value) => "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"m{i}\":{value}")) + "}";
        string Whole(string member, string value) => $$"""{"loop_id":"l","{{member}}":{{value}}}""";
        Assert.Equal(StrangeLoopLimits.MetricsMax, Observation(Whole("predict", Many(StrangeLoopLimits.MetricsMax, "{}"))).Predict.Count);
        Assert.Equal(StrangeLoopLimits.MetricsMax, Observation(Whole("observed", Many(StrangeLoopLimits.MetricsMax, "1"))).Observed.Count);
        Assert.Equal(StrangeLoopLimits.ExpertsMax, Observation(Whole("experts", Many(StrangeLoopLimits.ExpertsMax, "{}"))).Experts.Count);
        CheckRefused("observation: /predict: more than 256 metrics", () => Observation(Whole("predict", Many(257, "{}"))));
        CheckRefused("observation: /observed: more than 256 metrics", () => Observation(Whole("observed", Many(257, "1"))));
        CheckRefused("observation: /experts: more than 256 experts", () => Observation(Whole("experts", Many(257, "{}"))));
        CheckRefused("observation: /experts/e: more than 256 metrics", () => Observation(Whole("experts", "{\"e\":" + Many(257, "1") + "}")));
        string actions = "[" + string.Join(',', Enumerable.Repeat("""{"managedObject":"o","attribute":"a"}""", StrangeLoopLimits.ActionsMax)) + "]";
        Assert.Equal(StrangeLoopLimits.ActionsMax, Observation(Whole("actions", actions)).Actions.Count);
        CheckRefused("observation: /actions: more than 10000 changes", () => Observation(Whole("actions", actions[..^1] + ",{}]")));
        string tooLong = new string('é', 512) + "x";
        CheckRefused("observation: /loop_id: more than 1024 bytes", () => Observation($$"""{"loop_id":"{{tooLong}}"}"""));
        foreach ((string member, string value) in new[] { ("predict", "{}"), ("observed", "1"), ("experts", "{}") })
        {
            Assert.EndsWith("…: more than 1024 bytes",
                Assert.Throws<LimitExceededException>(() => Observation(Whole(member, $$"""{"{{tooLong}}":{{value}}}"""))).Message, StringComparison.Ordinal);
        }
    }
}
