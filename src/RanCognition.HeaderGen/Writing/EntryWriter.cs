using System.Text;
using RanCognition.HeaderGen.Model;

namespace RanCognition.HeaderGen.Writing;

/// <summary>src/RanCognition.Native/Entry: the exported C functions, which refuse a forked child and pass everything else on to the managed ones.</summary>
internal static class EntryWriter
{
    private const int Width = 140;

    /// <summary>Prefix of the managed function behind an exported one.</summary>
    private const string Managed = "managed_";

    public static string WriteFunctions(ApiModel model)
    {
        StringBuilder text = new();
        text.Append($"/* {ManualText.GeneratedLine}\n *\n");
        text.Append(" * The exported functions. Each refuses a forked child (fork_guard.h) and passes every other call on to the managed function behind it. */\n");
        text.Append("#include \"rancognition.h\"\n\n#include <stdlib.h>\n\n#include \"fork_guard.h\"\n");
        foreach (ApiFunction function in model.Functions)
        {
            string arguments = string.Join(", ", function.Parameters.Select(parameter => parameter.Name));
            bool isVoid = function.Result == ApiType.Void;
            text.Append($"\nextern {Head(function, Managed, ";")}");
            text.Append($"{Head(function, "", "")}{{\n    if (fork_guard_is_child()) {{\n");
            if (Refusal(function, model) is { } refusal)
            {
                text.Append($"        {(isVoid ? "" : "return ")}{refusal};\n");
            }
            text.Append(isVoid ? "        return;\n" : "");
            text.Append($"    }}\n    {(isVoid ? "" : "return ")}{Managed}{function.Name}({arguments});\n}}\n");
        }
        return text.ToString();
    }

    /// <summary>Pairs for objcopy --redefine-syms: the managed functions give their names up to those of entry.c.</summary>
    public static string WriteNames(ApiModel model)
    {
        StringBuilder text = new();
        text.Append($"# {ManualText.GeneratedLine}\n");
        foreach (ApiFunction function in model.Functions)
        {
            text.Append($"{function.Name} {Managed}{function.Name}\n");
        }
        return text.ToString();
    }

    private static string Head(ApiFunction function, string prefix, string end) => Prose.WrapDeclaration(
        $"{function.Result.Declare(prefix + function.Name)}(",
        function.Parameters.Count == 0 ? ["void"] : function.Parameters.Select(parameter => parameter.Type.Declare(parameter.Name)),
        ")" + end,
        Width) + "\n";

    /// <summary>What a call gives in a forked child; null for nothing.</summary>
    private static string? Refusal(ApiFunction function, ApiModel model) => function.Name switch
    {
        "rancog_abi_version" => "RANCOG_ABI_VERSION",
        "rancog_version_string" => $"\"{model.Version.ToString(3)}\"",
        "rancog_last_error_message" => "fork_guard_message",
        "rancog_scheduler_get_next_execution_time" => "UINT64_MAX",   // 0 would mean that a task is due
        "rancog_buffer_free" => "free(buffer)",   // the child's own, and those that it inherited
        _ when function.ReturnsBuffer => "fork_guard_result()",
        _ when function.Result.Kind == ApiTypeKind.Handle => "NULL",
        _ when function.Result == ApiType.Void => null,
        _ when function.Result is { Name: "int32_t", Pointers: 0 } => "RANCOG_E_FORKED",
        _ when function.Result is { Name: "uint32_t" or "uint64_t", Pointers: 0 } => "0",
        _ => throw new GenerationException($"{function.Name}: no answer in a forked child is known for {function.Result}"),
    };
}
