using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Limits: whether they hold now, how likely they break, when, by how much, or why that is not known.</summary>
internal static class VerdictSections
{
    /// <summary>Functions that give one number for the whole window: a moment of first violation says nothing of them.</summary>
    private static readonly string[] Statistics = ["mean", "median", "min", "max", "sum", "last", "std"];

    public static void Write(Page page, JsonElement result)
    {
        var verdicts = result.Objects("verdicts");
        if (verdicts.Count == 0)
        {
            return;
        }
        var html = page.Html;
        var hasNow = verdicts.Exists(verdict => HoldsNow(verdict) is not null);
        page.Section("limits", "Limits");
        string[] columns = ["Limit", .. hasNow ? (ReadOnlySpan<string>)["Now"] : [], "Chance of being broken", "First expected", "Margin (5 to 95 %)"];
        var table = new HtmlTable(html, "How likely each limit is broken within the window, most at risk first", "stack sortable", columns);
        foreach (var verdict in verdicts.OrderBy(Urgency).Take(Page.RowsMax))
        {
            var column = 0;
            table.BeginRow();
            table.OpenHead();
            html.Text(Outlook.Expression(verdict));
            if (verdict.Text("reason") is { Length: > 0 } reason)
            {
                html.Element("span", reason, "note reason");
            }
            html.Close();
            if (hasNow)
            {
                table.OpenCell(++column);
                Now(html, HoldsNow(verdict));
                html.Close();
            }
            var holds = Outlook.Holds(verdict);
            table.OpenCell(++column, "number", 1 - holds);
            TemporalSections.Chip(html, StandingOf(holds), Chance(holds, verdict.Number("scenarios")));
            html.Close();
            table.Cell(++column, First(verdict, holds));
            table.Cell(++column, Margin(verdict), "number", verdict.Number("robustness"));
            table.EndRow();
        }
        table.End();
        page.More(verdicts.Count, Page.RowsMax, "limits");
        if (!page.IsBrief)
        {
            html.Element("p", "Margin: distance to the limit in the metric's own unit, median over the simulated futures; negative means broken.", "note");
        }
        html.CloseLine();
    }

    /// <summary>Null when the result does not say.</summary>
    public static bool? HoldsNow(JsonElement verdict) => verdict.Member("holds_now").ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>What no simulated future did is not impossible, and what all did is not certain: the futures are named.</summary>
    internal static string Chance(double holds, double scenarios) => holds switch
    {
        double.NaN => "unknown",
        1 when scenarios > 0 => $"in none of {Words.Number(scenarios)} futures",
        0 when scenarios > 0 => $"in all {Words.Number(scenarios)} futures",
        _ => Words.Percent(1 - holds),
    };

    /// <summary>Whether an expression compares a statistic of the window and nothing else: p95(X) &lt;= 3.</summary>
    internal static bool IsOfStatistic(string expression)
    {
        var open = expression.IndexOf('(');
        if (open <= 0 || expression.Contains("and", StringComparison.OrdinalIgnoreCase) || expression.Contains("or", StringComparison.OrdinalIgnoreCase) || expression.Contains('&') || expression.Contains('|'))
        {
            return false;
        }
        var name = expression[..open].Trim().ToLowerInvariant();
        return Statistics.Contains(name) || (name.Length is 2 or 3 && name[0] == 'p' && name.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0);
    }

    private static double Urgency(JsonElement verdict) =>
        HoldsNow(verdict) == false ? -1 : Outlook.Holds(verdict) is var holds && double.IsNaN(holds) ? 2 : holds;

    private static Standing StandingOf(double holds) => double.IsNaN(holds) ? Standing.Unknown
        : holds < Outlook.LikelyBrokenBelow ? Standing.Bad : holds < Outlook.AtRiskBelow ? Standing.Watch : Standing.Good;

    private static void Now(HtmlWriter html, bool? holds)
    {
        if (holds is { } known)
        {
            TemporalSections.Chip(html, known ? Standing.Good : Standing.Bad, known ? "holds" : "broken");
        }
        else
        {
            html.Text(Words.None);
        }
    }

    private static string First(JsonElement verdict, double holds)
    {
        if (verdict.Nanoseconds("first_violation_ns") is not { } first || holds == 1)
        {
            return Words.None;
        }
        return IsOfStatistic(Outlook.Expression(verdict)) ? "over the window" : Words.Time(first);
    }

    private static string Margin(JsonElement verdict)
    {
        double middle = verdict.Number("robustness"), lower = verdict.Number("robustness_lower"), upper = verdict.Number("robustness_upper");
        if (double.IsNaN(middle))
        {
            return Words.None;
        }
        var text = Words.NumberWithin(middle, upper - lower);
        return double.IsNaN(lower) || double.IsNaN(upper) ? text : $"{text} ({Words.Interval(lower, upper)})";
    }
}
