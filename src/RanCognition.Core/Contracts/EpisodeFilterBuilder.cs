namespace RanCognition.Contracts;

/// <summary>
/// Gathers the conditions of a filter: <c>new EpisodeFilterBuilder().Equal("cell", "c1").GreaterOrEqual("reward", 0.5).In("metadata.vendor", "a", "b").Build()</c>. Fields are those of
/// <see cref="FilterTerm"/>; all conditions must hold.
/// </summary>
public sealed class EpisodeFilterBuilder
{
    private readonly List<FilterTerm> _terms = [];

    public EpisodeFilterBuilder Equal(string field, MetadataValue value) => Add(field, FilterOperator.Equal, value);

    /// <summary>Also where the field is not there.</summary>
    public EpisodeFilterBuilder NotEqual(string field, MetadataValue value) => Add(field, FilterOperator.NotEqual, value);

    public EpisodeFilterBuilder Greater(string field, MetadataValue value) => Add(field, FilterOperator.Greater, value);

    public EpisodeFilterBuilder GreaterOrEqual(string field, MetadataValue value) => Add(field, FilterOperator.GreaterOrEqual, value);

    public EpisodeFilterBuilder Less(string field, MetadataValue value) => Add(field, FilterOperator.Less, value);

    public EpisodeFilterBuilder LessOrEqual(string field, MetadataValue value) => Add(field, FilterOperator.LessOrEqual, value);

    public EpisodeFilterBuilder In(string field, params IReadOnlyList<MetadataValue> values) => Add(field, FilterOperator.In, values);

    /// <summary>Also where the field is not there.</summary>
    public EpisodeFilterBuilder NotIn(string field, params IReadOnlyList<MetadataValue> values) => Add(field, FilterOperator.NotIn, values);

    /// <summary>A list has the value, or a text has it within.</summary>
    public EpisodeFilterBuilder Contains(string field, MetadataValue value) => Add(field, FilterOperator.Contains, value);

    /// <summary>The field is there, or is not.</summary>
    public EpisodeFilterBuilder Exists(string field, bool exists = true) => Add(field, FilterOperator.Exists, exists);

    /// <summary>Times from one on and before another, ns.</summary>
    public EpisodeFilterBuilder Between(ulong fromNs, ulong untilNs) => GreaterOrEqual("time_ns", fromNs).Less("time_ns", untilNs);

    /// <summary>The filter so far; the builder can go on.</summary>
    public EpisodeFilter Build() => _terms.Count == 0 ? EpisodeFilter.Everything : new EpisodeFilter([.. _terms]);

    private EpisodeFilterBuilder Add(string field, FilterOperator condition, MetadataValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(field, condition, [value]);
    }

    private EpisodeFilterBuilder Add(string field, FilterOperator condition, IReadOnlyList<MetadataValue> values)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(values);
        _terms.Add(new FilterTerm(field, condition, [.. values]));
        return this;
    }
}
