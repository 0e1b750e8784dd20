using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>One hit: a row that opens to its score and to the whole episode.</summary>
internal static class EpisodeCard
{
    private const int NameMax = 120, ValueMax = 120, WordsMax = 50;

    private static readonly string[] EpisodeKnown =
        ["id", "time_ns", "network_id", "cell", "problem_type", "situation", "action", "outcome", "reward", "success", "tags", "text", "metadata"];

    public static string Anchor(int rank) => "hit-" + rank.ToString(CultureInfo.InvariantCulture);

    /// <summary>"episode 17 of 2020-01-01 10:00 UTC, cell c1".</summary>
    public static string NameOf(JsonElement hit)
    {
        var episode = hit.Member("episode");
        return "episode " + Words.Cut(hit.Text("id"), 40) + (episode.Has("time_ns") ? " of " + Words.Time(episode.Nanoseconds("time_ns")) : "")
            + (episode.Text("cell") is { Length: > 0 } cell ? ", cell " + Words.Cut(cell, NameMax) : "");
    }

    public static void Write(Page page, JsonElement hit, JsonElement weights, int rank, bool isOpen)
    {
        var html = page.Html;
        var episode = hit.Member("episode");
        html.Open("details", "hit", [("id", Anchor(rank)), .. isOpen ? (ReadOnlySpan<(string, string)>)[("open", "open")] : []]);
        html.Open("summary").Open("span", "who").Element(page.H(), $"{rank.ToString(CultureInfo.InvariantCulture)}. {Words.Cut(RecallSections.IdOf(hit), 60)}");
        html.Text(" ").Element("span", Place(episode), "note").Close().Text(" ");
        Fate(html, episode);
        html.Text(" ").Element("span", Words.Cut(Short(episode), 240), "what").CloseLine();
        if (html.IsFull)
        {
            html.Element("p", "This page is full: the rest of this hit is in the result.", "note").CloseLine();
            return;
        }
        if (episode.Text("text") is { Length: > 0 } text)
        {
            html.Element("p", text, "quote").Raw("\n");
        }
        html.Open("div", "sides").Raw("\n");
        Situation(page, hit, episode);
        html.Open("div");
        Course(page, episode);
        Score(page, hit, weights);
        html.Close().CloseLine();
        Labels(page, episode);
        GenericSections.Others(page, episode, EpisodeKnown, "Other fields of the episode");
        GenericSections.Others(page, hit, ["id", "score", "distance", "parts", "episode", "why"], "Other fields of the hit");
        html.CloseLine();
    }

    public static void Fate(HtmlWriter html, JsonElement episode)
    {
        switch (episode.Member("success").ValueKind)
        {
            case JsonValueKind.True: TemporalSections.Chip(html, Standing.Good, "succeeded"); break;
            case JsonValueKind.False: TemporalSections.Chip(html, Standing.Bad, "failed"); break;
            default: TemporalSections.Chip(html, Standing.Unknown, "not known"); break;
        }
    }

    /// <summary>"NRCellDU=1 digitalTilt: 2 → 4", one for each change.</summary>
    public static List<string> Changes(JsonElement holder) => holder.Objects("action").Take(WordsMax).Select(change =>
        $"{Words.Cut($"{change.Text("managedObject")} {change.Text("attribute")}".Trim(), NameMax)}: {ValueOf(change, "before")} → {ValueOf(change, "after")}").ToList();

    /// <summary>Members of an object that are numbers, in their order.</summary>
    public static List<(string Name, double Value)> NumbersOf(JsonElement holder, string name)
    {
        var member = holder.Member(name);
        return member.ValueKind == JsonValueKind.Object
            ? [.. member.EnumerateObject().Where(one => double.IsFinite(one.Value.AsNumber())).Select(one => (one.SafeName(), one.Value.AsNumber()))]
            : [];
    }

    public static string Signed(double value) => value > 0 ? "+" + Words.Number(value) : Words.Number(value);

    public static string ValueOf(JsonElement change, string name)
    {
        var value = change.Member(name);
        return value.ValueKind switch
        {
            JsonValueKind.Undefined => Words.None,
            JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null => Words.Cut(value.Raw(), ValueMax),
            _ => Words.Cut(value.AsText(), ValueMax),
        };
    }

