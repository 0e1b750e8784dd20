using System.Globalization;
using System.Xml.Linq;
using static RanCognition.Tests.Reporting.CognitionPages;
using static RanCognition.Tests.Reporting.ReportPages;
using static RanCognition.Tests.Reporting.ReportReading;

namespace RanCognition.Tests.Reporting;

public sealed class CognitionReportTests
{
    private const string Hostile = "</script><img src=x onerror=alert(1)>\"' onload='x' <!-- ]]> &amp; javascript:alert(2) \u202E\u0000\u001B";
    private const double BarWidth = 96;

    [Theory]
    [InlineData("decision", "Decision 7: MRO")]
    [InlineData("infeasible", "Decision 1")]
    [InlineData("kept", "Outcome of decision 8")]
    [InlineData("roll_back", "Outcome of decision 7")]
    [InlineData("watching", "Outcome of decision 8")]
    [InlineData("rollback", "Rollback of decision 7")]
    [InlineData("state", "What the cognitive core knows of itself")]
    [InlineData("state_new", "What the cognitive core knows of itself")]
    [InlineData("ingest", "Measurements taken in")]
    public void Results_as_the_library_writes_them_are_recognised_and_none_of_their_fields_is_strange(string name, string title)
    {
        var page = Parse(Render(File.ReadAllText(TestPaths.InRepository($"tests/golden/cognition_{name}.json"))));
        Assert.Equal(title, page.Descendants("h1").Single().Value);
        Assert.DoesNotContain("Other fields of the result", page.Value, StringComparison.Ordinal);
        Assert.True(Lead(page).Length > 10);
    }

