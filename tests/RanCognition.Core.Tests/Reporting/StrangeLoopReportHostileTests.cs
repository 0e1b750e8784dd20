using static RanCognition.Tests.Reporting.ReportPages;
using static RanCognition.Tests.Reporting.StrangeLoopPages;

namespace RanCognition.Tests.Reporting;

public sealed class StrangeLoopReportHostileTests
{
    private const string Point = "{\"convergence\":true,\"state\":\"CONVERGED\",\"history\":";
    private const string Report = "{\"loop_gain_matrix\":{\"a\":{\"a\":1e308,\"b\":-1e308},\"b\":null,\"\\ud800\":[]},\"spectral_radius\":1e308,\"conflicts\":";
    private const string Answer = "{\"interval_scale\":{\"m\":-1},\"weights\":{\"a\":7,\"b\":-1,\"c\":null,\"\\ud800\":1e308},\"corrected\":";

    [Theory]
    [InlineData(Point + "[]}")]
    [InlineData(Point + "[1e308,1e-320,-1,\"x\",{}],\"x\":[1e308,-1e308],\"iterations\":-5}")]
    [InlineData(Point + "[1e308,0],\"x\":{},\"iterations\":1e308,\"residual\":[],\"period\":-1,\"critical_scale\":{}}")]
    [InlineData(Point + "[0,0,0],\"x\":[0,0],\"critical_scale\":-1e308,\"method\":\"\",\"reason\":7}")]
    [InlineData(Report + "[]}")]
    [InlineData(Report + "[null,1,{},{\"conflictType\":\"direct\",\"sources\":{},\"commands\":[]},{\"conflictType\":7,\"sources\":[null,1,[]],\"commands\":[1,2,3],\"kpi\":[],\"loop_gain\":\"x\"}],\"eigenvalues\":[[],[1],[1,null],[1e308,1e308],[1e299,-1e299],{},null]}")]
    [InlineData(Report + "[{\"conflictType\":\"implicit\",\"kpi\":{\"p_value\":-1}},{\"advice\":{\"precedence\":7}}],\"eigenvalues\":{},\"advice\":{\"kind\":\"damping\",\"damping\":1e308},\"live\":-1,\"first_command\":1e308}")]
    [InlineData(Report + "[],\"eigenvalues\":[[0,0],[1e-300,0]],\"advice\":{\"kind\":\"damping\"}}")]
    [InlineData(Answer + "{\"m\":null,\"n\":1,\"o\":{\"mean\":1e308,\"lower\":-1e308,\"upper\":1e308},\"p\":{\"lower\":5,\"upper\":1},\"\\ud800\":{}}}")]
    [InlineData(Answer + "{},\"bias\":[],\"gain\":7,\"regret\":{\"value\":1e308,\"bound\":-1e308},\"coverage\":{\"value\":-1e308,\"target\":1e308,\"bound\":1e308},\"level\":1e308}")]
    [InlineData(Answer + "{},\"regret\":{\"value\":0,\"bound\":0},\"coverage\":{\"value\":1}}")]
    [InlineData("{\"aci_step\":0,\"loops\":[null,1,{},{\"loop_id\":\"\\ud800\",\"metrics\":{\"\\ud800\":{\"coverage\":{\"value\":1e308,\"target\":-1e308,\"bound\":1e308,\"steps\":1e308}},\"m\":null,\"n\":{\"tuning\":{\"changes\":[{},null]}}},\"experts\":{\"regret\":{\"value\":1e308,\"bound\":-1e308}}}]}")]
    [InlineData("{\"aci_step\":\"x\",\"levels\":[],\"loops\":[{\"metrics\":[],\"experts\":{\"regret\":[],\"weights\":[1]},\"actions\":{}}],\"live_commands\":[{},null,{\"timestamp\":-1}],\"groups\":[{},{\"parameters\":[null,{}]}]}")]
    [InlineData("{\"aci_step\":-1e308,\"loops\":[{\"metrics\":{\"m\":{\"observations\":1e308,\"coverage\":{\"value\":0.5,\"target\":0.5,\"bound\":0,\"steps\":1},\"open\":{\"has_interval\":true}}},\"actions\":[{\"before\":{},\"after\":[]}]}]}")]
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
        Assert.True(Render(FixedPoint(x: $"[{string.Join(",", Enumerable.Repeat("0.5", 100_000))}]", history: $"[{string.Join(",", Enumerable.Range(1, 100_000))}]")).Length < 300_000);
        Assert.True(Render(FixedPoint(x: $"[{string.Join(",", Enumerable.Repeat("1.5", 100_000))}]", more: "\"critical_scale\":2,")).Length < 300_000);
        string[] conflicts = [.. Enumerable.Range(0, 10_000).Select(i => i % 3 == 0 ? Direct($"f{i}", "b") : i % 3 == 1 ? Indirect("a", "b") : Implicit())];
        var page = Render(Conflicts(Ring(200), conflicts: conflicts));
        Assert.True(page.Length < 700_000, $"{page.Length} characters");
        Assert.Contains("3134 more conflicts of this class", page, StringComparison.Ordinal);
        Assert.True(Render(Conflicts(conflicts: [Direct(new string('x', 100_000), new string('y', 100_000), new string('z', 100_000))])).Length < 200_000);
        var state = Render(State(loops: [.. Enumerable.Range(0, 3000).Select(i => Loop($"loop {i}"))]));
        Assert.True(state.Length < 6_000_000, $"{state.Length} characters");
        Assert.Contains("2000 more loops are in the result", state, StringComparison.Ordinal);
        Assert.True(Render(State(loops: [.. Enumerable.Range(0, 50).Select(i => Loop(new string('i', 50_000), new string('m', 50_000), new string('t', 50_000)))])).Length < 2_000_000);
        Assert.True(Render(Reply(string.Join(",", Enumerable.Range(0, 20_000).Select(i => $"\"m{i}\":{{\"mean\":1,\"lower\":0,\"upper\":2}}")), string.Join(",", Enumerable.Range(0, 20_000).Select(i => $"\"e{i}\":0.5")))).Length < 400_000);
    }
}
