using System.Diagnostics.CodeAnalysis;
using RanCognition.Contracts;

namespace RanCognition.Scheduling;

public sealed unsafe partial class NanoScheduler
{
    private void CheckTime(string argument, ulong time)
    {
        if (time > SchedulingLimits.TimeMax)
        {
            Refuse(argument, $"is 2^64-1; the latest time is {SchedulingLimits.TimeMax}");
        }
    }

    private void CheckInterval(string argument, ulong interval, uint maxExecutions)
    {
        if (interval == 0 && maxExecutions == SchedulingLimits.Unlimited)
        {
            Refuse(argument, "is 0 for a task that recurs until it is cancelled: time would not pass");
        }
    }

    private void CheckBatchTask(in BatchTask task, int index)
    {
        if (task.ExecuteTime > SchedulingLimits.TimeMax)
        {
            CheckTime($"tasks[{index}].execute_time", task.ExecuteTime);
        }
        if (task.Handler - 1 >= SchedulingLimits.HandlersMax || _handlers.Find(task.Handler) is null)
        {
            Refuse($"tasks[{index}].handler", $"{task.Handler} is not the number of a registered handler");
        }
        if (task.Interval != 0 && task.MaxExecutions == 0)
        {
            Refuse($"tasks[{index}].max_executions", "is 0");
        }
    }

    private void CheckSpec(TaskSpec spec)
    {
        if (spec.After.Count > SchedulingLimits.AfterMax)
        {
            RefuseLimit("type/after", $"{spec.After.Count} ids, at most {SchedulingLimits.AfterMax}");
        }
        if (spec.Retry is { } retry)
        {
            if (retry.Attempts is 0 or > SchedulingLimits.AttemptsMax)
            {
                Refuse("type/retry/attempts", $"{retry.Attempts} is not within 1..{SchedulingLimits.AttemptsMax}");
            }
            if (!(retry.Factor >= 1) || double.IsInfinity(retry.Factor))
            {
                Refuse("type/retry/factor", "is not a number of 1 or more");
            }
        }
    }

    [DoesNotReturn]
    private void Refuse(string argument, string reason)
    {
        CountRefusal();
        InvalidInputException.Throw(argument, reason);
    }

    [DoesNotReturn]
    private void RefuseLimit(string argument, string reason)
    {
        CountRefusal();
        throw new LimitExceededException(argument, reason);
    }

    [DoesNotReturn]
    private void RefuseFull() => RefuseLimit("self", $"the queue is full: capacity {_options.CapacityTasks} tasks");

    [DoesNotReturn]
    private void RefuseIds() => RefuseLimit("self", "the task ids are used up");

    [DoesNotReturn]
    private void RefuseUnknown(ulong id)
    {
        CountRefusal();
        throw new NotFoundException("id", _store.Ids.WasGiven(id) ? $"{id} has run, was cancelled, or is of an execution that has passed" : $"{id} was never given to a task");
    }

    [DoesNotReturn]
    private void RefuseBusy(string reason)
    {
        CountRefusal();
        throw new BusyException(reason);
    }

    private void RefuseInHandler(string reason)
    {
        if (_active)
        {
            RefuseBusy(reason);
        }
    }

    /// <summary>Runs what throws refusals of its own kind and counts them.</summary>
    private T Counted<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception error) when (error is InvalidInputException or LimitExceededException)
        {
            CountRefusal();
            throw;
        }
    }
}
