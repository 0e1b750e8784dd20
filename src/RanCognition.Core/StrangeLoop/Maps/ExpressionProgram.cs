namespace RanCognition.StrangeLoop.Maps;

/// <summary>An expression as steps, each of which makes one number of numbers made before.</summary>
/// <remarks>
/// The steps are in postfix order, so the last operand of a step is made by the step before it. Slopes come from one sweep back over the steps (Griewank and Walther, Evaluating Derivatives, SIAM 2008, chapter
/// 3), which costs about as much as some evaluations, however many variables there are. Where a function has a corner the slope is that of one side; what does not move contributes
/// nothing, also through a slope that is infinite. A number that is not one (NaN) stays so through every step, comparisons and the choice of <c>if</c> included.
/// </remarks>
internal sealed class ExpressionProgram
{
    private const double Ln2 = 0.69314718055994530942, Ln10 = 2.30258509299404568402;

    private readonly ExpressionOperation[] _operations;
    private readonly double[] _numbers;   // of Number
    private readonly int[] _first;   // step that makes the first operand; the variable of Variable
    private readonly int[] _second;   // of If, the step that makes the second operand

    public ExpressionProgram(ExpressionOperation[] operations, double[] numbers, int[] first, int[] second)
    {
        _operations = operations;
        _numbers = numbers;
        _first = first;
        _second = second;
    }

    public int Steps => _operations.Length;

