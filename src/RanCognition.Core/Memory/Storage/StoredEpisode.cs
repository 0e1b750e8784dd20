namespace RanCognition.Memory.Storage;

/// <summary>An episode as it is kept: columns, numbers and the document with the rest.</summary>
internal sealed class StoredEpisode
{
    public required ulong Id { get; init; }

    public required ulong TimeNs { get; init; }

    public required string Cell { get; init; }

    /// <summary>NaN = unknown.</summary>
    public required double Reward { get; init; }

    /// <summary>1, 0, or -1 = unknown.</summary>
    public required int Success { get; init; }

    /// <summary>JSON object in UTF-8, as the codec writes it.</summary>
    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>Empty = none.</summary>
    public required ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Raw values by the position of their metric, NaN = lacks it; empty = no situation. May be shorter than there are metrics.</summary>
    public required ReadOnlyMemory<float> Situation { get; init; }

    /// <summary>For the text search; empty = none. It is in the document too.</summary>
    public string Text { get; init; } = "";
}
