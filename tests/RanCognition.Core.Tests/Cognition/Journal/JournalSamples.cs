using RanCognition.Contracts;

namespace RanCognition.Tests.Cognition;

/// <summary>Decisions that follow from their id alone, so that two processes know the same ones.</summary>
internal static class JournalSamples
{
    /// <summary>How far a decision is: made, reported, rolled back.</summary>
    public const int Stages = 3;

    private static readonly string?[] Texts = ["LOCKED", "", "Zelle \"äöü\"\n\u0001", "\ud83d\ude80", "0.1"];

    public static DecisionRecord Record(ulong id, int stage)
    {
        var random = new Random((int)(id * 7919 % int.MaxValue));
        int count = 1 + random.Next(4);
        var actions = new List<ConfigurationChange>();
        for (int i = 0; i < count; i++)
        {
            actions.Add(new ConfigurationChange($"NRCellRelation={random.Next(100)}-{random.Next(100)}", $"attribute{i}", Value(random), Value(random)));
        }
        return new DecisionRecord
        {
            Id = id,
            TimeNs = 1_700_000_000_000_000_000 + id,
            NetworkId = "network",
            ProblemType = "MRO",
            Mode = (DecisionMode)random.Next(3),
            CauseName = CauseNames.TooLate,
            ManagedObject = "NRCellRelation=1-2",
            Actions = actions,
            Targets = ["a / b <= 0.05"],
            Expected = [new MetricExpectation { Metric = "a", P10 = Number(random), P50 = Number(random), P90 = null, IsChanged = id % 2 == 0 }],
            Before = [new("a", Number(random))],
            Situation = [new("a", (float)random.NextDouble()), new("b", (float)random.NextDouble())],
            RawConfidence = random.NextDouble(),
            Confidence = random.NextDouble(),
            NothingConfidence = random.NextDouble(),
            ObserveNs = 900_000_000_000,
            RollbackCondition = "a > 1",
            Vetoes = [GuardNames.Pacing],
            Status = stage switch { 0 => DecisionStatus.Open, 1 => DecisionStatus.RollBackAdvised, _ => DecisionStatus.RolledBack },
            Executed = stage == 0 ? null : true,
            ReportSequence = stage == 0 ? 0 : id,
            ReportedNs = stage == 0 ? null : 1_700_000_000_000_000_000 + 2 * id,
            Observed = stage == 0 ? [] : [new("a", Number(random))],
            TargetsHeld = stage == 0 ? null : false,
        };
    }

    /// <summary>What a reported decision becomes.</summary>
    public static Episode Episode(ulong id)
    {
        DecisionRecord record = Record(id, 1);
        return new Episode
        {
            TimeNs = record.TimeNs,
            Cell = record.ManagedObject,
            ProblemType = record.ProblemType,
            Situation = record.Situation,
            Action = record.Actions,
            Outcome = record.Observed,
            Reward = -1,
            Success = false,
            Metadata = new MetadataValue.Map([new KeyValuePair<string, MetadataValue>("decision_id", id)]),
        };
    }

    public static void AssertSame(DecisionRecord expected, DecisionRecord? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(Text(expected), Text(actual));
    }

    /// <summary>Everything of a record, numbers by their bits.</summary>
    public static string Text(DecisionRecord record)
    {
        var text = new System.Text.StringBuilder();
        text.AppendLine($"{record.Id} {record.TimeNs} {record.NetworkId} {record.ProblemType} {record.Mode} {record.CauseName} {record.ManagedObject} {record.Status} {record.Executed} {record.ReportSequence} {record.ReportedNs} {record.TargetsHeld}");
        text.AppendLine($"{record.ObserveNs} {record.RollbackCondition} {Bits(record.RawConfidence)} {Bits(record.Confidence)} {Bits(record.NothingConfidence)} {string.Join('|', record.Vetoes)} {string.Join('|', record.Targets)}");
        foreach (ConfigurationChange change in record.Actions)
        {
            text.AppendLine($"{change.ManagedObject} {change.Attribute} {Text(change.Before)} -> {Text(change.After)}");
        }
        foreach (MetricExpectation expected in record.Expected)
        {
            text.AppendLine($"{expected.Metric} {Bits(expected.P10)} {Bits(expected.P50)} {Bits(expected.P90)} {expected.IsChanged}");
        }
        foreach (IReadOnlyList<KeyValuePair<string, double>> map in (IReadOnlyList<KeyValuePair<string, double>>[])[record.Before, record.Situation, record.Observed])
        {
            text.AppendLine(string.Join(' ', map.Select(pair => $"{pair.Key}={Bits(pair.Value)}")));
        }
        return text.ToString();
    }

    private static string Text(MetadataValue? value) => value switch
    {
        null => "none",
        MetadataValue.Number number => $"number {Bits(number.Value)}",
        MetadataValue.Text words => $"text '{words.Value}'",
        _ => value.ToString(),
    };

    private static string Bits(double? value) => value is { } number ? BitConverter.DoubleToInt64Bits(number).ToString("x16", System.Globalization.CultureInfo.InvariantCulture) : "none";

    private static MetadataValue? Value(Random random) => random.Next(4) switch
    {
        0 => null,
        1 => Texts[random.Next(Texts.Length)]!,
        _ => Number(random),
    };

    private static double Number(Random random) => random.Next(6) switch
    {
        0 => 0.1 + random.Next(10),
        1 => BitConverter.Int64BitsToDouble(random.NextInt64(1, 0x7FE0_0000_0000_0000)),
        2 => -random.NextDouble(),
        3 => double.Epsilon,
        4 => double.MaxValue,
        _ => random.Next(-24, 24),
    };
}
