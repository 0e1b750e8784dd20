using System.Buffers;
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

    /// <summary>Room that <see cref="Metrics"/> needs.</summary>
    public const int MetricsBytesMax = 256;

    /// <summary>Writes the metrics of a core. Returns the length.</summary>
    public static int Metrics(PerformanceMetrics metrics, Span<byte> target)
    {
        FlatJson json = new(target);
        json.Text("{\"total_executions\":"u8);
        json.Number(metrics.TotalExecutions);
        json.Text(",\"last_execution_time\":"u8);
        json.Number(metrics.LastExecutionTime);
        json.Text(",\"average_execution_time\":"u8);
        json.Thousandths(metrics.AverageExecutionTime);
        json.Text(",\"error_count\":"u8);
        json.Number(metrics.ErrorCount);
        json.Text(",\"memory_usage\":"u8);
        json.Number(metrics.MemoryUsage);
        json.Text("}"u8);
        return json.Length;
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

    private static void WriteIgnored(Utf8JsonWriter json, IReadOnlyList<IgnoredField> ignored) => WriteFields(json, "ignored"u8, ignored);

    private static void WriteFields(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<IgnoredField> fields)
    {
        json.WriteStartArray(name);
        foreach (IgnoredField field in fields)
        {
            json.WriteStartObject();
            json.WriteString("field"u8, field.Field);
            json.WriteString("reason"u8, field.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
