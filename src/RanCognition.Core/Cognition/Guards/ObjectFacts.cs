namespace RanCognition.Cognition.Guards;

/// <summary>What the guards know of one managed object, whatever is changed of it: found once a decision, since candidates change the same objects again and again.</summary>
internal sealed class ObjectFacts
{
    /// <summary>Name of the cell that it is; null when it is none.</summary>
    public string? Cell { get; init; }

    /// <summary>Cell that a relation leads to, and others that its name may mean; null when it is none.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    // Faults, without the name of the change; null when there is none.
    public string? Protected { get; init; }

    /// <summary>Of a relation its target cell or else the cell that it begins at, of a cell itself.</summary>
    public string? Asleep { get; init; }

    /// <summary>The same.</summary>
    public string? Woken { get; init; }

    public string? FewSamples { get; init; }

    public string? TooSoon { get; init; }
}
