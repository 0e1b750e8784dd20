using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>Records to bytes, one method per result of the library.</summary>
public static partial class JsonOut
{
    public static void RuntimeInfo(RuntimeInfo info, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        json.WriteStartObject();
        json.WriteString("version"u8, info.Version);
        json.WriteNumber("abi_version"u8, info.AbiVersion);
        json.WriteString("runtime"u8, info.Runtime);
        json.WriteString("operating_system"u8, info.OperatingSystem);
        json.WriteString("architecture"u8, info.Architecture);
        json.WriteNumber("processors"u8, info.Processors);
        json.WriteString("cpu_level"u8, info.CpuLevel);
        json.WriteString("cpu_level_best"u8, info.CpuLevelBest);
        json.Strings("cpu_features"u8, info.CpuFeatures);
        json.WriteNumber("vector_bits"u8, info.VectorBits);
        json.WriteString("clock_source"u8, info.ClockSource);
        json.WriteNumber("clock_resolution_ns"u8, info.ClockResolutionNs);
        json.WriteNumber("clock_frequency_hz"u8, info.ClockFrequencyHz);
        json.WriteNumber("clock_drift_ns"u8, info.ClockDriftNs);
        json.WriteNumber("clock_recalibrations"u8, info.ClockRecalibrations);
        json.WriteNumber("clock_faults"u8, info.ClockFaults);
        json.WriteNumber("clock_offset_ns"u8, info.ClockOffsetNs);
        json.Strings("cores"u8, info.Cores);
        json.NumberMap("limits"u8, info.Limits);
        json.WriteEndObject();
        json.Flush();
    }

    public static void Metrics(PerformanceMetrics metrics, IBufferWriter<byte> target)
    {
        // By hand: loops ask for it, and the general writer takes longer than the call.
        Span<byte> text = target.GetSpan(MetricsBytesMax);
        int length = 0;
        Field(text, ref length, "{\"total_executions\":"u8, metrics.TotalExecutions);
        Field(text, ref length, ",\"last_execution_time\":"u8, metrics.LastExecutionTime);
        Append(text, ref length, ",\"average_execution_time\":"u8);
        Thousandths(text, ref length, metrics.AverageExecutionTime);
        Field(text, ref length, ",\"error_count\":"u8, metrics.ErrorCount);
        Field(text, ref length, ",\"memory_usage\":"u8, metrics.MemoryUsage);
        Append(text, ref length, "}"u8);
        target.Advance(length);
    }

    private const int MetricsBytesMax = 320;

    private static void Append(Span<byte> text, ref int length, ReadOnlySpan<byte> more)
    {
        more.CopyTo(text[length..]);
        length += more.Length;
    }

    private static void Field(Span<byte> text, ref int length, ReadOnlySpan<byte> name, ulong value)
    {
        Append(text, ref length, name);
        Utf8Formatter.TryFormat(value, text[length..], out int written);
        length += written;
    }

    /// <summary>A time in ns to a thousandth, so that it needs no search for the shortest digits.</summary>
    private static void Thousandths(Span<byte> text, ref int length, double nanoseconds)
    {
        double scaled = Math.Round(nanoseconds * 1000);
        if (scaled >= ulong.MaxValue)
        {
            Field(text, ref length, default, (ulong)nanoseconds);
            return;
        }
        (ulong whole, ulong rest) = Math.DivRem((ulong)scaled, 1000);
        Field(text, ref length, default, whole);
        if (rest != 0)
        {
            text[length] = (byte)'.';
            text[length + 1] = (byte)('0' + rest / 100);
            text[length + 2] = (byte)('0' + rest / 10 % 10);
            text[length + 3] = (byte)('0' + rest % 10);
            length += 4;
        }
    }

    private static void WriteMetrics(Utf8JsonWriter json, PerformanceMetrics metrics)
    {
        json.WriteStartObject();
        json.WriteNumber("total_executions"u8, metrics.TotalExecutions);
        json.WriteNumber("last_execution_time"u8, metrics.LastExecutionTime);
        json.Number("average_execution_time"u8, Math.Round(metrics.AverageExecutionTime, 3));
        json.WriteNumber("error_count"u8, metrics.ErrorCount);
        json.WriteNumber("memory_usage"u8, metrics.MemoryUsage);
        json.WriteEndObject();
    }

    private static void WriteIgnored(Utf8JsonWriter json, IReadOnlyList<IgnoredField> ignored)
    {
        json.WriteStartArray("ignored"u8);
        foreach (IgnoredField field in ignored)
        {
            json.WriteStartObject();
            json.WriteString("field"u8, field.Field);
            json.WriteString("reason"u8, field.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
