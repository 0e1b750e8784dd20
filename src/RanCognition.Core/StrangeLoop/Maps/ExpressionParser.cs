using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.Maps;

/// <summary>Reads an expression and makes its program.</summary>
/// <remarks>
/// From loose to tight: comparisons (at most one in a row), + and -, * and /, signs, ^ (also written **), which takes its right side first: -x^2 is -(x^2), 2^-x is 2^(-x), a^b^c is a^(b^c). Numbers are
/// decimal; a multiplication sign is never left out. Operators of one kind are read by climbing (Pratt, "Top down operator precedence", POPL 1973), so that only parentheses, functions and powers nest, to a
/// bounded depth.
/// </remarks>
internal sealed class ExpressionParser
{
    /// <summary>Parentheses, functions and powers within each other.</summary>
    public const int DepthMax = 100;

    private const int ComparisonLevel = 1, SumLevel = 2, ProductLevel = 3;

    private readonly string _text;
    private readonly Dictionary<string, int> _variables;
    private readonly string _place;
    private readonly ExpressionOperation[] _operations;
    private readonly double[] _numbers;
    private readonly int[] _first;
    private readonly int[] _second;
    private int _steps;
    private int _position;
    private int _depth;

    /// <param name="text">The expression.</param>
    /// <param name="variables">Places of the variables by name.</param>
    /// <param name="place">Where the expression was given, for messages.</param>
    public ExpressionParser(string text, Dictionary<string, int> variables, string place)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > StrangeLoopLimits.ExpressionBytesMax)
        {
            throw new LimitExceededException(place, string.Create(CultureInfo.InvariantCulture, $"has {bytes} bytes, at most {StrangeLoopLimits.ExpressionBytesMax}"));
        }
        _text = text;
        _variables = variables;
        _place = place;
        _operations = new ExpressionOperation[text.Length];   // each step is made by a character of its own, at least
        _numbers = new double[text.Length];
        _first = new int[text.Length];
        _second = new int[text.Length];
    }

    /// <summary>The program of the whole text.</summary>
    public ExpressionProgram Parse()
    {
        Binary(ComparisonLevel);
        if (!IsAtEnd())
        {
            Fail(_text[_position] == ')' ? "')' without '('" : "expected an operator");
        }
        var operations = new ExpressionOperation[_steps];
        Array.Copy(_operations, operations, _steps);
        return new ExpressionProgram(operations, _numbers[.._steps], _first[.._steps], _second[.._steps]);
    }

    /// <summary>Where a name that begins at a place ends; the place itself when none does.</summary>
    public static int NameEnd(string text, int start)
    {
        int end = start;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] == '_' || (end > start && char.IsAsciiDigit(text[end]))))
        {
            end++;
        }
        return end;
    }

    /// <summary>Operators of a level and all tighter ones, from the left.</summary>
    private void Binary(int level)
    {
        Signed();
        bool isCompared = false;
        while (Operator(out ExpressionOperation operation, out int length) is var found && found >= level)
        {
            if (found == ComparisonLevel && isCompared)
            {
                Fail("comparisons cannot be chained");
            }
            isCompared |= found == ComparisonLevel;
            _position += length;
            int first = _steps - 1;
            Binary(found + 1);
            Add(operation, first);
        }
    }

    /// <summary>The operator that comes next.</summary>
    /// <returns>Its level; 0 = none comes.</returns>
    private int Operator(out ExpressionOperation operation, out int length)
    {
        operation = default;
        length = 1;
        if (IsAtEnd())
        {
            return 0;
        }
        bool isEqualNext = _position + 1 < _text.Length && _text[_position + 1] == '=';
        switch (_text[_position])
        {
            case '+':
                operation = ExpressionOperation.Add;
                return SumLevel;
            case '-':
                operation = ExpressionOperation.Subtract;
                return SumLevel;
            case '*':
                operation = ExpressionOperation.Multiply;
                return ProductLevel;
            case '/':
                operation = ExpressionOperation.Divide;
                return ProductLevel;
            case '<':
                operation = isEqualNext ? ExpressionOperation.LessOrEqual : ExpressionOperation.Less;
                break;
            case '>':
                operation = isEqualNext ? ExpressionOperation.GreaterOrEqual : ExpressionOperation.Greater;
                break;
            case '=' when isEqualNext:
                operation = ExpressionOperation.Equal;
                break;
            case '!' when isEqualNext:
                operation = ExpressionOperation.NotEqual;
                break;
            default:
                return 0;
        }
        length = isEqualNext ? 2 : 1;
        return ComparisonLevel;
    }

    /// <summary>Signs, and what they are of: a power or a single thing.</summary>
    private void Signed()
    {
        bool isNegative = false;
        while (!IsAtEnd() && _text[_position] is '-' or '+')
        {
            isNegative ^= _text[_position++] == '-';
        }
        Primary();
        if (!IsAtEnd() && (_text[_position] == '^' || (_text[_position] == '*' && _position + 1 < _text.Length && _text[_position + 1] == '*')))
        {
            Enter(_text[_position] == '^' ? 1 : 2);
            int first = _steps - 1;
            Signed();
            Add(ExpressionOperation.Power, first);
            _depth--;
        }
        if (isNegative)
        {
            if (_operations[_steps - 1] == ExpressionOperation.Number)
            {
                _numbers[_steps - 1] = -_numbers[_steps - 1];
            }
            else
            {
                Add(ExpressionOperation.Negate, 0);
            }
        }
    }

    private void Primary()
    {
        char next = IsAtEnd() ? '\0' : _text[_position];
        int end = NameEnd(_text, _position);
        if (end > _position)
        {
            Name(end);
        }
        else if (next == '(')
        {
            Enter(1);
            Binary(ComparisonLevel);
            Expect(')');
            _depth--;
        }
        else if (char.IsAsciiDigit(next) || (next == '.' && _position + 1 < _text.Length && char.IsAsciiDigit(_text[_position + 1])))
        {
            Number();
        }
        else
        {
            Fail("expected a number, a name or '('");
        }
    }

    private void Number()
    {
        int end = DigitsEnd(_position);
        if (end < _text.Length && _text[end] == '.')
        {
            end = DigitsEnd(end + 1);
        }
        if (end < _text.Length && _text[end] is 'e' or 'E')
        {
            int digits = end + (end + 1 < _text.Length && _text[end + 1] is '+' or '-' ? 2 : 1);
            int last = DigitsEnd(digits);
            end = last > digits ? last : end;
        }
        double value = double.Parse(_text.AsSpan(_position, end - _position), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            Fail("the number is too large");
        }
        _position = end;
        _numbers[_steps] = value;
        Add(ExpressionOperation.Number, 0);
    }

    private int DigitsEnd(int start)
    {
        while (start < _text.Length && char.IsAsciiDigit(_text[start]))
        {
            start++;
        }
        return start;
    }

    private void Name(int end)
    {
        int start = _position;
        string name = _text[start..end];
        _position = end;
        bool isCall = !IsAtEnd() && _text[_position] == '(';
        if (isCall && ExpressionNames.IsFunction(name, out ExpressionOperation function))
        {
            Call(name, function);
        }
        else if (!isCall && _variables.TryGetValue(name, out int variable))
        {
            Add(ExpressionOperation.Variable, variable);
        }
        else if (!isCall && ExpressionNames.Constant(name) is { } constant)
        {
            _numbers[_steps] = constant;
            Add(ExpressionOperation.Number, 0);
        }
        else if (_variables.ContainsKey(name))
        {
            Fail("expected an operator");
        }
        else if (ExpressionNames.IsFunction(name, out _))
        {
            Fail("expected '('");
        }
        else
        {
            _position = start;
            Fail(isCall ? $"'{Short(name)}' is no function (known: {ExpressionNames.List})"
                : $"'{Short(name)}' is not known (variables: {VariableList()}; constants: pi e; functions: {ExpressionNames.List})");
        }
    }

    /// <summary>A function of numbers: one, two or three as it wants, min and max of any.</summary>
    private void Call(string name, ExpressionOperation function)
    {
        bool isOfMany = function is ExpressionOperation.Min or ExpressionOperation.Max;
        int wanted = ExpressionNames.Operands(function), count = 0, first = 0, second = 0;
        Enter(1);
        while (true)
        {
            Binary(ComparisonLevel);
            count++;
            if (isOfMany && count > 1)
            {
                Add(function, first);
            }
            first = count == 1 || isOfMany ? _steps - 1 : first;
            second = count == 2 ? _steps - 1 : second;
            if (IsAtEnd() || _text[_position] != ',')
            {
                break;
            }
            if (!isOfMany && count == wanted)
            {
                Fail(string.Create(CultureInfo.InvariantCulture, $"'{name}' takes {wanted} {(wanted == 1 ? "number" : "numbers")}"));
            }
            _position++;
        }
        if (!isOfMany && count < wanted)
        {
            Fail(string.Create(CultureInfo.InvariantCulture, $"'{name}' takes {wanted} numbers"));
        }
        Expect(')');
        _depth--;
        if (!isOfMany)
        {
            Add(function, first, second);
        }
    }

    private void Add(ExpressionOperation operation, int first, int second = 0)
    {
        _operations[_steps] = operation;
        _first[_steps] = first;
        _second[_steps] = second;
        _steps++;
    }

    private void Enter(int length)
    {
        if (++_depth > DepthMax)
        {
            Fail(string.Create(CultureInfo.InvariantCulture, $"more than {DepthMax} parentheses, functions and powers within each other"));
        }
        _position += length;
    }

    private void Expect(char sign)
    {
        if (IsAtEnd() || _text[_position] != sign)
        {
            Fail($"expected '{sign}'");
        }
        _position++;
    }

    private bool IsAtEnd()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }
        return _position == _text.Length;
    }

    private string VariableList()
    {
        var list = new StringBuilder();
        int count = 0;
        foreach (string name in _variables.Keys)
        {
            if (++count > 10)
            {
                list.Append(" ..");
                break;
            }
            list.Append(count > 1 ? " " : "").Append(Short(name));
        }
        return list.ToString();
    }

    private static string Short(string name) => name.Length <= 40 ? name : name[..40] + "..";

    [DoesNotReturn]
    private void Fail(string reason) =>
        throw new InvalidInputException(_place, string.Create(CultureInfo.InvariantCulture, $"{reason} at byte {Encoding.UTF8.GetByteCount(_text.AsSpan(0, _position))}"));
}
