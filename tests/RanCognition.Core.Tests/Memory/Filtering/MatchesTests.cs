using System.Globalization;
using RanCognition.Contracts;
using RanCognition.Memory.Filtering;

namespace RanCognition.Tests.Memory.Filtering;

public class MatchesTests
{
    private static readonly MetadataValue Null = MetadataValue.Nothing.Instance;

    private static readonly ModelEpisode Sample = new(9007199254740993, 1700000000123456789, "c1", 0.5, 1, new()
    {
        ["network_id"] = T("net"),
        ["problem_type"] = T(""),
        ["tags"] = L(T("es"), T("mro")),
        ["text"] = T("Handover failure at night"),
        ["metadata.vendor"] = T("Nokia"),
        ["metadata.load"] = N(0.1),
        ["metadata.count"] = N(3),
        ["metadata.nothing"] = Null,
        ["metadata.list"] = L(N(1), T("x"), Null, L(N(2))),
        ["metadata.map"] = new MetadataValue.Map([new("a", N(1)), new("b", T("y"))]),
        ["metadata.big"] = X("9007199254740993"),
        ["metadata.flag"] = B(true),
        ["outcome.kpi"] = N(-2.5),
    });

    private static readonly ModelEpisode Bare = new(1, 0, "", double.NaN, -1, new() { ["tags"] = L(), ["network_id"] = T("") });

