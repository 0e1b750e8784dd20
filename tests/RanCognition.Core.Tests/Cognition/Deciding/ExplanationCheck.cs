using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RanCognition.Tests.Cognition;

/// <summary>Holds the sentences of an explanation against the result that they are of.</summary>
internal static partial class ExplanationCheck
{
    /// <summary>Checks every number and pointer; gives how many numbers there were.</summary>
    public static int Numbers(JsonElement decision)
    {
        List<string> names = [];
        Names(decision, names);
        names.Sort((left, right) => right.Length.CompareTo(left.Length));
        int count = 0;
        foreach (JsonElement sentence in decision.GetProperty("explanation").EnumerateArray())
        {
            string text = sentence.GetProperty("text").GetString()!;
            List<double> values = [];
            foreach (JsonElement pointer in sentence.GetProperty("fields").EnumerateArray())
            {
                JsonElement field = At(decision, pointer.GetString()!);
                if (field.ValueKind == JsonValueKind.Number)
                {
                    values.Add(field.GetDouble());
                }
            }
            foreach (string name in names)
            {
                text = text.Replace(name, "", StringComparison.Ordinal);
            }
            foreach (Match match in Number().Matches(text))
            {
                double shown = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
                int point = match.Groups[1].Value.IndexOf('.', StringComparison.Ordinal);
                double half = 0.5000001 * Math.Pow(10, point < 0 ? 0 : -(match.Groups[1].Value.Length - point - 1));
                double factor = match.Groups[2].Length > 0 ? 100 : 1;
                Assert.True(values.Exists(value => Math.Abs(value * factor - shown) <= half + 1e-12 * Math.Abs(shown)), $"{match.Value} of: {sentence.GetRawText()}");
                count++;
            }
        }
        return count;
    }

    private static JsonElement At(JsonElement root, string pointer)
    {
        foreach (string step in pointer.Split('/').Skip(1))
        {
            string name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            root = root.ValueKind == JsonValueKind.Array ? root[int.Parse(name, CultureInfo.InvariantCulture)] : root.GetProperty(name);
        }
        return root;
    }

    /// <summary>Texts and keys of the result, the explanation left out.</summary>
    private static void Names(JsonElement element, List<string> names)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String when element.GetString() is { Length: > 0 } text: names.Add(text); break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Names(item, names);
                }
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject().Where(property => property.Name != "explanation"))
                {
                    names.Add(property.Name);
                    Names(property.Value, names);
                }
                break;
        }
    }

    [GeneratedRegex(@"(-?\d+(?:\.\d+)?)(%?)")]
    private static partial Regex Number();
}
