using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Simd;

public sealed unsafe class ThresholdMaskTests
{
    private delegate void Path(float* values, float* thresholds, float* factors, nuint n, byte* result);

    private static readonly Path[] s_paths = [ThresholdMask.Scalar, ThresholdMask.Wide128, ThresholdMask.Wide256, ThresholdMask.Wide512];

    [Fact]
    public void Every_path_judges_every_element_at_every_length()
    {
        var random = new Random(21);
        for (int n = 0; n <= 1025; n++)
        {
            Check(random, n, random.Next(64), random.Next(64), random.Next(64), random.Next(64));
        }
    }

    [Fact]
    public void Every_alignment_gives_the_same_mask()
    {
        var random = new Random(22);
        foreach (int n in new[] { 1, 15, 16, 40, 63, 65, 130 })
        {
            for (int offset = 0; offset < 64; offset++)
            {
                Check(random, n, offset, 63 - offset, offset / 2, 63 - offset);
            }
        }
    }

    private static void Check(Random random, int n, int offsetValues, int offsetThresholds, int offsetFactors, int offsetResult)
    {
        float[] values = Values.Any(random, n), factors = Values.Any(random, n), thresholds = Values.Any(random, n);
        for (int i = 0; i < n; i += 3)
        {
            thresholds[i] = values[i] * factors[i];   // met exactly
        }
        foreach (Path path in s_paths)
        {
            using var v = new Memory<float>(values, offsetValues);
            using var t = new Memory<float>(thresholds, offsetThresholds);
            using var f = new Memory<float>(factors, offsetFactors);
            using var result = new Memory<byte>(n, offsetResult);
            path(v.Pointer, t.Pointer, f.Pointer, (nuint)n, result.Pointer);
            for (int i = 0; i < n; i++)
            {
                int expected = (float)(values[i] * factors[i]) >= thresholds[i] ? 1 : 0;
                if (expected != result.Span[i])
                {
                    Assert.Fail($"{path.Method.Name} of {n}: [{i}] is {result.Span[i]} for {values[i]} * {factors[i]} >= {thresholds[i]}");
                }
            }
            Assert.True(result.IsSound());
        }
    }
}
