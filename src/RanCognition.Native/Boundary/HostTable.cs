using System.Runtime.InteropServices;

namespace RanCognition.Native.Boundary;

/// <summary>What the host lends to a core: clock, sleep, log, random and progress. Any member may be NULL: the library's own is used.</summary>
/// <remarks>
/// Set struct_size to sizeof(rancog_host) and flags to 0. The struct is copied; the callbacks and user_data must stay valid until the
/// handle is destroyed. Every callback runs on the thread that made the call and must return normally: no longjmp, no C++ exception.
/// </remarks>
[CType("rancog_host")]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HostTable
{
    /// <summary>sizeof(rancog_host); a smaller value means an older host: the members beyond it are taken as NULL.</summary>
    public uint StructSize;

    /// <summary>Must be 0.</summary>
    public uint Flags;

    /// <summary>Nanoseconds since the Unix epoch; must never go back.</summary>
    [CCallback("uint64_t (*now_ns)(void *user_data)")]
    public delegate* unmanaged[Cdecl]<void*, ulong> NowNs;

    /// <summary>Sleeps for about this long.</summary>
    [CCallback("void (*sleep_ns)(uint64_t ns, void *user_data)")]
    public delegate* unmanaged[Cdecl]<ulong, void*, void> SleepNs;

    /// <summary>Takes one log line: level 0 debug, 1 info, 2 warning, 3 error; UTF-8, not NUL-terminated, borrowed for the call.</summary>
    [CCallback("void (*log)(int32_t level, const uint8_t *message, size_t length, void *user_data)")]
    public delegate* unmanaged[Cdecl]<int, byte*, nuint, void*, void> Log;

    /// <summary>64 random bits, asked for when a problem gives no seed; without it the seed is fixed and results repeat.</summary>
    [CCallback("uint64_t (*random_u64)(void *user_data)")]
    public delegate* unmanaged[Cdecl]<void*, ulong> RandomU64;

    /// <summary>Called during long operations with the share done (0..1) and the stage (NUL-terminated, borrowed); non-zero cancels: the call gives RANCOG_E_CANCELLED.</summary>
    [CCallback("int32_t (*progress)(double fraction, const char *stage, void *user_data)")]
    public delegate* unmanaged[Cdecl]<double, byte*, void*, int> Progress;

    /// <summary>Passed to every callback as it is.</summary>
    public void* UserData;
}
