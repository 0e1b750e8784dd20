using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Json;
using RanCognition.Native.Boundary;
using RanCognition.Performance;

namespace RanCognition.Native.Exports;

/// <summary>Version, status of the last call, result buffers, clock.</summary>
[HeaderChapter(10, "Library")]
internal static unsafe class LibraryExports
{
    /// <summary>Major version of the ABI; programs built against another one must not use this library.</summary>
    /// <returns>The number in the library's soname.</returns>
    [Since("0.1")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_abi_version", CallConvs = [typeof(CallConvCdecl)])]
    public static uint AbiVersion()
    {
        try
        {
            return LibraryInfo.AbiMajor;
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return 0;
        }
    }

    /// <summary>Version of the library, "major.minor.patch".</summary>
    /// <returns>NUL-terminated text that lives as long as the process; do not free it.</returns>
    [Since("0.1")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_version_string", CallConvs = [typeof(CallConvCdecl)])]
    [return: CSpelling("const char *")]
    public static byte* VersionString()
    {
        try
        {
            return LibraryInfo.VersionText;
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return null;
        }
    }

    /// <summary>What runs here: library and ABI version, .NET runtime, operating system, CPU level of this image (cpu_level) and of this machine (cpu_level_best: when it is higher, a faster image of the library lies unused or is not installed), CPU features in use, clock (source, resolution, measured frequency, largest drift seen, comparisons, faults, CLOCK_REALTIME - clock), bounds.</summary>
    /// <returns>Result buffer owned by the caller; release with rancog_buffer_free. NULL only when memory is exhausted.</returns>
    [Since("0.1")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_runtime_info", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* RuntimeInfo()
    {
        try
        {
            Gate.Enter();
            return ResultBuffer.Write(LibraryInfo.Describe(), JsonOut.RuntimeInfo);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Status of the last call on this thread: RANCOG_OK or a negative RANCOG_E_ code.</summary>
    /// <returns>The status. Leaves status and message as they are.</returns>
    [Since("0.1")]
    [KeepsStatus]
    [FastPath]
    [UnmanagedCallersOnly(EntryPoint = "rancog_last_status", CallConvs = [typeof(CallConvCdecl)])]
    public static int LastStatus()
    {
        try
        {
            return ThreadStatus.Code;
        }
        catch (Exception)
        {
            return Status.EInternal;
        }
    }

    [RuntimeExport("leaf_rancog_last_status")]
    private static int LastStatusLeaf(NativeThread* thread) => thread->Status;

    /// <summary>Message of the last call on this thread: the argument, the place in it and the reason; "" after a success.</summary>
    /// <returns>NUL-terminated UTF-8, at most 1023 bytes, borrowed until the next call on this thread. Never NULL. Leaves status and message as they are.</returns>
    [Since("0.1")]
    [KeepsStatus]
    [UnmanagedCallersOnly(EntryPoint = "rancog_last_error_message", CallConvs = [typeof(CallConvCdecl)])]
    [return: CSpelling("const char *")]
    public static byte* LastErrorMessage()
    {
        try
        {
            return ThreadStatus.Message;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Releases a result buffer. Leaves the thread's status and message as they are.</summary>
    /// <param name="buffer">Taken: a result of this library that was not released yet. May be NULL.</param>
    [Since("0.1")]
    [KeepsStatus]
    [FastPath]
    [UnmanagedCallersOnly(EntryPoint = "rancog_buffer_free", CallConvs = [typeof(CallConvCdecl)])]
    public static void BufferFree(byte* buffer)
    {
        try
        {
            ResultBuffer.Free(buffer);
        }
        catch (Exception)
        {
            // Freeing cannot fail on a buffer of ours; there is nobody to tell otherwise.
        }
    }

    [RuntimeExport("leaf_rancog_buffer_free")]
    private static int BufferFreeLeaf(NativeThread* thread, byte* buffer) => ResultMemory.TryFree(thread, buffer) ? Status.Ok : 1;

    /// <summary>Result buffers handed out and not yet released, over all threads: 0 when nothing leaks. Leaves status and message as they are.</summary>
    /// <returns>The count.</returns>
    [Since("0.1")]
    [KeepsStatus]
    [UnmanagedCallersOnly(EntryPoint = "rancog_buffers_outstanding", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong BuffersOutstanding()
    {
        try
        {
            return ResultBuffer.Outstanding;
        }
        catch (Exception)
        {
            return 0;
        }
    }

    /// <summary>The library's clock: nanoseconds since the Unix epoch; never goes back, over all threads. Later steps of the system's date are not followed.</summary>
    /// <returns>Nanoseconds; 0 on failure.</returns>
    [Since("0.1")]
    [Phase4Name("get_nanotime")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_nanotime", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong NanoTime()
    {
        try
        {
            Gate.Enter();
            return NanoClock.NowNanoseconds();
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return 0;
        }
    }
}
