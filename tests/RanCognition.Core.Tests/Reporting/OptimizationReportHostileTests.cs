using static RanCognition.Tests.Reporting.OptimizationPages;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

public sealed class OptimizationReportHostileTests
{
    private const string Begin = "{\"stopped\":\"budget\",\"arms\":{\"a\":-1,\"b\":1e308,\"c\":1e308},\"trace\":";

    [Theory]
    [InlineData(Begin + "[null,1,{},{\"evaluations\":-1,\"f\":1},{\"evaluations\":1e308,\"f\":1e308},{\"evaluations\":1,\"f\":-1e308}]}")]
    [InlineData(Begin + "[{\"evaluations\":1,\"f\":1e299},{\"evaluations\":2,\"f\":-1e299}],\"bound\":{\"value\":-1e308,\"kind\":\"proven\"}}")]
    [InlineData(Begin + "[],\"best\":{\"x\":{},\"f\":[null],\"values\":[],\"feasible\":true,\"constraints\":[null,{},1]}}")]
    [InlineData(Begin + "[],\"best\":{\"f\":[1,2],\"feasible\":false},\"infeasible_subset\":[null,1,{}],\"pareto\":[{},null,{\"f\":[1]},{\"f\":[1e308,-1e308]},{\"f\":[1,null]}]}")]
    [InlineData(Begin + "[],\"best\":{\"f\":[0,0],\"values\":{\"\":0,\"_w\":0}},\"pareto\":[{\"f\":[0,0]}],\"sensitivity\":{\"\\ud800\":7,\"x\":-1}}")]
    [InlineData(Begin + "[],\"actions\":[null,{},{\"before\":{}}],\"expected\":{\"\\ud800\":null,\"a\":1,\"b\":{\"before\":1e308,\"after\":-1e308}}}")]
    [InlineData(Begin + "[],\"map\":{\"sites\":[{},null,{\"x\":1e308,\"y\":0},{\"x\":0,\"y\":0},{\"x\":0,\"y\":0}],\"cells\":[{},{\"site\":-1},{\"site\":1e308},{\"site\":3,\"azimuth_deg\":1e308},{\"site\":3.5}],\"users\":[{},{\"x\":1},{\"x\":1,\"y\":1e9}]}}")]
    [InlineData(Begin + "[],\"map\":{\"cells\":[{\"site\":0}],\"users\":[]}}")]
    [InlineData(Begin + "[],\"map\":{\"users\":[{\"x\":5,\"y\":5,\"rate_mbps_before\":1e308,\"rate_mbps_after\":-1}]}}")]
    [InlineData("""{"feasible":true,"overloaded_cells":[null,-1,1e308,"x",99],"throughput_mbps":1,"loads":[1e308,-1e308,null,{}],"critical_scale":-1}""")]
    public void Members_of_another_kind_give_a_well_formed_page(string json) => Assert.Single(Parse(Render(json)).Descendants("h1"));

    [Fact]
    public void Any_one_value_may_be_missing_or_of_another_kind()
    {
        foreach (var json in All("c1"))
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
        var trace = string.Join(",", Enumerable.Range(1, 100_000).Select(i => $"{{\"evaluations\":{i},\"f\":{-i}}}"));
        Assert.True(Render(Search(trace: trace)).Length < 300_000);
        Assert.True(Render(Search(more: Map(20_000, 20_000))).Length < 3_000_000);
        Assert.True(Render(Front(3, points: 20_000)).Length < 1_000_000);
        Assert.True(Render(Network($"[{string.Join(",", Enumerable.Repeat("0.5", 50_000))}]")).Length < 1_000_000);
    }
}
