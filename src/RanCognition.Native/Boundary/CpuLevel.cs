using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace RanCognition.Native.Boundary;

/// <summary>The levels of processors that the library is built for, by the names of their glibc-hwcaps folders.</summary>
internal static partial class CpuLevel
{
    private const string Arm64 = "arm64";

    /// <summary>What this image was compiled for. Each of these questions is answered by the compiler, not at run time.</summary>
    public static string OfImage =>
        !X86Base.IsSupported ? Arm64
        : Avx512F.VL.IsSupported && Avx512BW.VL.IsSupported && Avx512CD.VL.IsSupported && Avx512DQ.VL.IsSupported ? Name(4)
        : Avx2.IsSupported ? Name(3)
        : Name(2);

    /// <summary>What this machine could run. The image in use may be for less: no other lay beside it, a loader passed it by, or it was masked.</summary>
    public static string BestHere => OperatingSystem.IsWindows() || !X86Base.IsSupported ? OfImage : Name(rancognition_cpu_level());

    private static string Name(int level) => $"x86-64-v{level}";

    [LibraryImport("rancog_entry")]
    private static partial int rancognition_cpu_level();
}
