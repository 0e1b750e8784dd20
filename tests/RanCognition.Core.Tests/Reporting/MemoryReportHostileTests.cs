using static RanCognition.Tests.Reporting.MemoryPages;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

public sealed class MemoryReportHostileTests
{
    [Theory]
    [InlineData("""{"hits":[{}],"scanned":1}""")]
    [InlineData("""{"hits":[null,1,"x",[],{"episode":null}],"scanned":null}""")]
    [InlineData("""{"hits":[{"episode":{}}]}""")]
    [InlineData("""{"hits":[{"id":1,"episode":{"action":[null,{},{"before":null}],"outcome":[1],"situation":"x","tags":[null,[],{}],"success":"yes"},"why":[{},null,{"share":7},{"share":-1}]}]}""")]
    [InlineData("""{"hits":[{"id":"\ud800","episode":{"text":"\ud800","\ud800":1,"outcome":{"\ud800":1}},"why":[{"metric":"\udfff"}]}]}""")]
    [InlineData("""{"hits":[{"episode":{"outcome":{"x":1e308,"y":-1e308},"situation":{"x":1,"x":2}}},{"episode":{"outcome":{"x":-1e308,"y":1e308}}}],"weights":[1]}""")]
    [InlineData("""{"skills":[{},null,{"success_rate":7,"lower":-1,"upper":1e308,"situation":[],"action":{},"episodes":{}}]}""")]
    [InlineData("""{"enough":true,"treated":{},"control":[]}""")]
    [InlineData("""{"enough":true,"treated":1,"control":1,"effect":1e308,"lower":-1e308,"upper":1e308}""")]
    [InlineData("""{"enough":true,"treated":1,"control":1,"effect":3,"lower":5,"upper":1}""")]
    [InlineData("""{"episodes":null,"index_bytes":-1}""")]
    [InlineData("""{"episodes":{},"index_bytes":[],"scales":[null,{}],"durability":5,"metric":{},"path":7}""")]
    [InlineData("""{"id":{},"durable":[]}""")]
    [InlineData("""{"ids":{},"durable":1}""")]
    [InlineData("""{"removed":1e300}""")]
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
}
