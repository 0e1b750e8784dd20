using RanCognition.Contracts;

namespace RanCognition.Interop;

// Calls that wait for the device or take long, on the thread pool: they run side by side, so writes that are begun together share commits. JSON and records are copied before they
// return. Cancelled, they do not begin; a backup that is under way ends at the library's next progress report. What has begun to be written is written.
public sealed unsafe partial class EpisodeMemory
{
    /// <summary>Keeps one episode.</summary>
    /// <param name="episode">The episode; copied.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing is stored.</exception>
    public Task<StoreResult> StoreAsync(Episode episode, CancellationToken cancellationToken = default) =>
        Begin(NativeCall.Json(episode), (text, token) => Store(text, NativeCall.TakeRecord<StoreResult>, token), cancellationToken);

    /// <summary>Keeps all of them, or none.</summary>
    /// <param name="episodes">1..1048576; copied.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing is stored.</exception>
    public Task<StoreResult> StoreAsync(IReadOnlyList<Episode> episodes, CancellationToken cancellationToken = default) =>
        Begin(NativeCall.Json(episodes), (text, token) => Store(text, NativeCall.TakeRecord<StoreResult>, token), cancellationToken);

    /// <inheritdoc cref="StoreAsync(Episode, CancellationToken)"/>
    /// <param name="episode">JSON object, or array of objects.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <returns>JSON.</returns>
    public Task<string> StoreAsync(string episode, CancellationToken cancellationToken = default) =>
        Begin(NativeCall.Utf8(episode), (text, token) => Store(text, NativeCall.TakeText, token), cancellationToken);

    /// <summary>Finds the episodes that are most like what is looked for.</summary>
    /// <param name="query">What is looked for; copied.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<RecallResult> RecallAsync(RecallQuery query, CancellationToken cancellationToken = default) =>
        Begin(NativeCall.Json(query), (text, token) => Recall(text, NativeCall.TakeRecord<RecallResult>, token), cancellationToken);

    /// <inheritdoc cref="RecallAsync(RecallQuery, CancellationToken)"/>
    /// <param name="query">JSON object.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <returns>JSON.</returns>
    public Task<string> RecallAsync(string query, CancellationToken cancellationToken = default) =>
        Begin(NativeCall.Utf8(query), (text, token) => Recall(text, NativeCall.TakeText, token), cancellationToken);

    /// <summary>Changes some members of an episode.</summary>
    /// <param name="update">The episode, and its new members; copied.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing is changed.</exception>
    public Task<UpdateResult> UpdateAsync(EpisodeUpdate update, CancellationToken cancellationToken = default) =>
        Begin(NativeCall.Json(update), (text, token) => Update(text, NativeCall.TakeRecord<UpdateResult>, token), cancellationToken);

    /// <inheritdoc cref="UpdateAsync(EpisodeUpdate, CancellationToken)"/>
    /// <param name="update">JSON object: id, and the members to change.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <returns>JSON.</returns>
    public Task<string> UpdateAsync(string update, CancellationToken cancellationToken = default) =>
        Begin(NativeCall.Utf8(update), (text, token) => Update(text, NativeCall.TakeText, token), cancellationToken);

    /// <summary>Removes an episode.</summary>
    /// <param name="id">Id of the episode.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing is removed.</exception>
    public Task RemoveAsync(ulong id, CancellationToken cancellationToken = default) => Task.Run(() => Remove(id), cancellationToken);

    /// <summary>Asks what the episodes say together, or does something to them together.</summary>
    /// <param name="request">Skills, effect, prune or backup; copied.</param>
    /// <param name="progress">Told the share of a backup that is done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call before it begins, or a backup under way.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<MemoryAnalysisResult> AnalyzeAsync(MemoryAnalysis request, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Begin(NativeCall.Json(request), (text, token) => Analyze(text, NativeCall.TakeRecord<MemoryAnalysisResult>, progress, token), cancellationToken);

    /// <inheritdoc cref="AnalyzeAsync(MemoryAnalysis, IProgress{double}, CancellationToken)"/>
    /// <param name="request">JSON object with op: skills, effect, prune or backup.</param>
    /// <param name="progress">Told the share of a backup that is done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call before it begins, or a backup under way.</param>
    /// <returns>JSON.</returns>
    public Task<string> AnalyzeAsync(string request, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Begin(NativeCall.Utf8(request), (text, token) => Analyze(text, NativeCall.TakeText, progress, token), cancellationToken);

    /// <summary>Everything stored so far is on the device and, with postgres, exchanged with the shared database.</summary>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) => Task.Run(Flush, cancellationToken);

    /// <summary>Keeps all of them in one commit, or none.</summary>
    /// <param name="episodes">1..1048576; they, their vectors and documents must stay as they are until the call ends.</param>
    /// <param name="durability">What is promised of them; null = the memory's own.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <returns>Their ids, in order.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing is stored.</exception>
    public Task<ulong[]> AppendAsync(ReadOnlyMemory<EpisodeRow> episodes, Durability? durability = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Append(episodes.Span, durability), cancellationToken);

    private static Task<T> Begin<T>(byte[] text, Func<byte[], CancellationToken, T> call, CancellationToken token) => Task.Run(() => call(text, token), token);
}
