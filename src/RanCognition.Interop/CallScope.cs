using System.Runtime.ExceptionServices;

namespace RanCognition.Interop;

/// <summary>
/// What belongs to the call that this thread is in: its token, whom it reports to, what one of its callbacks threw. Callbacks run on the calling thread, so they find it there; a
/// call that is made inside a callback has its own, and the outer one comes back when it ends.
/// </summary>
internal readonly ref struct CallScope
{
    [ThreadStatic] private static State t_current;

    private readonly State _outer;

    /// <param name="progress">Told the share done.</param>
    /// <param name="token">Cancels the call.</param>
    /// <param name="stop">Flag of a run, raised when a callback throws.</param>
    public CallScope(IProgress<double>? progress, CancellationToken token, int[]? stop = null)
    {
        _outer = t_current;
        t_current = new State { Token = token, Progress = progress, Stop = stop };
    }

    public static bool IsEnding => t_current.Thrown is not null || t_current.Token.IsCancellationRequested;

    public static CancellationToken Token => t_current.Token;

    public static void Report(double fraction) => t_current.Progress?.Report(fraction);

    /// <summary>Keeps an exception that must not enter the library, the first one of a call, and asks the call to end.</summary>
    public static void Keep(Exception error)
    {
        t_current.Thrown ??= ExceptionDispatchInfo.Capture(error);
        if (t_current.Stop is { } stop)
        {
            Volatile.Write(ref stop[0], 1);
        }
    }

    /// <summary>Throws what a callback of this call threw.</summary>
    public static void Rethrow()
    {
        if (t_current.Thrown is { } thrown)
        {
            t_current.Thrown = null;
            thrown.Throw();
        }
    }

    public void Dispose() => t_current = _outer;

    private struct State
    {
        public CancellationToken Token;
        public IProgress<double>? Progress;
        public int[]? Stop;
        public ExceptionDispatchInfo? Thrown;
    }
}
