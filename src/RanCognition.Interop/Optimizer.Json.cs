using RanCognition.Optimization;

namespace RanCognition.Interop;

// The same calls with the JSON of rancognition.h, as text or UTF-8 bytes.
public sealed unsafe partial class Optimizer
{
    /// <summary>Solves a problem whose points the library can evaluate.</summary>
    /// <param name="problem">JSON object with problem_type and what it works on, or function.</param>
    /// <returns>JSON.</returns>
    public string Optimize(string problem) => Optimize(NativeCall.Utf8(problem), NativeCall.TakeText);

    /// <inheritdoc cref="Optimize(string)"/>
    public string Optimize(ReadOnlySpan<byte> problem) => Optimize(problem, NativeCall.TakeText);

    /// <summary>Solves a problem whose points the application evaluates, one at a time, on this thread.</summary>
    /// <param name="problem">JSON object with variables and objectives.</param>
    /// <param name="evaluate">As for <see cref="OptimizeWith(Contracts.OptimizationProblem, PointEvaluator)"/>.</param>
    /// <returns>JSON.</returns>
    public string OptimizeWith(string problem, PointEvaluator evaluate) => OptimizeWith(NativeCall.Utf8(problem), evaluate, NativeCall.TakeText);

    /// <inheritdoc cref="OptimizeWith(string, PointEvaluator)"/>
    public string OptimizeWith(ReadOnlySpan<byte> problem, PointEvaluator evaluate) => OptimizeWith(problem, evaluate, NativeCall.TakeText);

    /// <summary>Solves a problem whose points the application evaluates, all that do not depend on each other in one call, on this thread.</summary>
    /// <param name="problem">JSON object with variables and objectives.</param>
    /// <param name="evaluate">As for <see cref="OptimizeWithBatch(Contracts.OptimizationProblem, BatchEvaluator)"/>.</param>
    /// <returns>JSON.</returns>
    public string OptimizeWithBatch(string problem, BatchEvaluator evaluate) => OptimizeWithBatch(NativeCall.Utf8(problem), evaluate, NativeCall.TakeText);

    /// <inheritdoc cref="OptimizeWithBatch(string, BatchEvaluator)"/>
    public string OptimizeWithBatch(ReadOnlySpan<byte> problem, BatchEvaluator evaluate) => OptimizeWithBatch(problem, evaluate, NativeCall.TakeText);

    /// <summary>What a radio network gives: loads at their fixed point, throughput, coverage, energy.</summary>
    /// <param name="network">JSON object.</param>
    /// <returns>JSON.</returns>
    public string EvaluateNetwork(string network) => EvaluateNetwork(NativeCall.Utf8(network), NativeCall.TakeText);

    /// <inheritdoc cref="EvaluateNetwork(string)"/>
    public string EvaluateNetwork(ReadOnlySpan<byte> network) => EvaluateNetwork(network, NativeCall.TakeText);

    /// <inheritdoc cref="Begin(Contracts.OptimizationProblem)"/>
    /// <param name="problem">JSON object with variables and objectives.</param>
    public void Begin(string problem) => Begin((ReadOnlySpan<byte>)NativeCall.Utf8(problem));

    /// <inheritdoc cref="Result"/>
    /// <returns>JSON.</returns>
    public string ResultJson()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeText(NativeMethods.rancog_optimization_result(use.Value));
    }
}
