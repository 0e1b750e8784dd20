using RanCognition.Contracts;

namespace RanCognition.Interop;

// Long calls on the thread pool. They queue without a thread; the input is copied before they return, so arrays may be used again at once. Cancelled, they leave the queue, or end at
// the library's next progress report: between the stages of an analysis, the metrics of a timeline, or the problems of a batch. A callback of the core must not wait for one of them.
public sealed unsafe partial class TemporalCore
{
    /// <summary>Expands one RAN problem into a timeline of possible futures and analyses it.</summary>
    /// <param name="problem">The problem; copied.</param>
    /// <param name="constraints">More limits; null means none.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<TemporalAnalysisResult> ExpandSubjectiveTimeAsync(
        RanProblem problem, IReadOnlyList<Constraint>? constraints = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(problem);
        byte[] limits = Limits(constraints);
        return _turns.Run(() => Expand(text, limits, NativeCall.TakeRecord<TemporalAnalysisResult>, progress, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="ExpandSubjectiveTimeAsync(RanProblem, IReadOnlyList{Constraint}, IProgress{double}, CancellationToken)"/>
    /// <param name="problem">JSON object.</param>
    /// <param name="constraints">JSON array; null means none.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON.</returns>
    public Task<string> ExpandSubjectiveTimeAsync(string problem, string? constraints = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(problem);
        byte[] limits = constraints is null ? [] : NativeCall.Utf8(constraints);
        return _turns.Run(() => Expand(text, limits, NativeCall.TakeText, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Analyses many problems on several threads; one that fails does not stop the others.</summary>
    /// <param name="problems">At most 100000; copied.</param>
    /// <param name="threadCount">Threads, one of the pool included; 0 means one for each processor. Results do not depend on it.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<ParallelTemporalAnalysisResult> ParallelTemporalAnalysisAsync(
        IReadOnlyList<RanProblem> problems, int threadCount = 0, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threadCount);
        byte[] text = NativeCall.Json(problems);
        return _turns.Run(() => Parallel(text, threadCount, NativeCall.TakeRecord<ParallelTemporalAnalysisResult>, progress, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="ParallelTemporalAnalysisAsync(IReadOnlyList{RanProblem}, int, IProgress{double}, CancellationToken)"/>
    /// <param name="problems">JSON array.</param>
    /// <param name="threadCount">Threads, one of the pool included; 0 means one for each processor. Results do not depend on it.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON.</returns>
    public Task<string> ParallelTemporalAnalysisAsync(string problems, int threadCount = 0, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threadCount);
        byte[] text = NativeCall.Utf8(problems);
        return _turns.Run(() => Parallel(text, threadCount, NativeCall.TakeText, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Measures how many scenario paths a timeline needs: the curve of error and time, and the recommended expansion factor.</summary>
    /// <param name="timeline">The metrics' history; copied.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<OptimizedTimeline> OptimizeTemporalExpansionAsync(Timeline timeline, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(timeline);
        return _turns.Run(() => Optimize(text, NativeCall.TakeRecord<OptimizedTimeline>, progress, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="OptimizeTemporalExpansionAsync(Timeline, IProgress{double}, CancellationToken)"/>
    /// <param name="timeline">JSON object {id, metrics{..}, constraints[]}.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON.</returns>
    public Task<string> OptimizeTemporalExpansionAsync(string timeline, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(timeline);
        return _turns.Run(() => Optimize(text, NativeCall.TakeText, progress, cancellationToken), cancellationToken);
    }
}
