using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What a search for a fixed point found, and how sure that is.</summary>
internal static class FixedPointSections
{
    public static readonly string[] Known =
    [
        "state", "convergence", "x", "iterations", "evaluations", "residual", "contraction", "error_bound", "error_bound_kind", "spectral_radius", "period", "critical_scale", "history", "method", "reason",
    ];

    /// <summary>Components that a table of values shows before those that follow are folded away.</summary>
    private const int OpenMax = 40;

    public static void Write(Page page, JsonElement result)
    {
        Answer(page, result);
        Certificate(page, result);
        ResidualSections.Write(page, result);
        Values(page, result);
    }

    private static void Answer(Page page, JsonElement result)
    {
        var html = page.Html;
        var state = result.Text("state");
        var standing = state switch
        {
            "CONVERGED" => Standing.Good,
            "DESCENDING" or "OSCILLATING" => Standing.Watch,
            "DIVERGING" or "INFEASIBLE" => Standing.Bad,
            _ => Standing.Unknown,
        };
        html.Open("div", "answer " + Outlook.CssClass(standing));
        TemporalSections.Chip(html, standing, Words.Cut(Capitalised(state), 40));
        html.Element("p", Sentence(result, state), "lead");
        if (result.Text("reason") is { Length: > 0 } reason)
        {
            html.Element("p", AsSentence(Words.Cut(reason, 1000)));
        }
        if (result.Has("critical_scale"))
        {
            html.Element("p", NetworkSections.Scale(result.Number("critical_scale"), state != "INFEASIBLE"));
        }
        html.CloseLine();
        html.Open("dl", "facts");
        MemorySections.Fact(html, "Steps", Words.Number(result.Number("iterations")));
        if (result.Has("evaluations"))
        {
            MemorySections.Fact(html, "Evaluations of F", Words.Number(result.Number("evaluations")));
        }
        if (result.Text("method") is { Length: > 0 } method && method != "auto")
        {
            MemorySections.Fact(html, "Method", Words.Cut(Words.Name(method), 40));
        }
        if (result.Count("x") > 0)
        {
            MemorySections.Fact(html, "Numbers", result.Count("x").ToString(CultureInfo.InvariantCulture));
        }
        MemorySections.TimeFact(html, result);
        html.CloseLine();
    }

    private static string Sentence(JsonElement result, string state)
    {
        var steps = Words.Number(result.Number("iterations")) + (result.Number("iterations") == 1 ? " step" : " steps");
        var at = result.Has("residual") ? $"the residual is {Words.Number(result.Number("residual"))}" : "the residual is not finite";
        return state switch
        {
            "CONVERGED" => $"A fixed point was found in {steps}: {at}.",
            "DESCENDING" => $"The budget ended after {steps} while the residual was still falling: {at}.",
            "OSCILLATING" => (result.Number("period") >= 2 ? $"Plain steps run in a cycle of {Words.Number(result.Number("period"))} and reach no fixed point" : "Plain steps run in a cycle and reach no fixed point") + $": after {steps} {at}.",
            "DIVERGING" => $"The steps leave every bound: after {steps} {at}.",
            "INFEASIBLE" => "There is no fixed point: this is proven.",
            "INCOMPLETE" => $"Neither found nor excluded within {steps}: {at}.",
            _ => $"The search ended with {Words.Cut(state, 100)} after {steps}: {at}.",
        };
    }

    private static string AsSentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + (text[^1] is '.' or '…' ? "" : ".");

    private static string Capitalised(string state) => state.Length == 0 ? Words.None : state[..1] + state[1..].ToLowerInvariant();

