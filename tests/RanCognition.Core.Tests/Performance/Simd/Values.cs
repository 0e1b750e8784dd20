namespace RanCognition.Tests.Performance.Simd;

/// <summary>Random numbers of all kinds, the awkward ones among them.</summary>
internal static class Values
{
    private static readonly float[] s_awkward =
    [
        0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, 1.17549421e-38f, float.MaxValue, float.MinValue, 1, -1,
    ];

    /// <summary>Ordinary numbers of many magnitudes.</summary>
    public static float[] Ordinary(Random random, int count) => Make(count, () => (float)((random.NextDouble() - .5) * Math.Pow(10, random.Next(-6, 7))));

    /// <summary>One in eight is zero, NaN, infinite, denormal or close to overflow.</summary>
    public static float[] Any(Random random, int count) =>
        Make(count, () => random.Next(8) == 0 ? s_awkward[random.Next(s_awkward.Length)] : (float)((random.NextDouble() - .5) * Math.Pow(10, random.Next(-44, 38))));

    public static double[] Doubles(float[] values) => Array.ConvertAll(values, v => v * 1.000000123456789);

    public static sbyte[] Bytes(Random random, int count) =>
        Make(count, () => random.Next(4) == 0 ? (random.Next(2) == 0 ? sbyte.MinValue : sbyte.MaxValue) : (sbyte)random.Next(-128, 128));

    private static T[] Make<T>(int count, Func<T> next)
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = next();
        }
        return values;
    }
}
