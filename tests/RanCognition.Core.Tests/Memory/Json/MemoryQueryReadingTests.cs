using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Memory;

public class MemoryQueryReadingTests
{
    private const string Operators = "$eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $contains or $exists";

    private static RecallQuery Recall(string text) => JsonIn.Recall(Encoding.UTF8.GetBytes(text), "query");

    private static MetadataValue.Text Text(string value) => new(value);

    private static MetadataValue.Number Number(double value) => new(value);

    private static void CheckTerms(IEnumerable<(string Field, FilterOperator Operator, MetadataValue[] Values)> expected, EpisodeFilter filter)
    {
        Assert.Equal(expected.Select(term => (term.Field, term.Operator)), filter.Terms.Select(term => (term.Field, term.Operator)));
        Assert.Equal(expected.SelectMany(term => term.Values), filter.Terms.SelectMany(term => term.Values));
        Assert.Equal(expected.Select(term => term.Values.Length), filter.Terms.Select(term => term.Values.Count));
    }

    [Fact]
    public void The_contracts_query_is_read()
    {
        RecallQuery query = Recall(
            """
            {"situation":{"a":1,"b":null},"vector":[1,2],"text":"night","like":9223372036854775807,"k":10,
            "filter":{"cell":{"$eq":"c1"},"reward":{"$gte":0.5,"$lt":1},"time_ns":{"$lt":9007199254740993},"metadata.vendor":{"$in":["A",null,3]},"tags":{"$contains":"es"},
            "success":true,"metadata.x":{"$exists":false},"network_id":{"$nin":[]},"id":{"$ne":5},"text":{"$gt":"a"},"outcome.e":{"$lte":-1}},
            "weights":{"similarity":1,"recency":0.25,"reward":0},"half_life_ns":60000000000,"mmr_lambda":0.5,"as_of_ns":7,"explain":true,"depth":3}
            """);
        Assert.Equal([new("a", 1)], query.Situation);
        Assert.Equal([1f, 2f], query.Vector);
        Assert.Equal(("night", MemoryLimits.IdMax, 10, 60_000_000_000UL, 0.5, 7UL, true), (query.Text, query.Like, query.K, query.HalfLifeNs, query.MmrLambda, query.AsOfNs, query.Explain));
        Assert.Equal(new RankWeights(1, 0.25, 0, 0), query.Weights);
        Assert.Equal([new("/situation/b", "null: not known"), new("/depth", "unknown field")], query.Ignored);
        CheckTerms(
            [
                ("cell", FilterOperator.Equal, [Text("c1")]), ("reward", FilterOperator.GreaterOrEqual, [Number(0.5)]), ("reward", FilterOperator.Less, [Number(1)]),
                ("time_ns", FilterOperator.Less, [new MetadataValue.Number(9007199254740992, "9007199254740993")]),
                ("metadata.vendor", FilterOperator.In, [Text("A"), MetadataValue.Nothing.Instance, Number(3)]), ("tags", FilterOperator.Contains, [Text("es")]),
                ("success", FilterOperator.Equal, [new MetadataValue.Truth(true)]), ("metadata.x", FilterOperator.Exists, [new MetadataValue.Truth(false)]),
                ("network_id", FilterOperator.NotIn, []), ("id", FilterOperator.NotEqual, [Number(5)]), ("text", FilterOperator.Greater, [Text("a")]),
                ("outcome.e", FilterOperator.LessOrEqual, [Number(-1)]),
            ],
            query.Filter);
    }

    [Fact]
    public void What_is_left_out_or_null_has_its_default()
    {
        foreach (string text in new[]
        {
            """{"like":1}""",
            """{"like":1,"situation":null,"vector":null,"text":null,"k":null,"filter":null,"weights":null,"half_life_ns":null,"mmr_lambda":null,"as_of_ns":null,"explain":null}""",
            """{"like":1,"filter":{}}""",
        })
        {
            RecallQuery query = Recall(text);
            Assert.Equal(new RecallQuery { Like = 1, Situation = query.Situation, Vector = query.Vector, Ignored = query.Ignored }, query);
            Assert.Empty(query.Situation);
            Assert.Empty(query.Vector);
            Assert.Empty(query.Ignored);
        }
        Assert.Equal(0, Recall("""{"like":1,"k":0}""").K);
        Assert.Equal(new RankWeights(1, 2), Recall("""{"like":1,"weights":{"recency":2}}""").Weights);
    }

