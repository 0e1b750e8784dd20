using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Changes of attributes, as a table or as a sentence.</summary>
internal static class SettingTables
{
    /// <summary>Changes told within a cell.</summary>
    private const int ToldMax = 5;

    public static void Write(Page page, string caption, JsonElement changes, bool hasBefore) => new DataTable { Many = "changes" }.Write(page, caption,
        hasBefore ? "Managed object: name managedObject; Attribute: name attribute; Before: value before; After: value after" : "Managed object: name managedObject; Attribute: name attribute; Value: value after", changes);

    /// <summary>"digitalTilt of NRCellDU=1 goes from 20 to 40".</summary>
    public static string Change(JsonElement change)
    {
        var what = $"{Words.Cut(change.Text("attribute"), CognitionSections.NameMax)} of {Words.Cut(change.Text("managedObject"), CognitionSections.NameMax)}";
        return (change.Has("before") ? $"{what} goes from {Value(change.Member("before"))} to " : $"{what} is set to ") + Value(change.Member("after"));
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
        for (var i = 0; i < Math.Min(changes.Count, ToldMax); i++)
        {
            html.Element("li", Change(changes[i]));
        }
        if (changes.Count > ToldMax)
        {
            html.Element("li", $"and {Words.Count(changes.Count - ToldMax, "other change")}", "note");
        }
        html.Close();
    }

    /// <summary>An attribute that has no value has its default.</summary>
    public static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => Words.None,
        JsonValueKind.Null => "its default",
        JsonValueKind.Object or JsonValueKind.Array => Words.Cut(value.Raw(), CognitionSections.NameMax),
        _ => Words.Cut(value.AsText(), CognitionSections.NameMax),
    };
}
