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
            SettingTables.Write(page, "Only what changes is listed", decision.Member("actions"), hasBefore: true);
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
        var demanded = view.Decision.Objects("targets").FindAll(target => view.Conflicting.Contains(target.Text("id")));
        if (demanded.Count > 0)
        {
            page.Section("infeasible", "Constraints that contradict each other");
            TargetTable(page, "A smallest set that no value satisfies together: without any one of them the others can hold", demanded);
            page.Html.CloseLine();
        }
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
        page.Section("targets", "Targets");
        TargetTable(page, "How likely each target holds; the confidence is that of all together", targets);
        page.Html.CloseLine();
    }

    /// <summary>What each target demands, and its name where it has another.</summary>
    private static void TargetTable(Page page, string caption, List<JsonElement> targets)
    {
        var html = page.Html;
        new DataTable
        {
            Many = "targets",
            Own = (_, target, _) =>
            {
                string id = target.Text("id"), expression = target.Text("expression");
                html.BreakableText(Words.Cut(expression.Length > 0 ? expression : id, 600));
                if (expression.Length > 0 && id != expression)
                {
                    html.Element("span", Words.Cut(id, CognitionSections.NameMax), "note reason");
                }
            },
        }.Write(page, caption, "Target: own; Holds with: share probability", targets);
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
            SettingTables.Write(page, "Values to restore", plan.Member("restore"), hasBefore: false);
        }
        html.CloseLine();
    }

    private static void Times(Page page, JsonElement timing)
    {
        double total = 0;
        foreach (var stage in LoopReplySections.Members(timing))
        {
            total += stage.Value.AsNumber() is > 0 and var time ? time : 0;
        }
        if (total > 0)
        {
            page.Section("times", "Where the time went");
            new DataTable { Whole = total }.Write(page, "Time of each stage, and its part of all of them", "Stage: stage; Time: duration; Part: part", timing);
            page.Html.CloseLine();
        }
    }
}
