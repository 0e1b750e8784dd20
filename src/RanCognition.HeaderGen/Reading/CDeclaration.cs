using System.Text.RegularExpressions;
using RanCognition.HeaderGen.Model;

namespace RanCognition.HeaderGen.Reading;

/// <summary>Reads the C spellings that attributes carry: "const char *" and "void (*log)(int32_t level, void *user_data)".</summary>
internal static partial class CDeclaration
{
    public static ApiType ParseType(string text, Func<string, ApiTypeKind> kind)
    {
        Match match = TypePattern().Match(text.Trim());
        if (!match.Success)
        {
            throw new GenerationException($"'{text}' is not a C type of this ABI");
        }
        string name = match.Groups["name"].Value;
        return new ApiType(kind(name), name, match.Groups["stars"].Value.Count(c => c == '*'), match.Groups["const"].Success);
    }

    public static (string Name, ApiSignature Signature) ParseCallback(string text, Func<string, ApiTypeKind> kind)
    {
        Match match = CallbackPattern().Match(text.Trim());
        if (!match.Success)
        {
            throw new GenerationException($"'{text}' is not a declaration of a callback: result (*name)(parameters)");
        }
        List<(ApiType, string)> parameters = [];
        string list = match.Groups["parameters"].Value.Trim();
        foreach (string part in list is "" or "void" ? [] : list.Split(','))
        {
            Match parameter = ParameterPattern().Match(part.Trim());
            if (!parameter.Success)
            {
                throw new GenerationException($"'{part.Trim()}' in '{text}' is not a named parameter");
            }
            parameters.Add((ParseType(parameter.Groups["type"].Value, kind), parameter.Groups["name"].Value));
        }
        return (match.Groups["name"].Value, new ApiSignature(ParseType(match.Groups["result"].Value, kind), parameters));
    }

    [GeneratedRegex(@"^(?<const>const\s+)?(?<name>[a-z_][a-z0-9_]*)\s*(?<stars>[*\s]*)$")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"^(?<result>[^(]+?)\s*\(\s*\*\s*(?<name>[a-z_][a-z0-9_]*)\s*\)\s*\((?<parameters>[^()]*)\)$")]
    private static partial Regex CallbackPattern();

    [GeneratedRegex(@"^(?<type>.*[\s*])(?<name>[a-z_][a-z0-9_]*)$")]
    private static partial Regex ParameterPattern();
}
