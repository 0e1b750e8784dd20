using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.Temporal;

/// <summary>Puts tested findings into words. Every number in a sentence stands in the result, at the JSON pointers given with it.</summary>
internal static class InsightWriter
{
    /// <summary>Insights of one result; the most important are kept.</summary>
    public const int InsightsMax = 50;

    // A verdict is worth a sentence when the limit is at least this likely to be broken.
    private const double NotableRisk = 0.05;

    public static List<TemporalInsight> Write(
        List<MetricOutlook> outlooks, List<TemporalPrediction> predictions, List<ConstraintVerdict> verdicts,
        List<TemporalPattern> patterns)
    {
        List<TemporalInsight> insights = [];
        for (int i = 0; i < verdicts.Count; i++)
        {
            OfVerdict(insights, verdicts[i], i);
        }
        for (int i = 0; i < patterns.Count; i++)
        {
            if (patterns[i].PatternType != PatternTypes.ConstraintViolation)
            {
                insights.Add(OfPattern(patterns[i], i));
            }
            else if (IsWorst(patterns, i))
            {
                insights.Add(OfViolations(patterns, i));
            }
        }
        OfForecasts(insights, outlooks, predictions);
        // Stable: within one impact the order stays that of the findings.
        List<TemporalInsight> ordered = [.. insights.OrderByDescending(insight => Rank(insight.Impact))];
        return ordered.Count > InsightsMax ? ordered[..InsightsMax] : ordered;
    }

    private static void OfVerdict(List<TemporalInsight> insights, ConstraintVerdict verdict, int index)
    {
        string place = $"/verdicts/{index}";
        if (!double.IsFinite(verdict.Probability))
        {
            if (double.IsFinite(verdict.Robustness))
            {
                bool holds = verdict.HoldsNow ?? verdict.Robustness >= 0;
                string state = holds ? "holds" : "is violated";
                insights.Add(new TemporalInsight
                {
                    Description = $"{verdict.Expression} {state} at present with a margin of {Number(verdict.Robustness)}; without history nothing can be said about the future.",
                    Confidence = 0,
                    Actionable = !holds,
                    Impact = holds ? "low" : "high",
                    Fields = [$"{place}/robustness", $"{place}/holds_now", $"{place}/reason"],
                });
            }
            return;
        }
        double risk = 1 - verdict.Probability;
        // Laplace's rule: that no simulated future breaks a limit does not make it certain.
        double sure = (Math.Max(risk, verdict.Probability) * verdict.Scenarios + 1) / (verdict.Scenarios + 2);
        if (risk < NotableRisk)
        {
            insights.Add(new TemporalInsight
            {
                Description = $"{verdict.Expression} will hold with probability {Percent(verdict.Probability)}.",
                Confidence = sure,
                Actionable = false,
                Impact = "low",
                Fields = [$"{place}/probability"],
            });
            return;
        }
        string when = verdict.FirstViolationNs is { } first ? $"; where it breaks, it typically first does so at {Time(first)}" : "";
        insights.Add(new TemporalInsight
        {
            Description = $"{verdict.Expression} holds with probability {Percent(verdict.Probability)} only{when}.",
            Confidence = sure,
            Actionable = risk >= 0.5,
            Impact = risk >= 0.8 ? "critical" : risk >= 0.5 ? "high" : risk >= 0.2 ? "medium" : "low",
            Fields = verdict.FirstViolationNs is null ? [$"{place}/probability"] : [$"{place}/probability", $"{place}/first_violation_ns"],
        });
    }

    private static TemporalInsight OfPattern(TemporalPattern pattern, int index)
    {
        string place = $"/patterns/{index}";
        (string text, string impact, bool actionable) = Describe(pattern);
        return new TemporalInsight
        {
            Description = text,
            Confidence = pattern.Confidence,
            Actionable = actionable,
            Impact = impact,
            Fields = [$"{place}/parameters", $"{place}/start_time", $"{place}/p_value"],
        };
    }

