using System.Text;
using RanCognition.Contracts;
using RanCognition.Modules;

namespace RanCognition.Tests.Cognition;

public sealed class CoreReplayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ran-core-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Random_sessions_of_a_core_replay_to_the_byte_with_and_without_a_file_deadlines_and_a_model()
    {
        for (int seed = 0; seed < 6; seed++)
        {
            string record = Path.Combine(_folder, $"calls{seed}.jsonl");
            var options = new CognitiveOptions
            {
                Path = seed % 2 == 0 ? Path.Combine(_folder, $"memory{seed}.db") : null,
                RecordTo = record,
                Seed = seed % 3 == 0 ? 5UL : null,
                Ignored = [new IgnoredField("/x", "unknown field")],
            };
            var random = new Random(seed);
            ulong calls = 0;
            ulong decisions = 0;
            for (int life = 0; life < (seed % 2 == 0 ? 2 : 1); life++)
            {
                using var session = new CognitiveSession(options, new RestlessHost(seed) { Cancels = true });
                session.GetState();   // of what the file holds alone
                calls++;
                for (int i = 0; i < 25; i++)
                {
                    decisions += Attempt(session, random, decisions);
                    calls++;
                }
                // Also while it is still being written.
                ReplayReport report = CognitiveSession.Replay(record, new FixedHost());
                Assert.True(report.Different.Count == 0, string.Join('\n', report.Different.Select(one => $"seed {seed} {one.Line} {one.Call}\n{one.Recorded}\n{one.Replayed}")));
                Assert.Equal((calls, calls), (report.Calls, report.Equal));
            }
            Assert.True(decisions > 3, $"{decisions} decisions");
        }
    }

    /// <summary>One call of any kind; 1 when it decided.</summary>
    private static ulong Attempt(CognitiveSession session, Random random, ulong decisions)
    {
        try
        {
            switch (random.Next(9))
            {
                case 0: session.GetState(); break;
                case 1: session.ReportOutcome(CoreSamples.Outcome((ulong)random.NextInt64(1, (long)decisions + 2), random)); break;
                case 2: session.Rollback((ulong)random.NextInt64(1, (long)decisions + 2)); break;
                case 3: session.Ingest(CoreSamples.Rows(random)); break;
                case 4: session.Ingest("<?xml version=\"1.0\"?>\n<nothing/>"u8); break;
                case 5: session.Decide("{\"problem_type\":"u8, []); break;
                case 6:
                    session.DecideWith(CoreSamples.Problem(random, "ASSIST"), Encoding.UTF8.GetBytes("[{\"id\":\"c\",\"constraint_type\":\"max\",\"parameters\":{\"m\":3}}]"), Answer);
                    return 1;
                default:
                    string deadline = random.Next(2) == 0 ? $",\"deadline_ns\":{random.Next(1, 100_000)}" : "";
                    session.Decide(CoreSamples.Problem(random, random.Next(2) == 0 ? "AUTONOMOUS" : "SHADOW", deadline), []);
                    return 1;
            }
        }
        catch (Exception error) when (error is InvalidInputException or InvalidJsonException or NotFoundException or OperationCanceledException)
        {
            // Recorded too.
        }
        return 0;

        bool Answer(ReadOnlySpan<byte> question, Span<double> values)
        {
            values[^1] = random.NextDouble() * 10;
            return random.Next(4) > 0;
        }
    }
}
