using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What each guard said, those that took something out first.</summary>
internal static class GuardSections
{
    public static void Write(Page page, JsonElement decision)
    {
        var all = decision.Objects("guards");
        if (all.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("guards", "Guards");
        var table = new DataTable
        {
            Many = "guards",
            Own = (_, guard, _) => TemporalSections.Chip(html, HasPassed(guard) ? Standing.Good : Standing.Watch, HasPassed(guard) ? "passed" : "vetoed"),
        };
        List<JsonElement> guards = [.. all.FindAll(guard => !HasPassed(guard)), .. all.FindAll(HasPassed)];
        table.Write(page, "Every guard that was asked; what one takes out nothing brings back", "Guard: name name; Verdict: own; Why: text reason; Took out: changes vetoed", guards);
        html.CloseLine();
    }

    private static bool HasPassed(JsonElement guard) => guard.Member("passed").ValueKind == JsonValueKind.True;
}
