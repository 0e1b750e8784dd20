using System.Globalization;
using static RanCognition.Tests.Reporting.ReportPages;
using static RanCognition.Tests.Reporting.ReportReading;
using static RanCognition.Tests.Reporting.StrangeLoopPages;

namespace RanCognition.Tests.Reporting;

/// <summary>Replies of loops, and what they believe of themselves.</summary>
public sealed class LoopReportTests
{
    private const double BarWidth = 96;

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
}
