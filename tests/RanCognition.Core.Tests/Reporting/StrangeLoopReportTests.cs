using System.Globalization;
using static RanCognition.Tests.Reporting.ReportPages;
using static RanCognition.Tests.Reporting.ReportReading;
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
}
