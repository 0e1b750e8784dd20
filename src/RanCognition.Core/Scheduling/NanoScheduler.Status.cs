using RanCognition.Contracts;

namespace RanCognition.Scheduling;

public sealed unsafe partial class NanoScheduler
{
    // Another thread asked for the status while tasks were executed; from then on the owner says before each what is due next.
    private bool _watched;
    private ulong _shownNext = ulong.MaxValue;

    // Both counts hold for a moment what will be refused.
    private ulong Pending => (ulong)Math.Clamp(_tasks.Count - _activeKept + Volatile.Read(ref _posted), 0, _options.CapacityTasks);

    /// <summary>State of the queue. From another thread while a handler runs: as it is at this moment, each number by itself.</summary>
    public QueueStatus GetQueueStatus()
    {
        ulong began = _host.NowNanoseconds();
        using (Turn turn = TakeTurn())
        {
            if (turn.IsMine)
            {
                return StatusInTurn(began);
            }
        }
        if (Volatile.Read(ref _watched) && Volatile.Read(ref _active))
        {
            return Status(began, Volatile.Read(ref _shownNext));
        }
        Volatile.Write(ref _watched, true);
        return HandOverStatus(began);
    }

    private QueueStatus HandOverStatus(ulong began)
    {
        QueueStatus? status = null;
        HandOver(() =>
        {
            status = StatusInTurn(began);
            return 0;
        });
        return status!;
    }

    private QueueStatus StatusInTurn(ulong began)
    {
        ReadTime();
        return Status(began, _queue.FirstDue());
    }

    private QueueStatus Status(ulong began, ulong next) => new()
    {
        PendingTasks = Pending,
        ActiveTasks = Volatile.Read(ref _active) ? 1u : 0u,
        CompletedTasks = Volatile.Read(ref _counters.Executed),
        CurrentTime = Volatile.Read(ref _currentTime),
        NextExecutionTime = next,
        PerformanceMetrics = _counters.ToMetrics(),
        WaitingTasks = (ulong)Volatile.Read(ref _store.Waiting),
        Capacity = _options.CapacityTasks,
        DataBytes = Volatile.Read(ref _dataBytes),
        ExecutionTime = _host.NowNanoseconds() - began,
        Ignored = _options.Ignored,
    };
}
