namespace RanCognition.Temporal.Logic;

/// <summary>Kinds of token of the expression language.</summary>
internal enum TokenKind
{
    End,
    Invalid,
    Name,
    Number,
    Comparison,
    Slash,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Comma,
    Percent,
    Arrow,
    And,
    Or,
    Not,
    Always,
    Eventually,
    Until,
    During,
}
