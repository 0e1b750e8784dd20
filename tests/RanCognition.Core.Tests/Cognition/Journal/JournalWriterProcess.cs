using System.Runtime.CompilerServices;
using RanCognition.Cognition.Journal;
using RanCognition.Contracts;
using RanCognition.Memory;

namespace RanCognition.Tests.Cognition;

/// <summary>What this assembly does when it is started as a program with the variable set: decides, reports and rolls back until it is killed, and tells each step when it is acknowledged.</summary>
internal static class JournalWriterProcess
{
    /// <summary>Has the path of the file.</summary>
    public const string Variable = "RANCOGNITION_TEST_JOURNAL";

    [ModuleInitializer]
    internal static void RunIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
        {
            Run(path);
        }
    }

    private static void Run(string path)
    {
        using var memory = new MemoryCore(new MemoryOptions { Path = path }, RanCognition.Json.EpisodeCodec.Instance, new FixedHost());
        var journal = new DecisionJournal(memory, PlainDecisionCodec.Instance);
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
