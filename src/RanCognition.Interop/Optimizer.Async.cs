using RanCognition.Contracts;
using RanCognition.Optimization;

namespace RanCognition.Interop;

// Searches on the thread pool. They queue without a thread; problems are copied before they return. Cancelled, they leave the queue, or end at the next point that the application
// evaluates, or at the library's next progress report. An evaluator or a callback of the optimizer must not wait for one of them.
public sealed unsafe partial class Optimizer
{
    /// <summary>Solves a problem whose points the library can evaluate.</summary>
    /// <param name="problem">With a problem type and what it works on, or a test function; copied.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<OptimizationResult> OptimizeAsync(OptimizationProblem problem, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(problem);
        return _turns.Run(() => Optimize(text, NativeCall.TakeRecord<OptimizationResult>, progress, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="OptimizeAsync(OptimizationProblem, IProgress{double}, CancellationToken)"/>
    /// <param name="problem">JSON object with problem_type and what it works on, or function.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON.</returns>
    public Task<string> OptimizeAsync(string problem, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(problem);
        return _turns.Run(() => Optimize(text, NativeCall.TakeText, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Solves a problem whose points the application evaluates, one at a time, on one thread of the pool.</summary>
    /// <param name="problem">With variables and objectives; copied.</param>
    /// <param name="evaluate">As for <see cref="OptimizeWith(OptimizationProblem, PointEvaluator)"/>.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<OptimizationResult> OptimizeWithAsync(
        OptimizationProblem problem, PointEvaluator evaluate, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(problem);
        ArgumentNullException.ThrowIfNull(evaluate);
        return _turns.Run(() => OptimizeWith(text, evaluate, NativeCall.TakeRecord<OptimizationResult>, progress, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="OptimizeWithAsync(OptimizationProblem, PointEvaluator, IProgress{double}, CancellationToken)"/>
    /// <param name="problem">JSON object with variables and objectives.</param>
    /// <param name="evaluate">As for <see cref="OptimizeWith(OptimizationProblem, PointEvaluator)"/>.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON.</returns>
    public Task<string> OptimizeWithAsync(string problem, PointEvaluator evaluate, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(problem);
        ArgumentNullException.ThrowIfNull(evaluate);
        return _turns.Run(() => OptimizeWith(text, evaluate, NativeCall.TakeText, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Solves a problem whose points the application evaluates, all that do not depend on each other in one call, on one thread of the pool.</summary>
    /// <param name="problem">With variables and objectives; copied.</param>
    /// <param name="evaluate">As for <see cref="OptimizeWithBatch(OptimizationProblem, BatchEvaluator)"/>.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<OptimizationResult> OptimizeWithBatchAsync(
        OptimizationProblem problem, BatchEvaluator evaluate, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(problem);
        ArgumentNullException.ThrowIfNull(evaluate);
        return _turns.Run(() => OptimizeWithBatch(text, evaluate, NativeCall.TakeRecord<OptimizationResult>, progress, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="OptimizeWithBatchAsync(OptimizationProblem, BatchEvaluator, IProgress{double}, CancellationToken)"/>
    /// <param name="problem">JSON object with variables and objectives.</param>
    /// <param name="evaluate">As for <see cref="OptimizeWithBatch(OptimizationProblem, BatchEvaluator)"/>.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON.</returns>
    public Task<string> OptimizeWithBatchAsync(string problem, BatchEvaluator evaluate, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(problem);
        ArgumentNullException.ThrowIfNull(evaluate);
        return _turns.Run(() => OptimizeWithBatch(text, evaluate, NativeCall.TakeText, progress, cancellationToken), cancellationToken);
    }

    /// <summary>What a radio network gives: loads at their fixed point, throughput, coverage, energy.</summary>
    /// <param name="network">The network; copied.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<NetworkEvaluation> EvaluateNetworkAsync(NetworkModel network, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(network);
        return _turns.Run(() => EvaluateNetwork(text, NativeCall.TakeRecord<NetworkEvaluation>), cancellationToken);
    }

    /// <inheritdoc cref="EvaluateNetworkAsync(NetworkModel, CancellationToken)"/>
    /// <param name="network">JSON object.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <returns>JSON.</returns>
    public Task<string> EvaluateNetworkAsync(string network, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(network);
        return _turns.Run(() => EvaluateNetwork(text, NativeCall.TakeText), cancellationToken);
    }
}
