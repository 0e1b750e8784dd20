using System.Globalization;

namespace RanCognition.Contracts;

/// <summary>A value of an episode's metadata, or of a changed attribute: what JSON can say.</summary>
public abstract record MetadataValue
{
    private MetadataValue()
    {
    }

    public static implicit operator MetadataValue(string value) => new Text(value);

    public static implicit operator MetadataValue(bool value) => new Truth(value);

    public static implicit operator MetadataValue(double value) => new Number(value);

    public static implicit operator MetadataValue(int value) => new Number(value);

    public static implicit operator MetadataValue(long value) => new Number(value, ExactOf(value));

    public static implicit operator MetadataValue(ulong value) => new Number(value, ExactOf(value));

    public sealed record Nothing : MetadataValue
    {
        public static Nothing Instance { get; } = new();
    }

    public sealed record Truth(bool Value) : MetadataValue;

    /// <summary>A number; its text is kept where the double alone would not give the same number back.</summary>
    public sealed record Number(double Value, string? Exact = null) : MetadataValue;

    public sealed record Text(string Value) : MetadataValue;

    public sealed record List(IReadOnlyList<MetadataValue> Items) : MetadataValue
    {
        public bool Equals(List? other) => other is not null && Items.SequenceEqual(other.Items);

        public override int GetHashCode() => Items.Aggregate(17, HashCode.Combine);
    }

    /// <summary>Members in the order given.</summary>
    public sealed record Map(IReadOnlyList<KeyValuePair<string, MetadataValue>> Members) : MetadataValue
    {
        public static Map Empty { get; } = new([]);

        public bool Equals(Map? other) => other is not null && Members.SequenceEqual(other.Members);

        public override int GetHashCode() => Members.Aggregate(19, (hash, member) => HashCode.Combine(hash, member.Key, member.Value));
    }

    /// <summary>The text of a whole number that the shortest text of its double is not.</summary>
    private static string? ExactOf(decimal value)
    {
        string shortest = ((double)value).ToString("R", CultureInfo.InvariantCulture);
        return decimal.Parse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture) == value ? null : value.ToString(CultureInfo.InvariantCulture);
    }
}
