using System.Runtime.ExceptionServices;

namespace RanCognition.Scheduling;

/// <summary>A call that another thread asks the queue's owner to make, and its outcome.</summary>
internal sealed class HandedCall(Func<ulong> call, bool betweenTasks)
{
    private ulong _result;
    private Exception? _failure;
    private bool _done;

    /// <summary>It is not to be made while a handler runs.</summary>
    public bool BetweenTasks { get; } = betweenTasks;

    public bool IsDone => Volatile.Read(ref _done);

    public void Make()
    {
        try
        {
            _result = call();
        }
        catch (Exception error)
        {
            _failure = error;
        }
        Volatile.Write(ref _done, true);
    }

    /// <summary>What the call gave, or throws what it threw.</summary>
    public ulong Result()
    {
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
        return _result;
    }
}
