using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    /// <summary>Commands of control functions in which conflicts are sought.</summary>
    public static ConflictRequest ConflictRequest(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        ConflictRequest request = ReadConflictRequest(ref json, null);
        json.End();
        return request;
    }

    /// <summary>A request; beside names a member that stands among its own and is passed over.</summary>
    private static ConflictRequest ReadConflictRequest(ref JsonCursor json, string? beside)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        List<ParameterGroup>? groups = null;
        List<ControlCommand>? commands = null;
        List<KpiSample>? kpis = null;
        ControlLoops? loops = null;
        bool keep = false;
        ulong? time = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            bool isNull = json.IsNull;
            switch (name)
            {
                case "groups": groups = isNull ? null : ReadGroups(ref json, ignored); break;
                case "commands": commands = isNull ? null : ReadCommands(ref json, ignored); break;
                case "kpis": kpis = isNull ? null : ReadKpis(ref json, ignored); break;
                case "loops": loops = isNull ? null : ReadControlLoops(ref json, ignored); break;
                case "keep": keep = json.OptionalBoolean() ?? false; break;
                case "time_ns": time = isNull ? null : json.Moment(); break;
                default:
                    if (name != beside)
                    {
                        json.Ignore(ignored, Unknown);
                    }
                    break;
            }
            json.LeaveField();
        }
        return new ConflictRequest { Groups = groups, Commands = commands ?? [], Kpis = kpis ?? [], Loops = loops, Keep = keep, TimeNs = time, Ignored = ignored };
    }

    private static List<KpiSample> ReadKpis(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of KPI samples");
        List<KpiSample> samples = [];
        List<string> noted = [];
        for (int i = 0; json.NextElement(i); i++)
        {
            RefuseMore(ref json, i, StrangeLoopLimits.KpisMax, "samples");
            if (ReadKpi(ref json, ignored, noted) is { } sample)
            {
                samples.Add(sample);
            }
            json.LeaveElement();
        }
        return samples;
    }

    /// <summary>One sample; null when its value is.</summary>
    private static KpiSample? ReadKpi(ref JsonCursor json, List<IgnoredField> ignored, List<string> noted)
    {
        json.Expect(JsonTokenType.StartObject, "an object with cell, metric, time_ns and value");
        string? cell = null;
        string? metric = null;
        ulong? time = null;
        double? value = null;
        bool isLowBetter = false;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "cell": cell = ReadLabel(ref json); break;
                case "metric": metric = ReadLabel(ref json); break;
                case "time_ns": time = json.Moment(); break;
                case "value":
                    value = json.NumberOrNull();
                    if (json.IsNull)
                    {
                        IgnoreOnce(ref json, ignored, noted, name, "null: not measured");
                    }
                    break;
                case "better": isLowBetter = !json.IsNull && ReadIsLowBetter(ref json); break;
                default: IgnoreOnce(ref json, ignored, noted, name, Unknown); break;
            }
            json.LeaveField();
        }
        if (cell is null || metric is null || time is null || value is null)
        {
            json.Refuse($"field '{(cell is null ? "cell" : metric is null ? "metric" : time is null ? "time_ns" : "value")}' is missing");
        }
        return double.IsNaN(value.Value) ? null : new KpiSample(cell, metric, time.Value, value.Value, isLowBetter);
    }

    private static bool ReadIsLowBetter(ref JsonCursor json)
    {
        string word = json.KnownString();
        if (word is not ("high" or "low"))
        {
            RefuseWord(ref json, word, "high or low");
        }
        return word == "low";
    }

    private static ControlLoops ReadControlLoops(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with names, and gain or changes");
        List<string>? names = null;
        double[][]? gain = null;
        double[][]? changes = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            bool isNull = json.IsNull;
            switch (name)
            {
                case "names": names = ReadFunctionNames(ref json); break;
                case "gain": gain = isNull ? null : ReadRows(ref json, StrangeLoopLimits.FunctionsMax, StrangeLoopLimits.FunctionsMax); break;
                case "changes": changes = isNull ? null : ReadRows(ref json, StrangeLoopLimits.PeriodsMax, StrangeLoopLimits.FunctionsMax); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (names is null)
        {
            json.Refuse("field 'names' is missing");
        }
        if ((gain is null) == (changes is null))
        {
            json.RefuseValue(gain is null ? "neither gain nor changes is given" : "gain and changes cannot both be given");
        }
        if (gain is not null)
        {
            RefuseOtherSize(ref json, "gain", gain.Length, "rows", names.Count, "names");
        }
        RefuseOtherSize(ref json, gain is null ? "changes" : "gain", (gain ?? changes)![0].Length, "numbers a row", names.Count, "names");
        return new ControlLoops { Names = names, Gain = gain, Changes = changes };
    }

    /// <summary>Each once, as the matrix in the reply is an object of them.</summary>
    private static List<string> ReadFunctionNames(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of names");
        List<string> names = [];
        while (json.NextElement(names.Count))
        {
            RefuseMore(ref json, names.Count, StrangeLoopLimits.FunctionsMax, "functions");
            string name = ReadLabel(ref json);
            if (names.Contains(name))
            {
                json.RefuseValue($"'{name}' is given twice");
            }
            names.Add(name);
            json.LeaveElement();
        }
        RefuseEmpty(ref json, names.Count, "name");
        return names;
    }

    /// <summary>Rows of one length: at least one, of at least one number.</summary>
    private static double[][] ReadRows(ref JsonCursor json, int rowsMax, int columnsMax)
    {
        double[] numbers = json.Table(rowsMax, columnsMax, rowsMax * columnsMax, -double.MaxValue, double.MaxValue, out int count);
        int columns = numbers.Length / count;
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++)
        {
            rows[i] = numbers.AsSpan(i * columns, columns).ToArray();
        }
        return rows;
    }

    /// <summary>A member of the object just read must be as long as another.</summary>
    private static void RefuseOtherSize(ref JsonCursor json, string field, int size, string unit, int needed, string other)
    {
        if (size != needed)
        {
            json.RefuseValue($"{field} has {size} {unit} for {needed} {other}");
        }
    }
}
