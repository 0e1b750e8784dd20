using RanCognition.Contracts;

namespace RanCognition.Interop;

// The same calls with the JSON of rancognition.h, as text or UTF-8 bytes.
public sealed unsafe partial class DecisionCore
{
    /// <summary>Decides. No action is a decision too; its reason says why.</summary>
    /// <param name="problem">JSON object.</param>
    /// <param name="constraints">JSON array; null means none.</param>
    /// <returns>JSON.</returns>
    public string Decide(string problem, string? constraints = null) => Decide(NativeCall.Utf8(problem), constraints is null ? default : NativeCall.Utf8(constraints));

    /// <inheritdoc cref="Decide(string, string?)"/>
    public string Decide(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> constraints = default) => Decide(problem, constraints, NativeCall.TakeText);

    /// <summary>Decides with the application's own model of its network as the judge of what changes bring.</summary>
    /// <param name="problem">JSON object.</param>
    /// <param name="model">As for <see cref="DecideWith(DecisionProblem, WhatIfModel, IReadOnlyList{Constraint})"/>, asked in JSON.</param>
    /// <param name="constraints">JSON array; null means none.</param>
    /// <returns>JSON.</returns>
    public string DecideWith(string problem, WhatIfFunction model, string? constraints = null) =>
        DecideWith(NativeCall.Utf8(problem), model, constraints is null ? default : NativeCall.Utf8(constraints));

    /// <inheritdoc cref="DecideWith(string, WhatIfFunction, string?)"/>
    public string DecideWith(ReadOnlySpan<byte> problem, WhatIfFunction model, ReadOnlySpan<byte> constraints = default) => DecideWith(problem, model, constraints, NativeCall.TakeText);

    /// <summary>Tells what came of a decision. Once the time of observation is over it is judged, and learned from; once only.</summary>
    /// <param name="outcome">JSON object with decision_id and observed.</param>
    /// <returns>JSON.</returns>
    public string ReportOutcome(string outcome) => ReportOutcome(NativeCall.Utf8(outcome), NativeCall.TakeText);

    /// <inheritdoc cref="ReportOutcome(string)"/>
    public string ReportOutcome(ReadOnlySpan<byte> outcome) => ReportOutcome(outcome, NativeCall.TakeText);

    /// <inheritdoc cref="Rollback(ulong)"/>
    /// <returns>JSON.</returns>
    public string RollbackJson(ulong decisionId) => Rollback(decisionId, NativeCall.TakeText);

    /// <inheritdoc cref="GetState"/>
    /// <returns>JSON.</returns>
    public string GetStateJson()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeText(NativeMethods.rancog_cognitive_get_state(use.Value));
    }

    /// <inheritdoc cref="Ingest(string)"/>
    /// <returns>JSON.</returns>
    public string IngestJson(string message) => IngestJson(NativeCall.Utf8(message));

    /// <inheritdoc cref="IngestJson(string)"/>
    public string IngestJson(ReadOnlySpan<byte> message) => Ingest(message, NativeCall.TakeText);

    /// <inheritdoc cref="Replay(string, Host?)"/>
    /// <returns>JSON.</returns>
    public static string ReplayJson(string path, Host? host = null) => Replay(NativeCall.Utf8(path), host, NativeCall.TakeText);
}
