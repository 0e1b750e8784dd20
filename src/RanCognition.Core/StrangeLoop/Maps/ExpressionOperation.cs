namespace RanCognition.StrangeLoop.Maps;

/// <summary>What one step of an expression's program does.</summary>
internal enum ExpressionOperation : byte
{
    Number,
    Variable,

    // Of one number.
    Negate,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Exp,
    Ln,
    Log10,
    Log2,
    Sqrt,
    Cbrt,
    Abs,
    Floor,
    Ceil,
    Sign,
    Step,

    // Of two numbers.
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Atan2,
    Modulo,
    Min,
    Max,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,

    // Of three numbers.
    If,
}
