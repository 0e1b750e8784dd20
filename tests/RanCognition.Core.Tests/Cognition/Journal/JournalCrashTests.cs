using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RanCognition.Cognition.Journal;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Memory;
using RanCognition.Memory.Storage;
using RanCognition.Modules;
using RanCognition.Tests.Memory.Storage;

namespace RanCognition.Tests.Cognition;

public class JournalCrashTests
{
    [Fact]
    public void A_log_cut_anywhere_has_whole_decisions_and_an_episode_for_each_report()
    {
        using var file = new JournalFile();
        MemoryCore memory = file.Open();
        var journal = new DecisionJournal(memory, DecisionCodec.Instance);
        List<(ulong Id, int Stage)> steps = [];
        for (ulong id = 1; id <= 2; id++)
        {
            for (int stage = 0; stage < JournalSamples.Stages; stage++)
            {
                journal.Put(JournalSamples.Record(id, stage), stage == 1 ? JournalSamples.Episode(id) : null);
                steps.Add((id, stage));
            }
        }
        Assert.True(StoreOpeningTests.Shell($"cp '{file.Path}' '{file.Path}.main' && cp '{file.Path}-wal' '{file.Path}.log'"));
        byte[] main = File.ReadAllBytes(file.Path + ".main");
        byte[] log = File.ReadAllBytes(file.Path + ".log");
        const int frame = StoreFile.PageBytes + 24;
        int most = 0;
        ulong salt = BinaryPrimitives.ReadUInt64BigEndian(log.AsSpan(16));
        for (int end = 32; end == 32 || BinaryPrimitives.ReadUInt64BigEndian(log.AsSpan(end - frame + 8)) == salt; end += frame)     // frames of the present round
        {
            foreach (int cut in (int[])[end, end + frame - 1])
            {
                string path = Path.Combine(file.Folder, "cut.db");
                File.WriteAllBytes(path, main);
                File.WriteAllBytes(path + "-wal", log[..cut]);
                using (MemoryCore again = new(new MemoryOptions { Path = path }, EpisodeCodec.Instance, new FixedHost()))
                {
                    int done = StepsDone(again, steps);
                    Assert.InRange(done, most, steps.Count);     // the more of the log, the more is there
                    most = done;
                }
                File.Delete(path);
                File.Delete(path + "-wal");
            }
        }
        Assert.Equal(steps.Count, most);
    }

    [Fact]
    public void A_process_that_is_killed_at_any_moment_leaves_every_step_that_it_acknowledged_and_no_half_of_another()
    {
        using var file = new JournalFile();
        var random = new Random(11);
        Dictionary<ulong, int> acknowledged = [];
        int kills = 0;
        var clock = Stopwatch.StartNew();
        while (kills < 12 && (kills < 4 || clock.Elapsed < TimeSpan.FromSeconds(3)))
        {
            Life(file.Path, random.Next(1, 40), random.Next(0, 4), acknowledged);
            kills++;
            using MemoryCore memory = file.Open();
            var journal = new DecisionJournal(memory, DecisionCodec.Instance);
            int episodes = 0;
            int ahead = 0;
            for (ulong id = 1; id < journal.NextId; id++)
            {
                int stage = StageOf(journal.Find(id)!);
                int known = acknowledged.GetValueOrDefault(id, -1);
                Assert.True(stage == known || stage == known + 1, $"decision {id} is at step {stage}, {known} was acknowledged");
                ahead += stage - known;
                episodes += stage > 0 ? 1 : 0;
                acknowledged[id] = stage;
            }
            Assert.InRange(ahead, 0, 1);     // what was under way
            Assert.Equal(acknowledged.Count, journal.Count);
            Assert.Equal((ulong)episodes, memory.Count);
        }
        Assert.True(acknowledged.Count > 10, $"{acknowledged.Count} decisions in {kills} lives");
    }