    private static void Certificate(Page page, JsonElement result)
    {
        var html = page.Html;
        var isInfeasible = result.Text("state") == "INFEASIBLE";
        page.Section("certificate", "Certificate");
        var table = new HtmlTable(html, "How near the point is to a fixed point, and how plain steps behave there", "stack", "Measure", "Value", "Meaning");
        Row(table, "Residual", result, "residual", "the largest difference between a component of F(x) and of x", "not finite");
        Row(table, "Error bound", result, "error_bound", result.Text("error_bound_kind") switch
        {
            "proven" => "proven: no component of x is farther than this from the fixed point",
            "estimated" => "estimated from how the steps shrank: likely, but not proven",
            _ => "largest distance of a component of x from the fixed point",
        });
        Row(table, "Contraction", result, "contraction", result.Number("contraction") switch
        {
            < 1 => "a plain step near x shortens distances to this share of them",
            >= 1 => "a plain step near x need not shorten distances: nothing follows for the error",
            _ => "factor by which a plain step near x shortens distances",
        });
        Row(table, "Spectral radius", result, "spectral_radius", (isInfeasible ? "of the slopes that F tends to: " : "of the slopes of F at x: ") + result.Number("spectral_radius") switch
        {
            < 1 => "below 1, small disturbances die out under plain steps",
            >= 1 => "not below 1, small disturbances do not die out under plain steps",
            _ => "below 1, small disturbances would die out",
        });
        if (result.Has("period"))
        {
            Row(table, "Period", result, "period", "plain steps come back to where they were after so many");
        }
        if (result.Has("critical_scale"))
        {
            Row(table, "Critical scale", result, "critical_scale", "the traffic may be multiplied by less than this: from there on no finite loads exist");
        }
        table.End();
        html.CloseLine();
    }

    private static void Row(HtmlTable table, string name, JsonElement result, string member, string meaning, string missing = "not known")
    {
        table.BeginRow();
        table.Head(name);
        table.Cell(1, result.Has(member) ? Words.Number(result.Number(member)) : missing, "number");
        table.Cell(2, meaning);
        table.EndRow();
    }

    private static void Values(Page page, JsonElement result)
    {
        var values = result.Numbers("x");
        if (values.Length == 0)
        {
            return;
        }
        if (result.Has("critical_scale"))
        {
            NetworkSections.Loads(page, values, Overloaded(values));
            return;
        }
        double low = 0, high = 0;
        foreach (var value in values)
        {
            if (PlainPlot.IsDrawable(value))
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }
        var html = page.Html;
        page.Section("values", "The point");
        var note = result.Member("convergence").ValueKind == JsonValueKind.True ? "Components of the fixed point" : "Components of the best point; it is no fixed point";
        Table(html, note + "; they count from 0", values, 0, Math.Min(values.Length, OpenMax), low, high);
        if (values.Length > OpenMax)
        {
            html.Open("details", "more").Element("summary", Words.Count(values.Length - OpenMax, "further component"));
            Table(html, "The components that follow", values, OpenMax, Math.Min(values.Length, Page.RowsMax), low, high);
            page.More(values.Length, Page.RowsMax, "components");
            html.CloseLine();
        }
        html.CloseLine();
    }

    private static void Table(HtmlWriter html, string caption, double[] values, int from, int to, double low, double high)
    {
        var table = new HtmlTable(html, caption, "stack sortable", "Component", "Value");
        for (var i = from; i < to; i++)
        {
            table.BeginRow();
            table.Head(i.ToString(CultureInfo.InvariantCulture));
            table.OpenCell(1, "number measured", values[i]);
            html.Element("span", double.IsNaN(values[i]) ? "not known" : values[i].ToString("G10", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal), "aligned").Text(" ");
            if (PlainPlot.IsDrawable(values[i]))
            {
                Bars.Range(html, values[i], Math.Min(0, values[i]), Math.Max(0, values[i]), low, high, zero: true);
            }
            html.Close();
            table.EndRow();
        }
        table.End();
    }

    private static HashSet<int> Overloaded(double[] loads)
    {
        var overloaded = new HashSet<int>();
        for (var cell = 0; cell < loads.Length; cell++)
        {
            if (loads[cell] > 1)
            {
                overloaded.Add(cell);
            }
        }
        return overloaded;
    }
}
