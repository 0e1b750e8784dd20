namespace RanCognition.Temporal.Logic;

/// <summary>Recursive descent over the tokens of one constraint or objective. Never throws on text: a null result has a reason.</summary>
/// <remarks>
/// <code>
/// formula     = or [ "->" formula ]
/// or          = and { "or" and }
/// and         = until { "and" until }
/// until       = unary [ "until" [window] unary ]
/// unary       = "not" unary | ("always" | "eventually" | "during") [window] unary | primary
/// primary     = "(" formula ")" | side comparison side [ comparison side ]
/// side        = number [ "%" ] | operand
/// operand     = function "(" metric ")" | metric | "(" metric ")"
/// metric      = name [ " / " name ]
/// window      = "[" time "," time "]"
/// </code>
/// </remarks>
internal ref partial struct ExpressionParser
{
    /// <summary>Upper bound on the length of a text, characters.</summary>
    public const int TextLengthMax = 4096;

    /// <summary>Upper bound on operators and parentheses inside one another, which bounds the stack: about 32 x 6 small frames.</summary>
    public const int DepthMax = 32;

    private Lexer _lexer;
    private Token _token;
    private string? _reason;   // the first fault found; set once, every method then returns null
    private int _depth;
    private int _nodes;

    private ExpressionParser(string text)
    {
        _lexer = new Lexer(text);
        Advance();
    }

    public static Formula? Constraint(string text, out string? reason)
    {
        reason = LengthFault(text);
        if (reason is not null)
        {
            return null;
        }
        var parser = new ExpressionParser(text);
        var formula = parser.ReadFormula();
        if (formula is not null && parser._token.Kind != TokenKind.End)
        {
            formula = parser.Unexpected("expected the end of the constraint");
        }
        if (formula is not null && DuringInside(formula, outermost: true))
        {
            formula = null;
            parser._reason = "'during' is only understood outermost, alone or in an 'and'";
        }
        reason = parser._reason;
        return formula;
    }

    public static ObjectiveExpression? Objective(string text, out string? reason)
    {
        reason = LengthFault(text);
        if (reason is not null)
        {
            return null;
        }
        var parser = new ExpressionParser(text);
        var objective = parser.ReadObjective();
        reason = parser._reason;
        return objective;
    }

    private static string? LengthFault(string text) =>
        text.Length > TextLengthMax ? $"column {TextLengthMax + 1}: the text is longer than {TextLengthMax} characters" : null;

    private static bool DuringInside(Formula formula, bool outermost)
    {
        var childOutermost = outermost && formula is Junction { IsAnd: true };
        foreach (var child in formula.Children)
        {
            if (child is DuringFormula && !childOutermost || DuringInside(child, childOutermost))
            {
                return true;
            }
        }
        return false;
    }

    private Formula? ReadFormula()
    {
        if (!Enter())
        {
            return null;
        }
        var formula = ReadJunction(isAnd: false);
        if (formula is not null && _token.Kind == TokenKind.Arrow)
        {
            Advance();
            var conclusion = ReadFormula();
            formula = conclusion is null ? null : new Implication(formula, conclusion);
        }
        _depth--;
        return formula;
    }

    private Formula? ReadJunction(bool isAnd)
    {
        var joint = isAnd ? TokenKind.And : TokenKind.Or;
        var first = isAnd ? ReadUntil() : ReadJunction(isAnd: true);
        if (first is null || _token.Kind != joint)
        {
            return first;
        }
        var terms = new List<Formula> { first };
        while (_token.Kind == joint)
        {
            Advance();
            var term = isAnd ? ReadUntil() : ReadJunction(isAnd: true);
            if (term is null)
            {
                return null;
            }
            terms.Add(term);
        }
        return isAnd ? Formula.And(terms) : Formula.Or(terms);
    }

    private Formula? ReadUntil()
    {
        var hold = ReadUnary();
        if (hold is null || _token.Kind != TokenKind.Until)
        {
            return hold;
        }
        Advance();
        if (!ReadWindow(out var window) || !Count())
        {
            return null;
        }
        var release = ReadUnary();
        if (_token.Kind == TokenKind.Until && release is not null)
        {
            return Fault("put one of two 'until' in parentheses");
        }
        return release is null ? null : new UntilFormula(hold, window, release);
    }

    private Formula? ReadUnary()
    {
        var kind = _token.Kind;
        if (kind is not (TokenKind.Not or TokenKind.Always or TokenKind.Eventually or TokenKind.During))
        {
            return ReadPrimary();
        }
        if (!Enter())
        {
            return null;
        }
        Advance();
        var window = TimeWindow.Whole;
        if (kind != TokenKind.Not && !ReadWindow(out window) || !Count())
        {
            return null;
        }
        var term = ReadUnary();
        _depth--;
        return (term, kind) switch
        {
            (null, _) => null,
            (_, TokenKind.Not) => new Negation(term),
            (_, TokenKind.During) => new DuringFormula(window.StartNs, window.EndNs, term),
            _ => new WindowedFormula(kind == TokenKind.Always, window, term),
        };
    }

    private Formula? ReadPrimary()
    {
        if (_token.Kind != TokenKind.OpenParenthesis || OperandInParentheses())
        {
            return ReadComparison();
        }
        Advance();
        var formula = ReadFormula();
        return formula is not null && Expect(TokenKind.CloseParenthesis, "')'") ? formula : null;
    }

    /// <summary>Reads an optional window after a temporal operator.</summary>
    private bool ReadWindow(out TimeWindow window)
    {
        window = TimeWindow.Whole;
        if (_token.Kind != TokenKind.OpenBracket)
        {
            return true;
        }
        var opened = _token.Start;
        if (!ReadDuration(out var start) || !Expect(TokenKind.Comma, "',' between the ends of the window", advance: false) || !ReadDuration(out var end))
        {
            return false;
        }
        if (start == TimeWindow.OpenEnd || start > end)
        {
            Fault("the window ends before it begins", opened);
            return false;
        }
        window = new TimeWindow(start, end);
        return Expect(TokenKind.CloseBracket, "']'");
    }

    /// <summary>Reads a duration right after the current token, and the token that follows it.</summary>
    private bool ReadDuration(out ulong nanoseconds)
    {
        var fault = _lexer.Duration(out nanoseconds);
        if (fault is not null)
        {
            Fault(fault, _lexer.Position);
            return false;
        }
        Advance();
        return true;
    }

    private bool Enter()
    {
        if (++_depth > DepthMax)
        {
            Fault($"more than {DepthMax} operators or parentheses inside one another");
            return false;
        }
        return true;
    }

    private bool Count()
    {
        if (++_nodes > Formula.NodesMax)
        {
            Fault($"more than {Formula.NodesMax} comparisons and operators");
            return false;
        }
        return true;
    }

    private void Advance() => _token = _lexer.Next();

    private bool Expect(TokenKind kind, string what, bool advance = true)
    {
        if (_token.Kind != kind)
        {
            Unexpected("expected " + what);
            return false;
        }
        if (advance)
        {
            Advance();
        }
        return true;
    }

    /// <summary>The current token does not fit; what the lexer found wrong with it goes before what was expected.</summary>
    private Formula? Unexpected(string expected) =>
        Fault(_token.Kind == TokenKind.Invalid ? _token.Text : _token.Kind == TokenKind.End ? expected + ", found the end of the text" : expected);

    private Formula? Fault(string fault) => Fault(fault, _token.Start);

    private Formula? Fault(string fault, int at)
    {
        _reason ??= $"column {at + 1}: {fault}";
        return null;
    }
}
