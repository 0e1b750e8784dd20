using RanCognition.Contracts;

namespace RanCognition.Memory.Writing;

/// <summary>Changes in the order of their arrival, committed in groups: what arrives while a group is on its way to the device is the next group.</summary>
/// <remarks>No thread of its own: whoever finds no group on its way takes what waits and commits it for all. A call waits for the running commit and its own, never for a timer.</remarks>
/// <param name="commit">Commits these, in this order, and finishes each. Called by one thread at a time.</param>
internal sealed class WriteQueue(Action<List<MemoryWrite>> commit)
{
    private readonly object _gate = new();
    private readonly List<MemoryWrite> _waiting = [];
    private int _committingThread;

    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Returns when the write is committed, or throws what it failed by.</summary>
    public void Submit(MemoryWrite write)
    {
        lock (_gate)
        {
            if (_committingThread == Environment.CurrentManagedThreadId)
            {
                throw new BusyException("in use by the call whose callback this is");
            }
            _waiting.Add(write);
            while (_committingThread != 0 && !write.IsDone)
            {
                Monitor.Wait(_gate);
            }
            if (!write.IsDone)
            {
                _committingThread = Environment.CurrentManagedThreadId;
            }
        }
        if (!write.IsDone)
        {
            Lead(write);
        }
        write.ThrowIfFailed();
    }

    private void Lead(MemoryWrite own)
    {
        try
        {
            while (!own.IsDone)
            {
                commit(TakeGroup());
            }
        }
        finally
        {
            lock (_gate)
            {
                _committingThread = 0;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The writes that share one commit: all that wait, up to one that wants a commit of its own.</summary>
    private List<MemoryWrite> TakeGroup()
    {
        lock (_gate)
        {
            int alone = _waiting.FindIndex(write => write.Durability == Durability.Sync);
            int count = alone < 0 ? _waiting.Count : Math.Max(alone, 1);
            List<MemoryWrite> group = _waiting.GetRange(0, count);
            _waiting.RemoveRange(0, count);
            return group;
        }
    }
}
