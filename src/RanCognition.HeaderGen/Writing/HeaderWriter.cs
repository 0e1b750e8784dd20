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
        text.Append($"/* {ManualText.GeneratedLine} */\n\n");
        text.Append($"/**\n * @mainpage RanCognition {model.Version.ToString(3)}\n *\n");
        text.Append(" * Forecasts, anomalies, patterns and decisions for radio access networks, computed inside the\n");
        text.Append(" * process that asks. This file is the manual. C++ programs include rancognition.hpp, which\n * has the same with classes.\n *\n");
        text.Append(" * A whole program (cc program.c -lrancognition):\n *\n");
        WriteRaw(text, ExampleText.Block(ExampleText.Read(ExampleText.First)), " * ");
        foreach ((string title, string[] paragraphs) in ManualText.Pages)
        {
            WriteHeading(text, title);
            bool first = true;
            foreach (string paragraph in paragraphs)
            {
                bool item = paragraph.StartsWith("- ", StringComparison.Ordinal);
                text.Append(first || item ? "" : " *\n");
                WriteLines(text, paragraph, " * ", item ? " *   " : " * ");
                first = false;
            }
        }
        WriteHeading(text, "Chapters");
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

        /** @file
         * The interface in C, and its manual. */

        /** Version of this header: changes that break programs. */
        #define RANCOG_VERSION_MAJOR {{model.Version.Major}}

        /** Version of this header: additions. */
        #define RANCOG_VERSION_MINOR {{model.Version.Minor}}

        /** Version of this header: corrections. */
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
        WriteEnd(text);
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
        WriteEnd(text);
    }

    private static void WriteStruct(StringBuilder text, ApiStruct type)
    {
        text.Append('\n');
        List<string> comment = [type.Summary];
        comment.AddRange(type.Remarks.Length == 0 ? [] : ["", type.Remarks]);
        comment.AddRange(ExampleText.Find(type.Name) is { } example ? ["", ExampleText.Block(example)] : []);
        WriteComment(text, comment, "");
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
        WriteTitle(text, chapter.Title, chapter.Summary, ExampleText.Find(ExampleText.NameOf(chapter.Title)));
        foreach (ApiFunction function in chapter.Functions)
        {
            text.Append('\n');
            WriteComment(text, [.. FunctionLines(function)], "");
            text.Append(Declaration(function)).Append('\n');
        }
        WriteEnd(text);
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
        yield return "";
        IReadOnlyList<string> errors = FunctionText.Errors(function);
        if (errors.Count > 0)
        {
            yield return $"- Errors: {string.Join(", ", errors)}.";
        }
        yield return $"- Threads: {FunctionText.Threads(function)}";
        yield return $"- Available since {function.Since}.";
    }

    // A short comment stays on one line; a paragraph of several lines is shown as it is.
    private static void WriteComment(StringBuilder text, List<string> paragraphs, string indent)
    {
        if (paragraphs.Count == 1 && indent.Length + paragraphs[0].Length + 7 <= Width)
        {
            text.Append($"{indent}/** {paragraphs[0]} */\n");
            return;
        }
        text.Append($"{indent}/**\n");
        foreach (string paragraph in paragraphs)
        {
            if (paragraph.Contains('\n', StringComparison.Ordinal))
            {
                WriteRaw(text, paragraph, $"{indent} * ");
                continue;
            }
            string hanging = paragraph.StartsWith('@') ? "    " : paragraph.StartsWith("- ", StringComparison.Ordinal) ? "  " : "";
            WriteLines(text, paragraph, $"{indent} * ", $"{indent} * {hanging}");
        }
        text.Append($"{indent} */\n");
    }

    // A chapter is a group of Doxygen's: what stands between @{ and @}.
    private static void WriteTitle(StringBuilder text, string title, string summary, string? example = null)
    {
        text.Append($"\n/* {new string('-', Width - 6)} */\n");
        text.Append($"/** @defgroup {ExampleText.NameOf(title)} {title}\n");
        WriteLines(text, Prose.Sentence(summary), " * ", " * ");
        if (example is not null)
        {
            text.Append(" *\n");
            WriteRaw(text, ExampleText.Block(example), " * ");
        }
        text.Append(" * @{\n */\n");
    }

    private static void WriteEnd(StringBuilder text) => text.Append("\n/** @} */\n");

    private static void WriteHeading(StringBuilder text, string title) =>
        text.Append($" *\n * {title.ToUpperInvariant()}\n * {new string('=', title.Length)}\n");

    private static void WriteRaw(StringBuilder text, string lines, string indent)
    {
        foreach (string line in lines.Split('\n'))
        {
            text.Append($"{indent}{line}".TrimEnd()).Append('\n');
        }
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
