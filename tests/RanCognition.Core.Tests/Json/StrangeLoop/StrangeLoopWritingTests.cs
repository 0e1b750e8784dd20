using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json.StrangeLoop;

/// <summary>Results byte for byte as in tests/golden, and into records and back. UPDATE_GOLDEN=1 writes the files anew; the difference is to be looked at.</summary>
public class StrangeLoopWritingTests
{
    private static readonly JsonSerializerOptions Strict = new(ContractJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
    private static readonly IgnoredField[] Ignored = [new("/a", "unknown field")];

    private static readonly FixedPointResult Converged = new()
    {
        State = FixedPointState.Converged, X = [0.7390851332151607, -2], Iterations = 5, Evaluations = ulong.MaxValue, Residual = 1e-16, Contraction = 0.25, ErrorBound = 3e-16,
        IsErrorBoundProven = true, SpectralRadius = 0.5, CriticalScale = 1.75, History = [1, null, 0.5, 1e-16], Method = FixedPointMethod.Newton, Reason = "the residual is 1e-16", Ignored = Ignored,
        ExecutionTime = 12,
    };

    private static readonly FixedPointResult Cycle = new()
    {
        State = FixedPointState.Oscillating, X = [1], Iterations = 7, Evaluations = 9, Residual = double.PositiveInfinity, ErrorBound = 2, Period = 3, Method = FixedPointMethod.Picard, Reason = "a \"cycle\"",
    };

    private static readonly LoopReply Reply = new()
    {
        Corrected = [new("z", 1.5, -1, 2, false), new("a/b", null, null, 3, false), new("m", 4, null, null, true)],
        Corrections = [new("z", 0.5, 1, 1.25), new("a/b", -0.25, 0.9, null)],
        Weights = [new("ets", 0.75), new("arima", 0.25)],
        Regret = new RegretReport(0.5, 12.5, 7), Coverage = new CoverageReport(0.9, 0.95, 0.125, 70), Level = 2, Ignored = Ignored, ExecutionTime = 3,
    };

    private static readonly ConflictReport Report = new()
    {
        Conflicts =
        [
            new ControlConflict
            {
                Kind = ConflictKind.Direct, Sources = ["a", "b"], TargetCell = "c1", FirstCommand = 0, SecondCommand = 3, LoopGain = 0.5, Advice = new ConflictAdvice(0.75, null),
            },
            new ControlConflict
            {
                Kind = ConflictKind.Indirect, Sources = ["b", "a"], GroupName = "coverage", TargetCell = "c1", FirstCommand = 1, SecondCommand = ulong.MaxValue, Advice = new ConflictAdvice(null, ["b", "a"]),
            },
            new ControlConflict
            {
                Kind = ConflictKind.Implicit, Sources = ["é", "a"], TargetCell = "17", FirstCommand = 2, SecondCommand = 4, Kpi = new KpiDegradation("rate", 10, 9, 5.5, 1e-5),
                Advice = new ConflictAdvice(null, ["a", "é"]),
            },
        ],
        FirstCommand = 5, Live = 6, IsTruncated = true, Ignored = Ignored, ExecutionTime = 99,
        Loops = new LoopGainReport
        {
            Names = ["a", "b"], Gain = [[0, -1.5], [2, 0]], Eigenvalues = [new(0, 1.7320508075688772), new(0, -1.7320508075688772)], SpectralRadius = 1.7320508075688772,
            Advice = new LoopAdvice(LoopAdviceKind.Damping, 0.25, 0.5, null), StandardError = 0.0625,
        },
    };

    [Fact]
    public void A_fixed_point() => Check("strange_loop_fixed_point", Converged, JsonOut.FixedPointResult);

    [Fact]
    public void A_cycle() => Check("strange_loop_cycle", Cycle, JsonOut.FixedPointResult);

    [Fact]
    public void No_fixed_point() => Check(
        "strange_loop_infeasible", new FixedPointResult { State = FixedPointState.Infeasible, Reason = "the demand is 1.001 of the limit", CriticalScale = 0.999 }, JsonOut.FixedPointResult);

    [Fact]
    public void A_reply_to_an_observation() => Check("strange_loop_reply", Reply, JsonOut.LoopReply);

    [Fact]
    public void A_reply_to_a_first_observation() => Check("strange_loop_first_reply", new LoopReply(), JsonOut.LoopReply);

    [Fact]
    public void Conflicts() => Check("strange_loop_conflicts", Report, JsonOut.ConflictReport);

    [Fact]
    public void Conflicts_without_loops() => Check("strange_loop_conflicts_no_loops", Report with { Conflicts = [], Loops = null, IsTruncated = false }, JsonOut.ConflictReport);

    [Fact]
    public void Conflicts_that_damping_does_not_help() => Check(
        "strange_loop_conflicts_precedence",
        Report with { Conflicts = [], Loops = Report.Loops! with { Advice = new LoopAdvice(LoopAdviceKind.Precedence, null, null, ["b", "a"]), StandardError = null } }, JsonOut.ConflictReport);

    [Fact]
    public void Conflicts_that_need_no_advice() => Check(
        "strange_loop_conflicts_none", Report with { Conflicts = [], Loops = Report.Loops! with { Advice = new LoopAdvice(LoopAdviceKind.None, null, null, null) } }, JsonOut.ConflictReport);

    [Fact]
    public void Every_word_is_written_and_read()
    {
        foreach (FixedPointState state in Enum.GetValues<FixedPointState>())
        {
            foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
            {
                string text = Encoding.UTF8.GetString(ContractJson.Write(new FixedPointResult { State = state, Method = method }));
                FixedPointResult back = ContractJson.Read<FixedPointResult>(text);
                Assert.Equal((state, method), (back.State, back.Method));
                Assert.Contains($"\"state\":\"{state.ToString().ToUpperInvariant()}\",\"convergence\":{(state == FixedPointState.Converged ? "true" : "false")},", text, StringComparison.Ordinal);
                Assert.Contains($"\"method\":\"{method.ToString().ToLowerInvariant()}\"", text, StringComparison.Ordinal);
                FixedPointRequest request = ContractJson.Read<FixedPointRequest>(ContractJson.Write(new FixedPointRequest { Method = method }));
                Assert.Equal(method, request.Method);
            }
        }
        Assert.Throws<JsonException>(() => ContractJson.Read<FixedPointResult>("""{"state":"DONE","method":"auto"}"""));
        Assert.Throws<JsonException>(() => ContractJson.Read<FixedPointResult>("""{"state":"CONVERGED","method":"x"}"""));
        Assert.Throws<JsonException>(() => ContractJson.Read<LoopReply>("""{"bias":{"a":1}}"""));
        Assert.Throws<JsonException>(() => ContractJson.Read<ConflictReport>("""{"loop_gain_matrix":{}}"""));
        Assert.Throws<JsonException>(() => ContractJson.Read<ConflictReport>("""{"conflicts":[{"conflictType":"direct","sources":[],"targetCell":"c","commands":[1],"advice":{}}]}"""));
    }

    [Fact]
    public void Inputs_come_back_as_they_were()
    {
        foreach (string text in new[]
        {
            """{"op":"solve","request":{"map":{"type":"linear","matrix":[[0.5,1],[0,0.25]],"offset":[1,-1]},"x0":[1,2],"method":"aitken","tolerance":1E-09,"max_iterations":5,"anderson_depth":3,"jacobian":[[1,0],[0,1]],"deadline_ns":7}}""",
            """{"op":"solve","request":{"map":{"type":"expression","variables":["x"],"expressions":["cos(x)"]},"method":"auto","tolerance":1E-10,"max_iterations":1000,"anderson_depth":5}}""",
            """{"op":"observe","request":{"loop_id":"l","time_ns":5,"predict":{"b":{"mean":1,"lower":0,"upper":2.5,"coverage":0.9},"a":{"coverage":0.95}},"experts":{"f":{"b":1},"e":{}},"observed":{"z":1.5},"actions":[{"managedObject":"o","attribute":"t","before":"x","after":1}]}}""",
            """{"op":"detect_conflicts","request":{"groups":[{"groupName":"g","parameters":[{"changeTarget":"t","parameterName":"p"}]}],"commands":[{"source":"a","command":"set","targetParameter":"p","targetValue":"1.50","targetCell":"c","timestamp":18446744073709551615,"controlTimespan":1}],"kpis":[{"cell":"c","metric":"m","time_ns":1,"value":2,"better":"low"},{"cell":"c","metric":"m","time_ns":1,"value":2}],"loops":{"names":["a"],"gain":[[0.5]]},"keep":true,"time_ns":3}}""",
            """{"op":"detect_conflicts","request":{"commands":[],"loops":{"names":["a"],"changes":[[0.5],[1]]}}}""",
            """{"op":"get_state"}""",
        })
        {
            Assert.Equal(text, Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<StrangeLoopOperation>(text))));
        }
        FixedPointMapSpec.LoadCoupling coupling = Assert.IsType<FixedPointMapSpec.LoadCoupling>(
            ContractJson.Read<FixedPointRequest>(ContractJson.Write(new FixedPointRequest { Map = new FixedPointMapSpec.LoadCoupling(new NetworkModel { TrafficMbps = 7.5 }) })).Map);
        Assert.Equal(7.5, coupling.Network.TrafficMbps);
        Assert.Equal("""{"aci_step":0.25,"levels":3}""", Encoding.UTF8.GetString(ContractJson.Write(new StrangeLoopOptions { AciStep = 0.25, Levels = 3 })));
        Assert.Equal("options: /levels: 4, must be 0..3", Assert.Throws<JsonException>(() => ContractJson.Read<StrangeLoopOptions>("""{"levels":4}""")).Message);
        ConflictRequest request = ContractJson.Read<ConflictRequest>(ContractJson.Write(new ConflictRequest { Groups = [] }));
        Assert.Empty(request.Groups!);
    }

    private static void Check<T>(string name, T value, Action<T, IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> target = new();
        write(value, target);
        string text = Encoding.UTF8.GetString(target.WrittenSpan);
        string path = TestPaths.Golden(name + ".json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text + "\n");
        }
        Assert.True(File.Exists(path), $"{path} is missing: UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path).TrimEnd('\n'), text);
        object? back = JsonSerializer.Deserialize(text, Strict.GetTypeInfo(typeof(T)));
        Assert.Equal(text, JsonSerializer.Serialize(back, Strict.GetTypeInfo(typeof(T))));
    }
}
