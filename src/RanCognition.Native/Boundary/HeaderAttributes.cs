using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("HeaderGen")]
[assembly: InternalsVisibleTo("RanCognition.HeaderGen.Tests")]

namespace RanCognition.Native.Boundary;

/// <summary>Chapter of the generated header to which a class of exports belongs; chapters are sorted by Order.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class HeaderChapterAttribute(int order, string title) : Attribute
{
    public int Order { get; } = order;
    public string Title { get; } = title;
}

/// <summary>C name of a type that crosses the boundary (an opaque handle, or a struct with its fields in order).</summary>
/// <param name="name">Its name.</param>
/// <param name="standsAlone">It is in the header although no export has it in its signature.</param>
[AttributeUsage(AttributeTargets.Struct)]
internal sealed class CTypeAttribute(string name, bool standsAlone = false) : Attribute
{
    public string Name { get; } = name;
    public bool StandsAlone { get; } = standsAlone;
}

/// <summary>
/// C declaration of a callback, with the parameter names that function pointers do not carry. On a struct's field the name is the member's;
/// on a parameter it is the typedef's, whose comment in the header is the summary.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter)]
internal sealed class CCallbackAttribute(string declaration, string summary = "") : Attribute
{
    public string Declaration { get; } = declaration;
    public string Summary { get; } = summary;
}

/// <summary>C type of a parameter, return value or field where the C# type does not tell it (const char *, for text that is borrowed).</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field)]
internal sealed class CSpellingAttribute(string type) : Attribute
{
    public string Type { get; } = type;
}

/// <summary>Constants of this class become #define lines of the header: prefix + UPPER_SNAKE name.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CConstantsAttribute(string prefix) : Attribute
{
    public string Prefix { get; } = prefix;
}

/// <summary>The document's bare name of an export; rancognition_phase4.h offers it as an inline wrapper.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class Phase4NameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Version of the library in which an export appeared.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SinceAttribute(string version) : Attribute
{
    public string Version { get; } = version;
}

/// <summary>Who may call an export when, where that is not the rule of its kind (calls queue on the handle's lock, callbacks of the handle find it BUSY).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CThreadsAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}

/// <summary>
/// Entry.c first asks the method with [RuntimeExport("leaf_" + name of the export)], which takes the thread's state and the export's parameters. It answers with NULL, 0 or
/// (for a status, and where the export gives nothing) 1 when the export itself must be called.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FastPathAttribute : Attribute;

/// <summary>The export leaves the thread's status and message as they are.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KeepsStatusAttribute : Attribute;
