using System.Collections.Concurrent;
using RanCognition.Contracts;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

/// <summary>Long calls off the calling thread, and their end before, during and after the work.</summary>
public class AsyncTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Reports on the thread that works, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Direct(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }

    [Fact]
    public async Task Answers_are_those_of_the_synchronous_calls_and_progress_is_told()
    {
        Host stopped = new() { Now = () => 1_700_100_000_000_000_000 };
        using TemporalCore first = new(50, 10, stopped);
        using TemporalCore second = new(50, 10, stopped);
        ConcurrentQueue<double> shares = [];
        Direct progress = new(shares.Enqueue);
        TemporalAnalysisResult result = await first.ExpandSubjectiveTimeAsync(Samples.Problem(), progress: progress).WaitAsync(Patience);
        Assert.Equal(RanCognition.Json.ContractJson.Write(second.ExpandSubjectiveTime(Samples.Problem())), RanCognition.Json.ContractJson.Write(result));
        Assert.True(shares.Count > 3);
        shares.Clear();
        Assert.Equal(0, (await first.ParallelTemporalAnalysisAsync(Samples.Problems(4), 2, progress).WaitAsync(Patience)).Failed);
        Assert.NotEmpty(shares);
        Assert.NotEmpty((await first.OptimizeTemporalExpansionAsync(Samples.Timeline(), progress).WaitAsync(Patience)).Curve);
        Assert.StartsWith("{", await first.ExpandSubjectiveTimeAsync("""{"id":"p"}""").WaitAsync(Patience), StringComparison.Ordinal);
        Assert.StartsWith("{", await first.ParallelTemporalAnalysisAsync("[]").WaitAsync(Patience), StringComparison.Ordinal);
        await Assert.ThrowsAsync<RanCognitionJsonException>(() => first.OptimizeTemporalExpansionAsync("{"));
    }

    [Fact]
    public async Task A_token_that_is_cancelled_before_begins_nothing()
    {
        using TemporalCore core = new(20, 5);
        using CancellationTokenSource source = new();
        source.Cancel();
        Task<TemporalAnalysisResult> call = core.ExpandSubjectiveTimeAsync(Samples.Problem(), cancellationToken: source.Token);
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal((true, source.Token), (call.IsCanceled, error.CancellationToken));
        Assert.Equal(0UL, core.GetPerformanceMetrics().TotalExecutions);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Scheduler().RunAsync(cancellation: source.Token));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_during_its_work_ends_with_the_token_and_the_core_goes_on()
    {
        using TemporalCore core = new(20, 5);
        using CancellationTokenSource source = new();
        int reports = 0;
        Direct progress = new(_ =>
        {
            reports++;
            source.Cancel();
        });
        Task<ParallelTemporalAnalysisResult> call = core.ParallelTemporalAnalysisAsync(Samples.Problems(50), 2, progress, source.Token);
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        Assert.Equal((true, source.Token, 1), (call.IsCanceled, error.CancellationToken, reports));
        Assert.Equal("p1", (await core.ExpandSubjectiveTimeAsync(Samples.Problem()).WaitAsync(Patience)).ProblemId);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_after_changes_nothing()
    {
        using TemporalCore core = new(20, 5);
        using CancellationTokenSource source = new();
        TemporalAnalysisResult result = await core.ExpandSubjectiveTimeAsync(Samples.Problem(), cancellationToken: source.Token).WaitAsync(Patience);
        source.Cancel();
        Assert.Equal("p1", result.ProblemId);
        Assert.Equal("p1", core.ExpandSubjectiveTime(Samples.Problem()).ProblemId);
    }

    [Fact]
    public async Task A_call_that_waits_for_another_leaves_the_queue_when_it_is_cancelled()
    {
        using TemporalCore core = new(20, 5);
        using ManualResetEventSlim begun = new();
        using ManualResetEventSlim go = new();
        Task<TemporalAnalysisResult> first = core.ExpandSubjectiveTimeAsync(Samples.Problem("first"), progress: new Direct(_ =>
        {
            begun.Set();
            go.Wait(Patience);
        }));
        Assert.True(begun.Wait(Patience));
        using CancellationTokenSource source = new();
        Task<TemporalAnalysisResult> second = core.ExpandSubjectiveTimeAsync(Samples.Problem("second"), cancellationToken: source.Token);
        Task<TemporalAnalysisResult> third = core.ExpandSubjectiveTimeAsync(Samples.Problem("third"));
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience));
        Assert.False(first.IsCompleted || third.IsCompleted);
        go.Set();
        Assert.Equal("first", (await first.WaitAsync(Patience)).ProblemId);
        Assert.Equal("third", (await third.WaitAsync(Patience)).ProblemId);
    }

    [Fact]
    public async Task What_progress_throws_comes_out_of_the_task()
    {
        using TemporalCore core = new(20, 5);
        Task call = core.ExpandSubjectiveTimeAsync(Samples.Problem(), progress: new Direct(_ => throw new InvalidTimeZoneException("progress")));
        Assert.Equal("progress", (await Assert.ThrowsAsync<InvalidTimeZoneException>(() => call.WaitAsync(Patience))).Message);
        Assert.True(call.IsFaulted);
    }

    [Fact]
    public async Task A_core_that_is_disposed_of_during_a_call_finishes_it_and_takes_no_more()
    {
        TemporalCore core = new(20, 5);
        using ManualResetEventSlim begun = new();
        using ManualResetEventSlim go = new();
        Task<TemporalAnalysisResult> call = core.ExpandSubjectiveTimeAsync(Samples.Problem(), progress: new Direct(_ =>
        {
            begun.Set();
            go.Wait(Patience);
        }));
        Assert.True(begun.Wait(Patience));
        core.Dispose();
        Assert.ThrowsAny<ObjectDisposedException>(() => core.GetPerformanceMetrics());
        go.Set();
        Exception? error = await Record.ExceptionAsync(() => call.WaitAsync(Patience));
        Assert.True(error is null or ObjectDisposedException, $"{error}");   // it finishes, or says why not
        Assert.ThrowsAny<ObjectDisposedException>(() => core.GetPerformanceMetrics());
        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => core.ExpandSubjectiveTimeAsync(Samples.Problem()));
    }

    [Fact]
    public async Task A_run_ends_by_its_time_its_token_and_dispose()
    {
        using CancellationTokenSource source = new();
        Scheduler scheduler = new();
        int runs = 0;
        scheduler.RegisterHandler("count", _ => $"{++runs}");
        scheduler.ScheduleTask(0, 0, Scheduler.Custom("count"));
        await scheduler.RunAsync(RanCognitionLibrary.NanoTime + 1_000_000).WaitAsync(Patience);
        Assert.Equal(1, runs);
        Task run = scheduler.RunAsync(cancellation: source.Token);
        source.CancelAfter(20);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience));
        Assert.True(run.IsCanceled);
        using ManualResetEventSlim begun = new();
        scheduler.RegisterHandler("begin", _ =>
        {
            begun.Set();
            return null;
        });
        scheduler.ScheduleTask(0, 0, Scheduler.Custom("begin"));
        Task last = scheduler.RunAsync();
        Assert.True(begun.Wait(Patience));
        scheduler.Dispose();
        await last.WaitAsync(Patience);
    }

    [Fact]
    public async Task Eight_threads_use_one_core_one_scheduler_and_one_pool()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        using TemporalCore core = new(20, 5, new Host { Progress = (_, _) => true });
        using Scheduler scheduler = new("""{"mode":"virtual"}""");
        using MemoryPool pool = new();
        int runs = 0;
        scheduler.RegisterHandler("count", _ => $"{Interlocked.Increment(ref runs)}");
        Task[] threads = [.. Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < 20; i++)
                {
                    Assert.Equal($"p{thread}", core.ExpandSubjectiveTime(Samples.Problem($"p{thread}", 24)).ProblemId);
                    scheduler.ScheduleTask(0, 0, Scheduler.Custom("count"));
                    scheduler.ExecuteReadyTasks();
                    using PoolBlock block = pool.Allocate(1 + (i * 100));
                    block.GetSpan().Fill((byte)thread);
                    Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => core.Forecast([], 0, 1)));
                }
            },
            TaskCreationOptions.LongRunning))];
        await Task.WhenAll(threads).WaitAsync(Patience);
        Assert.Equal((160, 0UL), (runs, pool.GetStats().LiveBlocks));
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }
}
