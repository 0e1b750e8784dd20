using System.Reflection;
using System.Runtime.InteropServices;

namespace RanCognition.Interop;

/// <summary>
/// Finds librancognition: RANCOGNITION_LIBRARY, which names exactly this file, or a folder; then the application's folder and those of its packages, then the system's search.
/// Of a folder's images (the file in it, those in glibc-hwcaps below it, those with the level in their name) the one that glibc would choose.
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
        foreach (string folder in Folders())
        {
            if (BestIn(folder) is { } image && NativeLibrary.TryLoad(image, out nint handle))
            {
                return handle;
            }
        }
        return 0;   // the system's search
    }

    /// <summary>Packages flatten folders when an application is published, so there the level stands in the file's name.</summary>
    internal static string? BestIn(string folder) => CpuLevels.Searched()
        .SelectMany(level => new[] { Path.Combine(folder, "glibc-hwcaps", level, FileName), Path.Combine(folder, NameOf(level)) })
        .Append(Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);

    /// <summary>The file of a level in a package.</summary>
    internal static string NameOf(string level) => $"{Path.GetFileNameWithoutExtension(FileName)}.{level}{Path.GetExtension(FileName)}";

    internal static string FileName =>
        OperatingSystem.IsWindows() ? "librancognition.dll" : OperatingSystem.IsMacOS() ? "librancognition.dylib" : "librancognition.so";

    /// <summary>The application's folder; where the runtime finds native files of packages: in the packages' folder, or where a single file was unpacked. NativeAOT names none.</summary>
    private static IEnumerable<string> Folders() =>
        ((AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string)?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? []).Prepend(AppContext.BaseDirectory);
}
