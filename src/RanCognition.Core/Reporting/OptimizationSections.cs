using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Results of the optimization core: what a search found, told first in a sentence, and what a network does.</summary>
internal static class OptimizationSections
{
    private static readonly string[] Known =
    [
        "best", "evaluations", "failed_evaluations", "stopped", "optimization_score", "bound", "trace", "pareto", "hypervolume", "sensitivity", "arms", "infeasible_subset", "actions", "expected",
        "map", "execution_time", "ignored",
    ];

    public static bool Recognises(JsonElement result) => IsSearch(result) || NetworkSections.Recognises(result);

    public static string TitleOf(JsonElement result) => IsSearch(result) ? "Result of an optimization" : "Evaluation of a network";

    public static void Write(Page page, JsonElement result)
    {
        if (!IsSearch(result))
        {
            NetworkSections.Write(page, result);
            return;
        }
        var objectives = ObjectivesOf(result);
        Answer(page, result, objectives);
        ChangeSections.Expected(page, result.Member("expected"));
        NetworkMapSections.Write(page, result.Member("map"));
        ChangeSections.Actions(page, result);
        ConstraintSections.Write(page, result);
        TraceSections.Write(page, result, objectives.Count > 0 ? objectives[0].Name : "objective");
        FrontSections.Write(page, result, [.. objectives.Select(objective => objective.Name)]);
        VariableSections.Write(page, result);
        TemporalSections.Ignored(page, result);
        GenericSections.Others(page, result, Known, "Other fields of the result");
    }

