using RanCognition.Performance;

namespace RanCognition.Native.Boundary;

/// <summary>The time that an error of this thread's call bears: the host's, when the call read the host's clock, so that a fixed clock gives equal bytes.</summary>
internal static unsafe class CallTime
{
    public static void Begin(NativeThread* thread) => thread->HostNow = 0;

    public static void Note(ulong hostNow) => NativeThread.Current->HostNow = hostNow;

    public static ulong Now => NativeThread.Current->HostNow is not 0 and ulong hostNow ? hostNow : NanoClock.NowNanoseconds();
}
