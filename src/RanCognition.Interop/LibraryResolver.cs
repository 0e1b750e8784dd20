using System.Reflection;
using System.Runtime.InteropServices;

namespace RanCognition.Interop;

/// <summary>Finds librancognition: the path in RANCOGNITION_LIBRARY, then the application's folder, then the system's search.</summary>
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
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path)
        {
            // Named explicitly, so a failure is an error and no other library is tried.
            return NativeLibrary.Load(path);
        }
        return NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, FileName), out nint beside) ? beside : 0;   // 0: the system's search
    }

    private static string FileName =>
        OperatingSystem.IsWindows() ? "librancognition.dll" : OperatingSystem.IsMacOS() ? "librancognition.dylib" : "librancognition.so";
}
