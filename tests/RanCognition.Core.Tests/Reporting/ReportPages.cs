using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using RanCognition.Reporting;

namespace RanCognition.Tests.Reporting;

/// <summary>Renders pages and reads them back as XML, which the page's own scripts and styles are left out of.</summary>
internal static partial class ReportPages
{
    public static string Render(string json, int maxDepth = 64)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth });
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(HtmlReport.Render(document.RootElement));
    }

    /// <summary>The page as XML without inline scripts and styles; fails when any element is not closed or any text not escaped.</summary>
    public static XElement Parse(string page)
    {
        var bare = InlineCode().Replace(page, match => match.Value.StartsWith("<script class=\"data\"", StringComparison.Ordinal) ? match.Value : "");
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, CheckCharacters = true };
        using var reader = XmlReader.Create(new StringReader(bare), settings);
        return XDocument.Load(reader).Root!;
    }

    public static string TextOf(XElement page, string tag) => string.Join("|", page.Descendants(tag).Select(element => element.Value));

    public static List<JsonElement> ChartData(XElement page) =>
        [.. page.Descendants("script").Where(script => (string?)script.Attribute("class") == "data").Select(script => JsonDocument.Parse(script.Value).RootElement)];

    /// <summary>A small temporal result with every list filled.</summary>
    public static string TemporalResult(string metric = "NRCellDU=1/RRU.PrbTotDl", string text = "RRU.PrbTotDl will exceed 80.", double holds = 0.28, int points = 200) =>
        $$"""
        {"timeline_id":"tl","problem_id":{{Quote(text)}},"network_id":{{Quote(text)}},"expansion_factor":200,"temporal_resolution":48,
         "patterns":[{"id":"p","pattern_type":"level_shift","confidence":0.9997,"start_time":1577836800000000000,"end_time":1577923200000000000,"metric":{{Quote(metric)}},
                      "parameters":{"before":36.1,"period_ns":86400000000000,{{Quote(text)}}:1},"p_value":0.0003}],
         "insights":[{"description":{{Quote(text)}},"confidence":0.72,"actionable":true,"impact":"high","fields":["/verdicts/0/probability",{{Quote(text)}}]}],
         "predictions":[{"metric":{{Quote(metric)}},"predicted_value":78.12,"confidence":0.81,"time_horizon":86400000000000,"lower":61.2,"upper":93.4,"coverage":0.95,"tolerance":7.8,"model":{{Quote(text)}}}],
         "verdicts":[{"id":"c1","expression":{{Quote(text)}},"probability":{{holds.ToString(CultureInfo.InvariantCulture)}},"robustness":-4.3,"robustness_lower":-13.1,"robustness_upper":5.2,
                      "first_violation_ns":1577905200000000000,"scenarios":200,"priority":0,"reason":{{Quote(text)}}}],
         "metrics":[{"metric":{{Quote(metric)}},"samples":{{points}},"missing":3,"step_ns":3600000000000,"start_ns":1577836800000000000,"end_ns":1578553200000000000,"model":{{Quote(text)}},
                     "season_steps":[24,168],"explained_variance_first":0.906,"explained_variance_last":0.42}],
         "series":[{{Series(metric, points, text)}}],
         "timeline":[{"timestamp":1577840400000000000,"base_time":1,"expanded_time":200,"consciousness_factor":0.9,"constraints":[{"id":{{Quote(text)}}}],"quantiles":{ {{Quote(metric)}}:{"p05":1.5} } }],
         "confidence":0.8,"execution_time":41200000,"performance_metrics":{"total_executions":3},"ignored":[{"field":{{Quote(text)}},"reason":{{Quote(text)}}}],{{Quote(text)}}:{{Quote(text)}}}
        """;

    public static string Series(string metric, int points, string text = "c1", int horizon = 24)
    {
        var values = string.Join(",", Enumerable.Range(0, points).Select(i => i % 67 == 5 ? "null" : (50 + 20 * Math.Sin(i / 4.0) + i % 7 * 0.613).ToString("R", CultureInfo.InvariantCulture)));
        string Path(double shift) => string.Join(",", Enumerable.Range(0, horizon).Select(i => (50 + shift + i * 0.1237).ToString("R", CultureInfo.InvariantCulture)));
        return $$"""
            {"metric":{{Quote(metric)}},"start_ns":1577836800000000000,"step_ns":3600000000000,"values":[{{values}}],
             "forecast":{"start_ns":{{1577836800000000000UL + (ulong)points * 3600000000000}},"step_ns":3600000000000,"mean":[{{Path(0)}}],"lower":[{{Path(-9)}}],"upper":[{{Path(9)}}],
                         "quantiles":[{"p":0.25,"values":[{{Path(-3)}}]},{"p":0.75,"values":[{{Path(3)}}]}]},
             "anomalies":[{"index":{{points / 2}},"kind":{{Quote(text)}},"value":99.5,"expected":50,"likelihood":3.3}],
             "change_points":[{"index":{{points / 3}},"before":36.1,"after":45,"p_value":0.01}],"limits":[{"constraint":{{Quote(text)}},"kind":{{Quote(text.Length < 12 ? text : "max")}},"value":80}]}
            """;
    }

    public static string Quote(string text) => JsonSerializer.Serialize(text);

    [GeneratedRegex("<(script|style)[^>]*>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex InlineCode();
}
