using System.Numerics;
using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Simd;

public sealed unsafe class LaneSumsTests
{
    private const int LengthMax = 1025;

    private delegate T Path<T>(T* a, T* b, nuint n)
        where T : unmanaged;

    [Fact]
    public void Every_path_adds_in_the_stated_order_at_every_length()
    {
        var random = new Random(1);
        foreach (bool awkward in new[] { false, true })
        {
            for (int n = 0; n <= LengthMax; n++)
            {
                float[] a = awkward ? Values.Any(random, n) : Values.Ordinary(random, n), b = awkward ? Values.Any(random, n) : Values.Ordinary(random, n);
                CheckAll(a, b, random.Next(64), random.Next(64));
                CheckAll(Values.Doubles(a), Values.Doubles(b), random.Next(64), random.Next(64));
            }
        }
    }

    [Fact]
    public void Every_alignment_gives_the_same_sum()
    {
        var random = new Random(2);
        foreach (int n in new[] { 1, 7, 31, 64, 100 })
        {
            float[] a = Values.Ordinary(random, n), b = Values.Ordinary(random, n);
            for (int offset = 0; offset < 64; offset++)
            {
                CheckAll(a, b, offset, 63 - offset);
                CheckAll(Values.Doubles(a), Values.Doubles(b), 63 - offset, offset);
            }
        }
    }

    [Fact]
    public void A_dot_product_is_close_to_the_exact_one()
    {
        var random = new Random(3);
        double[] a = Values.Doubles(Values.Ordinary(random, 1000)), b = Values.Doubles(Values.Ordinary(random, 1000));
        decimal exact = 0, magnitude = 0;
        for (int i = 0; i < a.Length; i++)
        {
            exact += (decimal)a[i] * (decimal)b[i];
            magnitude += Math.Abs((decimal)a[i] * (decimal)b[i]);
        }
        Assert.InRange(SimdOps.Vector.Dot(a, b), (double)exact - 1e-13 * (double)magnitude, (double)exact + 1e-13 * (double)magnitude);
    }

    private static void CheckAll<T>(T[] a, T[] b, int offsetA, int offsetB)
        where T : unmanaged, INumber<T>
    {
        Check(a, b, offsetA, offsetB, (x, y) => x * y, LaneSums.Scalar<T, ProductTerm>, LaneSums.Wide128<T, ProductTerm>, LaneSums.Wide256<T, ProductTerm>,
            LaneSums.Wide512<T, ProductTerm>);
        Check(a, b, offsetA, offsetB, (x, y) => (x - y) * (x - y), LaneSums.Scalar<T, SquaredDifferenceTerm>, LaneSums.Wide128<T, SquaredDifferenceTerm>,
            LaneSums.Wide256<T, SquaredDifferenceTerm>, LaneSums.Wide512<T, SquaredDifferenceTerm>);
        Check(a, b, offsetA, offsetB, (x, y) => T.IsNaN(x - y) ? T.Zero : T.Abs(x - y), LaneSums.Scalar<T, KnownDifferenceTerm>,
            LaneSums.Wide128<T, KnownDifferenceTerm>, LaneSums.Wide256<T, KnownDifferenceTerm>, LaneSums.Wide512<T, KnownDifferenceTerm>);
        Check(a, b, offsetA, offsetB, (x, _) => x, LaneSums.Scalar<T, ValueTerm>, LaneSums.Wide128<T, ValueTerm>, LaneSums.Wide256<T, ValueTerm>,
            LaneSums.Wide512<T, ValueTerm>);
    }

    private static void Check<T>(T[] a, T[] b, int offsetA, int offsetB, Func<T, T, T> term, params Path<T>[] paths)
        where T : unmanaged, INumber<T>
    {
        using var left = new Memory<T>(a, offsetA);
        using var right = new Memory<T>(b, offsetB);
        T expected = Reference(a, b, term);
        foreach (Path<T> path in paths)
        {
            T sum = path(left.Pointer, right.Pointer, (nuint)a.Length);
            if (!Bits.Same(expected, sum))
            {
                Assert.Fail($"{path.Method.Name} of {a.Length} {typeof(T).Name}: {sum}, not {expected}");
            }
        }
    }

    // The order in words: value i goes to partial sum i mod lanes, then the upper half onto the lower half.
    private static T Reference<T>(T[] a, T[] b, Func<T, T, T> term)
        where T : unmanaged, INumber<T>
    {
        var sums = new T[128 / sizeof(T)];
        for (int i = 0; i < a.Length; i++)
        {
            sums[i % sums.Length] += term(a[i], b[i]);
        }
        while (sums.Length > 1)
        {
            T[] upper = sums[(sums.Length / 2)..];
            sums = sums[..(sums.Length / 2)].Zip(upper, (x, y) => x + y).ToArray();
        }
        return sums[0];
    }
}
