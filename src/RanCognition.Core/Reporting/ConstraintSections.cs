using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>The constraints at the best point: the room that each leaves, those that are broken first.</summary>
internal static class ConstraintSections
{
    private const int NameMax = 120;

    public static void Write(Page page, JsonElement result)
    {
        var constraints = result.Member("best").Objects("constraints");
        if (constraints.Count == 0)
        {
            return;
        }
        var html = page.Html;
        var subset = new HashSet<string>(OptimizationSections.Names(result, "infeasible_subset"), StringComparer.Ordinal);
        page.Section("constraints", "Constraints");
        if (subset.Count > 0)
        {
            html.Element("p", (result.Text("stopped") == "exact" ? "No point satisfies these together: " : "No evaluated point satisfies these together: ")
                + Words.Cut(string.Join(", ", subset.Select(OptimizationSections.InSentence)), 1000) + ". Without any one of them, some point satisfies the others.");
        }
        string[] columns = ["Constraint", "Holds", "Value", "Slack", .. subset.Count > 0 ? (ReadOnlySpan<string>)["In conflict"] : []];
        var table = new HtmlTable(html, "At the point that is shown; a constraint holds at a value of 0 and below, its slack is the room left", "stack sortable", columns);
        var shown = 0;
        // What is not known first, then what is broken most.
        foreach (var constraint in constraints.OrderBy(constraint => constraint.Number("slack")).Take(Page.RowsMax))
        {
            double value = constraint.Number("value"), slack = constraint.Number("slack");
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(OptimizationSections.MetricName(constraint.Text("name")), NameMax)).Close();
            table.OpenCell(1);
            TemporalSections.Chip(html, value <= 0 ? Standing.Good : value > 0 ? Standing.Bad : Standing.Unknown, value <= 0 ? "holds" : value > 0 ? "violated" : "not known");
            html.Close();
            table.Cell(2, Words.Number(value), "number", value);
            table.Cell(3, Words.Number(slack), "number", slack);
            if (subset.Count > 0)
            {
                table.Cell(4, subset.Contains(constraint.Text("name")) ? "yes" : "no");
            }
            table.EndRow();
            shown++;
        }
        table.End();
        page.More(constraints.Count, shown, "constraints");
        html.CloseLine();
    }
}
