using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using static RanCognition.Tests.Reporting.MemoryPages;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

public sealed class MemoryReportTests
{
    private const string Hostile = "</script><img src=x onerror=alert(1)>\"' onload='x' <!-- ]]> &amp; javascript:alert(2) \u202E\u0000\u001B";
    private const double BarWidth = 96;

    [Fact]
    public void A_recall_answers_with_its_nearest_hit_and_how_the_hits_ended()
    {
        var page = Parse(Render(Recall()));
        Assert.Equal("Recall from the memory", page.Descendants("h1").Single().Value);
        Assert.Equal("Most alike is episode 17 of 2020-01-01 00:00\u00A0UTC, cell c1, at a distance of 0.5.", Lead(page));
        Assert.Contains("Of 2\u00A0hits 2 succeeded and 0 failed.", TextOf(page, "p"));
        Assert.Equal("2|1200|26|none, proven|321\u00A0µs", TextOf(page, "dd"));
        Assert.Equal("Best is episode 17 of 2020-01-01 00:00\u00A0UTC, cell c1, with a score of 0.8.", Lead(Parse(Render(Recall(weights: "{\"similarity\":1}")))));
    }

    [Fact]
    public void Every_hit_says_why_with_bars_as_long_as_their_numbers()
    {
        var hit = Hits(Parse(Render(Recall()))).First();
        var why = Table(hit, "why it is");
        Assert.Equal(["RRU.PrbTotDl|80.5|+1.25|75\u00A0% ", "w c1|–|not in both|25\u00A0% ", "m c1|2|not looked for|–"], Rows(why));
        Assert.Equal([0.75 * BarWidth, 0.25 * BarWidth], why.Descendants("rect").Where(IsPart).Select(WidthOf));
        var parts = Table(hit, "Parts of the score");
        Assert.Equal(["Similarity|0.5 ", "Recency|0.25 "], Rows(parts)); // what was not asked for has no row
        Assert.Equal([0.5 * BarWidth, 0.25 * BarWidth], parts.Descendants("rect").Where(IsPart).Select(WidthOf));
    }

