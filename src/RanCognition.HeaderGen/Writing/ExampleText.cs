using System.Reflection;

namespace RanCognition.HeaderGen.Writing;

/// <summary>The programs of the folder Examples: one for each chapter and for types that need one. The header shows them as they are; tests/docs takes them from there and runs them.</summary>
internal static class ExampleText
{
    /// <summary>The example that opens the header.</summary>
    public const string First = "first_call";

    private static readonly Assembly Resources = typeof(ExampleText).Assembly;

    /// <summary>Names of all examples: file names without ending.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Resources.GetManifestResourceNames().Order(StringComparer.Ordinal)];

    /// <summary>Name of the example of a chapter; its file is called after the title.</summary>
    public static string NameOf(string title) => title.ToLowerInvariant().Replace(' ', '_');

    /// <summary>The text without the last line's end; null when there is none of this name.</summary>
    public static string? Find(string name)
    {
        using Stream? stream = Resources.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }
        using StreamReader reader = new(stream);
        string text = reader.ReadToEnd().TrimEnd('\n');
        // It is shown inside a comment of the header.
        return text.Contains("*/", StringComparison.Ordinal) || text.Contains("/*", StringComparison.Ordinal)
            ? throw new GenerationException($"{name}.c: an example's comments begin with //")
            : text;
    }

    /// <summary>The text of an example that must be there.</summary>
    public static string Read(string name) => Find(name) ?? throw new GenerationException($"Examples/{name}.c is missing");

    /// <summary>The text as a block of C, the way README.md and Doxygen know it.</summary>
    public static string Block(string text) => $"```c\n{text}\n```";
}
