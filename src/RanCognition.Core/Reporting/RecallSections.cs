using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What the memory recalled: the answer in a sentence, what came of such situations, a table to compare the hits, and each hit with all that is known of it.</summary>
internal static class RecallSections
{
    private const int HitsMax = 1000;

    /// <summary>Above this the parts of the scores are told in words only.</summary>
    private const int FullMax = 100;

    /// <summary>Hits that stand open when the page does.</summary>
    private const int OpenMax = 3;

    public static void Write(Page page, JsonElement result)
    {
        var hits = result.Objects("hits");
        Answer(page, result, hits);
        if (hits.Count == 0)
        {
            return;
        }
        var shown = hits.Take(HitsMax).ToList();
        var html = page.Html;
        html.LengthMax = 2 * HtmlWriter.BodyMax;
        OutcomeSections.Write(page, hits);
        Compare(page, shown);
        page.Section("hits", "The hits one by one");
        if (hits.Exists(hit => hit.Count("why") > 0))
        {
            html.Element("p", "Difference: hit minus what was looked for, in units of the metric's running scale (numbers of a vector as they are). Part: of the squared distance, "
                + "or of the sizes of the products where the distance is an angle or an inner product.", "note");
        }
        for (var i = 0; i < shown.Count; i++)
        {
            EpisodeCard.Write(page with { Level = page.Level + 1, IsInner = true, IsBrief = shown.Count > FullMax }, shown[i], result.Member("weights"), i + 1, i < OpenMax);
        }
        page.More(hits.Count, shown.Count, "hits, less near than these,");
        html.CloseLine();
    }

    private static void Answer(Page page, JsonElement result, List<JsonElement> hits)
    {
        var html = page.Html;
        html.Open("div", "answer unknown").Element("p", Sentence(result, hits), "lead");
        if (hits.Count > 0)
        {
            html.Element("p", Fates(hits));
        }
        html.CloseLine();
        html.Open("dl", "facts");
        MemorySections.Fact(html, "Hits", hits.Count.ToString(CultureInfo.InvariantCulture));
        if (result.Has("scanned"))
        {
            MemorySections.Fact(html, "Episodes that passed the filter", Words.Number(result.Number("scanned")));
        }
        if (result.Has("reranked"))
        {
            MemorySections.Fact(html, "Compared in full", Words.Number(result.Number("reranked")));
        }
        if (result.Member("exact").ValueKind == JsonValueKind.True)
        {
            MemorySections.Fact(html, "Nearer ones left out", "none, proven");
        }
        MemorySections.TimeFact(html, result);
        html.CloseLine();
    }

    private static string Sentence(JsonElement result, List<JsonElement> hits)
    {
        if (hits.Count == 0)
        {
            return result.Number("scanned") == 0 ? "No episode passed the filter." : "Nothing was found.";
        }
        var first = hits[0];
        var isWeighted = result.Has("weights") || !first.Has("distance");
        var distance = first.Number("distance");
        return $"{(isWeighted ? "Best" : "Most alike")} is {EpisodeCard.NameOf(first)}"
            + (isWeighted ? $", with a score of {Words.Number(first.Number("score"))}." : double.IsNaN(distance) ? "." : $", at a distance of {Words.Number(distance)}.");
    }

    private static string Fates(List<JsonElement> hits)
    {
        int good = Succeeded(JsonValueKind.True), bad = Succeeded(JsonValueKind.False), open = hits.Count - good - bad;
        int Succeeded(JsonValueKind kind) => hits.Count(hit => hit.Member("episode").Member("success").ValueKind == kind);
        if (open == hits.Count)
        {
            return hits.Count == 1 ? "Whether it was a success is not known." : "Whether they were a success is known of none.";
        }
        return $"Of {Words.Count(hits.Count, "hit")} {good.ToString(CultureInfo.InvariantCulture)} succeeded and {bad.ToString(CultureInfo.InvariantCulture)} failed"
            + (open > 0 ? $"; of {open.ToString(CultureInfo.InvariantCulture)} it is not known." : ".");
    }

    private static void Compare(Page page, List<JsonElement> hits)
    {
        var html = page.Html;
        page.Section("compared", "Hits compared");
        var hasCells = hits.Exists(hit => hit.Member("episode").Has("cell"));
        var hasActions = hits.Exists(hit => hit.Member("episode").Count("action") > 0);
        string[] columns = ["Episode", "Rank", "When", .. hasCells ? (ReadOnlySpan<string>)["Cell"] : [], "Distance", "Score", .. hasActions ? (ReadOnlySpan<string>)["Done"] : [], "Reward", "Success"];
        var table = new HtmlTable(html, "Hits in the order of the result; the name of an episode leads to all that is known of it", "stack sortable", columns);
        var top = hits.Max(hit => hit.Number("score") is var score && score > 0 ? score : 0);
        var rank = 0;
        foreach (var hit in hits.Take(Page.RowsMax))
        {
            var episode = hit.Member("episode");
            var column = 0;
            table.BeginRow();
            table.OpenHead();
            html.Element("a", Words.Cut(IdOf(hit), 40), null, ("href", "#" + EpisodeCard.Anchor(++rank))).Close();
            table.Cell(++column, rank.ToString(CultureInfo.InvariantCulture), "number");
            table.OpenCell(++column, "number", episode.Text("time_ns"));
            html.Text(Words.Time(episode.Nanoseconds("time_ns"))).Close();
            if (hasCells)
            {
                table.Cell(++column, Words.Cut(episode.Text("cell"), 80));
            }
            table.Cell(++column, Words.Number(hit.Number("distance")), "number", hit.Number("distance"));
            table.OpenCell(++column, "number measured", hit.Number("score"));
            html.Text(Words.Number(hit.Number("score")) + " ");
            Bars.Share(html, top > 0 ? hit.Number("score") / top : double.NaN);
            html.Close();
            if (hasActions)
            {
                table.Cell(++column, Words.Cut(string.Join("; ", EpisodeCard.Changes(episode)), 160));
            }
            table.Cell(++column, Words.Number(episode.Number("reward")), "number", episode.Number("reward"));
            table.OpenCell(++column);
            EpisodeCard.Fate(html, episode);
            html.Close();
            table.EndRow();
        }
        table.End();
        if (hits.Count > rank)
        {
            html.Element("p", $"The other {(hits.Count - rank).ToString(CultureInfo.InvariantCulture)} follow below, one by one.", "note");
        }
        html.CloseLine();
    }

    public static string IdOf(JsonElement hit) => hit.Text("id") is { Length: > 0 } id ? "Episode " + id : "Episode without id";
}
