using System.Globalization;
using System.Xml.Linq;
using static RanCognition.Tests.Reporting.ReportPages;
using static RanCognition.Tests.Reporting.StrangeLoopPages;

namespace RanCognition.Tests.Reporting;

public sealed class StrangeLoopReportTests
{
    private const string Hostile = "</script><img src=x onerror=alert(1)>\"' onload='x' <!-- ]]> &amp; javascript:alert(2) \u202E\u0000\u001B";
    private const double BarWidth = 96;

    [Fact]
    public void A_fixed_point_answers_with_its_state_steps_and_residual()
    {
        var page = Parse(Render(FixedPoint()));
        Assert.Equal("Fixed point", page.Descendants("h1").Single().Value);
        Assert.Equal("A fixed point was found in 2 steps: the residual is 0.001.", Lead(page));
        Assert.Equal("Converged", Chip(page));
        Assert.Contains("|Why.", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.Equal("2|7|Anderson|3|1.59\u00A0s", TextOf(page, "dd"));
    }

    [Theory]
    [InlineData("DESCENDING", "The budget ended after 2 steps while the residual was still falling: the residual is 0.001.")]
    [InlineData("DIVERGING", "The steps leave every bound: after 2 steps the residual is 0.001.")]
    [InlineData("INCOMPLETE", "Neither found nor excluded within 2 steps: the residual is 0.001.")]
    [InlineData("OSCILLATING", "Plain steps run in a cycle of 3 and reach no fixed point: after 2 steps the residual is 0.001.")]
    [InlineData("TIRED", "The search ended with TIRED after 2 steps: the residual is 0.001.")]
    public void Every_state_has_its_sentence(string state, string sentence) => Assert.Equal(sentence, Lead(Parse(Render(FixedPoint(state, more: "\"period\":3,")))));

    [Fact]
    public void The_certificate_says_of_its_bound_whether_it_is_proven()
    {
        string Bound(string kind) => Rows(Table(Parse(Render(FixedPoint(kind: kind))), "How near"))[1];
        Assert.Equal("Error bound|0.002|proven: no component of x is farther than this from the fixed point", Bound("proven"));
        Assert.Equal("Error bound|0.002|estimated from how the steps shrank: likely, but not proven", Bound("estimated"));
        Assert.Equal(["Residual", "Error bound", "Contraction", "Spectral radius"], Heads(Table(Parse(Render(FixedPoint())), "How near")));
        Assert.Equal(["Residual", "Error bound", "Contraction", "Spectral radius", "Period", "Critical scale"], Heads(Table(Parse(Render(FixedPoint(more: "\"period\":2,\"critical_scale\":2,"))), "How near")));
    }

    [Fact]
    public void What_is_not_known_is_said_to_be_not_known()
    {
        var rows = Rows(Table(Parse(Render(Infeasible())), "How near"));
        Assert.StartsWith("Residual|not finite|", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("Error bound|not known|", rows[1], StringComparison.Ordinal);
        Assert.StartsWith("Contraction|not known|", rows[2], StringComparison.Ordinal);
        Assert.StartsWith("Spectral radius|1.25|of the slopes that F tends to: not below 1", rows[3], StringComparison.Ordinal);
    }

    [Fact]
    public void That_there_is_no_fixed_point_is_said_first()
    {
        var page = Parse(Render(Infeasible()));
        Assert.Equal("There is no fixed point: this is proven.", Lead(page));
        Assert.Contains("A finite load exists only below 0.8 times this traffic.", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.Empty(page.Descendants("figure")); // no residual was finite
        Assert.DoesNotContain(page.Descendants("section"), section => Id(section) is "loads" or "values");
    }

    [Fact]
    public void The_residual_is_a_curve_of_powers_of_ten()
    {
        var figure = Assert.Single(Parse(Render(FixedPoint(history: "[1,0.1,0.0001]"))).Descendants("figure"));
        // Across 0..2 on 12..988, upwards 1e-4..1 on 388..12: 0.1 is a quarter of the way down.
        Assert.Equal("M12 12L500 106L988 388", Path(figure, "line"));
        Assert.Equal("1|1e-4|0|2", Labels(figure).Replace("0.0001", "1e-4", StringComparison.Ordinal));
        Assert.Equal("Residual: 1 at the start, 0.0001 after 2 steps; the smallest is 0.0001, the largest 1.", (string)figure.Descendants("svg").Single().Attribute("aria-label")!);
    }

    [Fact]
    public void A_residual_that_is_not_finite_is_a_gap_and_one_of_none_is_the_lowest()
    {
        Assert.Equal("M12 12h0M500 200h0M988 388h0", Path(Figure(FixedPoint(history: "[100,null,10,null,1]", iterations: 4)), "line"));
        var figure = Figure(FixedPoint(history: "[10,1,0]"));
        Assert.Equal("M12 12L500 200L988 388", Path(figure, "line"));
        Assert.Equal("10|0|0|2", Labels(figure));
    }

    [Fact]
    public void A_thinned_history_reaches_to_the_last_step()
    {
        var page = Parse(Render(FixedPoint(history: Falling(101), iterations: 5000)));
        Assert.EndsWith("|0|5000", Labels(Assert.Single(page.Descendants("figure"))), StringComparison.Ordinal);
        Assert.Equal("5000|1E-100", Rows(Table(page, "about so many steps"))[^1]);
        Assert.Equal("50|0.1", Rows(Table(page, "so many steps"))[1]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("[0,0]")]
    [InlineData("[null,null]")]
    public void A_search_without_a_course_has_no_curve(string history) => Assert.Empty(Parse(Render(FixedPoint(history: history))).Descendants("figure"));

    [Fact]
    public void The_point_is_shown_as_bars_about_zero()
    {
        var page = Parse(Render(FixedPoint()));
        var table = Table(page, "Components of the fixed point");
        Assert.Equal(["0|0.5 ", "1|-1 ", "2|not known "], Rows(table));
        // On a bar from -1 to 0.5 zero is at two thirds.
        Assert.Equal([BarWidth / 3, 2 * BarWidth / 3], Widths(table, "span"), Near);
        Assert.Contains("it is no fixed point", Parse(Render(FixedPoint("DESCENDING"))).Value, StringComparison.Ordinal);
        Assert.Equal([$"0|{Cosine[..12]} "], Rows(Table(Parse(Render(FixedPoint(x: $"[{Cosine}]"))), "Components")));
    }

    [Fact]
    public void Loads_above_one_are_marked()
    {
        var page = Parse(Render(FixedPoint(x: "[0.5,1.25,null]", more: "\"critical_scale\":1.5,")));
        Assert.Equal(["1|125\u00A0% |overloaded", "0|50\u00A0% |carried", "2|– |not known"], Rows(Table(page, "Load of each cell")));
        Assert.Contains("A finite load exists up to 1.5 times this traffic.", TextOf(page, "p"), StringComparison.Ordinal);
    }

    [Fact]
    public void Conflicts_are_counted_by_class()
    {
        var page = Parse(Render(Conflicts(conflicts: [Direct(), Direct(first: 7), Indirect(), Implicit()])));
        Assert.Equal("Conflicts between control functions", page.Descendants("h1").Single().Value);
        Assert.Equal("4\u00A0conflicts (2\u00A0direct, 1\u00A0indirect, 1\u00A0implicit) between 3\u00A0control functions: a, b, c.", Lead(page));
        Assert.Equal("2|1|1|3|41\u00A0µs", TextOf(page, "dd"));
        Assert.Equal(["a and b|3 |2|1|0|1", "a and c|1 |0|0|1|1"], Rows(Table(page, "between each two")));
        Assert.Equal(["a and b|NRCellDU=1|0 and 1|b before a", "a and b|NRCellDU=1|7 and 8|b before a"], Rows(Table(page, "Different values")));
        Assert.Equal(["a and b|NRCellDU=1|group NRCellDU=1|2 and 3|1.5|multiply every change by 0.5"], Rows(Table(page, "Different parameters")));
        Assert.Equal(["a and c|NRCellDU=2|rate NRCellDU=2|50|45|30|<0.001|4 and 5|a before c"], Rows(Table(page, "A KPI is worse")));
    }

    [Fact]
    public void No_conflict_is_an_answer_too()
    {
        var page = Parse(Render(Conflicts()));
        Assert.Equal("No two commands work against each other.", Lead(page));
        Assert.Equal("answer good", (string?)page.Descendants("div").First(div => ((string?)div.Attribute("class"))?.StartsWith("answer", StringComparison.Ordinal) == true).Attribute("class"));
        Assert.DoesNotContain(page.Descendants("section"), section => Id(section) is "loops" or "functions" or "direct");
    }

    [Fact]
    public void That_not_all_conflicts_are_listed_is_said()
    {
        var page = Parse(Render(Conflicts(isTruncated: true, conflicts: [Direct()])));
        Assert.StartsWith("More than 1\u00A0conflict (1\u00A0direct)", Lead(page), StringComparison.Ordinal);
        Assert.Contains("There are more conflicts than the result lists.", TextOf(page, "p"), StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_that_chase_each_other_get_a_damping_and_its_limit()
    {
        var page = Parse(Render(Conflicts(Chasing())));
        Assert.Contains("The functions chase each other: in the long run each round of answers is 1.5 times as large as the one before.", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.Contains("Advice: multiply every change by 0.5.", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.Contains("must stay below 0.8", TextOf(page, "p"), StringComparison.Ordinal);
        // (1 - 0.5) + 0.5 l of 0.5 and of -1.5 are 0.75 and -0.25.
        Assert.Contains("With it the spectral radius is 0.75 instead of 1.5.", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.Equal(["a|-0.5|1", "b|1|-0.5"], Rows(Table(page, "Gains between")));
        Assert.Contains("a standard error of at most 0.03.", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.Equal(["number against2", "number same4", "number same4", "number against2"], Table(page, "Gains between").Descendants("td").Select(cell => (string)cell.Attribute("class")!));
        Assert.Equal(["0.5|0|0.5", "-1.5|0|1.5"], Rows(Table(page, "Eigenvalues of the gains")));
    }

    [Fact]
    public void Eigenvalues_lie_where_they_are_in_the_unit_circle()
    {
        var figure = Figure(Conflicts(Chasing()));
        const double Unit = 92 / 1.5; // the farthest is at the edge
        Assert.Equal([(0.5 * Unit, 0)], Points(figure, "points"), Close);
        Assert.Equal([(-1.5 * Unit, 0)], Points(figure, "chosen"), Close);
        Assert.Equal([(0.75 * Unit, 0), (-0.25 * Unit, 0)], Points(figure, "damped"), Close);
        Assert.StartsWith("M-61.33 0A61.33 61.33", Path(figure, "unit"), StringComparison.Ordinal);
        Assert.Equal("2\u00A0eigenvalues: 1 inside the unit circle, 1 on or outside it; the largest has size 1.5.", (string)figure.Descendants("svg").Single().Attribute("aria-label")!);
    }

    [Fact]
    public void Imaginary_parts_point_upwards()
    {
        var figure = Figure(Conflicts("\"loop_gain_matrix\":{},\"eigenvalues\":[[0,0.5]],\"spectral_radius\":0.5,\"advice\":{\"kind\":\"none\"},"));
        Assert.Equal([(0, -46)], Points(figure, "points"), Close);
        Assert.Empty(Points(figure, "chosen"));
        Assert.DoesNotContain(figure.Descendants("path"), path => (string?)path.Attribute("class") == "damped");
    }

    [Fact]
    public void Where_no_damping_helps_an_order_is_advised()
    {
        var page = Parse(Render(Conflicts(Ordered())));
        Assert.Contains("Advice: no damping helps", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.Contains("In this order: a before b.", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.DoesNotContain("multiply", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_matrix_shows_the_functions_with_the_largest_gains()
    {
        var page = Parse(Render(Conflicts(Ring(200))));
        var table = Table(page, "Gains between");
        Assert.Equal(Enumerable.Range(176, 24).Select(i => "f" + i.ToString(CultureInfo.InvariantCulture)), Heads(table));
        Assert.Contains("176 more functions, with smaller gains,", page.Value, StringComparison.Ordinal);
        Assert.Equal("199", table.Descendants("td").Select(cell => cell.Value).Where(gain => gain != "0").MaxBy(gain => int.Parse(gain, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_reply_shows_the_interval_and_its_corrections()
    {
        var page = Parse(Render(FullReply()));
        Assert.Equal("Prediction of a loop, corrected", page.Descendants("h1").Single().Value);
        Assert.Equal("4\u00A0metrics are predicted, each corrected by the loop's own record.", Lead(page));
        Assert.Equal(
        [
            "RRU.PrbTotDl|50|40.0 to 60.0 |1.25|-2.5|2\u00A0×", "empty|1|empty, no value is covered|–|–|–", "open|2|unbounded, every value is covered|–|–|–", "half|3|from 1 up|–|–|–", "seen|–|not predicted|1|1|unbounded",
        ], Rows(Table(page, "Expected value")));
        Assert.Equal("RRU is expected at 5; interval: 4.00 to 6.00.", Lead(Parse(Render(Reply("\"RRU\":{\"mean\":5,\"lower\":4,\"upper\":6}")))));
        Assert.Equal("What was observed is taken in; no prediction is open.", Lead(Parse(Render(Reply(corrected: "")))));
        Assert.Contains("2: the corrections tune themselves", TextOf(page, "dd"), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_are_bars_largest_first()
    {
        var table = Table(Parse(Render(FullReply())), "Weight of each model");
        Assert.Equal(["fast RRU.PrbTotDl|75\u00A0% ", "slow|25\u00A0% "], Rows(table));
        Assert.Equal([0.75 * BarWidth, 0.25 * BarWidth], Widths(table, "part"), Near);
    }

    [Fact]
    public void Regret_and_coverage_stand_beside_their_bounds()
    {
        var table = Table(Parse(Render(FullReply())), "proven bound");
        var rows = Rows(table);
        Assert.StartsWith("Coverage|90\u00A0% |95\u00A0% ± 10\u00A0%|40|", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("Regret|1.5 |at most 6|20|", rows[1], StringComparison.Ordinal);
        // 0.85 to 1 of the whole; 0 to 6 of 0 to 6, with the tick of 1.5 at a quarter of what a tick can move.
        Assert.Equal([0.15 * BarWidth, BarWidth], Widths(table, "span"), Near);
        Assert.Equal(0.25 * (BarWidth - 2), double.Parse((string)table.Descendants("rect").Last(rect => (string?)rect.Attribute("class") == "part").Attribute("x")!, CultureInfo.InvariantCulture), 0.01);
        Assert.Contains("The intervals held 90\u00A0% of 40 outcomes; 95\u00A0% is the target, and the share is proven to be within 10\u00A0% of it.", TextOf(Parse(Render(FullReply())), "p"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, "95\u00A0% ± 50\u00A0%", "is proven to be within 50\u00A0% of it.")]
    [InlineData(20, "95\u00A0%, nothing proven yet", "after so few, nothing is proven of the share.")]
    public void A_bound_that_leaves_out_nothing_is_not_told_as_one(double bound, string cell, string sentence)
    {
        var page = Parse(Render(Reply("", coverage: $$"""{"value":1,"target":0.95,"bound":{{bound.ToString(CultureInfo.InvariantCulture)}},"steps":1}""")));
        Assert.Contains($"|{cell}|1|", Rows(Table(page, "proven bound"))[0], StringComparison.Ordinal);
        Assert.Contains(sentence, TextOf(page, "p"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "null", "unknown")]
    [InlineData("""{"value":1,"bound":2,"steps":3}""", "null", "good")]
    [InlineData("""{"value":3,"bound":2,"steps":3}""", "null", "bad")]
    [InlineData("null", """{"value":0.5,"target":0.9,"bound":0.5,"steps":3}""", "good")]
    [InlineData("null", """{"value":0.5,"target":0.9,"bound":0.1,"steps":3}""", "bad")]
    public void A_broken_bound_would_be_seen_at_once(string regret, string coverage, string colour) =>
        Assert.Contains(Parse(Render(Reply("", regret: regret, coverage: coverage))).Descendants("div"), div => (string?)div.Attribute("class") == "answer " + colour);

    [Fact]
    public void A_state_has_a_row_for_each_loop_that_opens_to_its_record()
    {
        var page = Parse(Render(State(loops: Loop())));
        Assert.Equal("What the loops believe of themselves", page.Descendants("h1").Single().Value);
        Assert.Equal("1\u00A0loop with 2\u00A0metrics: all are within their bounds.", Lead(page));
        Assert.Contains("They changed themselves 2\u00A0times and took back 1 of these changes", TextOf(page, "p"), StringComparison.Ordinal);
        var row = page.Descendants("details").First(details => (string?)details.Attribute("class") == "problem loop");
        Assert.Equal("loop", row.Descendants("h3").Single().Value);
        Assert.Equal("watch", (string?)row.Attribute("data-state"));
        Assert.Equal("tuned_itself took_a_change_back waits_for_an_outcome several_models", (string?)row.Attribute("data-kinds"));
        Assert.Equal("Held 90\u00A0% of 40, target 95\u00A0% ± 50\u00A0%; regret 1.5, at most 4", row.Descendants("span").Single(span => (string?)span.Attribute("class") == "what").Value);
        Assert.Equal(
        [
            "RRU.PrbTotDl|41|90\u00A0% |95\u00A0% ± 50\u00A0%|1.25|-2.5|1.5\u00A0×|47.5; 40.0 to 55.0", "quiet|0|– |–|1|0|unbounded|nothing",
        ], Rows(Table(row, "A prediction is multiplied")));
        Assert.Equal(["NRCellDU=1|75\u00A0% ", "slow|25\u00A0% "], Rows(Table(row, "Weight of each model")));
        Assert.Equal(["NRCellDU=1|digitalTilt|2|4"], Rows(Table(row, "The last change")));
    }

    [Fact]
    public void What_a_loop_changed_in_itself_says_whether_it_was_kept() => Assert.Equal(
    [
        "RRU.PrbTotDl|2020-01-01 00:00\u00A0UTC|memory|50|20|4|3|<0.001|100|rolled back", "RRU.PrbTotDl|2020-01-01 01:00\u00A0UTC|memory|20|50|5|4.5|0.03|50|a rollback",
        "RRU.PrbTotDl|2020-01-01 02:00\u00A0UTC|damping, score window|1, 100|0.5, 50|4|2|0.008|100|kept, watched",
    ], Rows(Table(Parse(Render(State(loops: Loop()))), "Settings that the loop tried")));

    [Fact]
    public void A_loop_beyond_a_bound_stands_first_and_is_told_of()
    {
        // 40 steps of which 0 are held are 0.95 from the target; the bound is 0.5.
        var page = Parse(Render(State(loops: [Loop("calm", isRolledBack: false), Loop("broken", covered: 0), Loop("mended")])));
        Assert.Equal("3\u00A0loops with 6\u00A0metrics: 1\u00A0loop is beyond a bound.", Lead(page));
        Assert.Equal(["broken", "mended", "calm"], page.Descendants("details").Where(details => (string?)details.Attribute("class") == "problem loop").Select(details => (string)details.Attribute("data-name")!));
        Assert.Equal(["bad|1", "watch|1", "good|1"], page.Descendants("button").Where(button => button.Attribute("data-state") is not null).Select(button => $"{(string)button.Attribute("data-state")!}|{button.Element("b")!.Value}"));
        Assert.Equal("loop", (string?)page.Descendants("div").Single(div => Id(div) == "list").Attribute("data-one"));
    }

    [Fact]
    public void Metrics_count_by_their_steps_in_what_is_said_of_their_loop()
    {
        // 8 of 10 and 27 of 30 are 35 of 40; the bounds are 0.4 and 0.2.
        var page = Parse(Render("""
            {"aci_step":0.05,"loops":[{"loop_id":"l","metrics":{"a":{"coverage":{"value":0.8,"target":0.9,"bound":0.4,"steps":10}},"b":{"coverage":{"value":0.9,"target":0.5,"bound":0.2,"steps":30}},"c":{"coverage":{"value":null,"steps":0}}}}]}
            """));
        Assert.Equal("Held 88\u00A0% of 40, target 60\u00A0% ± 25\u00A0%", page.Descendants("span").Single(span => (string?)span.Attribute("class") == "what").Value);
    }

    [Fact]
    public void A_core_that_has_heard_nothing_says_so_and_shows_the_commands_that_it_keeps()
    {
        var page = Parse(Render(State()));
        Assert.Equal("No loop has spoken yet.", Lead(page));
        Assert.Equal(["NRCellDU=1|6|NRCellDU=1|cio|3|NRCellDU=1|2020-01-01 00:00\u00A0UTC|1\u00A0h"], Rows(Table(page, "later ones are compared")));
        Assert.Equal(["NRCellDU=1|cio, NRCellDU=1"], Rows(Table(page, "of one group")));
        Assert.DoesNotContain(page.Descendants("div"), div => Id(div) == "list");
    }

    [Fact]
    public void Results_of_others_are_not_taken_for_the_strange_loops()
    {
        foreach (var json in new[] { """{"state":"CONVERGED"}""", """{"conflicts":[]}""", """{"loops":[]}""", """{"weights":{},"coverage":{}}""", """{"error":true,"message":"m","state":"x","convergence":true,"history":[]}""" })
        {
            Assert.DoesNotContain(TextOf(Parse(Render(json)), "h1"), (string[])["Fixed point", "Conflicts between control functions", "Prediction of a loop, corrected", "What the loops believe of themselves"]);
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
            Assert.True(page.Value.Split("onerror").Length > 1); // it is shown, as text
        }
    }

    [Fact]
    public void Pages_keep_their_structure()
    {
        foreach (var json in All("c1"))
        {
            var page = Parse(Render(json));
            Assert.All(page.Descendants("table").Where(table => (string?)table.Attribute("class") != "members"), table => Assert.NotEmpty(table.Element("caption")!.Value));
            Assert.All(page.Descendants("svg"), svg => Assert.True((string?)svg.Attribute("aria-hidden") == "true" || (svg.Attribute("aria-label")?.Value.Length > 10 && (string?)svg.Attribute("role") == "img")));
            var ids = page.Descendants().Select(Id).Where(id => id is not null).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.All(page.Descendants("path"), path => Assert.Matches(@"^([MLHVAhZ][-\d. ]*)*$", (string)path.Attribute("d")!));
        }
    }

    private static readonly IEqualityComparer<double> Near = EqualityComparer<double>.Create((one, other) => Math.Abs(one - other) < 0.02, _ => 0);

    private static readonly IEqualityComparer<(double X, double Y)> Close = EqualityComparer<(double X, double Y)>.Create((one, other) => Math.Abs(one.X - other.X) < 0.02 && Math.Abs(one.Y - other.Y) < 0.02, _ => 0);

    private static string Lead(XElement page) => page.Descendants("p").First(p => (string?)p.Attribute("class") == "lead").Value;

    private static string Chip(XElement page) => page.Descendants("span").First(span => ((string?)span.Attribute("class"))?.StartsWith("chip", StringComparison.Ordinal) == true).Value;

    private static string? Id(XElement element) => (string?)element.Attribute("id");

    private static XElement Table(XElement within, string caption) => within.Descendants("table").First(table => table.Element("caption")?.Value.Contains(caption, StringComparison.Ordinal) == true);

    private static List<string> Rows(XElement table) => [.. table.Element("tbody")!.Elements("tr").Select(row => string.Join("|", row.Elements().Select(cell => cell.Value)))];

    private static List<string> Heads(XElement table) => [.. table.Element("tbody")!.Elements("tr").Select(row => row.Element("th")!.Value)];

    private static IEnumerable<double> Widths(XElement table, string cssClass) =>
        table.Descendants("rect").Where(rect => (string?)rect.Attribute("class") == cssClass).Select(rect => double.Parse((string)rect.Attribute("width")!, CultureInfo.InvariantCulture));

    private static XElement Figure(string json) => Assert.Single(Parse(Render(json)).Descendants("figure"));

    private static string Labels(XElement figure) => TextOf(figure, "span");

    private static string Path(XElement figure, string cssClass) => (string)figure.Descendants("path").Single(path => (string?)path.Attribute("class") == cssClass).Attribute("d")!;

    private static IEnumerable<(double X, double Y)> Points(XElement figure, string cssClass) =>
        Path(figure, cssClass).Split(['M', 'h'], StringSplitOptions.RemoveEmptyEntries).Where(part => part != "0").Select(part => part.Split(' ')).Select(part => (double.Parse(part[0], CultureInfo.InvariantCulture), double.Parse(part[1], CultureInfo.InvariantCulture)));
}
