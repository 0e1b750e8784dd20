using System.Buffers;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.StrangeLoop;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

/// <summary>The pages know the results as the library writes them: those that are kept to compare its JSON with.</summary>
public sealed class StrangeLoopReportGoldenTests
{
    [Theory]
    [InlineData("fixed_point", "Fixed point")]
    [InlineData("cycle", "Fixed point")]
    [InlineData("infeasible", "Fixed point")]
    [InlineData("conflicts", "Conflicts between control functions")]
    [InlineData("conflicts_none", "Conflicts between control functions")]
    [InlineData("conflicts_no_loops", "Conflicts between control functions")]
    [InlineData("conflicts_precedence", "Conflicts between control functions")]
    [InlineData("first_reply", "Prediction of a loop, corrected")]
    [InlineData("reply", "Prediction of a loop, corrected")]
    public void Results_are_recognised_and_none_of_their_fields_is_strange(string name, string title)
    {
        var page = Parse(Render(File.ReadAllText(TestPaths.InRepository($"tests/golden/strange_loop_{name}.json"))));
        Assert.Equal(title, page.Descendants("h1").Single().Value);
        Assert.DoesNotContain("Other fields of the result", page.Value, StringComparison.Ordinal);
        Assert.Contains(page.Descendants("p"), p => (string?)p.Attribute("class") == "lead" && p.Value.Length > 10);
    }

    [Fact]
    public void A_state_is_recognised_and_none_of_its_fields_is_strange()
    {
        var core = new StrangeLoopCore(new StrangeLoopOptions(), new FixedHost());
        for (ulong step = 1; step <= 30; step++)
        {
            core.Observe(new LoopObservation
            {
                LoopId = "l",
                TimeNs = step,
                Observed = step == 1 ? [] : [new LoopValue("m", step % 3)],
                Predict = [new LoopForecast("m", 1, 0, 2, 0.9)],
                Experts = [new LoopExpert("one", [new LoopValue("m", 1)]), new LoopExpert("two", [new LoopValue("m", 2)])],
            });
        }
        var state = new ArrayBufferWriter<byte>();
        JsonOut.StrangeLoopState(core.GetState(), state);
        var page = Parse(Render(Encoding.UTF8.GetString(state.WrittenSpan)));
        Assert.Equal("What the loops believe of themselves", page.Descendants("h1").Single().Value);
        Assert.DoesNotContain("Other fields of the result", page.Value, StringComparison.Ordinal);
        Assert.Contains("1\u00A0loop with 1\u00A0metric: all are within their bounds.", TextOf(page, "p"), StringComparison.Ordinal);
        Assert.Contains("one", TextOf(page, "th").Split('|'));
        Assert.Contains("29", TextOf(page, "td").Split('|'));
        Assert.Contains("Regret", TextOf(page, "th").Split('|'));
    }
}
