using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

public sealed class HtmlReportTests
{
    private const string Hostile = "</script><img src=x onerror=alert(1)>\"' onload='x' <!-- ]]> &amp; javascript:alert(2) \u202E\u0000\u001B";

    [Fact]
    public void The_answer_is_the_insight_about_the_limit_at_risk()
    {
        var page = Parse(Render(TemporalResult()));
        Assert.Equal("RRU.PrbTotDl will exceed 80.", page.Descendants("p").First(p => (string?)p.Attribute("class") == "lead").Value);
        Assert.Equal("Limit likely to be broken", page.Descendants("span").First().Value);
        Assert.Contains("1 of 1", TextOf(page, "dd"));
    }

    [Theory]
    [InlineData(1.0, "0\u00A0%", "good")]
    [InlineData(0.93, "7\u00A0%", "watch")]
    [InlineData(0.28, "72\u00A0%", "bad")]
    [InlineData(0.0, "100\u00A0%", "bad")]
    public void The_verdict_table_gives_the_chance_of_being_broken(double holds, string chance, string standing)
    {
        var cell = Parse(Render(TemporalResult(holds: holds))).Descendants("td").First(td => (string?)td.Attribute("data-label") == "Chance of being broken");
        Assert.Equal(chance, cell.Value);
        Assert.Equal("chip " + standing, (string?)cell.Element("span")!.Attribute("class"));
    }

    [Fact]
    public void Words_and_tables_hold_the_numbers_of_the_result()
    {
        var page = Parse(Render(TemporalResult()));
        var cells = TextOf(page, "td");
        Assert.Contains("2020-01-01 19:00\u00A0UTC", cells);          // first violation
        Assert.Contains("-4.3 (-13.1 to 5.2)", cells);                 // margin
        Assert.Contains("78.1|61.2 to 93.4|81\u00A0% within ±7.8", cells);
        Assert.Contains("before\u00A036.1, period\u00A01\u00A0d", cells);
        Assert.Contains("<0.001", cells);
        Assert.Contains("1\u00A0d and 7\u00A0d", cells);
        Assert.Contains("41.2\u00A0ms", TextOf(page, "dd"));
        var evidence = page.Descendants("p").First(p => (string?)p.Attribute("class") == "evidence").Value;
        Assert.StartsWith("From /verdicts/0/probability = 0.28", evidence);
    }

    [Fact]
    public void Every_chart_says_in_words_what_it_shows()
    {
        var plot = Parse(Render(TemporalResult())).Descendants("div").Single(div => (string?)div.Attribute("class") == "plot");
        var label = (string?)plot.Attribute("aria-label");
        Assert.Equal("img", (string?)plot.Attribute("role"));
        Assert.Contains("NRCellDU=1/RRU.PrbTotDl", label);
        Assert.Contains("It is expected at 78.1 in 1\u00A0d (95\u00A0%: 61.2 to 93.4).", label);
        Assert.Contains("1\u00A0anomaly", label);
        Assert.Contains("from 36.1 to 45", label);
    }

    [Fact]
    public void The_page_has_one_title_ordered_headings_captions_and_column_headers()
    {
        foreach (var json in new[] { TemporalResult(), $"{{\"results\":[{{\"Ok\":{TemporalResult()}}},{{\"Err\":\"x\"}}]}}", """{"a":{"b":[{"c":1}]}}""" })
        {
            var page = Parse(Render(json));
            Assert.Single(page.Descendants("h1"));
            var level = 1;
            foreach (var heading in page.Descendants().Where(element => Regex.IsMatch(element.Name.LocalName, "^h[1-6]$")))
            {
                var next = heading.Name.LocalName[1] - '0';
                Assert.True(next <= level + 1, $"{heading} after h{level}");
                level = next;
            }
            Assert.All(page.Descendants("table").Where(table => (string?)table.Attribute("class") != "members"), table =>
            {
                Assert.NotEmpty(table.Element("caption")!.Value);
                Assert.All(table.Element("thead")!.Descendants("th"), th => Assert.Equal("col", (string?)th.Attribute("scope")));
                var columns = table.Element("thead")!.Descendants("th").Count();
                Assert.All(table.Element("tbody")!.Elements("tr"), row => Assert.Equal(columns, row.Elements().Count()));
            });
            var ids = page.DescendantsAndSelf().Attributes("id").Select(id => id.Value).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }
    }

    [Fact]
    public void Hostile_strings_stay_text_wherever_they_stand()
    {
        foreach (var json in new[]
        {
            TemporalResult(Hostile, Hostile),
            $"{{\"results\":[{{\"Ok\":{TemporalResult(Hostile, Hostile)}}},{{\"Err\":{Quote(Hostile)}}}],{Quote(Hostile)}:1}}",
            $"{{\"error\":true,\"message\":{Quote(Hostile)},\"status\":-3}}",
            $"{{{Quote(Hostile)}:[{{{Quote(Hostile)}:{Quote(Hostile)}}},{Quote(Hostile)}],\"id\":{Quote(Hostile)}}}",
            Quote(Hostile),
        })
        {
            var html = Render(json);
            var page = Parse(html);
            Assert.Empty(page.Descendants("img"));
            Assert.DoesNotContain(page.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name == "style" || attribute.Name == "src");
            Assert.Contains("javascript:alert(2)", page.Value); // shown, as text
            Assert.DoesNotContain('\u202E', html);
            Assert.DoesNotContain('\u001B', html);
            // One inline script per asset; none was closed early by a string.
            Assert.Equal(ChartData(page).Count + (ChartData(page).Count > 0 ? 2 : 1), Regex.Count(html, "<script"));
            Assert.Equal(Regex.Count(html, "<script"), Regex.Count(html, "</script>"));
        }
    }

