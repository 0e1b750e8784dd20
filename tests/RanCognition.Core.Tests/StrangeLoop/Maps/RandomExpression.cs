using System.Globalization;
using RanCognition.Numerics;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>A random tree of operations: its text, with no more parentheses than the grammar asks for (and some to spare), and its value by plain recursion.</summary>
internal sealed class RandomExpression
{
    // Levels of the grammar, from loose to tight.
    private const int Comparison = 1, Sum = 2, Product = 3, Sign = 4, Power = 5, Single = 6;

    private readonly int _level;
    private readonly Func<double[], double> _value;

    private RandomExpression(string text, int level, Func<double[], double> value)
    {
        Text = text;
        _level = level;
        _value = value;
    }

    public string Text { get; }

    public double Value(double[] x) => _value(x);

    public static RandomExpression Of(ref RandomStream random, string[] variables, int depth, bool isSmooth)
    {
        if (depth == 0 || random.NextDouble() < 0.15)
        {
            return Leaf(ref random, variables);
        }
        RandomExpression a = Of(ref random, variables, depth - 1, isSmooth), b = Of(ref random, variables, depth - 1, isSmooth);
        string space = random.NextDouble() < 0.5 ? " " : "";
        switch ((int)(random.NextDouble() * (isSmooth ? 8 : 14)))
        {
            case 0:
                return new($"{At(a, Sum)}{space}+{space}{At(b, Product)}", Sum, x => a.Value(x) + b.Value(x));
            case 1:
                return new($"{At(a, Sum)}{space}-{space}{At(b, Product)}", Sum, x => a.Value(x) - b.Value(x));
            case 2:
                return new($"{At(a, Product)}{space}*{space}{At(b, Sign)}", Product, x => a.Value(x) * b.Value(x));
            case 3:
                return new($"{At(a, Product)}{space}/{space}{At(b, Sign)}", Product, x => a.Value(x) / b.Value(x));
            case 4:
                return new($"-{space}{At(a, Sign)}", Sign, x => -a.Value(x));
            case 5:
                string sign = random.NextDouble() < 0.5 ? "^" : "**";
                return new($"{At(a, Single)}{space}{sign}{space}{At(b, Sign)}", Power, x => Math.Pow(a.Value(x), b.Value(x)));
            case 6:
                return Function(ref random, a);
            case 7:
                return random.NextDouble() < 0.5
                    ? new($"atan2({a.Text},{space}{b.Text})", Single, x => Math.Atan2(a.Value(x), b.Value(x)))
                    : new($"pow ({a.Text} ,{b.Text})", Single, x => Math.Pow(a.Value(x), b.Value(x)));
            case 8:
                RandomExpression c = Of(ref random, variables, depth - 1, isSmooth);
                return new($"if({c.Text}, {a.Text}, {b.Text})", Single, x => c.Value(x) is var condition && double.IsNaN(condition) ? double.NaN : condition != 0 ? a.Value(x) : b.Value(x));
            case 9:
                RandomExpression third = Of(ref random, variables, depth - 1, isSmooth);
                return random.NextDouble() < 0.5
                    ? new($"min({a.Text},{b.Text},{third.Text})", Single, x => Math.Min(Math.Min(a.Value(x), b.Value(x)), third.Value(x)))
                    : new($"max({a.Text},{b.Text},{third.Text})", Single, x => Math.Max(Math.Max(a.Value(x), b.Value(x)), third.Value(x)));
            case 10:
                return new($"mod({a.Text},{b.Text})", Single, x => a.Value(x) - b.Value(x) * Math.Floor(a.Value(x) / b.Value(x)));
            case 11:
                return new($"floor({a.Text})+ceil({b.Text})", Sum, x => Math.Floor(a.Value(x)) + Math.Ceiling(b.Value(x)));
            case 12:
                return new($"sign({a.Text})*step({b.Text})", Product, x => a.Value(x) is var left && b.Value(x) is var right && (double.IsNaN(left) || double.IsNaN(right)) ? double.NaN
                    : (left > 0 ? 1.0 : left < 0 ? -1.0 : 0.0) * (right >= 0 ? 1.0 : 0.0));
            default:
                string[] signs = ["<", "<=", ">", ">=", "==", "!="];
                string compared = signs[(int)(random.NextDouble() * signs.Length)];
                return new($"{At(a, Sum)}{space}{compared}{space}{At(b, Sum)}", Comparison, x => Compared(compared, a.Value(x), b.Value(x)));
        }
    }

    private static RandomExpression Leaf(ref RandomStream random, string[] variables)
    {
        double choice = random.NextDouble();
        if (choice < 0.6)
        {
            int place = (int)(random.NextDouble() * variables.Length);
            return new(variables[place], Single, x => x[place]);
        }
        if (choice < 0.7)
        {
            return random.NextDouble() < 0.5 ? new("pi", Single, _ => Math.PI) : new("e", Single, _ => Math.E);
        }
        double number = Math.Round(5 * random.NextDouble(), 3);
        string text = (int)(random.NextDouble() * 4) switch
        {
            0 => number.ToString("E3", CultureInfo.InvariantCulture),
            1 => number.ToString("0.000", CultureInfo.InvariantCulture),
            2 => number.ToString(".000", CultureInfo.InvariantCulture),
            _ => number.ToString("R", CultureInfo.InvariantCulture),
        };
        return new(text, Single, _ => number);
    }

    private static RandomExpression Function(ref RandomStream random, RandomExpression a)
    {
        (string Name, Func<double, double> Of)[] functions =
        [
            ("sin", Math.Sin), ("cos", Math.Cos), ("tan", Math.Tan), ("asin", Math.Asin), ("acos", Math.Acos), ("atan", Math.Atan), ("sinh", Math.Sinh), ("cosh", Math.Cosh), ("tanh", Math.Tanh),
            ("exp", Math.Exp), ("ln", Math.Log), ("log", Math.Log), ("log10", Math.Log10), ("log2", Math.Log2), ("sqrt", Math.Sqrt), ("cbrt", Math.Cbrt), ("abs", Math.Abs),
        ];
        (string name, Func<double, double> of) = functions[(int)(random.NextDouble() * functions.Length)];
        return new($"{name}({a.Text})", Single, x => of(a.Value(x)));
    }

    private static double Compared(string sign, double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : sign switch
    {
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        ">=" => a >= b,
        "==" => a == b,
        _ => a != b,
    } ? 1 : 0;

    private static string At(RandomExpression part, int level) => part._level < level ? $"({part.Text})" : part.Text;
}