    [Theory]
    [InlineData("{}", "query: nothing to look for: situation, vector, text or like is needed")]
    [InlineData("""{"text":"","k":5}""", "query: nothing to look for: situation, vector, text or like is needed")]
    [InlineData("[]", "query: expected an object, found an array at byte 0")]
    [InlineData("""{"like":0}""", "query: /like: 0, must be 1..9223372036854775807")]
    [InlineData("""{"like":1,"k":-1}""", "query: /k: expected a whole number 0..18446744073709551615 at byte 14")]
    [InlineData("""{"like":1,"k":2147483648}""", "query: /k: 2147483648, must be 0..2147483647")]
    [InlineData("""{"like":1,"k":1.5}""", "query: /k: expected a whole number 0..18446744073709551615 at byte 14")]
    [InlineData("""{"vector":[]}""", "query: /vector: is empty: at least one number is needed")]
    [InlineData("""{"vector":[0,-1e39]}""", "query: /vector/1: -1E+39 is beyond the range of a 32-bit float")]
    [InlineData("""{"situation":{}}""", "query: /situation: no metric has a number")]
    [InlineData("""{"like":1,"mmr_lambda":1.01}""", "query: /mmr_lambda: must be 0..1")]
    [InlineData("""{"like":1,"mmr_lambda":-0.1}""", "query: /mmr_lambda: must be 0..1")]
    [InlineData("""{"like":1,"half_life_ns":0}""", "query: /half_life_ns: 0, must be 1..9223372036854775807")]
    [InlineData("""{"like":1,"as_of_ns":9223372036854775808}""", "query: /as_of_ns: 9223372036854775808, must be 0..9223372036854775807")]
    [InlineData("""{"like":1,"explain":1}""", "query: /explain: expected true or false, found a number at byte 20")]
    [InlineData("""{"like":1,"weights":{"reward":-1}}""", "query: /weights/reward: a weight must be 0 or more")]
    [InlineData("""{"like":1,"weights":{"similarity":0}}""", "query: /weights: all weights are 0")]
    [InlineData("""{"like":1,"weights":{"text":1e999}}""", "query: /weights/text: the number is beyond the range of a double at byte 28")]
    [InlineData("""{"like":1,"weights":[1]}""", "query: /weights: expected an object of weights, found an array at byte 20")]
    [InlineData("""{"like":1,"filter":[]}""", "query: /filter: expected an object of conditions, found an array at byte 19")]
    [InlineData("""{"like":1,"filter":{"cell":{"$foo":1}}}""", $"query: /filter/cell/$foo: unknown operator, must be one of: {Operators}")]
    [InlineData("""{"like":1,"filter":{"metadata.a":{"b":1}}}""", $"query: /filter/metadata.a/b: unknown operator, must be one of: {Operators}")]
    [InlineData("""{"like":1,"filter":{"cell":{}}}""", $"query: /filter/cell: no condition, must have one of: {Operators}")]
    [InlineData("""{"like":1,"filter":{"cell":{"$in":"c"}}}""", "query: /filter/cell/$in: expected an array of values, found a string at byte 34")]
    [InlineData("""{"like":1,"filter":{"cell":{"$nin":{}}}}""", "query: /filter/cell/$nin: expected an array of values, found an object at byte 35")]
    [InlineData("""{"like":1,"filter":{"cell":{"$exists":1}}}""", "query: /filter/cell/$exists: expected true or false, found a number at byte 38")]
    [InlineData("""{"like":1,"filter":{"reward":{"$gt":null}}}""", "query: /filter/reward/$gt: only numbers and strings have an order at byte 36")]
    [InlineData("""{"like":1,"filter":{"reward":{"$lte":[1]}}}""", "query: /filter/reward/$lte: only numbers and strings have an order at byte 37")]
    [InlineData("""{"like":1,"filter":{"reward":{"$eq":1e999}}}""", "query: /filter/reward/$eq: the number is beyond the range of a double at byte 36")]
    [InlineData("""{"like":1,"filter":{"a":1,"a":2}}""", "query: /filter: field 'a' is given twice at byte 26")]
    [InlineData("""{"like":1,"filter":{"a/b~c":{"$x":2}}}""", $"query: /filter/a~1b~0c/$x: unknown operator, must be one of: {Operators}")]
    public void What_cannot_be_asked_is_refused_by_its_place_and_reason(string text, string message) => CheckRefused(message, () => Recall(text));

