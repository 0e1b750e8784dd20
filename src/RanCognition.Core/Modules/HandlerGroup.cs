using RanCognition.Scheduling;

namespace RanCognition.Modules;

/// <summary>The handlers of one plug-in: counts those that run, so that its code can be let go when none does.</summary>
internal sealed class HandlerGroup
{
    private readonly Lock _gate = new();
    private readonly List<int> _inside = [];   // threads; rarely more than one, for a scheduler runs one task at a time
    private readonly ManualResetEventSlim _empty = new(true);
    private bool _closed;

    /// <summary>This thread runs one of them.</summary>
    public bool IsInside
    {
        get
        {
            lock (_gate)
            {
                return _inside.Contains(Environment.CurrentManagedThreadId);
            }
        }
    }

    /// <summary>A handler of the group that does what the given one does.</summary>
    public TaskHandler Guard(TaskHandler handler) => new Guarded(this, handler);

    /// <summary>Lets no handler begin any more and waits for those that run; not to be called from inside one.</summary>
    public void CloseAndWait()
    {
        lock (_gate)
        {
            _closed = true;
        }
        _empty.Wait();
    }

    private void Enter()
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw new HandlerRemovedException();
            }
            _inside.Add(Environment.CurrentManagedThreadId);
            _empty.Reset();
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _inside.Remove(Environment.CurrentManagedThreadId);
            if (_inside.Count == 0)
            {
                _empty.Set();
            }
        }
    }

    private sealed class Guarded(HandlerGroup group, TaskHandler handler) : TaskHandler
    {
        public override int Run(ulong taskId, ulong payload, ReadOnlySpan<byte> data, TaskReply reply)
        {
            group.Enter();
            try
            {
                return handler.Run(taskId, payload, data, reply);
            }
            finally
            {
                group.Leave();
            }
        }
    }
}
