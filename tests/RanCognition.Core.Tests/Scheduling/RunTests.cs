using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

public sealed class RunTests
{
    private static readonly Func<bool> Never = () => false;

    [Theory, ModelAndCore]
    public void A_run_in_virtual_time_jumps_from_due_to_due_and_ends_where_told(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        List<(ulong Id, ulong Now)> seen = [];
        foreach (ulong time in new ulong[] { 7, 1_000_000_000_000, 7, 50, 51 })
        {
            ulong id = scheduler.Add(time);
            scheduler.During[id] = () => seen.Add((id, scheduler.Status.CurrentTime));
        }
        scheduler.Calls.Run(50, Never);
        Assert.Equal([(1, 7), (3, 7), (4, 50)], seen);
        Assert.Equal((50ul, 51ul), (scheduler.Status.CurrentTime, scheduler.Status.NextExecutionTime));
        scheduler.Calls.Run(60, Never);
        Assert.Equal((5ul, 51ul), seen[^1]);
        Assert.Equal(60ul, scheduler.Status.CurrentTime);
        Assert.Equal((4ul, 0ul), (scheduler.Metrics.TasksExecuted, scheduler.Metrics.Lateness.Max));
    }

    [Theory, ModelAndCore]
    public void A_run_without_end_ends_when_the_queue_is_empty(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { StartTime = 3 });
        scheduler.Calls.Run(ulong.MaxValue, Never);
        Assert.Equal(3ul, scheduler.Status.CurrentTime);
        scheduler.AddSeries(10, 4);
        scheduler.Add(1UL << 62);
        scheduler.Calls.Run(ulong.MaxValue, Never);
        Assert.Equal([1, 2, 3, 4, 5], scheduler.Ran);
        Assert.Equal(1UL << 62, scheduler.Status.CurrentTime);
    }

    [Theory, ModelAndCore]
    public void What_handlers_schedule_during_a_run_is_run_too(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(10);
        scheduler.During[1] = () =>
        {
            scheduler.Add(5);
            scheduler.Add(15);
            scheduler.Add(21);
        };
        scheduler.Calls.Run(20, Never);
        Assert.Equal([1, 2, 3], scheduler.Ran);
        Assert.Equal(1ul, scheduler.Status.PendingTasks);
    }

    [Theory, ModelAndCore]
    public void A_run_stops_when_told_and_time_stays_where_it_is(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, SchedulingLimits.Unlimited);
        scheduler.Calls.Run(ulong.MaxValue, () => scheduler.Ran.Count >= 5);
        Assert.Equal([1, 2, 3, 4, 5], scheduler.Ran);
        Assert.Equal((40ul, 50ul), (scheduler.Status.CurrentTime, scheduler.Status.NextExecutionTime));
        scheduler.Calls.Run(ulong.MaxValue, () => true);
        Assert.Equal(5, scheduler.Ran.Count);
    }

    [Theory, ModelAndCore]
    public void A_run_gives_retries_and_followers_their_time(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(10, 0, TestedScheduler.Plain with { Retry = new RetryPolicy(3, 100, 1, 100) });
        scheduler.AddAfter(0, 1);
        scheduler.Failures[1] = 2;
        scheduler.Calls.Run(1000, Never);
        Assert.Equal([1, 1, 1, 2], scheduler.Ran);
        Assert.Equal((2ul, 2ul), (scheduler.Metrics.TasksRetried, scheduler.Metrics.TasksExecuted));
    }

    [Theory, ModelAndCore]
    public void A_handler_cannot_execute_advance_or_run(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0);
        scheduler.Add(0);
        int refused = 0;
        scheduler.During[1] = () =>
        {
            Action[] calls =
            [
                () => scheduler.Calls.ExecuteReadyTasks(1),
                () => scheduler.Calls.ExecuteReadyBatch(1, []),
                () => scheduler.Calls.AdvanceTime(1),
                () => scheduler.Calls.Run(100, Never),
            ];
            foreach (Action call in calls)
            {
                Assert.Throws<BusyException>(call);
                refused++;
            }
        };
        Assert.Equal([1, 2], scheduler.ExecuteIds());
        Assert.Equal(4, refused);
        Assert.Equal(0ul, scheduler.Status.CurrentTime);
    }

    [Theory, ModelAndCore]
    public void A_handler_sees_itself_as_active(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0);
        scheduler.Add(9);
        QueueStatus? seen = null;
        scheduler.During[1] = () => seen = scheduler.Status;
        scheduler.Execute();
        Assert.NotNull(seen);
        Assert.Equal((1ul, 1ul, 0ul, 9ul), (seen.ActiveTasks, seen.PendingTasks, seen.CompletedTasks, seen.NextExecutionTime));
        Assert.Equal((0ul, 1ul, 1ul), (scheduler.Status.ActiveTasks, scheduler.Status.PendingTasks, scheduler.Status.CompletedTasks));
    }
}
