using System.Text;
using RanCognition.Contracts;
using RanCognition.Modules;
using RanCognition.Performance;

namespace RanCognition.Tests.Cognition;

public sealed class CallReplayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ran-record-").FullName;

    private string Record => Path.Combine(_folder, "calls.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Random_calls_replay_to_the_byte_with_deadlines_models_failures_and_any_bytes()
    {
        for (int seed = 0; seed < 25; seed++)
        {
            File.Delete(Record);
            var random = new Random(seed);
            ulong calls = 0;
            for (int life = 0; life < 2; life++)
            {
                using CallRecorder recorder = Start(new RestlessHost(seed) { Cancels = true }, seed: (ulong)seed);
                for (int i = 0; i < 40; i++)
                {
                    Attempt(recorder, random);
                    calls++;
                }
            }
            ReplayReport report = Replay();
            Assert.Empty(report.Different);
            Assert.Equal((calls, calls), (report.Calls, report.Equal));
            Assert.Equal(0UL, report.NotRepeated);
            Assert.Equal((int)calls + 2, File.ReadAllLines(Record).Length);
        }
    }

    [Fact]
    public void What_is_other_is_told_with_its_line()
    {
        using (CallRecorder recorder = Start(new RestlessHost(1)))
        {
            for (int i = 0; i < 15; i++)
            {
                Run(recorder, $"{{\"n\":{i}}}");
            }
        }
        ReplayReport report = CallReplay.Run(Record, new FixedHost(), (options, host) => new FakeCalls(options, host) { IsOther = true });
        Assert.Equal((15UL, 0UL), (report.Calls, report.Equal));
        Assert.Equal(10, report.Different.Count);
        Assert.Equal((2UL, "decide"), (report.Different[0].Line, report.Different[0].Call));
        Assert.NotEqual(report.Different[0].Recorded, report.Different[0].Replayed);
        Assert.Contains("\"state\":", report.Different[0].Recorded, StringComparison.Ordinal);

        // The same bytes, but a reading of the clock more: not the same call.
        string[] lines = File.ReadAllLines(Record);
        lines[3] = lines[3].Replace("\"clock\":[", "\"clock\":[17,", StringComparison.Ordinal);
        File.WriteAllLines(Record, lines);
        Assert.Equal(4UL, Assert.Single(Replay().Different.Take(1)).Line);
    }

    [Fact]
    public void Failures_of_the_machine_are_not_made_again()
    {
        FakeCalls? core = null;
        using (CallRecorder recorder = CallRecorder.Start(Options(), "1", new RestlessHost(2), host => core = new FakeCalls(Options(), host)))
        {
            Run(recorder, "1");
            core!.FailsNext = true;
            Assert.Throws<StorageException>(() => Run(recorder, "2"));
            Run(recorder, "3");
        }
        ReplayReport report = Replay();
        Assert.Equal((2UL, 2UL, 1UL), (report.Calls, report.Equal, report.NotRepeated));
    }

    [Fact]
    public void Each_line_is_in_the_file_when_the_call_returns()
    {
        using CallRecorder recorder = Start(new RestlessHost(3));
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(i + 1, Shared().Count(character => character == '\n'));
            Run(recorder, i % 2 == 0 ? "{ \"a\" : 1 }" : "{\n}");
        }
        Assert.Contains("\"problem\":{ \"a\" : 1 },", Shared(), StringComparison.Ordinal);
        Assert.Contains("\"problem_text\":\"{\\n}\",", Shared(), StringComparison.Ordinal);
    }

    [Fact]
    public void When_a_line_cannot_be_written_the_call_says_so_and_nothing_is_done_until_it_can()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !Shell($"mount -t tmpfs -o size=64k none '{_folder}'"))
        {
            Console.WriteLine("skipped: no small file system can be mounted here");
            return;
        }
        try
        {
            FakeCalls? core = null;
            using (CallRecorder recorder = CallRecorder.Start(Options(), "1", new RestlessHost(4), host => core = new FakeCalls(Options(), host)))
            {
                string large = $"\"{new string('x', 10_000)}\"";
                StorageException? failure = null;
                while (failure is null)
                {
                    try
                    {
                        Run(recorder, large);
                    }
                    catch (StorageException error)
                    {
                        failure = error;
                    }
                }
                Assert.Equal($"record_to: the file cannot be written: decision {core!.Decisions} was made and can be rolled back, but is not recorded yet; no other call is made until it is", failure.Message);
                int runs = core.Runs;
                Assert.Equal("record_to: the file cannot be written: an earlier call is not recorded yet, and nothing was done", Assert.Throws<StorageException>(() => Run(recorder, large)).Message);
                Assert.Equal(runs, core.Runs);
                Assert.EndsWith("}\n", Shared(), StringComparison.Ordinal);
                Assert.True(Shell($"mount -o remount,size=1m '{_folder}'"));
                Run(recorder, large);
                Assert.Equal(runs + 1, core.Runs);
            }
            ReplayReport report = Replay();
            Assert.Equal((ulong)core.Runs, report.Equal);
            Assert.Empty(report.Different);
        }
        finally
        {
            Shell($"umount -l '{_folder}'");
        }
    }

    [Fact]
    public void A_line_that_the_end_of_a_process_cut_off_is_passed_over_and_one_in_the_middle_is_not()
    {
        using (CallRecorder recorder = Start(new RestlessHost(5)))
        {
            Run(recorder, "1");
            Run(recorder, "2");
        }
        string whole = File.ReadAllText(Record);
        File.WriteAllText(Record, whole[..^30]);
        ReplayReport report = Replay();
        Assert.Equal((1UL, 1UL), (report.Calls, report.Equal));
        Assert.Equal(new IgnoredField("/3", "the line is cut off"), Assert.Single(report.Ignored));
        using (CallRecorder recorder = Start(new RestlessHost(6)))
        {
            Run(recorder, "3");
        }
        report = Replay();
        Assert.Equal((2UL, 2UL), (report.Calls, report.Equal));
        Assert.Equal(new IgnoredField("/3", "the line is cut off"), Assert.Single(report.Ignored));
        File.AppendAllText(Record, "{\"call\":\"decide\"\n" + whole.Split('\n')[1] + "\n");
        Assert.StartsWith("path: path/6: ", Assert.Throws<InvalidJsonException>(() => Replay()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_begins_on_a_file_with_decisions_is_refused_unless_it_made_them()
    {
        for (ulong before = 0; before < 2; before++)
        {
            File.Delete(Record);
            ulong decisions = before;
            for (int life = 0; life < 3; life++)
            {
                FakeCalls? core = null;
                using CallRecorder recorder = CallRecorder.Start(Options(), "1", new RestlessHost(7), host => core = new FakeCalls(Options(), new FixedHost()) { Decisions = decisions });
                Run(recorder, "1");
                decisions = core!.Decisions;
            }
            if (before == 1)
            {
                Assert.StartsWith("path/1: the core began with a file of 1 decisions", Assert.Throws<InvalidInputException>(() => Replay()).Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(3UL, Replay().Calls);
            }
        }
    }

    [Fact]
    public void Calls_after_a_decision_that_was_not_recorded_are_passed_over_until_a_file_begins_anew()
    {
        foreach (ulong began in (ulong[])[0, 2, 3, 0])     // the end of the process came between a decision and its line
        {
            using CallRecorder recorder = CallRecorder.Start(Options(), "1", new RestlessHost(9), host => new FakeCalls(Options(), host) { Decisions = began });
            Run(recorder, "1");
        }
        ReplayReport report = Replay();
        Assert.Equal((2UL, 2UL, 2UL), (report.Calls, report.Equal, report.NotRepeated));
        Assert.Equal(["/3", "/5"], report.Ignored.Select(one => one.Field));
        Assert.StartsWith("the core began with a file of 2 decisions", report.Ignored[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_record_is_refused()
    {
        Assert.Equal("path: the file cannot be opened for reading", Assert.Throws<InvalidInputException>(() => Replay()).Message);
        foreach ((string text, string message) in ((string, string)[])
        [
            ("", "path: is not a record: it has no line that says how the core was created"),
            ("nonsense", "path: is not a record: it has no line that says how the core was created"),
            ("{\"call\":\"get_state\",\"result\":1}\n", "path/1: is a call before the core was created"),
        ])
        {
            File.WriteAllText(Record, text);
            Assert.Equal(message, Assert.Throws<InvalidInputException>(() => Replay()).Message);
        }
        foreach (string text in (string[])["{\"call\":\"create\"}", "{\"call\":\"decide\"}", "{\"call\":\"decide\",\"result\":1,\"error\":{\"status\":-1}}", "{\"call\":\"x\"}", "[]", "1"])
        {
            Assert.Throws<InvalidJsonException>(() => RanCognition.Json.JsonIn.RecordedCall(Encoding.UTF8.GetBytes(text), "path/1"));
        }
    }

    [Fact]
    public void A_record_that_is_in_use_or_no_regular_file_is_refused_before_anything_begins()
    {
        using CallRecorder recorder = Start(new RestlessHost(8));
        Assert.Equal($"record_to: is in use by process {Environment.ProcessId}", Assert.Throws<BusyException>(() => Start(new RestlessHost(8))).Message);
        foreach (string path in (string[])[_folder, "/dev/null", Path.Combine(_folder, "no", "file"), "a\0b"])
        {
            Assert.StartsWith("record_to: ", Assert.Throws<InvalidInputException>(() => CallRecorder.Start(Options() with { RecordTo = path }, "1", new FixedHost(), _ => throw new InvalidOperationException())).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_with_something_else_is_refused_and_stays_as_it_is()
    {
        foreach (string text in (string[])["hello", "\n", "{}\n", "{\"call\":\"decide\",\"result\":1}\n", "{\"call\":\"created\"}", "{\"ca\"\n", "SQLite format 3\0"])
        {
            File.WriteAllText(Record, text);
            Assert.Equal("record_to: the file has something else than a record", Assert.Throws<InvalidInputException>(() => Start(new RestlessHost(8))).Message);
            Assert.Equal(text, File.ReadAllText(Record));
        }
        foreach (string text in (string[])["", "{", "{\"ca\n", "{\"call\":\"create\",\"opt"])
        {
            File.WriteAllText(Record, text);
            Start(new RestlessHost(8)).Dispose();
            Start(new RestlessHost(8)).Dispose();
            Assert.Equal(text.Length == 0 ? 0 : 1, Replay().Ignored.Count);
        }
    }

    private static void Attempt(CallRecorder recorder, Random random)
    {
        byte[] first = random.Next(9) switch
        {
            0 => "bad \"input\""u8.ToArray(),
            1 => "<?xml version=\"1.0\"?>\n<a>ä &amp; \u0001</a>\r\n"u8.ToArray(),
            2 => [0xFF, 0xFE, .. Encoding.UTF8.GetBytes("bytes"), (byte)'\n'],
            3 => " {\"blanks\":1}"u8.ToArray(),
            4 => "{\r\n\t\"lines\": [1,\n2.50e+3] }"u8.ToArray(),
            5 => Encoding.UTF8.GetBytes(new string('[', 63) + new string(']', 63)),
            6 => Encoding.UTF8.GetBytes(new string('[', 64) + new string(']', 64)),
            7 => [],
            _ => Encoding.UTF8.GetBytes($"{{\"n\":{random.Next()},\"text\":\"\\ud83d\\n\"}}"),
        };
        var kind = (CognitiveOperationKind)random.Next(5);
        WhatIfFunction? model = kind == CognitiveOperationKind.Decide && random.Next(2) == 0 ? Answer : null;
        try
        {
            recorder.Run(kind, first, random.Next(2) == 0 ? [] : "[]"u8, (ulong)random.Next(5), model, random.Next(3) == 0 ? "data" : "");
        }
        catch (Exception error) when (error is InvalidInputException or OperationCanceledException)
        {
            // Recorded too.
        }

        bool Answer(ReadOnlySpan<byte> question, Span<double> values)
        {
            values[0] = random.Next(4) switch { 0 => double.PositiveInfinity, 1 => double.NegativeInfinity, 2 => -0.0, _ => random.NextDouble() };
            return random.Next(4) > 0;
        }
    }

    private static byte[] Run(CallRecorder recorder, string problem) => recorder.Run(CognitiveOperationKind.Decide, Encoding.UTF8.GetBytes(problem), [], 0, null, "");

    private CognitiveOptions Options(ulong? seed = null) => new() { Path = "memory.db", RecordTo = Record, Seed = seed };

    private CallRecorder Start(IHost host, ulong? seed = null) => CallRecorder.Start(Options(seed), "1", host, recording => new FakeCalls(Options(seed), recording));

    private ReplayReport Replay() => CallReplay.Run(Record, new FixedHost(), (options, host) => new FakeCalls(options, host));

    /// <summary>The file as another program sees it.</summary>
    private string Shared()
    {
        using var file = new FileStream(Record, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private static bool Shell(string command) => RanCognition.Tests.Memory.Storage.StoreOpeningTests.Shell(command);
}
