using System.Runtime.CompilerServices;
using RanCognition.Contracts;
using RanCognition.Interop;
using RanCognition.Performance;

namespace RanCognition.Tests.Interop;

/// <summary>Callbacks of the application: called, kept alive, collected, and never thrown through.</summary>
public class HostTests
{
    private static readonly TaskSpec Count = new() { Type = new TaskType(TaskKind.Custom, "count") };

    [Fact]
    public void Clock_log_random_and_progress_of_the_application_are_used()
    {
        List<string> lines = [];
        List<double> shares = [];
        Host host = new()
        {
            Now = () => 1_800_000_000_000_000_000,
            Random = () => 4711,
            Progress = (share, stage) =>
            {
                Assert.NotEmpty(stage);
                shares.Add(share);
                return true;
            },
            Log = (level, line) => lines.Add($"{level}: {line}"),
        };
        using (TemporalCore core = new(20, 5, host))
        {
            Assert.Equal(4711UL, core.ExpandSubjectiveTime(Samples.Problem()).Seed);
        }
        Assert.Equal(shares.Order(), shares);
        Assert.True(shares.Count > 3);
        using Scheduler scheduler = new(new SchedulerOptions { Mode = TimeMode.Virtual }, host);
        scheduler.RegisterHandler("count", _ => throw new InvalidOperationException("no such cell"));
        scheduler.ScheduleTask(5, 0, Count);
        scheduler.Run(10);
        Assert.Contains(lines, line => line.Contains("no such cell", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sleep_of_the_application_is_used()
    {
        ulong now = 1_000;
        ulong slept = 0;
        using Scheduler scheduler = new("""{"spin_ns":0}""", new Host
        {
            Now = () => now,
            Sleep = ns =>
            {
                slept += ns;
                now += ns;
            },
        });
        int runs = 0;
        scheduler.RegisterHandler("count", _ => $"{++runs}");
        scheduler.ScheduleTask(5_000_000, 0, Count);
        scheduler.Run(6_000_000);
        Assert.Equal(1, runs);
        Assert.True(slept >= 5_000_000 - 1_000);
    }

    [Theory]
    [InlineData("now")]
    [InlineData("random")]
    [InlineData("progress")]
    public void What_a_callback_throws_comes_out_of_the_call_as_it_was(string which)
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        bool armed = false;
        InvalidTimeZoneException thrown = new(which);
        T Fail<T>(string name, T value) => armed && name == which ? throw thrown : value;
        using TemporalCore core = new(20, 5, new Host { Now = () => Fail("now", 1_800_000_000_000_000_000UL), Random = () => Fail("random", 1UL), Progress = (_, _) => Fail("progress", true) });
        armed = true;
        InvalidTimeZoneException caught = Assert.Throws<InvalidTimeZoneException>(() => core.ExpandSubjectiveTime(Samples.Problem()));
        Assert.Same(thrown, caught);
        Assert.Contains("Fail", caught.StackTrace, StringComparison.Ordinal);
        armed = false;
        Assert.Equal("p1", core.ExpandSubjectiveTime(Samples.Problem()).ProblemId);   // nothing of it stays behind
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Theory]
    [InlineData("now")]
    [InlineData("sleep")]
    [InlineData("log")]
    [InlineData("progress")]
    public void A_run_ends_when_a_callback_throws(string which)
    {
        bool armed = false;
        T Fail<T>(string name, Func<T> value) => armed && name == which ? throw new InvalidTimeZoneException(which) : value();
        using Scheduler scheduler = new("""{"spin_ns":0}""", new Host
        {
            Now = () => Fail("now", () => RanCognitionLibrary.NanoTime),
            Sleep = ns => Fail("sleep", () => { Thread.Sleep(1); return 0; }),
            Log = (_, _) => Fail("log", () => 0),
            Progress = (_, _) => Fail("progress", () => true),
        });
        scheduler.RegisterHandler("count", _ => throw new InvalidOperationException("logged"));
        scheduler.ScheduleTask(0, 0, Count);
        armed = true;
        Assert.Equal(which, Assert.Throws<InvalidTimeZoneException>(() => scheduler.Run()).Message);
    }

    [Fact]
    public void A_constructor_whose_callback_throws_leaves_nothing_behind()
    {
        Exception? error = Record.Exception(() =>
        {
            using Scheduler scheduler = new("", new Host { Now = () => throw new InvalidTimeZoneException("now") });
            scheduler.ExecuteReadyTasks();
        });
        Assert.IsType<InvalidTimeZoneException>(error);
    }

    [Fact]
    public void Progress_that_says_no_cancels_the_call()
    {
        using TemporalCore core = new(20, 5, new Host { Progress = (share, _) => share < 0.5 });
        Assert.Equal(RanCognitionStatus.Cancelled, Refusal.Of<RanCognitionCanceledException>(() => core.ExpandSubjectiveTime(Samples.Problem())));
        Assert.IsAssignableFrom<OperationCanceledException>(Record.Exception(() => core.ExpandSubjectiveTime(Samples.Problem())));
    }

    [Fact]
    public void A_call_from_its_own_callback_is_refused_and_one_on_another_core_is_not()
    {
        using TemporalCore other = new(20, 5);
        TemporalCore? self = null;
        RanCognitionStatus own = RanCognitionStatus.Ok;
        string id = "";
        Host host = new()
        {
            Progress = (_, _) =>
            {
                own = Refusal.Of<RanCognitionBusyException>(() => self!.SetConsciousnessLevel(1));
                id = other.ExpandSubjectiveTime(Samples.Problem("inner", 20)).ProblemId;
                return true;
            },
        };
        using (self = new TemporalCore(20, 5, host))
        {
            Assert.Equal("outer", self.ExpandSubjectiveTime(Samples.Problem("outer")).ProblemId);
        }
        Assert.Equal((RanCognitionStatus.Busy, "inner"), (own, id));
    }

    [Fact]
    public void Callbacks_survive_collections_while_they_run_and_before()
    {
        using TemporalCore core = Make();
        Collect();
        Assert.Equal("p1", core.ExpandSubjectiveTime(Samples.Problem()).ProblemId);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static TemporalCore Make()
        {
            object captured = new();
            return new TemporalCore(20, 5, new Host
            {
                Progress = (_, _) =>
                {
                    Collect();
                    return captured is not null;
                },
            });
        }
    }

    [Fact]
    public void A_core_to_which_only_its_own_callbacks_refer_is_collected()
    {
        WeakReference[] forgotten = Forget();
        for (int i = 0; i < 10 && forgotten.Any(one => one.IsAlive); i++)
        {
            Collect();
        }
        Assert.All(forgotten, one => Assert.False(one.IsAlive));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference[] Forget()
        {
            TemporalCore? core = null;
            core = new TemporalCore(20, 5, new Host { Progress = (_, _) => core is not null });
            core.ExpandSubjectiveTime(Samples.Problem());
            Scheduler scheduler = new("""{"mode":"virtual"}""");
            scheduler.RegisterHandler("count", _ => scheduler.NextExecutionTime.ToString());
            scheduler.ScheduleTask(0, 0, Count);
            scheduler.ExecuteReadyTasks();
            return [new(core), new(scheduler)];
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
