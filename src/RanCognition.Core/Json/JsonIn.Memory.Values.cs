using System.Text;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// Values that stand in episodes and in what is asked of a memory.
public static partial class JsonIn
{
    /// <summary>A name of bounded length.</summary>
    internal static string ReadMemoryName(ref JsonCursor json)
    {
        string name = json.String();
        CheckName(ref json, name);
        return name;
    }

    /// <summary>Named numbers that are compared: at least one, and each within the range of a 32-bit float.</summary>
    internal static IReadOnlyList<KeyValuePair<string, double>> ReadSituation(ref JsonCursor json, List<IgnoredField> ignored)
    {
        List<KeyValuePair<string, double>> metrics = ReadMetrics(ref json, ignored, areFloats: true);
        if (metrics.Count == 0)
        {
            json.RefuseValue("no metric has a number");
        }
        return metrics;
    }

    /// <summary>Named numbers; null = not known, left out.</summary>
    internal static List<KeyValuePair<string, double>> ReadMetrics(ref JsonCursor json, List<IgnoredField> ignored, bool areFloats = false)
    {
        json.Expect(JsonTokenType.StartObject, "an object of numbers");
        List<KeyValuePair<string, double>> metrics = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            double value = json.NumberOrNull();
            CheckName(ref json, name);
            if (double.IsNaN(value))
            {
                json.Ignore(ignored, "null: not known");
            }
            else
            {
                if (areFloats && !float.IsFinite((float)value))
                {
                    json.RefuseValue($"{value.ToString(System.Globalization.CultureInfo.InvariantCulture)} is beyond the range of a 32-bit float");
                }
                if (metrics.Count >= MemoryLimits.MetricsMax)
                {
                    json.LeaveField();
                    json.RefuseBeyond(MemoryLimits.MetricsMax, "metrics");
                }
                metrics.Add(new(name, value));
            }
            json.LeaveField();
        }
        return metrics;
    }

    internal static float[] ReadVector(ref JsonCursor json)
    {
        float[] vector = json.Floats(MemoryLimits.DimensionMax);
        if (vector.Length == 0)
        {
            json.RefuseValue("is empty: at least one number is needed");
        }
        return vector;
    }

    internal static IReadOnlyList<ConfigurationChange> ReadAction(ref JsonCursor json, List<IgnoredField> ignored, int changesMax = MemoryLimits.ActionsMax)
    {
        json.Expect(JsonTokenType.StartArray, "an array of changes");
        List<ConfigurationChange> changes = [];
        while (json.NextElement(changes.Count))
        {
            if (changes.Count >= changesMax)
            {
                json.LeaveElement();
                json.RefuseBeyond(changesMax, "changes");
            }
            changes.Add(ReadChange(ref json, ignored));
            json.LeaveElement();
        }
        return changes;
    }

    internal static ConfigurationChange Change(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        ConfigurationChange change = ReadChange(ref json, []);
        json.End();
        return change;
    }

    private static ConfigurationChange ReadChange(ref JsonCursor json, List<IgnoredField> ignored)
    {
        ActionPattern change = ReadPattern(ref json, ignored);
        if (change.ManagedObject is null || change.Attribute is null)
        {
            json.Refuse($"field '{(change.ManagedObject is null ? "managedObject" : "attribute")}' is missing");
        }
        return new ConfigurationChange(change.ManagedObject, change.Attribute, change.Before, change.After);
    }

    /// <summary>A change of which any member may be missing.</summary>
    private static ActionPattern ReadPattern(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with managedObject and attribute");
        string? managedObject = null;
        string? attribute = null;
        MetadataValue? before = null;
        MetadataValue? after = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "managedObject": managedObject = ReadFilledName(ref json); break;
                case "attribute": attribute = ReadFilledName(ref json); break;
                case "before": before = json.Scalar(); break;
                case "after": after = json.Scalar(); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return new ActionPattern(managedObject, attribute, before, after);
    }

    private static string ReadFilledName(ref JsonCursor json)
    {
        string name = ReadFilled(ref json);
        CheckName(ref json, name);
        return name;
    }

    private static void CheckName(ref JsonCursor json, string name) => CheckBytes(ref json, name, MemoryLimits.NameBytesMax);

    private static void CheckBytes(ref JsonCursor json, string text, int bytesMax)
    {
        if (text.Length > bytesMax / 3 && Encoding.UTF8.GetByteCount(text) > bytesMax)
        {
            json.RefuseBeyond(bytesMax, "bytes");
        }
    }
}
