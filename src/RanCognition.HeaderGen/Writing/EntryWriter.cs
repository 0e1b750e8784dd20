using System.Text;
using RanCognition.HeaderGen.Model;

namespace RanCognition.HeaderGen.Writing;

/// <summary>src/RanCognition.Native/Entry: the exported C functions, which refuse a forked child and pass everything else on to the managed ones.</summary>
internal static class EntryWriter
{
    private const int Width = 140;

    /// <summary>Prefix of the managed function behind an exported one.</summary>
    private const string Managed = "managed_";

    /// <summary>Prefix of the function that is asked first, where there is one.</summary>
    private const string Leaf = "leaf_";

    public static string WriteFunctions(ApiModel model)
    {
        StringBuilder text = new();
        text.Append($"/* {ManualText.GeneratedLine}\n *\n");
        text.Append(" * The exported functions. Each refuses a forked child (fork_guard.h), clears the thread's status, and passes every other call on to the managed\n");
        text.Append(" * function behind it; where there is a leaf, only what that leaves undone. A leaf is C# that needs nothing of the .NET runtime. */\n");
        text.Append("#include \"rancognition.h\"\n\n#include \"fork_guard.h\"\n#include \"thread_state.h\"\n");
        foreach (ApiFunction function in model.Functions)
        {
            WriteFunction(text, function, model);
        }
        return text.ToString();
    }

    private static void WriteFunction(StringBuilder text, ApiFunction function, ApiModel model)
    {
        bool isVoid = function.Result == ApiType.Void;
        text.Append('\n');
        if (function.HasFastPath)
        {
            text.Append($"extern {Head(function, Leaf, ";", "thread_state *thread")}");
        }
        text.Append($"extern {Head(function, Managed, ";")}");
        text.Append($"{Head(function, "", "")}{{\n");
        if (function.HasFastPath)
        {
            text.Append($"    {LeafResult(function, "result")};\n    thread_state *thread;\n");
        }
        text.Append("    if (fork_guard_is_child()) {\n");
        if (Refusal(function, model) is { } refusal)
        {
            text.Append($"        {(isVoid ? "" : "return ")}{refusal};\n");
        }
        text.Append(isVoid ? "        return;\n" : "");
        text.Append("    }\n");
        if (function.HasFastPath)
        {
            text.Append("    thread = thread_state_get();\n");
            text.Append(function.KeepsStatus ? "" : "    thread->status = RANCOG_OK;\n");
            text.Append($"    result = {Leaf}{function.Name}({Arguments(function, "thread")});\n");
            text.Append($"    if (result {(isVoid || function.Result is { Name: "int32_t", Pointers: 0 } ? "<= 0" : "!= 0")}) {{\n        return{(isVoid ? "" : " result")};\n    }}\n");
        }
        else
        {
            text.Append(function.KeepsStatus ? "" : "    thread_state_get()->status = RANCOG_OK;\n");
        }
        text.Append($"    {(isVoid ? "" : "return ")}{Managed}{function.Name}({Arguments(function)});\n}}\n");
    }

    private static string Arguments(ApiFunction function, params string[] first) => string.Join(", ", first.Concat(function.Parameters.Select(parameter => parameter.Name)));

    /// <summary>The linker's list of what the library exports, under the version that says which ABI a program was linked against.</summary>
    public static string WriteVersionScript(ApiModel model)
    {
        StringBuilder text = new();
        text.Append($"/* {ManualText.GeneratedLine} */\nRANCOGNITION_{model.AbiVersion} {{\n    global:\n");
        foreach (ApiFunction function in model.Functions)
        {
            text.Append($"        {function.Name};\n");
        }
        text.Append("        DotNetRuntimeDebugHeader;\n    local: *;\n};\n");
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

    private static string Head(ApiFunction function, string prefix, string end, params string[] first) => Prose.WrapDeclaration(
        $"{(prefix == Leaf ? LeafResult(function, prefix + function.Name) : function.Result.Declare(prefix + function.Name))}(",
        function.Parameters.Count + first.Length == 0 ? ["void"] : first.Concat(function.Parameters.Select(parameter => parameter.Type.Declare(parameter.Name))),
        ")" + end,
        Width) + "\n";

    /// <summary>A leaf of a function without a result has a status.</summary>
    private static string LeafResult(ApiFunction function, string name) => function.Result == ApiType.Void ? $"int32_t {name}" : function.Result.Declare(name);

    /// <summary>What a call gives in a forked child; null for nothing.</summary>
    private static string? Refusal(ApiFunction function, ApiModel model) => function.Name switch
    {
        "rancog_abi_version" => "RANCOG_ABI_VERSION",
        "rancog_version_string" => $"\"{model.Version.ToString(3)}\"",
        "rancog_last_error_message" => "fork_guard_message",
        "rancog_scheduler_get_next_execution_time" => "UINT64_MAX",   // 0 would mean that a task is due
        "rancog_buffer_free" => "fork_guard_free(buffer)",   // the child's own, and those that it inherited
        _ when function.ReturnsBuffer => "fork_guard_result()",
        _ when function.Result.Kind == ApiTypeKind.Handle || function.Result is { Name: "void", Pointers: 1 } => "NULL",
        _ when function.Result == ApiType.Void => null,
        _ when function.Result is { Name: "int32_t", Pointers: 0 } => "RANCOG_E_FORKED",
        _ when function.Result is { Name: "uint32_t" or "uint64_t", Pointers: 0 } => "0",
        _ => throw new GenerationException($"{function.Name}: no answer in a forked child is known for {function.Result}"),
    };
}