    [Fact]
    public void A_filter_has_bounds()
    {
        string Terms(int count) => "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"metadata.{i}\":{i}")) + "}";
        string Values(int count) => $$$"""{"id":{"$in":[{{{string.Join(',', Enumerable.Range(0, count))}}}]}}""";
        Assert.Equal(MemoryLimits.FilterTermsMax, Filter(Terms(MemoryLimits.FilterTermsMax)).Terms.Count);
        Assert.Equal(MemoryLimits.FilterValuesMax, Filter(Values(MemoryLimits.FilterValuesMax)).Terms[0].Values.Count);
        Assert.Equal("filter: /metadata.64: more than 64 conditions", Assert.Throws<LimitExceededException>(() => Filter(Terms(MemoryLimits.FilterTermsMax + 1))).Message);
        Assert.Equal("filter: /id/$in: more than 4096 values", Assert.Throws<LimitExceededException>(() => Filter(Values(MemoryLimits.FilterValuesMax + 1))).Message);
        Assert.Throws<LimitExceededException>(() => Filter($$"""{"{{new string('x', 5000)}}":1}"""));
        Assert.Throws<LimitExceededException>(() => Filter("""{"metadata.a":""" + new string('[', 40) + new string(']', 40) + "}"));
        Assert.Same(EpisodeFilter.Everything, JsonIn.EpisodeFilter([], "filter"));
        CheckTerms([("metadata.l", FilterOperator.Equal, [new MetadataValue.List([Number(1), Text("x")])])], Filter("""{"metadata.l":[1,"x"]}"""));

        static EpisodeFilter Filter(string text) => JsonIn.EpisodeFilter(Encoding.UTF8.GetBytes(text), "filter");
    }

    [Fact]
    public void Options_are_read_and_empty_text_gives_the_defaults()
    {
        Assert.Equal(new MemoryOptions(), JsonIn.MemoryOptions([], "options"));
        MemoryOptions options = JsonIn.MemoryOptions(
            """
            {"path":"a.db","dimension":4096,"metric":"inner_product","durability":"sync","max_rows":18446744073709551615,"postgres":"Host=x","site":"a-B_9.z","sync_interval_ns":5,"speed":1}
            """u8, "options");
        Assert.Equal(
            new MemoryOptions
            {
                Path = "a.db", Dimension = 4096, Metric = DistanceMetric.InnerProduct, Durability = Durability.Sync, MaxRows = ulong.MaxValue, Postgres = "Host=x", Site = "a-B_9.z",
                SyncIntervalNs = 5, Ignored = options.Ignored,
            },
            options);
        Assert.Equal([new("/speed", "unknown field")], options.Ignored);
        MemoryOptions nulls = JsonIn.MemoryOptions(
            """{"path":null,"dimension":null,"metric":null,"durability":null,"max_rows":null,"postgres":null,"site":null,"sync_interval_ns":null}"""u8, "options");
        Assert.Empty(nulls.Ignored);
        Assert.Equal(new MemoryOptions { Ignored = nulls.Ignored }, nulls);
    }

    [Theory]
    [InlineData("[]", "options: expected an object, found an array at byte 0")]
    [InlineData("""{"path":""}""", "options: /path: is empty")]
    [InlineData("""{"path":"a\u0000b"}""", "options: /path: has a zero character, which no path can have")]
    [InlineData("""{"dimension":0}""", "options: /dimension: 0, must be 1..4096")]
    [InlineData("""{"dimension":4097}""", "options: /dimension: 4097, must be 1..4096")]
    [InlineData("""{"metric":"L2"}""", "options: /metric: 'L2' is none of: l2, cosine or inner_product at byte 10")]
    [InlineData("""{"durability":"full"}""", "options: /durability: 'full' is none of: none, group or sync at byte 14")]
    [InlineData("""{"max_rows":0}""", "options: /max_rows: 0, must be 1..18446744073709551615")]
    [InlineData("""{"postgres":"Host=x"}""", "options: postgres without site: each machine that shares needs a name of its own")]
    [InlineData("""{"postgres":""}""", "options: /postgres: is empty")]
    [InlineData("""{"site":""}""", "options: /site: must be 1..64 letters, digits and - _ .")]
    [InlineData("""{"site":"a b"}""", "options: /site: must be 1..64 letters, digits and - _ .")]
    [InlineData("""{"site":"ü"}""", "options: /site: must be 1..64 letters, digits and - _ .")]
    [InlineData("""{"sync_interval_ns":0}""", "options: /sync_interval_ns: 0, must be 1..9223372036854775807")]
    public void Options_that_cannot_be_are_refused(string text, string message) => CheckRefused(message, () => JsonIn.MemoryOptions(Encoding.UTF8.GetBytes(text), "options"));

    internal static void CheckRefused(string message, Action read)
    {
        Exception refusal = Assert.ThrowsAny<Exception>(read);
        Assert.True(refusal is InvalidJsonException or InvalidInputException or LimitExceededException, refusal.ToString());
        Assert.Equal(message, refusal.Message);
    }
}
