using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RanCognition.Performance;

/// <summary>1 where value * factor reaches the threshold, else 0 (NaN reaches nothing, and nothing reaches a NaN).</summary>
/// <remarks>As in <see cref="RepeatedProducts"/>, the result may lie over an input that it does not begin after.</remarks>
internal static unsafe class ThresholdMask
{
    public static void Scalar(float* values, float* thresholds, float* factors, nuint n, byte* result)
    {
        for (nuint i = 0; i < n; i++)
        {
            result[i] = values[i] * factors[i] >= thresholds[i] ? (byte)1 : (byte)0;
        }
    }

    public static void Wide128(float* values, float* thresholds, float* factors, nuint n, byte* result)
    {
        const nuint block = 16;
        if (n < block)
        {
            Scalar(values, thresholds, factors, n, result);
            return;
        }
        byte* end = result + n - block;
        Vector128<byte> last = Block128(values + n - block, thresholds + n - block, factors + n - block);
        for (; n >= block; n -= block, values += block, thresholds += block, factors += block, result += block)
        {
            Vector128.Store(Block128(values, thresholds, factors), result);
        }
        Vector128.Store(last, end);
    }

    public static void Wide256(float* values, float* thresholds, float* factors, nuint n, byte* result)
    {
        const nuint block = 32;
        if (n < block)
        {
            Wide128(values, thresholds, factors, n, result);
            return;
        }
        byte* end = result + n - block;
        Vector256<byte> last = Block256(values + n - block, thresholds + n - block, factors + n - block);
        for (; n >= block; n -= block, values += block, thresholds += block, factors += block, result += block)
        {
            Vector256.Store(Block256(values, thresholds, factors), result);
        }
        Vector256.Store(last, end);
    }

    public static void Wide512(float* values, float* thresholds, float* factors, nuint n, byte* result)
    {
        const nuint block = 64;
        if (n < block)
        {
            Wide256(values, thresholds, factors, n, result);
            return;
        }
        byte* end = result + n - block;
        Vector512<byte> last = Block512(values + n - block, thresholds + n - block, factors + n - block);
        for (; n >= block; n -= block, values += block, thresholds += block, factors += block, result += block)
        {
            Vector512.Store(Block512(values, thresholds, factors), result);
        }
        Vector512.Store(last, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Block128(float* v, float* t, float* f)
    {
        Vector128<int> a = Vector128.GreaterThanOrEqual(Vector128.Load(v) * Vector128.Load(f), Vector128.Load(t)).AsInt32();
        Vector128<int> b = Vector128.GreaterThanOrEqual(Vector128.Load(v + 4) * Vector128.Load(f + 4), Vector128.Load(t + 4)).AsInt32();
        Vector128<int> c = Vector128.GreaterThanOrEqual(Vector128.Load(v + 8) * Vector128.Load(f + 8), Vector128.Load(t + 8)).AsInt32();
        Vector128<int> d = Vector128.GreaterThanOrEqual(Vector128.Load(v + 12) * Vector128.Load(f + 12), Vector128.Load(t + 12)).AsInt32();
        Vector128<sbyte> mask = Sse2.IsSupported ? Sse2.PackSignedSaturate(Sse2.PackSignedSaturate(a, b), Sse2.PackSignedSaturate(c, d))
            : Vector128.Narrow(Vector128.Narrow(a, b), Vector128.Narrow(c, d));
        return mask.AsByte() & Vector128<byte>.One;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Block256(float* v, float* t, float* f)
    {
        Vector256<int> a = Vector256.GreaterThanOrEqual(Vector256.Load(v) * Vector256.Load(f), Vector256.Load(t)).AsInt32();
        Vector256<int> b = Vector256.GreaterThanOrEqual(Vector256.Load(v + 8) * Vector256.Load(f + 8), Vector256.Load(t + 8)).AsInt32();
        Vector256<int> c = Vector256.GreaterThanOrEqual(Vector256.Load(v + 16) * Vector256.Load(f + 16), Vector256.Load(t + 16)).AsInt32();
        Vector256<int> d = Vector256.GreaterThanOrEqual(Vector256.Load(v + 24) * Vector256.Load(f + 24), Vector256.Load(t + 24)).AsInt32();
        Vector256<sbyte> mask;
        if (Avx2.IsSupported)
        {
            // Packing works within the halves of a register; one permutation of groups of four bytes puts all in order.
            mask = Avx2.PackSignedSaturate(Avx2.PackSignedSaturate(a, b), Avx2.PackSignedSaturate(c, d));
            mask = Avx2.PermuteVar8x32(mask.AsInt32(), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsSByte();
        }
        else
        {
            mask = Vector256.Narrow(Vector256.Narrow(a, b), Vector256.Narrow(c, d));
        }
        return mask.AsByte() & Vector256<byte>.One;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Block512(float* v, float* t, float* f)
    {
        Vector512<int> a = Vector512.GreaterThanOrEqual(Vector512.Load(v) * Vector512.Load(f), Vector512.Load(t)).AsInt32();
        Vector512<int> b = Vector512.GreaterThanOrEqual(Vector512.Load(v + 16) * Vector512.Load(f + 16), Vector512.Load(t + 16)).AsInt32();
        Vector512<int> c = Vector512.GreaterThanOrEqual(Vector512.Load(v + 32) * Vector512.Load(f + 32), Vector512.Load(t + 32)).AsInt32();
        Vector512<int> d = Vector512.GreaterThanOrEqual(Vector512.Load(v + 48) * Vector512.Load(f + 48), Vector512.Load(t + 48)).AsInt32();
        return Vector512.Narrow(Vector512.Narrow(a, b), Vector512.Narrow(c, d)).AsByte() & Vector512<byte>.One;
    }
}
