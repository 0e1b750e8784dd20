using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What an action changes against its absence in like situations, or why there is no answer.</summary>
internal static class EffectSections
{
    public static void Write(Page page, JsonElement result)
    {
        var html = page.Html;
        double effect = result.Number("effect"), lower = result.Number("lower"), upper = result.Number("upper");
        var isEnough = result.Member("enough").ValueKind == JsonValueKind.True && double.IsFinite(effect);
        html.Open("div", "answer unknown").Element("p", isEnough ? Sentence(effect, lower, upper) : "There is not enough data to say what the action changes.", "lead");
        if (!isEnough && result.Text("reason") is { Length: > 0 } reason)
        {
            html.Element("p", $"Why: {reason}.");
        }
        html.CloseLine();
        html.Open("dl", "facts");
        MemorySections.Fact(html, "Episodes with the action", Words.Number(result.Number("treated")));
        MemorySections.Fact(html, "Episodes without it", Words.Number(result.Number("control")));
        MemorySections.TimeFact(html, result);
        html.CloseLine();
        page.Section("effect", "The estimate");
        var table = new HtmlTable(html, "Change of the outcome by the action, in the outcome's own unit; the thin mark of the bar is zero", "stack", "Estimate", "Interval", "Method");
        table.BeginRow();
        table.Head(isEnough ? EpisodeCard.Signed(effect) : Words.None);
        table.OpenCell(1, "number measured");
        html.Text(isEnough ? Words.Interval(lower, upper) + " " : Words.None);
        if (isEnough)
        {
            double far = 1.1 * Math.Max(Math.Abs(effect), Math.Max(Size(lower), Size(upper)));
            Bars.Range(html, effect, lower, upper, -far, far, zero: true);
        }
        html.Close();
        table.Cell(2, result.Text("method") is { Length: > 0 } method ? method : Words.None);
        table.EndRow();
        table.End();
        html.Element("p", "The episodes were not an experiment: the estimate holds as far as the situations kept tell what led to the action. The interval is at the coverage that was asked for (95 % when none was).", "note");
        html.CloseLine();
    }

    private static double Size(double bound) => double.IsFinite(bound) ? Math.Abs(bound) : 0;

    // Whether more is better is not known here: it says only which way.
    private static string Sentence(double effect, double lower, double upper)
    {
        if (double.IsNaN(lower) || double.IsNaN(upper))
        {
            return $"The action changes the outcome by {EpisodeCard.Signed(effect)}; how sure that is, is not known.";
        }
        return lower > 0 || upper < 0
            ? $"The action {(lower > 0 ? "raises" : "lowers")} the outcome by {Words.NumberWithin(Math.Abs(effect), upper - lower)} ({Words.Interval(lower, upper)})."
            : $"No effect is proven: {Words.NumberWithin(effect, upper - lower)}, and the interval from {Words.Interval(lower, upper)} holds zero.";
    }
}
