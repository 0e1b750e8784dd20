using RanCognition.Performance;

namespace RanCognition.Native.Boundary;

/// <summary>The time that an error of this thread's call bears: the host's, when the call read the host's clock, so that a fixed clock gives equal bytes.</summary>
internal static class CallTime
{
    [ThreadStatic] private static ulong t_hostNow;

    /// <summary>0 = the host's clock was not read.</summary>
    public static void Begin() => t_hostNow = 0;

    public static void Note(ulong hostNow) => t_hostNow = hostNow;

    public static ulong Now => t_hostNow != 0 ? t_hostNow : NanoClock.NowNanoseconds();
}
