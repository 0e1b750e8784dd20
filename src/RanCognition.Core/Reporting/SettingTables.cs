using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Changes of attributes, as a table or as a sentence.</summary>
internal static class SettingTables
{
    /// <summary>Changes told within a cell.</summary>
    private const int ToldMax = 5;

    public static void Write(Page page, string caption, List<JsonElement> changes, bool hasBefore)
    {
        var html = page.Html;
        string[] columns = hasBefore ? ["Managed object", "Attribute", "Before", "After"] : ["Managed object", "Attribute", "Value"];
        var table = new HtmlTable(html, caption, "stack sortable", columns);
        foreach (var change in changes.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(change.Text("managedObject"), CognitionSections.NameMax)).Close();
            table.Cell(1, Words.Cut(change.Text("attribute"), CognitionSections.NameMax));
            if (hasBefore)
            {
                Cell(table, 2, change, "before");
            }
            Cell(table, hasBefore ? 3 : 2, change, "after");
            table.EndRow();
        }
        table.End();
        page.More(changes.Count, Page.RowsMax, "changes");
    }

    /// <summary>"digitalTilt of NRCellDU=1 goes from 20 to 40".</summary>
    public static string Change(JsonElement change)
    {
        var what = $"{Words.Cut(change.Text("attribute"), CognitionSections.NameMax)} of {Words.Cut(change.Text("managedObject"), CognitionSections.NameMax)}";
        return change.Has("before") ? $"{what} goes from {Value(change, "before")} to {Value(change, "after")}" : $"{what} is set to {Value(change, "after")}";
    }

    /// <summary>Some changes as a list within a cell.</summary>
    public static void Listed(HtmlWriter html, List<JsonElement> changes, string none)
    {
        if (changes.Count == 0)
        {
            html.Text(none);
            return;
        }
        html.Open("ul", "plain");
        foreach (var change in changes.Take(ToldMax))
        {
            html.Element("li", Change(change));
        }
        if (changes.Count > ToldMax)
        {
            html.Element("li", $"and {Words.Count(changes.Count - ToldMax, "other change")}", "note");
        }
        html.Close();
    }

    private static void Cell(HtmlTable table, int column, JsonElement change, string name) =>
        table.Cell(column, Value(change, name), double.IsNaN(change.Number(name)) ? null : "number", change.Number(name));

    /// <summary>An attribute that has no value has its default.</summary>
    private static string Value(JsonElement change, string name) => change.Member(name).ValueKind == JsonValueKind.Null ? "its default" : EpisodeCard.ValueOf(change, name);
}
