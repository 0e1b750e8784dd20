namespace RanCognition.Contracts;

/// <summary>One line of a record: a call on a cognitive core with everything that it read and what came of it.</summary>
public sealed class RecordedCall
{
    public const string CreateName = "create";

    /// <summary>Null = the core was created: Options and what it held are given, nothing else but Clock and Random.</summary>
    public CognitiveOperationKind? Kind { get; init; }

    public CognitiveOptions? Options { get; init; }

    /// <summary>Of the library.</summary>
    public string Version { get; init; } = "";

    /// <summary>What the file held when the core was created.</summary>
    public ulong Decisions { get; init; }

    public ulong Episodes { get; init; }

    public ulong HistorySamples { get; init; }

    /// <summary>Problem, outcome or message, to the byte.</summary>
    public byte[] First { get; init; } = [];

    /// <summary>Constraints, to the byte.</summary>
    public byte[] Second { get; init; } = [];

    /// <summary>Of a rollback.</summary>
    public ulong DecisionId { get; init; }

    /// <summary>Name under which a refusal speaks of First; empty = as the call names it.</summary>
    public string Argument { get; init; } = "";

    /// <summary>Times that the call read, ns, in their order.</summary>
    public ulong[] Clock { get; init; } = [];

    /// <summary>Random numbers that the call read.</summary>
    public ulong[] Random { get; init; } = [];

    /// <summary>What the host's model answered, in order: null = nothing can be told. Null when there was no model.</summary>
    public IReadOnlyList<double[]?>? Answers { get; init; }

    /// <summary>Report of progress at which the host asked to stop, from 1; 0 = it did not.</summary>
    public ulong CancelledAt { get; init; }

    /// <summary>Null when the call failed.</summary>
    public byte[]? Result { get; init; }

    /// <summary>Code of the failure.</summary>
    public int Status { get; init; }

    /// <summary>Message of the failure.</summary>
    public string Message { get; init; } = "";

    public string Name => Kind switch
    {
        null => CreateName,
        CognitiveOperationKind.Decide => Answers is null ? "decide" : "decide_with",
        CognitiveOperationKind.ReportOutcome => "report_outcome",
        CognitiveOperationKind.Rollback => "rollback",
        CognitiveOperationKind.GetState => "get_state",
        _ => "ingest",
    };
}
