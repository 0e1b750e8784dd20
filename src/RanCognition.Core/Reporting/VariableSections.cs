using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Each knob: its value at the best point, and how much of the objective it explains; and which strategies searched.</summary>
internal static class VariableSections
{
    private const int NameMax = 120;

    /// <summary>Variables that stand open; the others are folded away.</summary>
    private const int OpenMax = 20;

    public static void Write(Page page, JsonElement result)
    {
        Variables(page, result);
        Strategies(page, result.Member("arms"));
    }

    private static void Variables(Page page, JsonElement result)
    {
        var variables = result.Member("sensitivity");
        if (variables.ValueKind != JsonValueKind.Object || !variables.EnumerateObject().Any())
        {
            return;
        }
        var values = result.Member("best").Numbers("x");
        var rows = new List<Row>();
        foreach (var variable in variables.EnumerateObject())
        {
            rows.Add(new Row(variable.SafeName(), rows.Count < values.Length ? values[rows.Count] : double.NaN, variable.Value.AsNumber()));
        }
        var html = page.Html;
        page.Section("variables", "Variables and what they matter");
        List<Row> ordered = [.. rows.OrderByDescending(row => double.IsNaN(row.Share) ? -1 : row.Share)];
        Table(html, "Value at the best point, and the share of the variance of the first objective that the variable explains by itself over the points evaluated; most telling first",
            ordered.Take(OpenMax));
        if (ordered.Count > OpenMax)
        {
            html.Open("details", "more").Element("summary", $"{Words.Count(ordered.Count - OpenMax, "other variable")}");
            Table(html, "The same of the variables that explain less, or of which it is not known", ordered.Skip(OpenMax).Take(Page.RowsMax));
            page.More(ordered.Count, OpenMax + Page.RowsMax, "variables");
            html.CloseLine();
        }
        html.Element("p", "A category counts its values from 0.", "note").CloseLine();
    }

    private static void Table(HtmlWriter html, string caption, IEnumerable<Row> rows)
    {
        var table = new HtmlTable(html, caption, "stack sortable", "Variable", "Value", "Share explained");
        foreach (var row in rows)
        {
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(row.Name, NameMax)).Close();
            table.Cell(1, Words.Number(row.Value), "number", row.Value);
            table.OpenCell(2, "number measured", row.Share);
            html.Text(double.IsNaN(row.Share) ? "not known" : Words.Percent(row.Share) + " ");
            Bars.Share(html, row.Share);
            html.Close();
            table.EndRow();
        }
        table.End();
    }

    private static void Strategies(Page page, JsonElement arms)
    {
        if (arms.ValueKind != JsonValueKind.Object || !arms.EnumerateObject().Any())
        {
            return;
        }
        var rows = arms.EnumerateObject().Select(arm => new Row(arm.SafeName(), arm.Value.AsNumber(), double.NaN)).OrderByDescending(arm => arm.Value).ToList();
        double sum = rows.Sum(arm => arm.Value > 0 ? arm.Value : 0);
        var html = page.Html;
        page.Section("strategies", "Strategies");
        var table = new HtmlTable(html, "How the evaluations were shared between the strategies of the search", "stack sortable", "Strategy", "Evaluations");
        foreach (var row in rows.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.Head(Words.Cut(StrategyName(row.Name), NameMax));
            table.OpenCell(1, "number measured", row.Value);
            html.Text(Words.Number(row.Value) + " ");
            if (row.Value >= 0 && sum > 0)
            {
                Bars.Share(html, row.Value / sum);
            }
            html.Close();
            table.EndRow();
        }
        table.End();
        page.More(rows.Count, Math.Min(rows.Count, Page.RowsMax), "strategies");
        html.CloseLine();
    }

    private static string StrategyName(string name) => name switch { "cma_es" => "CMA-ES", "sms_emoa" => "SMS-EMOA", _ => Words.Name(name) };

    private sealed class Row(string name, double value, double share)
    {
        public string Name => name;

        public double Value => value;

        public double Share => share;
    }
}
