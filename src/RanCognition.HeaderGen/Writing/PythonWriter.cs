using System.Text;
using RanCognition.HeaderGen.Model;

namespace RanCognition.HeaderGen.Writing;

/// <summary>src/python/rancognition/_raw.py: ctypes types of every export.</summary>
internal static class PythonWriter
{
    private static readonly Dictionary<string, string> Scalars = new()
    {
        ["char"] = "c_char",
        ["uint8_t"] = "c_uint8",
        ["int8_t"] = "c_int8",
        ["uint16_t"] = "c_uint16",
        ["int16_t"] = "c_int16",
        ["uint32_t"] = "c_uint32",
        ["int32_t"] = "c_int32",
        ["uint64_t"] = "c_uint64",
        ["int64_t"] = "c_int64",
        ["size_t"] = "c_size_t",
        ["float"] = "c_float",
        ["double"] = "c_double",
    };

    public static string Write(ApiModel model)
    {
        StringBuilder body = new();
        body.Append($"VERSION = \"{model.Version.ToString(3)}\"\n\n");
        body.Append($"RANCOG_ABI_VERSION = {model.AbiVersion}\n\n");
        foreach (ApiConstant constant in model.Constants)
        {
            body.Append($"{constant.Name} = {constant.Value}\n");
        }
        body.Append("\nSTATUS_NAMES = {\n");
        foreach (ApiConstant constant in model.Constants.Where(c => c.Name == "RANCOG_OK" || c.Name.StartsWith("RANCOG_E_", StringComparison.Ordinal)))
        {
            body.Append($"    {constant.Value}: \"{constant.Name}\",\n");
        }
        body.Append("}\n");
        foreach (ApiCallback callback in model.Callbacks)
        {
            body.Append($"\n# {callback.Summary}\n{callback.Name} = {Callback(callback.Signature)}\n");
        }
        foreach (ApiStruct type in model.Structs)
        {
            WriteStruct(body, type);
        }
        body.Append("\n\n# Result and argument types of every function; what they do is in rancognition.h.\nFUNCTIONS = {\n");
        foreach (ApiFunction function in model.Functions)
        {
            string result = function.ReturnsBuffer ? "c_void_p" : Type(function.Result, ApiUse.Value);
            body.Append($"    \"{function.Name}\": ({result}, (");
            foreach (ApiParameter parameter in function.Parameters)
            {
                body.Append($"\n        {Type(parameter.Type, parameter.Use)},  # {parameter.Name}");
            }
            body.Append(function.Parameters.Count > 0 ? "\n    )),\n" : ")),\n");
        }
        body.Append("""
            }


            def declare(library: CDLL) -> CDLL:
                '''Gives every function of a loaded library its types; AttributeError when one is missing.'''
                for name, (result, arguments) in FUNCTIONS.items():
                    function = getattr(library, name)
                    function.restype = result
                    function.argtypes = arguments
                return library

            """.Replace("'''", "\"\"\"", StringComparison.Ordinal));

        string code = body.ToString();
        string[] names = [.. Scalars.Values.Append("c_char_p").Append("c_void_p").Append("CDLL").Append("CFUNCTYPE").Append("POINTER").Append("Structure")
            .Where(name => System.Text.RegularExpressions.Regex.IsMatch(code, $@"\b{name}\b")).Order(StringComparer.Ordinal)];
        return $"# {ManualText.GeneratedLine}\n\"\"\"The C functions of rancognition.h for ctypes.\"\"\"\n\n"
            + $"from ctypes import {string.Join(", ", names)}\n\n{code}";
    }

    private static void WriteStruct(StringBuilder text, ApiStruct type)
    {
        foreach (ApiField field in type.Fields.Where(field => field.Type.Kind == ApiTypeKind.Callback && field.Type.Name.Length == 0))
        {
            text.Append($"\n# {field.Summary}\n{type.Name}_{field.Name} = {Callback(field.Type.Signature!)}\n");
        }
        text.Append($"\n\nclass {type.Name}(Structure):\n");
        text.Append($"    # {type.Summary}\n    _fields_ = [\n");
        foreach (ApiField field in type.Fields)
        {
            string fieldType = field.Type.Kind == ApiTypeKind.Callback && field.Type.Name.Length == 0
                ? $"{type.Name}_{field.Name}"
                : Type(field.Type, ApiUse.Value);
            text.Append($"        (\"{field.Name}\", {fieldType}{(field.Count > 1 ? $" * {field.Count}" : "")}),\n");
        }
        text.Append("    ]\n");
    }

    private static string Callback(ApiSignature signature) =>
        $"CFUNCTYPE({string.Join(", ", new[] { Type(signature.Result, ApiUse.Value) }.Concat(signature.Parameters.Select(p => CallbackArgument(p.Type))))})";

    // Text that a callback gets has a length beside it, or a NUL at its end.
    private static string CallbackArgument(ApiType type) => type is { Name: "char", Pointers: 1 } ? "c_char_p" : Type(type, ApiUse.Writes);

    private static string Type(ApiType type, ApiUse use)
    {
        if (type.Kind == ApiTypeKind.Callback)
        {
            return type.Name;
        }
        if (type.Kind == ApiTypeKind.Handle)
        {
            return type.Pointers == 1 ? "c_void_p" : "POINTER(c_void_p)";
        }
        if (type.Name == "void")
        {
            return type.Pointers == 0 ? "None" : "c_void_p";
        }
        if (type is { Name: "char", Pointers: 1 } or { Name: "uint8_t", Pointers: 1 } && use is ApiUse.Reads or ApiUse.Value)
        {
            return "c_char_p";
        }
        if (use == ApiUse.Takes)
        {
            return "c_void_p";
        }
        string name = type.Kind == ApiTypeKind.Struct ? type.Name : Scalars[type.Name];
        for (int i = 0; i < type.Pointers; i++)
        {
            name = $"POINTER({name})";
        }
        return name;
    }
}
