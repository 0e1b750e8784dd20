using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using static RanCognition.Tests.Memory.MemoryQueryReadingTests;

namespace RanCognition.Tests.Json.Optimization;

/// <summary>What the problem types take beside a network.</summary>
public class SonReadingTests
{
    private static OptimizationProblem Problem(string text) => JsonIn.OptimizationProblem(Encoding.UTF8.GetBytes(text), "problem");

    [Fact]
    public void Identities_are_read()
    {
        PciSpec pci = Problem("""{"pci":{"cells":3,"relations":[[1,2],[2,3]],"weights":[1,0.5],"values":[0,1007],"present":[5,5,6],"confusion":false,"x":1}}""").Pci!;
        Assert.Equal((3, false, null), (pci.Cells, pci.Confusion, pci.ValueCount));
        Assert.Equal([1, 2, 2, 3], pci.Relations!);
        Assert.Equal([1, 0.5], pci.Weights!);
        Assert.Equal([0, 1007], pci.Values!);
        Assert.Equal([5, 5, 6], pci.Present!);
        PciSpec counted = Problem("""{"pci":{"values":{"count":9},"relations":[]}}""").Pci!;
        Assert.Equal((9, true), (counted.ValueCount, counted.Confusion));
        Assert.Empty(counted.Relations!);
        Assert.Equal(new PciSpec(), Problem("""{"pci":{"cells":null,"relations":null,"weights":null,"values":null,"present":null,"confusion":null}}""").Pci);
        int[] many = Problem("{\"pci\":{\"relations\":[" + string.Join(',', Enumerable.Range(1, 500).Select(i => $"[{i},{i + 1}]")) + "]}}").Pci!.Relations!;
        Assert.Equal(Enumerable.Range(1, 500).SelectMany(i => new[] { i, i + 1 }), many);
    }

    [Fact]
    public void Slices_are_an_array_or_an_object()
    {
        const string List =
            """[{"name":"embb","demand_mbps":100,"spectral_efficiency":2.5,"weight":3,"min_share":0.1,"max_share":0.9,"min_rate_mbps":5,"share":0.25},{"spectral_efficiency":1,"name":"iot"}]""";
        SliceSpec[] expected =
        [
            new() { Name = "embb", DemandMbps = 100, SpectralEfficiency = 2.5, Weight = 3, MinShare = 0.1, MaxShare = 0.9, MinRateMbps = 5, Share = 0.25 },
            new() { Name = "iot", SpectralEfficiency = 1 },
        ];
        SlicesSpec bare = Problem("{\"slices\":" + List + "}").Slices!;
        Assert.Equal(expected, bare.List);
        Assert.Equal(new SlicesSpec { List = bare.List }, bare);
        SlicesSpec whole = Problem("{\"slices\":{\"list\":" + List + ",\"bandwidth_mhz\":40,\"objective\":\"delay\",\"step_percent\":0}}").Slices!;
        Assert.Equal(expected, whole.List);
        Assert.Equal(new SlicesSpec { BandwidthMHz = 40, Objective = SliceObjective.Delay, StepPercent = 0, List = whole.List }, whole);
    }

    [Fact]
    public void Movement_is_read()
    {
        MobilitySpec mobility = Problem(
            """
            {"mobility":{"traces":[[[-80,-90],[-81,-89.5],[-82,-88]],{"rsrp_dbm":[[-70]],"id":4}],"users":3,"speed_kmh":[3,120],"duration_s":4,"step_ms":5,"seed":6,"shadow_db":7,"decorrelation_m":8,
            "fading_db":9,"filter_k":10,"noise_dbm":-11,"load":0.12,"qout_db":-13,"qin_db":-14,"t310_ms":15,"execution_ms":16,"reestablishment_ms":17,"min_stay_ms":18,
            "weights":{"too_late":19,"too_early":20,"wrong_cell":21,"ping_pong":22,"handover":23},"present":{"a3_offset_db":-24,"hysteresis_db":2.5,"time_to_trigger_ms":26},"per_cell":true,
            "cio_relations":[[1,2]],"cio_values":[-1,1],"cio_present":[1]}}
            """).Mobility!;
        Assert.Equal(
            new MobilitySpec
            {
                Traces = mobility.Traces, Users = 3, SpeedsKmh = mobility.SpeedsKmh, DurationS = 4, StepMs = 5, Seed = 6, ShadowDb = 7, DecorrelationM = 8, FadingDb = 9, FilterK = 10, NoiseDbm = -11,
                Load = 0.12, QoutDb = -13, QinDb = -14, T310Ms = 15, ExecutionMs = 16, ReestablishmentMs = 17, MinStayMs = 18, TooLateWeight = 19, TooEarlyWeight = 20, WrongCellWeight = 21,
                PingPongWeight = 22, HandoverWeight = 23, Present = new HandoverSettings { A3OffsetDb = -24, HysteresisDb = 2.5, TimeToTriggerMs = 26 }, PerCell = true,
                CioRelations = mobility.CioRelations, CioValues = mobility.CioValues, CioPresent = mobility.CioPresent,
            },
            mobility);
        Assert.Equal([(3, 2), (1, 1)], mobility.Traces!.Select(trace => (trace.Samples, trace.Cells)));
        Assert.Equal([-80, -90, -81, -89.5, -82, -88], mobility.Traces![0].RsrpDbm);
        Assert.Equal([3, 120], mobility.SpeedsKmh);
        Assert.Equal([1, 2], mobility.CioRelations);
        Assert.Equal([-1, 1], mobility.CioValues!);
        Assert.Equal([1], mobility.CioPresent!);
        Assert.Equal([50], Problem("""{"mobility":{"speed_kmh":50}}""").Mobility!.SpeedsKmh);
        MobilitySpec nulls = Problem(
            """
            {"mobility":{"traces":null,"users":null,"speed_kmh":null,"duration_s":null,"step_ms":null,"seed":null,"shadow_db":null,"decorrelation_m":null,"fading_db":null,"filter_k":null,
            "noise_dbm":null,"load":null,"qout_db":null,"qin_db":null,"t310_ms":null,"execution_ms":null,"reestablishment_ms":null,"min_stay_ms":null,
            "weights":{"too_late":null,"too_early":null,"wrong_cell":null,"ping_pong":null,"handover":null},"present":{"a3_offset_db":null,"hysteresis_db":null,"time_to_trigger_ms":null},
            "per_cell":null,"cio_relations":null,"cio_values":null,"cio_present":null}}
            """).Mobility!;
        Assert.Equal(new MobilitySpec { SpeedsKmh = nulls.SpeedsKmh, CioRelations = nulls.CioRelations }, nulls);
        Assert.Equal([3, 30, 120], nulls.SpeedsKmh);
        Assert.Empty(nulls.CioRelations);
    }

