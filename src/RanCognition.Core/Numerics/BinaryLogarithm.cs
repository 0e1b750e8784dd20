using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RanCognition.Numerics;

/// <summary>Logarithms to base 2 of several numbers at a time, with the same bits on every processor.</summary>
/// <remarks>
/// The number is 2^k m with m in [sqrt(1/2), sqrt(2)), f = m - 1, t = f / (2 + f); ln m = 2 artanh t = 2 t (1 + t^2 / 3 + t^4 / 5 + ..). |t| is at most 0.1716, so that the terms up to t^20 leave out less
/// than 1e-18 of the result. The error is below 1e-15 of the result. Products and sums are rounded one by one.
/// </remarks>
internal static class BinaryLogarithm
{
    private const double TwoOverLn2 = 2.8853900817779268;   // 2 / ln 2
    private const long RootOfHalfBits = 0x3fe6a09e667f3bcd;
    private const int RootOfHalfBitsSingle = 0x3f3504f3;
    private const long OneBits = 0x3ff0000000000000;
    private const long TwoTo52Bits = 0x4330000000000000;
    private const double TwoTo52AndBias = 4503599627370496.0 + 1023;

    /// <summary>log2(value); the value is normal and above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(Vector256<double> value)
    {
        Vector256<double> power = Split(value, out Vector256<double> mantissa);
        return power + OfOnePlusSmall(mantissa - Vector256<double>.One);
    }

    /// <summary>log2(1 + value) for a value of at least 0, exact also where 1 + value would lose its digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> OfOnePlus(Vector256<double> value)
    {
        Vector256<double> power = Split(value + Vector256<double>.One, out Vector256<double> mantissa);
        Vector256<double> fraction = Vector256.ConditionalSelect(Vector256.Equals(power, Vector256<double>.Zero), value, mantissa - Vector256<double>.One);
        return power + OfOnePlusSmall(fraction);
    }

    /// <summary>log2(1 + value) of eight numbers in single precision, for values of at least 0 and below 1e37; within 4e-7 of the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> OfOnePlus(Vector256<float> value)
    {
        Vector256<int> whole = (value + Vector256<float>.One).AsInt32();
        Vector256<int> power = Vector256.ShiftRightArithmetic(whole - Vector256.Create(RootOfHalfBitsSingle), 23);
        Vector256<float> mantissa = (whole - Vector256.ShiftLeft(power, 23)).AsSingle();
        Vector256<float> fraction = Vector256.ConditionalSelect(Vector256.Equals(power, Vector256<int>.Zero).AsSingle(), value, mantissa - Vector256<float>.One);
        Vector256<float> t = fraction / (Vector256.Create(2f) + fraction), t2 = t * t;
        Vector256<float> series = Vector256.Create(1f / 3) + t2 * (Vector256.Create(1f / 5) + t2 * (Vector256.Create(1f / 7) + t2 * Vector256.Create(1f / 9)));
        Vector256<float> scaled = t * Vector256.Create((float)TwoOverLn2);
        return Vector256.ConvertToSingle(power) + (scaled + scaled * (t2 * series));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Split(Vector256<double> value, out Vector256<double> mantissa)
    {
        Vector256<long> offset = value.AsInt64() + Vector256.Create(OneBits - RootOfHalfBits);
        Vector256<long> biased = Vector256.ShiftRightLogical(offset, 52);
        mantissa = (value.AsInt64() - Vector256.ShiftLeft(biased, 52) + Vector256.Create(OneBits)).AsDouble();
        return (biased | Vector256.Create(TwoTo52Bits)).AsDouble() - Vector256.Create(TwoTo52AndBias);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> OfOnePlusSmall(Vector256<double> fraction)
    {
        Vector256<double> t = fraction / (Vector256.Create(2.0) + fraction), t2 = t * t, t4 = t2 * t2, t8 = t4 * t4;
        Vector256<double> first = Vector256.Create(1.0 / 3) + t2 * Vector256.Create(1.0 / 5) + t4 * (Vector256.Create(1.0 / 7) + t2 * Vector256.Create(1.0 / 9));
        Vector256<double> second = Vector256.Create(1.0 / 11) + t2 * Vector256.Create(1.0 / 13) + t4 * (Vector256.Create(1.0 / 15) + t2 * Vector256.Create(1.0 / 17));
        Vector256<double> third = Vector256.Create(1.0 / 19) + t2 * Vector256.Create(1.0 / 21);
        Vector256<double> scaled = t * Vector256.Create(TwoOverLn2);
        return scaled + scaled * (t2 * (first + t8 * (second + t8 * third)));
    }
}
