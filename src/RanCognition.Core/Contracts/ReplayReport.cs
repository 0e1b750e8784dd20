namespace RanCognition.Contracts;

/// <summary>A call whose result was another than the recorded one.</summary>
public sealed class ReplayDifference
{
    /// <summary>Of the record, from 1.</summary>
    public required ulong Line { get; init; }

    public required string Call { get; init; }

    /// <summary>Where it begins to differ, shortened.</summary>
    public required string Recorded { get; init; }

    public required string Replayed { get; init; }
}

/// <summary>What came of making the calls of a record again.</summary>
public sealed class ReplayReport
{
    /// <summary>Calls that were made again.</summary>
    public ulong Calls { get; init; }

    /// <summary>Of these, calls that read the same and gave the same bytes, or the same failure.</summary>
    public ulong Equal { get; init; }

    /// <summary>The first of the others.</summary>
    public IReadOnlyList<ReplayDifference> Different { get; init; } = [];

    /// <summary>Calls that were not made again: they had failed by the state of the machine (storage, memory) and changed nothing, or Ignored says why.</summary>
    public ulong NotRepeated { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];

    public ulong ExecutionTime { get; init; }
}
