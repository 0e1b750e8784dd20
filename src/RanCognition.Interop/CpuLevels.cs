using System.Runtime.InteropServices;

namespace RanCognition.Interop;

/// <summary>Which of the library's images fits this machine. A library loaded by its full path passes glibc by, so the folder that glibc would take is chosen here.</summary>
internal static unsafe class CpuLevels
{
    // Rows of __x86_get_cpuid_feature_leaf (glibc's <sys/platform/x86.h>).
    private const uint Leaf1 = 0, Leaf7 = 1, Leaf80000001 = 2;

    // Registers as CPUID has them come first, then what of them may be used.
    private const int UsableEbx = 4 + 1, UsableEcx = 4 + 2;

    // x86-64-v2 and -v3 together.
    private const uint Sse3Ssse3Cx16Sse41Sse42Popcnt = 1u << 0 | 1u << 9 | 1u << 13 | 1u << 19 | 1u << 20 | 1u << 23;
    private const uint FmaMovbeAvxF16c = 1u << 12 | 1u << 22 | 1u << 28 | 1u << 29;
    private const uint Bmi1Avx2Bmi2 = 1u << 3 | 1u << 5 | 1u << 8;
    private const uint LahfLzcnt = 1u << 0 | 1u << 5;

    // What x86-64-v4 adds.
    private const uint Avx512FDqCdBwVl = 1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31;

    /// <summary>The glibc-hwcaps folders that glibc would search in this process, best first.</summary>
    /// <remarks>
    /// glibc itself is asked: its answer counts what the operating system supports and what GLIBC_TUNABLES masks. One that does not answer
    /// (before 2.33, or another C library) does not search such folders either.
    /// </remarks>
    public static IReadOnlyList<string> Searched()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64
            || !NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "__x86_get_cpuid_feature_leaf", out nint function))
        {
            return [];
        }
        var leaf = (delegate* unmanaged[Cdecl]<uint, uint*>)function;
        if (!Has(leaf(Leaf1)[UsableEcx], Sse3Ssse3Cx16Sse41Sse42Popcnt | FmaMovbeAvxF16c) || !Has(leaf(Leaf7)[UsableEbx], Bmi1Avx2Bmi2)
            || !Has(leaf(Leaf80000001)[UsableEcx], LahfLzcnt))
        {
            return [];
        }
        return Has(leaf(Leaf7)[UsableEbx], Avx512FDqCdBwVl) ? ["x86-64-v4", "x86-64-v3"] : ["x86-64-v3"];
    }

    private static bool Has(uint value, uint bits) => (value & bits) == bits;
}
