using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What conflicts are sought in, as JsonIn reads it. Times are numbers of ns.
public static partial class JsonOut
{
    internal static void WriteConflictRequest(Utf8JsonWriter json, ConflictRequest request)
    {
        ArgumentNullException.ThrowIfNull(request.Commands);
        ArgumentNullException.ThrowIfNull(request.Kpis);
        json.WriteStartObject();
        if (request.Groups is { } groups)
        {
            json.WritePropertyName("groups"u8);
            WriteGroups(json, groups);
        }
        json.WriteStartArray("commands"u8);
        foreach (ControlCommand command in request.Commands)
        {
            WriteCommand(json, command);
        }
        json.WriteEndArray();
        WriteKpis(json, request.Kpis);
        if (request.Loops is { } loops)
        {
            json.WriteStartObject("loops"u8);
            json.Strings("names"u8, loops.Names);
            OptionalRows(json, "gain"u8, loops.Gain);
            OptionalRows(json, "changes"u8, loops.Changes);
            json.WriteEndObject();
        }
        if (request.Keep)
        {
            json.WriteBoolean("keep"u8, true);
        }
        Optional(json, "time_ns"u8, request.TimeNs);
        json.WriteEndObject();
    }

    internal static void WriteCommand(Utf8JsonWriter json, ControlCommand command)
    {
        json.WriteStartObject();
        json.WriteString("source"u8, command.Source);
        json.WriteString("command"u8, command.Command);
        json.WriteString("targetParameter"u8, command.TargetParameter);
        json.WriteString("targetValue"u8, command.TargetValue);
        json.WriteString("targetCell"u8, command.TargetCell);
        json.WriteNumber("timestamp"u8, command.StartNs);
        json.WriteNumber("controlTimespan"u8, command.SpanNs);
        json.WriteEndObject();
    }

    internal static void WriteGroups(Utf8JsonWriter json, IReadOnlyList<ParameterGroup> groups)
    {
        json.WriteStartArray();
        foreach (ParameterGroup group in groups)
        {
            json.WriteStartObject();
            json.WriteString("groupName"u8, group.Name);
            json.WriteStartArray("parameters"u8);
            foreach (GroupParameter parameter in group.Parameters)
            {
                json.WriteStartObject();
                json.WriteString("changeTarget"u8, parameter.ChangeTarget);
                json.WriteString("parameterName"u8, parameter.ParameterName);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteKpis(Utf8JsonWriter json, IReadOnlyList<KpiSample> samples)
    {
        if (samples.Count == 0)
        {
            return;
        }
        json.WriteStartArray("kpis"u8);
        foreach (KpiSample sample in samples)
        {
            json.WriteStartObject();
            json.WriteString("cell"u8, sample.Cell);
            json.WriteString("metric"u8, sample.Metric);
            json.WriteNumber("time_ns"u8, sample.TimeNs);
            json.Number("value"u8, sample.Value);
            if (sample.LowIsBetter)
            {
                json.WriteString("better"u8, "low"u8);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void OptionalRows(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<double[]>? rows)
    {
        if (rows is null)
        {
            return;
        }
        json.WriteStartArray(name);
        foreach (double[] row in rows)
        {
            WriteArray(json, row);
        }
        json.WriteEndArray();
    }
}
