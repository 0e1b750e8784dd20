namespace RanCognition.Interop;

// The same calls with the JSON of rancognition.h, as text or UTF-8 bytes.
public sealed unsafe partial class EpisodeMemory
{
    /// <summary>Keeps one episode, or all of an array or none of them.</summary>
    /// <param name="episode">JSON object, or array of objects.</param>
    /// <returns>JSON: id or ids, durable.</returns>
    public string Store(string episode) => Store(NativeCall.Utf8(episode), NativeCall.TakeText);

    /// <inheritdoc cref="Store(string)"/>
    public string Store(ReadOnlySpan<byte> episode) => Store(episode, NativeCall.TakeText);

    /// <summary>Finds the episodes that are most like what is looked for.</summary>
    /// <param name="query">JSON object.</param>
    /// <returns>JSON: hits, scanned, reranked.</returns>
    public string Recall(string query) => Recall(NativeCall.Utf8(query), NativeCall.TakeText);

    /// <inheritdoc cref="Recall(string)"/>
    public string Recall(ReadOnlySpan<byte> query) => Recall(query, NativeCall.TakeText);

    /// <summary>Changes some members of an episode; null takes one away.</summary>
    /// <param name="update">JSON object: id, and the members to change.</param>
    /// <returns>JSON: id, updated, durable.</returns>
    public string Update(string update) => Update(NativeCall.Utf8(update), NativeCall.TakeText);

    /// <inheritdoc cref="Update(string)"/>
    public string Update(ReadOnlySpan<byte> update) => Update(update, NativeCall.TakeText);

    /// <summary>Asks what the episodes say together, or does something to them together.</summary>
    /// <param name="request">JSON object with op: skills, effect, prune or backup.</param>
    /// <returns>JSON.</returns>
    public string Analyze(string request) => Analyze(NativeCall.Utf8(request), NativeCall.TakeText);

    /// <inheritdoc cref="Analyze(string)"/>
    public string Analyze(ReadOnlySpan<byte> request) => Analyze(request, NativeCall.TakeText);

    /// <summary>What the memory holds, and how.</summary>
    /// <returns>JSON.</returns>
    public string GetStatsJson()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeText(NativeMethods.rancog_memory_get_stats(use.Value));
    }
}
