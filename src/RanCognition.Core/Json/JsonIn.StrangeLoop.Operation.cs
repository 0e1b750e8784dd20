using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    private const string StrangeLoopOps = "solve, observe, detect_conflicts or get_state";

    /// <summary>
    /// What a task of the kind StrangeLoop does: {"op":"solve", ..}, {"op":"observe", ..}, {"op":"detect_conflicts", ..} with the members of the request beside op or in
    /// "request":{..}, or {"op":"get_state"}; without op it is solve.
    /// </summary>
    public static StrangeLoopOperation StrangeLoopOperation(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        (string op, bool hasRequest) = StrangeLoopAhead(json);
        StrangeLoopOperation? operation = null;
        if (!hasRequest)
        {
            operation = ReadStrangeLoopRequest(ref json, op, "op");
            json.End();
            return operation;
        }
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "op": break;
                case "request": operation = ReadStrangeLoopRequest(ref json, op, null); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        json.End();
        return WithIgnored(operation!, ignored);
    }

    /// <summary>The member op, wherever it stands, as it decides what the others are; and whether request is among them.</summary>
    /// <param name="json">A copy, so that the caller's stays where it is.</param>
    private static (string Op, bool HasRequest) StrangeLoopAhead(JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        string op = "solve";
        bool hasRequest = false;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name == "op")
            {
                op = json.String();
                if (op is not ("solve" or "observe" or "detect_conflicts" or "get_state"))
                {
                    RefuseWord(ref json, op, StrangeLoopOps);
                }
            }
            hasRequest |= name == "request";
            json.Skip();
            json.LeaveField();
        }
        return (op, hasRequest);
    }

    private static StrangeLoopOperation ReadStrangeLoopRequest(ref JsonCursor json, string op, string? beside)
    {
        switch (op)
        {
            case "observe": return new StrangeLoopOperation.Observe(ReadLoopObservation(ref json, beside));
            case "detect_conflicts": return new StrangeLoopOperation.DetectConflicts(ReadConflictRequest(ref json, beside));
            case "get_state":
                json.Skip();
                return new StrangeLoopOperation.GetState();
            default: return new StrangeLoopOperation.Solve(ReadFixedPointRequest(ref json, beside));
        }
    }

    private static StrangeLoopOperation WithIgnored(StrangeLoopOperation operation, List<IgnoredField> more) => operation switch
    {
        StrangeLoopOperation.Solve { Request: var request } => new StrangeLoopOperation.Solve(request with { Ignored = [.. request.Ignored, .. more] }),
        StrangeLoopOperation.Observe { Observation: var observation } => new StrangeLoopOperation.Observe(observation with { Ignored = [.. observation.Ignored, .. more] }),
        StrangeLoopOperation.DetectConflicts { Request: var request } => new StrangeLoopOperation.DetectConflicts(request with { Ignored = [.. request.Ignored, .. more] }),
        _ => operation,
    };
}
