using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>One decision: what is done and why, what it is weighed against, what watches over it, and how it is undone.</summary>
internal static class DecisionSections
{
    public static readonly string[] Known =
    [
        "decision_id", "mode", "problem_type", "time_ns", "seed", "cause", "causes", "actions", "reason", "alternatives", "expected", "confidence", "targets", "evidence", "guards", "rollback", "explanation",
        "timing_ns", "infeasible", "consciousness_level",
    ];

    private const int SentencesMax = 50;

    public static void Write(Page page, DecisionView view)
    {
        var decision = view.Decision;
        Answer(page, view);
        Infeasible(page, view);
        Explanation(page, decision);
        CauseSections.Write(page, decision);
        if (view.Actions.Count > 0)
        {
            page.Section("changes", "What to change");
            SettingTables.Write(page, "Only what changes is listed", view.Actions, hasBefore: true);
            page.Html.CloseLine();
        }
        AlternativeSections.Expected(page, view);
        if (page.IsBrief)
        {
            return;
        }
        Targets(page, decision);
        AlternativeSections.Write(page, view);
        GuardSections.Write(page, decision);
        EvidenceSections.Write(page, decision.Member("evidence"));
        Rollback(page, decision.Member("rollback"));
        Times(page, decision.Member("timing_ns"));
    }

    private static void Answer(Page page, DecisionView view)
    {
        var html = page.Html;
        var decision = view.Decision;
        html.Open("div", "answer " + Outlook.CssClass(view.Standing));
        if (!page.IsInner)
        {
            TemporalSections.Chip(html, view.Standing, view.Label);
        }
        html.Element("p", view.Headline, "lead");
        if ((view.Actions.Count > 0 || view.IsInfeasible) && decision.Text("reason") is { Length: > 0 } reason)
        {
            html.Element("p", CognitionSections.Sentence(reason));
        }
        if (view.Actions.Count > 0 && view.ModeSentence.Length > 0)
        {
            html.Element("p", view.ModeSentence, "note");
        }
        html.CloseLine();
        html.Open("dl", "facts");
        MemorySections.Fact(html, "Confidence", Words.Percent(view.Confidence));
        if (view.CauseName.Length > 0)
        {
            MemorySections.Fact(html, "Cause", Words.Cut(Words.Name(view.CauseName), CognitionSections.NameMax));
        }
        if (decision.Text("mode") is { Length: > 0 } mode)
        {
            MemorySections.Fact(html, "Mode", Words.Cut(mode, CognitionSections.NameMax));
        }
        if (decision.Has("time_ns"))
        {
            MemorySections.Fact(html, "Decided", Words.Time(decision.Nanoseconds("time_ns")));
        }
        if (decision.Has("consciousness_level"))
        {
            MemorySections.Fact(html, "Skill of the self-model", Words.Number(decision.Number("consciousness_level")));
        }
        MemorySections.TimeFact(html, decision);
        html.CloseLine();
    }

    private static void Infeasible(Page page, DecisionView view)
    {
        if (view.Conflicting.Count == 0)
        {
            return;
        }
        var html = page.Html;
        var targets = view.Decision.Objects("targets");
        page.Section("infeasible", "Constraints that contradict each other");
        var table = new HtmlTable(html, "A smallest set that no value satisfies together: without any one of them the others can hold", "stack", "Constraint", "Holds with");
        foreach (var id in view.Conflicting.Take(Page.RowsMax))
        {
            table.BeginRow();
            var target = targets.Find(one => one.Text("id") == id);
            Target(html, table, id, target.Text("expression"));
            Share(html, table, 1, target.Number("probability"));
            table.EndRow();
        }
        table.End();
        page.More(view.Conflicting.Count, Page.RowsMax, "constraints");
        html.CloseLine();
    }

    private static void Explanation(Page page, JsonElement decision)
    {
        var sentences = decision.Objects("explanation");
        if (sentences.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("explanation", "Why");
        html.Open("ol", "insights told").Raw("\n");
        foreach (var sentence in sentences.Take(SentencesMax))
        {
            html.Open("li").Element("p", sentence.Text("text"));
            if (!page.IsBrief)
            {
                InsightSections.Evidence(html, decision, sentence);
            }
            html.CloseLine();
        }
        html.CloseLine();
        page.More(sentences.Count, SentencesMax, "sentences");
        html.CloseLine();
    }

    private static void Targets(Page page, JsonElement decision)
    {
        var targets = decision.Objects("targets");
        if (targets.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("targets", "Targets");
        var table = new HtmlTable(html, "How likely each target holds; the confidence is that of all together", "stack sortable", "Target", "Holds with");
        foreach (var target in targets.Take(Page.RowsMax))
        {
            table.BeginRow();
            Target(html, table, target.Text("id"), target.Text("expression"));
            Share(html, table, 1, target.Number("probability"));
            table.EndRow();
        }
        table.End();
        page.More(targets.Count, Page.RowsMax, "targets");
        html.CloseLine();
    }

    /// <summary>What a target demands, and its name where it has another.</summary>
    private static void Target(HtmlWriter html, HtmlTable table, string id, string expression)
    {
        table.OpenHead();
        html.BreakableText(Words.Cut(expression.Length > 0 ? expression : id, 600));
        if (expression.Length > 0 && id != expression)
        {
            html.Element("span", Words.Cut(id, CognitionSections.NameMax), "note reason");
        }
        html.Close();
    }

    /// <summary>A probability with its bar.</summary>
    public static void Share(HtmlWriter html, HtmlTable table, int column, double share)
    {
        table.OpenCell(column, "number measured", share);
        html.Element("span", double.IsNaN(share) ? "not known" : Words.Percent(share), "aligned short").Text(" ");
        Bars.Share(html, share);
        html.Close();
    }

    private static void Rollback(Page page, JsonElement plan)
    {
        var restore = plan.Objects("restore");
        if (restore.Count == 0 && !plan.Has("condition"))
        {
            return;
        }
        var html = page.Html;
        page.Section("rollback", "How it is undone");
        html.Open("p").Text(plan.Has("observe_ns") ? $"The outcome is watched for {Words.Duration(plan.Number("observe_ns"))}. " : "");
        if (plan.Has("condition"))
        {
            html.Text("The old values come back when ").Element("code", plan.Text("condition")).Text(" holds for what is observed.");
        }
        html.CloseLine();
        if (restore.Count > 0)
        {
            SettingTables.Write(page, "Values to restore", restore, hasBefore: false);
        }
        html.CloseLine();
    }

    private static void Times(Page page, JsonElement timing)
    {
        List<(string Name, double Value)> stages = [];
        if (timing.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in timing.EnumerateObject())
            {
                if (member.Value.AsNumber() >= 0)
                {
                    stages.Add((member.SafeName(), member.Value.AsNumber()));
                }
            }
        }
        double total = 0;
        foreach (var (_, time) in stages)
        {
            total += time;
        }
        if (!(total > 0))
        {
            return;
        }
        var html = page.Html;
        page.Section("times", "Where the time went");
        var table = new HtmlTable(html, "Time of each stage, and its part of all of them", "stack sortable", "Stage", "Time", "Part");
        foreach (var (name, time) in stages.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.Head(Words.Cut(StageName(name), CognitionSections.NameMax));
            table.Cell(1, Words.Duration(time), "number", time);
            Share(html, table, 2, time / total);
            table.EndRow();
        }
        table.End();
        html.CloseLine();
    }

    private static string StageName(string name) => name switch { "optimise" => "Candidates", "whatif" => "What if", _ => Words.Name(name) };
}
