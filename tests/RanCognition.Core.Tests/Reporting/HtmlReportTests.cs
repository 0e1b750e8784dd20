using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RanCognition.Reporting;
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
    [InlineData(1.0, "in none of 200 futures", "good")]
    [InlineData(0.93, "7\u00A0%", "watch")]
    [InlineData(0.28, "72\u00A0%", "bad")]
    [InlineData(0.0, "in all 200 futures", "bad")]
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
        Assert.Contains("24\u00A0h and 7\u00A0d", cells);
        Assert.Contains("90.6\u00A0% at the first step and 42\u00A0% at the end of the window", cells);
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
        var rows = page.Descendants("details").Where(row => (string?)row.Attribute("class") == "problem").ToList();
        Assert.Equal(["problem-3", "problem-2", "problem-1"], rows.Select(row => row.Attribute("id")!.Value));
        Assert.Contains("history: no samples", rows[1].Element("summary")!.Value);
        Assert.Equal("0.9", ((string?)rows[0].Attribute("data-risk"))![..3]);
        Assert.Equal("level_shift limit_at_risk limit_likely_broken", (string?)rows[0].Attribute("data-kinds"));
        Assert.StartsWith("1\u00A0problem of 3 needs attention.", page.Descendants("p").First(p => (string?)p.Attribute("class") == "lead").Value);
        var most = page.Descendants("p").First(p => p.Value.StartsWith("Most of all", StringComparison.Ordinal));
        Assert.Equal("Most of all urgent: urgent", most.Value);
        Assert.Equal("#problem-3", (string?)most.Element("a")!.Attribute("href"));
        Assert.Equal(2, ChartData(page).Count);
        Assert.NotNull(page.Descendants("input").Single(input => (string?)input.Attribute("type") == "search"));
        Assert.Contains("5\u00A0ms", page.Value);
    }

    [Fact]
    public void A_thousand_problems_have_a_row_and_a_chart_each_and_what_is_left_out_is_told()
    {
        var one = TemporalResult(text: "cell", points: 400);
        var html = Render($"{{\"results\":[{string.Join(",", Enumerable.Repeat($"{{\"Ok\":{one}}}", 1010))}]}}");
        var page = Parse(html);
        Assert.Equal(1000, page.Descendants("details").Count(row => (string?)row.Attribute("class") == "problem"));
        Assert.Equal(1000, ChartData(page).Count);
        Assert.Contains("10 more problems, less urgent than these, are in the result", page.Value);
        Assert.Contains("With more than 60 problems on one page", page.Value);
        Assert.DoesNotContain("page is full", page.Value);
        Assert.InRange(html.Length, 1_000_000, 10_000_000);
    }

    [Fact]
    public void One_huge_problem_takes_neither_the_rows_nor_the_charts_of_the_others()
    {
        var metrics = string.Join(",", Enumerable.Range(0, 300).Select(i => $"{{\"metric\":\"m{i}\",\"values\":[{string.Join(",", Enumerable.Range(0, 500))}]}}"));
        var huge = $"{{\"timeline_id\":{Quote(new string('h', 10_000))},\"series\":[{metrics}],\"verdicts\":[{{\"id\":\"v\",\"probability\":0.1}}]}}";
        var small = string.Join(",", Enumerable.Repeat($"{{\"Ok\":{TemporalResult(text: "small")}}}", 70));
        var html = Render($"{{\"results\":[{{\"Ok\":{huge}}},{small}]}}");
        var rows = Parse(html).Descendants("details").Where(row => (string?)row.Attribute("class") == "problem").ToList();
        Assert.Equal(71, rows.Count);
        Assert.All(rows, row => Assert.NotEmpty(row.Descendants("figure")));
        Assert.All(rows, row => Assert.InRange(row.Attribute("data-name")!.Value.Length, 1, 130));
    }

    [Fact]
    public void A_row_draws_its_course_without_a_script()
    {
        var page = Parse(Render($"{{\"results\":[{{\"Ok\":{TemporalResult()}}}]}}"));
        var spark = page.Descendants("svg").Single();
        Assert.Equal("true", (string?)spark.Attribute("aria-hidden"));
        Assert.All(spark.Elements("path"), path => Assert.Matches("^M[0-9. ]+([ML][0-9. ]+)*$", path.Attribute("d")!.Value));
        Assert.Equal(["past", "ahead"], spark.Elements("path").Select(path => (string?)path.Attribute("class")));
    }

    [Fact]
    public void The_list_of_sections_leads_to_sections_that_are_there()
    {
        var page = Parse(Render(TemporalResult()));
        var links = page.Descendants("nav").Single().Descendants("a").Select(a => ((string?)a.Attribute("href"))![1..]).ToList();
        Assert.Equal(["limits", "findings", "forecasts", "patterns", "unused-input"], links);
        Assert.All(links, id => Assert.Single(page.Descendants("section"), section => (string?)section.Attribute("id") == id));
    }

    [Fact]
    public void Patterns_are_told_in_phrases_with_their_numbers()
    {
        var page = Parse(Render("""
            {"timeline_id":"t","patterns":[
             {"pattern_type":"seasonality","metric":"A.x","start_time":1577836800000000000,"end_time":1578000000000000000,"parameters":{"period_ns":86490574369207,"period_steps":24.03,"strength":0.74,"cycles":59},"p_value":0},
             {"pattern_type":"level_shift","metric":"A.x","start_time":1577836800000000000,"end_time":1578000000000000000,"parameters":{"before":0.211,"after":0.419},"p_value":0.0006},
             {"pattern_type":"dip","metric":"A.x","start_time":1577836800000000000,"end_time":1577858400000000000,"parameters":{"value":0.061,"expected":0.1023,"deviation":-7.19,"samples":7},"p_value":0.001},
             {"pattern_type":"drift","metric":"A.x","parameters":{"slope_per_day":0.5,"change":4},"p_value":0.001},
             {"pattern_type":"flatline","metric":"A.x","parameters":{"value":3,"samples":40},"p_value":0.001},
             {"pattern_type":"motif","metric":"A.x","parameters":{"length_steps":12,"occurrences":4},"p_value":0.001},
             {"pattern_type":"lead_lag","metric":"A.x","other_metric":"B.y","parameters":{"lag_steps":3,"lag_ns":2700000000000,"correlation":0.62},"p_value":0.001},
             {"pattern_type":"variance_shift","metric":"A.x","parameters":{"before":1,"after":null},"p_value":0.001},
             {"pattern_type":"constraint_violation","metric":"A.x","constraint":"A.x <= 1","start_time":1577836800000000000,"end_time":1577836800000000000,"parameters":{"limit":1,"worst_value":4.48,"worst_excess":3.48,"samples":1},"p_value":0}]}
            """));
        var cells = TextOf(page, "td").Replace('\u00A0', ' ');
        foreach (var told in new[]
        {
            "every 24.03 h, 74 % of the variation, seen 59 times", "0.211 before, 0.419 since", "2020-01-01 00:00 to 06:00 UTC|0.061 where 0.1023 was expected, 7.2 usual spreads below, 7 samples",
            "+4 in all, +0.5 a day", "40 samples at 3", "the same shape 4 times, 12 samples long", "moves 45 min ahead of B.y, correlation 0.62", "before 1", "2020-01-01 00:00 UTC|4.48|3.48|1",
        })
        {
            Assert.Contains(told, cells);
        }
    }

    [Fact]
    public void A_limit_broken_many_times_is_one_finding_with_the_worst_time()
    {
        double[] excesses = [0.3, 3.5, 0.1];
        var patterns = string.Join(",", excesses.Select(excess => $$"""{"pattern_type":"constraint_violation","metric":"A","constraint":"A <= 1","parameters":{"worst_excess":{{excess.ToString(System.Globalization.CultureInfo.InvariantCulture)}} } }"""));
        var insights = string.Join(",", Enumerable.Range(0, 3).Select(i => $$"""{"description":"broke {{i}}","impact":"high","confidence":1,"fields":["/patterns/{{i}}/parameters"]}"""));
        var page = Parse(Render($$"""{"timeline_id":"t","patterns":[{{patterns}}],"insights":[{{insights}},{"description":"none of it","impact":"none","confidence":0}]}"""));
        var items = page.Descendants("li").Select(item => item.Value.Replace('\u00A0', ' ')).ToList();
        Assert.Equal(2, items.Count);
        Assert.StartsWith("broke 1", items[0]);
        Assert.Contains("the worst of 3 times", items[0]);
        Assert.Contains("For information", items[1]);
        Assert.DoesNotContain("None impact", page.Value);
    }

    [Fact]
    public void What_is_below_the_first_findings_is_folded_away()
    {
        var insights = string.Join(",", Enumerable.Range(0, 11).Select(i => $$"""{"description":"finding {{i}}","impact":"low","confidence":1}"""));
        var page = Parse(Render($$"""{"timeline_id":"t","insights":[{{insights}}]}"""));
        Assert.Equal("6\u00A0more findings", page.Descendants("details").Single(details => (string?)details.Attribute("class") == "more").Element("summary")!.Value);
        Assert.Equal(11, page.Descendants("li").Count());
    }

    [Fact]
    public void Verdicts_without_a_future_say_how_things_stand_now_and_why_no_more_is_known()
    {
        var page = Parse(Render("""
            {"timeline_id":"t","verdicts":[
             {"expression":"A <= 4","probability":null,"robustness":-1,"holds_now":false,"scenarios":0,"reason":"A has no history"},
             {"expression":"B <= 4","probability":0.99,"robustness":1,"scenarios":200},
             {"expression":"p95(C) <= 4","probability":0.4,"robustness":-1,"first_violation_ns":1577836800000000000,"scenarios":200}]}
            """));
        var rows = page.Descendants("tbody").First().Elements("tr").Select(row => string.Join("|", row.Elements().Select(cell => cell.Value)).Replace('\u00A0', ' ')).ToList();
        Assert.Equal("A <= 4A has no history|broken|unknown|–|-1", rows[0]);
        Assert.Equal("p95(C) <= 4|–|60 %|over the window|-1", rows[1]);
        Assert.Equal("B <= 4|–|1 %|–|1", rows[2]);
        Assert.Equal("answer bad", (string?)page.Descendants("div").First(div => ((string?)div.Attribute("class"))?.StartsWith("answer", StringComparison.Ordinal) == true).Attribute("class"));
    }

    [Theory]
    [InlineData("p95(A) <= 4", true)]
    [InlineData("MEAN(A) <= 4", true)]
    [InlineData("always[0,3600s](A <= 4)", false)]
    [InlineData("A <= 4", false)]
    [InlineData("p95(A) <= 4 and B <= 2", false)]
    [InlineData("rate(A) <= 4", false)]
    [InlineData("(A <= 4)", false)]
    public void A_moment_of_first_violation_is_not_told_of_statistics(string expression, bool expected) => Assert.Equal(expected, VerdictSections.IsOfStatistic(expression));

    [Fact]
    public void Changes_of_level_that_are_only_candidates_are_listed_but_neither_told_nor_drawn()
    {
        var page = Parse(Render(TemporalResult().Replace("\"p_value\":0.01", "\"p_value\":0.6")));
        Assert.DoesNotContain("change of level", (string?)page.Descendants("div").Single(div => (string?)div.Attribute("class") == "plot").Attribute("aria-label"));
        Assert.Equal(0, ChartData(page)[0].GetProperty("c").GetArrayLength());
        Assert.Contains("36.1|45|0.6", TextOf(page, "td"));
    }

    [Fact]
    public void The_forecast_table_has_the_highest_point_of_the_path()
    {
        var row = Parse(Render(TemporalResult())).Descendants("tr").Single(tr => tr.Value.Contains(", highest", StringComparison.Ordinal));
        Assert.Equal("1\u00A0d, highest|2020-01-10 07:00\u00A0UTC|52.8|43.8 to 61.8||", string.Join("|", row.Elements().Select(cell => cell.Value)));
    }

    [Fact]
    public void The_number_of_futures_that_a_timeline_needs_is_told_with_its_curve()
    {
        var page = Parse(Render("""
            {"timeline_id":"t","expansion_factor":512,"temporal_resolution":48,"error_target":0.02,"optimization_score":0.81,"reason":null,"bound":{"value":0,"kind":"best_known"},
             "curve":[{"expansion_factor":16,"error":0.0995,"execution_time":49893},{"expansion_factor":512,"error":0.0188,"execution_time":1041613}],"execution_time":5}
            """));
        var lead = page.Descendants("p").First(p => (string?)p.Attribute("class") == "lead").Value.Replace('\u00A0', ' ');
        Assert.Equal("512 simulated futures are recommended: the fewest measured whose quantiles are off by at most 2 % of the interval's width.", lead);
        Assert.Contains("1.9\u00A0%|1.04\u00A0ms|recommended", TextOf(page, "td"));
        Assert.Contains("bound of 0 (best known)", page.Value);
        Assert.DoesNotContain("Other fields", page.Value);
    }

    [Fact]
    public void Objectives_are_told_with_where_they_are_heading()
    {
        var page = Parse(Render("""{"timeline_id":"t","objectives":[{"objective":"minimize A","now":0.64,"p05":0.32,"p50":0.54,"p95":0.79,"probability_better":0.772,"reason":null}]}"""));
        Assert.Equal("0.64|0.540 (0.320 to 0.790)|77\u00A0%", TextOf(page, "td"));
        Assert.DoesNotContain("Other fields", page.Value);
    }

    [Fact]
    public void Bare_lists_of_patterns_and_predictions_are_told_like_those_inside_a_result()
    {
        var patterns = Parse(Render("""[{"pattern_type":"flatline","metric":"A","parameters":{"value":3,"samples":40},"p_value":0.001}]"""));
        Assert.Equal("Patterns", patterns.Descendants("h1").Single().Value);
        Assert.Contains("40 samples at 3", TextOf(patterns, "td"));
        var predictions = Parse(Render("""[{"metric":"A","predicted_value":5,"confidence":0.9,"time_horizon":3600000000000,"lower":4,"upper":6,"coverage":0.95,"model":"ensemble"}]"""));
        Assert.Equal("Forecasts", predictions.Descendants("h1").Single().Value);
        Assert.Contains("4.00 to 6.00|90\u00A0%|Ensemble", TextOf(predictions, "td"));
    }

    [Fact]
    public void Failures_alone_are_no_reason_for_alarm_but_are_told()
    {
        var calm = TemporalResult(text: "calm", holds: 1).Replace("\"impact\":\"high\"", "\"impact\":\"low\"");
        var page = Parse(Render($"{{\"results\":[{{\"Ok\":{calm}}},{{\"Err\":\"history: no samples\"}}]}}"));
        var answer = page.Descendants("div").First(div => ((string?)div.Attribute("class"))?.StartsWith("answer", StringComparison.Ordinal) == true);
        Assert.Equal("answer watch", (string?)answer.Attribute("class"));
        Assert.Equal("1\u00A0problem could not be analysed; no other needs attention.", answer.Element("p")!.Value);
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
    public void Times_and_ids_keep_every_digit_and_a_time_that_never_comes_is_none()
    {
        var html = Render("""
            {"current_time":1700000000123456789,"next_execution_time":18446744073709551615,"largest_id":18446744073709551615,
             "tasks":[{"task_id":18446744073709551614,"execute_time":1700000000123456790}],"metrics":{"lateness":{"count":7,"p50":1500}}}
            """);
        var cells = TextOf(Parse(html), "td");
        Assert.Contains("2023-11-14 22:13:20.123456789\u00A0UTC", cells);
        Assert.Contains("|none|18446744073709551615", cells);
        Assert.Contains("18446744073709551614|2023-11-14 22:13:20.123456790".TrimEnd('0') + "\u00A0UTC", cells);
        Assert.Contains("7|1.5\u00A0µs", cells);
        Assert.Contains("data-sort=\"1700000000123456790\"", html, StringComparison.Ordinal);
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
