using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    public static void IngestReport(IngestReport report, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        json.WriteStartObject();
        json.WriteString("format"u8, FormatName(report.Format));
        json.WriteString("network_id"u8, report.NetworkId);
        json.WriteNumber("objects"u8, report.Objects);
        json.WriteNumber("metrics"u8, report.Metrics);
        json.WriteNumber("samples"u8, report.Samples);
        json.WriteStartArray("skipped"u8);
        foreach (SkippedMeasurements skipped in report.Skipped)
        {
            json.WriteStartObject();
            json.WriteString("what"u8, skipped.What);
            json.WriteString("why"u8, skipped.Why);
            json.WriteNumber("count"u8, skipped.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WholeOrNull(json, "from_ns"u8, report.FromNs);
        WholeOrNull(json, "to_ns"u8, report.ToNs);
        json.WriteStartArray("granularity_ns"u8);
        foreach (ulong granularityNs in report.GranularityNs)
        {
            json.WriteNumberValue(granularityNs);
        }
        json.WriteEndArray();
        WriteIgnored(json, report.Ignored);
        json.WriteNumber("execution_time"u8, report.ExecutionTime);
        json.WriteEndObject();
        json.Flush();
    }

    internal static string FormatName(MeasurementFormat format) => format switch
    {
        MeasurementFormat.VesPerf3gpp => "ves_perf3gpp",
        MeasurementFormat.Ts28532Xml => "ts28532_xml",
        MeasurementFormat.Ts32435Xml => "ts32435_xml",
        MeasurementFormat.E2smKpm => "e2sm_kpm",
        _ => "rows",
    };
}
