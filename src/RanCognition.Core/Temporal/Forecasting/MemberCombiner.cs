using System.Numerics;
using System.Runtime.CompilerServices;
using RanCognition.Performance;

namespace RanCognition.Temporal.Forecasting;

/// <summary>Weights the members by their rolling-origin errors and takes the weighted mean of the central half of the weight, point by point.</summary>
internal static unsafe class MemberCombiner
{
    /// <summary>Share of the weight cut from each side.</summary>
    private const double Trim = 0.25;

    /// <summary>Forecasts may leave the range of the history by this share of it.</summary>
    private const double RangeMargin = 0.3;
    private const double ErrorFloor = 1e-9;

    /// <summary>Replaces what is not finite by the last value before the origin, and clips to the widened range of the history.</summary>
    public static void Sanitize(double* member, double* x, ForecastPlan plan, int h, double minimum, double maximum)
    {
        double range = maximum - minimum;
        Vector<double> low = new(minimum - RangeMargin * range), high = new(maximum + RangeMargin * range), largest = new(double.MaxValue);
        int width = Vector<double>.Count;
        for (int k = 0; k < plan.OriginCount; k++)
        {
            double* path = member + (nint)k * h;
            double lastValue = x[plan.Origins[k] - 1];
            var last = new Vector<double>(lastValue);
            int j = 0;
            for (; j <= h - width; j += width)
            {
                var f = Vector.Load(path + j);
                f = Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Abs(f), largest), f, last);
                Vector.Store(Vector.MinNative(Vector.MaxNative(f, low), high), path + j);
            }
            for (; j < h; j++)
            {
                double f = double.IsFinite(path[j]) ? path[j] : lastValue;
                path[j] = Math.Min(Math.Max(f, low[0]), high[0]);
            }
        }
    }

    /// <summary>Mean absolute error over the known actuals; NaN marks a missing one, known is their number.</summary>
    public static double MeanError(SimdOps simd, double* member, double* actuals, int count, int known) =>
        simd.KnownDistance(new(member, count), new(actuals, count)) / known;

    /// <summary>Weights (best error / error)^2 with sum 1; the errors are floored in place.</summary>
    public static void Weigh(Span<double> errors, Span<double> weights)
    {
        double largest = 0, least = double.MaxValue, sum = 0;
        foreach (double e in errors)
        {
            largest = Math.Max(largest, e);
        }
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] = Math.Max(errors[i], ErrorFloor * largest + 1e-300);
            least = Math.Min(least, errors[i]);
        }
        for (int i = 0; i < errors.Length; i++)
        {
            double ratio = least / errors[i];
            weights[i] = ratio * ratio;
            sum += weights[i];
        }
        for (int i = 0; i < errors.Length; i++)
        {
            weights[i] /= sum;
        }
    }

    /// <summary>Writes the trimmed weighted mean of members[i][0..count) to combined; up to 64 bytes past the end are written.</summary>
    public static void Combine(double** members, ReadOnlySpan<double> weights, int count, double* combined)
    {
        Vector<double>* values = stackalloc Vector<double>[Members.Count], shares = stackalloc Vector<double>[Members.Count], sharesOfMembers = stackalloc Vector<double>[Members.Count];
        for (int k = 0; k < Members.Count; k++)   // places without a member sort last and weigh nothing
        {
            values[k] = new Vector<double>(double.MaxValue);
            sharesOfMembers[k] = new Vector<double>(k < weights.Length ? weights[k] : 0);
        }
        Vector<double> cutLow = new(Trim), cutHigh = new(1 - Trim);
        int used = weights.Length;
        for (int i = 0; i < count; i += Vector<double>.Count)
        {
            for (int k = 0; k < Members.Count; k++)
            {
                shares[k] = sharesOfMembers[k];
            }
            for (int k = 0; k < used; k++)
            {
                values[k] = Vector.Load(members[k] + i);
            }
            Sort(values, shares);
            Vector<double> cumulated = Vector<double>.Zero, before = cutLow, sum = Vector<double>.Zero;
            for (int k = 0; k < Members.Count; k++)
            {
                cumulated += shares[k];
                var after = Vector.MinNative(Vector.MaxNative(cumulated, cutLow), cutHigh);
                sum += (after - before) * values[k];
                before = after;
            }
            var mean = sum / (before - cutLow);   // between its extremes but for rounding: members that agree are believed to the bit
            Vector.Store(Vector.MinNative(Vector.MaxNative(mean, values[0]), values[used - 1]), combined + i);
        }
    }

    /// <summary>
    /// Sorts 11 values with their shares, lane by lane: 35 exchanges in 8 layers, without a branch. Source: B. Dobbelaere, "Smallest and fastest sorting
    /// networks for a given number of inputs".
    /// </summary>
    internal static void Sort(Vector<double>* v, Vector<double>* w)
    {
        Exchange(v, w, 0, 9);
        Exchange(v, w, 1, 6);
        Exchange(v, w, 2, 4);
        Exchange(v, w, 3, 7);
        Exchange(v, w, 5, 8);
        Exchange(v, w, 0, 1);
        Exchange(v, w, 3, 5);
        Exchange(v, w, 4, 10);
        Exchange(v, w, 6, 9);
        Exchange(v, w, 7, 8);
        Exchange(v, w, 1, 3);
        Exchange(v, w, 2, 5);
        Exchange(v, w, 4, 7);
        Exchange(v, w, 8, 10);
        Exchange(v, w, 0, 4);
        Exchange(v, w, 1, 2);
        Exchange(v, w, 3, 7);
        Exchange(v, w, 5, 9);
        Exchange(v, w, 6, 8);
        Exchange(v, w, 0, 1);
        Exchange(v, w, 2, 6);
        Exchange(v, w, 4, 5);
        Exchange(v, w, 7, 8);
        Exchange(v, w, 9, 10);
        Exchange(v, w, 2, 4);
        Exchange(v, w, 3, 6);
        Exchange(v, w, 5, 7);
        Exchange(v, w, 8, 9);
        Exchange(v, w, 1, 2);
        Exchange(v, w, 3, 4);
        Exchange(v, w, 5, 6);
        Exchange(v, w, 7, 8);
        Exchange(v, w, 2, 3);
        Exchange(v, w, 4, 5);
        Exchange(v, w, 6, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(Vector<double>* values, Vector<double>* shares, int i, int j)
    {
        Vector<double> a = values[i], b = values[j], wa = shares[i], wb = shares[j];
        var swapped = Vector.AsVectorDouble(Vector.GreaterThan(a, b));
        values[i] = Vector.MinNative(a, b);
        values[j] = Vector.MaxNative(a, b);
        var difference = (wa ^ wb) & swapped;
        shares[i] = wa ^ difference;
        shares[j] = wb ^ difference;
    }
}
