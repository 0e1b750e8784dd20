using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Results of the cognitive core: which of them a result is.</summary>
internal static class CognitionSections
{
    /// <summary>Longest name in a table, and in a sentence.</summary>
    public const int NameMax = 120;

    public enum Kind
    {
        None,
        Decision,
        Outcome,
        Rollback,
        State,
        Ingest,
    }

    public static bool Recognises(JsonElement result) => KindOf(result) != Kind.None;

    public static string TitleOf(JsonElement result)
    {
        var id = Words.Cut(result.Text("decision_id"), NameMax);
        return KindOf(result) switch
        {
            Kind.Decision => $"Decision {id}" + (result.Text("problem_type") is { Length: > 0 } type ? ": " + Words.Cut(type, NameMax) : ""),
            Kind.Outcome => $"Outcome of decision {id}",
            Kind.Rollback => $"Rollback of decision {id}",
            Kind.State => "What the cognitive core knows of itself",
            _ => "Measurements taken in",
        };
    }

    public static void Write(Page page, JsonElement result)
    {
        string[] known = ["execution_time", "ignored"];
        switch (KindOf(result))
        {
            case Kind.Decision:
                DecisionSections.Write(page, DecisionView.Of(result));
                known = [.. known, .. DecisionSections.Known];
                break;
            case Kind.Outcome:
                DecisionOutcomeSections.Write(page, result);
                known = [.. known, .. DecisionOutcomeSections.Known];
                break;
            case Kind.Rollback:
                DecisionOutcomeSections.WriteRollback(page, result);
                known = [.. known, .. DecisionOutcomeSections.Known];
                break;
            case Kind.State:
                CognitiveStateSections.Write(page, result);
                known = [.. known, .. CognitiveStateSections.Known];
                break;
            default:
                IngestSections.Write(page, result);
                known = [.. known, .. IngestSections.Known];
                break;
        }
        if (page.IsBrief)
        {
            return;
        }
        TemporalSections.Ignored(page, result);
        GenericSections.Others(page, result, known, "Other fields of the result");
    }

    public static Kind KindOf(JsonElement result)
    {
        if (result.Has("decision_id"))
        {
            return result.Member("alternatives").ValueKind == JsonValueKind.Array && result.Member("guards").ValueKind == JsonValueKind.Array ? Kind.Decision
                : result.Text("verdict").Length > 0 ? Kind.Outcome
                : result.Member("restore").ValueKind == JsonValueKind.Array ? Kind.Rollback : Kind.None;
        }
        if (result.Member("calibration").ValueKind == JsonValueKind.Object && result.Member("integration").ValueKind == JsonValueKind.Object && result.Member("decisions").ValueKind == JsonValueKind.Object)
        {
            return Kind.State;
        }
        return result.Text("format").Length > 0 && result.Member("skipped").ValueKind == JsonValueKind.Array && result.Has("samples") ? Kind.Ingest : Kind.None;
    }

    /// <summary>A sentence that goes on after another.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A sentence with a full stop at its end.</summary>
    public static string Sentence(string text)
    {
        text = Capital(text);
        return text.EndsWith('.') ? text : text + ".";
    }
}
