using System.Globalization;

namespace RanCognition.Temporal.Logic;

/// <summary>Comparisons, their operands, and objectives.</summary>
internal ref partial struct ExpressionParser
{
    /// <summary>One side of a comparison: a number, or what is measured.</summary>
    private readonly record struct Side(Operand? Operand, double Number, bool IsPercent, int Start);

    private const string KnownFunctions = "p1..p99, mean, median, min, max, sum, last, std, rate";

    private Formula? ReadComparison()
    {
        if (!ReadSide(after: null, out var left) || !ReadOperator(left, out var first) || !ReadSide(FormulaText.Symbol(first), out var middle))
        {
            return null;
        }
        if (_token.Kind != TokenKind.Comparison)
        {
            return Compare(left, first, middle);
        }
        var chain = _token.Start;
        var second = _token.Comparison;
        Advance();
        if (!ReadSide(FormulaText.Symbol(second), out var right))
        {
            return null;
        }
        if (middle.Operand is null || left.Operand is not null || right.Operand is not null)
        {
            return Fault("a chain is: number, comparison, metric, comparison, number", chain);
        }
        if (!IsOneWay(first, second))
        {
            return Fault("both comparisons of a chain must point the same way", chain);
        }
        var low = Compare(left, first, middle);
        var high = Compare(middle, second, right);
        return low is null || high is null ? null : Formula.And(low, high);
    }

    private static bool IsOneWay(ComparisonOperator first, ComparisonOperator second)
    {
        var rising = first is ComparisonOperator.Less or ComparisonOperator.LessOrEqual;
        var falling = first is ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual;
        return rising && second is ComparisonOperator.Less or ComparisonOperator.LessOrEqual
            || falling && second is ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual;
    }

    private Formula? Compare(Side left, ComparisonOperator comparison, Side right)
    {
        if (left.Operand is not null == right.Operand is not null)
        {
            return Fault(left.Operand is null ? "expected a metric on one side of the comparison" : "expected a number on one side of the comparison", right.Start);
        }
        if (!Count())
        {
            return null;
        }
        var (operand, limit) = left.Operand is not null ? (left.Operand, right) : (right.Operand!, left);
        // A share of two metrics has unit 1, so 5 % of it is 0.05; a plain metric in % has its numbers in % already.
        var number = limit.IsPercent && operand.Metric.IsRatio ? limit.Number / 100 : limit.Number;
        return new Comparison(operand, left.Operand is not null ? comparison : Mirrored(comparison), number);
    }

    private static ComparisonOperator Mirrored(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Less => ComparisonOperator.Greater,
        ComparisonOperator.LessOrEqual => ComparisonOperator.GreaterOrEqual,
        ComparisonOperator.Greater => ComparisonOperator.Less,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.LessOrEqual,
        _ => comparison,
    };

    private bool ReadOperator(Side left, out ComparisonOperator comparison)
    {
        comparison = _token.Comparison;
        if (_token.Kind == TokenKind.Comparison)
        {
            Advance();
            return true;
        }
        var hint = left.Operand is { Metric.Name: var name } && name.Contains('=') ? "; blanks around '=' tell it from a name" : "";
        Unexpected($"expected a comparison (< <= > >= == !=) after '{Written(left)}'{hint}");
        return false;
    }

    private static string Written(Side side) => FormulaText.Snippet(side.Operand?.ToString() ?? side.Number.ToString("R", CultureInfo.InvariantCulture));

    private bool ReadSide(string? after, out Side side)
    {
        var start = _token.Start;
        if (_token.Kind == TokenKind.Number)
        {
            var number = _token.Number;
            Advance();
            var percent = _token.Kind == TokenKind.Percent;
            if (percent)
            {
                Advance();
            }
            side = new Side(null, number, percent, start);
            if (_token.Kind == TokenKind.Name)
            {
                Fault($"'{FormulaText.Snippet(_token.Text)}' after a number; the only unit understood here is %");
                return false;
            }
            return true;
        }
        var expected = after is null ? "expected a metric, a number or '('" : $"expected a number after '{after}'";
        var operand = ReadOperand(expected);
        side = new Side(operand, 0, false, start);
        return operand is not null;
    }

    private Operand? ReadOperand(string expected)
    {
        if (_token.Kind == TokenKind.OpenParenthesis)
        {
            if (!Enter())
            {
                return null;
            }
            Advance();
            var inner = ReadOperand("expected a metric");
            _depth--;
            return inner is not null && Expect(TokenKind.CloseParenthesis, "')'") ? inner : null;
        }
        if (_token.Kind != TokenKind.Name)
        {
            Unexpected(expected);
            return null;
        }
        var name = _token;
        Advance();
        if (_token.Kind != TokenKind.OpenParenthesis || name.IsQuoted)
        {
            return ReadRatio(name) is { } metric ? new Operand(OperandKind.Value, metric) : null;
        }
        if (Operand.Function(name.Text) is not { } function)
        {
            Fault($"unknown function '{FormulaText.Snippet(name.Text)}'; known: {KnownFunctions}", name.Start);
            return null;
        }
        Advance();
        var argument = _token;
        if (argument.Kind != TokenKind.Name)
        {
            Unexpected("expected a metric");
            return null;
        }
        Advance();
        var reference = ReadRatio(argument);
        return reference is not null && Expect(TokenKind.CloseParenthesis, "')'") ? new Operand(function.Kind, reference, function.Percent) : null;
    }

    private MetricReference? ReadRatio(Token name)
    {
        if (_token.Kind != TokenKind.Slash)
        {
            return new MetricReference(name.Text);
        }
        if (_token.Start == name.End || _lexer.Position == PeekStart())
        {
            Fault("a quotient of two metrics needs blanks on both sides of '/'");
            return null;
        }
        Advance();
        if (_token.Kind != TokenKind.Name)
        {
            Unexpected("expected a metric after '/'");
            return null;
        }
        var denominator = _token.Text;
        Advance();
        return new MetricReference(name.Text, denominator);
    }

    private readonly int PeekStart()
    {
        var ahead = _lexer;
        return ahead.Next().Start;
    }

    /// <summary>Whether the parenthesis that stands here holds a metric, as in <c>(a / b) &lt;= 1</c>, and not a formula.</summary>
    private readonly bool OperandInParentheses()
    {
        var ahead = _lexer;
        var token = ahead.Next();
        for (var names = 0; names < 2 && token.Kind == TokenKind.Name; names++)
        {
            token = ahead.Next();
            if (token.Kind == TokenKind.Slash)
            {
                token = ahead.Next();
            }
        }
        return token.Kind == TokenKind.CloseParenthesis && ahead.Next().Kind == TokenKind.Comparison;
    }

    private ObjectiveExpression? ReadObjective()
    {
        const string Expected = "expected 'maximize' or 'minimize' and a metric";
        if (_token.Kind != TokenKind.Name || _token.IsQuoted || Direction(_token.Text) is not { } direction)
        {
            Unexpected(Expected);
            return null;
        }
        Advance();
        var start = _token.Start;
        if (_token.Kind == TokenKind.End)
        {
            Unexpected("expected a metric");
            return null;
        }
        var operand = ReadOperand("expected a metric");
        if (operand is null)
        {
            return null;
        }
        if (operand.Kind == OperandKind.Rate)
        {
            Fault("'rate' is understood in constraints only", start);
            return null;
        }
        if (_token.Kind != TokenKind.End)
        {
            Unexpected("expected the end of the objective");
            return null;
        }
        return new ObjectiveExpression(direction, operand);
    }

    private static ObjectiveDirection? Direction(string word) => word.ToLowerInvariant() switch
    {
        "maximize" or "maximise" or "max" => ObjectiveDirection.Maximize,
        "minimize" or "minimise" or "min" => ObjectiveDirection.Minimize,
        _ => null,
    };
}
