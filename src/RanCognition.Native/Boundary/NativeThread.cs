using System.Runtime.InteropServices;
using RanCognition.Performance;

namespace RanCognition.Native.Boundary;

/// <summary>What the library keeps of a thread that calls it, laid out as thread_state in Entry/thread_state.h.</summary>
internal unsafe partial struct NativeThread
{
    public int Status;
    public int IsKnown;
    public byte* Message;

    /// <summary>The cache of a pool that this thread used last.</summary>
    public PoolCache* Pool;

    /// <summary>Its cache of the pool in which results lie.</summary>
    public PoolCache* Results;

    /// <summary>All its caches.</summary>
    public PoolCache* Pools;

    /// <summary>The host's time, ns, as its call last read it; 0 = it did not. See <see cref="CallTime"/>.</summary>
    public ulong HostNow;

    /// <summary>That of the calling thread.</summary>
    public static NativeThread* Current => Get();

    /// <summary>The end of the calling thread will be noticed, so that what is kept of it can be let go; false when the system has no room for that.</summary>
    public static bool WillEnd() => AskForEnd() != 0;

    public static void Fail(int status, ReadOnlySpan<byte> message)
    {
        fixed (byte* text = message)
        {
            SetFailure(status, text, (nuint)message.Length);
        }
    }

    /// <summary>NUL-terminated UTF-8; "" after a success.</summary>
    public static byte* MessageOf(NativeThread* thread) => GetMessage(thread);

    [SuppressGCTransition]
    [LibraryImport("rancog_entry", EntryPoint = "thread_state_get")]
    private static partial NativeThread* Get();

    [SuppressGCTransition]
    [LibraryImport("rancog_entry", EntryPoint = "thread_state_message")]
    private static partial byte* GetMessage(NativeThread* thread);

    [LibraryImport("rancog_entry", EntryPoint = "thread_state_will_end")]
    private static partial int AskForEnd();

    [LibraryImport("rancog_entry", EntryPoint = "thread_state_fail")]
    private static partial void SetFailure(int status, byte* message, nuint length);
}
