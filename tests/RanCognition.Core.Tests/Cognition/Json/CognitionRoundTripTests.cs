using System.Buffers;
using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Cognition.Json;

public sealed class CognitionRoundTripTests
{
    [Fact]
    public void Results_come_back_as_they_were_written() => ForSeeds(random =>
    {
        Same(random.Decision());
        Same(random.OutcomeReply());
        Same(random.RollbackReply());
        Same(random.State());
        Same(random.IngestReport());
    });

    [Fact]
    public void What_is_learned_from_an_expectation_is_in_records_and_not_in_results()
    {
        MetricExpectation expected = new() { Metric = "m", P10 = 1, P50 = 2, P90 = 3, Scale = 0.5, IsChanged = true };
        string decision = Encoding.UTF8.GetString(ContractJson.Write(new Decision { DecisionId = 1, Cause = new CauseFinding { Name = "unknown" }, Rollback = new RollbackPlan(), Timing = new StageTimes(), Expected = [expected] }));
        Assert.Contains("\"expected\":{\"m\":{\"p10\":1,\"p50\":2,\"p90\":3}}", decision, StringComparison.Ordinal);
        ArrayBufferWriter<byte> record = new();
        DecisionCodec.Instance.Write(new DecisionRecord { Id = 1, Expected = [expected] }, record);
        MetricExpectation kept = Assert.Single(DecisionCodec.Instance.Read(record.WrittenSpan).Expected);
        Assert.Equal((0.5, true), (kept.Scale, kept.IsChanged));
    }

    [Fact]
    public void Inputs_come_back_as_they_were_written() => ForSeeds(random =>
    {
        Same(random.Question());
        Same(new DecisionOutcome { DecisionId = random.Whole(), TimeNs = random.Coin() ? null : random.Whole(), Observed = random.Numbers(), Executed = random.TruthOrNull() });
        Same(new CognitiveOptions { Path = random.Coin() ? null : "a", RecordTo = random.Coin() ? null : "b", Seed = random.Coin() ? null : random.Whole(), MaxMessageBytes = 1 + (ulong)random.Below(1000) });
    });

    [Fact]
    public void A_network_comes_back_with_the_bytes_it_was_written_in()
    {
        DecisionProblem question = ContractJson.Read<DecisionProblem>(ContractJson.Write(new DecisionProblem { Network = new NetworkModel { TrafficMbps = 7.5 } }));
        Assert.Equal(7.5, question.Network!.TrafficMbps);
        Assert.Equal(7.5, JsonIn.NetworkModel(question.NetworkText, "network").TrafficMbps);
        Assert.Equal(CognitionSpeech.TextOf(question), CognitionSpeech.TextOf(ContractJson.Read<DecisionProblem>(ContractJson.Write(question))));
    }

    [Fact]
    public void Guards_that_are_off_come_back_off()
    {
        GuardSettings off = new() { InsufficientSamples = false, Pacing = false, AtBound = false, MaxChange = false, LowConfidence = false, TargetAsleep = false, TargetRecentlyWoken = false, Conflict = false };
        Same(new DecisionProblem { Guards = off });
    }

    [Fact]
    public void Refusals_of_inputs_are_those_of_the_library()
    {
        Assert.Equal("problem: /mode: 'x' is none of: SHADOW, ASSIST or AUTONOMOUS at byte 8", Assert.Throws<JsonException>(() => ContractJson.Read<DecisionProblem>("""{"mode":"x"}""")).Message);
        Assert.Equal("outcome: field 'decision_id' is missing at byte 1", Assert.Throws<JsonException>(() => ContractJson.Read<DecisionOutcome>("{}")).Message);
        Assert.Equal("options: /path: is empty", Assert.Throws<JsonException>(() => ContractJson.Read<CognitiveOptions>("""{"path":""}""")).Message);
        Assert.Throws<JsonException>(() => ContractJson.Read<OutcomeReply>("""{"decision_id":1,"verdict":"kept","execution_time":1}"""));
        Assert.Throws<JsonException>(() => ContractJson.Read<IngestReport>("""{"format":"xml","network_id":"n","objects":1,"metrics":1,"samples":1,"skipped":[]}"""));
    }

    private static void ForSeeds(Action<CognitionRandom> check)
    {
        for (int seed = 0; seed < 300; seed++)
        {
            check(new CognitionRandom(seed));
        }
    }

    private static void Same<T>(T value)
    {
        byte[] text = ContractJson.Write(value);
        T read = ContractJson.Read<T>(text);
        Assert.Equal(CognitionSpeech.TextOf(value), CognitionSpeech.TextOf(read));
        Assert.Equal(Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(ContractJson.Write(read)));
    }
}
