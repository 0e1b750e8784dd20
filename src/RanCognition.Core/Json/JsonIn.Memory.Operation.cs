using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    private const string OperationOps = "store, recall, update, remove, analyze, " + AnalysisOps;

    /// <summary>
    /// What a task of the kind MemoryOperation does: {"op":"store","episode":{..}} or "episodes":[..] or the episode's members beside op; recall and update with
    /// their members beside op; {"op":"remove","id":1}; {"op":"analyze","request":{..}}, or an analysis itself.
    /// </summary>
    public static MemoryOperation MemoryOperation(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        (string op, bool isWrapped) = LookAhead(json, OperationOps);
        MemoryOperation operation = op switch
        {
            "store" => isWrapped ? ReadWrappedStore(ref json) : ReadBareStore(ref json),
            "recall" => new MemoryOperation.Recall(ReadRecall(ref json, "op")),
            "update" => new MemoryOperation.Update(ReadUpdate(ref json, "op")),
            "remove" => ReadRemove(ref json),
            "analyze" => ReadAnalyze(ref json),
            _ => new MemoryOperation.Analyze(ReadAnalysis(ref json)),
        };
        json.End();
        return operation;
    }

    /// <summary>The member op, wherever it stands, as it decides what the others are; and whether episode or episodes is among them.</summary>
    /// <param name="json">A copy, so that the caller's stays where it is.</param>
    /// <param name="known">What op can be.</param>
    private static (string Op, bool HasEpisode) LookAhead(JsonCursor json, string known)
    {
        json.Expect(JsonTokenType.StartObject, "an object with op");
        string? op = null;
        bool hasEpisode = false;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name == "op")
            {
                op = json.String();
                if (!known.Split([", ", " or "], StringSplitOptions.None).Contains(op))
                {
                    RefuseWord(ref json, op, known);
                }
            }
            hasEpisode |= name is "episode" or "episodes";
            json.Skip();
            json.LeaveField();
        }
        if (op is null)
        {
            json.Refuse($"field 'op' is missing; it is one of: {known}");
        }
        return (op, hasEpisode);
    }

    private static MemoryOperation.Store ReadBareStore(ref JsonCursor json)
    {
        List<IgnoredField> ignored = [];
        return new MemoryOperation.Store([ReadEpisode(ref json, ignored, "op")], IsBatch: false) { Ignored = ignored };
    }

    private static MemoryOperation.Store ReadWrappedStore(ref JsonCursor json)
    {
        List<IgnoredField> ignored = [];
        List<Episode> episodes = [];
        bool isBatch = false;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name is "episode" or "episodes" && episodes.Count > 0)
            {
                json.Refuse("episode and episodes cannot both be given");
            }
            switch (name)
            {
                case "op": break;
                case "episode": episodes = [ReadEpisode(ref json, ignored)]; break;
                case "episodes": episodes = ReadEpisodes(ref json, ignored); isBatch = true; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return new MemoryOperation.Store(episodes, isBatch) { Ignored = ignored };
    }

    private static MemoryOperation.Remove ReadRemove(ref JsonCursor json)
    {
        List<IgnoredField> ignored = [];
        ulong id = 0;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "op": break;
                case "id": id = json.WholeWithin(1, MemoryLimits.IdMax); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (id == 0)
        {
            json.Refuse("field 'id' is missing");
        }
        return new MemoryOperation.Remove(id) { Ignored = ignored };
    }

    private static MemoryOperation.Analyze ReadAnalyze(ref JsonCursor json)
    {
        MemoryAnalysis? request = null;
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "op": break;
                case "request": request = ReadAnalysis(ref json); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (request is null)
        {
            json.Refuse("field 'request' is missing");
        }
        return new MemoryOperation.Analyze(request with { Ignored = [.. request.Ignored, .. ignored] });
    }
}
