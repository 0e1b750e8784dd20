using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Temporal;
using static RanCognition.Tests.Reasoning.TemporalCalls;

namespace RanCognition.Tests.Reasoning;

/// <summary>
/// Whole results, through the reader of problems and the writer of results, byte for byte those in tests/golden but for the last digits of numbers: these may
/// differ between instruction sets (vectors of another width add in another order), so both sides are rounded to <see cref="Digits"/> significant digits.
/// UPDATE_GOLDEN=1 writes the files anew; the difference is to be looked at.
/// </summary>
public sealed partial class GoldenResultTests
{
    private const int Digits = 12;

    [Fact]
    public void A_problem_of_the_documents_fields_alone() => Check(
        "analysis_document_only",
        Analysis(Core(), """
        {"id":"p-1","network_id":"net-1","problem_type":"capacity","current_state":{"RRU.PrbTotDl":65.5,"DRB.UEThpDl":0},
         "objectives":["maximize DRB.UEThpDl","be nice"],"constraints":["RRU.PrbTotDl <= 70","always[0,300s](RRU.PrbTotDl <= 60)","what is this"],"seed":7}
        """));

    [Fact]
    public void A_seasonal_history_with_limits() => Check(
        "analysis_seasonal",
        Analysis(Core(), $$"""
        {"id":"p-2","network_id":"net-1","problem_type":"capacity","seed":7,"horizon_ns":{{48 * Hour}},
         "history":{"RRU.PrbTotDl":{{History(Incident())}}},
         "objectives":["minimize p95(RRU.PrbTotDl)"],
         "constraints":["RRU.PrbTotDl <= 80","always[0,6h](RRU.PrbTotDl <= 70)","eventually[0,24h](RRU.PrbTotDl >= 68)"],
         "tolerance":{"RRU.PrbTotDl":3} }
        """, """[{"id":"c-1","constraint_type":"max","parameters":{"RRU.PrbTotDl":75},"priority":3},{"id":"c-2","constraint_type":"odd","parameters":{"RRU.PrbTotDl":75},"priority":3}]"""));

    [Fact]
    public void A_history_that_was_observed()
    {
        TemporalReasoningCore core = Core();
        double[] values = Daily(300);
        core.Observe("net-1", "DRB.UEThpDl", [.. Enumerable.Range(0, 300).Select(t => Start + (ulong)t * 15 * Minute)], values);
        Check("analysis_observed", Analysis(core, """{"id":"p-3","network_id":"net-1","problem_type":"","current_state":{"DRB.UEThpDl":4},"constraints":["DRB.UEThpDl >= 20"],"objectives":[],"seed":7}"""));
    }

    [Fact]
    public void Steps_of_a_day_and_of_a_quarter_hour_side_by_side() => Check(
        "analysis_mixed_steps",
        Analysis(Core(), $$"""
        {"id":"p-4","network_id":"net-1","problem_type":"","current_state":{},"objectives":[],"seed":7,"horizon_ns":{{2 * Day}},
         "history":{"slow":{{History([.. Enumerable.Range(0, 60).Select(t => 100.0 + t + t % 7)], Day)}},
                    "fast":{{History(Daily(480, day: 96), 15 * Minute, Start + 59 * Day - 479 * 15 * Minute)}} },
         "constraints":["rate(slow) <= 0.00005","fast <= 75 and slow <= 170"]}
        """));

    [Fact]
    public void A_quotient_with_its_timeline() => Check(
        "analysis_quotient_timeline",
        Analysis(Core(resolution: 4), $$"""
        {"id":"p-5","network_id":"net-1","problem_type":"","current_state":{},"objectives":["maximize mean(suc / att)"],"seed":7,"horizon_ns":{{6 * Hour}},"include_timeline":true,
         "history":{"suc":{{History([.. Daily(120, level: 400).Select((v, t) => v * (t == 77 ? .5 : .98))])}},"att":{{History(Daily(120, level: 400))}} },
         "constraints":["suc / att >= 0.9"]}
        """));

    [Fact]
    public void A_batch_of_problems_with_one_that_fails()
    {
        string good = $$"""{"id":"a","network_id":"n","problem_type":"","current_state":{},"objectives":[],"constraints":["x <= 60"],"seed":7,"history":{"x":{{History(Daily(60))}} } }""";
        IReadOnlyList<ProblemInput> problems = JsonIn.Problems(Bytes($$"""[{{good}},{"id":7},{"id":"c","network_id":"n","problem_type":"","current_state":{"y":1},"objectives":[],"constraints":[],"seed":7}]"""), "problems");
        TemporalReasoningCore core = Core();
        using CallMeter meter = core.StartCall();
        Check("parallel", Written(core.ParallelTemporalAnalysis(problems, 2, meter), JsonOut.ParallelAnalysis));
    }

