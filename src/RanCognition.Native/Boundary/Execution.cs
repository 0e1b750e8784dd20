using RanCognition.Scheduling;

namespace RanCognition.Native.Boundary;

/// <summary>
/// A call that executes tasks on this thread. While it lasts, its scheduler's handlers may write their replies here; a handler that executes another scheduler's
/// tasks begins an execution of its own, which is the current one until it ends.
/// </summary>
internal readonly ref struct Execution
{
    [ThreadStatic] private static SchedulerSession? t_session;

    private readonly ref SchedulerSession? _place;   // the thread is looked up once
    private readonly SchedulerSession? _outer;

    public Execution(SchedulerSession session)
    {
        _place = ref t_session;
        _outer = _place;
        _place = session;
    }

    public void Dispose()
    {
        _place = _outer;
        ThreadStatus.Clear();   // handlers may have made calls of their own; their status is not this call's
    }

    /// <summary>The reply of the task that runs on this thread, if that is what the token stands for.</summary>
    public static TaskReply ReplyOf(ReplyHandle token)
    {
        if (t_session is { Reply: { Token: not 0 } reply } session && token.Value == session.Lend(reply).Value)
        {
            return reply;
        }
        string reason = token.Value == 0 ? "is NULL"
            : (byte)((ulong)token.Value >> 56) != (byte)HandleKind.Reply ? "is not a rancog_reply"
            : "is not that of the task that runs on this thread";
        throw new BoundaryException(Status.EInvalidHandle, $"reply: {reason}");
    }
}