    [Fact]
    public void Every_hit_shows_its_whole_episode()
    {
        var hit = Hits(Parse(Render(Recall()))).First();
        Assert.Equal(["c1 digitalTilt: 2 → c1", "cio: – → {\"a\":1}"], hit.Descendants("ul").First().Elements("li").Select(item => item.Value));
        Assert.Equal(["RRU.PrbTotDl|80.5|61.25", "o c1|–|-3"], Rows(Table(hit, "What came of it")));
        Assert.Contains("Reward 0.75.", TextOf(hit, "p"));
        Assert.Equal(["c1", "busy"], hit.Descendants("span").Where(span => (string?)span.Attribute("class") == "tag").Select(span => span.Value));
        Assert.Equal("c1", hit.Elements("p").First(p => (string?)p.Attribute("class") == "quote").Value);
        Assert.Contains("vendor", hit.Value, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Vector", hit.Value, StringComparison.Ordinal); // a member without a place of its own
    }

    [Fact]
    public void Weights_stand_beside_the_parts()
    {
        var hit = Hits(Parse(Render(Recall(weights: """{"similarity":1,"recency":0.5,"reward":0,"text":0}""")))).First();
        Assert.Equal(["Similarity|0.5 |1", "Recency|0.25 |0.5"], Rows(Table(hit, "Parts of the score")));
    }

    [Fact]
    public void What_came_of_the_hits_is_told_by_median_middle_half_and_extremes()
    {
        double[] outcomes = [4, 1, 10, 2, 3];
        var hits = string.Join(",", outcomes.Select((value, i) => $$"""{"id":{{i + 1}},"score":1,"episode":{"outcome":{"x":{{value.ToString(CultureInfo.InvariantCulture)}} } } }"""));
        var page = Parse(Render($$"""{"hits":[{{hits}},{"id":9,"episode":{"outcome":{"x":null} } }],"scanned":9}"""));
        var table = Table(page, "Outcomes of the");
        Assert.Equal(["x|5|3|2 to 4 |1 to 10"], Rows(table));
        var span = table.Descendants("rect").Single(rect => (string?)rect.Attribute("class") == "span");
        Assert.Equal(BarWidth / 9, Number(span, "x"), 2);
        Assert.Equal(2 * BarWidth / 9, WidthOf(span), 2);
    }

    [Fact]
    public void Rows_lead_to_their_hits()
    {
        var page = Parse(Render(Recall(hits: 5)));
        var targets = Table(page, "Hits in the order").Descendants("a").Select(link => ((string)link.Attribute("href")!)[1..]);
        Assert.Equal(Hits(page).Select(hit => (string)hit.Attribute("id")!), targets);
    }

    [Theory]
    [InlineData(0, "No episode passed the filter.")]
    [InlineData(7, "Nothing was found.")]
    public void No_hits_is_an_answer(int scanned, string lead) => Assert.Equal(lead, Lead(Parse(Render($$"""{"hits":[],"scanned":{{scanned}},"exact":true,"weights":null}"""))));

    [Fact]
    public void A_thousand_hits_are_all_there_within_bounds()
    {
        var html = Render(Recall(hits: 1000));
        Assert.InRange(html.Length, 1_000_000, 7_000_000);
        var page = Parse(html);
        Assert.Equal(1000, Hits(page).Count());
        Assert.Equal(1000, Rows(Table(page, "Hits in the order")).Count);
        Assert.Contains("200 more hits, less near than these, are in the result", Render(Recall(hits: 1200)), StringComparison.Ordinal);
    }

    [Fact]
    public void Hits_of_many_words_do_not_make_a_page_without_end()
    {
        var html = Render(Recall(new string('x', 3000) + " ", 1000));
        Assert.InRange(html.Length, 3_000_000, 10_000_000);
        Assert.Contains("This page is full", html, StringComparison.Ordinal);
        Parse(html);
    }

    [Fact]
    public void Skills_show_their_rate_within_its_interval()
    {
        var page = Parse(Render(Skills()));
        Assert.Equal("Best: c1 digitalTilt: 2 → 4 succeeded in 75\u00A0% of its episodes (interval 40\u00A0% to 90\u00A0%).", Lead(page));
        var table = Table(page, "Actions and the situations");
        Assert.Equal(["c1 digitalTilt: 2 → 4Episodes9, 8, c1|load 80c1 3|8|75\u00A0% (40\u00A0% to 90\u00A0%) |0.5", "no change||5|not known|–"], Rows(table));
        var span = table.Descendants("rect").Single(rect => (string?)rect.Attribute("class") == "span");
        Assert.Equal(0.4 * BarWidth, Number(span, "x"), 2);
        Assert.Equal(0.5 * BarWidth, WidthOf(span), 2);
        Assert.Equal(0.75 * (BarWidth - 2), Number(table.Descendants("rect").Single(IsPart), "x"), 2);
        Assert.StartsWith("No action was done often enough", Lead(Parse(Render("""{"skills":[],"execution_time":1}"""))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.75", "5.4", "6.1", "The action raises the outcome by 5.750 (5.400 to 6.100).")]
    [InlineData("-2", "-3", "-1", "The action lowers the outcome by 2.00 (-3.00 to -1.00).")]
    [InlineData("1", "-1", "3", "No effect is proven: 1.00, and the interval from -1.00 to 3.00 holds zero.")]
    [InlineData("0", "0", "0", "No effect is proven: 0, and the interval from 0 to 0 holds zero.")]
    [InlineData("4", "null", "null", "The action changes the outcome by +4; how sure that is, is not known.")]
    public void An_effect_is_told_by_its_interval(string effect, string lower, string upper, string lead) => Assert.Equal(lead, Lead(Parse(Render(Effect(effect, lower, upper)))));

    [Fact]
    public void The_bar_of_an_effect_has_zero_in_its_middle()
    {
        var table = Table(Parse(Render(Effect("1", "-1", "3"))), "Change of the outcome");
        var bar = table.Descendants("rect").ToDictionary(rect => (string)rect.Attribute("class")!);
        Assert.Equal((BarWidth - 2) / 2, Number(bar["zero"], "x"), 2);
        Assert.True(Number(bar["span"], "x") < Number(bar["zero"], "x") && Number(bar["part"], "x") > Number(bar["zero"], "x"));
        Assert.Equal(4 / 6.6 * BarWidth, WidthOf(bar["span"]), 2);
    }

    [Fact]
    public void Too_little_data_for_an_effect_says_what_is_missing()
    {
        var page = Parse(Render(Effect("null", "null", "null", false, "\"fewer than 20 episodes with the action\"")));
        Assert.Equal("There is not enough data to say what the action changes.", Lead(page));
        Assert.Contains("Why: fewer than 20 episodes with the action.", TextOf(page, "p"));
        Assert.Equal("599|600|5\u00A0ns", TextOf(page, "dd"));
        Assert.Empty(page.Descendants("svg"));
    }

    [Fact]
    public void The_state_says_what_is_held_and_how_it_is_kept()
    {
        var page = Parse(Render(State("/var/lib/ran.db")));
        Assert.Equal("The memory holds 1200 episodes with 1\u00A0metric in their situations.", Lead(page));
        Assert.Contains("1.23\u00A0MB|2.05\u00A0kB|3", TextOf(page, "dd"));
        Assert.Contains("group: it is on the device", TextOf(page, "td"));
        Assert.Contains("2\u00A0changes", TextOf(page, "td"));
        Assert.Equal(["/var/lib/ran.db|49.7|36.5"], Rows(Table(page, "A difference of one scale")));
        Assert.Contains("The shared database said: no answer", TextOf(Parse(Render(State("x", "\"no answer\""))), "p"));
    }

    [Theory]
    [InlineData("""{"id":17,"durable":"group","execution_time":5}""", "Episode 17 is stored.")]
    [InlineData("""{"id":9223372036854775807,"durable":"none"}""", "Episode 9223372036854775807 is stored.")]
    [InlineData("""{"ids":[4,5,6],"durable":"sync"}""", "3\u00A0episodes are stored, 4 to 6.")]
    [InlineData("""{"ids":[],"durable":"sync"}""", "No episode was given to be stored.")]
    [InlineData("""{"id":3,"updated":["time_ns","reward"],"durable":"group"}""", "Episode 3 has a new time, reward.")]
    [InlineData("""{"removed":1,"execution_time":5,"ignored":[]}""", "1\u00A0episode removed.")]
    [InlineData("""{"removed":12,"ignored":[]}""", "Episode 12 was removed.")]
    [InlineData("""{"backup_bytes":1000000,"execution_time":5}""", "The memory was copied: 1\u00A0MB.")]
    public void Changes_are_told_in_a_sentence(string json, string lead) => Assert.Equal(lead, Lead(Parse(Render(json))));

    [Fact]
    public void Results_of_others_are_not_taken_for_the_memorys()
    {
        foreach (var json in new[] { """{"hits":3}""", """{"removed":3,"loaded":2}""", """{"enough":true}""", """{"episodes":5}""", """{"error":true,"message":"m","hits":[],"scanned":0}""" })
        {
            Assert.DoesNotContain("emory", TextOf(Parse(Render(json)), "h1"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_text_of_an_episode_becomes_markup()
    {
        foreach (var json in All(Hostile))
        {
            var page = Parse(Render(json));
            Assert.Empty(page.Descendants().Where(element => element.Name.LocalName is "img" or "iframe" || element.Attributes().Any(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name.LocalName == "style")));
            Assert.DoesNotContain('\u202E', page.Value);
        }
        Assert.True(Parse(Render(Recall(Hostile))).Value.Split("onerror").Length > 15); // it is shown, as text
    }

    [Fact]
    public void Pages_keep_their_structure()
    {
        foreach (var json in All("c1"))
        {
            var page = Parse(Render(json));
            var level = 0;
            foreach (var heading in page.Descendants().Where(element => Regex.IsMatch(element.Name.LocalName, "^h[1-6]$")))
            {
                var next = heading.Name.LocalName[1] - '0';
                Assert.True(next <= level + 1, $"{heading} after h{level}");
                level = next;
            }
            Assert.All(page.Descendants("table").Where(table => (string?)table.Attribute("class") != "members"), table => Assert.NotEmpty(table.Element("caption")!.Value));
            Assert.All(page.Descendants("svg"), bar => Assert.Equal("true", (string?)bar.Attribute("aria-hidden")));
            var ids = page.Descendants().Select(element => (string?)element.Attribute("id")).Where(id => id is not null).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }
    }

    private static string Lead(XElement page) => page.Descendants("p").First(p => (string?)p.Attribute("class") == "lead").Value;

    private static IEnumerable<XElement> Hits(XElement page) => page.Descendants("details").Where(details => (string?)details.Attribute("class") == "hit");

    private static XElement Table(XElement within, string caption) => within.Descendants("table").First(table => table.Element("caption")?.Value.Contains(caption, StringComparison.Ordinal) == true);

    private static List<string> Rows(XElement table) => [.. table.Element("tbody")!.Elements("tr").Select(row => string.Join("|", row.Elements().Select(cell => cell.Value)))];

    private static bool IsPart(XElement rect) => (string?)rect.Attribute("class") == "part";

    private static double WidthOf(XElement rect) => Number(rect, "width");

    private static double Number(XElement rect, string name) => double.Parse((string)rect.Attribute(name)!, CultureInfo.InvariantCulture);
}
