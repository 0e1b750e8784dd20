namespace RanCognition.Contracts;

/// <summary>What a task asks of a cognitive core.</summary>
public enum CognitiveOperationKind : byte
{
    Decide,
    ReportOutcome,
    Rollback,
    GetState,
    Ingest,
}

/// <summary>An operation and the JSON of its arguments.</summary>
/// <param name="Kind">Which.</param>
/// <param name="First">Problem, outcome or message; empty where there is none.</param>
/// <param name="Second">Constraints.</param>
/// <param name="DecisionId">Of a rollback.</param>
public sealed record CognitiveOperation(CognitiveOperationKind Kind, ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Second, ulong DecisionId)
{
    /// <summary>Members beside the arguments that were not used.</summary>
    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
