using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What a decision rests on beside the causes: similar cases and what came of them, and what the result depends on.</summary>
internal static class EvidenceSections
{
    public static void Write(Page page, JsonElement evidence)
    {
        var html = page.Html;
        if (evidence.Objects("similar").Count > 0)
        {
            page.Section("similar", "Similar cases");
            new DataTable { Many = "cases", Own = (_, one, _) => Success(html, one.Member("success").ValueKind) }.Write(page, "Earlier cases, the most similar first, whether what was done in them helped, and what came of it",
                "Episode: name id; Distance: number distance; What was done: own; Changes: changes action; Came of it: numbers outcome", evidence.Member("similar"));
            html.CloseLine();
        }
        var sensitivities = evidence.Member("sensitivities");
        double far = 0;
        var members = LoopReplySections.Members(sensitivities);
        foreach (var member in members)
        {
            far = Math.Max(far, double.IsNaN(member.Value.AsNumber()) ? 0 : Math.Abs(member.Value.AsNumber()));
        }
        if (members.Count > 0)
        {
            page.Section("sensitivities", "What it depends on");
            new DataTable { Many = "settings", Own = (_, value, _) => Sensitivity(html, value.AsNumber(), far) }.Write(page,
                "Change of the probability of all targets when this change alone is left out; below 0 it helps", "Setting: key; Sensitivity: own", sensitivities);
            html.CloseLine();
        }
    }

    private static void Success(HtmlWriter html, JsonValueKind success) =>
        TemporalSections.Chip(html, success == JsonValueKind.True ? Standing.Good : success == JsonValueKind.False ? Standing.Bad : Standing.Unknown,
            success == JsonValueKind.True ? "helped" : success == JsonValueKind.False ? "did not help" : "not known");

    private static void Sensitivity(HtmlWriter html, double value, double far)
    {
        html.Text(EpisodeCard.Signed(value) + " ");
        if (double.IsFinite(value) && PlainPlot.IsDrawable(far))
        {
            Bars.Range(html, value, Math.Min(0, value), Math.Max(0, value), -1.1 * far, 1.1 * far, zero: true);
        }
    }
}