    [Theory]
    [InlineData("""{"pci":{"relations":[[1,2],[3]]}}""", "/pci/relations/1: must be two numbers")]
    [InlineData("""{"pci":{"relations":[[1,2,3]]}}""", "/pci/relations/0: must be two numbers")]
    [InlineData("""{"pci":{"relations":[[1,2,3,4]]}}""", "/pci/relations/0: more than 3 values")]
    [InlineData("""{"pci":{"relations":[[0,1]]}}""", "/pci/relations/0/0: 0, must be 1..1000")]
    [InlineData("""{"pci":{"relations":[1]}}""", "/pci/relations/0: expected an array of whole numbers, found a number at byte 21")]
    [InlineData("""{"pci":{"values":[]}}""", "/pci/values: is empty: at least one identity is needed")]
    [InlineData("""{"pci":{"values":[1008]}}""", "/pci/values/0: 1008, must be 0..1007")]
    [InlineData("""{"pci":{"values":{"count":1009}}}""", "/pci/values/count: 1009, must be 1..1008")]
    [InlineData("""{"pci":{"values":{}}}""", "/pci/values: field 'count' is missing at byte 18")]
    [InlineData("""{"pci":{"values":5}}""", "/pci/values: expected an array of whole numbers, found a number at byte 17")]
    [InlineData("""{"slices":[]}""", "/slices: is empty: at least one slice is needed")]
    [InlineData("""{"slices":{"bandwidth_mhz":20}}""", "/slices: field 'list' is missing at byte 29")]
    [InlineData("""{"slices":{"objective":"max"}}""", "/slices/objective: 'max' is none of: proportional_fair or delay at byte 23")]
    [InlineData("""{"slices":[{"name":"a"}]}""", "/slices/0: field 'spectral_efficiency' is missing at byte 22")]
    [InlineData("""{"slices":[{"spectral_efficiency":1}]}""", "/slices/0: field 'name' is missing at byte 35")]
    [InlineData("""{"slices":[{"name":"a","spectral_efficiency":0}]}""", "/slices/0/spectral_efficiency: 0, must be above 0")]
    [InlineData("""{"slices":[{"name":"a","spectral_efficiency":1,"min_share":1.5}]}""", "/slices/0/min_share: 1.5, must be 0..1")]
    [InlineData("""{"mobility":{"traces":[]}}""", "/mobility/traces: is empty: at least one trace is needed")]
    [InlineData("""{"mobility":{"traces":[[[-1,-2],[-3]]]}}""", "/mobility/traces/0/1: 1 numbers, the first row has 2")]
    [InlineData("""{"mobility":{"traces":[{}]}}""", "/mobility/traces/0: field 'rsrp_dbm' is missing at byte 24")]
    [InlineData("""{"mobility":{"speed_kmh":"fast"}}""", "/mobility/speed_kmh: expected a number, found a string at byte 25")]
    [InlineData("""{"mobility":{"speed_kmh":[]}}""", "/mobility/speed_kmh: is empty: at least one speed is needed")]
    [InlineData("""{"mobility":{"load":1.1}}""", "/mobility/load: 1.1, must be 0..1")]
    [InlineData("""{"mobility":{"step_ms":0}}""", "/mobility/step_ms: 0, must be above 0")]
    [InlineData("""{"mobility":{"present":{"hysteresis_db":16}}}""", "/mobility/present/hysteresis_db: 16, must be 0..15")]
    public void What_cannot_be_is_refused_by_its_place_and_reason(string text, string message) => CheckRefused("problem: " + message, () => Problem(text));
}
