using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    private const int ReadingsMax = 1 << 24;
    private const int AnswersMax = 1 << 22;

    /// <summary>One line of a record.</summary>
    public static RecordedCall RecordedCall(ReadOnlySpan<byte> line, string argument)
    {
        JsonCursor json = new(line, argument);
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object");
        string call = "";
        CognitiveOptions? options = null;
        string version = "", name = "", message = "";
        ulong decisions = 0, episodes = 0, samples = 0, decisionId = 0, cancelledAt = 0;
        ulong[] clock = [], random = [];
        List<double[]?>? answers = null;
        byte[] first = [], second = [];
        byte[]? result = null;
        int status = 0;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? field))
        {
            switch (field)
            {
                case "call": call = json.String(); break;
                case "options": options = ReadRecordedOptions(ref json); break;
                case "version": version = json.String(); break;
                case "decisions": decisions = json.Whole(); break;
                case "episodes": episodes = json.Whole(); break;
                case "history_samples": samples = json.Whole(); break;
                case "clock": clock = json.Wholes(ReadingsMax); break;
                case "random": random = json.Wholes(ReadingsMax); break;
                case "answers": answers = ReadAnswers(ref json); break;
                case "cancelled_at": cancelledAt = json.Whole(); break;
                case "argument": name = json.String(); break;
                case "decision_id": decisionId = json.Whole(); break;
                case "problem" or "outcome" or "message": first = RawBytes(ref json, line); break;
                case "constraints": second = RawBytes(ref json, line); break;
                case "result": result = RawBytes(ref json, line); break;
                case "problem_text" or "outcome_text" or "message_text": first = json.Utf8Bytes(); break;
                case "constraints_text": second = json.Utf8Bytes(); break;
                case "result_text": result = json.Utf8Bytes(); break;
                case "problem_base64" or "outcome_base64" or "message_base64": first = json.Base64Bytes(); break;
                case "constraints_base64": second = json.Base64Bytes(); break;
                case "result_base64": result = json.Base64Bytes(); break;
                case "error": status = ReadRecordedError(ref json, out message); break;
                default: json.Skip(); break;
            }
            json.LeaveField();
        }
        json.End();
        CognitiveOperationKind? kind = call switch
        {
            Contracts.RecordedCall.CreateName => null,
            "decide" or "decide_with" => CognitiveOperationKind.Decide,
            "report_outcome" => CognitiveOperationKind.ReportOutcome,
            "rollback" => CognitiveOperationKind.Rollback,
            "get_state" => CognitiveOperationKind.GetState,
            "ingest" => CognitiveOperationKind.Ingest,
            _ => throw new InvalidJsonException(argument, "call is missing, or none of create, decide, decide_with, report_outcome, rollback, get_state, ingest"),
        };
        if (kind is null != options is not null)
        {
            throw new InvalidJsonException(argument, "options are there if and only if the call is create");
        }
        if (kind is not null && result is null == (status == 0))
        {
            throw new InvalidJsonException(argument, "has neither result nor error, or both");
        }
        return new RecordedCall
        {
            Kind = kind,
            Options = options,
            Version = version,
            Decisions = decisions,
            Episodes = episodes,
            HistorySamples = samples,
            First = first,
            Second = second,
            DecisionId = decisionId,
            Argument = name,
            Clock = clock,
            Random = random,
            Answers = call == "decide_with" ? answers ?? [] : null,
            CancelledAt = cancelledAt,
            Result = result,
            Status = status,
            Message = message,
        };
    }

    /// <summary>The member decision_id of an object; 0 when there is none.</summary>
    internal static ulong DecisionIdOf(ReadOnlySpan<byte> result)
    {
        JsonCursor json = new(result, "result");
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name == "decision_id")
            {
                return json.Whole();
            }
            json.Skip();
            json.LeaveField();
        }
        return 0;
    }

    /// <summary>Whether a text is one JSON value on one line, not nested too deep to stand within another, and without blanks around it.</summary>
    internal static bool IsRecordable(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
        {
            return false;
        }
        try
        {
            JsonCursor json = new(text, "text", DepthMax - 1);
            json.Next();
            int start = json.TokenStart;
            json.Skip();
            int end = json.Consumed;
            json.End();
            return start == 0 && end == text.Length;
        }
        catch (InvalidJsonException)
        {
            return false;
        }
    }

    private static byte[] RawBytes(ref JsonCursor json, ReadOnlySpan<byte> line)
    {
        int start = json.TokenStart;
        json.Skip();
        return line[start..json.Consumed].ToArray();
    }

    private static CognitiveOptions ReadRecordedOptions(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        CognitiveOptions options = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "path": options = options with { Path = json.String() }; break;
                case "seed": options = options with { Seed = json.Whole() }; break;
                case "ignored": options = options with { Ignored = ReadIgnored(ref json) }; break;
                case "max_message_bytes": options = options with { MaxMessageBytes = json.WholeWithin(1, CognitiveLimits.MessageBytesMax) }; break;
                default: json.Skip(); break;
            }
            json.LeaveField();
        }
        return options;
    }

    private static int ReadRecordedError(ref JsonCursor json, out string message)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        message = "";
        int status = 0;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "status": status = (int)Math.Clamp(json.Number(), int.MinValue, int.MaxValue); break;
                case "message": message = json.String(); break;
                default: json.Skip(); break;
            }
            json.LeaveField();
        }
        return status;
    }

    private static List<double[]?> ReadAnswers(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of answers");
        List<double[]?> answers = [];
        List<double> values = [];
        for (int i = 0; json.NextElement(i); i++)
        {
            if (i >= AnswersMax)
            {
                json.RefuseBeyond(AnswersMax, "answers");
            }
            if (json.Token == JsonTokenType.Null)
            {
                answers.Add(null);
                json.LeaveElement();
                continue;
            }
            json.Expect(JsonTokenType.StartArray, "an array of numbers");
            values.Clear();
            for (int place = 0; json.NextElement(place); place++)
            {
                values.Add(json.Token == JsonTokenType.String ? ReadInfinity(ref json) : json.NumberOrNull());
                json.LeaveElement();
            }
            answers.Add([.. values]);
            json.LeaveElement();
        }
        return answers;
    }

    private static double ReadInfinity(ref JsonCursor json)
    {
        string word = json.String();
        if (word is not (JsonOut.RecordedInfinity or JsonOut.RecordedMinusInfinity))
        {
            json.Refuse("expected a number, null, infinity or -infinity");
        }
        return word == JsonOut.RecordedInfinity ? double.PositiveInfinity : double.NegativeInfinity;
    }
}
