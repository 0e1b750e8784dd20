using static RanCognition.Tests.Reporting.CognitionPages;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

public sealed class CognitionReportHostileTests
{
    [Theory]
    [InlineData("{\"decision_id\":[],\"alternatives\":[],\"guards\":[]}")]
    [InlineData("{\"decision_id\":1,\"alternatives\":[null,1,{},{\"actions\":7},{\"actions\":[null,{}],\"expected\":[],\"vetoes\":{}}],\"guards\":[null,{}],\"actions\":[{},{\"managedObject\":[],\"after\":{\"a\":1}}],\"expected\":{\"\\ud800\":{\"p10\":1e308,\"p50\":0,\"p90\":-1e308},\"m\":7,\"n\":{\"p10\":-1e308,\"p50\":0,\"p90\":1e308}},\"confidence\":1e308}")]
    [InlineData("{\"decision_id\":1,\"alternatives\":[],\"guards\":[],\"cause\":{\"name\":7,\"tests\":[{},{\"value\":1e308,\"limit\":1e308},{\"value\":0,\"limit\":0},{\"value\":-1,\"limit\":1}]},\"causes\":[{},{}],\"explanation\":[{},{\"text\":7,\"fields\":[null,{}]}],\"timing_ns\":{\"\\ud800\":1e308,\"a\":1e308,\"b\":-1},\"infeasible\":{\"constraints\":{}}}")]
    [InlineData("{\"decision_id\":1,\"alternatives\":[],\"guards\":[],\"infeasible\":{\"constraints\":[null,\"a\",1]},\"targets\":[{\"id\":1}],\"evidence\":{\"similar\":[{},{\"outcome\":[],\"action\":{}}],\"sensitivities\":{\"a\":1e308,\"b\":-1e308,\"\\ud800\":0}},\"rollback\":{\"condition\":7,\"observe_ns\":-1,\"restore\":[{}]}}")]
    [InlineData("{\"decision_id\":1,\"verdict\":7,\"restore\":{},\"surprise\":1e308}")]
    [InlineData("{\"decision_id\":{},\"restore\":[null,1,[]]}")]
    [InlineData("{\"calibration\":{\"ece\":1e308,\"bins\":[{},{\"lower\":-1e308,\"upper\":1e308,\"count\":1,\"confidence\":1e308,\"held\":-1},{\"count\":1e308,\"confidence\":0,\"held\":1},{\"count\":1e308,\"confidence\":1,\"held\":0}]},\"integration\":{\"partition\":[1,[],[null,{}]],\"phi\":-1e308},\"decisions\":{\"\\ud800\":1,\"a\":-5,\"TOTAL\":1e308}}")]
    [InlineData("{\"calibration\":{},\"integration\":{\"partition\":{}},\"decisions\":{\"a\":{},\"TOTAL\":-1},\"vetoes\":[]}")]
    [InlineData("{\"format\":\"x\",\"skipped\":[null,{},{\"count\":1e308},{\"count\":1e308},{\"count\":-1},{\"count\":\"x\"}],\"samples\":{},\"granularity_ns\":[-1,1e308,null],\"from_ns\":5}")]
    [InlineData("[{\"decision_id\":1,\"restore\":[]},{\"decision_id\":1,\"alternatives\":[],\"guards\":[]},{\"decision_id\":1,\"restore\":[]},[],{\"Ok\":7},{\"Ok\":{\"decision_id\":1,\"verdict\":\"KEPT\"}}]")]
    public void Members_of_another_kind_give_a_well_formed_page(string json) => Assert.Single(Parse(Render(json)).Descendants("h1"));

    [Fact]
    public void Any_one_value_may_be_missing_or_of_another_kind()
    {
        foreach (var json in All("c1")[..^1].Where((_, number) => number != 1).Append($"[{Ingest()},{Outcome("ROLL_BACK", "9")},{Rollback()},{Outcome()}]"))
        {
            foreach (var changed in JsonFaults.Of(json))
            {
                Assert.Single(Parse(Render(changed)).Descendants("h1"));
            }
        }
    }

    [Fact]
    public void No_list_makes_the_page_grow_without_bound()
    {
        var causes = string.Join(",", Enumerable.Range(0, 1000).Select(i => Cause(place: $"NRCellRelation={i}-2", tests: Test())));
        var page = Render(Decision(causes: causes));
        Assert.True(page.Length < 400_000, $"{page.Length} characters");
        Assert.Contains("800 more findings are in the result", page, StringComparison.Ordinal);
        var changes = string.Join(",", Enumerable.Range(0, 500).Select(i => Change($"NRCellDU={i}")));
        var metrics = string.Join(",", Enumerable.Range(0, 500).Select(i => Quantiles($"NRCellDU={i}/RRU.PrbTotDl")));
        page = Render(Decision(actions: changes, expected: metrics, alternatives: string.Join(",", Enumerable.Range(0, 32).Select(_ => Alternative(changes, metrics)))));
        Assert.True(page.Length < 800_000, $"{page.Length} characters");
        Assert.Contains("300 more changes are in the result", page, StringComparison.Ordinal);
        var long_ = new string('x', 50_000);
        Assert.True(Render(Decision(Quote(long_), long_, Change(long_, long_, Quote(long_), Quote(long_)), cause: Cause(long_, long_, Test(long_, long_)), guards: Guard(long_, false, long_), reason: long_, text: long_)).Length < 300_000);
        Assert.True(Render(State(partition: $"[[{string.Join(",", Enumerable.Repeat("\"m\"", 10_000))}],[]]", bins: string.Join(",", Enumerable.Range(0, 10_000).Select(_ => Bin(0.2, "4", "0.25", "0.5"))))).Length < 300_000);
        Assert.True(Render(Ingest(skipped: string.Join(",", Enumerable.Range(0, 10_000).Select(i => $$"""{"what":"m{{i}}","why":"empty","count":{{i}}}""")))).Length < 300_000);
    }

    [Fact]
    public void A_log_of_very_many_decisions_stays_bounded()
    {
        var page = Render($"[{string.Join(",", Enumerable.Range(0, 1200).Select(i => Decision((i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))))}]");
        Assert.True(page.Length < 9_500_000, $"{page.Length} characters");
        Assert.Contains("200 more results are in the result", page, StringComparison.Ordinal);
        Assert.True(Render($"[{Decision("1")},{string.Join(",", Enumerable.Repeat(Outcome("WATCHING", "1"), 5000))}]").Length < 500_000);
        var long_ = new string('y', 50_000);
        Assert.True(Render($"[{string.Join(",", Enumerable.Repeat(Decision(Quote(long_), reason: long_, text: long_), 50))}]").Length < 8_000_000);
    }
}
