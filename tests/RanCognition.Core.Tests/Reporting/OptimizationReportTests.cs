using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using static RanCognition.Tests.Reporting.OptimizationPages;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

public sealed class OptimizationReportTests
{
    private const string Hostile = "</script><img src=x onerror=alert(1)>\"' onload='x' <!-- ]]> &amp; javascript:alert(2) \u202E\u0000\u001B";
    private const double BarWidth = 96;

    [Fact]
    public void A_search_answers_with_its_best_value_and_how_it_ended()
    {
        var page = Parse(Render(Search()));
        Assert.Equal("Result of an optimization", page.Descendants("h1").Single().Value);
        Assert.Equal("The best cost found is 3.25.", Lead(page));
        Assert.Contains("The search used its budget of evaluations.", TextOf(page, "p"));
        Assert.Equal("40|3|88\u00A0%|1.59\u00A0s", TextOf(page, "dd"));
    }

    [Fact]
    public void Changes_are_told_with_what_they_bring()
    {
        var page = Parse(Render(Search(more: Changes())));
        Assert.Equal("2\u00A0changes at 1\u00A0managed object: cost goes from 9 to 3.25.", Lead(page));
        Assert.Equal(["NRCellDU=4|digitalTilt|98|102", "NRCellDU=4|NRCellDU=4|UNLOCKED|NRCellDU=4"], Rows(Table(page, "what changes")));
        Assert.Equal(["Cost|9|3.25|-5.75 (-64\u00A0%)", "Energy (W)|100|80|-20 (-20\u00A0%)", "Utility|-2|-1|+1", "NRCellDU=4|–|1|–"], Rows(Table(page, "before and after")));
        Assert.Equal("Nothing is to be changed: the best cost found is 3.25.", Lead(Parse(Render(Search(more: "\"actions\":[],")))));
    }

    [Theory]
    [InlineData("proven", "No point can be better than 2.5: this is proven.")]
    [InlineData("enumerated", "All points were evaluated: 2.5 is the best there is.")]
    [InlineData("best_known", "The best value known is 2.5. It is no proven bound: a better one may exist.")]
    public void What_the_score_refers_to_is_said_plainly(string kind, string sentence) => Assert.Contains(sentence, TextOf(Parse(Render(Search(kind: kind))), "p"));

    [Theory]
    [InlineData("target", "stopped at its target")]
    [InlineData("deadline", "stopped at its deadline")]
    [InlineData("converged", "nothing left to try")]
    [InlineData("exact", "The search is complete")]
    [InlineData("cancelled", "was cancelled")]
    [InlineData("tired", "The search stopped: tired.")]
    public void Every_end_has_its_sentence(string stopped, string words) => Assert.Contains(words, TextOf(Parse(Render(Search(stopped: stopped))), "p"));

    [Fact]
    public void An_infeasible_answer_names_the_constraints_in_conflict()
    {
        Assert.Equal("No evaluated point satisfies the constraints max load, room tilt together.", Lead(Parse(Render(Infeasible("budget", "max_load", "room tilt")))));
        Assert.Equal("The constraints max load, room tilt cannot be satisfied together.", Lead(Parse(Render(Infeasible("exact", "max_load", "room tilt")))));
        var page = Parse(Render(Infeasible("budget", "room tilt")));
        Assert.Equal("No evaluated point satisfies the constraint room tilt.", Lead(page));
        Assert.Contains("point of least total violation", TextOf(page, "p"));
        Assert.DoesNotContain("best value known", page.Value);
        Assert.DoesNotContain(page.Descendants("figure"), _ => true); // no point was feasible: there is no curve
        Assert.Equal(["Lost|not known|–|–|no", "room tilt|violated|0.5|-0.5|yes", "Max load|holds|-0.25|0.25|no"], Rows(Table(page, "slack")));
    }

    [Fact]
    public void Constraints_show_their_slack_those_that_are_broken_before_those_that_hold() =>
        Assert.Equal(["Lost|not known|–|–", "room tilt|violated|0.5|-0.5", "Max load|holds|-0.25|0.25"], Rows(Table(Parse(Render(Search())), "slack")));

    [Fact]
    public void Variables_and_strategies_have_bars_as_long_as_their_shares()
    {
        var page = Parse(Render(Search()));
        var variables = Table(page, "share of the variance");
        Assert.Equal(["b|1|75\u00A0% ", "tilt|2.5|25\u00A0% "], Rows(variables));
        Assert.Equal([0.75 * BarWidth, 0.25 * BarWidth], Parts(variables));
        var strategies = Table(page, "shared between");
        Assert.Equal(["CMA-ES|30 ", "Start|10 ", "Tilt|0 "], Rows(strategies));
        Assert.Equal([0.75 * BarWidth, 0.25 * BarWidth, 0], Parts(strategies));
    }