    /// <summary>A metric's name with its unit as people write it: <c>energy_w</c> is "Energy (W)".</summary>
    public static string MetricName(string name)
    {
        foreach (var (ending, unit) in (ReadOnlySpan<(string, string)>)[("_mbps", "Mbit/s"), ("_w", "W"), ("_db", "dB"), ("_ms", "ms")])
        {
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal) && Words.Name(name) != name)
            {
                return $"{Words.Name(name[..^ending.Length])} ({unit})";
            }
        }
        return Words.Name(name);
    }

    /// <summary>The managed object of a cell, as changes name it: they count from 1, the lists of the result from 0.</summary>
    public static string CellName(int index) => "NRCellDU=" + (index + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Strings of an array member.</summary>
    public static List<string> Names(JsonElement result, string member)
    {
        var array = result.Member(member);
        return array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray().Select(item => item.AsText()).Where(name => name.Length > 0)] : [];
    }

    private static bool IsSearch(JsonElement result) => result.Member("trace").ValueKind == JsonValueKind.Array && result.Member("arms").ValueKind == JsonValueKind.Object && result.Has("stopped");

    /// <summary>The objectives at the best point. Their names are the values that are no variable; where these are not as many as the numbers, they are counted.</summary>
    private static List<(string Name, double Value)> ObjectivesOf(JsonElement result)
    {
        var best = result.Member("best");
        var values = best.Numbers("f");
        var variables = result.Member("sensitivity");
        List<string> names = [];
        if (best.Member("values").ValueKind == JsonValueKind.Object)
        {
            foreach (var member in best.Member("values").EnumerateObject())
            {
                if (variables.Member(member.SafeName()).ValueKind == JsonValueKind.Undefined)
                {
                    names.Add(member.SafeName());
                }
            }
        }
        var objectives = new List<(string, double)>();
        for (var i = 0; i < Math.Min(values.Length, 100); i++)
        {
            objectives.Add((names.Count == values.Length ? names[i] : values.Length == 1 ? "objective" : "objective " + (i + 1).ToString(CultureInfo.InvariantCulture), values[i]));
        }
        return objectives;
    }

    private static void Answer(Page page, JsonElement result, List<(string Name, double Value)> objectives)
    {
        var html = page.Html;
        var feasible = result.Member("best").Member("feasible").ValueKind;
        html.Open("div", "answer " + (feasible == JsonValueKind.True ? "good" : feasible == JsonValueKind.False ? "bad" : "unknown"));
        html.Element("p", feasible == JsonValueKind.False ? Infeasible(result) : Found(result, objectives), "lead");
        html.Element("p", Ended(result));
        if (feasible != JsonValueKind.False && Bound(result) is { Length: > 0 } bound)
        {
            html.Element("p", bound, "note");
        }
        html.CloseLine();
        html.Open("dl", "facts");
        MemorySections.Fact(html, "Evaluations", Words.Number(result.Number("evaluations")));
        if (result.Number("failed_evaluations") > 0)
        {
            MemorySections.Fact(html, "Of them failed", Words.Number(result.Number("failed_evaluations")));
        }
        if (result.Has("optimization_score"))
        {
            MemorySections.Fact(html, "Score", Words.Percent(result.Number("optimization_score")));
        }
        if (result.Has("hypervolume"))
        {
            MemorySections.Fact(html, "Hypervolume", Words.Number(result.Number("hypervolume")));
        }
        MemorySections.TimeFact(html, result);
        html.CloseLine();
    }

    private static string Found(JsonElement result, List<(string Name, double Value)> objectives)
    {
        if (objectives.Count == 0)
        {
            return "No point was evaluated: there is no result.";
        }
        var (name, value) = objectives[0];
        var change = result.Member("expected").Member(name);
        var course = change.Has("before") && change.Has("after")
            ? $"{InSentence(name)} goes from {Words.Number(change.Number("before"))} to {Words.Number(change.Number("after"))}"
            : objectives.Count > 1 && result.Count("pareto") > 1
                ? $"{Words.Count(result.Count("pareto"), "point")}, none better than another in all of {string.Join(", ", objectives.Take(5).Select(objective => InSentence(objective.Name)))}"
                : $"the best {InSentence(name)} found is {Words.Number(value)}";
        if (result.Member("actions").ValueKind != JsonValueKind.Array)
        {
            return Capital(course) + ".";
        }
        var actions = result.Objects("actions");
        var places = actions.Select(action => action.Text("managedObject")).Distinct().Count();
        return actions.Count == 0 ? $"Nothing is to be changed: {course}." : $"{Words.Count(actions.Count, "change")} at {Words.Count(places, "managed object")}: {course}.";
    }

    private static string Infeasible(JsonElement result)
    {
        var subset = Names(result, "infeasible_subset");
        var isProof = result.Text("stopped") == "exact";
        var listed = Words.Cut(string.Join(", ", subset.Select(InSentence)), 600);
        return subset.Count switch
        {
            0 => "No evaluated point satisfies all constraints.",
            1 => isProof ? $"The constraint {listed} cannot be satisfied." : $"No evaluated point satisfies the constraint {listed}.",
            _ => isProof ? $"The constraints {listed} cannot be satisfied together." : $"No evaluated point satisfies the constraints {listed} together.",
        };
    }

    private static string Ended(JsonElement result)
    {
        var shown = result.Member("best").Member("feasible").ValueKind == JsonValueKind.False ? " What is shown is the point of least total violation." : "";
        return result.Text("stopped") switch
        {
            "target" => "The search stopped at its target.",
            "budget" => "The search used its budget of evaluations.",
            "deadline" => "The search stopped at its deadline.",
            "converged" => "The search had nothing left to try.",
            "exact" => "The search is complete: every point was evaluated, or the best one was computed.",
            "cancelled" => "The search was cancelled; this is the best until then.",
            var other => $"The search stopped: {other}.",
        } + shown;
    }

    /// <summary>What the score refers to. A best known value is no bound, and it is said.</summary>
    private static string Bound(JsonElement result)
    {
        var bound = result.Member("bound");
        var value = Words.Number(bound.Number("value"));
        var meaning = !bound.Has("value") ? "" : bound.Text("kind") switch
        {
            "proven" => $"No point can be better than {value}: this is proven.",
            "enumerated" => $"All points were evaluated: {value} is the best there is.",
            "best_known" => $"The best value known is {value}. It is no proven bound: a better one may exist.",
            _ => $"The score refers to {value}.",
        };
        return result.Has("optimization_score") && meaning.Length > 0 ? meaning + " The score is the share of the way from the first point to that value that the search has covered." : meaning;
    }

    /// <summary>A name within a sentence: <c>energy_w</c> is "energy (W)", a name of one word stays as it is.</summary>
    public static string InSentence(string name) => Words.Cut(name.Contains('_') && MetricName(name) is var title && title != name ? char.ToLowerInvariant(title[0]) + title[1..] : name, 120);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
