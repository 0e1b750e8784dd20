using System.Globalization;
using System.Text;

namespace RanCognition.Temporal.Logic;

/// <summary>Writes formulas as canonical text, with as few parentheses as the parser needs.</summary>
internal static class FormulaText
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;
    private const int SnippetLength = 40;

    public static string Of(Formula formula)
    {
        var text = new StringBuilder();
        Write(text, formula, outer: 0);
        return text.ToString();
    }

    /// <summary>A metric key: bare when the lexer reads it back whole, else quoted.</summary>
    public static string Name(string name)
    {
        if (Lexer.IsBareName(name))
        {
            return name;
        }
        var text = new StringBuilder(name.Length + 2).Append('"');
        foreach (var c in name)
        {
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (char.IsControl(c))
            {
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }
        return text.Append('"').ToString();
    }

    /// <summary>A duration in the largest of s, ms, us, ns that divides it.</summary>
    public static string Duration(ulong nanoseconds)
    {
        var (value, unit) = nanoseconds switch
        {
            0 => (0UL, ""),
            _ when nanoseconds % NanosecondsPerSecond == 0 => (nanoseconds / NanosecondsPerSecond, "s"),
            _ when nanoseconds % 1_000_000 == 0 => (nanoseconds / 1_000_000, "ms"),
            _ when nanoseconds % 1000 == 0 => (nanoseconds / 1000, "us"),
            _ => (nanoseconds, "ns"),
        };
        return value.ToString(CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>A piece of the user's text that is safe and short enough to stand in a reason.</summary>
    public static string Snippet(ReadOnlySpan<char> text)
    {
        var length = Math.Min(text.Length, SnippetLength);
        var snippet = new StringBuilder(length + 3);
        foreach (var c in text[..length])
        {
            snippet.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        }
        return (text.Length > length ? snippet.Append("...") : snippet).ToString();
    }

    public static string Symbol(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        ComparisonOperator.GreaterOrEqual => ">=",
        ComparisonOperator.Equal => "==",
        _ => "!=",
    };

    private static void Write(StringBuilder text, Formula formula, int outer)
    {
        // A child is put in parentheses unless it binds tighter than what is around it.
        var binding = Binding(formula);
        var enclose = binding <= outer;
        text.Append(enclose ? "(" : "");
        switch (formula)
        {
            case Comparison c:
                text.Append(c.Operand).Append(' ').Append(Symbol(c.Operator)).Append(' ').Append(c.Limit.ToString("R", CultureInfo.InvariantCulture));
                break;
            case Negation n:
                WriteCall(text, "not ", n.Term);
                break;
            case WindowedFormula w:
                WriteCall(text, (w.IsAlways ? "always" : "eventually") + w.Window, w.Term);
                break;
            case DuringFormula d:
                WriteCall(text, "during" + new TimeWindow(d.StartNs, d.EndNs) + (d is { StartNs: 0, EndNs: TimeWindow.OpenEnd } ? "[0,inf]" : ""), d.Term);
                break;
            case UntilFormula u:
                Write(text, u.Hold, binding);
                text.Append(" until").Append(u.Window).Append(' ');
                Write(text, u.Release, binding);
                break;
            case Implication i:
                Write(text, i.Premise, binding);
                text.Append(" -> ");
                Write(text, i.Conclusion, binding);
                break;
            case Junction j:
                for (var k = 0; k < j.Terms.Count; k++)
                {
                    text.Append(k == 0 ? "" : j.IsAnd ? " and " : " or ");
                    Write(text, j.Terms[k], binding);
                }
                break;
        }
        text.Append(enclose ? ")" : "");
    }

    private static void WriteCall(StringBuilder text, string head, Formula term)
    {
        text.Append(head).Append('(');
        Write(text, term, outer: 0);
        text.Append(')');
    }

    private static int Binding(Formula formula) => formula switch
    {
        Implication => 1,
        Junction { IsAnd: false } => 2,
        Junction => 3,
        UntilFormula => 4,
        _ => 5,
    };
}
