using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RanCognition.Performance;

/// <summary>The two kernels on whole arrays that hosts call.</summary>
public sealed unsafe partial class SimdOps
{
    // Results longer than this would only push everything else out of the caches, which they do not fit in either.
    private const nuint StreamingBytes = 16 << 20;

    /// <summary>result[i] = 1 where patterns[i] * factors[i] &gt;= thresholds[i], else 0; NaN gives 0.</summary>
    /// <remarks>The arrays may overlap in any way: the result is as if the inputs had been copied first.</remarks>
    public void VectorizedPatternMatching(ReadOnlySpan<float> patterns, ReadOnlySpan<float> thresholds, ReadOnlySpan<float> factors, Span<byte> result)
    {
        nuint n = (nuint)result.Length;
        thresholds = thresholds[..result.Length];
        factors = factors[..result.Length];
        patterns = patterns[..result.Length];
        fixed (float* p = patterns, t = thresholds, f = factors)
        fixed (byte* r = result)
        {
            if (CanRunForward(r, n, p, n) && CanRunForward(r, n, t, n) && CanRunForward(r, n, f, n))
            {
                Match(p, t, f, n, r);
                return;
            }
            byte* aside = (byte*)NativeMemory.Alloc(n);
            try
            {
                Match(p, t, f, n, aside);
                NativeMemory.Copy(aside, r, n);
            }
            finally
            {
                NativeMemory.Free(aside);
            }
        }
    }

    /// <summary>result[i] = timeline[i] multiplied operations times by weights[i], each product rounded; 0 times is a copy.</summary>
    /// <remarks>The arrays may overlap in any way: the result is as if the inputs had been copied first.</remarks>
    public void ParallelTemporalComputation(ReadOnlySpan<float> timeline, ReadOnlySpan<float> weights, int operations, Span<float> result)
    {
        nuint n = (nuint)result.Length;
        timeline = timeline[..result.Length];
        weights = weights[..result.Length];
        ArgumentOutOfRangeException.ThrowIfNegative(operations);
        if (operations == 0)
        {
            timeline.CopyTo(result);
            return;
        }
        fixed (float* a = timeline, w = weights, r = result)
        {
            nuint bytes = n * sizeof(float);
            bool apart = AreApart(r, bytes, a, bytes) && AreApart(r, bytes, w, bytes);
            if (apart || (CanRunForward(r, bytes, a, n) && CanRunForward(r, bytes, w, n)))
            {
                bool streaming = apart && bytes >= StreamingBytes && operations == 1;
                Multiply(a, w, n, (uint)operations, r, apart, streaming);
                if (streaming)
                {
                    Interlocked.MemoryBarrier();   // streamed stores are not ordered with later ones until a barrier
                }
                return;
            }
            float* aside = (float*)NativeMemory.Alloc(bytes);
            try
            {
                Multiply(a, w, n, (uint)operations, aside, apart: true, streaming: false);
                NativeMemory.Copy(aside, r, bytes);
            }
            finally
            {
                NativeMemory.Free(aside);
            }
        }
    }

    private void Match(float* patterns, float* thresholds, float* factors, nuint n, byte* result)
    {
        if (!_vectors || !Vector128.IsHardwareAccelerated)
        {
            ThresholdMask.Scalar(patterns, thresholds, factors, n, result);
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            ThresholdMask.Wide512(patterns, thresholds, factors, n, result);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            ThresholdMask.Wide256(patterns, thresholds, factors, n, result);
        }
        else
        {
            ThresholdMask.Wide128(patterns, thresholds, factors, n, result);
        }
    }

    private void Multiply(float* timeline, float* weights, nuint n, uint rounds, float* result, bool apart, bool streaming)
    {
        if (!_vectors || !Vector128.IsHardwareAccelerated)
        {
            RepeatedProducts.Scalar(timeline, weights, n, rounds, result, apart, streaming);
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            RepeatedProducts.Wide512(timeline, weights, n, rounds, result, apart, streaming);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            RepeatedProducts.Wide256(timeline, weights, n, rounds, result, apart, streaming);
        }
        else
        {
            RepeatedProducts.Wide128(timeline, weights, n, rounds, result, apart, streaming);
        }
    }

    private static bool AreApart(void* a, nuint aBytes, void* b, nuint bBytes) => (nuint)a + aBytes <= (nuint)b || (nuint)b + bBytes <= (nuint)a;

    /// <summary>Whether results written from the first to the last never reach an input value before it was read. A result is not larger than an input value.</summary>
    private static bool CanRunForward(void* result, nuint resultBytes, float* input, nuint n) =>
        result <= input || AreApart(result, resultBytes, input, n * sizeof(float));
}
