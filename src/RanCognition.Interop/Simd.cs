namespace RanCognition.Interop;

/// <summary>Kernels on whole arrays with the vectors of the processor; the bits of a result do not depend on the processor. Any thread may call them.</summary>
public static unsafe class Simd
{
    /// <summary>Tells for every element whether it reaches its threshold: patterns[i] * factors[i] >= thresholds[i], the product rounded to float.</summary>
    /// <param name="patterns">1..67108864 numbers. NaN reaches nothing.</param>
    /// <param name="thresholds">As many. NaN is reached by nothing.</param>
    /// <param name="factors">As many.</param>
    /// <param name="reached">Receives 1 or 0 for each; may overlap the inputs.</param>
    public static void VectorizedPatternMatching(ReadOnlySpan<float> patterns, ReadOnlySpan<float> thresholds, ReadOnlySpan<float> factors, Span<byte> reached)
    {
        RequireLength(thresholds.Length, patterns.Length, nameof(thresholds));
        RequireLength(factors.Length, patterns.Length, nameof(factors));
        RequireLength(reached.Length, patterns.Length, nameof(reached));
        using CallScope scope = new(null, default);
        fixed (float* a = patterns, b = thresholds, c = factors)
        fixed (byte* room = reached)
        {
            NativeCall.Check(NativeMethods.rancog_simd_vectorized_pattern_matching(a, b, c, (nuint)patterns.Length, room));
        }
    }

    /// <summary>Multiplies a timeline by its weights, round after round, each product rounded to float.</summary>
    /// <param name="timeline">1..67108864 numbers.</param>
    /// <param name="weights">As many.</param>
    /// <param name="operationsCount">Rounds, 0..1048576; 0 copies.</param>
    /// <param name="result">Receives as many numbers; may be one of the inputs.</param>
    public static void ParallelTemporalComputation(ReadOnlySpan<float> timeline, ReadOnlySpan<float> weights, int operationsCount, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(operationsCount);
        RequireLength(weights.Length, timeline.Length, nameof(weights));
        RequireLength(result.Length, timeline.Length, nameof(result));
        using CallScope scope = new(null, default);
        fixed (float* a = timeline, b = weights, room = result)
        {
            NativeCall.Check(NativeMethods.rancog_simd_parallel_temporal_computation(a, b, (nuint)timeline.Length, (nuint)operationsCount, room));
        }
    }

    private static void RequireLength(int length, int needed, string name)
    {
        if (length != needed)
        {
            throw new ArgumentException($"{length} elements, there must be {needed}", name);
        }
    }
}
