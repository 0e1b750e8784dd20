using System.Buffers;
using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Tests.Cognition;

/// <summary>A codec of its own, as plain as can be: what the journal keeps does not depend on which one it is.</summary>
internal sealed class PlainDecisionCodec : IDecisionCodec
{
    public static PlainDecisionCodec Instance { get; } = new();

    public void Write(DecisionRecord record, IBufferWriter<byte> document)
    {
        using var bytes = new MemoryStream();
        using (var to = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            foreach (ulong number in (ulong[])[record.Id, record.TimeNs, (ulong)record.Mode, (ulong)record.Status, record.ReportSequence, record.ObserveNs])
            {
                to.Write(number);
            }
            foreach (string text in (string[])[record.NetworkId, record.ProblemType, record.CauseName, record.ManagedObject])
            {
                to.Write(text);
            }
            foreach (double number in (double[])[record.RawConfidence, record.Confidence, record.NothingConfidence])
            {
                to.Write(number);
            }
            WriteOptional(to, record.RollbackCondition, to.Write);
            WriteOptional(to, record.ReportedNs?.ToString(System.Globalization.CultureInfo.InvariantCulture), to.Write);
            to.Write(Truth(record.Executed));
            to.Write(Truth(record.TargetsHeld));
            WriteList(to, record.Targets, to.Write);
            WriteList(to, record.Vetoes, to.Write);
            WriteList(to, record.Actions, change =>
            {
                to.Write(change.ManagedObject);
                to.Write(change.Attribute);
                WriteValue(to, change.Before);
                WriteValue(to, change.After);
            });
            WriteList(to, record.Expected, expected =>
            {
                to.Write(expected.Metric);
                foreach (double? quantile in (double?[])[expected.P10, expected.P50, expected.P90])
                {
                    to.Write(quantile ?? double.NaN);
                }
            });
            foreach (IReadOnlyList<KeyValuePair<string, double>> map in (IReadOnlyList<KeyValuePair<string, double>>[])[record.Before, record.Situation, record.Observed])
            {
                WriteList(to, map, pair =>
                {
                    to.Write(pair.Key);
                    to.Write(pair.Value);
                });
            }
        }
        document.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes.ToArray())));
    }

    public DecisionRecord Read(ReadOnlySpan<byte> document)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(Encoding.ASCII.GetString(document));
        }
        catch (FormatException)
        {
            throw new InvalidJsonException("document", "is not one");
        }
        using var from = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        ulong[] numbers = [.. Enumerable.Range(0, 6).Select(_ => from.ReadUInt64())];
        string[] texts = [.. Enumerable.Range(0, 4).Select(_ => from.ReadString())];
        double[] confidences = [.. Enumerable.Range(0, 3).Select(_ => from.ReadDouble())];
        string? condition = ReadOptional(from);
        string? reported = ReadOptional(from);
        bool? executed = Truth(from.ReadByte());
        bool? held = Truth(from.ReadByte());
        return new DecisionRecord
        {
            Id = numbers[0],
            TimeNs = numbers[1],
            Mode = (DecisionMode)numbers[2],
            Status = (DecisionStatus)numbers[3],
            ReportSequence = numbers[4],
            ObserveNs = numbers[5],
            NetworkId = texts[0],
            ProblemType = texts[1],
            CauseName = texts[2],
            ManagedObject = texts[3],
            RawConfidence = confidences[0],
            Confidence = confidences[1],
            NothingConfidence = confidences[2],
            RollbackCondition = condition,
            ReportedNs = reported is null ? null : ulong.Parse(reported, System.Globalization.CultureInfo.InvariantCulture),
            Executed = executed,
            TargetsHeld = held,
            Targets = ReadList(from, from.ReadString),
            Vetoes = ReadList(from, from.ReadString),
            Actions = ReadList(from, () => new ConfigurationChange(from.ReadString(), from.ReadString(), ReadValue(from), ReadValue(from))),
            Expected = ReadList(from, () => new MetricExpectation { Metric = from.ReadString(), P10 = Known(from.ReadDouble()), P50 = Known(from.ReadDouble()), P90 = Known(from.ReadDouble()) }),
            Before = ReadList(from, () => new KeyValuePair<string, double>(from.ReadString(), from.ReadDouble())),
            Situation = ReadList(from, () => new KeyValuePair<string, double>(from.ReadString(), from.ReadDouble())),
            Observed = ReadList(from, () => new KeyValuePair<string, double>(from.ReadString(), from.ReadDouble())),
        };
    }

    private static double? Known(double value) => double.IsNaN(value) ? null : value;

    private static byte Truth(bool? value) => value is { } truth ? (byte)(truth ? 1 : 0) : (byte)2;

    private static bool? Truth(byte value) => value == 2 ? null : value == 1;

    private static void WriteOptional(BinaryWriter to, string? text, Action<string> write)
    {
        to.Write(text is not null);
        if (text is not null)
        {
            write(text);
        }
    }

    private static string? ReadOptional(BinaryReader from) => from.ReadBoolean() ? from.ReadString() : null;

    private static void WriteList<T>(BinaryWriter to, IReadOnlyList<T> items, Action<T> write)
    {
        to.Write(items.Count);
        foreach (T item in items)
        {
            write(item);
        }
    }

    private static T[] ReadList<T>(BinaryReader from, Func<T> read) => [.. Enumerable.Range(0, from.ReadInt32()).Select(_ => read())];

    private static void WriteValue(BinaryWriter to, MetadataValue? value)
    {
        switch (value)
        {
            case null: to.Write((byte)0); break;
            case MetadataValue.Text text: to.Write((byte)1); to.Write(text.Value); break;
            case MetadataValue.Number number: to.Write((byte)2); to.Write(number.Value); break;
            default: throw new ArgumentOutOfRangeException(nameof(value));
        }
    }

    private static MetadataValue? ReadValue(BinaryReader from) => from.ReadByte() switch
    {
        0 => null,
        1 => from.ReadString(),
        _ => from.ReadDouble(),
    };
}
