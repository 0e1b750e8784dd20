using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    /// <summary>One line of a record, with its end. JSON stands in it as it is, anything else as a string, so that every byte comes back.</summary>
    public static void RecordedCall(RecordedCall call, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        json.WriteStartObject();
        json.WriteString("call"u8, call.Name);
        if (call.Options is { } options)
        {
            WriteRecordedOptions(json, options);
            json.WriteString("version"u8, call.Version);
            json.WriteNumber("decisions"u8, call.Decisions);
            json.WriteNumber("episodes"u8, call.Episodes);
            json.WriteNumber("history_samples"u8, call.HistorySamples);
        }
        WriteWholes(json, "clock"u8, call.Clock);
        WriteWholes(json, "random"u8, call.Random);
        if (call.Answers is { } answers)
        {
            WriteAnswers(json, answers);
        }
        if (call.CancelledAt != 0)
        {
            json.WriteNumber("cancelled_at"u8, call.CancelledAt);
        }
        if (call.Argument.Length > 0)
        {
            json.WriteString("argument"u8, call.Argument);
        }
        if (call.Kind == CognitiveOperationKind.Rollback)
        {
            json.WriteNumber("decision_id"u8, call.DecisionId);
        }
        string name = call.Kind switch { CognitiveOperationKind.ReportOutcome => "outcome", CognitiveOperationKind.Ingest => "message", _ => "problem" };
        WriteRecorded(json, name, call.First);
        WriteRecorded(json, "constraints", call.Second);
        if (call.Result is { } result)
        {
            WriteRecorded(json, "result", result);
        }
        else if (call.Kind is not null)
        {
            json.WriteStartObject("error"u8);
            json.WriteNumber("status"u8, call.Status);
            json.WriteString("message"u8, call.Message);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.Flush();
        target.GetSpan(1)[0] = (byte)'\n';
        target.Advance(1);
    }

    public static void ReplayReport(ReplayReport report, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        json.WriteStartObject();
        json.WriteNumber("calls"u8, report.Calls);
        json.WriteNumber("equal"u8, report.Equal);
        json.WriteStartArray("different"u8);
        foreach (ReplayDifference difference in report.Different)
        {
            json.WriteStartObject();
            json.WriteNumber("line"u8, difference.Line);
            json.WriteString("call"u8, difference.Call);
            json.WriteString("recorded"u8, difference.Recorded);
            json.WriteString("replayed"u8, difference.Replayed);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("not_repeated"u8, report.NotRepeated);
        WriteIgnored(json, report.Ignored);
        json.WriteNumber("execution_time"u8, report.ExecutionTime);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteRecordedOptions(Utf8JsonWriter json, CognitiveOptions options)
    {
        json.WriteStartObject("options"u8);
        if (options.Path is { } path)
        {
            json.WriteString("path"u8, path);
        }
        if (options.Seed is { } seed)
        {
            json.WriteNumber("seed"u8, seed);
        }
        json.WriteNumber("max_message_bytes"u8, options.MaxMessageBytes);
        WriteIgnored(json, options.Ignored);      // results repeat them
        json.WriteEndObject();
    }

    private static void WriteWholes(Utf8JsonWriter json, ReadOnlySpan<byte> name, ulong[] values)
    {
        json.WriteStartArray(name);
        foreach (ulong value in values)
        {
            json.WriteNumberValue(value);
        }
        json.WriteEndArray();
    }

    private static void WriteAnswers(Utf8JsonWriter json, IReadOnlyList<double[]?> answers)
    {
        json.WriteStartArray("answers"u8);
        foreach (double[]? answer in answers)
        {
            if (answer is null)
            {
                json.WriteNullValue();
                continue;
            }
            json.WriteStartArray();
            foreach (double value in answer)
            {
                if (double.IsInfinity(value))
                {
                    json.WriteStringValue(value > 0 ? RecordedInfinity : RecordedMinusInfinity);
                }
                else
                {
                    json.Number(value);
                }
            }
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    internal const string RecordedInfinity = "infinity";
    internal const string RecordedMinusInfinity = "-infinity";

    private static void WriteRecorded(Utf8JsonWriter json, string name, byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }
        if (JsonIn.IsRecordable(bytes))
        {
            json.WritePropertyName(name);
            json.WriteRawValue(bytes, skipInputValidation: true);
        }
        else if (Utf8.IsValid(bytes))
        {
            json.WriteString(name + "_text", bytes);
        }
        else
        {
            json.WriteBase64String(name + "_base64", bytes);
        }
    }
}
