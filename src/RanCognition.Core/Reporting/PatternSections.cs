using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Patterns as an engineer tells them: what, where, when, the numbers in a phrase; broken limits in a table of their own.</summary>
internal static class PatternSections
{
    public const string ConstraintViolation = "constraint_violation";

    private const int ParametersMax = 12;

    public static void Write(Page page, List<JsonElement> patterns)
    {
        var violations = patterns.FindAll(pattern => TypeOf(pattern) == ConstraintViolation);
        var tested = patterns.FindAll(pattern => TypeOf(pattern) != ConstraintViolation);
        if (patterns.Count == 0)
        {
            return;
        }
        page.Section("patterns", "Patterns in the history");
        if (tested.Count > 0)
        {
            Tested(page, tested);
        }
        if (violations.Count > 0)
        {
            Violations(page, violations);
        }
        page.Html.CloseLine();
    }

    /// <summary>The type's name, also when it is written as serde writes a variant with a value: {"Custom":"name"}.</summary>
    public static string TypeOf(JsonElement pattern)
    {
        var type = pattern.Member("pattern_type");
        if (type.ValueKind == JsonValueKind.Object)
        {
            foreach (var variant in type.EnumerateObject())
            {
                return variant.Value.AsText() is { Length: > 0 } name ? name : variant.SafeName();
            }
        }
        return type.AsText();
    }

    private static void Tested(Page page, List<JsonElement> patterns)
    {
        var html = page.Html;
        var table = new HtmlTable(html, "What passed its test, corrected for all tests made", "stack sortable", "Pattern", "Metric", "When", "Measured", "p-value");
        foreach (var pattern in patterns.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.Head(Words.Name(TypeOf(pattern)));
            table.OpenCell(1, "name");
            html.BreakableText(pattern.Text("metric")).Close();
            table.Cell(2, Words.Span(pattern.Nanoseconds("start_time"), pattern.Nanoseconds("end_time")));
            table.Cell(3, Measured(pattern));
            table.Cell(4, Words.PValue(pattern.Number("p_value")), "number", pattern.Number("p_value"));
            table.EndRow();
        }
        table.End();
        page.More(patterns.Count, Page.RowsMax, "patterns");
    }

    private static void Violations(Page page, List<JsonElement> violations)
    {
        var html = page.Html;
        var table = new HtmlTable(html, "Limits that the history broke: facts, not tests", "stack sortable", "Limit", "When", "Worst value", "Beyond the limit by", "Samples");
        foreach (var pattern in violations.Take(Page.RowsMax))
        {
            var parameters = pattern.Member("parameters");
            table.BeginRow();
            table.Head(pattern.Text("constraint") is { Length: > 0 } constraint ? constraint : pattern.Text("metric"));
            table.Cell(1, Words.Span(pattern.Nanoseconds("start_time"), pattern.Nanoseconds("end_time")));
            table.Cell(2, Words.Number(parameters.Number("worst_value")), "number strong", parameters.Number("worst_value"));
            table.Cell(3, Words.Number(parameters.Number("worst_excess")), "number", parameters.Number("worst_excess"));
            table.Cell(4, Words.Number(parameters.Number("samples")), "number", parameters.Number("samples"));
            table.EndRow();
        }
        table.End();
        page.More(violations.Count, Page.RowsMax, "broken limits");
    }

    /// <summary>The pattern's numbers in a phrase; those of a kind that has none, or lacks a number, by name.</summary>
    private static string Measured(JsonElement pattern)
    {
        var of = pattern.Member("parameters");
        var phrase = TypeOf(pattern) switch
        {
            "seasonality" => Phrase(of, ["strength"], () => $"every {Period(of)}, {Words.Percent(of.Number("strength"))} of the variation{Cycles(of)}"),
            "trend" or "drift" => Phrase(of, ["change"], () => $"{Signed(of.Number("change"))} in all{Slope(of)}"),
            "level_shift" => Phrase(of, ["before", "after"], () => $"{Words.Number(of.Number("before"))} before, {Words.Number(of.Number("after"))} since"),
            "variance_shift" => Phrase(of, ["before", "after"], () => $"spread {Words.Number(of.Number("before"))} before, {Words.Number(of.Number("after"))} since"),
            "outage" or "spike" or "dip" or "surge" => Phrase(of, ["value", "expected"], () => $"{Words.Number(of.Number("value"))} where {Words.Number(of.Number("expected"))} was expected{Away(of)}"),
            "flatline" => Phrase(of, ["value", "samples"], () => $"{Words.Number(of.Number("samples"))} samples at {Words.Number(of.Number("value"))}"),
            "motif" => Phrase(of, ["occurrences", "length_steps"], () => $"the same shape {Words.Number(of.Number("occurrences"))} times, {Words.Number(of.Number("length_steps"))} samples long"),
            "lead_lag" => Phrase(of, ["lag_steps", "correlation"], () => $"moves {Lag(of)} ahead of {pattern.Text("other_metric")}, correlation {Words.Number(of.Number("correlation"))}"),
            _ => null,
        };
        return phrase ?? Parameters(of);
    }

    private static string? Phrase(JsonElement of, ReadOnlySpan<string> needed, Func<string> phrase)
    {
        foreach (var name in needed)
        {
            if (double.IsNaN(of.Number(name)))
            {
                return null;
            }
        }
        return phrase();
    }

    private static string Period(JsonElement of) =>
        of.Number("period_ns") is > 0 and var nanoseconds ? Words.Length(nanoseconds) : Words.Number(of.Number("period_steps")) + " samples";

    private static string Cycles(JsonElement of) => of.Number("cycles") is > 0 and var cycles ? $", seen {Words.Number(cycles)} times" : "";

    private static string Slope(JsonElement of) =>
        of.Number("slope_per_day") is var perDay && !double.IsNaN(perDay) ? $", {Signed(perDay)} a day"
        : of.Number("slope_per_step") is var perStep && !double.IsNaN(perStep) ? $", {Signed(perStep)} a sample" : "";

    private static string Away(JsonElement of)
    {
        double deviation = of.Number("deviation"), samples = of.Number("samples");
        return (double.IsNaN(deviation) ? "" : $", {Words.Number(Math.Round(Math.Abs(deviation), 1))} usual spreads {(deviation < 0 ? "below" : "above")}")
            + (samples > 1 ? $", {Words.Number(samples)} samples" : "");
    }

    private static string Lag(JsonElement of) =>
        of.Number("lag_ns") is > 0 and var nanoseconds ? Words.Length(nanoseconds) : Words.Count((long)of.Number("lag_steps"), "sample");

    private static string Signed(double value) => (value > 0 ? "+" : "") + Words.Number(value);

    private static string Parameters(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object)
        {
            return "";
        }
        var parts = new List<string>();
        foreach (var parameter in parameters.EnumerateObject().Take(ParametersMax))
        {
            var name = parameter.SafeName();
            var value = parameter.Value.ValueKind == JsonValueKind.Number ? Words.Measured(name, parameter.Value) : parameter.Value.AsText();
            parts.Add($"{Words.MeasuredName(name).ToLower(CultureInfo.InvariantCulture)}\u00A0{value}");
        }
        return string.Join(", ", parts);
    }
}
