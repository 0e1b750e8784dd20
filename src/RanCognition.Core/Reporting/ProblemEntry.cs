using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>One element of <c>results</c>, as serde writes a Result, or bare: what its row says, and what it can be found, filtered and sorted by.</summary>
internal sealed record ProblemEntry(int Number, string Title, string Network, JsonElement Result, bool IsFailed, Standing Standing, string Label, string Answer)
{
    /// <summary>Longest name and answer in a row: a list of a thousand names of 10 kB would be no list.</summary>
    private const int NameMax = 120, AnswerMax = 300, FindingsMax = 5, MetricsMax = 20;

    public string Id => "problem-" + (Number + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Largest probability that a limit is broken; NaN when there is none.</summary>
    public double Risk { get; private init; } = double.NaN;

    public double Confidence { get; private init; } = double.NaN;

    /// <summary>Samples of history.</summary>
    public double Samples { get; private init; }

    /// <summary>Kinds of findings, in snake_case, each once: the types of the patterns, and how its limits stand.</summary>
    public string[] Kinds { get; private init; } = [];

    /// <summary>Words to be found by beside those of the row: metrics and findings.</summary>
    public string Findable { get; private init; } = "";

    public double SortableRisk => double.IsNaN(Risk) ? -1 : Risk;

    /// <summary>Larger is more urgent; a failure stands between what is likely to break and what is only at risk.</summary>
    public int Urgency => IsFailed ? 2 * (int)Standing.Watch + 1 : 2 * (int)Standing;

    public static ProblemEntry Of(JsonElement item, int number)
    {
        var fallback = "Problem " + (number + 1).ToString(CultureInfo.InvariantCulture);
        if (item.Has("Err") || GenericSections.IsError(item))
        {
            var error = item.Has("Err") ? item.Member("Err") : item;
            var message = error.ValueKind == JsonValueKind.Object ? error.Text("message") : error.AsText();
            return new ProblemEntry(number, fallback, "", item, true, Standing.Bad, "Failed", Words.Cut(message.Length > 0 ? message : error.Raw(), AnswerMax)) { Kinds = ["failed"] };
        }
        var result = item.Has("Ok") ? item.Member("Ok") : item;
        var network = Words.Cut(result.Text("network_id"), NameMax);
        if (!TemporalSections.Recognises(result))
        {
            return new ProblemEntry(number, fallback, network, result, false, Standing.Unknown, "Result", "");
        }
        var outlook = Outlook.Of(result);
        var title = TemporalSections.TitleOf(result);
        return new ProblemEntry(number, title == TemporalSections.TitleWithoutName ? fallback : Words.Cut(title, NameMax), network, result, false, outlook.Standing, outlook.Label, Words.Cut(outlook.Answer, AnswerMax))
        {
            Risk = outlook.WorstRisk,
            Confidence = result.Number("confidence"),
            Samples = SamplesOf(result),
            Kinds = KindsOf(result, outlook),
            Findable = FindableOf(result),
        };
    }

    private static double SamplesOf(JsonElement result) =>
        result.Count("metrics") > 0 ? result.Objects("metrics").Select(metric => metric.Number("samples")).Where(double.IsFinite).Sum() : result.Objects("series").Sum(series => series.Count("values"));

    private static string[] KindsOf(JsonElement result, Outlook outlook)
    {
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        if (1 - outlook.WorstRisk < Outlook.LikelyBrokenBelow)
        {
            kinds.Add("limit_likely_broken");
        }
        if (1 - outlook.WorstRisk < Outlook.AtRiskBelow)
        {
            kinds.Add("limit_at_risk");
        }
        foreach (var pattern in result.Objects("patterns"))
        {
            // Only names of the library's own form: they stand in a list separated by spaces.
            if (PatternSections.TypeOf(pattern) is { Length: > 0 and < 40 } type && type.All(c => char.IsAsciiLetterLower(c) || c == '_'))
            {
                kinds.Add(type);
            }
        }
        return [.. kinds];
    }

    private static string FindableOf(JsonElement result)
    {
        var metrics = MetricView.Gather(result).Take(MetricsMax).Select(metric => Words.Cut(metric.Name, NameMax));
        var findings = Outlook.RankedInsights(result).Take(FindingsMax).Select(insight => Words.Cut(insight.Text("description"), NameMax));
        return string.Join("\n", metrics.Concat(findings));
    }
}