    /// <summary>One sentence for all times that one constraint was broken by one metric: this is the worst of them.</summary>
    private static bool IsWorst(List<TemporalPattern> patterns, int index)
    {
        for (int i = 0; i < patterns.Count; i++)
        {
            double excess = Value(patterns[i], "worst_excess"), own = Value(patterns[index], "worst_excess");
            if (SameViolation(patterns[i], patterns[index]) && (excess > own || (excess == own && i < index)))
            {
                return false;
            }
        }
        return true;
    }

    private static bool SameViolation(TemporalPattern a, TemporalPattern b) =>
        a.PatternType == PatternTypes.ConstraintViolation && a.Constraint == b.Constraint && a.Metric == b.Metric && a.OtherMetric == b.OtherMetric;

    private static TemporalInsight OfViolations(List<TemporalPattern> patterns, int index)
    {
        TemporalPattern worst = patterns[index];
        int times = patterns.Count(pattern => SameViolation(pattern, worst));
        string place = $"/patterns/{index}";
        string when = worst.StartTime == worst.EndTime ? $"at {Time(worst.StartTime)}" : $"from {Time(worst.StartTime)} to {Time(worst.EndTime)}";
        string often = times == 1 ? "" : times < PatternFinder.PerTypeMax ? $" {times} times, worst" : $" at least {times} times, worst";
        return new TemporalInsight
        {
            Description = $"{worst.Metric} broke {worst.Constraint}{often} {when}, by {Number(Value(worst, "worst_excess"))}.",
            Confidence = 1,
            Actionable = true,
            Impact = "high",
            Fields = [$"{place}/parameters/worst_excess", $"{place}/start_time", $"{place}/end_time"],
        };
    }

    private static (string Text, string Impact, bool Actionable) Describe(TemporalPattern pattern)
    {
        string metric = pattern.Metric;
        string start = Time(pattern.StartTime);
        string seen = $"{Number(Value(pattern, "value"))} where {Number(Value(pattern, "expected"))} was expected";
        return pattern.PatternType switch
        {
            PatternTypes.Seasonality => ($"{metric} repeats every {Period(pattern)}; this explains {Percent(Value(pattern, "strength"))} of its variation.", "low", false),
            PatternTypes.Trend => ($"{metric} moves by {Slope(pattern)} over the whole history.", "medium", false),
            PatternTypes.LevelShift => ($"{metric} changed level at {start}, from {Number(Value(pattern, "before"))} to {Number(Value(pattern, "after"))}.", "medium", true),
            PatternTypes.VarianceShift => ($"{metric} changed its spread at {start}, from {Number(Value(pattern, "before"))} to {Number(Value(pattern, "after"))}.", "medium", false),
            PatternTypes.Outage => ($"{metric} fell out at {start}: {seen}.", "high", true),
            PatternTypes.Spike => ($"{metric} spiked at {start}: {seen}.", "medium", false),
            PatternTypes.Dip => ($"{metric} dipped at {start}: {seen}.", "medium", false),
            PatternTypes.Surge => ($"{metric} surged from {start}: {seen}.", "high", true),
            PatternTypes.Flatline => ($"{metric} stood still from {start} to {Time(pattern.EndTime)} at {Number(Value(pattern, "value"))}.", "high", true),
            PatternTypes.Drift => ($"{metric} drifted by {Slope(pattern)} from {start} to {Time(pattern.EndTime)}.", "medium", true),
            PatternTypes.Motif => ($"{metric} shows a shape of {Number(Value(pattern, "length_steps"))} samples {Number(Value(pattern, "occurrences"))} times, first at {start}.", "low", false),
            PatternTypes.LeadLag => ($"{metric} moves {Lag(pattern)} ahead of {pattern.OtherMetric} (correlation {Number(Value(pattern, "correlation"))}).", "low", false),
            _ => ($"{metric}: {pattern.PatternType} at {start}.", "low", false),
        };
    }

