using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.Tests.Memory.Filtering;

/// <summary>Draws episodes and filters that meet: few values, of every kind, with the awkward ones among them.</summary>
internal sealed class RandomFilters(int seed)
{
    private const ulong NearLargest = long.MaxValue - 3;

    private static readonly string[] Words = ["", "a", "b", "ab", "es", "Ericsson", "nokia", "\u00e9t\u00e9", "e\u0301", "\ud83d\udce1", "\ud83d", "z\u0000", "\uffff"];
    private static readonly string[] Fields =
    [
        "id", "time_ns", "network_id", "cell", "problem_type", "reward", "success", "tags", "text", "metadata.vendor", "metadata.load", "metadata.mixed", "situation.rsrp", "outcome.kpi", "metadata.absent",
    ];

    private static readonly double[] Numbers = [0, -0.0, 1, 0.1, -1, 0.5, 1e300, -1e300, double.Epsilon, 9007199254740992, 9007199254740994, 1.7e18];
    private static readonly string[] ExactNumbers = ["9007199254740993", "9007199254740993.0", "9007199254740992.5", "0.1000000000000000000001", "-9007199254740993", "1700000000123456789", "123456789012345678901234567890", "1e400"];

    private readonly Random _random = new(seed);

    public Random Random => _random;

    /// <summary>Times and ids of one case lie together, or anywhere.</summary>
    public bool IsOrdered { get; init; } = true;

    public ModelEpisode Episode(ulong id, ulong timeNs) => new(id, timeNs, Pick(Words), Reward(), _random.Next(-1, 2), Document());

    public ulong Time(ulong last) => IsOrdered
        ? last + (ulong)_random.Next(0, 3)
        : Pick<ulong>([0, 1, 5, 9007199254740993, 9007199254740992, 1700000000123456789, NearLargest, long.MaxValue, (ulong)_random.Next(20)]);

    public EpisodeFilter Filter()
    {
        int count = _random.Next(6) switch { 0 => 0, 1 or 2 => 1, 3 => 2, 4 => 3, _ => 5 };
        return new EpisodeFilter([.. Enumerable.Range(0, count).Select(_ => Term())]);
    }

    public ulong? AsOf(ulong last) => _random.Next(3) == 0 ? Time((ulong)_random.NextInt64(0, (long)Math.Min(last, NearLargest) + 1)) : null;

    private FilterTerm Term()
    {
        string field = Pick(Fields);
        var condition = (FilterOperator)_random.Next(0, 10);
        IReadOnlyList<MetadataValue> values = condition switch
        {
            FilterOperator.In or FilterOperator.NotIn => [.. Enumerable.Range(0, _random.Next(0, 5)).Select(_ => Operand(field))],
            FilterOperator.Exists => [new MetadataValue.Truth(_random.Next(2) == 0)],
            _ => [Operand(field)],
        };
        return new FilterTerm(field, condition, values);
    }

    /// <summary>Mostly of the kind that the field has.</summary>
    private MetadataValue Operand(string field)
    {
        if (_random.Next(6) == 0)
        {
            return Any(2);
        }
        switch (field)
        {
            case "id" or "time_ns":
                return _random.Next(4) == 0 ? Number() : Whole((ulong)_random.Next(0, 60));
            case "reward" or "metadata.load" or "situation.rsrp" or "outcome.kpi":
                return Number();
            case "success":
                return new MetadataValue.Truth(_random.Next(2) == 0);
            case "metadata.mixed":
                return Any(2);
            default:
                return new MetadataValue.Text(Pick(Words));
        }
    }

    private Dictionary<string, MetadataValue> Document()
    {
        Dictionary<string, MetadataValue> fields = [];
        Maybe("network_id", () => new MetadataValue.Text(Pick(Words)));
        Maybe("problem_type", () => new MetadataValue.Text(Pick(Words)));
        Maybe("tags", () => new MetadataValue.List([.. Enumerable.Range(0, _random.Next(0, 4)).Select(_ => new MetadataValue.Text(Pick(Words)))]));
        Maybe("text", () => new MetadataValue.Text(Pick(Words) + " " + Pick(Words)));
        Maybe("metadata.vendor", () => new MetadataValue.Text(Pick(Words)));
        Maybe("metadata.load", () => _random.Next(10) == 0 ? Any(1) : Number());
        Maybe("metadata.mixed", () => Any(2));
        Maybe("situation.rsrp", () => new MetadataValue.Number(Pick(Numbers)));
        Maybe("outcome.kpi", () => _random.Next(5) == 0 ? Any(1) : Number());
        return fields;

        void Maybe(string field, Func<MetadataValue> value)
        {
            if (_random.Next(4) != 0)
            {
                fields.Add(field, value());
            }
        }
    }

    private double Reward() => _random.Next(4) == 0 ? double.NaN : Pick(Numbers);

    private MetadataValue Any(int depth) => _random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => MetadataValue.Nothing.Instance,
        1 => new MetadataValue.Truth(_random.Next(2) == 0),
        2 or 3 => Number(),
        4 or 5 => new MetadataValue.Text(Pick(Words)),
        6 => new MetadataValue.List([.. Enumerable.Range(0, _random.Next(0, 3)).Select(_ => Any(depth - 1))]),
        _ => new MetadataValue.Map([.. Enumerable.Range(0, _random.Next(0, 3)).Select(i => new KeyValuePair<string, MetadataValue>(i == 0 ? "a" : "b", Any(depth - 1)))]),
    };

    private MetadataValue.Number Number()
    {
        if (_random.Next(3) == 0)
        {
            string exact = Pick(ExactNumbers);
            return new MetadataValue.Number(double.Parse(exact, CultureInfo.InvariantCulture), exact);
        }
        return new MetadataValue.Number(_random.Next(40) == 0 ? double.NaN : Pick(Numbers));
    }

    private static MetadataValue.Number Whole(ulong value) => new(value);

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