    private static string Place(JsonElement episode)
    {
        string[] parts = [Words.Time(episode.Nanoseconds("time_ns")), Words.Cut(episode.Text("cell"), NameMax), Words.Cut(episode.Text("network_id"), NameMax), Words.Cut(episode.Text("problem_type"), NameMax)];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    /// <summary>What was done, and what came of it, for the row.</summary>
    private static string Short(JsonElement episode)
    {
        var done = string.Join("; ", Changes(episode).Take(2));
        var came = string.Join(", ", NumbersOf(episode, "outcome").Take(2).Select(one => $"{Words.Cut(one.Name, 60)} {Words.Number(one.Value)}"));
        return done.Length > 0 && came.Length > 0 ? $"{done}. Then {came}" : done.Length > 0 ? done : came.Length > 0 ? "Then " + came : "";
    }

    /// <summary>The situation, and how much each metric counts for the distance: largest part first.</summary>
    private static void Situation(Page page, JsonElement hit, JsonElement episode)
    {
        var html = page.Html;
        var values = NumbersOf(episode, "situation");
        var why = hit.Objects("why");
        if (values.Count == 0 && why.Count == 0)
        {
            return;
        }
        var isExplained = why.Count > 0;
        html.Open("div");
        var table = new HtmlTable(html, isExplained ? "The situation, and why it is as far as it is" : "The situation", "stack", ["Metric", "Value", .. isExplained ? (ReadOnlySpan<string>)["Difference", "Part of the distance"] : []]);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var share in why.Take(Page.RowsMax))
        {
            var name = share.Text("metric");
            told.Add(name);
            var value = values.Find(one => one.Name == name);
            Begin(html, table, name, value.Name is null ? Words.None : Words.Number(value.Value));
            table.Cell(2, share.Has("difference") ? Signed(share.Number("difference")) : "not in both", "number");
            table.OpenCell(3, "number measured");
            html.Text(Words.Percent(share.Number("share")) + " ");
            Bars.Share(html, share.Number("share"));
            html.Close();
            table.EndRow();
        }
        var others = values.Where(one => !told.Contains(one.Name)).ToList();
        foreach (var (name, value) in others.Take(Page.RowsMax))
        {
            Begin(html, table, name, Words.Number(value));
            if (isExplained)
            {
                table.Cell(2, "not looked for", "number");
                table.Cell(3, Words.None, "number");
            }
            table.EndRow();
        }
        table.End();
        page.More(why.Count + others.Count, Math.Min(why.Count, Page.RowsMax) + Math.Min(others.Count, Page.RowsMax), "metrics");
        html.CloseLine();
    }

    private static void Begin(HtmlWriter html, HtmlTable table, string name, string value)
    {
        table.BeginRow();
        table.OpenHead();
        html.BreakableText(Words.Cut(name, 200)).Close();
        table.Cell(1, value, "number");
    }

    /// <summary>What was done, and what came of it.</summary>
    private static void Course(Page page, JsonElement episode)
    {
        var html = page.Html;
        var changes = Changes(episode);
        var outcome = NumbersOf(episode, "outcome");
        html.Element("p", changes.Count == 0 ? "Nothing was changed." : changes.Count == 1 ? "Done: " + changes[0] : "Done:", "strong").Raw("\n");
        if (changes.Count > 1)
        {
            html.Open("ul");
            foreach (var change in changes)
            {
                html.Element("li", change);
            }
            html.CloseLine();
            page.More(episode.Count("action"), changes.Count, "changes");
        }
        if (outcome.Count > 0)
        {
            var before = NumbersOf(episode, "situation").GroupBy(one => one.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
            var table = new HtmlTable(html, "What came of it", "stack", "Metric", "In the situation", "Then");
            foreach (var (name, value) in outcome.Take(Page.RowsMax))
            {
                table.BeginRow();
                table.OpenHead();
                html.BreakableText(Words.Cut(name, 200)).Close();
                table.Cell(1, before.TryGetValue(name, out var was) ? Words.Number(was) : Words.None, "number");
                table.Cell(2, Words.Number(value), "number");
                table.EndRow();
            }
            table.End();
            page.More(outcome.Count, Page.RowsMax, "metrics");
        }
        html.Element("p", (outcome.Count == 0 ? "What came of it is not known. " : "") + (episode.Has("reward") ? $"Reward {Words.Number(episode.Number("reward"))}." : "No reward is known."), "note").Raw("\n");
    }

    private static void Score(Page page, JsonElement hit, JsonElement weights)
    {
        var html = page.Html;
        var parts = NumbersOf(hit, "parts");
        html.Element("p", $"Score {Words.Number(hit.Number("score"))}" + (hit.Has("distance") ? $", distance {Words.Number(hit.Number("distance"))}" : ""), "strong").Raw("\n");
        if (page.IsBrief)
        {
            html.Element("p", string.Join(", ", parts.Take(WordsMax).Select(part => $"{Words.Cut(part.Name, NameMax)} {Words.Number(part.Value)}")), "note");
        }
        else if (parts.Count > 0)
        {
            var hasWeights = weights.ValueKind == JsonValueKind.Object;
            var table = new HtmlTable(html, "Parts of the score, each 0 to 1", "stack", ["Part", "Value", .. hasWeights ? (ReadOnlySpan<string>)["Weight"] : []]);
            foreach (var (name, value) in parts.Take(WordsMax))
            {
                table.BeginRow();
                table.Head(Words.Cut(Words.Name(name), NameMax));
                table.OpenCell(1, "number measured");
                html.Text(Words.Number(value) + " ");
                Bars.Share(html, value);
                html.Close();
                if (hasWeights)
                {
                    table.Cell(2, Words.Number(weights.Number(name)), "number");
                }
                table.EndRow();
            }
            table.End();
        }
    }

    private static void Labels(Page page, JsonElement episode)
    {
        var html = page.Html;
        if (episode.Count("tags") > 0)
        {
            html.Open("p", "tags").Element("span", "Tags: ", "note");
            foreach (var tag in episode.Member("tags").EnumerateArray().Take(WordsMax))
            {
                html.Element("span", Words.Cut(tag.AsText(), NameMax), "tag").Text(" ");
            }
            html.CloseLine();
            page.More(episode.Count("tags"), WordsMax, "tags");
        }
        if (episode.Has("metadata"))
        {
            html.Open("details", "more").Element("summary", "Metadata").Raw("\n");
            GenericSections.Value(page, episode.Member("metadata"), "metadata", 1);
            html.CloseLine();
        }
    }
}
