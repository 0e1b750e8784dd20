using System.Numerics;
using System.Runtime.Intrinsics;
using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Simd;

public sealed unsafe class ScaledAdditionTests
{
    private delegate void Path<T>(T scale, T* x, T* y, nuint n)
        where T : unmanaged;

    [Fact]
    public void Every_path_rounds_product_and_sum_at_every_length()
    {
        var random = new Random(51);
        for (int n = 0; n <= 1025; n++)
        {
            float[] x = Values.Any(random, n), y = Values.Any(random, n);
            Check((float)random.NextDouble(), x, y, random.Next(64), random.Next(64));
            Check(random.NextDouble(), Values.Doubles(x), Values.Doubles(y), random.Next(64), random.Next(64));
        }
    }

    [Fact]
    public void An_array_can_be_added_to_itself()
    {
        double[] expected = Values.Doubles(Values.Ordinary(new Random(52), 77)), y = (double[])expected.Clone();
        SimdOps.Vector.AddScaled(.3, y, y);
        Assert.Equal(Array.ConvertAll(expected, v => v + .3 * v), y);
    }

    private static void Check<T>(T scale, T[] x, T[] y, int offsetX, int offsetY)
        where T : unmanaged, INumber<T>
    {
        foreach (Path<T> path in new Path<T>[]
        {
            ScaledAddition.Add<Width1<T>, T, T>, ScaledAddition.Add<Width128<T>, Vector128<T>, T>, ScaledAddition.Add<Width256<T>, Vector256<T>, T>,
            ScaledAddition.Add<Width512<T>, Vector512<T>, T>,
        })
        {
            using var from = new Memory<T>(x, offsetX);
            using var to = new Memory<T>(y, offsetY);
            path(scale, from.Pointer, to.Pointer, (nuint)x.Length);
            for (int i = 0; i < x.Length; i++)
            {
                T expected = y[i] + scale * x[i];
                if (!Bits.Same(expected, to.Span[i]))
                {
                    Assert.Fail($"{typeof(T).Name}[{i}] of {x.Length}: {to.Span[i]}, not {expected}");
                }
            }
            Assert.True(to.IsSound());
        }
    }
}
