namespace RanCognition.StrangeLoop.Maps;

/// <summary>Names that an expression may use besides its variables.</summary>
internal static class ExpressionNames
{
    private static readonly string[] Functions =
    [
        "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp", "ln", "log", "log10", "log2", "sqrt", "cbrt", "pow", "mod", "abs", "min", "max", "floor", "ceil", "sign", "step",
        "if",
    ];

    private static readonly ExpressionOperation[] Operations =
    [
        ExpressionOperation.Sin, ExpressionOperation.Cos, ExpressionOperation.Tan, ExpressionOperation.Asin, ExpressionOperation.Acos, ExpressionOperation.Atan, ExpressionOperation.Atan2,
        ExpressionOperation.Sinh, ExpressionOperation.Cosh, ExpressionOperation.Tanh, ExpressionOperation.Exp, ExpressionOperation.Ln, ExpressionOperation.Ln, ExpressionOperation.Log10,
        ExpressionOperation.Log2, ExpressionOperation.Sqrt, ExpressionOperation.Cbrt, ExpressionOperation.Power, ExpressionOperation.Modulo, ExpressionOperation.Abs, ExpressionOperation.Min,
        ExpressionOperation.Max, ExpressionOperation.Floor, ExpressionOperation.Ceil, ExpressionOperation.Sign, ExpressionOperation.Step, ExpressionOperation.If,
    ];

    /// <summary>All functions, for messages.</summary>
    public static string List => string.Join(' ', Functions);

    /// <summary>What a function does.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="operation">What it does.</param>
    /// <returns>Whether there is a function of that name.</returns>
    public static bool IsFunction(string name, out ExpressionOperation operation)
    {
        int place = Array.IndexOf(Functions, name);
        operation = place < 0 ? default : Operations[place];
        return place >= 0;
    }

    /// <summary>A constant; null = there is none of that name.</summary>
    public static double? Constant(string name) => name switch
    {
        "pi" => Math.PI,
        "e" => Math.E,
        _ => null,
    };

    /// <summary>How many numbers an operation takes.</summary>
    public static int Operands(ExpressionOperation operation) => operation switch
    {
        <= ExpressionOperation.Variable => 0,
        <= ExpressionOperation.Step => 1,
        <= ExpressionOperation.NotEqual => 2,
        _ => 3,
    };
}
