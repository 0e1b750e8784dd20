using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Memory;

/// <summary>The host of one memory, which knows the threads that are inside its callbacks: a call into the memory from there is refused, since it would call back again, without end.</summary>
internal sealed unsafe class OwnHost(IHost host) : IHost
{
    private static long s_created;

    /// <summary>The callbacks that this thread is inside, of any memory; the latest first. They lie on its stack.</summary>
    [ThreadStatic]
    private static Callback* t_latest;

    private readonly long _number = Interlocked.Increment(ref s_created);

    public bool HasOwnSleep => host.HasOwnSleep;

    /// <exception cref="BusyException">This thread is inside one of the callbacks.</exception>
    public void CheckNotCallingBack()
    {
        for (Callback* callback = t_latest; callback is not null; callback = callback->Outer)
        {
            if (callback->Number == _number)
            {
                throw new BusyException("in use by the call whose callback this is");
            }
        }
    }

    public ulong NowNanoseconds()
    {
        Callback callback = new(_number, t_latest);
        t_latest = &callback;
        try
        {
            return host.NowNanoseconds();
        }
        finally
        {
            t_latest = callback.Outer;
        }
    }

    public void Log(LogLevel level, string message)
    {
        Callback callback = new(_number, t_latest);
        t_latest = &callback;
        try
        {
            host.Log(level, message);
        }
        finally
        {
            t_latest = callback.Outer;
        }
    }

    public void Progress(double fraction, string stage)
    {
        Callback callback = new(_number, t_latest);
        t_latest = &callback;
        try
        {
            host.Progress(fraction, stage);
        }
        finally
        {
            t_latest = callback.Outer;
        }
    }

    public void Sleep(ulong nanoseconds) => host.Sleep(nanoseconds);

    public ulong RandomUInt64() => host.RandomUInt64();

    public IHost ForWorkers() => host.ForWorkers();

    private readonly struct Callback(long number, Callback* outer)
    {
        public readonly long Number = number;
        public readonly Callback* Outer = outer;
    }
}
