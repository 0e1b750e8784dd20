using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What was taken of a message of measurements, and what was not and why.</summary>
internal static class IngestSections
{
    public static readonly string[] Known = ["format", "network_id", "objects", "metrics", "samples", "skipped", "from_ns", "to_ns", "granularity_ns"];

    private const int PeriodsMax = 8;

    public static void Write(Page page, JsonElement report)
    {
        var html = page.Html;
        var skipped = report.Objects("skipped");
        html.Open("div", "answer " + Outlook.CssClass(StandingOf(report))).Element("p", Sentence(report), "lead").CloseLine();
        html.Open("dl", "facts");
        if (report.Text("network_id") is { Length: > 0 } network)
        {
            MemorySections.Fact(html, "Network", Words.Cut(network, CognitionSections.NameMax));
        }
        if (report.Has("from_ns"))
        {
            MemorySections.Fact(html, "Time", Words.Span(report.Nanoseconds("from_ns"), report.Nanoseconds("to_ns")));
        }
        var periods = report.Numbers("granularity_ns");
        if (periods.Length > 0)
        {
            var listed = new string[Math.Min(periods.Length, PeriodsMax)];
            for (var i = 0; i < listed.Length; i++)
            {
                listed[i] = Words.Duration(periods[i]);
            }
            MemorySections.Fact(html, periods.Length == 1 ? "Period" : "Periods", string.Join(", ", listed) + (periods.Length > PeriodsMax ? " and others" : ""));
        }
        MemorySections.TimeFact(html, report);
        html.CloseLine();
        if (skipped.Count == 0)
        {
            return;
        }
        page.Section("skipped", "What was not taken");
        new DataTable { Many = "reasons", Whole = Left(report), Own = (_, one, _) => html.Text(Words.Cut(Why(one.Text("why")), CognitionSections.NameMax)) }.Write(page,
            "Values as written, by reason, and their part of all that were not taken", "What: name what; Why: own; Values: number count; Part: part count", skipped);
        html.CloseLine();
    }

    public static Standing StandingOf(JsonElement report) => !(report.Number("samples") > 0) ? Standing.Bad : report.Count("skipped") > 0 ? Standing.Watch : Standing.Good;

    public static string Sentence(JsonElement report)
    {
        var left = Left(report);
        var taken = report.Number("samples");
        return (taken > 0 ? $"{Counted(taken, "number")} of {Counted(report.Number("metrics"), "metric")} of {Counted(report.Number("objects"), "managed object")} {(taken == 1 ? "was" : "were")} taken" : "Nothing was taken")
            + $" from {FormatName(report.Text("format"))}" + (left > 0 ? $"; {Counted(left, "value")} {(left == 1 ? "was" : "were")} not." : ".");
    }

    private static double Left(JsonElement report)
    {
        double left = 0;
        foreach (var one in report.Objects("skipped"))
        {
            left += one.Number("count") is > 0 and var count ? count : 0;
        }
        return left;
    }

    private static string Counted(double count, string one) => $"{Words.Number(count)} {one}{(count == 1 ? "" : "s")}";

    private static string FormatName(string format) => format switch
    {
        "ves_perf3gpp" => "VES perf3gpp",
        "ts28532_xml" => "TS 28.532 XML",
        "ts32435_xml" => "TS 32.435 XML",
        "e2sm_kpm" => "E2SM-KPM",
        "rows" => "rows",
        _ => Words.Cut(format, CognitionSections.NameMax),
    };

    private static string Why(string why) => why switch
    {
        "suspect" => "marked as suspect",
        "bad_time" => "its end is missing, unreadable or before its start",
        "missing_type" => "its type is not named",
        "empty" => "empty",
        "not_a_number" => "not a number",
        _ => Words.Name(why),
    };
}
