using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Cognition.Json;

/// <summary>Results byte for byte as in tests/golden, and into records and back. UPDATE_GOLDEN=1 writes the files anew; the difference is to be looked at.</summary>
public sealed class CognitionGoldenTests
{
    private static readonly JsonSerializerOptions Strict = new(ContractJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
    private static readonly IgnoredField[] Ignored = [new("/x", "unknown field")];
    private static readonly ConfigurationChange Raise = new("NRCellRelation=1-2", "cellIndividualOffset", null, 2);
    private static readonly ConfigurationChange Unlock = new("NRCellDU=3", "administrativeState", "LOCKED", "UNLOCKED");

    private static readonly CauseFinding TooLate = new()
    {
        Name = CauseNames.TooLate, Confidence = 0.9875, ManagedObject = "NRCellRelation=1-2", Metric = "NRCellRelation=1-2/HO.IntraSys.TooLate / NRCellRelation=1-2/MM.HoExeInterReq", Samples = 1200,
        Tests =
        [
            new CauseTest { Name = "too_late_rate", Metric = "NRCellRelation=1-2/HO.IntraSys.TooLate / NRCellRelation=1-2/MM.HoExeInterReq", Value = 0.0825, Limit = 0.05, PValue = 1.5e-7, Holds = true },
            new CauseTest { Name = "ping_pong_rate", Metric = "NRCellRelation=1-2/HO.IntraSys.PingPong / NRCellRelation=1-2/MM.HoExeInterReq" },
        ],
    };

    private static readonly Decision Full = new()
    {
        DecisionId = 7, Mode = DecisionMode.Autonomous, ProblemType = "MRO", TimeNs = 1_700_000_000_000_000_000, Seed = ulong.MaxValue, Cause = TooLate,
        Causes = [TooLate, new CauseFinding { Name = CauseNames.Unknown }], Actions = [Raise, Unlock], Reason = "the probability of all targets rises from 0.25 to 0.9",
        Alternatives =
        [
            new DecisionAlternative { Actions = [Raise, Unlock], Expected = [new MetricExpectation { Metric = "a", P10 = 1, P50 = 1.5, P90 = 2 }], PAllTargets = 0.9, Source = "mro", Vetoes = [GuardNames.AtBound, GuardNames.Pacing] },
            new DecisionAlternative { PAllTargets = 0.25, Source = "nothing" },
        ],
        Expected = [new MetricExpectation { Metric = "NRCellDU=1/RRU.PrbTotDl", P10 = 60, P50 = 65.5, P90 = 71 }, new MetricExpectation { Metric = "é", P50 = double.NaN }], Confidence = 0.9,
        Targets = [new TargetOutlook { Id = "c1", Expression = "NRCellDU=1/RRU.PrbTotDl <= 70", Probability = 0.9 }, new TargetOutlook { Id = "c2", Expression = "b < 1" }],
        Similar = [new SimilarCase { Id = 3, Distance = 0.125, Outcome = [new("a", 1), new("b", 2.5)], Action = [Raise], Success = true }, new SimilarCase { Id = 4, Distance = 0.25 }],
        Sensitivities = [new("NRCellRelation=1-2/cellIndividualOffset", 0.625), new("NRCellDU=3/administrativeState", double.NaN)],
        Guards =
        [
            new GuardVerdict { Name = GuardNames.NotAllowed, Passed = true, Reason = "all attributes may be changed" },
            new GuardVerdict { Name = GuardNames.AtBound, Reason = "8 is beyond -6..6", Vetoed = [new ConfigurationChange("NRCellRelation=2-1", "cellIndividualOffset", 6, 8)] },
        ],
        Rollback = new RollbackPlan { Condition = "a > 1.505", ObserveNs = 900_000_000_000, Restore = [Raise with { Before = 2, After = null }, Unlock with { Before = "UNLOCKED", After = "LOCKED" }] },
        Explanation = [new ExplanationSentence("1200 handovers, 8.25 % \"too late\"", ["/cause/samples", "/cause/tests/0/value"])],
        Timing = new StageTimes { Recall = 1, Forecast = 2, Optimise = 3, Whatif = 4, Guards = 5 }, ConsciousnessLevel = 0.5, Ignored = Ignored, ExecutionTime = 99,
    };

    [Fact]
    public void A_decision() => Check("cognition_decision", Full, JsonOut.Decision);

    [Fact]
    public void A_decision_that_cannot_be() => Check(
        "cognition_infeasible",
        new Decision
        {
            DecisionId = 1, Cause = new CauseFinding { Name = CauseNames.Healthy, Confidence = 1 }, Rollback = new RollbackPlan(), Timing = new StageTimes(), Infeasible = ["a", "b"], Reason = "no value satisfies a and b together",
        },
        JsonOut.Decision);

    [Fact]
    public void A_reply_to_roll_back() => Check(
        "cognition_roll_back",
        new OutcomeReply
        {
            DecisionId = 7, Verdict = OutcomeVerdict.RollBack, Reason = "a is 2, above 1.505", Restore = [Raise with { Before = 2, After = -1.5 }, Unlock with { After = null }], Surprise = 3.25, TargetsHeld = false, Ignored = Ignored,
            ExecutionTime = 5,
        },
        JsonOut.OutcomeReply);

    [Fact]
    public void A_reply_to_watch_on() => Check("cognition_watching", new OutcomeReply { DecisionId = 8, Reason = "900 s are not over" }, JsonOut.OutcomeReply);

    [Fact]
    public void A_reply_to_keep() => Check("cognition_kept", new OutcomeReply { DecisionId = 8, Verdict = OutcomeVerdict.Kept, Surprise = 0.5, TargetsHeld = true }, JsonOut.OutcomeReply);

    [Fact]
    public void A_rollback() => Check("cognition_rollback", new RollbackReply { DecisionId = 7, Restore = [Raise with { After = 0.5 }], ExecutionTime = 6 }, JsonOut.RollbackReply);

    [Fact]
    public void A_state() => Check(
        "cognition_state",
        new CognitiveState
        {
            ConsciousnessLevel = 0.75, Coverage = 0.8, Regret = -0.125, Episodes = 12, HistorySamples = 4096, Ignored = Ignored, ExecutionTime = 8,
            Decisions = [new("SHADOW", 1), new("ASSIST", 2), new("AUTONOMOUS", 3), new("TOTAL", ulong.MaxValue)], Vetoes = [new(GuardNames.Pacing, 4)],
            Calibration = new CalibrationReport { Ece = 0.02, Brier = 0.15, Count = 6, Bins = [new ReliabilityBin { Upper = 0.1 }, new ReliabilityBin { Lower = 0.1, Upper = 0.2, Count = 6, Confidence = 0.15, Held = 0.125 }] },
            Integration = new IntegrationReport { Phi = 0.25, Partition = [["a", "b"], ["c"]], Samples = 288, Exact = true, Reason = "d is constant" },
        },
        JsonOut.CognitiveState);

    [Fact]
    public void A_state_of_a_new_core() => Check("cognition_state_new", new CognitiveState { Calibration = new CalibrationReport(), Integration = new IntegrationReport() }, JsonOut.CognitiveState);

    [Fact]
    public void A_report_of_what_was_ingested() => Check(
        "cognition_ingest",
        new IngestReport
        {
            Format = MeasurementFormat.Ts32435Xml, NetworkId = "gNB-1", Objects = 2, Metrics = 3, Samples = 5, Skipped = [new SkippedMeasurements { What = "NRCellDU=2/RRU.PrbTotDl", Why = "suspect", Count = 1 }], FromNs = 1,
            ToNs = 900, GranularityNs = [300, 900], Ignored = Ignored, ExecutionTime = 7,
        },
        JsonOut.IngestReport);

    [Fact]
    public void Every_word_is_that_of_the_contract()
    {
        Assert.Equal(["SHADOW", "ASSIST", "AUTONOMOUS"], Words<DecisionMode>(m => JsonOut.Word(m).ToArray()));
        Assert.Equal(["WATCHING", "KEPT", "ROLL_BACK"], Words<OutcomeVerdict>(v => JsonOut.Word(v).ToArray()));
        Assert.Equal(["OPEN", "KEPT", "ROLL_BACK", "ROLLED_BACK"], Words<DecisionStatus>(s => JsonOut.Word(s).ToArray()));
        Assert.Equal(["ves_perf3gpp", "ts28532_xml", "ts32435_xml", "e2sm_kpm", "rows"], Words<MeasurementFormat>(f => JsonOut.Word(f).ToArray()));

        static string[] Words<T>(Func<T, byte[]> word)
            where T : struct, Enum => [.. Enum.GetValues<T>().Select(value => Encoding.UTF8.GetString(word(value)))];
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
