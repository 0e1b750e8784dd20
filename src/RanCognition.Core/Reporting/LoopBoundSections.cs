using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Regret and coverage of a loop beside the bounds that are proven of them.</summary>
internal static class LoopBoundSections
{
    /// <summary>Good when what is measured is within what is proven; unknown before anything is.</summary>
    public static Standing StandingOf(JsonElement regret, JsonElement coverage)
    {
        var isKnown = regret.Has("value") || coverage.Has("value");
        return !isKnown ? Standing.Unknown : IsBeyond(regret.Number("value"), regret.Number("bound")) || IsBeyond(Distance(coverage), coverage.Number("bound")) ? Standing.Bad : Standing.Good;
    }

    /// <summary>How often the intervals held, in a sentence; empty when none is closed.</summary>
    public static string Sentence(JsonElement coverage)
    {
        if (!coverage.Has("value"))
        {
            return "";
        }
        var steps = coverage.Number("steps");
        return $"The intervals held {Words.Percent(coverage.Number("value"))} of {Words.Number(steps)} {(steps == 1 ? "outcome" : "outcomes")}; {Words.Percent(coverage.Number("target"))} is the target"
            + (coverage.Has("bound") ? $", and the share is proven to be within {Words.Percent(coverage.Number("bound"))} of it." : ".");
    }

    public static void Write(Page page, JsonElement regret, JsonElement coverage)
    {
        if (!regret.Has("value") && !coverage.Has("value"))
        {
            return;
        }
        var html = page.Html;
        page.Section("bounds", "What is proven, and what was seen");
        var table = new HtmlTable(html, "Measured beside its proven bound, over the steps that are closed", "stack", "Measure", "Seen", "Bound", "Steps", "Meaning");
        if (coverage.Has("value"))
        {
            double target = coverage.Number("target"), bound = coverage.Number("bound");
            table.BeginRow();
            table.Head("Coverage");
            table.OpenCell(1, "number measured");
            html.Text(Words.Percent(coverage.Number("value")) + " ");
            Bars.Range(html, coverage.Number("value"), target - bound, target + bound, 0, 1);
            html.Close();
            table.Cell(2, coverage.Has("bound") ? $"{Words.Percent(target)} ± {Words.Percent(bound)}" : Words.None, "number");
            table.Cell(3, Words.Number(coverage.Number("steps")), "number");
            table.Cell(4, "share of the outcomes that the corrected intervals held; whatever comes, it stays within the bound of the target");
            table.EndRow();
        }
        if (regret.Has("value"))
        {
            double value = regret.Number("value"), bound = regret.Number("bound");
            table.BeginRow();
            table.Head("Regret");
            table.OpenCell(1, "number measured");
            html.Text(Words.Number(value) + " ");
            if (PlainPlot.IsDrawable(value) && PlainPlot.IsDrawable(bound))
            {
                Bars.Range(html, value, Math.Min(0, value), bound, Math.Min(0, value), Math.Max(bound, value), zero: true);
            }
            html.Close();
            table.Cell(2, regret.Has("bound") ? $"at most {Words.Number(bound)}" : Words.None, "number");
            table.Cell(3, Words.Number(regret.Number("steps")), "number");
            table.Cell(4, value < 0 ? "total loss of the mixture less that of the best single model; below 0, the mixture did better than each of them" : "total loss of the mixture less that of the best single model; it is never above the bound");
            table.EndRow();
        }
        table.End();
        html.CloseLine();
    }

    private static double Distance(JsonElement coverage) => Math.Abs(coverage.Number("value") - coverage.Number("target"));

    private static bool IsBeyond(double value, double bound) => value > bound;
}
