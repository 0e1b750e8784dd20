using System.Runtime.CompilerServices;

// Counts of result buffers are over the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace RanCognition.Tests.Interop;

/// <summary>Points the binding at the library that the build made, unless RANCOGNITION_LIBRARY names another.</summary>
internal static class BuiltLibrary
{
    [ModuleInitializer]
    internal static void Find()
    {
        if (Environment.GetEnvironmentVariable("RANCOGNITION_LIBRARY") is { Length: > 0 })
        {
            return;
        }
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RanCognition.sln")))
        {
            folder = folder.Parent;
        }
        string path = Path.Combine(folder?.FullName ?? ".", "build", "lib", "librancognition.so");
        Environment.SetEnvironmentVariable("RANCOGNITION_LIBRARY", path);
    }
}
