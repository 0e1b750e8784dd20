using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>A table that is told by its columns: "Guard: name name; Why: text reason". Each has a title, what is shown, and the member of the row that it is of (the row itself without one; a path with slashes).</summary>
/// <remarks>
/// Rows are the objects of an array, or the members of an object. What is shown: key (number or name of the row), stage (the same as words), name (breaks at its separators), word (snake_case as words), text, number, percent, p, duration,
/// share (with a bar), part (of the whole that was given, with a bar), value (of an attribute), changes, numbers (members that are numbers), yes, and own: what the caller writes. A string for each table instead of code for each.
/// </remarks>
internal sealed class DataTable
{
    private const int ListedMax = 12;

    /// <summary>Writes the cell of a column that shows "own", of the row with this number or name.</summary>
    public delegate void OwnCell(string key, JsonElement row, string title);

    /// <summary>All that "part" is of.</summary>
    public double Whole { get; init; }

    public OwnCell? Own { get; init; }

    /// <summary>What rows are called below a table that is cut.</summary>
    public string Many { get; init; } = "rows";

    public void Write(Page page, string caption, string columns, JsonElement rows)
    {
        if (rows.ValueKind != JsonValueKind.Object)
        {
            Write(page, caption, columns, rows.Objects(), null);
            return;
        }
        List<JsonElement> values = [];
        List<string> keys = [];
        foreach (var member in rows.EnumerateObject())
        {
            values.Add(member.Value);
            keys.Add(member.SafeName());
        }
        Write(page, caption, columns, values, keys);
    }

    /// <param name="page">Where to.</param>
    /// <param name="caption">Of the table.</param>
    /// <param name="columns">As told above.</param>
    /// <param name="rows">At most <see cref="Page.RowsMax"/> of them are shown.</param>
    /// <param name="keys">Name of each row; null = their numbers.</param>
    public void Write(Page page, string caption, string columns, List<JsonElement> rows, List<string>? keys = null)
    {
        var html = page.Html;
        var specified = columns.Split("; ");
        var titles = new string[specified.Length];
        var shown = new string[specified.Length];
        var members = new string[specified.Length];
        for (var column = 0; column < specified.Length; column++)
        {
            var parts = specified[column].Split(": ");
            var what = parts[1].Split(' ');
            titles[column] = parts[0];
            shown[column] = what[0];
            members[column] = what.Length > 1 ? what[1] : "";
        }
        var table = new HtmlTable(html, caption, "stack sortable", titles);
        var count = 0;
        while (count < rows.Count && count < Page.RowsMax && !html.IsFull)
        {
            var row = rows[count];
            var key = keys is null ? (count + 1).ToString(CultureInfo.InvariantCulture) : keys[count];
            count++;
            table.BeginRow();
            for (var column = 0; column < titles.Length; column++)
            {
                var member = members[column];
                var value = member.Length == 0 ? row : member.Contains('/') ? row.Resolve("/" + member) : row.Member(member);
                Begin(table, column, shown[column], value.AsNumber());
                if (shown[column] == "own")
                {
                    Own?.Invoke(key, row, titles[column]);
                }
                else
                {
                    Cell(html, shown[column], key, value);
                }
                html.Close();
            }
            table.EndRow();
        }
        table.End();
        page.More(rows.Count, count, Many);
    }

    /// <summary>A probability with its bar.</summary>
    public static void Share(HtmlWriter html, double share)
    {
        html.Element("span", double.IsNaN(share) ? "not known" : Words.Percent(share), "aligned short").Text(" ");
        Bars.Share(html, share);
    }

    /// <summary>Members that are numbers, as a list within a cell.</summary>
    public static void Numbers(HtmlWriter html, JsonElement numbers, Func<JsonElement, string> text)
    {
        html.Open("ul", "plain");
        var count = 0;
        foreach (var member in LoopReplySections.Members(numbers))
        {
            if (count++ < ListedMax)
            {
                html.Open("li").BreakableText(Words.Cut(member.SafeName(), CognitionSections.NameMax)).Text(" " + text(member.Value)).Close();
            }
        }
        if (count > ListedMax)
        {
            html.Element("li", $"and {Words.Count(count - ListedMax, "other metric")}", "note");
        }
        html.Close();
    }

    private static void Begin(HtmlTable table, int column, string shown, double sort)
    {
        if (column == 0)
        {
            table.OpenHead();
        }
        else if (shown is "number" or "percent" or "p" or "duration" or "share" or "part" || (shown == "own" && double.IsFinite(sort)))
        {
            table.OpenCell(column, "number", sort);
        }
        else
        {
            table.OpenCell(column, double.IsNaN(sort) ? null : "number");
        }
    }

    private void Cell(HtmlWriter html, string shown, string key, JsonElement value)
    {
        switch (shown)
        {
            case "share":
                Share(html, value.AsNumber());
                break;
            case "part":
                Share(html, Whole > 0 ? value.AsNumber() / Whole : double.NaN);
                break;
            case "changes":
                SettingTables.Listed(html, value.Objects(), Words.None);
                break;
            case "numbers":
                if (LoopReplySections.Members(value).Count == 0)
                {
                    html.Text(Words.None);
                }
                else
                {
                    Numbers(html, value, number => Words.Number(number.AsNumber()));
                }
                break;
            case "yes":
                var isTrue = value.ValueKind == JsonValueKind.True;
                TemporalSections.Chip(html, isTrue ? Standing.Watch : Standing.Unknown, isTrue ? "yes" : "no");
                break;
            case "number" or "percent" or "p" or "duration" or "value":
                html.Text(Plain(shown, key, value)); // a number does not break at its point
                break;
            default:
                html.BreakableText(Plain(shown, key, value));
                break;
        }
    }

    private static string Plain(string shown, string key, JsonElement value) => shown switch
    {
        "key" => Words.Cut(key, 200),
        "stage" => Words.Cut(Words.Name(key), 200),
        "word" => Words.Cut(Words.Name(value.AsText()), CognitionSections.NameMax),
        "number" => Words.Number(value.AsNumber()),
        "percent" => Words.Percent(value.AsNumber()),
        "p" => Words.PValue(value.AsNumber()),
        "duration" => Words.Duration(value.AsNumber()),
        "value" => SettingTables.Value(value),
        "text" => value.AsText(),
        _ => value.AsText() is { Length: > 0 } name ? Words.Cut(name, 300) : Words.None,
    };
}
