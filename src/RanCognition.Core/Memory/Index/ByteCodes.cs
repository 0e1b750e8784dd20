using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RanCognition.Memory.Index;

/// <summary>One byte a coordinate: what it stands for is offset + step * byte.</summary>
internal static unsafe class ByteCodes
{
    /// <summary>Squared distance between a query and what a code stands for, within the space's DistanceRounding and its points' rounding.</summary>
    /// <remarks>The query comes less the offsets; the number of bytes is a multiple of 16.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SquaredDistance(byte* code, float* centred, float* steps, int bytes)
    {
        Vector256<float> sum0 = default, sum1 = default;
        for (int i = 0; i < bytes; i += 16)
        {
            Vector256<float> left0 = Subtract(Vector256.Load(centred + i), Widen(code + i), Vector256.Load(steps + i));
            Vector256<float> left1 = Subtract(Vector256.Load(centred + i + 8), Widen(code + i + 8), Vector256.Load(steps + i + 8));
            sum0 = Vector256.MultiplyAddEstimate(left0, left0, sum0);
            sum1 = Vector256.MultiplyAddEstimate(left1, left1, sum1);
        }
        return Vector256.Sum(sum0 + sum1);
    }

    /// <summary>The same, one number at a time.</summary>
    public static float SquaredDistancePortable(byte* code, float* centred, float* steps, int bytes)
    {
        float sum = 0;
        for (int from = 0; from < bytes; from += 8)   // eight at a time, so that the rounding grows no faster than with vectors
        {
            float part = 0;
            for (int i = from; i < from + 8; i++)
            {
                float left = centred[i] - code[i] * steps[i];
                part += left * left;
            }
            sum += part;
        }
        return sum;
    }

    // from - cells * steps
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Subtract(Vector256<float> from, Vector256<float> cells, Vector256<float> steps)
        => Fma.IsSupported ? Fma.MultiplyAddNegated(cells, steps, from) : from - cells * steps;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Widen(byte* code)
    {
        if (Avx2.IsSupported)
        {
            return Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(code));
        }
        (Vector128<ushort> words, _) = Vector128.Widen(Vector128.CreateScalarUnsafe(*(ulong*)code).AsByte());
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(words);
        return Vector256.Create(Vector128.ConvertToSingle(low.AsInt32()), Vector128.ConvertToSingle(high.AsInt32()));
    }
}
