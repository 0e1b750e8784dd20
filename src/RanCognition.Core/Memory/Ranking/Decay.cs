using System.Numerics;
using System.Runtime.CompilerServices;

namespace RanCognition.Memory.Ranking;

/// <summary>2^(-age / half life), for many ages at a time: a power from the library would cost more than the search itself.</summary>
/// <remarks>Sums and products in one order without fused steps, so every width of vector gives the same bits; within 1e-12 of the true value, relatively.</remarks>
internal static class Decay
{
    private const double HalvingsMax = 1000;   // beyond, the value is as good as 0 and its exponent would not fit
    private const long ExponentOne = 1023;
    private const int MantissaBits = 52;

    /// <summary>Of one time.</summary>
    public static double At(ulong timeNs, ulong referenceNs, double perNs) => Of(new Vector<long>(Age(timeNs, referenceNs)), perNs)[0];

    /// <summary>One over the half life; a half life of 0 makes everything older than the reference count nothing.</summary>
    public static double PerNs(ulong halfLifeNs) => halfLifeNs == 0 ? HalvingsMax : 1.0 / halfLifeNs;

    /// <summary>Adds weight * 2^(-age * perNs) to each sum; times after the reference have age 0.</summary>
    public static void Add(ReadOnlySpan<ulong> timesNs, ulong referenceNs, double perNs, double weight, Span<double> sums)
    {
        int width = Vector<long>.Count, i = 0;
        Vector<long> reference = new((long)Math.Min(referenceNs, long.MaxValue));
        Vector<double> factor = new(weight);
        for (; i + width <= timesNs.Length; i += width)
        {
            // Times have 63 bits at most, so the difference does not overflow.
            Vector<long> age = Vector.Max(reference - Vector.AsVectorInt64(new Vector<ulong>(timesNs[i..])), Vector<long>.Zero);
            (new Vector<double>(sums[i..]) + factor * Of(age, perNs)).CopyTo(sums[i..]);
        }
        for (; i < timesNs.Length; i++)
        {
            sums[i] += weight * At(timesNs[i], referenceNs, perNs);
        }
    }

    private static long Age(ulong timeNs, ulong referenceNs) => Math.Max((long)Math.Min(referenceNs, long.MaxValue) - (long)Math.Min(timeNs, long.MaxValue), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Of(Vector<long> age, double perNs)
    {
        Vector<double> halvings = Vector.Min(Vector.ConvertToDouble(age) * new Vector<double>(perNs), new Vector<double>(HalvingsMax));
        Vector<double> whole = Vector.Floor(halvings + new Vector<double>(0.5));
        // 2^-r = e^(-r ln 2) for r in [-1/2, 1/2], by its series: the term after the last one used is below 2e-16.
        Vector<double> x = (whole - halvings) * new Vector<double>(0.69314718055994531);
        Vector<double> series = new(1.0 / 6227020800.0);
        series = series * x + new Vector<double>(1.0 / 479001600.0);
        series = series * x + new Vector<double>(1.0 / 39916800.0);
        series = series * x + new Vector<double>(1.0 / 3628800.0);
        series = series * x + new Vector<double>(1.0 / 362880.0);
        series = series * x + new Vector<double>(1.0 / 40320.0);
        series = series * x + new Vector<double>(1.0 / 5040.0);
        series = series * x + new Vector<double>(1.0 / 720.0);
        series = series * x + new Vector<double>(1.0 / 120.0);
        series = series * x + new Vector<double>(1.0 / 24.0);
        series = series * x + new Vector<double>(1.0 / 6.0);
        series = series * x + new Vector<double>(0.5);
        series = series * x + Vector<double>.One;
        series = series * x + Vector<double>.One;
        Vector<long> exponent = new Vector<long>(ExponentOne) - Vector.ConvertToInt64(whole);
        Vector<double> power = Vector.AsVectorDouble(Vector.ShiftLeft(exponent, MantissaBits));
        return Vector.ConditionalSelect(Vector.GreaterThanOrEqual(halvings, new Vector<double>(HalvingsMax)), Vector<double>.Zero, series * power);
    }
}
