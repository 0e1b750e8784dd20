namespace RanCognition.Performance;

/// <summary>struct timespec.</summary>
internal readonly struct KernelTime(ulong nanoseconds)
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    public readonly nint Seconds = (nint)(nanoseconds / NanosecondsPerSecond);
    public readonly nint Nanoseconds = (nint)(nanoseconds % NanosecondsPerSecond);
}
