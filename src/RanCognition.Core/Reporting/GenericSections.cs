using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Any JSON as nested tables: what the page shows of results that it has no words for.</summary>
internal static class GenericSections
{
    /// <summary>Tables inside tables; what lies deeper is shown as JSON text.</summary>
    private const int DepthMax = 6;

    private const int ColumnsMax = 16;
    private const int MembersMax = 200;
    private const int ListMax = 32;

    /// <summary>Members that say in a sentence what the result is, most telling first.</summary>
    private static readonly string[] Telling = ["message", "explanation", "summary", "reason", "description", "state", "stopped"];

    public static string TitleOf(JsonElement root)
    {
        if (IsError(root))
        {
            return "Error";
        }
        foreach (var name in (ReadOnlySpan<string>)["decision_id", "problem_id", "id", "problem_type", "format", "name"])
        {
            if (root.Text(name) is { Length: > 0 } value)
            {
                return $"{Words.Name(name.EndsWith("_id", StringComparison.Ordinal) ? name[..^3] : name)} {value}";
            }
        }
        return "Result";
    }

    public static bool IsError(JsonElement root) =>
        root.Member("error").ValueKind == JsonValueKind.True || (root.Member("error").ValueKind == JsonValueKind.String && root.Count("results") == 0);

    public static void Write(Page page, JsonElement root)
    {
        var html = page.Html;
        var isError = IsError(root);
        var sentence = Sentence(root);
        if (isError || sentence.Length > 0)
        {
            html.Open("div", isError ? "answer bad" : "answer unknown");
            if (isError)
            {
                TemporalSections.Chip(html, Standing.Bad, "The call failed");
            }
            html.Element("p", sentence.Length > 0 ? sentence : "The error has no message.", "lead").CloseLine();
        }
        if (root.ValueKind != JsonValueKind.Object)
        {
            html.Open("section");
            Value(page, root, "", 0);
            html.CloseLine();
            return;
        }
        Members(page, root);
    }

