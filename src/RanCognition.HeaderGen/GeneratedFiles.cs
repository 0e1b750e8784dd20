using RanCognition.HeaderGen.Model;
using RanCognition.HeaderGen.Writing;

namespace RanCognition.HeaderGen;

/// <summary>All generated files, by path from the root of the repository.</summary>
internal static class GeneratedFiles
{
    public static IReadOnlyDictionary<string, string> All(ApiModel model) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["include/rancognition.h"] = HeaderWriter.Write(model),
        ["include/rancognition_phase4.h"] = Phase4Writer.Write(model),
        ["native-tests/abi/example_from_header.c"] = ExampleWriter.Write(),
        ["native-tests/abi/layout_asserts.c"] = LayoutAssertsWriter.Write(model),
        ["src/RanCognition.Interop/Generated/NativeMethods.g.cs"] = CSharpWriter.Write(model),
        ["src/RanCognition.Native/Entry/entry.c"] = EntryWriter.WriteFunctions(model),
        ["src/RanCognition.Native/Entry/managed_names.txt"] = EntryWriter.WriteNames(model),
        ["src/RanCognition.Native/Entry/exports.map"] = EntryWriter.WriteVersionScript(model),
        ["src/python/rancognition/_raw.py"] = PythonWriter.Write(model),
        ["tests/golden/abi.txt"] = GoldenWriter.Write(model),
    };

    /// <summary>Writes those that differ; returns their paths.</summary>
    public static IReadOnlyList<string> Write(string root, ApiModel model)
    {
        IReadOnlyDictionary<string, string> files = All(model);
        string[] differing = [.. Differing(root, files)];
        foreach (string path in differing)
        {
            string full = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, files[path]);   // UTF-8 without a mark, LF
        }
        return differing;
    }

    /// <summary>Paths of the files that are missing or not as the exports would have them.</summary>
    public static IReadOnlyList<string> Check(string root, ApiModel model) => [.. Differing(root, All(model))];

    private static IEnumerable<string> Differing(string root, IReadOnlyDictionary<string, string> files) => files
        .Where(file => !File.Exists(Path.Combine(root, file.Key)) || File.ReadAllText(Path.Combine(root, file.Key)) != file.Value)
        .Select(file => file.Key);
}