    public static TheoryData<string, string, string, bool> Cases => new()
    {
        { "cell", "$eq", "'c1'", true }, { "cell", "$eq", "'c'", false }, { "cell", "$ne", "'c1'", false }, { "cell", "$ne", "1", true }, { "cell", "$contains", "'1'", true },
        { "cell", "$gt", "'c'", true }, { "cell", "$gt", "'c1'", false }, { "cell", "$gte", "'c1'", true }, { "cell", "$lt", "'c10'", true }, { "cell", "$lt", "'C1'", false }, { "cell", "$lt", "2", false },
        { "reward", "$eq", "0.5", true }, { "reward", "$gte", "0.5", true }, { "reward", "$gt", "0.5", false }, { "reward", "$lt", "0.50000001", true }, { "reward", "$in", "0.4 0.5", true },
        { "reward", "$nin", "0.4 0.5", false }, { "reward", "$exists", "true", true }, { "reward", "$exists", "false", false }, { "reward", "$eq", "'0.5'", false },
        { "success", "$eq", "true", true }, { "success", "$eq", "1", false }, { "success", "$ne", "false", true }, { "success", "$gt", "false", false },
        { "id", "$eq", "9007199254740993", true }, { "id", "$eq", "9007199254740992", false }, { "id", "$gt", "9007199254740992", true }, { "id", "$in", "1 9007199254740993", true }, { "id", "$exists", "true", true },
        { "time_ns", "$eq", "1700000000123456789", true }, { "time_ns", "$eq", "1700000000123456790", false }, { "time_ns", "$lt", "1700000000123456790", true }, { "time_ns", "$gte", "1.7e18", true },
        { "network_id", "$eq", "'net'", true }, { "problem_type", "$exists", "true", false }, { "problem_type", "$eq", "''", false }, { "problem_type", "$ne", "'CCO'", true }, { "problem_type", "$in", "'CCO'", false },
        { "tags", "$contains", "'es'", true }, { "tags", "$contains", "'e'", false }, { "tags", "$eq", "'es'", false }, { "tags", "$in", "'es'", false }, { "tags", "$nin", "'es'", true },
        { "text", "$contains", "'over fail'", true }, { "text", "$contains", "'handover'", false }, { "text", "$contains", "''", true }, { "text", "$contains", "1", false },
        { "metadata.vendor", "$in", "'Ericsson' 'Nokia'", true }, { "metadata.vendor", "$in", "", false }, { "metadata.vendor", "$nin", "", true }, { "metadata.vendor", "$gte", "'Nok'", true },
        { "metadata.load", "$eq", "0.1", true }, { "metadata.load", "$eq", "0.1000000000000000000001", false }, { "metadata.load", "$lt", "0.1000000000000000000001", true }, { "metadata.load", "$contains", "0.1", false },
        { "metadata.count", "$eq", "3.0", true }, { "metadata.count", "$gt", "'2'", false }, { "metadata.count", "$eq", "null", false },
        { "metadata.nothing", "$exists", "true", true }, { "metadata.nothing", "$eq", "null", true }, { "metadata.nothing", "$ne", "null", false }, { "metadata.nothing", "$lte", "null", false },
        { "metadata.none", "$exists", "false", true }, { "metadata.none", "$exists", "true", false }, { "metadata.none", "$eq", "null", false }, { "metadata.none", "$ne", "null", true },
        { "metadata.none", "$nin", "1", true }, { "metadata.none", "$in", "null", false }, { "metadata.none", "$lt", "1", false }, { "metadata.none", "$contains", "''", false },
        { "metadata.list", "$contains", "1", true }, { "metadata.list", "$contains", "null", true }, { "metadata.list", "$contains", "2", false }, { "metadata.list", "$exists", "true", true },
        { "metadata.map", "$contains", "1", false }, { "metadata.map", "$ne", "1", true },
        { "metadata.big", "$eq", "9007199254740993", true }, { "metadata.big", "$eq", "9007199254740992", false }, { "metadata.big", "$eq", "9007199254740993.0", true }, { "metadata.big", "$gt", "9007199254740992", true },
        { "metadata.big", "$lt", "9007199254740993.5", true }, { "metadata.flag", "$eq", "true", true }, { "metadata.flag", "$ne", "false", true },
        { "outcome.kpi", "$lt", "-2", true }, { "outcome.kpi", "$lt", "-3", false }, { "situation.rsrp", "$exists", "false", true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_condition_means_what_it_says(string field, string condition, string operands, bool holds)
    {
        EpisodeFilter filter = new([new FilterTerm(field, Operator(condition), [.. Values(operands)])]);
        FilterEngine.Validate(filter);
        Assert.Equal(holds, FilterCase.Matches(filter, Sample));
        using FilterCase filters = new();
        filters.Add(Bare);
        filters.Add(Sample);
        filters.Check(filter, null);
    }

    [Theory]
    [InlineData("cell")]
    [InlineData("reward")]
    [InlineData("success")]
    [InlineData("network_id")]
    [InlineData("tags")]
    [InlineData("text")]
    [InlineData("metadata.x")]
    [InlineData("situation.x")]
    public void What_is_not_there_satisfies_only_not_equal_not_in_and_not_exists(string field)
    {
        foreach (FilterOperator condition in Enum.GetValues<FilterOperator>())
        {
            MetadataValue[] operands = condition == FilterOperator.Exists ? [B(true), B(false)] : [T(""), T("c1"), N(0), B(false), Null, L()];
            foreach (MetadataValue operand in operands)
            {
                bool holds = condition is FilterOperator.NotEqual or FilterOperator.NotIn || (condition == FilterOperator.Exists && operand == B(false));
                Assert.Equal(holds, FilterCase.Matches(new([new FilterTerm(field, condition, [operand])]), Bare));
            }
        }
    }

    [Fact]
    public void Lists_and_objects_are_equal_part_by_part_in_the_order_given()
    {
        Assert.True(FilterValues.AreEqual(L(N(1), L(N(-0.0))), L(N(1), L(N(0)))));
        Assert.False(FilterValues.AreEqual(L(N(1), N(2)), L(N(2), N(1))));
        Assert.False(FilterValues.AreEqual(L(N(1)), L(N(1), N(2))));
        Assert.True(FilterValues.AreEqual(new MetadataValue.Map([new("a", X("9007199254740993"))]), new MetadataValue.Map([new("a", X("9007199254740993.0"))])));
        Assert.False(FilterValues.AreEqual(new MetadataValue.Map([new("a", N(1)), new("b", N(2))]), new MetadataValue.Map([new("b", N(2)), new("a", N(1))])));
        Assert.False(FilterValues.AreEqual(N(double.NaN), N(double.NaN)));
    }

    [Fact]
    public void All_conditions_must_hold()
    {
        FilterTerm holds = new("cell", FilterOperator.Equal, [T("c1")]), fails = new("cell", FilterOperator.Equal, [T("c2")]);
        Assert.True(FilterCase.Matches(EpisodeFilter.Everything, Sample));
        Assert.True(FilterCase.Matches(new([holds, holds]), Sample));
        Assert.False(FilterCase.Matches(new([holds, fails]), Sample));
    }

    private static IEnumerable<MetadataValue> Values(string operands) => operands.StartsWith('\'') && operands.IndexOf('\'', 1) == operands.Length - 1
        ? [T(operands[1..^1])]
        : operands.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Value);

    private static MetadataValue Value(string operand) => operand switch
    {
        "null" => Null,
        "true" or "false" => B(operand == "true"),
        _ when operand[0] == '\'' => T(operand[1..^1]),
        _ => X(operand),
    };

    private static FilterOperator Operator(string name) => name switch
    {
        "$eq" => FilterOperator.Equal,
        "$ne" => FilterOperator.NotEqual,
        "$gt" => FilterOperator.Greater,
        "$gte" => FilterOperator.GreaterOrEqual,
        "$lt" => FilterOperator.Less,
        "$lte" => FilterOperator.LessOrEqual,
        "$in" => FilterOperator.In,
        "$nin" => FilterOperator.NotIn,
        "$contains" => FilterOperator.Contains,
        "$exists" => FilterOperator.Exists,
        _ => throw new ArgumentException(name),
    };

    private static MetadataValue.Text T(string value) => new(value);

    private static MetadataValue.Number N(double value) => new(value);

    /// <summary>A number whose text is kept where it is long.</summary>
    private static MetadataValue.Number X(string text) => new(double.Parse(text, CultureInfo.InvariantCulture), text.Length > 15 ? text : null);

    private static MetadataValue.Truth B(bool value) => new(value);

    private static MetadataValue.List L(params MetadataValue[] items) => new(items);
}
