using RanCognition.Contracts;
using RanCognition.Memory.Filtering;

namespace RanCognition.Tests.Memory.Filtering;

public class FilterFaultTests
{
    private static readonly MetadataValue One = new MetadataValue.Number(1);

    [Theory]
    [InlineData("vendor", "/filter/vendor")]
    [InlineData("metadata", "/filter/metadata")]
    [InlineData("metadata.", "/filter/metadata.")]
    [InlineData("Cell", "/filter/Cell")]
    [InlineData("", "/filter/")]
    [InlineData("a/b~c", "/filter/a~1b~0c")]
    public void An_unknown_field_is_refused_with_those_that_are_known(string field, string place)
    {
        string message = Refused(new FilterTerm(field, FilterOperator.Equal, [One]));
        Assert.StartsWith($"query: {place}: unknown field, must be one of id, time_ns, network_id, cell,", message);
        Assert.Contains("metadata.KEY", message);
    }

    [Fact]
    public void Wrong_values_are_refused_by_place()
    {
        Assert.Equal("query: /filter/cell: 0 values, must be one", Refused(new FilterTerm("cell", FilterOperator.Equal, [])));
        Assert.Equal("query: /filter/cell: 2 values, must be one", Refused(new FilterTerm("cell", FilterOperator.Less, [One, One])));
        Assert.Equal("query: /filter/metadata.a~1b/$exists: must be true or false", Refused(new FilterTerm("metadata.a/b", FilterOperator.Exists, [One])));
        Assert.Equal("query: /filter/id: 4097 values, must be at most 4096", Refused(new FilterTerm("id", FilterOperator.In, [.. Enumerable.Repeat(One, 4097)])));
        Assert.Equal("query: /filter/id: unknown operator 77", Refused(new FilterTerm("id", (FilterOperator)77, [One])));
        Assert.Equal("query: /filter: 65 conditions, must be at most 64", Refused([.. Enumerable.Repeat(new FilterTerm("id", FilterOperator.Equal, [One]), 65)]));
    }

    [Fact]
    public void A_selection_refuses_what_is_not_valid()
    {
        using FilterCase filters = new();
        Assert.Throws<InvalidInputException>(() => filters.Engine.Select(new([new FilterTerm("nonsense", FilterOperator.Equal, [One])]), null));
    }

    [Fact]
    public void The_most_that_is_allowed_is_accepted()
    {
        MetadataValue[] values = [.. Enumerable.Range(0, 4096).Select(i => (MetadataValue)new MetadataValue.Number(i))];
        EpisodeFilter filter = new([.. Enumerable.Repeat(new FilterTerm("metadata.n", FilterOperator.In, values), 64)]);
        using FilterCase filters = new();
        filters.Add(new ModelEpisode(1, 1, "", double.NaN, -1, new() { ["metadata.n"] = new MetadataValue.Number(4095) }));
        filters.Add(new ModelEpisode(2, 1, "", double.NaN, -1, new() { ["metadata.n"] = new MetadataValue.Number(4096) }));
        filters.Check(filter, null);
    }

    private static string Refused(params FilterTerm[] terms) => Assert.Throws<InvalidInputException>(() => FilterEngine.Validate(new EpisodeFilter(terms))).Message;
}
