using System.Runtime.InteropServices;

namespace RanCognition.Performance;

/// <summary>One thread sleeps for a time in ns, any other wakes it at once. A ring before the sleep makes the sleep end at once.</summary>
internal sealed unsafe partial class Alarm
{
    private const int FutexWaitPrivate = 0 | 128;
    private const int FutexWakePrivate = 1 | 128;
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    private static readonly int FutexCall = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;

    // Linux: 1 after a ring. Pinned, for the kernel keeps its address while the thread sleeps.
    private readonly int[] _rung = GC.AllocateArray<int>(1, pinned: true);

    private readonly ManualResetEventSlim? _event = OperatingSystem.IsLinux() ? null : new ManualResetEventSlim();

    /// <summary>Ends the current sleep, or the next one before it begins.</summary>
    public void Ring()
    {
        if (_event is not null)
        {
            _event.Set();
            return;
        }
        fixed (int* rung = _rung)
        {
            if (Interlocked.Exchange(ref *rung, 1) == 0)
            {
                _ = Futex(FutexCall, rung, FutexWakePrivate, 1, null, null, 0);
            }
        }
    }

    /// <summary>Sleeps for about this long or until the ring.</summary>
    public void Sleep(ulong nanoseconds)
    {
        if (_event is not null)
        {
            _event.Wait((int)Math.Min(nanoseconds / NanosecondsPerMillisecond, int.MaxValue));
            _event.Reset();
            return;
        }
        fixed (int* rung = _rung)
        {
            if (Volatile.Read(ref *rung) == 0)
            {
                KernelTime time = new(nanoseconds);
                _ = Futex(FutexCall, rung, FutexWaitPrivate, 0, &time, null, 0);
            }
            Volatile.Write(ref *rung, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Futex(nint number, int* word, nint operation, nint value, KernelTime* timeout, void* second, nint third);
}
