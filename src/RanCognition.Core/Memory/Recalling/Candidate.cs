using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Recalling;

/// <summary>An episode on its way to become a hit.</summary>
internal sealed class Candidate
{
    public required ulong Id { get; init; }

    /// <summary>-1 = only an earlier version of it counts.</summary>
    public required int Row { get; init; }

    public double? Distance { get; init; }

    public double Score { get; set; }

    /// <summary>1 for the best by words, less for each further one; null = not looked for, or not among the best.</summary>
    public double? TextPart { get; set; }

    /// <summary>The version that counts, when it is not the present one.</summary>
    public StoredEpisode? Version { get; init; }

    public required ulong TimeNs { get; init; }

    /// <summary>NaN = unknown.</summary>
    public required double Reward { get; init; }
}