    [Fact]
    public void A_decision_answers_with_its_change_and_how_sure_it_is()
    {
        var page = Parse(Render(Decision()));
        Assert.Equal("cellIndividualOffset of NRCellRelation=1-2 goes from 0 to 2: all targets hold with a probability of 90\u00A0%, against 25\u00A0% when nothing is done.", Lead(page));
        Assert.Equal("Proposed", Chip(page));
        Assert.Contains("|The best of the alternatives against too_late.|Assist: it is a proposal", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.Equal("90\u00A0%|Too late|ASSIST|2020-01-01 00:00\u00A0UTC|0.5|10\u00A0µs", TextOf(page, "dd"));
        Assert.StartsWith("2\u00A0changes at 1\u00A0managed object: all targets", Lead(Parse(Render(Decision(actions: Change() + "," + Change(attribute: "x"))))), StringComparison.Ordinal);
        Assert.StartsWith("cellIndividualOffset of NRCellRelation=1-2 is set to 2:", Lead(Parse(Render(Decision(actions: Change(before: "null"))))), StringComparison.Ordinal);
        Assert.EndsWith(": there are no targets that could be missed.", Lead(Parse(Render(Decision(targets: "", confidence: "1")))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_without_a_change_says_why()
    {
        var vetoed = Parse(Render(Decision(actions: "", confidence: "0.4", guards: Guard(passed: false), reason: "no change: every candidate was vetoed by PACING")));
        Assert.Equal("Nothing is changed: every candidate was vetoed by PACING. All targets hold with a probability of 40\u00A0%.", Lead(vetoed));
        Assert.Equal("Vetoed", Chip(vetoed));
        Assert.DoesNotContain(vetoed.Descendants("section"), section => Id(section) == "changes");
        var healthy = Parse(Render(Decision(actions: "", cause: Cause("healthy", ""), reason: "no change: nothing ails")));
        Assert.Equal("Nothing ails", Chip(healthy));
        Assert.Contains("|Nothing ails, with a probability of 98.5\u00A0%, from 1200 samples.", TextOf(healthy, "p"), StringComparison.Ordinal);
    }

    [Fact]
    public void Constraints_that_contradict_each_other_are_named_with_what_they_demand()
    {
        var page = Parse(Render(Infeasible()));
        Assert.Equal("Nothing is changed: no value satisfies these constraints together: load_low, load_high.", Lead(page));
        Assert.Equal("Contradiction", Chip(page));
        Assert.Equal(["load <= 1load_low|not known ", "load >= 2load_high|not known "], Rows(Table(page, "A smallest set")));
    }

    [Fact]
    public void Each_sentence_stands_with_the_values_of_its_fields()
    {
        var section = Section(Parse(Render(Decision(guards: Guard()))), "explanation");
        var sentence = Assert.Single(section.Descendants("li"));
        Assert.Equal("All targets hold with a probability of 90 %: load", sentence.Element("p")!.Value);
        Assert.Equal("Evidence", sentence.Descendants("summary").Single().Value);
        Assert.Equal("From /confidence = 0.9, /guards/0/passed = true, /load", sentence.Descendants("p").Last().Value);
    }

    [Fact]
    public void A_cause_shows_its_tests_against_their_limits()
    {
        var page = Parse(Render(Decision(cause: Cause(tests: Test() + "," + Test("ping_pong_rate", value: "null", limit: "null", p: "null", holds: false)))));
        var table = Table(page, "Tests of the cause");
        Assert.Equal(["Too late rate|HO.IntraSys.TooLate|0.08 |0.05|<0.001|yes", "Ping pong rate|HO.IntraSys.TooLate|– |–|–|no"], Rows(table));
        // The bar is 0..0.088: it reaches to 0.05 of it, its mark stands at 0.08.
        Assert.Equal([BarWidth * 0.05 / 0.088], Widths(table, "span"), Near);
        Assert.Contains("|No cause is known, from 1200 samples.", TextOf(Parse(Render(Decision(cause: Cause("unknown", "")))), "p"), StringComparison.Ordinal);
        Assert.DoesNotContain("findings", page.Value, StringComparison.Ordinal);
        Assert.Equal(["NRCellRelation=1-2|Too late|98.5\u00A0% |1200|too_late_rate 0.08, limit 0.05", "–|Outage|98.5\u00A0% |1200|m"],
            Rows(Table(Parse(Render(Decision(causes: Cause(tests: Test()) + "," + Cause("outage", "")))), "What was found at each")));
    }

    [Fact]
    public void What_is_expected_stands_beside_doing_nothing_on_one_scale()
    {
        var table = Table(Parse(Render(Decision())), "Median, and from the tenth");
        Assert.Equal(["load|70.0 (60.0 to 80.0) |50.0 (40.0 to 60.0) |-20"], Rows(table));
        // Both bars are 36..84: 60 to 80, and 40 to 60.
        Assert.Equal([BarWidth * 20 / 48, BarWidth * 20 / 48], Widths(table, "span"), Near);
        Assert.Equal([BarWidth * 24 / 48, BarWidth * 4 / 48], table.Descendants("rect").Where(rect => (string?)rect.Attribute("class") == "span").Select(rect => double.Parse((string)rect.Attribute("x")!, CultureInfo.InvariantCulture)), Near);
        Assert.Equal(["load|not known |not known |–"], Rows(Table(Parse(Render(Decision(expected: Quantiles("load", "null", "null", "null"), alternatives: Alternative()))), "Median")));
        Assert.Equal(["load|50.0 (40.0 to 60.0) "], Rows(Table(Parse(Render(Decision(actions: ""))), "Median")));
    }

    [Fact]
    public void Every_alternative_is_compared_and_the_chosen_one_is_marked()
    {
        var other = Change(after: "8");
        var page = Parse(Render(Decision(alternatives: Alternative() + "," + Alternative(other, "", "0.95", "given", "\"AT_BOUND\",\"PACING\"") + "," + Alternative(Change(), Quantiles("load"), "0.9", "network"))));
        Assert.Equal(["1|doing nothing|25\u00A0% |none|do nothing", "2|the question|95\u00A0% |AT_BOUND, PACING|cellIndividualOffset of NRCellRelation=1-2 goes from 0 to 8",
            "3 chosen|the network model|90\u00A0% |none|cellIndividualOffset of NRCellRelation=1-2 goes from 0 to 2Expectedload 50.0 (40.0 to 60.0)"], Rows(Table(page, "Every alternative")));
        Assert.StartsWith("1 chosen|", Rows(Table(Parse(Render(Decision(actions: ""))), "Every alternative"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Guards_that_took_something_out_come_first()
    {
        var page = Parse(Render(Decision(guards: Guard() + "," + Guard("AT_BOUND", false, "8 is beyond -6..6", Change(after: "8")))));
        Assert.Equal(["AT_BOUND|vetoed|8 is beyond -6..6|cellIndividualOffset of NRCellRelation=1-2 goes from 0 to 8", "PACING|passed|long ago|–"], Rows(Table(page, "Every guard")));
    }

    [Fact]
    public void Evidence_rollback_targets_and_times_are_told()
    {
        var page = Parse(Render(Decision()));
        Assert.Equal(["3|0.125|helped|load of load is set to load|load 55", "4|0.5|did not help|–|–", "5|0.75|not known|–|–"], Rows(Table(page, "Earlier cases")));
        Assert.Equal(["load/tilt|-0.25 ", "b|+0.5 ", "unknown|– "], Rows(Table(page, "when this change alone is left out")));
        Assert.Equal(["load <= 70t|90\u00A0% "], Rows(Table(page, "How likely each target")));
        Assert.Contains("The outcome is watched for 15\u00A0min. The old values come back when load > 75 holds for what is observed.", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.Equal(["load|cellIndividualOffset|its default"], Rows(Table(page, "Values to restore")));
        var times = Table(page, "Time of each stage");
        Assert.Equal("Recall|1\u00A0µs|10\u00A0% ", Rows(times)[0]);
        Assert.Equal([9.6, 19.2, 28.8, 38.4, 0], Widths(times, "part"), Near);
    }

    [Theory]
    [InlineData("KEPT", "true", "Kept", "Decision 7 is kept. All targets held.", "answer good")]
    [InlineData("KEPT", "false", "Kept", "Decision 7 is kept. Not all targets held.", "answer watch")]
    [InlineData("ROLL_BACK", "null", "To be rolled back", "Decision 7 is to be rolled back.", "answer bad")]
    [InlineData("WATCHING", "null", "Watched", "Decision 7 is still watched.", "answer unknown")]
    public void An_outcome_answers_with_its_verdict(string verdict, string held, string chip, string sentence, string cssClass)
    {
        var page = Parse(Render(Outcome(verdict, held: held)));
        Assert.Equal(chip, Chip(page));
        Assert.Equal(sentence, Lead(page));
        Assert.Equal(cssClass, (string?)page.Descendants("div").First(div => ((string?)div.Attribute("class"))?.StartsWith("answer", StringComparison.Ordinal) == true).Attribute("class"));
        Assert.Contains("|Load is 52.", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.Equal(verdict == "ROLL_BACK", page.Descendants("section").Any(section => Id(section) == "restore"));
    }

    [Fact]
    public void A_rollback_lists_the_old_values()
    {
        var page = Parse(Render(Rollback()));
        Assert.Equal("Decision 7 is undone: 1\u00A0old value to be set again.", Lead(page));
        Assert.Equal(["NRCellRelation=1-2|cellIndividualOffset|LOCKED"], Rows(Table(page, "The old values")));
    }

    [Fact]
    public void A_state_draws_how_far_confidences_can_be_believed()
    {
        var page = Parse(Render(State()));
        Assert.Equal("20 decisions, 16 with a known outcome: confidences are 2\u00A0percentage points off on average; so few say little.", Lead(page));
        var figure = Assert.Single(page.Descendants("figure"));
        // Across and upwards 0..1 on 12..988 and 388..12.
        Assert.Equal("M12 388L988 12", Path(figure, "bound"));
        Assert.Equal([(12 + 976 * 0.25, 388 - 376 * 0.5), (12 + 976 * 0.95, 388 - 376 * 0.75)], Points(figure, "points"), Close);
        Assert.Equal("2\u00A0bins with decisions, 16 outcomes; the farthest from equal: confidence 25\u00A0%, held 50\u00A0%.", (string)figure.Descendants("svg").Single().Attribute("aria-label")!);
        Assert.Equal(["0\u00A0% to 10\u00A0%|0|–|– ", "20\u00A0% to 30\u00A0%|4|25\u00A0%|50\u00A0% ", "90\u00A0% to 100\u00A0%|12|95\u00A0%|75\u00A0% "], Rows(Table(page, "Each bin")));
    }

    [Fact]
    public void A_state_says_what_its_numbers_mean()
    {
        var page = Parse(Render(State()));
        Assert.Equal(["Skill of the self-model|0.75", "Calibration error (ECE)|0.02", "Brier score|0.15", "Coverage|80\u00A0%", "Regret|-0.125"],
            Rows(Table(page, "What was measured")).Select(row => row[..row.LastIndexOf('|')]));
        var decisions = Table(page, "Decisions by mode");
        Assert.Equal("Autonomous|10|50\u00A0% ", Rows(decisions)[2]);
        Assert.Equal(["PACING|4|20\u00A0% ", "d is constant|2|10\u00A0% "], Rows(Table(page, "took something out of")));
        var integration = Section(page, "integration");
        Assert.Contains("0.25 nats", integration.Value, StringComparison.Ordinal);
        Assert.Equal(["ab", "c"], integration.Descendants("ul").Select(side => string.Concat(side.Elements("li").Select(item => item.Value))));
        Assert.Contains("from 288 periods", integration.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_without_outcomes_claims_nothing()
    {
        var page = Parse(Render(State("null", "", "null", "[]")));
        Assert.Equal("20 decisions; no outcome is known yet.", Lead(page));
        Assert.Empty(page.Descendants("figure"));
        Assert.Contains("Whether metrics act as one is not known.", page.Value, StringComparison.Ordinal);
        Assert.Equal("No decision has been made yet.", Lead(Parse(Render(State(total: "0")))));
    }

    [Fact]
    public void What_was_not_taken_in_stands_with_its_reason()
    {
        var page = Parse(Render(Ingest()));
        Assert.Equal("5 numbers of 1 metric of 2 managed objects were taken from TS 32.435 XML; 4 values were not.", Lead(page));
        Assert.Equal("gNB-1|2020-01-01 00:00 to 01:00\u00A0UTC|5\u00A0min, 15\u00A0min|7\u00A0ns", TextOf(page, "dd"));
        var table = Table(page, "Values as written");
        Assert.Equal(["NRCellDU=2/RRU.PrbTotDl|marked as suspect|3|75\u00A0% ", "b|empty|1|25\u00A0% "], Rows(table));
        Assert.Equal([BarWidth * 0.75, BarWidth * 0.25], Widths(table, "part"), Near);
        Assert.StartsWith("Nothing was taken from VES perf3gpp", Lead(Parse(Render(Ingest("0", format: "ves_perf3gpp")))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_tells_each_decision_with_what_came_of_it()
    {
        var page = Parse(Render(Log()));
        Assert.Equal("Log of 3\u00A0decisions", page.Descendants("h1").Single().Value);
        Assert.Equal("3\u00A0decisions, 2 with changes: 1 kept, 1 called back, 0 without a verdict.", Lead(page));
        Assert.Contains("|All targets held after 1 of the 2\u00A0decisions whose outcome tells of them.|", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.Contains("At last it knew of itself: 20 decisions, 16 with", TextOf(page, "p"), StringComparison.Ordinal);
        var rows = page.Descendants("details").Where(row => (string?)row.Attribute("class") == "problem loop").ToList();
        Assert.Equal(["Measurements taken in: Taken in", "Decision 1: MRO: Kept", "Decision 2: MRO: Rolled back", "Outcome of decision 99: Kept", "Decision 3: MRO: Nothing ails", "What the cognitive core knows of itself: State", "Error: Failed", "Result: Result", "Result: Result"],
            rows.Select(row => $"{(string?)row.Attribute("data-name")}: {Chip(row)}"));
        Assert.Equal(["Decision 1 is still watched. All targets held.", "Decision 1 is kept. All targets held."], rows[1].Descendants("p").Where(p => (string?)p.Attribute("class") == "lead").Select(p => p.Value).Take(2));
        Assert.Equal("watch good bad good good unknown bad unknown unknown", string.Join(' ', rows.Select(row => (string?)row.Attribute("data-state"))));
        Assert.Equal("decision with_changes too_late", (string?)rows[1].Attribute("data-kinds"));
        Assert.Equal("decision without_a_change healthy", (string?)rows[4].Attribute("data-kinds"));
        Assert.Contains("cellIndividualOffset of NRCellRelation=1-2 goes from 0 to 2", (string?)rows[1].Attribute("data-find"), StringComparison.Ordinal);
        Assert.DoesNotContain(rows, row => row.Attribute("open") is not null);
    }

    [Fact]
    public void A_log_with_several_states_tells_what_was_learned()
    {
        var page = Parse(Render($"[{State("0.3", total: "1")},{Decision()},{State(total: "2")}]"));
        var table = Table(page, "knew of itself each time");
        Assert.Equal(["Result 1|1|16|0.75|0.3|0.15|80\u00A0%|-0.125", "Result 3|2|16|0.75|0.02|0.15|80\u00A0%|-0.125"], Rows(table));
        Assert.Equal(["#result-1", "#result-3"], table.Descendants("a").Select(link => (string?)link.Attribute("href")));
        Assert.All(table.Descendants("a"), link => Assert.Contains(page.Descendants("details"), row => "#" + Id(row) == (string?)link.Attribute("href")));
        Assert.DoesNotContain("What it learned", Render(Log()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", "Targets held", "good")]
    [InlineData("false", "Targets missed", "watch")]
    [InlineData("null", "Kept", "good")]
    public void Doing_nothing_is_judged_by_its_targets(string held, string label, string state)
    {
        var row = Parse(Render($"[{Decision(actions: "")},{Outcome(held: held)}]")).Descendants("details").First(row => (string?)row.Attribute("class") == "problem loop");
        Assert.Equal(label, Chip(row));
        Assert.Equal(state, (string?)row.Attribute("data-state"));
    }

    [Fact]
    public void A_log_of_one_decision_is_open()
    {
        var page = Parse(Render($"[{Decision()}]"));
        Assert.NotNull(page.Descendants("details").First(row => (string?)row.Attribute("class") == "problem loop").Attribute("open"));
        Assert.Contains("goes from 0 to 2", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_of_others_are_not_taken_for_the_cognitions()
    {
        foreach (var json in new[] { """{"decision_id":1}""", """{"decision_id":1,"alternatives":[],"guards":{}}""", """{"calibration":{},"decisions":{}}""", """{"format":"rows","skipped":[]}""", """{"error":true,"message":"m","decision_id":1,"restore":[]}""", "[1,{}]", "[]" })
        {
            Assert.DoesNotContain(TextOf(Parse(Render(json)), "h1"), (string[])["Rollback of decision 1", "Outcome of decision 1", "Decision 1: ", "What the cognitive core knows of itself", "Measurements taken in", "Log of 2\u00A0results"]);
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

    private static XElement Section(XElement page, string id) => page.Descendants("section").Single(section => Id(section) == id);
}
