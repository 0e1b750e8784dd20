using RanCognition.Contracts;

namespace RanCognition.Tests.Cognition.Json;

/// <summary>Values of all kinds by chance, from a seed.</summary>
internal sealed class CognitionRandom(int seed)
{
    private static readonly string[] Words = ["NRCellDU=1", "NRCellRelation=1-2", "MM.HoExeInterReq", "a/b", "é ü 漢", "\"quoted\" \\ \u0001", "x.y [0]", "RRU.PrbTotDl"];

    private readonly Random _random = new(seed);

    public int Below(int most) => _random.Next(most);

    public bool Coin() => _random.Next(2) == 0;

    public string Word() => Words[_random.Next(Words.Length)];

    public string Name(int index) => Word() + index;

    public ulong Whole() => _random.Next(4) switch { 0 => ulong.MaxValue, 1 => 0, 2 => (ulong)_random.NextInt64(), _ => (ulong)_random.Next(1000) };

    /// <summary>Any finite double, bits at random.</summary>
    public double Number()
    {
        double value = _random.Next(4) switch
        {
            0 => _random.Next(-1000, 1000),
            1 => _random.NextDouble(),
            2 => -0.0,
            _ => BitConverter.Int64BitsToDouble(_random.NextInt64(long.MinValue, long.MaxValue)),
        };
        return double.IsFinite(value) ? value : double.Epsilon;
    }

    public double? NumberOrNull() => Coin() ? Number() : null;

    public bool? TruthOrNull() => _random.Next(3) switch { 0 => null, 1 => true, _ => false };

    public MetadataValue? Value() => _random.Next(7) switch
    {
        0 => null,
        1 => MetadataValue.Nothing.Instance,
        2 => Coin(),
        3 => Word(),
        4 => ulong.MaxValue - (ulong)_random.Next(5000),
        5 => new MetadataValue.Number(0.1, "0.1000000000000000055511151231257827"),
        _ => Number(),
    };

    public IReadOnlyList<ConfigurationChange> Changes()
    {
        List<ConfigurationChange> changes = [];
        for (int i = _random.Next(4); i > 0; i--)
        {
            changes.Add(new ConfigurationChange(Word(), Word(), Value(), Value()));
        }
        return changes;
    }

    public IReadOnlyList<string> Texts()
    {
        List<string> texts = [];
        for (int i = _random.Next(4); i > 0; i--)
        {
            texts.Add(Word());
        }
        return texts;
    }

    public IReadOnlyList<KeyValuePair<string, double>> Numbers(bool withUnknown = false)
    {
        List<KeyValuePair<string, double>> numbers = [];
        for (int i = _random.Next(5); i > 0; i--)
        {
            numbers.Add(new(Name(i), withUnknown && _random.Next(5) == 0 ? double.NaN : Number()));
        }
        return numbers;
    }

    public IReadOnlyList<KeyValuePair<string, ulong>> Counts()
    {
        List<KeyValuePair<string, ulong>> counts = [];
        for (int i = _random.Next(5); i > 0; i--)
        {
            counts.Add(new(Name(i), Whole()));
        }
        return counts;
    }

    public IReadOnlyList<MetricExpectation> Expected()
    {
        List<MetricExpectation> expected = [];
        for (int i = _random.Next(4); i > 0; i--)
        {
            expected.Add(new MetricExpectation { Metric = Name(i), P10 = NumberOrNull(), P50 = NumberOrNull(), P90 = NumberOrNull() });
        }
        return expected;
    }

    public IReadOnlyList<IgnoredField> Ignored()
    {
        List<IgnoredField> ignored = [];
        for (int i = _random.Next(3); i > 0; i--)
        {
            ignored.Add(new IgnoredField("/" + Word(), Word()));
        }
        return ignored;
    }

    public DecisionRecord Record() => new()
    {
        Id = Math.Max(1, Whole()), TimeNs = Whole(), NetworkId = Coin() ? "" : Word(), ProblemType = Coin() ? "" : Word(), Mode = (DecisionMode)_random.Next(3), CauseName = Word(), ManagedObject = Coin() ? "" : Word(),
        Actions = Changes(), Targets = Texts(), Expected = Expected(), Before = Numbers(withUnknown: true), Situation = Numbers(), RawConfidence = Number(), Confidence = Number(),
        NothingConfidence = Coin() ? double.NaN : Number(), RollbackCondition = Coin() ? null : Word(), ObserveNs = Whole(), Vetoes = Texts(), Status = (DecisionStatus)_random.Next(4), Executed = TruthOrNull(),
        ReportSequence = Whole(), ReportedNs = Coin() ? null : Whole(), Observed = Numbers(), TargetsHeld = TruthOrNull(),
    };
}