    private static void OfForecasts(List<TemporalInsight> insights, List<MetricOutlook> outlooks, List<TemporalPrediction> predictions)
    {
        foreach (MetricOutlook outlook in outlooks)
        {
            int index = predictions.FindLastIndex(prediction => prediction.Metric == outlook.Grid.Metric);
            TemporalPrediction last = predictions[index];
            string place = $"/predictions/{index}";
            if (outlook.Model == "none")
            {
                bool stale = outlook.Grid.KnownCount > 0;
                insights.Add(new TemporalInsight
                {
                    Description = stale ? $"{last.Metric} ended at {Time(outlook.Grid.EndNs)}, too long before the other metrics to say anything of their future."
                        : $"{last.Metric} has no known sample: nothing can be said of it.",
                    Confidence = 0,
                    Actionable = false,
                    Impact = "none",
                    Fields = [$"{place}/model"],
                });
                continue;
            }
            if (!outlook.HasHistory)
            {
                insights.Add(new TemporalInsight
                {
                    Description = $"{last.Metric} has no history: its prediction is the present value with an interval as wide as the value is large.",
                    Confidence = last.Confidence,
                    Actionable = false,
                    Impact = "none",
                    Fields = [$"{place}/model", $"{place}/lower", $"{place}/upper"],
                });
                continue;
            }
            insights.Add(new TemporalInsight
            {
                Description = $"{last.Metric} is expected at {Number(last.PredictedValue)} ({Percent(last.Coverage)} interval {Number(last.Lower)} to {Number(last.Upper)}) {Duration(last.TimeHorizon)} ahead.",
                Confidence = last.Confidence,
                Actionable = false,
                Impact = "low",
                Fields = [$"{place}/predicted_value", $"{place}/lower", $"{place}/upper", $"{place}/time_horizon"],
            });
        }
    }

    private static int Rank(string impact) => impact switch { "critical" => 4, "high" => 3, "medium" => 2, "low" => 1, _ => 0 };

    private static double Value(TemporalPattern pattern, string name)
    {
        foreach ((string key, double value) in pattern.Parameters)
        {
            if (key == name)
            {
                return value;
            }
        }
        return double.NaN;
    }

    private static string Slope(TemporalPattern pattern)
    {
        double perDay = Value(pattern, "slope_per_day");
        return double.IsNaN(perDay) ? $"{Number(Value(pattern, "slope_per_step"))} a sample" : $"{Number(perDay)} a day";
    }

    private static string Lag(TemporalPattern pattern)
    {
        double steps = Value(pattern, "lag_steps");
        return steps == 1 ? "1 step" : $"{Number(steps)} steps";
    }

    private static string Period(TemporalPattern pattern)
    {
        double nanoseconds = Value(pattern, "period_ns");
        return nanoseconds > 0 ? Duration((ulong)nanoseconds) : $"{Number(Value(pattern, "period_steps"))} samples";
    }

    /// <summary>Enough digits to compare, never in a culture's own form.</summary>
    private static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            return "an unknown value";
        }
        string format = Math.Abs(value) switch
        {
            0 => "0",
            < 1e-4 or >= 1e7 => "0.###e0",
            < 1 => "0.####",
            < 100 => "0.##",
            _ => "0.#",
        };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static string Time(ulong nanoseconds)
    {
        const ulong NanosecondsPerTick = 100;
        ulong ticks = nanoseconds / NanosecondsPerTick;
        return ticks > (ulong)(DateTime.MaxValue - DateTime.UnixEpoch).Ticks
            ? $"{nanoseconds} ns"
            : DateTime.UnixEpoch.AddTicks((long)ticks).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture).Replace(":00Z", "Z", StringComparison.Ordinal);
    }

    private static string Duration(ulong nanoseconds)
    {
        double seconds = nanoseconds / 1e9;
        (double value, string unit) = seconds switch
        {
            >= 2 * 86_400 => (seconds / 86_400, "days"),
            >= 2 * 3_600 => (seconds / 3_600, "h"),
            >= 120 => (seconds / 60, "min"),
            >= 1 => (seconds, "s"),
            >= 1e-3 => (seconds * 1e3, "ms"),
            _ => (nanoseconds, "ns"),
        };
        return value.ToString("0.##", CultureInfo.InvariantCulture) + " " + unit;
    }
}
