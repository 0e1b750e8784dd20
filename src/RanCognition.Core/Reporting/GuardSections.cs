using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What each guard said, those that took something out first.</summary>
internal static class GuardSections
{
    public static void Write(Page page, JsonElement decision)
    {
        List<JsonElement> guards = [];
        var all = decision.Objects("guards");
        foreach (var hasPassed in (ReadOnlySpan<bool>)[false, true])
        {
            guards.AddRange(all.FindAll(guard => HasPassed(guard) == hasPassed));
        }
        if (guards.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("guards", "Guards");
        var table = new HtmlTable(html, "Every guard that was asked; what one takes out nothing brings back", "stack", "Guard", "Verdict", "Why", "Took out");
        foreach (var guard in guards.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(guard.Text("name"), CognitionSections.NameMax)).Close();
            table.OpenCell(1);
            TemporalSections.Chip(html, HasPassed(guard) ? Standing.Good : Standing.Watch, HasPassed(guard) ? "passed" : "vetoed");
            html.Close();
            table.Cell(2, guard.Text("reason"));
            table.OpenCell(3);
            SettingTables.Listed(html, guard.Objects("vetoed"), HasPassed(guard) ? "nothing" : Words.None);
            html.Close();
            table.EndRow();
        }
        table.End();
        page.More(guards.Count, Page.RowsMax, "guards");
        html.CloseLine();
    }

    private static bool HasPassed(JsonElement guard) => guard.Member("passed").ValueKind == JsonValueKind.True;
}
