using System.Globalization;
using System.Text;

namespace RanCognition.Temporal.Logic;

/// <summary>Cuts the text of an expression into tokens. Never throws; what it cannot read is an invalid token with a reason.</summary>
/// <remarks>
/// A metric name follows 3GPP TS 28.552 and the object names of TS 32.300: it starts with a letter or <c>_</c> and goes on with letters,
/// digits and <c>_ . = / - , : [ ]</c>. The signs that also have another meaning (<c>= / - ,</c>) belong to it only between two
/// characters of a name; so operators around <c>=</c> and <c>/</c> need blanks. Any other key is written in double quotes.
/// </remarks>
internal ref struct Lexer(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Index of the first character that is not consumed; the parser sets it to go back.</summary>
    public int Position { get; set; }

    /// <summary>Whether a key can stand in an expression without quotes.</summary>
    public static bool IsBareName(string name)
    {
        var lexer = new Lexer(name);
        var token = lexer.Next();
        return token.Kind == TokenKind.Name && !token.IsQuoted && token.Start == 0 && token.End == name.Length;
    }

    public Token Next()
    {
        SkipBlanks();
        var start = Position;
        if (start >= _text.Length)
        {
            return new Token(TokenKind.End, start, start);
        }
        var c = _text[start];
        if (char.IsAsciiDigit(c) || c is '+' or '-' or '.' && DigitFollows(start + 1))
        {
            return Number(start);
        }
        if (IsNameStart(c))
        {
            return Word(start);
        }
        if (c == '"')
        {
            return Quoted(start);
        }
        var next = start + 1 < _text.Length ? _text[start + 1] : '\0';
        return (c, next) switch
        {
            ('-', '>') => Symbol(TokenKind.Arrow, start, 2),
            ('<', '=') => Compare(ComparisonOperator.LessOrEqual, start, 2),
            ('>', '=') => Compare(ComparisonOperator.GreaterOrEqual, start, 2),
            ('=', '=') => Compare(ComparisonOperator.Equal, start, 2),
            ('!', '=') => Compare(ComparisonOperator.NotEqual, start, 2),
            ('&', '&') => Symbol(TokenKind.And, start, 2),
            ('|', '|') => Symbol(TokenKind.Or, start, 2),
            ('<', _) => Compare(ComparisonOperator.Less, start, 1),
            ('>', _) => Compare(ComparisonOperator.Greater, start, 1),
            ('=', _) => Compare(ComparisonOperator.Equal, start, 1),
            ('\u2264', _) => Compare(ComparisonOperator.LessOrEqual, start, 1),
            ('\u2265', _) => Compare(ComparisonOperator.GreaterOrEqual, start, 1),
            ('\u2260', _) => Compare(ComparisonOperator.NotEqual, start, 1),
            ('!', _) => Symbol(TokenKind.Not, start, 1),
            ('/', _) => Symbol(TokenKind.Slash, start, 1),
            ('(', _) => Symbol(TokenKind.OpenParenthesis, start, 1),
            (')', _) => Symbol(TokenKind.CloseParenthesis, start, 1),
            ('[', _) => Symbol(TokenKind.OpenBracket, start, 1),
            (']', _) => Symbol(TokenKind.CloseBracket, start, 1),
            (',', _) => Symbol(TokenKind.Comma, start, 1),
            ('%', _) => Symbol(TokenKind.Percent, start, 1),
            _ => Invalid(start, $"'{FormulaText.Snippet(_text.Slice(start, 1))}' is not understood"),
        };
    }

    /// <summary>Reads the next duration of a window, e.g. <c>1.5min</c>; a bare number is seconds, <c>inf</c> is the open end.</summary>
    /// <returns>Null, or a reason with <see cref="Position"/> at the place it names.</returns>
    public string? Duration(out ulong nanoseconds)
    {
        nanoseconds = 0;
        SkipBlanks();
        var start = Position;
        var negative = start < _text.Length && _text[start] == '-';
        if (negative || start >= _text.Length || !(char.IsAsciiDigit(_text[start]) || _text[start] == '.' && DigitFollows(start + 1)))
        {
            if (_text[Math.Min(start, _text.Length)..].StartsWith("inf", StringComparison.OrdinalIgnoreCase))
            {
                Position = start + 3;
                nanoseconds = TimeWindow.OpenEnd;
                return null;
            }
            return negative ? "a window cannot begin or end before now" : "expected a time, e.g. 300s";
        }
        var end = NumberEnd(start);
        if (!decimal.TryParse(_text[start..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return "the time is out of range";
        }
        var unitStart = end;
        while (end < _text.Length && char.IsLetter(_text[end]))
        {
            end++;
        }
        var unit = UnitNanoseconds(_text[unitStart..end]);
        if (unit == 0)
        {
            Position = unitStart;
            return $"'{FormulaText.Snippet(_text[unitStart..end])}' is no unit of time; known: ns, us, ms, s, m, min, h, d";
        }
        // The first test keeps the product within a decimal. OpenEnd itself is taken, so the longest time is one nanosecond less.
        if (value > (decimal)TimeWindow.OpenEnd / unit + 1 || decimal.Round(value * unit) >= TimeWindow.OpenEnd)
        {
            return "the time is out of range";
        }
        Position = end;
        nanoseconds = (ulong)decimal.Round(value * unit);
        return null;
    }

    private static ulong UnitNanoseconds(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1,
        "us" or "\u00B5s" or "\u03BCs" => 1000,
        "ms" => 1_000_000,
        "" or "s" => 1_000_000_000,
        "m" or "min" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        "d" => 86_400_000_000_000,
        _ => 0,
    };

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or ':';

    private void SkipBlanks()
    {
        while (Position < _text.Length && char.IsWhiteSpace(_text[Position]))
        {
            Position++;
        }
    }

    private readonly bool DigitFollows(int at) =>
        at < _text.Length && (char.IsAsciiDigit(_text[at]) || _text[at] == '.' && at + 1 < _text.Length && char.IsAsciiDigit(_text[at + 1]));

    private Token Number(int start)
    {
        var end = NumberEnd(start);
        Position = end;
        var parsed = double.TryParse(_text[start..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        return parsed && double.IsFinite(value)
            ? new Token(TokenKind.Number, start, end) { Number = value }
            : Invalid(start, $"the number {FormulaText.Snippet(_text[start..end])} is out of range");
    }

    private readonly int NumberEnd(int start)
    {
        var end = start + (_text[start] is '+' or '-' ? 1 : 0);
        end = DigitsEnd(end);
        if (end < _text.Length && _text[end] == '.')
        {
            end = DigitsEnd(end + 1);
        }
        if (end < _text.Length && _text[end] is 'e' or 'E')
        {
            var exponent = end + 1;
            exponent += exponent < _text.Length && _text[exponent] is '+' or '-' ? 1 : 0;
            var exponentEnd = DigitsEnd(exponent);
            end = exponentEnd > exponent ? exponentEnd : end;
        }
        return end;
    }

    private readonly int DigitsEnd(int at)
    {
        while (at < _text.Length && char.IsAsciiDigit(_text[at]))
        {
            at++;
        }
        return at;
    }

    private Token Word(int start)
    {
        var end = start;
        while (end < _text.Length && IsNamePart(_text[end]))
        {
            end++;
        }
        var keyword = Keyword(_text[start..end]);
        var goesOn = end < _text.Length && _text[end] != '[' && JoinsName(end);
        if (keyword != TokenKind.Name && !goesOn)
        {
            Position = end;
            return new Token(keyword, start, end);
        }
        var brackets = 0;
        for (; end < _text.Length; end++)
        {
            var c = _text[end];
            if (c == '[')
            {
                brackets++;
            }
            else if (c == ']' && brackets > 0)
            {
                brackets--;
            }
            else if (!IsNamePart(c) && !JoinsName(end))
            {
                break;
            }
        }
        Position = end;
        if (brackets > 0)
        {
            return Invalid(start, "a metric name has '[' without ']'");
        }
        return end - start <= MetricReference.NameLengthMax
            ? new Token(TokenKind.Name, start, end) { Text = _text[start..end].ToString() }
            : Invalid(start, "a metric name is too long");
    }

    /// <summary>Whether the sign at this place stands between two characters of a name, so that it belongs to the name.</summary>
    private readonly bool JoinsName(int at) =>
        _text[at] is '=' or '/' or '-' or ',' && at + 1 < _text.Length && (char.IsLetterOrDigit(_text[at + 1]) || _text[at + 1] == '_');

    private static TokenKind Keyword(ReadOnlySpan<char> word) => word switch
    {
        "G" => TokenKind.Always,
        "F" => TokenKind.Eventually,
        "U" => TokenKind.Until,
        _ when Is(word, "always") || Is(word, "globally") => TokenKind.Always,
        _ when Is(word, "eventually") || Is(word, "finally") => TokenKind.Eventually,
        _ when Is(word, "until") => TokenKind.Until,
        _ when Is(word, "during") => TokenKind.During,
        _ when Is(word, "and") => TokenKind.And,
        _ when Is(word, "or") => TokenKind.Or,
        _ when Is(word, "not") => TokenKind.Not,
        _ when Is(word, "implies") => TokenKind.Arrow,
        _ => TokenKind.Name,
    };

    private static bool Is(ReadOnlySpan<char> word, string keyword) => word.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private Token Quoted(int start)
    {
        var name = new StringBuilder();
        for (var i = start + 1; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c == '"')
            {
                Position = i + 1;
                return name.Length is > 0 and <= MetricReference.NameLengthMax
                    ? new Token(TokenKind.Name, start, Position) { Text = name.ToString(), IsQuoted = true }
                    : Invalid(start, name.Length == 0 ? "a metric name is empty" : "a metric name is too long");
            }
            if (char.IsControl(c))
            {
                return Invalid(i, "a control character in a metric name");
            }
            if (c != '\\')
            {
                name.Append(c);
            }
            else if (i + 1 < _text.Length && _text[i + 1] is '"' or '\\')
            {
                name.Append(_text[++i]);
            }
            else if (i + 5 < _text.Length && _text[i + 1] == 'u'
                && ushort.TryParse(_text.Slice(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                name.Append((char)code);
                i += 5;
            }
            else
            {
                return Invalid(i, "an escape in a metric name is not understood; known: \\\", \\\\ and \\uXXXX");
            }
        }
        return Invalid(start, "a metric name has no closing quote");
    }

    private Token Symbol(TokenKind kind, int start, int length)
    {
        Position = start + length;
        return new Token(kind, start, Position);
    }

    private Token Compare(ComparisonOperator comparison, int start, int length)
    {
        Position = start + length;
        return new Token(TokenKind.Comparison, start, Position) { Comparison = comparison };
    }

    private static Token Invalid(int start, string reason) => new(TokenKind.Invalid, start, start) { Text = reason };
}
