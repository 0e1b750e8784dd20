using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RanCognition.Cognition.Journal;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Memory;
using RanCognition.Modules;

namespace RanCognition.Tests.Cognition;

/// <summary>What this assembly does when it is started as a program with the variable set: decides, reports and rolls back until it is killed, and tells each step when it is acknowledged.</summary>
internal static class JournalWriterProcess
{
    /// <summary>Has the path of the file, for a journal alone.</summary>
    public const string Variable = "RANCOGNITION_TEST_JOURNAL";

    /// <summary>Has the path of the file, for a whole core.</summary>
    public const string CoreVariable = "RANCOGNITION_TEST_CORE";

    /// <summary>Has the seed of the problems of a whole core.</summary>
    public const string SeedVariable = "RANCOGNITION_TEST_SEED";

    [ModuleInitializer]
    internal static void RunIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
        {
            Run(path);
        }
        if (Environment.GetEnvironmentVariable(CoreVariable) is { Length: > 0 } core)
        {
            RunCore(core);
        }
    }

    /// <summary>Tells of each decision what it would restore, as text; of the others that they are done.</summary>
    private static void RunCore(string path)
    {
        using var session = new CognitiveSession(new CognitiveOptions { Path = path, Seed = 1 }, new FixedHost(step: 1000));
        using Stream output = Console.OpenStandardOutput();
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable(SeedVariable)!, CultureInfo.InvariantCulture));
        while (true)
        {
            using JsonDocument decision = JsonDocument.Parse(session.Decide(CoreSamples.Problem(random, "AUTONOMOUS"), []));
            ulong id = decision.RootElement.GetProperty("decision_id").GetUInt64();
            Tell(output, "decide", id, decision.RootElement.GetProperty("rollback").GetProperty("restore").GetRawText());
            session.ReportOutcome(CoreSamples.Outcome(id, random, periods: 4));
            Tell(output, "report", id, "");
            if (random.Next(2) == 0)
            {
                session.Rollback(id);
                Tell(output, "rollback", id, "");
            }
        }
    }

    private static void Tell(Stream output, string step, ulong id, string restore) => output.Write(System.Text.Encoding.UTF8.GetBytes($"{step} {id} {restore}\n"));

    private static void Run(string path)
    {
        using var memory = new MemoryCore(new MemoryOptions { Path = path }, EpisodeCodec.Instance, new FixedHost());
        var journal = new DecisionJournal(memory, DecisionCodec.Instance);
        using Stream output = Console.OpenStandardOutput();
        foreach (DecisionRecord record in journal.Records().ToArray())
        {
            // Where the one before was killed it goes on.
            int done = record.Status switch { DecisionStatus.Open => 0, DecisionStatus.RollBackAdvised => 1, _ => 2 };
            Finish(journal, output, record.Id, done + 1);
        }
        while (true)
        {
            Finish(journal, output, journal.NextId, 0);
        }
    }

    private static void Finish(DecisionJournal journal, Stream output, ulong id, int stage)
    {
        for (; stage < JournalSamples.Stages; stage++)
        {
            journal.Put(JournalSamples.Record(id, stage), stage == 1 ? JournalSamples.Episode(id) : null);
            output.Write(System.Text.Encoding.ASCII.GetBytes($"step {id} {stage}\n"));
        }
    }
}
