using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Performance;

namespace RanCognition.Temporal.Logic;

/// <summary>
/// The truth values of the logic: the signed distance to violation, in the metric's unit (Fainekos and Pappas 2009, Donzé and Maler 2010),
/// from which the exact Boolean verdict can be read too.
/// </summary>
/// <remarks>
/// A positive number is satisfied, a negative one violated. At distance 0 the robust semantics leave the verdict open; here the sign of
/// the zero settles it: +0 is satisfied (x &lt;= 5 at 5), -0 violated (x &lt; 5 at 5). Since -0 is ordered before +0 in
/// <see cref="Lower"/> and <see cref="Higher"/>, and negation flips the sign, minimum, maximum and negation are exactly and, or and not
/// of the Boolean verdicts as well. NaN is undecided (a missing sample).
/// </remarks>
internal static class Robustness
{
    /// <summary>Relative distance within which two numbers count as equal.</summary>
    public const double EqualityTolerance = 1e-9;

    public static bool IsSatisfied(double value) => !double.IsNaN(value) && !double.IsNegative(value);

    public static bool IsViolated(double value) => !double.IsNaN(value) && double.IsNegative(value);

    /// <summary>Whether a decided value may stand for the minimum of two, -0 being before +0.</summary>
    public static bool IsLower(double a, double b) => a < b || (a == b && double.IsNegative(a));

    /// <summary>Minimum of two decided values, -0 before +0.</summary>
    public static double Lower(double a, double b) => IsLower(a, b) ? a : b;

    /// <summary>Maximum of two decided values, -0 before +0.</summary>
    public static double Higher(double a, double b) => a > b || (a == b && !double.IsNegative(a)) ? a : b;

    /// <summary>And of Kleene: undecided unless both are decided or one is violated.</summary>
    public static double And(double a, double b)
    {
        if (double.IsNaN(a))
        {
            return IsViolated(b) ? b : double.NaN;
        }
        return double.IsNaN(b) ? IsViolated(a) ? a : double.NaN : Lower(a, b);
    }

    /// <summary>Or of Kleene: undecided unless both are decided or one is satisfied.</summary>
    public static double Or(double a, double b) => -And(-a, -b);

    /// <summary>Truth of one comparison; NaN when x is not finite.</summary>
    public static double Compare(double x, ComparisonOperator comparison, double limit)
    {
        if (!double.IsFinite(x))
        {
            return double.NaN;
        }
        x += 0.0;   // -0 to +0, so that equal sides always leave a zero of the sign meant below
        var distance = comparison switch
        {
            ComparisonOperator.Less => -(x - limit),
            ComparisonOperator.LessOrEqual => limit - x,
            ComparisonOperator.Greater => -(limit - x),
            ComparisonOperator.GreaterOrEqual => x - limit,
            ComparisonOperator.Equal => Equality(x, limit),
            _ => -Equality(x, limit),
        };
        return Math.Clamp(distance, -double.MaxValue, double.MaxValue);
    }

    /// <summary>Truth of one comparison at every sample.</summary>
    public static void Compare(ReadOnlySpan<double> samples, ComparisonOperator comparison, double limit, Span<double> truth)
    {
        var i = 0;
        if (comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual))
        {
            // Each of the four is sign * (x - limit) or sign * (limit - x): which side is subtracted decides the sign of a zero.
            var limitFirst = comparison is ComparisonOperator.LessOrEqual or ComparisonOperator.Greater;
            var negate = comparison is ComparisonOperator.Less or ComparisonOperator.Greater;
            var limits = new Vector<double>(limit);
            var largest = new Vector<double>(double.MaxValue);
            var missing = new Vector<double>(double.NaN);
            var signs = negate ? new Vector<double>(-0.0) : Vector<double>.Zero;
            ref var source = ref MemoryMarshal.GetReference(samples);
            ref var target = ref MemoryMarshal.GetReference(truth);
            for (; i <= samples.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                var x = Vector.LoadUnsafe(ref source, (nuint)i) + Vector<double>.Zero;
                var distance = (limitFirst ? limits - x : x - limits) ^ signs;
                distance = Vector.ConditionalSelect(Vector.GreaterThan(distance, largest), largest, distance);
                distance = Vector.ConditionalSelect(Vector.LessThan(distance, -largest), -largest, distance);
                var isFinite = Vector.LessThanOrEqual(Vector.Abs(x), largest);
                Vector.ConditionalSelect(isFinite, distance, missing).StoreUnsafe(ref target, (nuint)i);
            }
        }
        for (; i < samples.Length; i++)
        {
            truth[i] = Compare(samples[i], comparison, limit);
        }
    }

    /// <summary>Smallest (largest) decided value; NaN when none is decided.</summary>
    public static double Extremum(SimdOps simd, ReadOnlySpan<double> truth, bool smallest)
    {
        var (least, greatest) = simd.Range(truth);
        var best = smallest ? least : greatest;
        return best == 0 ? Zero(truth, smallest) : double.IsFinite(best) ? best : double.NaN;   // truths are finite: an infinity says that there was none
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Zero(ReadOnlySpan<double> truth, bool smallest)
    {
        // The comparisons above do not tell the zeros apart; seldom needed, so looked up afterwards.
        foreach (var value in truth)
        {
            if (value == 0 && double.IsNegative(value) == smallest)
            {
                return value;
            }
        }
        return smallest ? 0.0 : -0.0;
    }

    private static double Equality(double x, double limit)
    {
        var distance = Math.Abs(x - limit);
        return distance <= EqualityTolerance * Math.Max(Math.Abs(x), Math.Abs(limit)) ? 0.0 : -distance;
    }
}
