using System.Text;
using RanCognition.HeaderGen.Model;

namespace RanCognition.HeaderGen.Writing;

/// <summary>include/rancognition_phase4.h: the names of the Phase 4 document, as inline wrappers.</summary>
internal static class Phase4Writer
{
    private const int Width = 100;

    // "new" is a keyword of C++, and every core has one: its wrapper is named after the document's type.
    private static readonly Dictionary<string, string> DocumentTypes = new()
    {
        ["rancog_temporal"] = "temporal_reasoning_core",
        ["rancog_scheduler"] = "nanoscheduler",
        ["rancog_pool"] = "memory_pool",
        ["rancog_loader"] = "wasm_module_loader",
    };

    public static string Write(ApiModel model)
    {
        StringBuilder text = new();
        text.Append($"/* {ManualText.GeneratedLine} */\n\n/** @file\n");
        string[] head =
        [
            "The bare names that the Phase 4 document gives its functions, for code that was written against it. Each is a static inline wrapper of one function of rancognition.h, "
            + "where everything about it is said; nothing here is exported by the library.",
            "- A constructor (the document's \"new\", a keyword of C++) is named after its type, takes the document's parameters and uses no host and no options: "
            + "temporal_reasoning_core_new(expansion_factor, temporal_resolution), nanoscheduler_new(). Release the handle with the destroy function of its type.",
            "- Where the document passes a pointer and a length, so do these; results are buffers to release with rancog_buffer_free.",
            "- The names have no prefix. When one of them collides with yours, include only rancognition.h.",
        ];
        foreach (string paragraph in head)
        {
            foreach (string line in Prose.Wrap(paragraph, Width, " * ", paragraph[0] == '-' ? " *   " : " * "))
            {
                text.Append(line).Append('\n');
            }
        }
        text.Append("""
             */

            #ifndef RANCOGNITION_PHASE4_H
            #define RANCOGNITION_PHASE4_H

            #include "rancognition.h"

            """);
        foreach (ApiFunction function in model.Functions.Where(function => function.Phase4Name is not null))
        {
            WriteWrapper(text, function);
        }
        text.Append("\n#endif /* RANCOGNITION_PHASE4_H */\n");
        return text.ToString();
    }

    /// <summary>Name that the wrapper has.</summary>
    public static string NameOf(ApiFunction function) => function.Phase4Name != "new"
        ? function.Phase4Name!
        : DocumentTypes.TryGetValue(function.Result.Name, out string? type)
            ? type + "_new"
            : throw new GenerationException($"{function.Name}: [Phase4Name(\"new\")] on {function.Result.Name}, whose name in the document is not known here");

    private static void WriteWrapper(StringBuilder text, ApiFunction function)
    {
        string name = NameOf(function);
        bool constructor = function.Phase4Name == "new";
        ApiParameter[] shown = [.. function.Parameters.Where(parameter => !(constructor && IsNotOfTheDocument(parameter)))];
        IEnumerable<string> arguments = function.Parameters.Select(parameter => shown.Contains(parameter) ? parameter.Name : parameter.Type.Pointers > 0 ? "NULL" : "0");
        if (constructor)
        {
            text.Append($"\n/** {Prose.Sentence(function.Summary)} See {function.Name}.\n");
            foreach (ApiParameter parameter in shown)
            {
                WriteLines(text, $"@param {parameter.Name} {FunctionText.Parameter(parameter)}");
            }
            WriteLines(text, $"@return {Prose.Sentence(function.Returns)}");
            text.Append(" */\n");
        }
        else
        {
            text.Append($"\n/** See {function.Name}. */\n");
        }
        text.Append(Prose.WrapDeclaration(
            $"static inline {function.Result.Declare(name)}(",
            shown.Length == 0 ? ["void"] : shown.Select(parameter => parameter.Type.Declare(parameter.Name)),
            ")",
            Width));
        string call = Prose.WrapDeclaration(
            $"    {(function.Result == ApiType.Void ? "" : "return ")}{function.Name}(", arguments.DefaultIfEmpty(""), ");", Width);
        text.Append($"\n{{\n{call.Replace("\n", "\n    ", StringComparison.Ordinal)}\n}}\n");
    }

    private static void WriteLines(StringBuilder text, string paragraph)
    {
        foreach (string line in Prose.Wrap(paragraph, Width, " * ", " *     "))
        {
            text.Append(line).Append('\n');
        }
    }

    // The document's constructors take numbers only; NULL gives our defaults.
    private static bool IsNotOfTheDocument(ApiParameter parameter) => parameter.Type.Name == "rancog_host" || parameter.Name is "options" or "options_len";
}
