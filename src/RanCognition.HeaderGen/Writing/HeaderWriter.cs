using System.Text;
using RanCognition.HeaderGen.Model;

namespace RanCognition.HeaderGen.Writing;

/// <summary>include/rancognition.h: the manual.</summary>
internal static class HeaderWriter
{
    private const int Width = 100;

    public static string Write(ApiModel model)
    {
        StringBuilder text = new();
        WriteManual(text, model);
        WritePreamble(text, model);
        WriteTypes(text, model);
        foreach (ApiChapter chapter in model.Chapters)
        {
            WriteChapter(text, chapter, model);
        }
        text.Append("""

            #ifdef __cplusplus
            }
            #endif

            #endif /* RANCOGNITION_H */

            """);
        return text.ToString();
    }

    private static void WriteManual(StringBuilder text, ApiModel model)
    {
        text.Append($"/* {ManualText.GeneratedLine}\n *\n");
        text.Append($" * RanCognition {model.Version.ToString(3)}: forecasts, anomalies, patterns and decisions for radio access networks,\n");
        text.Append(" * computed inside the process that asks. This file is the manual.\n *\n");
        text.Append(" * A whole program (cc program.c -lrancognition):\n *\n");
        foreach (string line in ManualText.Example.Split('\n'))
        {
            // The program stands in a comment, so its own comments are shown the C++ way.
            string shown = line.Replace("/* ", "// ", StringComparison.Ordinal).Replace(" */", "", StringComparison.Ordinal);
            text.Append($" *     {shown}".TrimEnd()).Append('\n');
        }
        foreach ((string title, string[] paragraphs) in ManualText.Pages)
        {
            text.Append($" *\n * {title.ToUpperInvariant()}\n");
            bool first = true;
            foreach (string paragraph in paragraphs)
            {
                bool item = paragraph.StartsWith("- ", StringComparison.Ordinal);
                text.Append(first || item ? "" : " *\n");
                WriteLines(text, paragraph, " * ", item ? " *   " : " * ");
                first = false;
            }
        }
        text.Append(" *\n * CHAPTERS\n");
        foreach (ApiChapter chapter in model.Chapters)
        {
            WriteLines(text, $"{chapter.Title}: {chapter.Summary}", " * - ", " *   ");
        }
        text.Append(" */\n\n");
    }

    private static void WritePreamble(StringBuilder text, ApiModel model) => text.Append($$"""
        #ifndef RANCOGNITION_H
        #define RANCOGNITION_H

        #include <stddef.h>
        #include <stdint.h>

        /** Version of this header. */
        #define RANCOG_VERSION_MAJOR {{model.Version.Major}}
        #define RANCOG_VERSION_MINOR {{model.Version.Minor}}
        #define RANCOG_VERSION_PATCH {{model.Version.Build}}

        /** ABI of this header: must equal rancog_abi_version() of the library. */
        #define RANCOG_ABI_VERSION {{model.AbiVersion}}

        #ifndef RANCOG_API
        #if defined(_WIN32)
        #define RANCOG_API __declspec(dllimport)
        #elif defined(__GNUC__)
        #define RANCOG_API __attribute__((visibility("default")))
        #else
        #define RANCOG_API
        #endif
        #endif

        #ifdef __cplusplus
        extern "C" {
        #endif

        """);

    private static void WriteTypes(StringBuilder text, ApiModel model)
    {
        WriteTitle(text, "Status codes", "What rancog_last_status and every function that returns int32_t give. The list is closed; a number is never reused.");
        int width = model.Constants.Max(constant => constant.Name.Length);
        foreach (ApiConstant constant in model.Constants)
        {
            text.Append('\n');
            WriteComment(text, [Prose.Sentence(constant.Summary)], "");
            string value = constant.Value < 0 ? $"({constant.Value})" : $"{constant.Value}";
            text.Append($"#define {constant.Name.PadRight(width)} {value}\n");
        }
        WriteTitle(text, "Types", "Handles are opaque. Structs are passed by pointer and copied.");
        foreach (ApiHandle handle in model.Handles)
        {
            text.Append('\n');
            WriteComment(text, [$"Handle: {Prose.Sentence(LowerFirst(handle.Summary))}"], "");
            text.Append($"typedef struct {handle.Name} {handle.Name};\n");
        }
        foreach (ApiCallback callback in model.Callbacks)
        {
            text.Append('\n');
            WriteComment(text, [Prose.Sentence(callback.Summary)], "");
            text.Append(Prose.WrapDeclaration(
                $"typedef {callback.Signature.Result} (*{callback.Name})(",
                callback.Signature.Parameters.Count == 0 ? ["void"] : callback.Signature.Parameters.Select(parameter => parameter.Type.Declare(parameter.Name)),
                ");",
                Width)).Append('\n');
        }
        foreach (ApiStruct type in model.Structs)
        {
            WriteStruct(text, type);
        }
    }

