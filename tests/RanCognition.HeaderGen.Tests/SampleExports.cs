using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Native.Boundary;

namespace RanCognition.Tests.HeaderGen;

// Exports for the generator's tests: one class that keeps every rule, and one for each rule that breaks it.

[CConstants("RANCOG_")]
internal static class SampleStatus
{
    /// <summary>Fine.</summary>
    public const int Ok = 0;
}

/// <summary>A sample.</summary>
[CType("rancog_sample")]
internal readonly struct SampleHandle
{
    public readonly nint Value;
}

/// <summary>A task.</summary>
[CType("rancog_sample_task")]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SampleTask
{
    /// <summary>Size.</summary>
    public uint StructSize;

    /// <summary>Priority.</summary>
    public byte Priority;

    /// <summary>Zero.</summary>
    public fixed byte Reserved0[3];

    /// <summary>Payload.</summary>
    public ulong Payload;
}

/// <summary>What others are given; in no export's signature.</summary>
[CType("rancog_sample_guest", standsAlone: true)]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GuestStruct
{
    /// <summary>Text.</summary>
    [CSpelling("const uint8_t *")]
    public byte* Text;

    /// <summary>Registers.</summary>
    [CCallback("uint32_t (*enroll)(rancog_sample *sample, rancog_sample_handler handler, void *user_data)")]
    public delegate* unmanaged[Cdecl]<SampleHandle, delegate* unmanaged[Cdecl]<ulong, byte*, SampleHandle, void*, int>, void*, uint> Enroll;
}

/// <summary>Its handler is not that of the exports.</summary>
[CType("rancog_sample_guest", standsAlone: true)]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WrongGuestStruct
{
    /// <summary>Registers.</summary>
    [CCallback("uint32_t (*enroll)(rancog_sample *sample, rancog_sample_handler handler, void *user_data)")]
    public delegate* unmanaged[Cdecl]<SampleHandle, delegate* unmanaged[Cdecl]<uint, byte*, SampleHandle, void*, int>, void*, uint> Enroll;
}

/// <summary>Padding that nobody named.</summary>
[CType("rancog_padded")]
[StructLayout(LayoutKind.Sequential)]
internal struct PaddedStruct
{
    /// <summary>Size.</summary>
    public uint StructSize;

    /// <summary>Payload.</summary>
    public ulong Payload;
}

/// <summary>Good.</summary>
[HeaderChapter(1, "Good")]
internal static unsafe class GoodExports
{
    /// <summary>Registers.</summary>
    /// <param name="self">Handle.</param>
    /// <param name="name">UTF-8.</param>
    /// <param name="nameLength">Its length.</param>
    /// <param name="handler">Handler.</param>
    /// <param name="userData">Passed on. May be NULL.</param>
    /// <returns>An id.</returns>
    [Since("1.2")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_sample_register", CallConvs = [typeof(CallConvCdecl)])]
    public static uint Register(
        SampleHandle self,
        byte* name,
        nuint nameLength,
        [CCallback("int32_t (*rancog_sample_handler)(uint64_t id, const char *text, rancog_sample *sample, void *user_data)", "Handles one.")]
        delegate* unmanaged[Cdecl]<ulong, byte*, SampleHandle, void*, int> handler,
        void* userData) => 0;

    /// <summary>Takes many.</summary>
    /// <param name="self">Handle.</param>
    /// <param name="tasks">n tasks.</param>
    /// <param name="n">How many.</param>
    /// <param name="ids">Room for n ids.</param>
    /// <returns>Status.</returns>
    [Since("1.2")]
    [CThreads("the one that began.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_sample_batch", CallConvs = [typeof(CallConvCdecl)])]
    public static int Batch(SampleHandle self, SampleTask* tasks, nuint n, ulong* ids) => 0;
}

/// <summary>No chapter.</summary>
internal static class NoChapter
{
    /// <summary>Does.</summary>
    [Since("1.2")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_bad", CallConvs = [typeof(CallConvCdecl)])]
    public static void Bad()
    {
    }
}

/// <summary>No since.</summary>
[HeaderChapter(2, "Bad")]
internal static class NoSince
{
    /// <summary>Does.</summary>
    [UnmanagedCallersOnly(EntryPoint = "rancog_bad", CallConvs = [typeof(CallConvCdecl)])]
    public static void Bad()
    {
    }
}

/// <summary>No text for n.</summary>
[HeaderChapter(2, "Bad")]
internal static class NoParameterText
{
    /// <summary>Does.</summary>
    [Since("1.2")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_bad_text", CallConvs = [typeof(CallConvCdecl)])]
    public static void Bad(int n)
    {
    }
}

/// <summary>A buffer that nobody releases.</summary>
[HeaderChapter(2, "Bad")]
internal static unsafe class NoReleasePhrase
{
    /// <summary>Does.</summary>
    /// <returns>A buffer.</returns>
    [Since("1.2")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_bad", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Bad() => null;
}

/// <summary>Another prefix.</summary>
[HeaderChapter(2, "Bad")]
internal static class WrongPrefix
{
    /// <summary>Does.</summary>
    [Since("1.2")]
    [UnmanagedCallersOnly(EntryPoint = "bad", CallConvs = [typeof(CallConvCdecl)])]
    public static void Bad()
    {
    }
}

/// <summary>The platform's convention.</summary>
[HeaderChapter(2, "Bad")]
internal static class WrongConvention
{
    /// <summary>Does.</summary>
    [Since("1.2")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_bad")]
    public static void Bad()
    {
    }
}

/// <summary>A type without a width.</summary>
[HeaderChapter(2, "Bad")]
internal static unsafe class WrongType
{
    /// <summary>Does.</summary>
    /// <param name="flag">Yes or no.</param>
    [Since("1.2")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_bad", CallConvs = [typeof(CallConvCdecl)])]
    public static void Bad(bool* flag)
    {
    }
}

/// <summary>A struct with a hole.</summary>
[HeaderChapter(2, "Bad")]
internal static unsafe class HiddenPadding
{
    /// <summary>Does.</summary>
    /// <param name="padded">A struct.</param>
    [Since("1.2")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_bad", CallConvs = [typeof(CallConvCdecl)])]
    public static void Bad(PaddedStruct* padded)
    {
    }
}

/// <summary>A callback declared with another width.</summary>
[HeaderChapter(2, "Bad")]
internal static unsafe class WrongCallback
{
    /// <summary>Does.</summary>
    /// <param name="callback">A callback.</param>
    [Since("1.2")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_bad", CallConvs = [typeof(CallConvCdecl)])]
    public static void Bad([CCallback("void (*rancog_bad_callback)(uint32_t id)", "Called.")] delegate* unmanaged[Cdecl]<ulong, void> callback)
    {
    }
}

/// <summary>A struct by value.</summary>
[HeaderChapter(2, "Bad")]
internal static class StructByValue
{
    /// <summary>Does.</summary>
    /// <param name="task">A task.</param>
    [Since("1.2")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_bad", CallConvs = [typeof(CallConvCdecl)])]
    public static void Bad(SampleTask task)
    {
    }
}
