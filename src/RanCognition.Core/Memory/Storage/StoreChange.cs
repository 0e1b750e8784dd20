using RanCognition.Contracts;

namespace RanCognition.Memory.Storage;

/// <summary>One change of a transaction.</summary>
internal abstract record StoreChange
{
    /// <summary>A new episode; its origin when another site shared it.</summary>
    public sealed record Add(StoredEpisode Episode, EpisodeOrigin? Origin = null) : StoreChange;

    /// <summary>The episode as it is from KnownNs on; what it was until then is kept as a revision.</summary>
    /// <remarks>VectorBefore and SituationBefore are what they were until then: a store without a file keeps neither and takes them from here; one with a file finds them itself where both are empty.</remarks>
    public sealed record Replace(StoredEpisode Episode, ulong KnownNs, ReadOnlyMemory<float> VectorBefore = default, ReadOnlyMemory<float> SituationBefore = default) : StoreChange;

    /// <summary>The episode and its revisions go.</summary>
    public sealed record Remove(ulong Id) : StoreChange;

    /// <summary>Metrics of the situations, all of them, in the order of their positions, with their scales.</summary>
    public sealed record Scales(IReadOnlyList<MetricScale> Metrics) : StoreChange;

    /// <summary>A value that the memory keeps beside the episodes.</summary>
    public sealed record Setting(string Name, string Value) : StoreChange;

    /// <summary>Others' changes of this site up to the sequence are here.</summary>
    public sealed record PeerCursor(string Site, ulong Sequence) : StoreChange;

    /// <summary>Own changes up to the sequence are in the shared database.</summary>
    public sealed record Pushed(ulong Sequence) : StoreChange;

    /// <summary>A decision as it is from now on; an empty document = it goes.</summary>
    public sealed record Decision(ulong Id, ReadOnlyMemory<byte> Document) : StoreChange;

    /// <summary>One more block of what was measured of a network.</summary>
    public sealed record History(string Network, ReadOnlyMemory<byte> Block) : StoreChange;

    /// <summary>All blocks of all networks go.</summary>
    public sealed record NoHistory : StoreChange;
}

/// <summary>Id of an episode at the site that had it first.</summary>
internal readonly record struct EpisodeOrigin(string Site, ulong Id);