    private static void WriteStruct(StringBuilder text, ApiStruct type)
    {
        text.Append('\n');
        WriteComment(text, type.Remarks.Length == 0 ? [type.Summary] : [type.Summary, "", type.Remarks], "");
        text.Append($"typedef struct {type.Name} {{\n");
        bool first = true;
        foreach (ApiField field in type.Fields)
        {
            text.Append(first ? "" : "\n");
            first = false;
            WriteComment(text, [Prose.Sentence(field.Summary)], "    ");
            text.Append($"    {field.Type.Declare(field.Name)}{(field.Count > 1 ? $"[{field.Count}]" : "")};\n");
        }
        text.Append($"}} {type.Name};\n");
    }

    private static void WriteChapter(StringBuilder text, ApiChapter chapter, ApiModel model)
    {
        WriteTitle(text, chapter.Title, chapter.Summary);
        foreach (ApiFunction function in chapter.Functions)
        {
            text.Append('\n');
            WriteComment(text, FunctionLines(function), "");
            text.Append(Declaration(function)).Append('\n');
        }
    }

    /// <summary>The declaration as it stands in the header.</summary>
    public static string Declaration(ApiFunction function) => Prose.WrapDeclaration(
        $"RANCOG_API {function.Result.Declare(function.Name)}(",
        function.Parameters.Count == 0 ? ["void"] : function.Parameters.Select(parameter => parameter.Type.Declare(parameter.Name)),
        ");",
        Width);

    private static IEnumerable<string> FunctionLines(ApiFunction function)
    {
        yield return Prose.Sentence(function.Summary);
        if (function.Remarks.Length > 0)
        {
            yield return "";
            yield return function.Remarks;
        }
        yield return "";
        foreach (ApiParameter parameter in function.Parameters)
        {
            yield return $"@param {parameter.Name} {FunctionText.Parameter(parameter)}";
        }
        if (function.Result != ApiType.Void)
        {
            yield return $"@return {Prose.Sentence(function.Returns)}";
        }
        IReadOnlyList<string> errors = FunctionText.Errors(function);
        if (errors.Count > 0)
        {
            yield return $"Errors: {string.Join(", ", errors)}.";
        }
        yield return $"Threads: {FunctionText.Threads(function)}";
        yield return $"Available since {function.Since}.";
    }

    // A short comment stays on one line.
    private static void WriteComment(StringBuilder text, IEnumerable<string> paragraphs, string indent)
    {
        string[] list = [.. paragraphs];
        if (list.Length == 1 && indent.Length + list[0].Length + 7 <= Width)
        {
            text.Append($"{indent}/** {list[0]} */\n");
            return;
        }
        text.Append($"{indent}/**\n");
        foreach (string paragraph in list)
        {
            bool tag = paragraph.StartsWith('@');
            WriteLines(text, paragraph, $"{indent} * ", tag ? $"{indent} *     " : $"{indent} * ");
        }
        text.Append($"{indent} */\n");
    }

    private static void WriteTitle(StringBuilder text, string title, string summary)
    {
        text.Append($"\n/* {new string('-', Width - 6)} */\n");
        WriteLines(text, title.ToUpperInvariant(), "/* ", "");
        WriteLines(text, Prose.Sentence(summary), " * ", " * ");
        text.Append(" */\n");
    }

    private static void WriteLines(StringBuilder text, string paragraph, string first, string next)
    {
        foreach (string line in Prose.Wrap(paragraph, Width, first, next))
        {
            text.Append(line).Append('\n');
        }
    }

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
