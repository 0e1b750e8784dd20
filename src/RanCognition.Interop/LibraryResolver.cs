using System.Reflection;
using System.Runtime.InteropServices;

namespace RanCognition.Interop;

/// <summary>
/// Finds librancognition: RANCOGNITION_LIBRARY, which names exactly this file, or a folder; then the application's folder, then the system's search.
/// Of a folder's images (the file in it, those in glibc-hwcaps below it) the one that glibc would choose.
/// </summary>
internal static class LibraryResolver
{
    public const string PathVariable = "RANCOGNITION_LIBRARY";

    public static void Register() => NativeLibrary.SetDllImportResolver(typeof(LibraryResolver).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != NativeMethods.Library)
        {
            return 0;
        }
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } named)
        {
            // Named explicitly, so a failure is an error and no other library is tried.
            return NativeLibrary.Load(!Directory.Exists(named) ? named : BestIn(named) ?? throw new DllNotFoundException($"{PathVariable}: there is no {FileName} in the folder {named}"));
        }
        return BestIn(AppContext.BaseDirectory) is { } beside && NativeLibrary.TryLoad(beside, out nint handle) ? handle : 0;   // 0: the system's search
    }

    internal static string? BestIn(string folder) =>
        CpuLevels.Searched().Select(level => Path.Combine(folder, "glibc-hwcaps", level, FileName)).Append(Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);

    internal static string FileName =>
        OperatingSystem.IsWindows() ? "librancognition.dll" : OperatingSystem.IsMacOS() ? "librancognition.dylib" : "librancognition.so";
}
