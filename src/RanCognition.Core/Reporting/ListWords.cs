namespace RanCognition.Reporting;

/// <summary>What the tools of a list are called: those of problems, or those of loops.</summary>
internal sealed class ListWords
{
    /// <summary>Rows, at the start of a sentence.</summary>
    public required string Many { get; init; }

    /// <summary>What can be searched for.</summary>
    public required string Findable { get; init; }

    /// <summary>Member of the rows' data that orders them, and its name; the first is the order in which they are written.</summary>
    public required (string Key, string Name)[] Orders { get; init; }

    /// <summary>State of a row, and the name of those that have it.</summary>
    public required (string State, string Name)[] States { get; init; }
}
