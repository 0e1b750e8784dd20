using System.Runtime.CompilerServices;

namespace RanCognition.Tests.Performance.Simd;

/// <summary>Equality to the bit. A NaN equals a NaN: which payload survives is the processor's affair.</summary>
internal static class Bits
{
    public static bool Same(float a, float b) => (float.IsNaN(a) && float.IsNaN(b)) || BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b);

    public static bool Same(double a, double b) => (double.IsNaN(a) && double.IsNaN(b)) || BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    public static bool Same<T>(T a, T b) =>
        typeof(T) == typeof(float) ? Same(Unsafe.As<T, float>(ref a), Unsafe.As<T, float>(ref b)) : Same(Unsafe.As<T, double>(ref a), Unsafe.As<T, double>(ref b));

    public static void AssertSame(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (!Same(expected[i], actual[i]))
            {
                Assert.Fail($"{what}: [{i}] is {actual[i]:R}, not {expected[i]:R}");
            }
        }
    }
}
