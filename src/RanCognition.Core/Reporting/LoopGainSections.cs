using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>How control functions answer each other's changes: the gains, their eigenvalues in the unit circle, and what to do.</summary>
internal static class LoopGainSections
{
    /// <summary>Functions of the table: a larger one could not be read.</summary>
    private const int FunctionsMax = 24;

    /// <summary>Shades of a gain, beside none.</summary>
    private const int Shades = 4;

    private const int NameMax = 40;

    public static void Write(Page page, JsonElement result)
    {
        var matrix = result.Member("loop_gain_matrix");
        var names = matrix.ValueKind == JsonValueKind.Object ? matrix.EnumerateObject().Select(row => row.SafeName()).ToList() : [];
        var eigenvalues = EigenvalueDrawing.Read(result);
        if (names.Count == 0 && eigenvalues.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("loops", "How the functions answer each other");
        html.Open("div", "pair").Open("div");
        Advice(html, result, eigenvalues);
        html.Close();
        EigenvalueDrawing.Write(html, eigenvalues, DampingOf(result));
        html.CloseLine();
        if (names.Count > 0)
        {
            Matrix(page, matrix, names, result.Number("standard_error"));
        }
        Eigenvalues(page, eigenvalues);
        html.CloseLine();
    }

    /// <summary>Whether they chase each other, in a sentence; empty when it is not known.</summary>
    public static string Sentence(JsonElement result)
    {
        var radius = result.Number("spectral_radius");
        return radius switch
        {
            >= 1 => $"The functions chase each other: in the long run each round of answers is {Words.Number(radius)} times as large as the one before.",
            >= 0 => (result.Member("advice").Text("kind") == "none" ? "The functions do not chase each other" : "The functions almost chase each other")
                + $": in the long run each round of answers is {Words.Number(radius)} times as large as the one before.",
            _ => "",
        };
    }

    /// <summary>Names as an order: "a before b before c".</summary>
    public static string InOrder(List<string> names) =>
        Words.Cut(string.Join(" before ", names.Take(20).Select(name => Words.Cut(name, StrangeLoopSections.NameMax))) + (names.Count > 20 ? " …" : ""), 1000);

    private static double DampingOf(JsonElement result) => result.Member("advice").Text("kind") == "damping" ? result.Member("advice").Number("damping") : double.NaN;

    private static void Advice(HtmlWriter html, JsonElement result, List<PlotPoint> eigenvalues)
    {
        var advice = result.Member("advice");
        var damping = DampingOf(result);
        switch (advice.Text("kind"))
        {
            case "damping":
                html.Element("p", $"Advice: multiply every change by {Words.Number(damping)}.", "strong");
                if (advice.Has("limit"))
                {
                    html.Element("p", $"The factor must stay below {Words.Number(advice.Number("limit"))}: from there on changes no longer die out.");
                }
                if (EigenvalueDrawing.DampedRadius(eigenvalues, damping) is var radius && !double.IsNaN(radius))
                {
                    html.Element("p", $"With it the spectral radius is {Words.Number(radius)} instead of {Words.Number(result.Number("spectral_radius"))}.");
                }
                break;
            case "precedence":
                html.Element("p", "Advice: no damping helps; let one function act before the other.", "strong");
                if (OptimizationSections.Names(advice, "order") is { Count: > 0 } order)
                {
                    html.Element("p", $"In this order: {InOrder(order)}.");
                }
                break;
            case "none":
                html.Element("p", "Advice: nothing is to be changed.", "strong");
                break;
            default:
                html.Element("p", "There is no advice.");
                break;
        }
        html.Element("p", "The eigenvalues of the gains say what becomes of a change: inside the unit circle it dies out, on or outside it the functions answer each other without end.", "note");
    }

    private static void Matrix(Page page, JsonElement matrix, List<string> names, double standardError)
    {
        var html = page.Html;
        var shown = names.Count > FunctionsMax ? Strongest(matrix, names) : names;
        double most = 0;
        foreach (var row in shown)
        {
            foreach (var column in shown)
            {
                most = Math.Max(most, Size(matrix.Member(row).Number(column)));
            }
        }
        html.Element("p", "Gain: change of the row's function for each unit that the column's function changes; the stronger the colour the larger, blue for the same direction, red for the opposite"
            + (double.IsNaN(standardError) ? "." : $". Estimated, with a standard error of at most {Words.Number(standardError)}."), "note");
        html.Open("div", "scroll", ("tabindex", "0"), ("role", "group"), ("aria-label", "Gains between the functions"));
        var table = new HtmlTable(html, "Gains between the functions", "records heat", ["Function", .. shown.Select(name => Words.Cut(name, NameMax))]);
        foreach (var row in shown)
        {
            var gains = matrix.Member(row);
            table.BeginRow();
            table.Head(Words.Cut(row, NameMax));
            for (var column = 0; column < shown.Count; column++)
            {
                var gain = gains.Number(shown[column]);
                table.Cell(column + 1, Words.Number(gain), Shade(gain, most));
            }
            table.EndRow();
        }
        table.End();
        html.CloseLine();
        page.More(names.Count, shown.Count, "functions, with smaller gains,");
    }

    private static double Size(double gain) => double.IsNaN(gain) ? 0 : Math.Abs(gain);

    private static string Shade(double gain, double most)
    {
        var shade = most > 0 ? (int)Math.Round(Size(gain) / most * Shades) : 0;
        return shade == 0 ? "number" : (gain > 0 ? "number same" : "number against") + shade.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The functions with the largest gains, in the order of the result.</summary>
    private static List<string> Strongest(JsonElement matrix, List<string> names)
    {
        var sizes = new double[names.Count];
        for (var row = 0; row < sizes.Length; row++)
        {
            foreach (var entry in Cells(matrix.Member(names[row])))
            {
                sizes[row] = Math.Max(sizes[row], Size(entry.Value.AsNumber()));
            }
        }
        var order = new int[sizes.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        Array.Sort(order, (one, other) => sizes[other].CompareTo(sizes[one]) is var larger && larger != 0 ? larger : one.CompareTo(other));
        var kept = order[..FunctionsMax];
        Array.Sort(kept);
        List<string> strongest = [];
        foreach (var i in kept)
        {
            strongest.Add(names[i]);
        }
        return strongest;
    }

    private static JsonElement.ObjectEnumerator Cells(JsonElement row) => row.ValueKind == JsonValueKind.Object ? row.EnumerateObject() : default;

    private static void Eigenvalues(Page page, List<PlotPoint> eigenvalues)
    {
        if (eigenvalues.Count == 0)
        {
            return;
        }
        var html = page.Html;
        html.Open("details", "more").Element("summary", "The eigenvalues as numbers");
        var table = new HtmlTable(html, "Eigenvalues of the gains", "records sortable", "Real part", "Imaginary part", "Size");
        foreach (var value in eigenvalues.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.Head(Words.Number(value.X));
            table.Cell(1, Words.Number(value.Y), "number", value.Y);
            table.Cell(2, Words.Number(EigenvalueDrawing.SizeOf(value)), "number", EigenvalueDrawing.SizeOf(value));
            table.EndRow();
        }
        table.End();
        page.More(eigenvalues.Count, Page.RowsMax, "eigenvalues");
        html.CloseLine();
    }
}
