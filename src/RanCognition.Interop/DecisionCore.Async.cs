using RanCognition.Contracts;

namespace RanCognition.Interop;

// Calls on the thread pool. They queue without a thread; records and texts are copied before they return. Cancelled, they leave the queue, or end at the next question to the application's model
// or at the library's next progress report, and nothing was decided. A model or a callback of the core must not wait for one of them.
public sealed unsafe partial class DecisionCore
{
    /// <summary>Decides. No action is a decision too; its reason says why.</summary>
    /// <param name="problem">What is known of the network, or an intent of TS 28.312; and what may be done. Copied.</param>
    /// <param name="constraints">Further targets; null means none.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing was decided.</exception>
    public Task<Decision> DecideAsync(
        DecisionProblem problem, IReadOnlyList<Constraint>? constraints = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(problem), targets = Targets(constraints);
        return _turns.Run(() => Decide(text, targets, NativeCall.TakeRecord<Decision>, progress, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="DecideAsync(DecisionProblem, IReadOnlyList{Constraint}, IProgress{double}, CancellationToken)"/>
    /// <param name="problem">JSON object.</param>
    /// <param name="constraints">JSON array; null means none.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON.</returns>
    public Task<string> DecideAsync(string problem, string? constraints = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(problem), targets = constraints is null ? [] : NativeCall.Utf8(constraints);
        return _turns.Run(() => Decide(text, targets, NativeCall.TakeText, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Decides with the application's own model of its network, which is asked on one thread of the pool.</summary>
    /// <param name="problem">Copied.</param>
    /// <param name="model">As for <see cref="DecideWith(DecisionProblem, WhatIfModel, IReadOnlyList{Constraint})"/>.</param>
    /// <param name="constraints">Further targets; null means none.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing was decided.</exception>
    public Task<Decision> DecideWithAsync(
        DecisionProblem problem, WhatIfModel model, IReadOnlyList<Constraint>? constraints = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(problem), targets = Targets(constraints);
        WhatIfFunction asked = AskedInRecords(model);
        return _turns.Run(() => DecideWith(text, asked, targets, NativeCall.TakeRecord<Decision>, progress, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="DecideWithAsync(DecisionProblem, WhatIfModel, IReadOnlyList{Constraint}, IProgress{double}, CancellationToken)"/>
    /// <param name="problem">JSON object.</param>
    /// <param name="model">As for <see cref="DecideWith(string, WhatIfFunction, string?)"/>.</param>
    /// <param name="constraints">JSON array; null means none.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>JSON.</returns>
    public Task<string> DecideWithAsync(string problem, WhatIfFunction model, string? constraints = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(problem), targets = constraints is null ? [] : NativeCall.Utf8(constraints);
        ArgumentNullException.ThrowIfNull(model);
        return _turns.Run(() => DecideWith(text, model, targets, NativeCall.TakeText, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Tells what came of a decision. Once the time of observation is over it is judged, and learned from; once only.</summary>
    /// <param name="outcome">What was observed, and when; copied.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing was learned.</exception>
    public Task<OutcomeReply> ReportOutcomeAsync(DecisionOutcome outcome, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Json(outcome);
        return _turns.Run(() => ReportOutcome(text, NativeCall.TakeRecord<OutcomeReply>), cancellationToken);
    }

    /// <inheritdoc cref="ReportOutcomeAsync(DecisionOutcome, CancellationToken)"/>
    /// <param name="outcome">JSON object with decision_id and observed.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <returns>JSON.</returns>
    public Task<string> ReportOutcomeAsync(string outcome, CancellationToken cancellationToken = default)
    {
        byte[] text = NativeCall.Utf8(outcome);
        return _turns.Run(() => ReportOutcome(text, NativeCall.TakeText), cancellationToken);
    }

    /// <summary>Takes a message with measurements into the history, whole or not at all.</summary>
    /// <param name="message">The message; its format is found by its structure.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing was taken.</exception>
    public Task<IngestReport> IngestAsync(string message, CancellationToken cancellationToken = default) => IngestAsync(NativeCall.Utf8(message), cancellationToken);

    /// <inheritdoc cref="IngestAsync(string, CancellationToken)"/>
    /// <param name="message">The message, which must stay as it is until the call ends.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    public Task<IngestReport> IngestAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        _turns.Run(() => Ingest(message.Span, NativeCall.TakeRecord<IngestReport>), cancellationToken);

    /// <inheritdoc cref="IngestAsync(string, CancellationToken)"/>
    /// <returns>JSON.</returns>
    public Task<string> IngestJsonAsync(string message, CancellationToken cancellationToken = default) => IngestJsonAsync(NativeCall.Utf8(message), cancellationToken);

    /// <inheritdoc cref="IngestAsync(ReadOnlyMemory{byte}, CancellationToken)"/>
    /// <returns>JSON.</returns>
    public Task<string> IngestJsonAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        _turns.Run(() => Ingest(message.Span, NativeCall.TakeText), cancellationToken);

    /// <summary>Makes every call of a record again, with the clock and the random numbers as they were, and compares the results byte by byte.</summary>
    /// <param name="path">A file that <see cref="CognitiveOptions.RecordTo"/> made.</param>
    /// <param name="host">Progress, and a clock for the time it takes; null means the library's own clock.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<ReplayReport> ReplayAsync(string path, Host? host = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] name = NativeCall.Utf8(path);
        return Task.Run(() => Replay(name, host, NativeCall.TakeRecord<ReplayReport>, progress, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="ReplayAsync(string, Host?, IProgress{double}, CancellationToken)"/>
    /// <returns>JSON.</returns>
    public static Task<string> ReplayJsonAsync(string path, Host? host = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        byte[] name = NativeCall.Utf8(path);
        return Task.Run(() => Replay(name, host, NativeCall.TakeText, progress, cancellationToken), cancellationToken);
    }
}
