using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>A decision in short: what is done or why nothing, how sure that is, and how it stands.</summary>
internal sealed class DecisionView
{
    /// <summary>From this probability of all targets on nothing is left to worry about.</summary>
    private const double SureFrom = 0.9;

    private const double LikelyFrom = 0.5;

    private const string NoChange = "no change: ";

    private DecisionView(JsonElement decision)
    {
        Decision = decision;
        Id = Words.Cut(decision.Text("decision_id"), CognitionSections.NameMax);
        Actions = decision.Objects("actions");
        Alternatives = decision.Objects("alternatives");
        Nothing = Alternatives.Find(one => one.Member("actions").ValueKind == JsonValueKind.Array && one.Count("actions") == 0);
        Conflicting = OptimizationSections.Names(decision.Member("infeasible"), "constraints");
        IsInfeasible = decision.Member("infeasible").ValueKind == JsonValueKind.Object;
        HasTargets = decision.Member("targets").ValueKind != JsonValueKind.Array || decision.Count("targets") > 0;
        Confidence = decision.Number("confidence");
        IsVetoed = decision.Objects("guards").Exists(guard => guard.Member("passed").ValueKind == JsonValueKind.False);
        CauseName = decision.Member("cause").Text("name");
    }

    public JsonElement Decision { get; }

    public string Id { get; }

    public List<JsonElement> Actions { get; }

    public List<JsonElement> Alternatives { get; }

    /// <summary>The alternative of doing nothing; undefined when the decision does not list it.</summary>
    public JsonElement Nothing { get; }

    /// <summary>Constraints that no value satisfies together.</summary>
    public List<string> Conflicting { get; }

    public bool IsInfeasible { get; }

    public bool HasTargets { get; }

    public double Confidence { get; }

    /// <summary>A guard took something out.</summary>
    public bool IsVetoed { get; }

    public string CauseName { get; }

    public Standing Standing
    {
        get
        {
            if (IsInfeasible)
            {
                return Standing.Bad;
            }
            if (Actions.Count == 0 && (IsVetoed || CauseName is not ("" or "healthy" or "unknown")))
            {
                return Standing.Watch;
            }
            return !HasTargets ? Actions.Count == 0 ? Standing.Good : Standing.Unknown
                : Confidence >= SureFrom ? Standing.Good : Confidence >= LikelyFrom ? Standing.Watch : double.IsNaN(Confidence) ? Standing.Unknown : Standing.Bad;
        }
    }

    public string Label => IsInfeasible ? "Contradiction"
        : Actions.Count == 0 ? IsVetoed ? "Vetoed" : CauseName == "healthy" ? "Nothing ails" : "No change"
        : Decision.Text("mode") switch { "SHADOW" => "Recorded only", "ASSIST" => "Proposed", "AUTONOMOUS" => "To be executed", _ => "Change" };

    public string ModeSentence => Decision.Text("mode") switch
    {
        "SHADOW" => "Shadow: it is recorded only, nobody executes it.",
        "ASSIST" => "Assist: it is a proposal, the host confirms it by reporting its outcome.",
        "AUTONOMOUS" => "Autonomous: the host executes it without asking.",
        _ => "",
    };

    public string Headline
    {
        get
        {
            if (IsInfeasible)
            {
                return "Nothing is changed: no value satisfies these constraints together" + (Conflicting.Count == 0 ? "." : $": {Words.Cut(string.Join(", ", Conflicting), 600)}.");
            }
            return Actions.Count switch
            {
                0 => $"Nothing is changed{Why()}. {CognitionSections.Capital(Sure())}.",
                1 => $"{SettingTables.Change(Actions[0])}: {Sure()}{Without()}.",
                _ => $"{Words.Count(Actions.Count, "change")} at {Words.Count(Places(), "managed object")}: {Sure()}{Without()}.",
            };
        }
    }

    public static DecisionView Of(JsonElement decision) => new(decision);

    private string Why()
    {
        var reason = Words.Cut(Decision.Text("reason"), 600);
        return reason.Length == 0 ? "" : ": " + (reason.StartsWith(NoChange, StringComparison.Ordinal) ? reason[NoChange.Length..] : reason).TrimEnd('.');
    }

    private string Sure() => !HasTargets ? "there are no targets that could be missed"
        : double.IsNaN(Confidence) ? "how likely all targets hold is not known" : $"all targets hold with a probability of {Words.Percent(Confidence)}";

    private string Without() => HasTargets && Nothing.Has("p_all_targets") ? $", against {Words.Percent(Nothing.Number("p_all_targets"))} when nothing is done" : "";

    private int Places()
    {
        var places = new HashSet<string>(StringComparer.Ordinal);
        foreach (var action in Actions)
        {
            places.Add(action.Text("managedObject"));
        }
        return places.Count;
    }
}