    /// <summary>The members that no section has shown, folded away.</summary>
    public static void Others(Page page, JsonElement root, string[] known, string title)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return;
        }
        var others = root.EnumerateObject().Where(member => !known.Contains(member.SafeName())).ToList();
        if (others.Count == 0)
        {
            return;
        }
        page.Html.Open("details", "more").Element("summary", title).Raw("\n");
        MemberTable(page, others, 1, title);
        page.Html.CloseLine();
    }

    /// <summary>One value at a depth of nesting; <paramref name="name"/> tells times and durations from numbers.</summary>
    public static void Value(Page page, JsonElement value, string name, int depth)
    {
        var html = page.Html;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when depth >= DepthMax || html.IsFull:
                html.Element("pre", html.IsFull ? "(not shown: the page is full)" : value.Raw());
                break;
            case JsonValueKind.Object:
                MemberTable(page, [.. value.EnumerateObject()], depth, null, name);
                break;
            case JsonValueKind.Array when value.GetArrayLength() == 0:
                html.Element("span", "none", "empty");
                break;
            case JsonValueKind.Array when value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object):
                Records(page, value, name, depth);
                break;
            case JsonValueKind.Array when value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Array):
                Rows(page, value, depth);
                break;
            case JsonValueKind.Array:
                html.Text(Join(value, name));
                break;
            default:
                html.Text(Scalar(value, name));
                break;
        }
    }

    private static string Sentence(JsonElement root)
    {
        foreach (var name in Telling)
        {
            var member = root.Member(name);
            if (member.ValueKind == JsonValueKind.String && member.AsText().Length > 0)
            {
                return name is "state" or "stopped" ? $"{Words.Name(name)}: {member.AsText()}" : member.AsText();
            }
            var texts = root.Objects(name).Select(part => part.Text("text")).Where(text => text.Length > 0).Take(8);
            if (string.Join(" ", texts) is { Length: > 0 } joined)
            {
                return joined;
            }
        }
        return root.Member("error").ValueKind == JsonValueKind.String ? root.Text("error") : "";
    }

    /// <summary>Top level: scalars in one table, everything else in a section of its own.</summary>
    private static void Members(Page page, JsonElement root)
    {
        var html = page.Html;
        var members = root.EnumerateObject().ToList();
        var scalars = members.Where(member => !IsNested(member.Value)).ToList();
        if (members.Count == 0)
        {
            html.Element("p", "The result is an empty object.", "note");
        }
        if (scalars.Count > 0)
        {
            html.Open("section").Element(page.H(), "In short");
            MemberTable(page, scalars, 0, null);
            html.CloseLine();
        }
        var nested = members.Where(member => IsNested(member.Value)).ToList();
        foreach (var member in nested.Take(MembersMax))
        {
            var name = member.SafeName();
            html.Open("section").Element(page.H(), Words.MeasuredName(name));
            Value(page, member.Value, name, 1);
            html.CloseLine();
        }
        page.More(nested.Count, MembersMax, "members");
    }

    private static bool IsNested(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array));

    private static void MemberTable(Page page, List<JsonProperty> members, int depth, string? caption, string parent = "")
    {
        var html = page.Html;
        if (members.Count == 0)
        {
            html.Element("span", "none", "empty");
            return;
        }
        html.Open("table", "members");
        if (caption is not null)
        {
            html.Element("caption", caption);
        }
        html.Open("tbody").Raw("\n");
        foreach (var member in members.Take(MembersMax))
        {
            var name = member.SafeName();
            html.Open("tr").Element("th", Words.MeasuredName(name), null, ("scope", "row")).Open("td");
            // An object named in ns holds ns: timing_ns {recall, forecast}; so does the scheduler's lateness, beside its count.
            Value(page, member.Value, parent.EndsWith("_ns", StringComparison.Ordinal) || (parent == "lateness" && name != "count") ? name + "_ns" : name, depth + 1);
            html.Close().CloseLine();
        }
        html.Close().CloseLine();
        page.More(members.Count, MembersMax, "members");
    }

    private static void Records(Page page, JsonElement array, string name, int depth)
    {
        var columns = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in array.EnumerateArray().Take(Page.RowsMax).Where(item => item.ValueKind == JsonValueKind.Object))
        {
            foreach (var member in item.EnumerateObject().Take(MembersMax))
            {
                if (seen.Count < MembersMax && seen.Add(member.SafeName()))
                {
                    columns.Add(member.SafeName());
                }
            }
        }
        var shown = columns.Take(ColumnsMax).ToList();
        var html = page.Html;
        html.Open("div", "scroll", ("tabindex", "0"), ("role", "group"), ("aria-label", name.Length > 0 ? Words.Name(name) : "Table"));
        var table = new HtmlTable(html, Words.Count(array.GetArrayLength(), "entry", "entries"), "records sortable", ["#", .. shown.Select(Words.MeasuredName)]);
        var row = 0;
        foreach (var item in array.EnumerateArray().Take(Page.RowsMax))
        {
            if (html.IsFull)
            {
                break;
            }
            table.BeginRow();
            table.Head(row.ToString(CultureInfo.InvariantCulture));
            for (var i = 0; i < shown.Count; i++)
            {
                var cell = item.Member(shown[i]);
                if (item.ValueKind != JsonValueKind.Object && i == 0)
                {
                    cell = item; // a lone value among objects
                }
                if (cell.IsWhole())
                {
                    table.OpenCell(i + 1, null, cell.AsText());
                }
                else if (cell.ValueKind == JsonValueKind.Number)
                {
                    table.OpenCell(i + 1, null, cell.AsNumber());
                }
                else
                {
                    table.OpenCell(i + 1);
                }
                if (cell.ValueKind != JsonValueKind.Undefined)
                {
                    Value(page, cell, shown[i], depth + 2);
                }
                html.Close();
            }
            table.EndRow();
            row++;
        }
        table.End();
        html.Close();
        page.More(array.GetArrayLength(), row, "entries");
        page.More(columns.Count, ColumnsMax, "columns");
    }

    private static void Rows(Page page, JsonElement array, int depth)
    {
        var html = page.Html;
        html.Open("ol", "rows", ("start", "0"));
        var shown = 0;
        foreach (var item in array.EnumerateArray().Take(Page.RowsMax))
        {
            if (html.IsFull)
            {
                break;
            }
            html.Open("li");
            Value(page, item, "", depth + 1);
            html.CloseLine();
            shown++;
        }
        html.Close();
        page.More(array.GetArrayLength(), shown, "entries");
    }

    private static string Join(JsonElement array, string name)
    {
        var count = array.GetArrayLength();
        var text = string.Join(", ", array.EnumerateArray().Take(ListMax).Select(item => Scalar(item, name)));
        return count > ListMax ? $"{text}, … ({count.ToString(CultureInfo.InvariantCulture)} in all)" : text;
    }

    private static string Scalar(JsonElement value, string name)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True: return "yes";
            case JsonValueKind.False: return "no";
            case JsonValueKind.Number:
                // Whole numbers may be ids: they keep every digit.
                return !Words.HoldsNanoseconds(name) && value.IsWhole() ? value.AsText() : Words.Measured(name, value);
            case JsonValueKind.String: return value.AsText();
            default: return Words.None;
        }
    }
}