    /// <summary>The value.</summary>
    /// <param name="x">Values of the variables.</param>
    /// <param name="values">Gets the number that each step makes.</param>
    public double Evaluate(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < _operations.Length; i++)
        {
            int first = _first[i];
            double last = i > 0 ? values[i - 1] : 0;
            values[i] = _operations[i] switch
            {
                ExpressionOperation.Number => _numbers[i],
                ExpressionOperation.Variable => x[first],
                ExpressionOperation.If => double.IsNaN(values[first]) ? double.NaN : values[first] != 0 ? values[_second[i]] : last,
                >= ExpressionOperation.Add => Combine(_operations[i], values[first], last),
                _ => Function(_operations[i], last),
            };
        }
        return values[_operations.Length - 1];
    }

    /// <summary>The slopes at the point that was evaluated last.</summary>
    /// <param name="values">As Evaluate left them.</param>
    /// <param name="weights">As long as the values; used up.</param>
    /// <param name="slopes">Gets the derivative by each variable.</param>
    public void Slopes(ReadOnlySpan<double> values, Span<double> weights, Span<double> slopes)
    {
        slopes.Clear();
        weights[.._operations.Length].Clear();
        weights[_operations.Length - 1] = 1;
        for (int i = _operations.Length - 1; i >= 0; i--)
        {
            double weight = weights[i];
            if (weight == 0)
            {
                continue;
            }
            int first = _first[i];
            switch (_operations[i])
            {
                case ExpressionOperation.Number:
                    break;
                case ExpressionOperation.Variable:
                    slopes[first] += weight;
                    break;
                case ExpressionOperation.If:
                    if (double.IsNaN(values[first]))
                    {
                        slopes.Fill(double.NaN);
                        return;
                    }
                    weights[values[first] != 0 ? _second[i] : i - 1] += weight;
                    break;
                case >= ExpressionOperation.Add:
                    (double byFirst, double byLast) = CombinationSlopes(_operations[i], values[first], values[i - 1], values[i]);
                    weights[first] += Product(weight, byFirst);
                    weights[i - 1] += Product(weight, byLast);
                    break;
                default:
                    weights[i - 1] += Product(weight, FunctionSlope(_operations[i], values[i - 1], values[i]));
                    break;
            }
        }
    }

    /// <summary>What a slope adds, with 0 times infinite = 0.</summary>
    private static double Product(double weight, double slope) => slope == 0 ? 0 : weight * slope;

    private static double Function(ExpressionOperation operation, double a) => operation switch
    {
        ExpressionOperation.Negate => -a,
        ExpressionOperation.Sin => Math.Sin(a),
        ExpressionOperation.Cos => Math.Cos(a),
        ExpressionOperation.Tan => Math.Tan(a),
        ExpressionOperation.Asin => Math.Asin(a),
        ExpressionOperation.Acos => Math.Acos(a),
        ExpressionOperation.Atan => Math.Atan(a),
        ExpressionOperation.Sinh => Math.Sinh(a),
        ExpressionOperation.Cosh => Math.Cosh(a),
        ExpressionOperation.Tanh => Math.Tanh(a),
        ExpressionOperation.Exp => Math.Exp(a),
        ExpressionOperation.Ln => Math.Log(a),
        ExpressionOperation.Log10 => Math.Log10(a),
        ExpressionOperation.Log2 => Math.Log2(a),
        ExpressionOperation.Sqrt => Math.Sqrt(a),
        ExpressionOperation.Cbrt => Math.Cbrt(a),
        ExpressionOperation.Abs => Math.Abs(a),
        ExpressionOperation.Floor => Math.Floor(a),
        ExpressionOperation.Ceil => Math.Ceiling(a),
        ExpressionOperation.Sign => double.IsNaN(a) ? a : Math.Sign(a),
        _ => double.IsNaN(a) ? a : a >= 0 ? 1 : 0,   // Step
    };

    private static double FunctionSlope(ExpressionOperation operation, double a, double value) => operation switch
    {
        ExpressionOperation.Negate => -1,
        ExpressionOperation.Sin => Math.Cos(a),
        ExpressionOperation.Cos => -Math.Sin(a),
        ExpressionOperation.Tan => 1 + value * value,
        ExpressionOperation.Asin => 1 / Math.Sqrt((1 - a) * (1 + a)),
        ExpressionOperation.Acos => -1 / Math.Sqrt((1 - a) * (1 + a)),
        ExpressionOperation.Atan => 1 / (1 + a * a),
        ExpressionOperation.Sinh => Math.Cosh(a),
        ExpressionOperation.Cosh => Math.Sinh(a),
        ExpressionOperation.Tanh => (1 - value) * (1 + value),
        ExpressionOperation.Exp => value,
        ExpressionOperation.Ln => double.IsNaN(value) ? value : 1 / a,
        ExpressionOperation.Log10 => double.IsNaN(value) ? value : 1 / (a * Ln10),
        ExpressionOperation.Log2 => double.IsNaN(value) ? value : 1 / (a * Ln2),
        ExpressionOperation.Sqrt => 0.5 / value,
        ExpressionOperation.Cbrt => 1 / (3 * value * value),
        ExpressionOperation.Abs => a < 0 ? -1 : a > 0 ? 1 : a,   // 0, or not a number
        _ => double.IsNaN(a) ? a : 0,   // flat between its jumps
    };

    private static double Combine(ExpressionOperation operation, double a, double b) => operation switch
    {
        ExpressionOperation.Add => a + b,
        ExpressionOperation.Subtract => a - b,
        ExpressionOperation.Multiply => a * b,
        ExpressionOperation.Divide => a / b,
        ExpressionOperation.Power => Math.Pow(a, b),
        ExpressionOperation.Atan2 => Math.Atan2(a, b),
        ExpressionOperation.Modulo => a - b * Math.Floor(a / b),
        ExpressionOperation.Min => Math.Min(a, b),
        ExpressionOperation.Max => Math.Max(a, b),
        _ => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Holds(operation, a, b) ? 1 : 0,
    };

    private static bool Holds(ExpressionOperation operation, double a, double b) => operation switch
    {
        ExpressionOperation.Less => a < b,
        ExpressionOperation.LessOrEqual => a <= b,
        ExpressionOperation.Greater => a > b,
        ExpressionOperation.GreaterOrEqual => a >= b,
        ExpressionOperation.Equal => a == b,
        _ => a != b,
    };

    /// <summary>Derivatives by the two operands.</summary>
    private static (double ByFirst, double ByLast) CombinationSlopes(ExpressionOperation operation, double a, double b, double value)
    {
        switch (operation)
        {
            case ExpressionOperation.Add:
                return (1, 1);
            case ExpressionOperation.Subtract:
                return (1, -1);
            case ExpressionOperation.Multiply:
                return (b, a);
            case ExpressionOperation.Divide:
                return (1 / b, -value / b);
            case ExpressionOperation.Power:
                double byBase = b == 0 ? 0 : b == 1 ? 1 : b == 2 ? 2 * a : b * Math.Pow(a, b - 1);
                double byExponent = value == 0 && b > 0 ? 0 : value * Math.Log(a);
                return (byBase, byExponent);
            case ExpressionOperation.Atan2:
                double square = a * a + b * b;
                return (b / square, -a / square);
            case ExpressionOperation.Modulo:
                return (1, -Math.Floor(a / b));
            case ExpressionOperation.Min:
                return double.IsNaN(value) ? (value, value) : a <= b ? (1, 0) : (0, 1);
            case ExpressionOperation.Max:
                return double.IsNaN(value) ? (value, value) : a >= b ? (1, 0) : (0, 1);
            default:
                return double.IsNaN(value) ? (value, value) : (0, 0);
        }
    }
}
