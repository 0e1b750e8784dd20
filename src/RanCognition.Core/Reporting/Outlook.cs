using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>How a temporal result stands, from its own numbers.</summary>
internal enum Standing
{
    Unknown,
    Good,
    Watch,
    Bad,
}

/// <summary>The short form of a temporal result: one sentence, its standing, and the numbers behind it.</summary>
internal sealed class Outlook
{
    /// <summary>Below this probability of holding, a limit counts as at risk.</summary>
    public const double AtRiskBelow = 0.95;

    /// <summary>Below this probability of holding, a limit is more likely broken than not.</summary>
    public const double LikelyBrokenBelow = 0.5;

    private static readonly string[] Impacts = ["none", "low", "medium", "high", "critical"];

    public Standing Standing { get; private init; }
    public string Label { get; private init; } = "";
    public string Answer { get; private init; } = "";

    /// <summary>Verdicts with a probability, and those of them at risk.</summary>
    public int Judged { get; private init; }
    public int AtRisk { get; private init; }

    /// <summary>Verdicts without a probability.</summary>
    public int Unjudged { get; private init; }

    /// <summary>Largest probability that a limit is broken; NaN without verdicts.</summary>
    public double WorstRisk { get; private init; } = double.NaN;

    public static Outlook Of(JsonElement result)
    {
        var verdicts = result.Objects("verdicts");
        var insights = RankedInsights(result);
        var judged = verdicts.Where(verdict => !double.IsNaN(Holds(verdict))).OrderBy(Holds).ToList();
        var atRisk = judged.Count(verdict => Holds(verdict) < AtRiskBelow);
        var worst = judged.Count > 0 ? Holds(judged[0]) : double.NaN;
        var impact = insights.Count > 0 ? ImpactRank(insights[0]) : 0;
        var isBrokenNow = verdicts.Exists(verdict => VerdictSections.HoldsNow(verdict) == false);
        var standing = worst < LikelyBrokenBelow || impact == 4 || isBrokenNow ? Standing.Bad
            : worst < AtRiskBelow || impact == 3 ? Standing.Watch
            : judged.Count > 0 || insights.Count > 0 ? Standing.Good : Standing.Unknown;
        return new Outlook
        {
            Standing = standing,
            Judged = judged.Count,
            AtRisk = atRisk,
            WorstRisk = 1 - worst,
            Label = isBrokenNow && !(worst < LikelyBrokenBelow) ? "Limit broken now"
                : standing == Standing.Unknown && ExpansionSections.Recognises(result) ? "Measured" : LabelOf(standing, worst),
            Unjudged = verdicts.Count - judged.Count,
            Answer = AnswerOf(result, insights, judged),
        };
    }

    public static string CssClass(Standing standing) => standing switch
    {
        Standing.Bad => "bad",
        Standing.Watch => "watch",
        Standing.Good => "good",
        _ => "unknown",
    };

    public static double Holds(JsonElement verdict)
    {
        var probability = verdict.Number("probability");
        return probability is >= 0 and <= 1 ? probability : double.NaN;
    }

    public static string Expression(JsonElement verdict)
    {
        var text = verdict.Text("expression");
        return text.Length > 0 ? text : verdict.Text("id");
    }

    /// <summary>Insights by impact, then confidence, then their own order.</summary>
    public static List<JsonElement> RankedInsights(JsonElement result) =>
        [.. result.Objects("insights").Where(insight => insight.Text("description").Length > 0)
            .OrderByDescending(ImpactRank).ThenByDescending(insight => insight.Number("confidence"))];

    public static int ImpactRank(JsonElement insight) => Math.Max(0, Array.IndexOf(Impacts, insight.Text("impact").ToLowerInvariant()));

    public static bool IsImpact(string impact) => Array.IndexOf(Impacts, impact.ToLowerInvariant()) >= 0;

    private static string LabelOf(Standing standing, double worst) => standing switch
    {
        Standing.Bad => worst < LikelyBrokenBelow ? "Limit likely to be broken" : "Critical finding",
        Standing.Watch => worst < AtRiskBelow ? "Limit at risk" : "Finding of high impact",
        Standing.Good => double.IsNaN(worst) ? "Nothing urgent found" : "Within limits",
        _ => "No verdict",
    };

    private static string AnswerOf(JsonElement result, List<JsonElement> insights, List<JsonElement> judged)
    {
        // A limit at risk is the answer: in the words of the insight about it, if there is one.
        var atRisk = judged.Count > 0 && Holds(judged[0]) < AtRiskBelow;
        var insight = atRisk ? insights.Find(candidate => IsAboutRisk(result, candidate)) : insights.FirstOrDefault();
        if (insight.ValueKind == JsonValueKind.Object)
        {
            return insight.Text("description");
        }
        if (judged.Count > 0)
        {
            var first = VerdictSections.IsOfStatistic(Expression(judged[0])) ? null : judged[0].Nanoseconds("first_violation_ns");
            return $"{Expression(judged[0])}: {Words.Percent(1 - Holds(judged[0]))} chance of being broken" +
                (first is null ? "." : $", first around {Words.Time(first)}.");
        }
        if (ExpansionSections.Recognises(result))
        {
            return ExpansionSections.Answer(result);
        }
        var predictions = result.Objects("predictions");
        if (predictions.Count > 0)
        {
            var metric = predictions[0].Text("metric");
            var far = predictions.Where(prediction => prediction.Text("metric") == metric).MaxBy(prediction => prediction.Nanoseconds("time_horizon") ?? 0);
            return PredictionSentence(far, metric.Length > 0 ? metric + " is" : "Expected:") +
                (predictions.Any(prediction => prediction.Text("metric") != metric) ? " More metrics are forecast below." : "");
        }
        var patterns = result.Objects("patterns").Count;
        return patterns > 0 ? $"{Words.Count(patterns, "pattern")} found in the history." : "The result holds no findings.";
    }

    private static bool IsAboutRisk(JsonElement result, JsonElement insight)
    {
        if (ImpactRank(insight) == 4)
        {
            return true;
        }
        var fields = insight.Member("fields");
        return fields.ValueKind == JsonValueKind.Array && fields.EnumerateArray().Take(16).Any(field =>
        {
            var parts = field.AsText().Split('/');
            return parts.Length >= 3 && parts[1] == "verdicts" && Holds(result.Resolve("/verdicts/" + parts[2])) < AtRiskBelow;
        });
    }

    /// <summary>"x is expected at 78.1 in 24 h (95 %: 61.2 to 93.4)."</summary>
    public static string PredictionSentence(JsonElement prediction, string subject)
    {
        double lower = prediction.Number("lower"), upper = prediction.Number("upper");
        var text = $"{subject} expected at {Words.NumberWithin(prediction.Number("predicted_value"), upper - lower)}";
        if (prediction.Nanoseconds("time_horizon") is { } horizon)
        {
            text += $" in {Words.Duration(horizon)}";
        }
        if (double.IsNaN(lower) || double.IsNaN(upper))
        {
            return text + ", without a known interval.";
        }
        var coverage = prediction.Number("coverage");
        return text + $" ({(double.IsNaN(coverage) ? "interval" : Words.Percent(coverage))}: {Words.Interval(lower, upper)}).";
    }
}
