using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Simd;

public sealed unsafe class Int8SumsTests
{
    private delegate long Path(sbyte* a, sbyte* b, nuint n);

    private static readonly Path[] s_products = [Int8Sums.Scalar<Int8Product>, Int8Sums.Wide128<Int8Product>, Int8Sums.Wide256<Int8Product>];
    private static readonly Path[] s_distances = [Int8Sums.Scalar<Int8SquaredDifference>, Int8Sums.Wide128<Int8SquaredDifference>, Int8Sums.Wide256<Int8SquaredDifference>];

    [Fact]
    public void Sums_are_exact_at_every_length()
    {
        var random = new Random(31);
        for (int n = 0; n <= 1025; n++)
        {
            Check(Values.Bytes(random, n), Values.Bytes(random, n), random.Next(64), random.Next(64));
        }
    }

    [Theory]
    [InlineData(32767)]
    [InlineData(32768)]
    [InlineData(32769)]
    [InlineData(131072)]
    [InlineData(300017)]
    public void The_largest_sums_do_not_overflow(int n)
    {
        sbyte[] least = new sbyte[n], greatest = new sbyte[n];
        least.AsSpan().Fill(sbyte.MinValue);
        greatest.AsSpan().Fill(sbyte.MaxValue);
        Check(least, greatest, 0, 1);
        Check(least, least, 1, 0);
    }

    private static void Check(sbyte[] a, sbyte[] b, int offsetA, int offsetB)
    {
        using var left = new Memory<sbyte>(a, offsetA);
        using var right = new Memory<sbyte>(b, offsetB);
        long product = 0, distance = 0;
        for (int i = 0; i < a.Length; i++)
        {
            product += a[i] * b[i];
            distance += (a[i] - b[i]) * (a[i] - b[i]);
        }
        foreach (Path path in s_products)
        {
            Assert.Equal(product, path(left.Pointer, right.Pointer, (nuint)a.Length));
        }
        foreach (Path path in s_distances)
        {
            Assert.Equal(distance, path(left.Pointer, right.Pointer, (nuint)a.Length));
        }
        Assert.Equal(product, SimdOps.Vector.Dot(a, b));
        Assert.Equal(distance, SimdOps.Scalar.SquaredDistance(a, b));
    }
}
