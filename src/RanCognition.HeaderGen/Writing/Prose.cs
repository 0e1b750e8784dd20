using System.Text;

namespace RanCognition.HeaderGen.Writing;

/// <summary>Lays text out in lines.</summary>
internal static class Prose
{
    /// <summary>Words in lines of at most width characters, each with its indent; a word longer than a line stands alone.</summary>
    public static IEnumerable<string> Wrap(string text, int width, string first, string next)
    {
        StringBuilder line = new(first);
        bool empty = true;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear().Append(next);
                empty = true;
            }
            line.Append(empty ? "" : " ").Append(word);
            empty = false;
        }
        yield return line.ToString().TrimEnd();
    }

    /// <summary>A declaration in lines of at most width characters, broken after commas.</summary>
    public static string WrapDeclaration(string start, IEnumerable<string> parts, string end, int width)
    {
        string[] list = [.. parts];
        StringBuilder text = new(start);
        int column = start.Length;
        for (int i = 0; i < list.Length; i++)
        {
            string part = list[i] + (i + 1 < list.Length ? "," : end);
            if (i > 0 && column + 1 + part.Length > width)
            {
                text.Append("\n    ");
                column = 4;
            }
            else if (i > 0)
            {
                text.Append(' ');
                column++;
            }
            text.Append(part);
            column += part.Length;
        }
        return text.ToString();
    }

    /// <summary>The text as a sentence.</summary>
    public static string Sentence(string text) => text.Length == 0 || text[^1] is '.' or ':' or '}' ? text : text + ".";
}
