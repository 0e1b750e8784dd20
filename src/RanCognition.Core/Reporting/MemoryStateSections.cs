using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What a memory holds, and how.</summary>
internal static class MemoryStateSections
{
    public static readonly string[] Known =
        ["episodes", "dimension", "metric", "scales", "index_bytes", "file_bytes", "pending", "durability", "last_sync_ns", "peer_lag", "peer_error", "path", "site"];

    public static void Write(Page page, JsonElement result)
    {
        var html = page.Html;
        var trouble = result.Text("peer_error");
        html.Open("div", trouble.Length > 0 ? "answer watch" : "answer good");
        html.Element("p", Sentence(result), "lead");
        if (trouble.Length > 0)
        {
            html.Element("p", $"The shared database said: {trouble}");
        }
        html.CloseLine();
        html.Open("dl", "facts");
        MemorySections.Fact(html, "Index", Words.Bytes(result.Number("index_bytes")));
        if (result.Number("file_bytes") > 0)
        {
            MemorySections.Fact(html, "File and log", Words.Bytes(result.Number("file_bytes")));
        }
        MemorySections.Fact(html, "Changes that wait", Words.Number(result.Number("pending")));
        MemorySections.TimeFact(html, result);
        html.CloseLine();
        page.Section("kept", "How it is kept");
        html.Open("table", "members").Element("caption", "Settings and state").Open("tbody").Raw("\n");
        Row(html, "File", result.Text("path") is { Length: > 0 } path ? path : "none: it ends with the process");
        Row(html, "Durability", result.Text("durability") is { Length: > 0 } durability ? $"{durability}: {MemorySections.Promise(durability)}" : Words.None);
        Row(html, "Last on the device", result.Has("last_sync_ns") ? Words.Time(result.Nanoseconds("last_sync_ns")) : "not yet in this process");
        Row(html, "Distance", result.Text("metric") switch { "l2" => "Euclidean", "cosine" => "cosine", "inner_product" => "inner product", var other => other });
        Row(html, "Numbers of a vector", result.Has("dimension") ? Words.Number(result.Number("dimension")) : "no vector yet");
        if (result.Has("site"))
        {
            Row(html, "Site", result.Text("site"));
        }
        if (result.Has("peer_lag"))
        {
            Row(html, "Not yet exchanged with the shared database", Words.Count((long)result.Number("peer_lag"), "change"));
        }
        html.Close().Close().CloseLine();
        Scales(page, result);
    }

    private static string Sentence(JsonElement result)
    {
        var episodes = result.Number("episodes");
        var metrics = result.Count("scales");
        return (episodes == 0 ? "The memory is empty" : $"The memory holds {Words.Number(episodes)} {(episodes == 1 ? "episode" : "episodes")}")
            + (metrics > 0 ? $" with {Words.Count(metrics, "metric")} in their situations." : ".");
    }

    private static void Row(HtmlWriter html, string name, string value) =>
        html.Open("tr").Element("th", name, null, ("scope", "row")).Element("td", value).CloseLine();

    private static void Scales(Page page, JsonElement result)
    {
        var scales = result.Objects("scales");
        if (scales.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("scales", "Metrics of the situations");
        var table = new HtmlTable(html, "A difference of one scale counts 1 in the distance", "stack sortable", "Metric", "Median", "Scale");
        foreach (var scale in scales.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(scale.Text("metric"), 200)).Close();
            table.Cell(1, Words.Number(scale.Number("median")), "number", scale.Number("median"));
            table.Cell(2, Words.Number(scale.Number("scale")), "number", scale.Number("scale"));
            table.EndRow();
        }
        table.End();
        page.More(scales.Count, Page.RowsMax, "metrics");
        html.CloseLine();
    }
}
