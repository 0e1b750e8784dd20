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

    internal static ReadOnlySpan<byte> Word(OutcomeVerdict verdict) => verdict switch
    {
        OutcomeVerdict.Kept => "KEPT"u8,
        OutcomeVerdict.RollBack => "ROLL_BACK"u8,
        _ => "WATCHING"u8,
    };
}
