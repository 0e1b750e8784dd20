using System.Numerics;
using RanCognition.Numerics;

namespace RanCognition.Temporal.Forecasting;

/// <summary>Scale on which the members work.</summary>
internal enum TransformKind
{
    None,
    Log,
    FourthRoot,
    Sqrt,
}

/// <summary>Chooses and applies the transform that makes the variance of counts and rates even.</summary>
internal static unsafe class ValueTransform
{
    /// <summary>Log only when the minimum is at least this share of the median: near zero it would blow small values up.</summary>
    private const double LogMinimumShare = 0.02;

    public static string NameOf(TransformKind kind) => kind switch
    {
        TransformKind.Log => "log",
        TransformKind.FourthRoot => "fourth_root",
        TransformKind.Sqrt => "sqrt",
        _ => "none",
    };

    /// <summary>Rule: positive and well off zero: log; positive: fourth root; zeros: square root; negative values or all zero: none.</summary>
    public static TransformKind Choose(double* v, int n, double minimum, double maximum, RankSelector ranks)
    {
        if (minimum > 0)
        {
            return minimum >= LogMinimumShare * ranks.Median(v, n) ? TransformKind.Log : TransformKind.FourthRoot;
        }
        return minimum == 0 && maximum > 0 ? TransformKind.Sqrt : TransformKind.None;
    }

    /// <summary>x = T(v); up to 64 bytes past the end are written.</summary>
    public static void Apply(TransformKind kind, double* v, int n, double* x)
    {
        int width = Vector<double>.Count, t = 0;
        switch (kind)
        {
            case TransformKind.Log:
                for (; t < n; t++)
                {
                    x[t] = Math.Log(v[t]);   // the C library's scalar log is 5 times faster than Vector.Log
                }
                break;
            case TransformKind.FourthRoot:
                for (; t < n; t += width)
                {
                    Vector.Store(Vector.SquareRoot(Vector.SquareRoot(Vector.Load(v + t))), x + t);
                }
                break;
            case TransformKind.Sqrt:
                for (; t < n; t += width)
                {
                    Vector.Store(Vector.SquareRoot(Vector.Load(v + t)), x + t);
                }
                break;
            default:
                new ReadOnlySpan<double>(v, n).CopyTo(new Span<double>(x, n));
                break;
        }
    }

    /// <summary>T's inverse, in place; up to 64 bytes past the end are changed.</summary>
    public static void Invert(TransformKind kind, double* x, int n)
    {
        int width = Vector<double>.Count;
        switch (kind)
        {
            case TransformKind.Log:
                for (int t = 0; t < n; t++)
                {
                    x[t] = Math.Exp(x[t]);
                }
                break;
            case TransformKind.FourthRoot:
                for (int t = 0; t < n; t += width)
                {
                    var f = Vector.MaxNative(Vector.Load(x + t), Vector<double>.Zero);
                    var square = f * f;
                    Vector.Store(square * square, x + t);
                }
                break;
            case TransformKind.Sqrt:
                for (int t = 0; t < n; t += width)
                {
                    var f = Vector.MaxNative(Vector.Load(x + t), Vector<double>.Zero);
                    Vector.Store(f * f, x + t);
                }
                break;
        }
    }
}
