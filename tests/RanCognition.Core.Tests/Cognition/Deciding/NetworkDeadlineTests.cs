using System.Text;
using RanCognition.Cognition;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;

namespace RanCognition.Tests.Cognition;

/// <summary>A deadline that is shorter than what the model of the network takes to be built.</summary>
public sealed class NetworkDeadlineTests
{
    private const string Hexagonal = """ "network":{"layout":{"type":"hexagonal","sites":19,"inter_site_distance_m":500},"users":{"count":1500,"seed":1},"traffic_mbps":200} """;

    private const string Relation = """
        "history":{"NRCellRelation=1-2/MM.HoExeInterReq":{"start_ns":0,"step_ns":900000000000,"values":[90,80,95,85,90,80,95,85]},
        "NRCellRelation=1-2/HO.IntraSys.TooLate":{"start_ns":0,"step_ns":900000000000,"values":[9,8,9,8,9,8,9,8]}}
        """;

    [Fact]
    public void Without_the_time_for_the_model_nothing_is_changed_and_the_result_says_why()
    {
        using CognitiveCore core = Core();
        Decision hurried = Decide(core, Hexagonal, 2_000_000);
        Assert.Empty(hurried.Actions);
        Assert.Equal("no change: deadline_ns leaves no time to build the model of the network", hurried.Reason);
        Assert.Contains(hurried.Ignored, field => field.Field == "/network" && field.Reason.Contains("deadline_ns", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_that_was_built_serves_hurried_decisions_too()
    {
        using CognitiveCore core = Core();
        Decision first = Decide(core, Hexagonal, null);
        Decision hurried = Decide(core, Hexagonal, 20_000_000);
        Assert.NotEmpty(first.Actions);
        Assert.DoesNotContain(first.Ignored, field => field.Field == "/network");
        Assert.DoesNotContain(hurried.Ignored, field => field.Field == "/network");
        Assert.NotEqual("no change: deadline_ns leaves no time to build the model of the network", hurried.Reason);
    }

    [Fact]
    public void A_small_network_is_built_within_a_short_deadline()
    {
        using CognitiveCore core = Core();
        Decision decision = Decide(core, """ "network":{"layout":{"type":"hexagonal","sites":1},"users":{"count":5,"seed":1},"traffic_mbps":1} """, 2_000_000);
        Assert.DoesNotContain(decision.Ignored, field => field.Field == "/network");
    }

    [Fact]
    public void The_hosts_model_judges_where_that_of_the_network_could_not_be_built()
    {
        using CognitiveCore core = Core();
        DecisionProblem question = Question(Hexagonal, 2_000_000);
        Decision decision = core.Decide(question, [], new HostModel());
        Assert.Contains(decision.Ignored, field => field.Field == "/network");
        Assert.NotEmpty(decision.Actions);
    }

    private static CognitiveCore Core() => new(new CognitiveOptions { Seed = 1 }, EpisodeCodec.Instance, DecisionCodec.Instance, new FixedHost(step: 1000));

    private static Decision Decide(CognitiveCore core, string network, ulong? deadlineNs) => core.Decide(Question(network, deadlineNs), []);

    private static DecisionProblem Question(string network, ulong? deadlineNs)
    {
        string deadline = deadlineNs is { } ns ? $"\"deadline_ns\":{ns}," : "";
        return JsonIn.DecisionProblem(Encoding.UTF8.GetBytes($$"""{"problem_type":"MRO","time_ns":7200000000000,{{deadline}}{{Relation}},{{network}}}"""), "problem");
    }

    private sealed class HostModel : RanCognition.Cognition.Situations.IOutcomeAnswers
    {
        public double[] Values(IReadOnlyList<ConfigurationChange> actions, IReadOnlyList<string> metrics)
        {
            double[] values = new double[metrics.Count];
            Array.Fill(values, double.NaN);
            return values;
        }
    }
}
