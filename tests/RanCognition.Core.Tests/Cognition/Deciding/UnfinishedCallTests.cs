using System.Buffers;
using System.Text;
using RanCognition.Cognition;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Modules;
using RanCognition.Performance;

namespace RanCognition.Tests.Cognition;

/// <summary>A call that throws has changed nothing, wherever it was when it did.</summary>
public sealed class UnfinishedCallTests
{
    private static readonly byte[] Tilts = Encoding.UTF8.GetBytes("""
        {"seed":1,"time_ns":1000,"current_state":{"m":10},"constraints":["m >= 11"],"candidates":[
        [{"managedObject":"NRCellDU=1","attribute":"digitalTilt","after":50}],[{"managedObject":"NRCellDU=1","attribute":"digitalTilt","after":60}]]}
        """);

    [Fact]
    public void A_host_that_cancels_after_any_question_to_its_model_has_decided_nothing()
    {
        int questions = Ask(int.MaxValue, out _);
        Assert.True(questions >= 3, $"{questions} questions");   // as it is, and each candidate
        for (int last = 1; last <= questions; last++)
        {
            Ask(last, out string state);
            Assert.Contains("\"TOTAL\":0", state, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_outcome_whose_episode_cannot_be_stored_is_neither_judged_nor_counted()
    {
        var episodes = new FailingEpisodes();
        using var core = new CognitiveCore(new CognitiveOptions(), episodes, DecisionCodec.Instance, new FixedHost());
        (DecisionProblem problem, IReadOnlyList<Constraint> constraints) = JsonIn.DecisionQuestion(CoreSamples.Problem(new Random(1), "AUTONOMOUS"), "problem", [], "constraints");
        ulong id = core.Decide(problem, constraints).DecisionId;
        DecisionOutcome outcome = JsonIn.DecisionOutcome(CoreSamples.Outcome(id, new Random(1), 10), "outcome");
        IReadOnlyList<KeyValuePair<string, ulong>> before = core.GetState().Decisions;
        for (int attempt = 0; attempt < 2; attempt++)
        {
            Assert.Throws<StorageException>(() => core.ReportOutcome(outcome));
            Assert.Equal(before, core.GetState().Decisions);
            Assert.Equal(0UL, core.GetState().Calibration.Count);
        }
        episodes.Fails = false;
        Assert.DoesNotContain("reported before", core.ReportOutcome(outcome).Reason, StringComparison.Ordinal);
        Dictionary<string, ulong> after = new(core.GetState().Decisions);
        Assert.Equal((1UL, 0UL, 1UL), (after["TOTAL"], after["OPEN"], after["KEPT"] + after["ROLL_BACK"]));
    }

    /// <summary>Questions that were asked; the host wants to stop after the last.</summary>
    private static int Ask(int last, out string state)
    {
        int questions = 0;
        using var session = new CognitiveSession(new CognitiveOptions(), new StoppingHost(() => questions >= last));
        if (last == int.MaxValue)
        {
            session.DecideWith(Tilts, [], Answer);
        }
        else
        {
            Assert.Throws<OperationCanceledException>(() => session.DecideWith(Tilts, [], Answer));
        }
        state = Encoding.UTF8.GetString(session.GetState());
        return questions;

        bool Answer(ReadOnlySpan<byte> question, Span<double> values)
        {
            values.Fill(++questions);
            return true;
        }
    }

    private sealed class StoppingHost(Func<bool> stops) : IHost
    {
        public ulong NowNanoseconds() => 2000;

        public ulong RandomUInt64() => 7;

        public void Progress(double fraction, string stage)
        {
            if (stops())
            {
                throw new OperationCanceledException(stage);
            }
        }

        public void Sleep(ulong nanoseconds)
        {
            // Nothing waits.
        }

        public void Log(LogLevel level, string message)
        {
            // Nothing is told.
        }

        public IHost ForWorkers() => this;
    }

    private sealed class FailingEpisodes : IEpisodeCodec
    {
        public bool Fails { get; set; } = true;

        public void Write(Episode episode, IBufferWriter<byte> document)
        {
            if (Fails)
            {
                throw new StorageException("memory", "has no room");
            }
            EpisodeCodec.Instance.Write(episode, document);
        }

        public Episode Read(ReadOnlySpan<byte> document) => EpisodeCodec.Instance.Read(document);

        public MetadataValue? Field(ReadOnlySpan<byte> document, string field) => EpisodeCodec.Instance.Field(document, field);
    }
}
