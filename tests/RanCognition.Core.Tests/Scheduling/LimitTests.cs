using RanCognition.Contracts;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

public sealed class LimitTests
{
    [Theory, ModelAndCore]
    public void A_full_queue_refuses_and_loses_nothing(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { CapacityTasks = 3 });
        scheduler.Add(5);
        scheduler.AddSeries(10, 1000);
        scheduler.AddAfter(1, 1);
        Assert.Throws<LimitExceededException>(() => scheduler.Add(0));
        Assert.Throws<LimitExceededException>(() => scheduler.AddSeries(1, 2));
        Assert.Equal((3ul, 2ul, 3ul), (scheduler.Status.PendingTasks, scheduler.Metrics.ErrorCount, scheduler.Status.Capacity));
        Assert.Equal([2], scheduler.ExecuteIds());
        Assert.Throws<LimitExceededException>(() => scheduler.Add(0));
        Assert.Equal([1, 1002], scheduler.ExecuteAt(5));
        Assert.Equal(1003ul, scheduler.Add(0));
        scheduler.Calls.CancelTask(1003);
        Assert.Equal(1004ul, scheduler.Add(0));
    }

    [Theory, ModelAndCore]
    public void A_series_keeps_its_place_in_a_full_queue(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { CapacityTasks = 2 });
        scheduler.AddSeries(10, 1000);
        int added = 0;
        scheduler.During[1] = () =>
        {
            scheduler.Add(5);
            added++;
            Assert.Throws<LimitExceededException>(() => scheduler.Add(5));
            added++;
        };
        Assert.Equal([1], scheduler.ExecuteIds());
        Assert.Equal(2, added);
        Assert.Equal([1001, 2], scheduler.ExecuteAt(10));
    }

    [Theory, ModelAndCore]
    public void A_running_task_that_does_not_come_back_leaves_its_place(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { CapacityTasks = 1 });
        TaskSpec late = TestedScheduler.Plain with { DeadlineNs = 1000 };
        scheduler.During[scheduler.Add(0)] = () => scheduler.Add(5, 0, late);
        scheduler.During[2] = () => scheduler.Add(6);
        Assert.Equal([1], scheduler.ExecuteIds());
        Assert.Equal([2], scheduler.ExecuteAt(5));
        Assert.Equal([3], scheduler.ExecuteAt(6));
    }

    [Theory, ModelAndCore]
    public void Data_is_bounded_and_freed_when_tasks_end(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { DataBytes = 100 });
        ulong AddData(int bytes) => scheduler.Calls.ScheduleTask(0, 0, TestedScheduler.Plain, new byte[bytes]);
        AddData(60);
        AddData(40);
        Assert.Equal(100ul, scheduler.Status.DataBytes);
        Assert.Throws<LimitExceededException>(() => AddData(1));
        Assert.Equal(3ul, AddData(0));
        scheduler.Calls.CancelTask(1);
        Assert.Equal(40ul, scheduler.Status.DataBytes);
        Assert.Throws<LimitExceededException>(() => AddData(61));
        Assert.Equal(4ul, AddData(60));
        scheduler.Execute();
        Assert.Equal(0ul, scheduler.Status.DataBytes);
        AddData(100);
        Assert.Equal(2ul, scheduler.Metrics.ErrorCount);
    }

    [Fact]
    public void Data_is_copied()
    {
        using var scheduler = new TestedScheduler(Subject.Core);
        byte[] data = [1, 2, 3, 4, 5, 6, 7, 8];
        for (int i = 0; i < 100; i++)
        {
            Array.Fill(data, (byte)i);
            scheduler.Calls.ScheduleTask(0, 0, TestedScheduler.Plain, data);
        }
        Array.Fill(data, (byte)255);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => Enumerable.Repeat((byte)i, 8)), scheduler.Execute().Select(r => r.Reply.ToArray()));
    }

    [Fact]
    public void Data_of_every_length_comes_back_also_after_others_were_freed()
    {
        using var scheduler = new TestedScheduler(Subject.Core);
        var random = new Random(5);
        Dictionary<ulong, byte[]> expected = [];
        for (int i = 0; i < 5000; i++)
        {
            byte[] data = new byte[random.Next(8) == 0 ? random.Next(10_000) : random.Next(100)];
            random.NextBytes(data);
            expected[scheduler.Calls.ScheduleTask((ulong)random.Next(1000), 0, TestedScheduler.Plain, data)] = data;
            if (random.Next(3) == 0 && expected.Count > 10)
            {
                ulong victim = expected.Keys.ElementAt(random.Next(expected.Count));
                scheduler.Calls.CancelTask(victim);
                expected.Remove(victim);
            }
        }
        Assert.Equal((ulong)expected.Values.Sum(d => d.Length), scheduler.Status.DataBytes);
        scheduler.Calls.AdvanceTime(1000);
        var results = scheduler.Execute(10_000);
        Assert.Equal(expected.Count, results.Count);
        Assert.All(results, r => Assert.Equal(expected[r.TaskId], r.Reply.ToArray()));
    }

    [Fact]
    public void Data_of_one_task_is_bounded()
    {
        using var scheduler = new TestedScheduler(Subject.Core);
        byte[] data = new byte[SchedulingLimits.TaskDataBytesMax + 1];
        Assert.Throws<LimitExceededException>(() => scheduler.Calls.ScheduleTask(0, 0, TestedScheduler.Plain, data));
        data[^2] = 9;
        scheduler.Calls.ScheduleTask(0, 0, TestedScheduler.Plain, data.AsSpan(0, data.Length - 1));
        var reply = Assert.Single(scheduler.Execute()).Reply;
        Assert.Equal((SchedulingLimits.ReplyBytesMax, (byte)9), (reply.Length, reply.Span[^1]));
    }

    [Fact]
    public void A_reply_that_is_too_long_fails_its_task()
    {
        using var scheduler = new TestedScheduler(Subject.Core);
        scheduler.Calls.RegisterHandler("long", new CallHandler((_, _, _, reply) =>
        {
            reply.Append(new byte[SchedulingLimits.ReplyBytesMax]);
            reply.Append([1]);
            return 0;
        }));
        scheduler.Add(0, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, "long") });
        scheduler.Add(0);
        Assert.Equal([false, true], scheduler.Execute().Select(r => r.Success));
    }

    [Fact]
    public void Results_whose_replies_are_too_many_bytes_leave_the_rest_pending()
    {
        using var scheduler = new TestedScheduler(Subject.Core);
        scheduler.Calls.RegisterHandler("long", new CallHandler((_, _, _, reply) =>
        {
            reply.Append(new byte[SchedulingLimits.ReplyBytesMax]);
            return 0;
        }));
        const int Fitting = (int)(SchedulingLimits.ResultBytesMax / SchedulingLimits.ReplyBytesMax);
        for (int i = 0; i < Fitting + 2; i++)
        {
            scheduler.Add(0, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, "long") });
        }
        Assert.Equal(Fitting, scheduler.Execute().Count);
        Assert.Equal(2ul, scheduler.Status.PendingTasks);
        Assert.Equal(2, scheduler.Execute().Count);
    }

    [Fact]
    public void Replies_do_not_mix()
    {
        using var scheduler = new TestedScheduler(Subject.Core);
        TaskReply? kept = null;
        scheduler.Calls.RegisterHandler("reply", new CallHandler((id, _, _, reply) =>
        {
            kept = reply;
            reply.Append([(byte)id]);
            reply.Append(id % 2 == 0 ? [] : [7, 7]);
            return 0;
        }));
        for (int i = 0; i < 3; i++)
        {
            scheduler.Add(0, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, "reply") });
        }
        Assert.Equal<IEnumerable<byte>>([[1, 7, 7], [2], [3, 7, 7]], scheduler.Execute().Select(r => r.Reply.ToArray()));
        Assert.Equal(0, kept!.Token);
    }

    [Fact]
    public void The_number_of_ids_to_wait_for_is_bounded()
    {
        using var scheduler = new TestedScheduler(Subject.Core);
        scheduler.Add(0);
        ulong[] ids = [.. Enumerable.Repeat(1ul, SchedulingLimits.AfterMax + 1)];
        Assert.NotNull(Record.Exception(() => scheduler.AddAfter(0, ids)));
        Assert.Equal(1ul, scheduler.Status.PendingTasks);
        scheduler.AddAfter(0, ids[1..]);
        Assert.Equal([1, 2], scheduler.ExecuteIds());
    }

    [Fact]
    public void A_handler_registered_again_is_replaced_and_keeps_its_number()
    {
        using var scheduler = new TestedScheduler(Subject.Core);
        List<string> ran = [];
        uint first = scheduler.Calls.RegisterHandler("a", new CallHandler(_ => ran.Add("old")));
        Assert.Equal(scheduler.Handler + 1, first);
        Assert.Equal(first + 1, scheduler.Calls.RegisterHandler("b", new CallHandler(_ => { })));
        scheduler.Add(0, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, "a") });
        Assert.Equal(first, scheduler.Calls.RegisterHandler("a", new CallHandler(_ => ran.Add("new"))));
        scheduler.Execute();
        Assert.Equal(["new"], ran);
    }

    [Fact]
    public void A_handler_registered_after_its_task_was_scheduled_runs_it()
    {
        using var scheduler = new TestedScheduler(Subject.Core);
        List<ulong> ran = [];
        scheduler.Add(0, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, "later") });
        scheduler.Calls.RegisterHandler("later", new CallHandler(ran.Add));
        Assert.True(Assert.Single(scheduler.Execute()).Success);
        Assert.Equal([1], ran);
    }

    [Fact]
    public void Ids_never_run_over()
    {
        using var core = new NanoScheduler(new SchedulerOptions { Mode = TimeMode.Virtual }, new FixedHost());
        ulong last = (1UL << 63) - 3;
        core.Restore(new SchedulerSnapshot { Mode = TimeMode.Virtual, CurrentTime = 0, NextTaskId = last, Tasks = [] });
        HashSet<ulong> ids = [];
        Exception? refused = null;
        for (int i = 0; i < 1000 && refused is null; i++)
        {
            refused = Record.Exception(() => Assert.True(ids.Add(core.ScheduleTask(0, 0, TestedScheduler.Plain, []))));
        }
        Assert.IsType<LimitExceededException>(refused);
        Assert.All(ids, id => Assert.True(id >= last));
        Assert.IsType<LimitExceededException>(Record.Exception(() => core.ScheduleRecurringTask(1, 0, TestedScheduler.Plain, [], SchedulingLimits.Unlimited)));
        Assert.Equal((ulong)ids.Count, core.GetQueueStatus().PendingTasks);
    }

    [Fact]
    public void Refusals_counted_from_outside_are_errors()
    {
        using var core = new NanoScheduler(new SchedulerOptions { Mode = TimeMode.Virtual }, new FixedHost());
        core.CountRefusal();
        core.CountRefusal();
        Assert.Equal(2ul, core.GetQueueStatus().PerformanceMetrics.ErrorCount);
    }
}
