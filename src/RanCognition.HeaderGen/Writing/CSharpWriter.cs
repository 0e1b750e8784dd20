using System.Security;
using System.Text;
using RanCognition.HeaderGen.Model;
using RanCognition.HeaderGen.Reading;

namespace RanCognition.HeaderGen.Writing;

/// <summary>src/RanCognition.Interop/Generated/NativeMethods.g.cs: the raw P/Invoke layer, blittable types only.</summary>
internal static class CSharpWriter
{
    private const string StatusPrefix = "RANCOG_E_";

    private static readonly Dictionary<string, string> Scalars = new()
    {
        ["void"] = "void",
        ["char"] = "byte",
        ["uint8_t"] = "byte",
        ["int8_t"] = "sbyte",
        ["uint16_t"] = "ushort",
        ["int16_t"] = "short",
        ["uint32_t"] = "uint",
        ["int32_t"] = "int",
        ["uint64_t"] = "ulong",
        ["int64_t"] = "long",
        ["size_t"] = "nuint",
        ["float"] = "float",
        ["double"] = "double",
    };

    public static string Write(ApiModel model)
    {
        StringBuilder text = new();
        text.Append($$"""
            // {{ManualText.GeneratedLine}}
            #nullable enable
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;

            namespace RanCognition.Interop;


            """);
        WriteStatus(text, model);
        foreach (ApiStruct type in model.Structs)
        {
            WriteStruct(text, type);
        }
        text.Append("/// <summary>Every function of rancognition.h as it is; handles are nint. The manual is the header.</summary>\n");
        text.Append("public static unsafe partial class NativeMethods\n{\n");
        text.Append("    /// <summary>Name that the loader resolves.</summary>\n");
        text.Append("    public const string Library = \"rancognition\";\n\n");
        text.Append("    /// <summary>ABI that this binding was generated from; must equal rancog_abi_version().</summary>\n");
        text.Append($"    public const uint AbiVersion = {model.AbiVersion};\n");
        foreach (ApiConstant constant in model.Constants.Where(constant => !IsStatus(constant)))
        {
            text.Append($"\n    /// <summary>{Escape(constant.Summary)}</summary>\n    public const long {constant.Name} = {constant.Value};\n");
        }
        foreach (ApiFunction function in model.Functions)
        {
            WriteFunction(text, function);
        }
        text.Append("}\n");
        return text.ToString();
    }

    private static bool IsStatus(ApiConstant constant) =>
        constant.Name == "RANCOG_OK" || constant.Name.StartsWith(StatusPrefix, StringComparison.Ordinal);

    private static void WriteStatus(StringBuilder text, ApiModel model)
    {
        text.Append("/// <summary>Status codes of the library.</summary>\npublic enum RanCognitionStatus\n{\n");
        bool first = true;
        foreach (ApiConstant constant in model.Constants.Where(IsStatus))
        {
            string name = constant.Name == "RANCOG_OK" ? "Ok" : Names.Managed(constant.Name[StatusPrefix.Length..].ToLowerInvariant());
            text.Append(first ? "" : "\n").Append($"    /// <summary>{Escape(constant.Summary)}</summary>\n    {name} = {constant.Value},\n");
            first = false;
        }
        text.Append("}\n\n");
    }

    private static void WriteStruct(StringBuilder text, ApiStruct type)
    {
        text.Append($"/// <summary>{Escape(type.Summary)}</summary>\n");
        if (type.Remarks.Length > 0)
        {
            text.Append($"/// <remarks>{Escape(type.Remarks)}</remarks>\n");
        }
        text.Append($"[StructLayout(LayoutKind.Sequential)]\npublic unsafe struct {type.ManagedName}\n{{\n");
        bool first = true;
        foreach (ApiField field in type.Fields)
        {
            text.Append(first ? "" : "\n").Append($"    /// <summary>{Escape(field.Summary)}</summary>\n");
            text.Append(field.Count > 1
                ? $"    public fixed {Type(field.Type)} {field.ManagedName}[{field.Count}];\n"
                : $"    public {Type(field.Type)} {field.ManagedName};\n");
            first = false;
        }
        text.Append("}\n\n");
    }

    private static void WriteFunction(StringBuilder text, ApiFunction function)
    {
        text.Append($"\n    /// <summary>{Escape(Prose.Sentence(function.Summary))}</summary>\n");
        foreach (ApiParameter parameter in function.Parameters)
        {
            text.Append($"    /// <param name=\"{parameter.ManagedName}\">{Escape(FunctionText.Parameter(parameter))}</param>\n");
        }
        if (function.Returns.Length > 0)
        {
            text.Append($"    /// <returns>{Escape(function.Returns)}</returns>\n");
        }
        text.Append($"    [LibraryImport(Library, EntryPoint = \"{function.Name}\")]\n");
        text.Append("    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]\n");
        string parameters = string.Join(", ", function.Parameters.Select(parameter => $"{Type(parameter.Type)} {Spelt(parameter.ManagedName)}"));
        text.Append($"    public static partial {Type(function.Result)} {function.Name}({parameters});\n");
    }

    /// <summary>A name that C# keeps for itself is written with an @.</summary>
    private static string Spelt(string name) => name is "out" or "in" or "ref" or "params" or "object" or "string" ? "@" + name : name;

    private static string Type(ApiType type)
    {
        switch (type.Kind)
        {
            case ApiTypeKind.Handle:
                return "nint" + new string('*', type.Pointers - 1);
            case ApiTypeKind.Struct:
                return Names.Managed(type.Name) + new string('*', type.Pointers);
            case ApiTypeKind.Callback:
                IEnumerable<string> types = type.Signature!.Parameters.Select(parameter => Type(parameter.Type)).Append(Type(type.Signature.Result));
                return $"delegate* unmanaged[Cdecl]<{string.Join(", ", types)}>";
            default:
                return Scalars[type.Name] + new string('*', type.Pointers);
        }
    }

    private static string Escape(string text) => SecurityElement.Escape(text).Replace("&apos;", "'", StringComparison.Ordinal).Replace("&quot;", "\"", StringComparison.Ordinal);
}
