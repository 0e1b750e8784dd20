using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Simd;

public sealed unsafe class SimdOpsTests
{
    private static readonly SimdOps[] s_both = [SimdOps.Vector, SimdOps.Scalar];

    [Fact]
    public void Overlapping_arrays_count_as_copied_first()
    {
        var random = new Random(71);
        for (int run = 0; run < 6000; run++)
        {
            int n = random.Next(1, 300), room = 4 * n + 600;
            using var memory = new Memory<byte>(room, random.Next(64));
            new Span<float>(memory.Pointer, room / sizeof(float)).Fill(1.5f);
            byte* Place(int bytes) => memory.Pointer + random.Next(room - bytes + 1);
            float* a = (float*)Place(4 * n), b = random.Next(4) == 0 ? a : (float*)Place(4 * n), c = (float*)Place(4 * n);
            bool mask = random.Next(2) == 0;
            byte* result = random.Next(4) == 0 ? (byte*)a : Place(mask ? n : 4 * n);
            Write(random, a, n);
            Write(random, b, n);
            Write(random, c, n);
            float[] left = Read(a, n), right = Read(b, n), third = Read(c, n);
            byte[] before = memory.Span.ToArray();
            SimdOps ops = s_both[run % 2];
            if (mask)
            {
                ops.VectorizedPatternMatching(new(a, n), new(b, n), new(c, n), new(result, n));
                for (int i = 0; i < n; i++)
                {
                    Assert.Equal(left[i] * third[i] >= right[i] ? 1 : 0, result[i]);
                }
            }
            else
            {
                int rounds = random.Next(4);
                ops.ParallelTemporalComputation(new(a, n), new(b, n), rounds, new((float*)result, n));
                for (int i = 0; i < n; i++)
                {
                    float expected = left[i];
                    for (int k = 0; k < rounds; k++)
                    {
                        expected *= right[i];
                    }
                    Assert.True(Bits.Same(expected, ((float*)result)[i]));
                }
            }
            int from = (int)(result - memory.Pointer), written = mask ? n : 4 * n;
            Assert.True(before.AsSpan(0, from).SequenceEqual(memory.Span[..from]) && before.AsSpan(from + written).SequenceEqual(memory.Span[(from + written)..]));
            Assert.True(memory.IsSound());
        }
    }

    [Fact]
    public void Long_results_that_bypass_the_caches_are_the_same()
    {
        int n = (16 << 20) / sizeof(float) + 77;
        float[] values = new float[n], weights = new float[n], result = new float[n], scalar = new float[n];
        for (int i = 0; i < n; i++)
        {
            values[i] = i * .37f;
            weights[i] = 1 / (1f + i % 1000);
        }
        SimdOps.Vector.ParallelTemporalComputation(values, weights, 1, result);
        for (int i = 0; i < n; i++)
        {
            scalar[i] = values[i] * weights[i];
        }
        Assert.True(scalar.AsSpan().SequenceEqual(result));
    }

    [Fact]
    public void Work_is_bounded()
    {
        Assert.Equal(1 << 20, SimdLimits.RequireOperations(1 << 20, 4096, "operations_count"));
        Assert.Equal(0, SimdLimits.RequireOperations(0, 1UL << 62, "operations_count"));
        foreach ((ulong operations, ulong elements) in new (ulong, ulong)[] { (1 << 20, 4097), ((1 << 20) + 1, 1), (ulong.MaxValue, 1), (65, 1 << 26) })
        {
            string message = Assert.Throws<LimitExceededException>(() => SimdLimits.RequireOperations(operations, elements, "operations_count")).Message;
            Assert.StartsWith($"operations_count: {operations}", message);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => SimdOps.Vector.ParallelTemporalComputation(new float[1], new float[1], -1, new float[1]));
    }

    [Fact]
    public void With_and_without_vectors_the_results_are_the_same()
    {
        var random = new Random(72);
        float[] a = Values.Ordinary(random, 1013), b = Values.Ordinary(random, 1013);
        double[] c = Values.Doubles(a), d = Values.Doubles(b), e = (double[])d.Clone();
        Assert.Equal(SimdOps.Scalar.Dot(a, b), SimdOps.Vector.Dot(a, b));
        Assert.Equal(SimdOps.Scalar.Dot(c, d), SimdOps.Vector.Dot(c, d));
        Assert.Equal(SimdOps.Scalar.Sum(a), SimdOps.Vector.Sum(a));
        Assert.Equal(SimdOps.Scalar.Sum(c), SimdOps.Vector.Sum(c));
        Assert.Equal(SimdOps.Scalar.SquaredDistance(a, b), SimdOps.Vector.SquaredDistance(a, b));
        Assert.Equal(SimdOps.Scalar.Range(a), SimdOps.Vector.Range(a));
        Assert.Equal(SimdOps.Scalar.Range(c), SimdOps.Vector.Range(c));
        SimdOps.Scalar.AddScaled(.7, c, d);
        SimdOps.Vector.AddScaled(.7, c, e);
        Assert.Equal(d, e);
        Assert.Equal(0, SimdOps.Scalar.VectorBits);
        Assert.True(SimdOps.Vector.VectorBits is 128 or 256 or 512);
    }

    [Fact]
    public void A_second_array_that_is_too_short_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SimdOps.Vector.Dot(new float[3], new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimdOps.Vector.AddScaled(1, new double[2], new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimdOps.Vector.ParallelTemporalComputation(new float[3], new float[2], 1, new float[3]));
    }

    private static void Write(Random random, float* to, int n)
    {
        foreach (float value in Values.Ordinary(random, n))
        {
            *to++ = value;
        }
    }

    private static float[] Read(float* from, int n) => new Span<float>(from, n).ToArray();
}
