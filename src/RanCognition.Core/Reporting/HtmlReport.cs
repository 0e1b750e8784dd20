using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Renders a result of any core as one self-contained HTML page.</summary>
/// <remarks>
/// <para>Takes a <see cref="JsonElement"/> because it must show any result, also of cores and fields that it does not know: the one place outside Json/ that
/// reads JSON. It reads tolerantly; a member that is missing, null or of another kind is shown as missing.</para>
/// <para>The page opens from a file, without a network: its content security policy forbids every request and allows only the page's own scripts and
/// styles, by hash. All words and tables are in the markup; only the charts need scripts. Strings of the result are escaped, in the markup and
/// in the chart data, and never become markup or code.</para>
/// <para>Bounds: charts are thinned by <see cref="Thinning"/> (at most 2000 points of history and 400 of forecast a chart; on a page with more than 30 charts 60 000
/// and 18 000 are shared between all), 1000 charts a page, 200 rows a table, 1000 hits of a recall, 1000 loops of a state, 1000 results of a log, 4000 characters a text, and about 3 million characters in all, 6 million on a page of
/// hits, 9 million on one of many problems, loops or decisions; a page with 50 metrics of 100 000 points each stays below 2 MB. What is left out is counted on the page.</para>
/// <para>Deterministic: the same result gives the same bytes. Thread-safe: holds no state.</para>
/// </remarks>
public static class HtmlReport
{
    /// <summary>Renders <paramref name="root"/> (a temporal result, a parallel result, one of the memory, the optimization, the strange loop or the cognition, a list of the latter, an error, or any other JSON) as UTF-8 HTML.</summary>
    /// <param name="root">The result; any kind of JSON value. Its document must live until the call returns.</param>
    public static byte[] Render(JsonElement root)
    {
        var result = root.Has("Ok") && root.Member("Ok").ValueKind == JsonValueKind.Object ? root.Member("Ok") : root;
        var isParallel = ParallelSections.Recognises(result);
        var isTemporal = !isParallel && !GenericSections.IsError(result) && TemporalSections.Recognises(result);
        var isMemory = !isParallel && !isTemporal && !GenericSections.IsError(result) && MemorySections.Recognises(result);
        var isOptimization = !isParallel && !isTemporal && !isMemory && !GenericSections.IsError(result) && OptimizationSections.Recognises(result);
        var isStrangeLoop = !isParallel && !isTemporal && !isMemory && !isOptimization && !GenericSections.IsError(result) && StrangeLoopSections.Recognises(result);
        var isCognition = !isParallel && !isTemporal && !isMemory && !isOptimization && !isStrangeLoop && !GenericSections.IsError(result) && CognitionSections.Recognises(result);
        var isStory = StorySections.Recognises(result);
        var isList = !isStory && TemporalSections.RecognisesList(result);
        var title = isStory ? StorySections.TitleOf(result) : isList ? TemporalSections.TitleOfList(result) : isParallel ? ParallelSections.TitleOf(result) : isTemporal ? TemporalSections.TitleOf(result)
            : isMemory ? MemorySections.TitleOf(result) : isOptimization ? OptimizationSections.TitleOf(result) : isStrangeLoop ? StrangeLoopSections.TitleOf(result)
            : isCognition ? CognitionSections.TitleOf(result) : GenericSections.TitleOf(result);

        var html = new HtmlWriter();
        var room = new ChartRoom(CountCharts(result, isParallel));
        Head(html, title);
        Header(html, title);
        var top = html.Length;
        html.Open("main", null, ("id", "main"), ("tabindex", "-1")).Raw("\n");
        var page = new Page(html, room);
        if (isParallel)
        {
            ParallelSections.Write(page, result);
        }
        else if (isTemporal)
        {
            TemporalSections.Write(page, result);
        }
        else if (isMemory)
        {
            MemorySections.Write(page, result);
        }
        else if (isOptimization)
        {
            OptimizationSections.Write(page, result);
        }
        else if (isStrangeLoop)
        {
            StrangeLoopSections.Write(page, result);
        }
        else if (isCognition)
        {
            CognitionSections.Write(page, result);
        }
        else if (isStory)
        {
            StorySections.Write(page, result);
        }
        else if (isList)
        {
            TemporalSections.WriteList(page, result);
        }
        else
        {
            GenericSections.Write(page, result);
        }
        html.CloseLine();
        if (page.Sections.Count > 2)
        {
            html.InsertLinks(top, "On this page", page.Sections);
        }
        Foot(html, room.Used > 0);
        return html.ToUtf8();
    }

    private static int CountCharts(JsonElement result, bool isParallel) =>
        isParallel ? result.Objects("results").Sum(item => (item.Has("Ok") ? item.Member("Ok") : item).Count("series")) : result.Count("series");

    private static void Head(HtmlWriter html, string title)
    {
        string style = PageAssets.Style, chartStyle = PageAssets.ChartStyle;
        var policy = $"default-src 'none'; script-src {PageAssets.Hash(PageAssets.Script)} {PageAssets.Hash(PageAssets.ChartScript)}; "
            + $"style-src {PageAssets.Hash(style)} {PageAssets.Hash(chartStyle)}; base-uri 'none'; form-action 'none'";
        html.Raw("<!DOCTYPE html>\n").Open("html", null, ("lang", "en")).Open("head").Raw("\n");
        html.Void("meta", null, ("charset", "utf-8"));
        html.Void("meta", null, ("http-equiv", "Content-Security-Policy"), ("content", policy));
        html.Void("meta", null, ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Void("meta", null, ("name", "referrer"), ("content", "no-referrer"));
        html.Void("meta", null, ("name", "color-scheme"), ("content", "light dark"));
        html.Element("title", title + " – RanCognition report").Raw("\n");
        html.Open("style").Raw(chartStyle).CloseLine();
        html.Open("style").Raw(style).CloseLine();
        html.CloseLine();
    }

    private static void Header(HtmlWriter html, string title)
    {
        html.Open("body").Raw("\n").Element("a", "Skip to the report", "skip", ("href", "#main"));
        html.Open("header").Open("div").Element("p", "RanCognition report", "brand").Element("h1", title).Close();
        html.Open("button", "theme script-only", ("type", "button"), ("id", "theme")).Text("Dark").Close();
        html.CloseLine();
    }

    private static void Foot(HtmlWriter html, bool hasCharts)
    {
        html.Open("footer");
        html.Element("p", "All numbers come from the result that this page shows. Times are UTC.");
        if (hasCharts)
        {
            html.Element("noscript", "Charts need scripts; their numbers are in the tables.");
            html.Open("details").Element("summary", "Charts by uPlot: licence").Element("pre", PageAssets.ChartLicence).Close();
        }
        html.CloseLine();
        if (hasCharts)
        {
            html.Open("script").Raw(PageAssets.ChartScript).CloseLine();
        }
        html.Open("script").Raw(PageAssets.Script).CloseLine();
    }
}
