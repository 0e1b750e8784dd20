using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>One row of a log: a decision with what came of it, or another result.</summary>
internal sealed class StoryEntry
{
    private const int AnswerMax = 300;

    private StoryEntry(JsonElement result, int number)
    {
        Result = result;
        Number = number;
        Kind = CognitionSections.KindOf(result);
        Decision = Kind == CognitionSections.Kind.Decision ? DecisionView.Of(result) : null;
        Title = Kind != CognitionSections.Kind.None ? CognitionSections.TitleOf(result)
            : GenericSections.IsError(result) ? "Error" : TemporalSections.Recognises(result) ? Words.Cut(TemporalSections.TitleOf(result), CognitionSections.NameMax) : "Result";
    }

    public JsonElement Result { get; }

    /// <summary>Place in the log, from 0.</summary>
    public int Number { get; }

    public CognitionSections.Kind Kind { get; }

    /// <summary>Null when it is another result.</summary>
    public DecisionView? Decision { get; }

    public string Title { get; }

    /// <summary>What was reported of this decision afterwards, and its rollback, in their order.</summary>
    public List<JsonElement> Followed { get; } = [];

    public string Id => "result-" + (Number + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The last reply with a verdict; undefined before there is one.</summary>
    public JsonElement Verdict => Followed.FindLast(one => CognitionSections.KindOf(one) == CognitionSections.Kind.Outcome);

    public bool IsRolledBack => Followed.Exists(one => CognitionSections.KindOf(one) == CognitionSections.Kind.Rollback);

    public Standing Standing => Decision is null
        ? Kind switch
        {
            CognitionSections.Kind.Outcome => DecisionOutcomeSections.StandingOf(Result),
            CognitionSections.Kind.Rollback => Standing.Bad,
            CognitionSections.Kind.Ingest => IngestSections.StandingOf(Result),
            _ => GenericSections.IsError(Result) ? Standing.Bad : Standing.Unknown,
        }
        : IsRolledBack ? Standing.Bad : Verdict.ValueKind == JsonValueKind.Object ? DecisionOutcomeSections.StandingOf(Verdict) : Decision.Standing;

    public string Label => Decision is null
        ? Kind switch
        {
            CognitionSections.Kind.Outcome => DecisionOutcomeSections.Label(Result),
            CognitionSections.Kind.Rollback => "Rolled back",
            CognitionSections.Kind.State => "State",
            CognitionSections.Kind.Ingest => "Taken in",
            _ => GenericSections.IsError(Result) ? "Failed" : "Result",
        }
        : IsRolledBack ? "Rolled back" : Verdict.ValueKind != JsonValueKind.Object ? Decision.Label
        : Decision.Actions.Count == 0 && DecisionOutcomeSections.TargetsHeld(Verdict) is { } held ? held ? "Targets held" : "Targets missed" : DecisionOutcomeSections.Label(Verdict);

    public string Answer => Words.Cut(Kind switch
    {
        CognitionSections.Kind.Decision => Decision!.Headline,
        CognitionSections.Kind.Outcome => Result.Text("reason"),
        CognitionSections.Kind.Rollback => DecisionOutcomeSections.RollbackSentence(Result),
        CognitionSections.Kind.State => CognitiveStateSections.Sentence(Result),
        CognitionSections.Kind.Ingest => IngestSections.Sentence(Result),
        _ => Result.Text("message"),
    }, AnswerMax);

    /// <summary>When it was, as far as it says so.</summary>
    public string Time => Decision is not null && Result.Has("time_ns") ? Words.Time(Result.Nanoseconds("time_ns"))
        : Kind == CognitionSections.Kind.Ingest && Result.Has("to_ns") ? Words.Time(Result.Nanoseconds("to_ns")) : "";

    /// <summary>What it can be filtered by.</summary>
    public string[] Kinds
    {
        get
        {
            List<string> kinds = [Kind switch
            {
                CognitionSections.Kind.Decision => "decision",
                CognitionSections.Kind.Outcome or CognitionSections.Kind.Rollback => "outcome",
                CognitionSections.Kind.State => "state",
                CognitionSections.Kind.Ingest => "measurements",
                _ => "other",
            }];
            if (Decision is not null)
            {
                kinds.Add(Decision.Actions.Count > 0 ? "with_changes" : "without_a_change");
                if (Decision.IsVetoed)
                {
                    kinds.Add("vetoed");
                }
                // Only names of the library's own form: they stand in a list separated by spaces.
                if (Decision.CauseName is "too_late" or "too_early" or "wrong_cell" or "ping_pong" or "healthy" or "overload" or "interference" or "outage" or "coverage_hole")
                {
                    kinds.Add(Decision.CauseName);
                }
            }
            return [.. kinds];
        }
    }

    /// <summary>Words to be found by beside those of the row: what is changed, and what ails where.</summary>
    public string Findable
    {
        get
        {
            if (Decision is null)
            {
                return "";
            }
            List<string> words = [Words.Cut(Result.Member("cause").Text("managedObject"), CognitionSections.NameMax)];
            foreach (var action in Decision.Actions.Take(10))
            {
                words.Add(SettingTables.Change(action));
            }
            return string.Join("\n", words);
        }
    }

    /// <summary>The rows of a log in its order: a reply stands with the last decision before it that has its number.</summary>
    public static List<StoryEntry> Of(JsonElement log)
    {
        List<StoryEntry> entries = [];
        var decisions = new Dictionary<string, StoryEntry>(StringComparer.Ordinal);
        var number = 0;
        foreach (var item in log.EnumerateArray())
        {
            var result = item.Has("Ok") && item.Member("Ok").ValueKind == JsonValueKind.Object ? item.Member("Ok") : item;
            if (CognitionSections.KindOf(result) is CognitionSections.Kind.Outcome or CognitionSections.Kind.Rollback && decisions.TryGetValue(result.Text("decision_id"), out var decision))
            {
                decision.Followed.Add(result);
                number++;
                continue;
            }
            var entry = new StoryEntry(result, number++);
            if (entry.Decision is not null)
            {
                decisions[result.Text("decision_id")] = entry;
            }
            entries.Add(entry);
        }
        return entries;
    }
}
