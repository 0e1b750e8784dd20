namespace RanCognition.Temporal.Logic;

/// <summary>One token: its kind, where it stands in the text, and what it says.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End)
{
    /// <summary>Value of a number.</summary>
    public double Number { get; init; }

    /// <summary>Which comparison it is.</summary>
    public ComparisonOperator Comparison { get; init; }

    /// <summary>Key of a name, without quotes; the reason of an invalid token.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether a name was written in quotes, and so is never a function or a direction.</summary>
    public bool IsQuoted { get; init; }
}
