using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What is told after a decision, and what a core knows of itself.
public static partial class JsonOut
{
    public static void OutcomeReply(OutcomeReply reply, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteOutcomeReply(json, reply);
        json.Flush();
    }

    internal static void WriteOutcomeReply(Utf8JsonWriter json, OutcomeReply reply)
    {
        json.WriteStartObject();
        json.WriteNumber("decision_id"u8, reply.DecisionId);
        json.WriteString("verdict"u8, Word(reply.Verdict));
        json.WriteString("reason"u8, reply.Reason);
        if (reply.Verdict == OutcomeVerdict.RollBack)
        {
            WriteRestore(json, reply.Restore ?? []);
        }
        json.NumberOrNull("surprise"u8, reply.Surprise);
        TruthOrNull(json, "targets_held"u8, reply.TargetsHeld);
        WriteIgnored(json, reply.Ignored);
        json.WriteNumber("execution_time"u8, reply.ExecutionTime);
        json.WriteEndObject();
    }

    public static void RollbackReply(RollbackReply reply, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteRollbackReply(json, reply);
        json.Flush();
    }

    internal static void WriteRollbackReply(Utf8JsonWriter json, RollbackReply reply)
    {
        json.WriteStartObject();
        json.WriteNumber("decision_id"u8, reply.DecisionId);
        WriteRestore(json, reply.Restore);
        json.WriteNumber("execution_time"u8, reply.ExecutionTime);
        json.WriteEndObject();
    }

    public static void CognitiveState(CognitiveState state, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteCognitiveState(json, state);
        json.Flush();
    }

    internal static void WriteCognitiveState(Utf8JsonWriter json, CognitiveState state)
    {
        json.WriteStartObject();
        json.NumberOrNull("consciousness_level"u8, state.ConsciousnessLevel);
        WriteCalibration(json, state.Calibration);
        json.NumberOrNull("coverage"u8, state.Coverage);
        WriteCounts(json, "decisions"u8, state.Decisions);
        WriteCounts(json, "vetoes"u8, state.Vetoes);
        json.NumberOrNull("regret"u8, state.Regret);
        WriteIntegration(json, state.Integration);
        json.WriteNumber("episodes"u8, state.Episodes);
        json.WriteNumber("history_samples"u8, state.HistorySamples);
        WriteIgnored(json, state.Ignored);
        json.WriteNumber("execution_time"u8, state.ExecutionTime);
        json.WriteEndObject();
    }

    private static void WriteCalibration(Utf8JsonWriter json, CalibrationReport calibration)
    {
        json.WriteStartObject("calibration"u8);
        json.NumberOrNull("ece"u8, calibration.Ece);
        json.NumberOrNull("brier"u8, calibration.Brier);
        json.WriteNumber("count"u8, calibration.Count);
        json.WriteStartArray("bins"u8);
        foreach (ReliabilityBin bin in calibration.Bins)
        {
            json.WriteStartObject();
            json.Number("lower"u8, bin.Lower);
            json.Number("upper"u8, bin.Upper);
            json.WriteNumber("count"u8, bin.Count);
            json.NumberOrNull("confidence"u8, bin.Confidence);
            json.NumberOrNull("held"u8, bin.Held);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIntegration(Utf8JsonWriter json, IntegrationReport integration)
    {
        json.WriteStartObject("integration"u8);
        json.NumberOrNull("phi"u8, integration.Phi);
        json.WriteStartArray("partition"u8);
        foreach (IReadOnlyList<string> side in integration.Partition)
        {
            json.WriteStartArray();
            foreach (string metric in side)
            {
                json.WriteStringValue(metric);
            }
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteNumber("samples"u8, integration.Samples);
        json.WriteBoolean("exact"u8, integration.Exact);
        json.WriteString("reason"u8, integration.Reason);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<KeyValuePair<string, ulong>> counts)
    {
        json.WriteStartObject(name);
        foreach ((string key, ulong count) in counts)
        {
            json.WriteNumber(key, count);
        }
        json.WriteEndObject();
    }

    public static void IngestReport(IngestReport report, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteIngestReport(json, report);
        json.Flush();
    }

    internal static void WriteIngestReport(Utf8JsonWriter json, IngestReport report)
    {
        json.WriteStartObject();
        json.WriteString("format"u8, Word(report.Format));
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
        WriteWholes(json, "granularity_ns"u8, report.GranularityNs);
        WriteIgnored(json, report.Ignored);
        json.WriteNumber("execution_time"u8, report.ExecutionTime);
        json.WriteEndObject();
    }

    internal static ReadOnlySpan<byte> Word(OutcomeVerdict verdict) => verdict switch
    {
        OutcomeVerdict.Kept => "KEPT"u8,
        OutcomeVerdict.RollBack => "ROLL_BACK"u8,
        _ => "WATCHING"u8,
    };

    internal static ReadOnlySpan<byte> Word(MeasurementFormat format) => format switch
    {
        MeasurementFormat.VesPerf3gpp => "ves_perf3gpp"u8,
        MeasurementFormat.Ts28532Xml => "ts28532_xml"u8,
        MeasurementFormat.Ts32435Xml => "ts32435_xml"u8,
        MeasurementFormat.E2smKpm => "e2sm_kpm"u8,
        _ => "rows"u8,
    };
}
