using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Simd;

public sealed unsafe class RepeatedProductsTests
{
    private delegate void Path(float* values, float* weights, nuint n, uint rounds, float* result, bool apart, bool streaming);

    private static readonly Path[] s_paths = [RepeatedProducts.Scalar, RepeatedProducts.Wide128, RepeatedProducts.Wide256, RepeatedProducts.Wide512];

    [Fact]
    public void Every_path_multiplies_every_element_at_every_length()
    {
        var random = new Random(11);
        for (int n = 0; n <= 1025; n++)
        {
            float[] values = Values.Any(random, n), weights = Values.Any(random, n);
            Check(values, weights, 1 + (uint)random.Next(5), random.Next(64), random.Next(64), random.Next(64));
            Check(values, weights, 1, 4 * random.Next(16), 4 * random.Next(16), 4 * random.Next(16));
        }
    }

    [Fact]
    public void Every_alignment_gives_the_same_products()
    {
        var random = new Random(12);
        foreach (int n in new[] { 1, 5, 16, 33, 67, 128, 200 })
        {
            float[] values = Values.Any(random, n), weights = Values.Any(random, n);
            for (int offset = 0; offset < 64; offset++)
            {
                Check(values, weights, 1, offset, 0, 63 - offset);
                Check(values, weights, 3, 0, offset, offset);
            }
        }
    }

    [Fact]
    public void Stopping_early_changes_nothing()
    {
        var random = new Random(13);
        float[] weights = [0, -0f, 1, -1, .5f, -.5f, .9f, -.9f, .99999f, -.99999f, 1.00001f, -1.00001f, 2, 1e30f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon];
        for (int run = 0; run < 20; run++)
        {
            float[] values = Values.Any(random, 200), chosen = new float[200];
            int kinds = run == 0 ? weights.Length : 1 + random.Next(3), from = random.Next(weights.Length);
            for (int i = 0; i < chosen.Length; i++)
            {
                chosen[i] = weights[(from + i % kinds) % weights.Length];
            }
            Check(values, chosen, 997 + (uint)run, 0, 0, 0);
        }
    }

    private static void Check(float[] values, float[] weights, uint rounds, int offsetValues, int offsetWeights, int offsetResult)
    {
        float[] expected = Reference(values, weights, rounds);
        foreach (Path path in s_paths)
        {
            foreach ((bool apart, bool streaming) in new[] { (false, false), (true, false), (true, true) })
            {
                using var left = new Memory<float>(values, offsetValues);
                using var right = new Memory<float>(weights, offsetWeights);
                using var result = new Memory<float>(values.Length, offsetResult);
                path(left.Pointer, right.Pointer, (nuint)values.Length, rounds, result.Pointer, apart, streaming);
                Bits.AssertSame(expected, result.Span, $"{path.Method.Name}, {rounds} rounds on {values.Length}, apart {apart}, streaming {streaming}");
                Assert.True(result.IsSound());
            }
        }
    }

    private static float[] Reference(float[] values, float[] weights, uint rounds)
    {
        float[] result = (float[])values.Clone();
        for (uint k = 0; k < rounds; k++)
        {
            for (int i = 0; i < result.Length; i++)
            {
                result[i] *= weights[i];
            }
        }
        return result;
    }
}
