using System.Text;
using RanCognition.HeaderGen.Model;

namespace RanCognition.HeaderGen.Writing;

/// <summary>tests/golden/abi.txt: what binaries depend on, one sorted line each.</summary>
internal static class GoldenWriter
{
    public static string Write(ApiModel model)
    {
        List<string> lines = [$"constant RANCOG_ABI_VERSION {model.AbiVersion}"];
        lines.AddRange(model.Constants.Select(constant => $"constant {constant.Name} {constant.Value}"));
        lines.AddRange(model.Handles.Select(handle => $"handle {handle.Name}"));
        lines.AddRange(model.Callbacks.Select(callback => $"callback {callback.Name} {callback.Signature.Result} ({callback.Signature.ParameterList})"));
        foreach (ApiStruct type in model.Structs)
        {
            lines.Add($"struct {type.Name} size {type.Size} align {type.Alignment}");
            lines.AddRange(type.Fields.Select(field =>
                $"struct {type.Name} +{field.Offset:D4} size {field.Size} {field.Type.Declare(field.Name)}{(field.Count > 1 ? $"[{field.Count}]" : "")}"));
        }
        lines.AddRange(model.Functions.Select(Line));
        lines.AddRange(model.Functions.Where(function => function.Phase4Name is not null).Select(function => $"phase4 {Phase4Writer.NameOf(function)} {function.Name}"));
        lines.Sort(StringComparer.Ordinal);

        StringBuilder text = new();
        text.Append($"# {ManualText.GeneratedLine}\n");
        text.Append("# The ABI that programs are linked against; offsets and sizes in bytes where pointers and size_t have 8 (LP64, LLP64).\n");
        text.Append("# A line that is added is a minor version; one that changes or goes is a new ABI version.\n");
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
        }
        return text.ToString();
    }

    private static string Line(ApiFunction function)
    {
        string parameters = function.Parameters.Count == 0 ? "void" : string.Join(", ", function.Parameters.Select(p => p.Type.Declare(p.Name)));
        return $"function {function.Name} {function.Result} ({parameters})";
    }
}
