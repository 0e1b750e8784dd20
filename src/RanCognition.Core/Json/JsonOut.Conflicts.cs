using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    public static void ConflictReport(ConflictReport report, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteConflictReport(json, report);
        json.Flush();
    }

    internal static void WriteConflictReport(Utf8JsonWriter json, ConflictReport report)
    {
        json.WriteStartObject();
        json.WriteStartArray("conflicts"u8);
        foreach (ControlConflict conflict in report.Conflicts)
        {
            WriteConflict(json, conflict);
        }
        json.WriteEndArray();
        WriteLoopGains(json, report.Loops);
        json.WriteNumber("first_command"u8, report.FirstCommand);
        json.WriteNumber("live"u8, report.Live);
        json.WriteBoolean("truncated"u8, report.IsTruncated);
        json.WriteNumber("execution_time"u8, report.ExecutionTime);
        WriteIgnored(json, report.Ignored);
        json.WriteEndObject();
    }

    private static void WriteConflict(Utf8JsonWriter json, ControlConflict conflict)
    {
        json.WriteStartObject();
        json.WriteString("conflictType"u8, Word(conflict.Kind));
        json.Strings("sources"u8, conflict.Sources);
        if (conflict.GroupName is { } group)
        {
            json.WriteString("groupName"u8, group);
        }
        json.WriteString("targetCell"u8, conflict.TargetCell);
        json.WriteStartArray("commands"u8);
        json.WriteNumberValue(conflict.FirstCommand);
        json.WriteNumberValue(conflict.SecondCommand);
        json.WriteEndArray();
        if (conflict.Kpi is { } kpi)
        {
            json.WriteStartObject("kpi"u8);
            json.WriteString("metric"u8, kpi.Metric);
            json.Number("before"u8, kpi.Before);
            json.Number("earlier_only"u8, kpi.EarlierOnly);
            json.Number("both"u8, kpi.Both);
            json.Number("p_value"u8, kpi.PValue);
            json.WriteEndObject();
        }
        if (conflict.LoopGain is { } gain)
        {
            json.Number("loop_gain"u8, gain);
        }
        json.WriteStartObject("advice"u8);
        if (conflict.Advice.Damping is { } damping)
        {
            json.Number("damping"u8, damping);
        }
        if (conflict.Advice.Precedence is { } precedence)
        {
            json.Strings("precedence"u8, precedence);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>All of it is null where no loops were given.</summary>
    private static void WriteLoopGains(Utf8JsonWriter json, LoopGainReport? loops)
    {
        if (loops is null)
        {
            json.WriteNull("loop_gain_matrix"u8);
            json.WriteNull("eigenvalues"u8);
            json.WriteNull("spectral_radius"u8);
            json.WriteNull("advice"u8);
            return;
        }
        json.WriteStartObject("loop_gain_matrix"u8);
        for (int row = 0; row < loops.Names.Count; row++)
        {
            json.WriteStartObject(loops.Names[row]);
            for (int column = 0; column < loops.Names.Count; column++)
            {
                NamedNumber(json, loops.Names[column], loops.Gain[row][column]);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartArray("eigenvalues"u8);
        foreach (ComplexValue eigenvalue in loops.Eigenvalues)
        {
            json.WriteStartArray();
            json.Number(eigenvalue.Real);
            json.Number(eigenvalue.Imaginary);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.Number("spectral_radius"u8, loops.SpectralRadius);
        json.WriteStartObject("advice"u8);
        json.WriteString("kind"u8, Word(loops.Advice.Kind));
        if (loops.Advice.Kind == LoopAdviceKind.Damping)
        {
            json.NumberOrNull("damping"u8, loops.Advice.Damping);
            json.NumberOrNull("limit"u8, loops.Advice.Limit);
        }
        if (loops.Advice.Kind == LoopAdviceKind.Precedence)
        {
            json.Strings("order"u8, loops.Advice.Order ?? []);
        }
        json.WriteEndObject();
        if (loops.StandardError is { } error)
        {
            json.Number("standard_error"u8, error);
        }
    }

    internal static ReadOnlySpan<byte> Word(ConflictKind kind) => kind switch
    {
        ConflictKind.Direct => "direct"u8,
        ConflictKind.Indirect => "indirect"u8,
        _ => "implicit"u8,
    };

    internal static ReadOnlySpan<byte> Word(LoopAdviceKind kind) => kind switch
    {
        LoopAdviceKind.Damping => "damping"u8,
        LoopAdviceKind.Precedence => "precedence"u8,
        _ => "none"u8,
    };
}
