using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What ails: the tests of the dominant cause, and all other findings.</summary>
internal static class CauseSections
{
    public static void Write(Page page, JsonElement decision)
    {
        var cause = decision.Member("cause");
        var causes = decision.Objects("causes");
        if (cause.Text("name").Length == 0 && causes.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("cause", "What ails");
        html.Element("p", Sentence(cause), "strong").Raw("\n");
        Tests(page, cause.Objects("tests"));
        if (causes.Count > 1 && !page.IsBrief)
        {
            All(page, causes);
        }
        html.CloseLine();
    }

    private static string Sentence(JsonElement cause)
    {
        var where = cause.Text("managedObject") is { Length: > 0 } place ? Words.Cut(place, CognitionSections.NameMax) + ": " : "";
        var name = cause.Text("name") switch
        {
            "healthy" => "nothing ails",
            "unknown" or "" => "no cause is known",
            var other => Words.Cut(Words.Name(other), CognitionSections.NameMax),
        };
        var samples = cause.Number("samples") > 0 ? $", from {Words.Number(cause.Number("samples"))} samples" : "";
        return $"{(where.Length > 0 ? where : "")}{(where.Length > 0 ? name : CognitionSections.Capital(name))}{(cause.Has("confidence") && cause.Text("name") is not ("unknown" or "") ? $", with a probability of {Words.Percent(cause.Number("confidence"))}" : "")}{samples}.";
    }

    private static void Tests(Page page, List<JsonElement> tests)
    {
        if (tests.Count == 0)
        {
            return;
        }
        var html = page.Html;
        var table = new HtmlTable(html, "Tests of the cause; the bar reaches up to the limit, its mark is the value; p is the chance of such a value at the limit", "stack sortable", "Test", "Of", "Value", "Limit", "p", "Speaks for it");
        foreach (var test in tests.Take(Page.RowsMax))
        {
            double value = test.Number("value"), limit = test.Number("limit");
            table.BeginRow();
            table.Head(Words.Cut(Words.Name(test.Text("name")), CognitionSections.NameMax));
            table.OpenCell(1);
            html.BreakableText(Words.Cut(test.Text("metric"), 200)).Close();
            table.OpenCell(2, "number measured", value);
            html.Text(Words.Number(value) + " ");
            if (value >= 0 && limit >= 0)
            {
                Bars.Range(html, value, 0, limit, 0, 1.1 * Math.Max(value, limit));
            }
            html.Close();
            table.Cell(3, Words.Number(limit), "number", limit);
            table.Cell(4, Words.PValue(test.Number("p_value")), "number", test.Number("p_value"));
            var holds = test.Member("holds").ValueKind == JsonValueKind.True;
            table.OpenCell(5);
            TemporalSections.Chip(html, holds ? Standing.Watch : Standing.Unknown, holds ? "yes" : "no");
            html.Close();
            table.EndRow();
        }
        table.End();
        page.More(tests.Count, Page.RowsMax, "tests");
    }

    private static void All(Page page, List<JsonElement> causes)
    {
        var html = page.Html;
        html.Open("details", "more").Element("summary", $"All {Words.Count(causes.Count, "finding")}").Raw("\n");
        var table = new HtmlTable(html, "What was found at each managed object", "stack sortable", "Managed object", "Finding", "Probability", "Samples", "Shown by");
        foreach (var cause in causes.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(cause.Text("managedObject") is { Length: > 0 } place ? Words.Cut(place, CognitionSections.NameMax) : Words.None).Close();
            table.Cell(1, Words.Cut(Words.Name(cause.Text("name")), CognitionSections.NameMax));
            DecisionSections.Share(html, table, 2, cause.Number("confidence"));
            table.Cell(3, Words.Number(cause.Number("samples")), "number", cause.Number("samples"));
            table.OpenCell(4);
            html.BreakableText(ShownBy(cause)).Close();
            table.EndRow();
        }
        table.End();
        page.More(causes.Count, Page.RowsMax, "findings");
        html.CloseLine();
    }

    /// <summary>The first test that speaks for it, with its numbers.</summary>
    private static string ShownBy(JsonElement cause)
    {
        var test = cause.Objects("tests").Find(one => one.Member("holds").ValueKind == JsonValueKind.True);
        return test.ValueKind == JsonValueKind.Object ? $"{Words.Cut(test.Text("name"), CognitionSections.NameMax)} {Words.Number(test.Number("value"))}, limit {Words.Number(test.Number("limit"))}"
            : cause.Text("metric") is { Length: > 0 } metric ? Words.Cut(metric, 200) : Words.None;
    }
}
