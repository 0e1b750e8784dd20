using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Native.Boundary;
using RanCognition.Performance;

namespace RanCognition.Native.Exports;

/// <summary>
/// Kernels on whole arrays of numbers, with the vectors of the processor. No handle: any thread may call them at any time. The bits of a result do not depend on
/// the processor.
/// </summary>
[HeaderChapter(50, "SIMD")]
internal static unsafe class SimdExports
{
    /// <summary>Tells for every element whether it reaches its threshold: out[i] = patterns[i] * factors[i] &gt;= thresholds[i] ? 1 : 0, the product rounded to float.</summary>
    /// <param name="patterns">n numbers. NaN reaches nothing.</param>
    /// <param name="thresholds">n numbers. NaN is reached by nothing.</param>
    /// <param name="factors">n numbers.</param>
    /// <param name="n">Elements, 1..67108864.</param>
    /// <param name="out">Room for n bytes. May overlap the inputs in any way: the result is as if they had been copied first.</param>
    /// <returns>RANCOG_OK, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT or RANCOG_E_OUT_OF_MEMORY; nothing is written on failure.</returns>
    [Since("0.3")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_simd_vectorized_pattern_matching", CallConvs = [typeof(CallConvCdecl)])]
    public static int VectorizedPatternMatching(float* patterns, float* thresholds, float* factors, nuint n, byte* @out)
    {
        try
        {
            Gate.Enter();
            SimdOps.Vector.VectorizedPatternMatching(NativeInput.Samples(patterns, n, "patterns"), NativeInput.Samples(thresholds, n, "thresholds"),
                NativeInput.Samples(factors, n, "factors"), NativeInput.Room(@out, n, "out"));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>Multiplies a timeline by its weights, round after round: out[i] = timeline[i] * weights[i] * weights[i] ..., each product rounded to float.</summary>
    /// <remarks>A round that changes nothing any more ends the work on its elements early.</remarks>
    /// <param name="timeline">n numbers.</param>
    /// <param name="weights">n numbers.</param>
    /// <param name="n">Elements, 1..67108864.</param>
    /// <param name="operationsCount">Rounds, 0..1048576; 0 copies. n times operations_count is at most 4294967296, which takes a fraction of a second.</param>
    /// <param name="out">Room for n numbers. May be one of the inputs or overlap them in any way: the result is as if they had been copied first.</param>
    /// <returns>RANCOG_OK, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT or RANCOG_E_OUT_OF_MEMORY; nothing is written on failure.</returns>
    [Since("0.3")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_simd_parallel_temporal_computation", CallConvs = [typeof(CallConvCdecl)])]
    public static int ParallelTemporalComputation(float* timeline, float* weights, nuint n, nuint operationsCount, float* @out)
    {
        try
        {
            Gate.Enter();
            ReadOnlySpan<float> values = NativeInput.Samples(timeline, n, "timeline"), factors = NativeInput.Samples(weights, n, "weights");
            Span<float> room = NativeInput.Room(@out, n, "out");
            SimdOps.Vector.ParallelTemporalComputation(values, factors, SimdLimits.RequireOperations(operationsCount, n, "operations_count"), room);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }
}