    [Fact]
    public void A_core_that_is_killed_restores_every_acknowledged_decision_exactly()
    {
        using var file = new JournalFile();
        var random = new Random(12);
        Dictionary<ulong, string> restores = [];
        int reports = 0;
        int actions = 0;
        for (int life = 0; life < 4 || (actions <= 5 && life < 40); life++)
        {
            int reported = 0;
            int doubtful = 0;
            ulong last = 0;
            foreach (string line in Lines(JournalWriterProcess.CoreVariable, file.Path, random.Next(1, 30), random.Next(0, 5), seed: life))
            {
                string[] parts = line.Split(' ', 3);
                last = Math.Max(last, ulong.Parse(parts[1], CultureInfo.InvariantCulture));
                if (parts[0] == "decide")
                {
                    restores.Add(last, parts[2]);
                    actions += parts[2].Length > 2 ? 1 : 0;
                }
                reported += parts[0] == "report" ? 1 : 0;
                doubtful = parts[0] == "decide" ? 1 : 0;     // its report may be there
            }
            using var session = new CognitiveSession(new CognitiveOptions { Path = file.Path }, new FixedHost());
            using (JsonDocument state = JsonDocument.Parse(session.GetState()))
            {
                int total = state.RootElement.GetProperty("decisions").GetProperty("TOTAL").GetInt32();
                int count = state.RootElement.GetProperty("calibration").GetProperty("count").GetInt32();
                int episodes = state.RootElement.GetProperty("episodes").GetInt32();
                Assert.InRange(total, restores.Count, restores.Count + 1);
                Assert.InRange(episodes, reports + reported, reports + reported + doubtful);
                Assert.Equal(count, episodes);     // an episode for each report that could be judged
                reports = episodes;
                for (ulong id = (ulong)restores.Count + 1; id <= (ulong)total; id++)
                {
                    restores.Add(id, Restore(session, id));     // was under way, and is there
                }
            }
            foreach ((ulong id, string restore) in restores)
            {
                Assert.Equal(restore, Restore(session, id));
            }
        }
        Assert.True(actions > 5, $"{actions} of {restores.Count} decisions changed something");
    }

    private static string Restore(CognitiveSession session, ulong id)
    {
        using JsonDocument reply = JsonDocument.Parse(session.Rollback(id));
        return reply.RootElement.GetProperty("restore").GetRawText();
    }

    /// <summary>How many of the steps are there; that they are those from the first on, whole, each report with its episode, is asserted.</summary>
    private static int StepsDone(MemoryCore memory, List<(ulong Id, int Stage)> steps)
    {
        var journal = new DecisionJournal(memory, DecisionCodec.Instance);
        int done = 0;
        ulong reports = 0;
        foreach (DecisionRecord record in journal.Records())
        {
            int stage = StageOf(record);
            done += stage + 1;
            reports += stage > 0 ? 1UL : 0;
        }
        for (int i = 0; i < steps.Count; i++)
        {
            (ulong id, int stage) = steps[i];
            Assert.Equal(i < done, journal.Find(id) is { } found && StageOf(found) >= stage);
        }
        Assert.Equal(reports, memory.Count);
        return done;
    }

    /// <summary>The stage whose record this is, to the bit.</summary>
    private static int StageOf(DecisionRecord record)
    {
        int stage = record.Status switch { DecisionStatus.Open => 0, DecisionStatus.RollBackAdvised => 1, _ => 2 };
        JournalSamples.AssertSame(JournalSamples.Record(record.Id, stage), record);
        return stage;
    }

    private static void Life(string path, int steps, int milliseconds, Dictionary<ulong, int> acknowledged)
    {
        foreach (string line in Lines(JournalWriterProcess.Variable, path, steps, milliseconds))
        {
            string[] parts = line.Split(' ');
            Assert.Equal(3, parts.Length);
            acknowledged[ulong.Parse(parts[1], CultureInfo.InvariantCulture)] = int.Parse(parts[2], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>What one process tells from its start to its end by the kill, after so many acknowledgements and a moment more.</summary>
    private static List<string> Lines(string variable, string path, int steps, int milliseconds, int seed = 0)
    {
        var start = new ProcessStartInfo(DotnetPath(), ["exec", typeof(JournalWriterProcess).Assembly.Location]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[variable] = path;
        start.Environment[JournalWriterProcess.SeedVariable] = seed.ToString(CultureInfo.InvariantCulture);
        using Process process = Process.Start(start)!;
        List<string> lines = [];
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            if (lines.Count == steps)
            {
                Thread.Sleep(milliseconds);
                process.Kill();     // SIGKILL; what it wrote before is still read
            }
        }
        process.WaitForExit();
        Assert.True(lines.Count >= steps, $"it ended by itself with {process.ExitCode} after {lines.Count} steps");
        return lines;
    }

    private static string DotnetPath() =>
        Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";
}
