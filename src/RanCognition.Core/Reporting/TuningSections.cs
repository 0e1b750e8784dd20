using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What a loop changed in itself: what, before and after, the losses that decided, and whether it was kept.</summary>
internal static class TuningSections
{
    private static readonly (string Member, string Name)[] Settings = [("memory", "memory"), ("damping", "damping"), ("score_window", "score window")];

    public static bool IsRollback(JsonElement change) => change.Member("is_rollback").ValueKind == JsonValueKind.True;

    public static void Write(Page page, LoopView loop)
    {
        if (loop.Changes == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("tuning", "What it changed in itself");
        var table = new HtmlTable(html, "Settings that the loop tried beside its own and took over; losses are means over the steps that decided, p of a one-sided paired test", "stack sortable",
            "Metric", "When", "What", "Before", "After", "Loss before", "Loss after", "p", "Steps", "Fate");
        var shown = 0;
        foreach (var metric in loop.Metrics)
        {
            var tuning = metric.Value.Member("tuning");
            var changes = tuning.Objects("changes");
            for (var i = 0; i < changes.Count && shown < Page.RowsMax; i++, shown++)
            {
                var isWatched = i == changes.Count - 1 && tuning.Has("previous");
                var isUndone = i + 1 < changes.Count && IsRollback(changes[i + 1]);
                Row(html, table, metric.SafeName(), changes[i], IsRollback(changes[i]) ? "a rollback" : isUndone ? "rolled back" : isWatched ? "kept, watched" : "kept");
            }
        }
        table.End();
        page.More(loop.Changes, shown, "changes");
        html.Element("p", "Memory: outcomes after which one counts 1/e in bias and gain. Damping: share of bias and gain that is applied. Score window: latest outcomes that the width of the interval is taken from.", "note");
        html.CloseLine();
    }

    private static void Row(HtmlWriter html, HtmlTable table, string metric, JsonElement change, string fate)
    {
        List<string> what = [], before = [], after = [];
        foreach (var (member, name) in Settings)
        {
            double old = change.Member("before").Number(member), next = change.Member("after").Number(member);
            if (!old.Equals(next))
            {
                what.Add(name);
                before.Add(Words.Number(old));
                after.Add(Words.Number(next));
            }
        }
        table.BeginRow();
        table.OpenHead();
        html.BreakableText(Words.Cut(metric, StrangeLoopSections.NameMax)).Close();
        table.OpenCell(1, "number", change.Text("time_ns"));
        html.Text(Words.Time(change.Nanoseconds("time_ns"))).Close();
        table.Cell(2, what.Count > 0 ? string.Join(", ", what) : Words.None);
        table.Cell(3, string.Join(", ", before), "number");
        table.Cell(4, string.Join(", ", after), "number");
        table.Cell(5, Words.Number(change.Number("loss_before")), "number", change.Number("loss_before"));
        table.Cell(6, Words.Number(change.Number("loss_after")), "number", change.Number("loss_after"));
        table.Cell(7, Words.PValue(change.Number("p_value")), "number", change.Number("p_value"));
        table.Cell(8, Words.Number(change.Number("steps")), "number", change.Number("steps"));
        table.OpenCell(9);
        TemporalSections.Chip(html, fate.StartsWith("kept", StringComparison.Ordinal) ? Standing.Good : fate == "rolled back" ? Standing.Watch : Standing.Unknown, fate);
        html.Close();
        table.EndRow();
    }
}