    [Fact]
    public void Patterns_of_a_timeline()
    {
        TemporalReasoningCore core = Core();
        using CallMeter meter = core.StartCall();
        Check("patterns", Written(core.AnalyzeTemporalPatterns(Incidents(), meter), JsonOut.Patterns));
    }

    [Fact]
    public void Predictions_of_a_timeline()
    {
        TemporalReasoningCore core = Core();
        using CallMeter meter = core.StartCall();
        Check("predictions", Written(core.PredictFutureStates(Incidents(), 12 * Hour, meter), JsonOut.Predictions));
    }

    [Fact]
    public void The_curve_of_an_optimised_timeline()
    {
        TemporalReasoningCore core = Core();
        using CallMeter meter = core.StartCall();
        Check("optimized", Written(core.OptimizeTemporalExpansion(Incidents(), meter), JsonOut.OptimizedTimeline));
    }

    [Fact]
    public void Rounding_touches_numbers_only()
    {
        Assert.Equal("""{"a 1.23456789012345":[1.23456789012,-2E-05,12345678901234567,0,null]}""", Rounded("""{"a 1.23456789012345":[1.23456789012345,-1.9999999999999998E-05,12345678901234567,0,null]}"""));
    }

    private static string Analysis(TemporalReasoningCore core, string problem, string constraints = "[]")
    {
        (RanProblem read, IReadOnlyList<Constraint> limits) = JsonIn.Question(Bytes(problem), "problem", Bytes(constraints), "constraints");
        return Written(Expand(core, read, [.. limits]), JsonOut.TemporalAnalysis);
    }

    private static Timeline Incidents() => JsonIn.Timeline(Bytes($$"""
        {"id":"t-1","metrics":{"RRU.PrbTotDl":{{History(Incident())}},"DRB.UEThpDl":{{History([.. Daily(672, seed: 9).Select((v, t) => v + (t >= 400 ? 25 : 0))])}} },
         "constraints":[{"id":"c-1","constraint_type":"max","parameters":{"RRU.PrbTotDl":75},"priority":3}]}
        """), "timeline");

    /// <summary>Days with an outage, a spike and a line that stands still.</summary>
    private static double[] Incident()
    {
        double[] values = [.. Daily(672).Select((v, t) => t is >= 300 and < 305 ? 0 : t == 450 ? v + 60 : v)];
        Array.Fill(values, values[520], 520, 12);
        return values;
    }

    private static string History(double[] values, ulong step = Hour, ulong start = Start) =>
        $$"""{"start_ns":{{start}},"step_ns":{{step}},"values":[{{string.Join(',', values.Select(v => Math.Round(v, 3).ToString(System.Globalization.CultureInfo.InvariantCulture)))}}]}""";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static void Check(string name, string json)
    {
        using (JsonDocument.Parse(json))
        {
            // Strict JSON, or this throws.
        }
        string path = TestPaths.Golden($"temporal_{name}.json"), rounded = Rounded(json) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, rounded);
        }
        Assert.True(File.Exists(path), $"{path} is missing: UPDATE_GOLDEN=1 writes it");
        string expected = File.ReadAllText(path);
        if (rounded != expected)
        {
            int at = Enumerable.Range(0, Math.Min(rounded.Length, expected.Length)).FirstOrDefault(i => rounded[i] != expected[i], Math.Min(rounded.Length, expected.Length));
            Assert.Fail($"{name} differs at {at}: ...{Near(expected, at)}... was expected, ...{Near(rounded, at)}... came");
        }
    }

    private static string Near(string text, int at) => text[Math.Max(0, at - 80)..Math.Min(text.Length, at + 40)];

    /// <summary>Numbers with a fraction or an exponent to <see cref="Digits"/> digits; text and whole numbers as they are.</summary>
    private static string Rounded(string json) => StringOrNumber().Replace(json, match =>
        match.Value[0] == '"' || match.Value.AsSpan().IndexOfAny('.', 'E', 'e') < 0
            ? match.Value
            : double.Parse(double.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture).ToString($"G{Digits}", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture)
                .ToString("R", System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex StringOrNumber();
}
