using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    private const string CognitiveOps = "decide, report_outcome, rollback, get_state or ingest";

    /// <summary>
    /// What a task of the kind CognitiveProcessing does: {"op":"decide","problem":{..},"constraints":[..]} or {"op":"report_outcome","outcome":{..}}, each also with the members
    /// of the problem or the outcome beside op; {"op":"rollback","decision_id":1}; {"op":"get_state"}; {"op":"ingest","message":..}, XML as a string. Without op it is to decide.
    /// </summary>
    /// <remarks>The arguments are taken out as they were written, for the readers of the calls themselves.</remarks>
    public static CognitiveOperation CognitiveOperation(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        (CognitiveOperationKind kind, bool isBeside) = CognitiveAhead(json);
        if (isBeside)
        {
            json.Skip();
            json.End();
            return new CognitiveOperation(kind, text.ToArray(), default, 0);
        }
        byte[]? first = null;
        byte[]? constraints = null;
        ulong? decision = null;
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "op": break;
                case "problem" when kind == CognitiveOperationKind.Decide: first = Part(ref json); break;
                case "constraints" when kind == CognitiveOperationKind.Decide: constraints = json.IsNull ? null : Part(ref json); break;
                case "outcome" when kind == CognitiveOperationKind.ReportOutcome: first = Part(ref json); break;
                case "message" when kind == CognitiveOperationKind.Ingest: first = Part(ref json); break;
                case "decision_id" when kind == CognitiveOperationKind.Rollback: decision = json.Whole(); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (kind == CognitiveOperationKind.Ingest && first is null)
        {
            json.Refuse("field 'message' is missing");
        }
        if (kind == CognitiveOperationKind.Rollback && decision is null)
        {
            json.Refuse("field 'decision_id' is missing");
        }
        json.End();
        return new CognitiveOperation(kind, first, constraints, decision ?? 0) { Ignored = ignored };
    }

    /// <summary>The member op, wherever it stands, as it decides what the others are; and whether those of a problem or an outcome stand beside it.</summary>
    /// <param name="json">A copy, so that the caller's stays where it is.</param>
    private static (CognitiveOperationKind Kind, bool IsBeside) CognitiveAhead(JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        CognitiveOperationKind kind = CognitiveOperationKind.Decide;
        bool hasProblem = false;
        bool hasOutcome = false;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name == "op")
            {
                kind = CognitiveOpOf(ref json, json.String());
            }
            hasProblem |= name == "problem";
            hasOutcome |= name == "outcome";
            json.Skip();
            json.LeaveField();
        }
        return (kind, (kind == CognitiveOperationKind.Decide && !hasProblem) || (kind == CognitiveOperationKind.ReportOutcome && !hasOutcome));
    }

    private static CognitiveOperationKind CognitiveOpOf(ref JsonCursor json, string word)
    {
        switch (word)
        {
            case "decide": return CognitiveOperationKind.Decide;
            case "report_outcome": return CognitiveOperationKind.ReportOutcome;
            case "rollback": return CognitiveOperationKind.Rollback;
            case "get_state": return CognitiveOperationKind.GetState;
            case "ingest": return CognitiveOperationKind.Ingest;
            default:
                RefuseWord(ref json, word, CognitiveOps);
                return default;
        }
    }

    /// <summary>A value as it was written; of a string what it says.</summary>
    private static byte[] Part(ref JsonCursor json)
    {
        if (json.Token == JsonTokenType.String)
        {
            return json.Utf8Bytes();
        }
        int start = json.TokenStart;
        json.Skip();
        return json.TextSince(start).ToArray();
    }
}
