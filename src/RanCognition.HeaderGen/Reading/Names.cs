using System.Text;
using System.Text.RegularExpressions;

namespace RanCognition.HeaderGen.Reading;

/// <summary>C# names in C's spelling.</summary>
internal static partial class Names
{
    /// <summary>stepNs -> step_ns, problemLength -> problem_len, RandomU64 -> random_u64.</summary>
    public static string Parameter(string name)
    {
        string snake = Snake(name);
        return snake.EndsWith("_length", StringComparison.Ordinal) ? snake[..^3] : snake;
    }

    /// <summary>Struct fields keep "length" as it is.</summary>
    public static string Field(string name) => Snake(name);

    /// <summary>EInvalidArgument -> E_INVALID_ARGUMENT.</summary>
    public static string Constant(string name) => Snake(name).ToUpperInvariant();

    /// <summary>rancog_host -> RancogHost.</summary>
    public static string Managed(string name)
    {
        StringBuilder text = new();
        foreach (string word in name.Split('_', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
        }
        return text.ToString();
    }

    private static string Snake(string name) => WordStart().Replace(name, "_").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex WordStart();
}
