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
        Environment.SetEnvironmentVariable("RANCOGNITION_LIBRARY", Path.Combine(Root(), "build", "lib"));
    }

    /// <summary>Path of a source file of these tests.</summary>
    internal static string Source(string file) => Path.Combine(Root(), "tests", "RanCognition.Interop.Tests", file);

    /// <summary>Path of a program that the build made.</summary>
    internal static string Program(string name) => Path.Combine(Root(), "build", "bin", name);

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RanCognition.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? ".";
    }
}
