namespace RanCognition.Reporting;

/// <summary>Regret and coverage of a loop beside the bounds that are proven of them.</summary>
internal static class LoopBoundSections
{
    /// <summary>Good when what is measured is within what is proven; unknown before anything is.</summary>
    public static Standing StandingOf(RegretView regret, CoverageView coverage) =>
        !regret.IsKnown && !coverage.IsKnown ? Standing.Unknown : regret.IsBeyond || coverage.IsBeyond ? Standing.Bad : Standing.Good;

    /// <summary>How often the intervals held, in a sentence; empty when none is closed.</summary>
    public static string Sentence(CoverageView coverage) => !coverage.IsKnown ? ""
        : $"The intervals held {Words.Percent(coverage.Value)} of {Words.Number(coverage.Steps)} {(coverage.Steps == 1 ? "outcome" : "outcomes")}; {Words.Percent(coverage.Target)} is the target"
            + (double.IsNaN(coverage.Bound) ? "." : coverage.IsTelling ? $", and the share is proven to be within {Words.Percent(coverage.Bound)} of it." : "; after so few, nothing is proven of the share.");

    public static void Write(Page page, RegretView regret, CoverageView coverage)
    {
        if (!regret.IsKnown && !coverage.IsKnown)
        {
            return;
        }
        var html = page.Html;
        page.Section("bounds", "What is proven, and what was seen");
        var table = new HtmlTable(html, "Measured beside its proven bound, over the steps that are closed", "stack", "Measure", "Seen", "Bound", "Steps", "Meaning");
        if (coverage.IsKnown)
        {
            table.BeginRow();
            table.Head("Coverage");
            Coverage(html, table, 1, coverage);
            table.Cell(3, Words.Number(coverage.Steps), "number");
            table.Cell(4, "share of the outcomes that the corrected intervals held; whatever comes, it stays within the bound of the target");
            table.EndRow();
        }
        if (regret.IsKnown)
        {
            table.BeginRow();
            table.Head("Regret");
            Regret(html, table, regret);
            table.Cell(3, Words.Number(regret.Steps), "number");
            table.Cell(4, regret.Value < 0 ? "total loss of the mixture less that of the best single model; below 0, the mixture did better than each of them" : "total loss of the mixture less that of the best single model; it is never above the bound");
            table.EndRow();
        }
        table.End();
        html.CloseLine();
    }

    /// <summary>Two cells: the share with a bar on which the bound is marked, and the target with its bound.</summary>
    public static void Coverage(HtmlWriter html, HtmlTable table, int column, CoverageView coverage)
    {
        table.OpenCell(column, "number measured", coverage.Value);
        html.Text(Words.Percent(coverage.Value) + " ");
        if (coverage.IsKnown)
        {
            Bars.Range(html, coverage.Value, coverage.Target - coverage.Bound, coverage.Target + coverage.Bound, 0, 1);
        }
        html.Close();
        table.Cell(column + 1, coverage.TargetAndBound, "number", coverage.Bound);
    }

    private static void Regret(HtmlWriter html, HtmlTable table, RegretView regret)
    {
        double value = regret.Value, bound = regret.Bound;
        table.OpenCell(1, "number measured", value);
        html.Text(Words.Number(value) + " ");
        if (PlainPlot.IsDrawable(value) && PlainPlot.IsDrawable(bound))
        {
            Bars.Range(html, value, Math.Min(0, value), bound, Math.Min(0, value), Math.Max(bound, value), zero: true);
        }
        html.Close();
        table.Cell(2, double.IsNaN(bound) ? Words.None : $"at most {Words.Number(bound)}", "number");
    }
}
