using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using RanCognition.Reporting;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

public sealed class HtmlReportHostileTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("3.5")]
    [InlineData("1e999")]
    [InlineData("-1e-999")]
    [InlineData("\"text\"")]
    [InlineData("[[],{},[{}],null]")]
    [InlineData("[1,{\"a\":2},[3],\"x\"]")]
    [InlineData("{\"results\":[]}")]
    [InlineData("{\"results\":[{\"Ok\":null},{\"Err\":null},{\"Ok\":5},{\"Err\":{}},7,null,{\"Ok\":{}}]}")]
    [InlineData("{\"results\":{\"Ok\":1}}")]
    [InlineData("{\"Ok\":{\"a\":1}}")]
    [InlineData("{\"Ok\":5}")]
    [InlineData("{\"error\":true}")]
    [InlineData("{\"error\":\"text\"}")]
    [InlineData("{\"error\":true,\"message\":null,\"status\":{}}")]
    [InlineData("{\"timeline_id\":null,\"problem_id\":null,\"timeline\":null}")]
    [InlineData("{\"timeline_id\":1,\"insights\":[null,1,{}],\"verdicts\":[{}],\"patterns\":[{}],\"predictions\":[{},{\"metric\":5}],\"metrics\":[{}],\"series\":[{}],\"timeline\":[{}],\"ignored\":[{}]}")]
    [InlineData("{\"series\":[{\"values\":[]}]}")]
    [InlineData("{\"series\":[{\"values\":[null,null]}]}")]
    [InlineData("{\"series\":[{\"metric\":\"a\",\"values\":[1e308,-1e308,1e999],\"start_ns\":18446744073709551615,\"step_ns\":18446744073709551615,\"limits\":[{\"value\":1e308}]}]}")]
    [InlineData("{\"series\":[{\"values\":[1],\"step_ns\":-5,\"start_ns\":1.5e30,\"anomalies\":[{\"index\":-1},{\"index\":1e18},{\"index\":null},{\"index\":0.5}],\"change_points\":[{\"index\":99}]}]}")]
    [InlineData("{\"series\":[{\"forecast\":{\"mean\":[1,null,3],\"lower\":[1],\"quantiles\":[{\"p\":0.25,\"values\":[]},{\"p\":null},{\"p\":0.75,\"values\":[2]}]}}]}")]
    [InlineData("{\"series\":[{\"values\":\"text\",\"forecast\":[1],\"limits\":{}}]}")]
    [InlineData("{\"patterns\":[{\"pattern_type\":{\"Custom\":\"x\"},\"parameters\":[1]},{\"pattern_type\":{}}]}")]
    [InlineData("{\"predictions\":[{\"metric\":\"a\",\"time_horizon\":18446744073709551615,\"lower\":5,\"upper\":1,\"coverage\":7,\"tolerance\":-1}]}")]
    [InlineData("{\"verdicts\":[{\"probability\":7},{\"probability\":-1}],\"timeline_id\":\"x\"}")]
    [InlineData("{\"insights\":[{\"description\":\"d\",\"fields\":[\"\",\"/\",\"//\",\"/insights/99999999999\",\"/insights/-1\",\"/insights/0/fields/0\",\"/~0~1\",null,5]}]}")]
    [InlineData("{\"a\":\"\\ud800\",\"\\udfff\":1,\"b\":[{\"\\ud800\":2}]}")]
    [InlineData("{\"timeline_id\":\"\\ud800\",\"\\ud800_________\":{},\"insights\":[{\"description\":\"\\udc00\",\"fields\":[\"/\\ud800\"]}]}")]
    [InlineData("{\"a\":1,\"a\":2,\"\":3}")]
    public void Every_kind_of_json_gives_a_well_formed_page(string json) => Assert.Single(Parse(Render(json)).Descendants("h1"));

    [Fact]
    public void Bytes_that_are_not_utf8_inside_a_string_do_no_harm()
    {
        byte[] json = [.. "{\"timeline_id\":\""u8, 0xC3, 0x28, 0xFF, .. "\",\"\xFF\":1}"u8];
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return; // the reader refused it: nothing reaches the report
        }
        using (document)
        {
            Parse(Encoding.UTF8.GetString(HtmlReport.Render(document.RootElement)));
        }
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    [InlineData("[{\"a\":1,\"b\":", "}]")]
    public void Deep_nesting_is_shown_and_ends_as_json_text(string open, string close)
    {
        foreach (var levels in new[] { 30, 500 })
        {
            var json = string.Concat(Enumerable.Repeat(open, levels)) + "\"deepest\"" + string.Concat(Enumerable.Repeat(close, levels));
            var page = Parse(Render(json, 4000));
            Assert.True(levels > 100 || page.Value.Contains("deepest")); // longer JSON text is cut
            Assert.InRange(page.DescendantsAndSelf().Max(element => element.Ancestors().Count()), 5, 80);
        }
    }

    [Fact]
    public void Every_member_of_a_temporal_result_may_be_null_or_of_another_kind()
    {
        var full = JsonNode.Parse(TemporalResult())!;
        foreach (var path in Paths(full, "").ToList())
        {
            foreach (var other in new[] { "null", "\"x\"", "[1,{}]", "-1e400" })
            {
                var changed = JsonNode.Parse(TemporalResult(points: 12))!;
                if (Replace(changed, path, JsonNode.Parse(other)))
                {
                    Parse(Render(changed.ToJsonString()));
                }
            }
        }
    }

    [Fact]
    public void Random_strings_come_back_as_they_went_in()
    {
        var strings = ArbMap.Default.ArbFor<NonNull<string>>();
        Prop.ForAll(strings, given =>
        {
            var text = given.Get;
            var json = JsonSerializer.Serialize(text);
            var expected = string.Concat(JsonSerializer.Deserialize<string>(json)!.Select(c =>
                c is '\n' or '\t' ? c : c < ' ' || c is >= '\u007F' and <= '\u009F' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\uFFFE' or '\uFFFF' ? '\uFFFD' : c));
            var shown = Parse(Render($"{{\"message\":{json}}}")).Descendants("td").Single().Value;
            return shown == expected;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Large_results_stay_within_bounds_and_say_what_is_left_out()
    {
        var rows = string.Join(",", Enumerable.Range(0, 20000).Select(i => $"{{\"id\":{i.ToString(CultureInfo.InvariantCulture)},\"v\":[1,2,3]}}"));
        var wide = "{" + string.Join(",", Enumerable.Range(0, 20000).Select(i => $"\"m{i.ToString(CultureInfo.InvariantCulture)}\":[{{\"a\":1}}]")) + "}";
        var tree = string.Concat(Enumerable.Repeat("[{\"a\":1,\"b\":", 1)) + "[" + rows + "]" + "}]";
        foreach (var json in new[] { $"{{\"rows\":[{rows}]}}", wide, tree, Quote(new string('<', 3_000_000)), $"{{\"patterns\":[{rows}],\"insights\":[{rows}],\"verdicts\":[{rows}],\"predictions\":[{rows}],\"ignored\":[{rows}]}}" })
        {
            var html = Render(json);
            Parse(html);
            Assert.InRange(html.Length, 1000, 4_000_000);
        }
        Assert.Contains("19800 more entries", Parse(Render($"{{\"rows\":[{rows}]}}")).Value);
    }

    private static IEnumerable<string[]> Paths(JsonNode node, string at)
    {
        var inner = node switch
        {
            JsonObject o => o.Select(member => (member.Key, member.Value)),
            JsonArray a => a.Take(1).Select((item, i) => (i.ToString(CultureInfo.InvariantCulture), item)),
            _ => [],
        };
        foreach (var (key, value) in inner)
        {
            var path = at + "\n" + key;
            yield return path[1..].Split('\n');
            if (value is not null)
            {
                foreach (var deeper in Paths(value, path))
                {
                    yield return deeper;
                }
            }
        }
    }

    private static bool Replace(JsonNode root, string[] path, JsonNode? with)
    {
        var at = root;
        foreach (var part in path[..^1])
        {
            at = at is JsonArray list ? list[int.Parse(part, CultureInfo.InvariantCulture)] : at?[part];
        }
        if (at is JsonArray array)
        {
            array[int.Parse(path[^1], CultureInfo.InvariantCulture)] = with;
        }
        else if (at is JsonObject record)
        {
            record[path[^1]] = with;
        }
        return at is not null;
    }
}
