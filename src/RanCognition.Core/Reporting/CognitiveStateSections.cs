using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What a cognitive core knows of itself: how far its confidences and intervals can be believed, what acting was worth, and which metrics act as one.</summary>
internal static class CognitiveStateSections
{
    public static readonly string[] Known = ["consciousness_level", "calibration", "coverage", "decisions", "vetoes", "regret", "integration", "episodes", "history_samples"];

    /// <summary>Calibration errors up to this are what few outcomes give by chance alone.</summary>
    private const double SmallError = 0.05;

    /// <summary>Fewer outcomes say little of how far confidences are off.</summary>
    private const int OutcomesMin = 30;

    private const double CoverageAim = 0.8;

    private const int SideMax = 50;

    public static void Write(Page page, JsonElement result)
    {
        Answer(page.Html, result);
        Numbers(page, result);
        ReliabilitySections.Write(page, result.Member("calibration"));
        Counts(page, "decisions", "Decisions", "Decisions by mode, result and kind; the bar is the part of all", result.Member("decisions"), result.Member("decisions").Number("TOTAL"));
        Counts(page, "vetoes", "Vetoes", "Decisions that a guard took something out of; the bar is the part of all decisions", result.Member("vetoes"), result.Member("decisions").Number("TOTAL"));
        Integration(page, result.Member("integration"));
    }

    public static string Sentence(JsonElement result)
    {
        double total = result.Member("decisions").Number("TOTAL"), outcomes = result.Member("calibration").Number("count"), error = result.Member("calibration").Number("ece");
        var made = double.IsNaN(total) ? "" : total == 0 ? "No decision has been made yet." : total == 1 ? "1 decision" : $"{Words.Number(total)} decisions";
        return made.EndsWith('.') ? made
            : !(outcomes > 0) || double.IsNaN(error) ? (made.Length > 0 ? made + "; no outcome is known yet." : "No outcome is known yet.")
            : $"{(made.Length > 0 ? made + ", " : "")}{Words.Number(outcomes)} with a known outcome: confidences are {Points(error)} off on average{(outcomes < OutcomesMin ? "; so few say little" : "")}.";
    }

    private static void Answer(HtmlWriter html, JsonElement result)
    {
        var error = result.Member("calibration").Number("ece");
        html.Open("div", "answer " + (double.IsNaN(error) || !(result.Member("calibration").Number("count") >= OutcomesMin) ? "unknown" : error <= SmallError ? "good" : "watch")).Element("p", Sentence(result), "lead").CloseLine();
        html.Open("dl", "facts");
        Fact(html, result, "episodes", "Episodes in the memory");
        Fact(html, result, "history_samples", "Samples of history");
        MemorySections.TimeFact(html, result);
        html.CloseLine();
    }

    private static void Fact(HtmlWriter html, JsonElement result, string member, string name)
    {
        if (result.Has(member))
        {
            MemorySections.Fact(html, name, Words.Number(result.Number(member)));
        }
    }

    private static string Points(double error) => Words.Number(Math.Round(100 * error, 1)) + "\u00A0percentage points";

    private static void Numbers(Page page, JsonElement result)
    {
        var html = page.Html;
        page.Section("numbers", "How good it is");
        var table = new HtmlTable(html, "What was measured over all decisions with a known outcome", "stack", "Measure", "Value", "What it means");
        Number(table, "Skill of the self-model", result.Number("consciousness_level"), "1: every outcome was foretold; 0: no better than expecting that nothing changes; below 0: worse than that");
        Number(table, "Calibration error (ECE)", result.Member("calibration").Number("ece"), "mean distance of the confidence from how often all targets held, over ten bins; 0 is perfect");
        Number(table, "Brier score", result.Member("calibration").Number("brier"), "mean squared distance of the confidence from what happened; 0 is perfect, 0.25 is a coin");
        Number(table, "Coverage", result.Number("coverage"), $"part of what was observed that lay within p10 to p90; {Words.Percent(CoverageAim)} is right, less means too narrow, more too wide");
        Number(table, "Regret", result.Number("regret"), "how much more often the targets would have held had nothing been done; below 0: acting was better");
        table.End();
        html.CloseLine();
    }

    private static void Number(HtmlTable table, string name, double value, string meaning)
    {
        table.BeginRow();
        table.Head(name);
        table.Cell(1, double.IsNaN(value) ? "not known yet" : name == "Coverage" ? Words.Percent(value) : Words.Number(value), "number");
        table.Cell(2, meaning);
        table.EndRow();
    }

    private static void Counts(Page page, string id, string title, string caption, JsonElement counts, double total)
    {
        if (LoopReplySections.Members(counts).Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section(id, title);
        new DataTable { Whole = total, Own = (name, _, _) => html.Text(Words.Cut(CountName(name), CognitionSections.NameMax)) }.Write(page, caption, "Which: own; How many: number; Part: part", counts);
        html.CloseLine();
    }

    private static string CountName(string name) => name switch
    {
        "SHADOW" => "Shadow: only recorded",
        "ASSIST" => "Assist: proposed",
        "AUTONOMOUS" => "Autonomous",
        "OPEN" => "Outcome not known yet",
        "KEPT" => "Kept",
        "ROLL_BACK" => "Rollback advised",
        "ROLLED_BACK" => "Rolled back",
        "WITH_ACTIONS" => "With changes",
        "WITHOUT_ACTIONS" => "Without a change",
        "EXECUTED" => "Executed",
        "TOTAL" => "All",
        _ => name,
    };

    private static void Integration(Page page, JsonElement integration)
    {
        var partition = integration.Member("partition");
        var html = page.Html;
        page.Section("integration", "What acts as one");
        var phi = integration.Number("phi");
        html.Element("p", double.IsNaN(phi) ? "Whether metrics act as one is not known." : $"The whole foretells of itself {Words.Number(phi)} nats more than these two sides do apart.", "strong");
        if (integration.Text("reason") is { Length: > 0 } reason)
        {
            html.Element("p", CognitionSections.Sentence(reason));
        }
        html.Raw("\n");
        if (partition.ValueKind == JsonValueKind.Array && partition.GetArrayLength() > 0)
        {
            html.Open("div", "halves").Raw("\n");
            var number = 0;
            foreach (var side in partition.EnumerateArray().Take(2))
            {
                number++;
                html.Open("div").Element(page.H(1), "Side " + number.ToString(CultureInfo.InvariantCulture)).Open("ul", "plain");
                var count = side.ValueKind == JsonValueKind.Array ? side.GetArrayLength() : 0;
                for (var i = 0; i < Math.Min(count, SideMax); i++)
                {
                    html.Open("li").BreakableText(Words.Cut(side[i].AsText(), 200)).Close();
                }
                if (count > SideMax)
                {
                    html.Element("li", $"and {Words.Count(count - SideMax, "other metric")}", "note");
                }
                html.Close().CloseLine();
            }
            html.CloseLine();
        }
        html.Element("p", $"Of all ways to cut the metrics in two this one loses least{(integration.Member("exact").ValueKind == JsonValueKind.False ? "; there were too many metrics to look at all of them, so that the most related were kept" : "")}"
            + $"{(integration.Number("samples") > 0 ? $"; from {Words.Number(integration.Number("samples"))} periods" : "")}. It measures common movement and mutual driving, no more.", "note");
        html.CloseLine();
    }
}
