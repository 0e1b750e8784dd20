using RanCognition.Contracts;

namespace RanCognition.Interop;

// Calls on the thread pool. They queue without a thread; requests are copied before they return. Cancelled, they leave the queue, or end at the next point that the application's map is asked
// for, or at the library's next progress report. A map or a callback of the core must not wait for one of them.
public sealed unsafe partial class StrangeLoop
{
    /// <summary>Seeks x = F(x) for a map F that is built in.</summary>
    /// <param name="request">With a map; copied.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<FixedPointResult> SolveAsync(FixedPointRequest request, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(request);
        return _turns.Run(() => Solve(text, NativeCall.TakeRecord<FixedPointResult>, progress, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="SolveAsync(FixedPointRequest, IProgress{double}, CancellationToken)"/>
    /// <param name="request">JSON object with map.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON.</returns>
    public Task<string> SolveAsync(string request, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(request);
        return _turns.Run(() => Solve(text, NativeCall.TakeText, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Seeks x = F(x) for a map F of the application's, which is asked on one thread of the pool.</summary>
    /// <param name="request">Without a map, with x0; copied.</param>
    /// <param name="map">As for <see cref="SolveWith(FixedPointRequest, FixedPointMap)"/>.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<FixedPointResult> SolveWithAsync(FixedPointRequest request, FixedPointMap map, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(request);
        ArgumentNullException.ThrowIfNull(map);
        return _turns.Run(() => SolveWith(text, map, NativeCall.TakeRecord<FixedPointResult>, progress, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="SolveWithAsync(FixedPointRequest, FixedPointMap, IProgress{double}, CancellationToken)"/>
    /// <param name="request">JSON object with x0.</param>
    /// <param name="map">As for <see cref="SolveWith(FixedPointRequest, FixedPointMap)"/>.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON.</returns>
    public Task<string> SolveWithAsync(string request, FixedPointMap map, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(request);
        ArgumentNullException.ThrowIfNull(map);
        return _turns.Run(() => SolveWith(text, map, NativeCall.TakeText, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Tells what happened since a loop last spoke, and what it expects next. Await it before the loop speaks again: which of two calls comes first is not promised.</summary>
    /// <param name="observation">What was observed is taken first; copied.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<LoopReply> ObserveAsync(LoopObservation observation, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(observation);
        return _turns.Run(() => Observe(text, NativeCall.TakeRecord<LoopReply>), cancellationToken);
    }

    /// <inheritdoc cref="ObserveAsync(LoopObservation, CancellationToken)"/>
    /// <param name="observation">JSON object with loop_id.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <returns>JSON.</returns>
    public Task<string> ObserveAsync(string observation, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(observation);
        return _turns.Run(() => Observe(text, NativeCall.TakeText), cancellationToken);
    }

    /// <summary>Finds commands of different control functions that work against each other, and functions that chase each other.</summary>
    /// <param name="request">Commands, groups of parameters, KPIs, gains between functions; copied.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<ConflictReport> DetectConflictsAsync(ConflictRequest request, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(request);
        return _turns.Run(() => DetectConflicts(text, NativeCall.TakeRecord<ConflictReport>, progress, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="DetectConflictsAsync(ConflictRequest, IProgress{double}, CancellationToken)"/>
    /// <param name="request">JSON object with commands, loops or both.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON.</returns>
    public Task<string> DetectConflictsAsync(string request, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(request);
        return _turns.Run(() => DetectConflicts(text, NativeCall.TakeText, progress, cancellationToken), cancellationToken);
    }
}
