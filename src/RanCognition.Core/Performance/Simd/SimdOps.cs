using System.Numerics;
using System.Runtime.Intrinsics;

namespace RanCognition.Performance;

/// <summary>Kernels on arrays of numbers, with the vectors of the processor or without them.</summary>
/// <remarks>
/// The bits of a result depend neither on the path nor on the processor: products and sums are rounded one by one, and sums are taken in one order, which
/// <see cref="LaneSums"/> states. <see cref="Vector"/> and <see cref="Scalar"/> differ in speed alone. Thread-safe.
/// <para>Which vectors there are is known when the library is compiled, so a call costs one test of a field.</para>
/// </remarks>
public sealed unsafe partial class SimdOps
{
    /// <summary>With the widest vectors of the processor that this library was compiled for.</summary>
    public static readonly SimdOps Vector = new(vectors: true);

    /// <summary>One value at a time.</summary>
    public static readonly SimdOps Scalar = new(vectors: false);

    private readonly bool _vectors;

    private SimdOps(bool vectors) => _vectors = vectors;

    /// <summary>Width of the vectors in use, bits; 0: none.</summary>
    public int VectorBits => !_vectors ? 0
        : Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128 : 0;

    /// <summary>Sum of a[i] * b[i].</summary>
    public double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Sum<double, ProductTerm>(a, b);

    /// <summary>Sum of a[i] * b[i], in single precision.</summary>
    public float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Sum<float, ProductTerm>(a, b);

    /// <summary>Sum of (a[i] - b[i])^2, in single precision.</summary>
    public float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Sum<float, SquaredDifferenceTerm>(a, b);

    /// <summary>Sum of (a[i] - b[i])^2.</summary>
    public double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Sum<double, SquaredDifferenceTerm>(a, b);

    /// <summary>Sum of |a[i] - b[i]|; a pair with a NaN counts as 0.</summary>
    public double KnownDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Sum<double, KnownDifferenceTerm>(a, b);

    /// <summary>Sum of the values.</summary>
    public double Sum(ReadOnlySpan<double> values) => Sum<double, ValueTerm>(values, values);

    /// <summary>Sum of the values, in single precision.</summary>
    public float Sum(ReadOnlySpan<float> values) => Sum<float, ValueTerm>(values, values);

    /// <summary>Least and greatest value; NaN are passed over, a zero comes out as +0. Without a number: +infinity and -infinity.</summary>
    public (double Least, double Greatest) Range(ReadOnlySpan<double> values)
    {
        fixed (double* p = values)
        {
            return Range(p, (nuint)values.Length);
        }
    }

    /// <summary>Least and greatest value in single precision, as <see cref="Range(ReadOnlySpan{double})"/>.</summary>
    public (float Least, float Greatest) Range(ReadOnlySpan<float> values)
    {
        fixed (float* p = values)
        {
            return Range(p, (nuint)values.Length);
        }
    }

    /// <summary>y[i] += scale * x[i]. The two are the same array or apart.</summary>
    public void AddScaled(double scale, ReadOnlySpan<double> x, Span<double> y)
    {
        x = x[..y.Length];
        fixed (double* from = x, to = y)
        {
            nuint n = (nuint)y.Length;
            if (!_vectors || !Vector128.IsHardwareAccelerated)
            {
                ScaledAddition.Add<Width1<double>, double, double>(scale, from, to, n);
            }
            else if (Vector512.IsHardwareAccelerated)
            {
                ScaledAddition.Add<Width512<double>, Vector512<double>, double>(scale, from, to, n);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                ScaledAddition.Add<Width256<double>, Vector256<double>, double>(scale, from, to, n);
            }
            else
            {
                ScaledAddition.Add<Width128<double>, Vector128<double>, double>(scale, from, to, n);
            }
        }
    }

    /// <summary>Inner product of 8-bit vectors, exact.</summary>
    public long Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b) => Sum<Int8Product>(a, b);

    /// <summary>Squared distance of 8-bit vectors, exact.</summary>
    public long SquaredDistance(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b) => Sum<Int8SquaredDifference>(a, b);

    private T Sum<T, TTerm>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, INumber<T>
        where TTerm : struct, ISumTerm
    {
        b = b[..a.Length];
        fixed (T* pa = a, pb = b)
        {
            nuint n = (nuint)a.Length;
            return !_vectors || !Vector128.IsHardwareAccelerated ? LaneSums.Scalar<T, TTerm>(pa, pb, n)
                : Vector512.IsHardwareAccelerated ? LaneSums.Wide512<T, TTerm>(pa, pb, n)
                : Vector256.IsHardwareAccelerated ? LaneSums.Wide256<T, TTerm>(pa, pb, n)
                : LaneSums.Wide128<T, TTerm>(pa, pb, n);
        }
    }

    private long Sum<TTerm>(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
        where TTerm : struct, IInt8Term
    {
        b = b[..a.Length];
        fixed (sbyte* pa = a, pb = b)
        {
            nuint n = (nuint)a.Length;
            return !_vectors || !Vector128.IsHardwareAccelerated ? Int8Sums.Scalar<TTerm>(pa, pb, n)
                : Vector256.IsHardwareAccelerated ? Int8Sums.Wide256<TTerm>(pa, pb, n)
                : Int8Sums.Wide128<TTerm>(pa, pb, n);
        }
    }

    private (T Least, T Greatest) Range<T>(T* values, nuint n)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        !_vectors || !Vector128.IsHardwareAccelerated ? LaneRange.Of<Width1<T>, T, T>(values, n)
        : Vector512.IsHardwareAccelerated ? LaneRange.Of<Width512<T>, Vector512<T>, T>(values, n)
        : Vector256.IsHardwareAccelerated ? LaneRange.Of<Width256<T>, Vector256<T>, T>(values, n)
        : LaneRange.Of<Width128<T>, Vector128<T>, T>(values, n);
}
