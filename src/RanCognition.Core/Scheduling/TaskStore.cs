using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace RanCognition.Scheduling;

/// <summary>All that is pending: the tasks, their order, their ids, who waits for whom.</summary>
internal sealed unsafe class TaskStore : IDisposable
{
    public readonly TaskTable Tasks;
    public readonly TimerQueue Queue;
    public readonly IdSource Ids;
    public readonly SeriesRanges Series = new();
    public readonly Dependencies Dependencies = new();

    /// <summary>Arrival that the next entry gets; from 1.</summary>
    private uint _nextArrival = 1;

    public TaskStore(uint capacity, ulong startTime, IdSource ids, TaskData data)
    {
        Tasks = new TaskTable(capacity, data);
        Queue = new TimerQueue(Tasks, capacity, startTime);
        Ids = ids;
    }

    /// <summary>A posted task with an id below was scheduled before this store was restored, and is replaced with all the others.</summary>
    public ulong FirstPosted;

    /// <summary>Tasks that wait for others.</summary>
    public long Waiting;

    public ulong MemoryBytes => Tasks.MemoryBytes + Queue.MemoryBytes;

    /// <summary>The last arrival before all pending tasks are numbered anew; tests lower it.</summary>
    internal uint ArrivalMax { get; set; } = uint.MaxValue;

    /// <summary>Puts a task that has no entry into the order, as the newest arrival.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(uint slot, ulong due)
    {
        uint arrival = NextArrival();
        TaskRecord* record = Tasks.Records + slot;
        record->Arrival = arrival;
        Queue.Add(TimerEntry.Of(due, record->Priority, arrival, slot));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint NextArrival()
    {
        if (_nextArrival == ArrivalMax)
        {
            NumberAnew();
        }
        return _nextArrival++;
    }

    /// <summary>Puts a task that has no entry into the order, with the arrival it had.</summary>
    public void EnterAgain(uint slot, ulong due)
    {
        TaskRecord* record = Tasks.Records + slot;
        Queue.Add(TimerEntry.Of(due, record->Priority, record->Arrival, slot));
    }

    public void Dispose()
    {
        Queue.Dispose();
        Tasks.Dispose();
    }

    // Arrivals are 32 bits wide. Every 2^32 of them those in use are numbered anew from 1, in their order.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NumberAnew()
    {
        Queue.SweepAll();
        uint next = 1;
        foreach (uint slot in Tasks.SlotsByArrival())
        {
            if (Tasks.Records[slot].Arrival != 0)
            {
                Tasks.Records[slot].Arrival = next++;
            }
        }
        Queue.TakeArrivals();
        _nextArrival = next;
        Debug.Assert(next < ArrivalMax, "more pending tasks than arrivals");
    }
}