    [Fact]
    public void The_curve_steps_from_each_value_to_the_next()
    {
        var figure = Assert.Single(Parse(Render(Search())).Descendants("figure"));
        Assert.Equal("cost: 9 after 1 evaluations, 3.25 after 40.", (string)figure.Descendants("svg").Single().Attribute("aria-label")!);
        // Across 1..40 on 12..988, upwards 2.5 (the bound, which is near) .. 9 on 388..12.
        Assert.Equal("M12 12H37V243.4H988V344.6", Line(figure));
        Assert.Contains("dashed", figure.Value);
        Assert.Equal("9.00|2.50|1|40", TextOf(figure, "span"));
    }

    [Fact]
    public void A_curve_that_comes_near_a_proven_bound_is_one_of_distances()
    {
        var figure = Assert.Single(Parse(Render(Search(kind: "proven", trace: """{"evaluations":1,"f":102.5},{"evaluations":10,"f":3.5},{"evaluations":1000,"f":2.51}"""))).Descendants("figure"));
        Assert.StartsWith("Distance of the best cost to 2.5", figure.Element("figcaption")!.Value, StringComparison.Ordinal);
        // From 100 to 0.01 are four powers of ten, 1 is their middle; 10 is a third of the way to 1000 evaluations.
        Assert.Equal("M12 12H337.3V200H988V388", Line(figure));
    }

