using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json.Optimization;

/// <summary>Results and inputs as the contract has them, and the way into records and back.</summary>
public class OptimizationWritingTests
{
    private static readonly JsonSerializerOptions Strict = new(ContractJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static string Text(Action<IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> target = new();
        write(target);
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }

    private static T Check<T>(string expected, T value, Action<T, IBufferWriter<byte>> write)
    {
        string text = Text(target => write(value, target));
        Assert.Equal(expected.ReplaceLineEndings(""), text);
        T read = JsonSerializer.Deserialize<T>(text, Strict)!;
        Assert.Equal(text, Text(target => write(read, target)));
        Assert.Equal(text, JsonSerializer.Serialize(read, Strict));
        return read;
    }

    private static void Same<T>(string expected, T value)
    {
        string text = Encoding.UTF8.GetString(ContractJson.Write(value));
        Assert.Equal(expected.ReplaceLineEndings(""), text);
        Assert.Equal(text, Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<T>(text))));
    }

    [Fact]
    public void A_result_has_every_member_of_the_contract()
    {
        OptimizationResult read = Check(
            """
            {"best":{"x":[0.1,3],"values":{"tilt":0.1,"a/b":3,"energy":-2.5,"rate":1E-320},"f":[-2.5,1E-320],"feasible":true,"constraints":[{"name":"load","value":-0.25,"slack":0.25},{"name":"p5","value":0,"slack":0}]},
            "evaluations":18446744073709551615,"failed_evaluations":2,"stopped":"exact","optimization_score":0.75,"bound":{"value":-3,"kind":"enumerated"},
            "trace":[{"evaluations":1,"f":null},{"evaluations":7,"f":-2.5}],"pareto":[{"x":[0.1,3],"f":[-2.5,1]},{"x":[0,1],"f":[-2,0.5]}],"hypervolume":0.87,
            "sensitivity":{"tilt":0.5,"a/b":null},"arms":{"enumeration":9,"cma_es":0},"infeasible_subset":["load","p5"],
            "actions":[{"managedObject":"NRCellDU=1","attribute":"administrativeState","before":"UNLOCKED","after":"LOCKED"}],
            "expected":{"energy_w":{"before":10,"after":8.5},"load":{"before":null,"after":null}},
            "map":{"sites":[{"x":1,"y":2,"height_m":25},{"x":3,"y":4}],"cells":[{"site":1,"azimuth_deg":30,"tilt_deg_before":102,"tilt_deg_after":99.5,"power_dbm_before":46,"power_dbm_after":43,
            "on_before":true,"on_after":false,"load_before":0.5,"load_after":null}],"users":[{"x":5,"y":6,"rate_mbps_before":7.5,"rate_mbps_after":null}]},
            "execution_time":5,"ignored":[{"field":"/x","reason":"unknown field"}]}
            """,
            new OptimizationResult
            {
                Best = new OptimizationPoint([0.1, 3], [-2.5, 1e-320], true, [new("load", -0.25), new("p5", 0)]), VariableNames = ["tilt", "a/b"], ObjectiveNames = ["energy", "rate"],
                Evaluations = ulong.MaxValue, FailedEvaluations = 2, Stopped = SearchStop.Exact, OptimizationScore = 0.75, Bound = new ObjectiveBound(-3, BoundKind.Enumerated),
                Trace = [new(1, null), new(7, -2.5)], Pareto = [new([0.1, 3], [-2.5, 1]), new([0, 1], [-2, 0.5])], Hypervolume = 0.87, Sensitivity = [0.5, null],
                Arms = [new("enumeration", 9), new("cma_es", 0)], InfeasibleSubset = ["load", "p5"],
                Actions = [new("NRCellDU=1", "administrativeState", new MetadataValue.Text("UNLOCKED"), new MetadataValue.Text("LOCKED"))],
                Expected = [new("energy_w", new(10, 8.5)), new("load", new(null, null))],
                Map = new NetworkMap
                {
                    Sites = [new(1, 2, 25), new(3, 4, null)], Users = [new(5, 6, 7.5, null)],
                    Cells =
                    [
                        new MapCell
                        {
                            Site = 1, AzimuthDeg = 30, TiltDegBefore = 102, TiltDegAfter = 99.5, PowerDbmBefore = 46, PowerDbmAfter = 43, OnBefore = true, OnAfter = false, LoadBefore = 0.5,
                        },
                    ],
                },
                ExecutionTime = 5, Ignored = [new("/x", "unknown field")],
            },
            JsonOut.OptimizationResult);
        Assert.Equal(["tilt", "a/b"], read.VariableNames);
        Assert.Equal(["energy", "rate"], read.ObjectiveNames);
        Assert.Equal([0.5, null], read.Sensitivity);
        Assert.Equal((2UL, SearchStop.Exact, new ObjectiveBound(-3, BoundKind.Enumerated), 0.87), (read.FailedEvaluations, read.Stopped, read.Bound, read.Hypervolume));
        Assert.Equal([new ConstraintValue("load", -0.25), new ConstraintValue("p5", 0)], read.Best!.Constraints);
        Assert.Equal(1e-320, read.Best.F[1]);
    }

    [Fact]
    public void What_is_not_known_is_null_and_what_was_not_asked_is_absent()
    {
        const string Empty =
            """
            {"best":null,"evaluations":0,"failed_evaluations":0,"stopped":"target","optimization_score":null,"bound":null,"trace":[],"pareto":[],"hypervolume":null,"sensitivity":{},"arms":{},
            "execution_time":0,"ignored":[]}
            """;
        Check(Empty, new OptimizationResult(), JsonOut.OptimizationResult);
        Check(
            """
            {"best":{"x":[null],"values":{"x":null,"f":null},"f":[null],"feasible":false,"constraints":[{"name":"c","value":null,"slack":null}]},"evaluations":0,"failed_evaluations":0,"stopped":"budget",
            "optimization_score":null,"bound":{"value":null,"kind":"best_known"},"trace":[{"evaluations":1,"f":null}],"pareto":[],"hypervolume":null,"sensitivity":{"x":null},"arms":{},
            "infeasible_subset":[],"actions":[],"expected":{"m":{"before":null,"after":null}},"execution_time":0,"ignored":[]}
            """,
            new OptimizationResult
            {
                Best = new OptimizationPoint([double.NaN], [double.PositiveInfinity], false, [new("c", double.NegativeInfinity)]), VariableNames = ["x"], ObjectiveNames = ["f"],
                Stopped = SearchStop.Budget, OptimizationScore = double.NaN, Bound = new ObjectiveBound(double.NegativeInfinity, BoundKind.BestKnown), Trace = [new(1, double.NaN)],
                Hypervolume = double.PositiveInfinity, InfeasibleSubset = [], Actions = [], Expected = [new("m", new(double.NaN, double.PositiveInfinity))],
            },
            JsonOut.OptimizationResult);
    }

    [Fact]
    public void Each_reason_to_stop_and_each_bound_has_its_word()
    {
        foreach ((SearchStop stop, string word) in new[]
        {
            (SearchStop.Target, "target"), (SearchStop.Budget, "budget"), (SearchStop.Deadline, "deadline"), (SearchStop.Converged, "converged"), (SearchStop.Exact, "exact"),
            (SearchStop.Cancelled, "cancelled"),
        })
        {
            string text = Text(target => JsonOut.OptimizationResult(new OptimizationResult { Stopped = stop }, target));
            Assert.Contains($"\"stopped\":\"{word}\"", text, StringComparison.Ordinal);
            Assert.Equal(stop, ContractJson.Read<OptimizationResult>(text).Stopped);
        }
        foreach ((BoundKind kind, string word) in new[] { (BoundKind.Proven, "proven"), (BoundKind.Enumerated, "enumerated"), (BoundKind.BestKnown, "best_known") })
        {
            string text = Text(target => JsonOut.OptimizationResult(new OptimizationResult { Bound = new ObjectiveBound(1, kind) }, target));
            Assert.Contains($"\"bound\":{{\"value\":1,\"kind\":\"{word}\"}}", text, StringComparison.Ordinal);
            Assert.Equal(kind, ContractJson.Read<OptimizationResult>(text).Bound!.Kind);
        }
        Assert.Throws<JsonException>(() => ContractJson.Read<OptimizationResult>("""{"stopped":"tired"}"""));
        Assert.Throws<JsonException>(() => ContractJson.Read<OptimizationResult>("""{"bound":{"value":1,"kind":5}}"""));
    }

    [Fact]
    public void A_networks_evaluation_has_every_member_of_the_contract()
    {
        Check(
            """
            {"feasible":true,"critical_scale":3.05,"loads":[0.5,1.25],"overloaded_cells":[1],"throughput_mbps":{"p5":1,"p50":2,"mean":3},"utility":17.5,"energy_w":448,"uncovered_share":0.01,
            "geometry_db":{"p5":-1,"p50":5,"p95":20},"coupling_loss_db":{"p5":-150,"p50":-120,"p95":-86},"iterations":5,"execution_time":9,"ignored":[{"field":"/x","reason":"unknown field"}]}
            """,
            new NetworkEvaluation
            {
                Feasible = true, CriticalScale = 3.05, Loads = [0.5, 1.25], OverloadedCells = [1], ThroughputP5Mbps = 1, ThroughputP50Mbps = 2, ThroughputMeanMbps = 3, Utility = 17.5, EnergyW = 448,
                UncoveredShare = 0.01, GeometryDb = new Percentiles(-1, 5, 20), CouplingLossDb = new Percentiles(-150, -120, -86), Iterations = 5, ExecutionTime = 9,
                Ignored = [new("/x", "unknown field")],
            },
            JsonOut.NetworkEvaluation);
        Check(
            """
            {"feasible":false,"critical_scale":null,"loads":null,"overloaded_cells":[],"throughput_mbps":{"p5":null,"p50":null,"mean":null},"utility":null,"energy_w":null,"uncovered_share":1,
            "geometry_db":{"p5":null,"p50":null,"p95":null},"coupling_loss_db":{"p5":null,"p50":null,"p95":null},"iterations":0,"execution_time":0,"ignored":[]}
            """,
            new NetworkEvaluation { UncoveredShare = 1, Utility = double.NaN, CriticalScale = double.PositiveInfinity, GeometryDb = new Percentiles(double.NegativeInfinity, null, null) },
            JsonOut.NetworkEvaluation);
    }

    [Fact]
    public void A_problem_is_written_as_it_is_read()
    {
        Same("""{"budget":{}}""", new OptimizationProblem());
        Same(
            """
            {"variables":[{"name":"a","type":"real","lower":-1.5,"upper":2,"step":0.5,"initial":0,"max_change":0.5},{"name":"b","type":"integer","lower":0,"upper":9},
            {"name":"c","type":"ordered","values":[0,40,640],"initial":40},{"name":"d","type":"binary"},{"name":"e","type":"category","values":["x","1.50"],"max_change":0}],
            "objectives":[{"name":"rate","sense":"max"},{"name":"energy","sense":"min"}],"constraints":[{"name":"load"}],"function":{"suite":"bbob","id":24,"dimension":10,"instance":7},
            "problem_type":"CCO","limits":{"max_load":null,"p5_loss":0.25,"cio_values":[-3,3],"tilt_min":90,"tilt_max":110,"tilt_step":0.5,"power_min":30,"power_max":46},
            "budget":{"evaluations":1000,"deadline_ns":5},"target":-1E-08,"best_known":2.5,"reference_point":[1.1,-1.1],"starts":[[1,2],[3]],"include_map":true,"seed":18446744073709551615,"threads":4}
            """,
            new OptimizationProblem
            {
                Variables =
                [
                    new() { Name = "a", Lower = -1.5, Upper = 2, Step = 0.5, Initial = 0, MaxChange = 0.5 }, new() { Name = "b", Kind = VariableKind.Integer, Upper = 9 },
                    new() { Name = "c", Kind = VariableKind.Ordered, Values = [0, 40, 640], Initial = 40 }, new() { Name = "d", Kind = VariableKind.Binary },
                    new() { Name = "e", Kind = VariableKind.Category, Categories = ["x", "1.50"], MaxChange = 0 },
                ],
                Objectives = [new("rate", true), new("energy", false)], Constraints = ["load"], Function = new FunctionSpec(24, 10, 7), ProblemType = SonProblemType.Cco,
                Limits = new SonLimits
                {
                    MaxLoad = LimitValue.Of(null), P5Loss = LimitValue.Of(0.25), CioValues = [-3, 3], TiltMin = 90, TiltMax = 110, TiltStep = 0.5, PowerMin = 30, PowerMax = 46,
                },
                Budget = new OptimizationBudget { Evaluations = 1000, DeadlineNs = 5 }, Target = -1e-8, BestKnown = 2.5, ReferencePoint = [1.1, -1.1], Starts = [[1, 2], [3]], IncludeMap = true,
                Seed = ulong.MaxValue, Threads = 4,
            });
        foreach (SonProblemType type in Enum.GetValues<SonProblemType>())
        {
            Assert.Equal(type, ContractJson.Read<OptimizationProblem>(ContractJson.Write(new OptimizationProblem { ProblemType = type })).ProblemType);
        }
        Same("""{"seed":3,"threads":2}""", new OptimizationOptions { Seed = 3, Threads = 2 });
        Same<OptimizationOperation>("""{"op":"optimize","problem":{"budget":{},"seed":3}}""", new OptimizationOperation.Optimize(new OptimizationProblem { Seed = 3 }));
    }

    [Fact]
    public void A_network_is_written_as_it_is_read()
    {
        const string Rest =
            """
            "antenna":{"model":"TR38901","rows":10},"bandwidth_mhz":20,"noise_figure_db":9,"efficiency":{"bandwidth":0.65,"sinr":0.75},"traffic_mbps":0,
            """;
        const string Last =
            """
            "energy":{"active_w":130,"load_w":94,"sleep_w":75},"coverage_rsrp_dbm":-115}
            """;
        const string Propagation = "\"propagation\":{\"model\":\"UMa\",\"frequency_ghz\":2,\"seed\":0,\"shadowing\":true},";
        Same("{" + Propagation + Rest + Last, new NetworkModel());
        Same(
            "{\"layout\":{\"type\":\"hexagonal\",\"sites\":7,\"inter_site_distance_m\":200,\"wraparound\":false}," + Propagation + "\"users\":{\"count\":5,\"seed\":6,\"indoor_share\":0.5}," + Rest
            + "\"cells\":[{\"site\":2,\"azimuth_deg\":30,\"tilt_deg\":99,\"power_dbm\":43,\"on\":false,\"cio_db\":-2,\"carrier\":1},"
            + "{\"azimuth_deg\":0,\"tilt_deg\":102,\"power_dbm\":46,\"on\":true,\"cio_db\":0,\"carrier\":0}],\"carriers\":[{\"frequency_ghz\":2,\"bandwidth_mhz\":20}]," + Last,
            new NetworkModel
            {
                Layout = new LayoutSpec { Sites = 7, InterSiteDistanceM = 200, Wraparound = false }, Users = new UsersSpec { Count = 5, Seed = 6, IndoorShare = 0.5 },
                Cells = [new CellSpec { Site = 2, AzimuthDeg = 30, TiltDeg = 99, PowerDbm = 43, On = false, CioDb = -2, Carrier = 1 }, new CellSpec()], Carriers = [new CarrierSpec(2, 20)],
            });
        Same("{\"sites\":[{\"x\":1,\"y\":2,\"height_m\":25}]," + Propagation + "\"points\":[{\"x\":1,\"y\":2,\"weight\":0.5,\"indoor\":true}]," + Rest + Last,
            new NetworkModel { Layout = new LayoutSpec { List = [new SiteSpec(1, 2, 25)] }, Points = [new TrafficPoint(1, 2, 0.5, true)] });
        NetworkModel linked = new()
        {
            Links = new LinkSpec { Users = 2, Sites = 3, LossDb = [1, 2, 3, 4, 5, 6], AzimuthDeg = [0, 0, 0, 0, 0, 1], ZenithDeg = [90, 90, 90, 90, 90, 91], Weights = [1, 2] },
        };
        Same("{" + Propagation + "\"links\":{\"loss_db\":[[1,2,3],[4,5,6]],\"azimuth_deg\":[[0,0,0],[0,0,1]],\"zenith_deg\":[[90,90,90],[90,90,91]],\"weights\":[1,2]}," + Rest + Last, linked);
        Same<OptimizationOperation>("{\"op\":\"evaluate_network\",\"network\":{" + Propagation + Rest + Last + "}", new OptimizationOperation.EvaluateNetwork(new NetworkModel()));
        Assert.Throws<ArgumentException>(() => ContractJson.Write(linked with { Links = linked.Links with { Sites = 4 } }));
        foreach (AntennaModel model in Enum.GetValues<AntennaModel>())
        {
            Assert.Equal(model, ContractJson.Read<NetworkModel>(ContractJson.Write(new NetworkModel { Antenna = new AntennaSpec { Model = model } })).Antenna.Model);
        }
        Assert.Equal(PropagationModel.UrbanMicro,
            ContractJson.Read<NetworkModel>(ContractJson.Write(new NetworkModel { Propagation = new PropagationSpec { Model = PropagationModel.UrbanMicro } })).Propagation.Model);
    }

    [Fact]
    public void What_the_problem_types_take_is_written_as_it_is_read()
    {
        Same("""{"pci":{"cells":3,"relations":[[1,2],[2,3]],"weights":[1,0.5],"values":[0,7],"present":[5,5,6],"confusion":false},"budget":{}}""",
            new OptimizationProblem { Pci = new PciSpec { Cells = 3, Relations = [1, 2, 2, 3], Weights = [1, 0.5], Values = [0, 7], Present = [5, 5, 6], Confusion = false } });
        Same("""{"pci":{"values":{"count":9},"confusion":true},"budget":{}}""", new OptimizationProblem { Pci = new PciSpec { ValueCount = 9 } });
        Same(
            """
            {"slices":{"bandwidth_mhz":40,"objective":"delay","step_percent":0,"list":[{"name":"a","demand_mbps":1,"spectral_efficiency":2,"weight":3,"min_share":0.25,"max_share":0.5,"min_rate_mbps":4,"share":0.3},
            {"name":"b","spectral_efficiency":1,"weight":1,"min_share":0,"max_share":1}]},"budget":{}}
            """,
            new OptimizationProblem
            {
                Slices = new SlicesSpec
                {
                    BandwidthMHz = 40, Objective = SliceObjective.Delay, StepPercent = 0,
                    List =
                    [
                        new() { Name = "a", DemandMbps = 1, SpectralEfficiency = 2, Weight = 3, MinShare = 0.25, MaxShare = 0.5, MinRateMbps = 4, Share = 0.3 },
                        new() { Name = "b", SpectralEfficiency = 1 },
                    ],
                },
            });
        Same(
            """
            {"mobility":{"traces":[[[-1,-2],[-3,-4]]],"users":60,"speed_kmh":[3,30,120],"duration_s":60,"step_ms":40,"seed":0,"shadow_db":6,"decorrelation_m":50,"fading_db":2,"filter_k":4,"noise_dbm":-122,
            "load":1,"qout_db":-8,"qin_db":-6,"t310_ms":1000,"execution_ms":80,"reestablishment_ms":200,"min_stay_ms":1000,
            "weights":{"too_late":1,"too_early":1,"wrong_cell":1,"ping_pong":0.2,"handover":0.01},"present":{"a3_offset_db":3,"hysteresis_db":1,"time_to_trigger_ms":160},"per_cell":true,
            "cio_relations":[[1,2]],"cio_values":[-1,1],"cio_present":[1]},"budget":{}}
            """,
            new OptimizationProblem
            {
                Mobility = new MobilitySpec
                {
                    Traces = [new MobilityTrace { Samples = 2, Cells = 2, RsrpDbm = [-1, -2, -3, -4] }], PerCell = true, CioRelations = [1, 2], CioValues = [-1, 1], CioPresent = [1],
                },
            });
        Assert.Throws<ArgumentException>(() => ContractJson.Write(new OptimizationProblem { Pci = new PciSpec { Relations = [1] } }));
    }

    [Fact]
    public void What_is_no_input_is_refused_as_json_with_its_place()
    {
        Assert.Contains("/threads", Assert.Throws<JsonException>(() => ContractJson.Read<OptimizationProblem>("""{"threads":0}""")).Message, StringComparison.Ordinal);
        Assert.Contains("/cells/0/on", Assert.Throws<JsonException>(() => ContractJson.Read<NetworkModel>("""{"cells":[{"on":0}]}""")).Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => ContractJson.Read<OptimizationOperation>("""{"op":"solve"}"""));
        Assert.Throws<JsonException>(() => ContractJson.Read<OptimizationOptions>("[]"));
        Assert.Throws<ArgumentNullException>(() => ContractJson.Write(new OptimizationProblem { Variables = null! }));
        Assert.Throws<ArgumentNullException>(() => ContractJson.Write(new NetworkModel { Antenna = null! }));
    }
}