    [Fact]
    public void The_page_needs_no_network_and_its_policy_allows_only_its_own_code()
    {
        var html = Render(TemporalResult());
        var page = Parse(html);
        Assert.All(page.Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src" or "action" or "data" or "srcset"), a => Assert.StartsWith("#", a.Value));
        Assert.Empty(page.Descendants("link"));
        Assert.DoesNotContain("@import", html);
        Assert.DoesNotContain("url(", html);
        Assert.DoesNotContain("fetch(", html);
        Assert.DoesNotContain("XMLHttpRequest", html);
        var policy = (string?)page.Descendants("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content");
        Assert.StartsWith("default-src 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        var inline = Regex.Matches(html, "<(script|style)>(.*?)</\\1>", RegexOptions.Singleline);
        Assert.Equal(4, inline.Count);
        Assert.All(inline, match => Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[2].Value)))}'", policy));
    }

    [Fact]
    public void The_licence_of_the_chart_library_is_on_pages_with_charts()
    {
        Assert.Contains("Copyright (c) 2022 Leon Sorokin", Render(TemporalResult()));
        Assert.DoesNotContain("uPlot=function", Render("{}"));
    }

    [Fact]
    public void A_parallel_result_lists_every_problem_most_urgent_first_and_failures_with_their_reason()
    {
        var calm = TemporalResult(text: "calm", holds: 1).Replace("\"impact\":\"high\"", "\"impact\":\"low\"");
        var urgent = TemporalResult(text: "urgent", holds: 0.1);
        var page = Parse(Render($"{{\"results\":[{{\"Ok\":{calm}}},{{\"Err\":\"history: no samples\"}},{{\"Ok\":{urgent}}}],\"execution_time\":5000000}}"));
        var rows = page.Descendants("tr").Where(row => row.Attribute("data-problem") is not null).ToList();
        Assert.Equal(["problem-3", "problem-2", "problem-1"], rows.Select(row => row.Attribute("data-problem")!.Value));
        Assert.Contains("history: no samples", rows[1].Value);
        Assert.Equal("#problem-3", (string?)rows[0].Descendants("a").Single().Attribute("href"));
        Assert.Equal(3, page.Descendants("details").Count(details => (string?)details.Attribute("class") == "problem"));
        Assert.StartsWith("1\u00A0problem of 3 needs attention. Most of all urgent: urgent", page.Descendants("p").First(p => (string?)p.Attribute("class") == "lead").Value);
        Assert.Equal(2, ChartData(page).Count);
        Assert.NotNull(page.Descendants("input").Single(input => (string?)input.Attribute("type") == "search"));
        Assert.Contains("5\u00A0ms", page.Value);
    }

    [Fact]
    public void An_error_result_shows_its_message()
    {
        var page = Parse(Render("""{"error":true,"message":"problem: expected '}' at byte 41","timestamp":1577836800000000000,"status":-3}"""));
        Assert.Equal("Error", page.Descendants("h1").Single().Value);
        Assert.Equal("problem: expected '}' at byte 41", page.Descendants("p").First(p => (string?)p.Attribute("class") == "lead").Value);
        Assert.Contains("2020-01-01 00:00\u00A0UTC|-3", TextOf(page, "td"));
    }

    [Fact]
    public void Any_other_object_is_shown_with_all_its_values()
    {
        var page = Parse(Render("""
            {"decision_id":12,"mode":"ASSIST","explanation":[{"text":"Too late.","fields":[]},{"text":"Raise it."}],"task":12345678901234567,
             "actions":[{"managedObject":"NRCellDU=1","before":0,"after":2.5}],"timing_ns":{"recall":120000},"matrix":[[1,2],[3,4]],"none":null,"flag":true,"empty":[]}
            """));
        Assert.Equal("Decision 12", page.Descendants("h1").Single().Value);
        Assert.Equal("Too late. Raise it.", page.Descendants("p").First(p => (string?)p.Attribute("class") == "lead").Value);
        foreach (var shown in new[] { "ASSIST", "12345678901234567", "NRCellDU=1", "2.5", "120\u00A0µs", "3, 4", "yes", "none" })
        {
            Assert.Contains(shown, page.Value);
        }
    }

    [Fact]
    public void The_same_result_gives_the_same_bytes() => Assert.Equal(Render(TemporalResult()), Render(TemporalResult()));

    [Fact]
    public void The_culture_of_the_machine_changes_nothing()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        var expected = Render(TemporalResult());
        try
        {
            var odd = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NumberDecimalSeparator = ",";
            odd.NumberFormat.PercentDecimalSeparator = ",";
            odd.NumberFormat.NegativeSign = "~";
            odd.DateTimeFormat.DateSeparator = "'";
            Thread.CurrentThread.CurrentCulture = odd;
            Assert.Equal(expected, Render(TemporalResult()));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }
}
