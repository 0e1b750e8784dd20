using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>A list of results of the cognitive core, in the order in which they came: each decision with what came of it, and between them what was taken in and what the core knew of itself.</summary>
internal static class StorySections
{
    private const int EntriesMax = 1000;

    /// <summary>Above this the rows open to the essentials only.</summary>
    private const int FullMax = 60;

    private const int FollowedMax = 20;

    /// <summary>Characters that one row may use, whatever the others need.</summary>
    private const int EntryCharsMin = 100_000;

    private static readonly ListWords Tools = new()
    {
        Many = "Results",
        Findable = "cell, cause or change",
        Orders = [("order", "As they came"), ("name", "Name"), ("confidence", "Confidence"), ("size", "Changes")],
        States = [("bad", "Rolled back or failed"), ("watch", "Watch"), ("good", "Good"), ("unknown", "Not known yet")],
    };

    public static bool Recognises(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            return false;
        }
        foreach (var item in root.EnumerateArray())
        {
            if (CognitionSections.Recognises(item.Has("Ok") ? item.Member("Ok") : item))
            {
                return true;
            }
        }
        return false;
    }

    public static string TitleOf(JsonElement root)
    {
        var decisions = StoryEntry.Of(root).FindAll(entry => entry.Decision is not null).Count;
        return decisions > 0 ? $"Log of {Words.Count(decisions, "decision")}" : $"Log of {Words.Count(root.GetArrayLength(), "result")}";
    }

    public static void Write(Page page, JsonElement root)
    {
        var entries = StoryEntry.Of(root);
        var html = page.Html;
        Answer(html, entries);
        var shown = entries.GetRange(0, Math.Min(entries.Count, EntriesMax));
        Course(page, entries.FindAll(entry => entry.Kind == CognitionSections.Kind.State));
        page.Section("log", "As it came");
        ListTools.Write(html, Tools, [.. shown.Select(entry => Outlook.CssClass(entry.Standing))], [.. shown.Select(entry => entry.Kinds)]);
        if (shown.Count > FullMax)
        {
            html.Element("p", $"With more than {FullMax.ToString(CultureInfo.InvariantCulture)} results on one page each decision opens to its explanation, cause, changes and expectations; the rest is in the result.", "note");
        }
        html.LengthMax = 3 * HtmlWriter.BodyMax;
        html.Open("div", "list", ("id", "list"), ("data-one", "result")).Raw("\n");
        var inner = page with { Level = page.Level + 2, IsInner = true, IsBrief = shown.Count > FullMax };
        foreach (var entry in shown)
        {
            Row(inner, entry, shown.Count == 1);
        }
        html.CloseLine();
        page.More(entries.Count, shown.Count, "results");
        html.CloseLine();
    }

    private static void Answer(HtmlWriter html, List<StoryEntry> entries)
    {
        int decisions = 0, changing = 0, kept = 0, back = 0, vetoed = 0, judged = 0, held = 0;
        foreach (var entry in entries)
        {
            if (entry.Decision is null)
            {
                continue;
            }
            decisions++;
            vetoed += entry.Decision.IsVetoed ? 1 : 0;
            var targetsHeld = DecisionOutcomeSections.TargetsHeld(entry.Verdict);
            judged += targetsHeld is null ? 0 : 1;
            held += targetsHeld == true ? 1 : 0;
            if (entry.Decision.Actions.Count > 0)
            {
                changing++;
                var isBack = entry.IsRolledBack || entry.Verdict.Text("verdict") == "ROLL_BACK";
                back += isBack ? 1 : 0;
                kept += !isBack && entry.Verdict.Text("verdict") == "KEPT" ? 1 : 0;
            }
        }
        html.Open("div", decisions == 0 ? "answer unknown" : back > 0 ? "answer watch" : kept > 0 ? "answer good" : "answer unknown");
        html.Element("p", decisions == 0 ? "No decision is among these results."
            : $"{Words.Count(decisions, "decision")}, {changing.ToString(CultureInfo.InvariantCulture)} with changes: {kept.ToString(CultureInfo.InvariantCulture)} kept, {back.ToString(CultureInfo.InvariantCulture)} called back, {(changing - kept - back).ToString(CultureInfo.InvariantCulture)} without a verdict.", "lead");
        if (judged > 0)
        {
            html.Element("p", $"All targets held after {held.ToString(CultureInfo.InvariantCulture)} of the {Words.Count(judged, "decision")} whose outcome tells of them.");
        }
        if (vetoed > 0)
        {
            html.Element("p", $"Guards took something out of {Words.Count(vetoed, "decision")}.");
        }
        if (entries.FindLast(entry => entry.Kind == CognitionSections.Kind.State) is { } state)
        {
            html.Element("p", "At last it knew of itself: " + CognitiveStateSections.Sentence(state.Result));
        }
        html.CloseLine();
    }

    /// <summary>What was learned from one state to the next.</summary>
    private static void Course(Page page, List<StoryEntry> states)
    {
        if (states.Count < 2)
        {
            return;
        }
        var html = page.Html;
        page.Section("course", "What it learned");
        var next = 0;
        new DataTable
        {
            Many = "states",
            Own = (_, _, _) =>
            {
                var state = states[next++];
                html.Element("a", "Result " + (state.Number + 1).ToString(CultureInfo.InvariantCulture), null, ("href", "#" + state.Id));
            },
        }.Write(page, "What the core knew of itself each time it was asked; what the numbers mean is told in each state",
            "State: own; Decisions: number decisions/TOTAL; Outcomes: number calibration/count; Skill: number consciousness_level; Calibration error: number calibration/ece; Brier: number calibration/brier; Coverage: percent coverage; Regret: number regret",
            states.ConvertAll(state => state.Result));
        html.CloseLine();
    }

    private static void Row(Page page, StoryEntry entry, bool isOpen)
    {
        var html = page.Html;
        var confidence = entry.Decision?.Confidence ?? double.NaN;
        html.Open("details", "problem loop", [("id", entry.Id), ("data-name", entry.Title), ("data-state", Outlook.CssClass(entry.Standing)), ("data-order", Key(-entry.Number)),
            ("data-confidence", Key(double.IsNaN(confidence) ? -1 : confidence)), ("data-size", Key(entry.Decision?.Actions.Count ?? -1)), ("data-kinds", string.Join(' ', entry.Kinds)), ("data-find", entry.Findable),
            .. isOpen ? (ReadOnlySpan<(string, string)>)[("open", "open")] : []]);
        html.Open("summary").Open("span", "who").Open("h" + (page.Level - 1).ToString(CultureInfo.InvariantCulture)).BreakableText(entry.Title).Close();
        if (entry.Time.Length > 0)
        {
            html.Text(" ").Element("span", entry.Time, "note");
        }
        html.Close().Text(" ").Open("span", "how");
        TemporalSections.Chip(html, entry.Standing, entry.Label);
        html.Close().Text(" ").Element("span", entry.Answer, "what").CloseLine();
        html.Open("div", "body");
        Body(page, entry);
        html.Close().CloseLine();
    }

    private static void Body(Page page, StoryEntry entry)
    {
        var html = page.Html;
        if (html.IsFull)
        {
            html.Element("p", "This page is full: the rest of this one is in the result.", "note");
            return;
        }
        var bound = html.LengthMax;
        html.LengthMax = Math.Min(bound, html.Length + Math.Max(EntryCharsMin, (bound - html.Length) / 8));
        foreach (var reply in entry.Followed.Take(FollowedMax))
        {
            html.Open("div", "story-outcome").Element(page.H(), "What came of it");
            CognitionSections.Write(page, reply);
            html.CloseLine();
        }
        page.More(entry.Followed.Count, FollowedMax, "replies");
        if (entry.Kind != CognitionSections.Kind.None)
        {
            CognitionSections.Write(page, entry.Result);
        }
        else if (!GenericSections.IsError(entry.Result) && TemporalSections.Recognises(entry.Result))
        {
            TemporalSections.Write(page, entry.Result);
        }
        else
        {
            GenericSections.Write(page, entry.Result);
        }
        html.LengthMax = bound;
    }

    private static string Key(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