    [Fact]
    public void One_point_is_a_curve_too() => Assert.Equal("M500 200h0", Line(Assert.Single(Parse(Render(Search(kind: "x", trace: """{"evaluations":1,"f":3.25}"""))).Descendants("figure"))));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 3)]
    [InlineData(5, 3)]
    public void Fronts_are_drawn_for_each_pair_of_the_first_three_objectives(int objectives, int pairs)
    {
        var page = Parse(Render(Front(objectives)));
        var figures = page.Descendants("section").Single(section => (string?)section.Attribute("id") == "front").Descendants("figure").ToList();
        Assert.Equal(pairs, figures.Count);
        foreach (var figure in figures)
        {
            Assert.Equal(5, Path(figure, "points").Split('M').Length - 1);
            Assert.Single(Regex.Matches(Path(figure, "chosen"), "M"));
        }
        if (pairs == 1)
        {
            Assert.Equal("5\u00A0points, none better than another in all of cost0, cost1.", Lead(page));
            Assert.Equal("M12 12h0M256 106h0M500 200h0M744 294h0M988 388h0", Path(figures[0], "points"));
        }
    }

    [Fact]
    public void A_map_shows_every_cell_and_user_before_and_after()
    {
        var page = Parse(Render(Search(more: Map())));
        var maps = page.Descendants("figure").Where(figure => (string?)figure.Attribute("class") == "map").ToList();
        Assert.Equal(2, maps.Count);
        Assert.Equal("Before: 3\u00A0sites, 9\u00A0cells, 0\u00A0cells off, 3 overloaded, 8\u00A0users. The numbers are in the tables.", (string)maps[0].Element("svg")!.Attribute("aria-label")!);
        Assert.Equal(["l1", "l1", "l2", "l3", "l4", "l4", "l5", "l5", "l5"], Sectors(maps[0]));
        Assert.Equal(["off changed", "l1 changed", "l0", "l2", "l2", "l2", "l3", "l3", "l4"], Sectors(maps[1]));
        Assert.Equal("NRCellDU=2: azimuth 150°, tilt 102°, 46 dBm, load 10\u00A0%", maps[1].Descendants("title").ElementAt(1).Value);
        foreach (var map in maps)
        {
            Assert.Equal(8, map.Descendants("path").Where(IsRate).Sum(path => ((string)path.Attribute("d")!).Split('M').Length - 1));
        }
        Assert.Equal(1, Rates(maps[0], 0)); // the one whose rate is not known
        Assert.Equal(0, Rates(maps[1], 0));
        Assert.Equal(["Before|0|4|3.571|1", "After|0|6|7|0"], Rows(Table(page, "Rates of")));
        Assert.StartsWith("NRCellDU=1|0|30|98|98|46|46|on|off|0\u00A0%|0\u00A0%", Rows(Table(page, "Cells that change"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_sector_points_where_its_cell_does()
    {
        var map = Parse(Render("{\"trace\":[],\"arms\":{},\"stopped\":\"budget\",\"map\":{\"sites\":[{\"x\":0,\"y\":0},{\"x\":100,\"y\":0}],\"cells\":[{\"site\":0,\"azimuth_deg\":90},{\"site\":1,\"azimuth_deg\":90},{\"site\":1,\"azimuth_deg\":90}],\"users\":[]}}")).Descendants("figure").First();
        var points = map.Descendants("path").Where(path => !IsRate(path)).Select(path => Regex.Matches((string)path.Attribute("d")!, @"[-\d.]+").Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).Chunk(2).ToArray()).ToArray();
        Assert.Equal(3, points.Length);
        // North is up: every corner is above the site, and the wedge is even about it.
        Assert.All(points[0][1..], corner => Assert.True(corner[1] < points[0][0][1]));
        Assert.Equal(points[0][0][0], points[0][1..].Average(corner => corner[0]), 0.1);
        // Layers of one direction lie inside each other.
        Assert.Equal(2, (points[1][0][1] - points[1][4][1]) / (points[2][0][1] - points[2][4][1]), 0.02);
    }

    [Fact]
    public void A_map_of_57_cells_and_1500_users_stays_small()
    {
        var page = Render(Search(more: Map(57, 1500)));
        Assert.True(page.Length < 300_000, $"{page.Length} characters");
        Assert.Equal(114, Parse(page).Descendants("figure").Where(figure => (string?)figure.Attribute("class") == "map").Sum(map => Sectors(map).Count));
    }

    [Fact]
    public void A_network_answers_whether_it_carries_its_traffic()
    {
        Assert.Equal("Evaluation of a network", Parse(Render(Network())).Descendants("h1").Single().Value);
        Assert.Equal("1\u00A0cell is overloaded: the largest load is 150\u00A0%, of cell 1.", Lead(Parse(Render(Network()))));
        Assert.Equal("The network carries its traffic: the largest load is 50\u00A0%, of cell 0.", Lead(Parse(Render(Network("[0.5,0.25]", "[]")))));
        var broken = Parse(Render(Network("null", "[]", "false", "0.5")));
        Assert.Equal("The network cannot carry this traffic: no finite load of its cells exists.", Lead(broken));
        Assert.Contains("only below 0.5 times this traffic", TextOf(broken, "p"));
        Assert.DoesNotContain("times this traffic", Parse(Render(Network(scale: "null"))).Value);
    }

    [Fact]
    public void Loads_are_bars_with_the_overloaded_cells_marked()
    {
        var table = Table(Parse(Render(Network())), "Load of each cell");
        Assert.Equal(["1|150\u00A0% |overloaded", "3|75\u00A0% |carried", "0|25\u00A0% |carried", "2|– |not known"], Rows(table));
        Assert.Equal([BarWidth, 0.5 * BarWidth, 16], Parts(table));
        Assert.Equal(["Throughput (Mbit/s)|1.5|20|–|30"], Rows(Table(Parse(Render(Network())), "Shares of the users"))[..1]);
    }

    [Fact]
    public void Results_of_others_are_not_taken_for_the_optimizations()
    {
        foreach (var json in new[] { """{"trace":[1],"stopped":"x"}""", """{"feasible":true}""", """{"error":true,"message":"m","trace":[],"arms":{},"stopped":"budget"}""", """{"timeline_id":"t","trace":[],"arms":{},"stopped":"x"}""" })
        {
            Assert.DoesNotContain("ptimization", TextOf(Parse(Render(json)), "h1"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_text_of_a_result_becomes_markup()
    {
        foreach (var json in All(Hostile))
        {
            var page = Parse(Render(json));
            Assert.Empty(page.Descendants().Where(element => element.Name.LocalName is "img" or "iframe" || element.Attributes().Any(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name.LocalName == "style")));
            Assert.DoesNotContain('\u202E', page.Value);
        }
        Assert.True(Parse(Render(All(Hostile)[0])).Value.Split("onerror").Length > 8); // it is shown, as text
    }

    [Fact]
    public void Pages_keep_their_structure()
    {
        foreach (var json in All("c1"))
        {
            var page = Parse(Render(json));
            Assert.All(page.Descendants("table").Where(table => (string?)table.Attribute("class") != "members"), table => Assert.NotEmpty(table.Element("caption")!.Value));
            Assert.All(page.Descendants("svg"), svg => Assert.True((string?)svg.Attribute("aria-hidden") == "true" || (svg.Attribute("aria-label")?.Value.Length > 10 && (string?)svg.Attribute("role") == "img")));
            var ids = page.Descendants().Select(element => (string?)element.Attribute("id")).Where(id => id is not null).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            foreach (var path in page.Descendants("path"))
            {
                Assert.Matches(@"^([MLHVhZ][-\d. ]*)*$", (string)path.Attribute("d")!);
            }
        }
    }

    private static string Lead(XElement page) => page.Descendants("p").First(p => (string?)p.Attribute("class") == "lead").Value;

    private static XElement Table(XElement within, string caption) => within.Descendants("table").First(table => table.Element("caption")?.Value.Contains(caption, StringComparison.Ordinal) == true);

    private static List<string> Rows(XElement table) => [.. table.Element("tbody")!.Elements("tr").Select(row => string.Join("|", row.Elements().Select(cell => cell.Value)))];

    private static List<double> Parts(XElement table) => [.. table.Descendants("rect").Where(rect => (string?)rect.Attribute("class") == "part").Select(rect => double.Parse((string)rect.Attribute("width")!, CultureInfo.InvariantCulture))];

    private static string Path(XElement figure, string cssClass) => (string)figure.Descendants("path").Single(path => (string?)path.Attribute("class") == cssClass).Attribute("d")!;

    private static string Line(XElement figure) => Path(figure, "line");

    private static bool IsRate(XElement path) => ((string)path.Attribute("class")!).StartsWith("rate ", StringComparison.Ordinal);

    private static int Rates(XElement map, int level) => Path(map, "rate r" + level.ToString(CultureInfo.InvariantCulture)).Split('M').Length - 1;

    private static List<string> Sectors(XElement map) => [.. map.Descendants("path").Where(path => !IsRate(path)).Select(path => ((string)path.Attribute("class")!)["load ".Length..])];
}
