using RanCognition.Contracts;

namespace RanCognition.Memory.Storage;

/// <summary>Where the episodes are kept. Commit is called by one thread at a time; everything else by any thread at any time.</summary>
internal interface IEpisodeStore : IDisposable
{
    /// <summary>All changes, or none: then it throws and nothing has changed. When it returns they are as safe as the durability says.</summary>
    void Commit(IReadOnlyList<StoreChange> changes, Durability durability);

    /// <summary>Hands every episode to the sink, by ascending id, in bulk.</summary>
    void Load(IEpisodeSink sink);

    /// <summary>The episode as it is now; null when there is none. Vector and situation may be left empty: the index has them.</summary>
    StoredEpisode? Read(ulong id);

    /// <summary>The document of each id in turn; an id that is not there is left out.</summary>
    void ReadDocuments(ReadOnlySpan<ulong> ids, DocumentReader read);

    /// <summary>Documents of all episodes by ascending id, for columns that are built when a filter first names them.</summary>
    void ReadAllDocuments(DocumentReader read);

    /// <summary>The episode as it was known at the time, whole (with vector and situation); null when nothing about it changed since.</summary>
    StoredEpisode? ReadAsOf(ulong id, ulong asOfNs);

    /// <summary>Ids of the episodes of which something became known after the time.</summary>
    IReadOnlyList<ulong> ChangedAfter(ulong asOfNs);

    /// <summary>Ids whose text has any of the words, best first (BM25), with their score (higher is better).</summary>
    IReadOnlyList<(ulong Id, double Score)> SearchText(string words, int most);

    string? GetSetting(string name);

    IReadOnlyList<MetricScale> GetScales();

    /// <summary>Own changes since they were last marked as pushed, by ascending sequence; kept only when sharing is on.</summary>
    IReadOnlyList<OutgoingChange> Outgoing(int most);

    ulong OutgoingCount { get; }

    IReadOnlyDictionary<string, ulong> PeerCursors();

    /// <summary>Local id of another site's episode; 0 when it is not here.</summary>
    ulong FindOrigin(EpisodeOrigin origin);

    /// <summary>Everything committed is on the device and in the main file.</summary>
    void Flush();

    /// <summary>A consistent copy while in use; gives its bytes.</summary>
    ulong Backup(string path, Action<double> progress);

    ulong FileBytes { get; }
}

/// <summary>Takes one document; the bytes are good during the call.</summary>
internal delegate void DocumentReader(ulong id, ReadOnlySpan<byte> document);

/// <summary>One own change: Episode is null when it was removed.</summary>
internal sealed record OutgoingChange(ulong Sequence, ulong Id, StoredEpisode? Episode);

/// <summary>Takes episodes in bulk as they are read from the store; spans are good during the call.</summary>
internal interface IEpisodeSink
{
    /// <param name="ids">Ascending, also against earlier calls.</param>
    /// <param name="times">Ns.</param>
    /// <param name="cells">Index into cellNames.</param>
    /// <param name="cellNames">Names seen so far; the list only grows.</param>
    /// <param name="rewards">NaN = unknown.</param>
    /// <param name="success">1, 0 or -1.</param>
    /// <param name="vectors">Of the rows that have one, dimension numbers each, in row order.</param>
    /// <param name="hasVector">1 where a row has one; empty = all have.</param>
    /// <param name="situations">Rows x positions raw numbers, NaN = lacks it.</param>
    /// <param name="positions">Numbers of a row in situations; 0 = none of these rows has a situation.</param>
    void Take(ReadOnlySpan<ulong> ids, ReadOnlySpan<ulong> times, ReadOnlySpan<uint> cells, IReadOnlyList<string> cellNames, ReadOnlySpan<double> rewards, ReadOnlySpan<sbyte> success,
        ReadOnlySpan<float> vectors, ReadOnlySpan<byte> hasVector, ReadOnlySpan<float> situations, int positions);
}
