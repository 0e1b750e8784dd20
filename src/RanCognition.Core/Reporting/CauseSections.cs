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
        Tests(page, cause.Member("tests"));
        if (causes.Count > 1 && !page.IsBrief)
        {
            All(page, decision.Member("causes"));
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

    private static void Tests(Page page, JsonElement tests)
    {
        if (tests.Objects().Count == 0)
        {
            return;
        }
        var html = page.Html;
        new DataTable { Many = "tests", Own = (_, test, _) => Measured(html, test) }.Write(page, "Tests of the cause; the bar reaches up to the limit, its mark is the value; p is the chance of such a value at the limit",
            "Test: word name; Of: name metric; Value: own value; Limit: number limit; p: p p_value; Speaks for it: yes holds", tests);
    }

    private static void Measured(HtmlWriter html, JsonElement test)
    {
        double value = test.Number("value"), limit = test.Number("limit");
        html.Text(Words.Number(value) + " ");
        if (value >= 0 && limit >= 0)
        {
            Bars.Range(html, value, 0, limit, 0, 1.1 * Math.Max(value, limit));
        }
    }

    private static void All(Page page, JsonElement causes)
    {
        var html = page.Html;
        html.Open("details", "more").Element("summary", $"All {Words.Count(causes.GetArrayLength(), "finding")}").Raw("\n");
        new DataTable { Many = "findings", Own = (_, cause, _) => html.BreakableText(ShownBy(cause)) }.Write(page, "What was found at each managed object",
            "Managed object: name managedObject; Finding: word name; Probability: share confidence; Samples: number samples; Shown by: own", causes);
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
