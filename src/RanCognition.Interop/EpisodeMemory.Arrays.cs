using RanCognition.Contracts;

namespace RanCognition.Interop;

// The same memory on plain structs and vectors, for loops that cannot afford JSON.
public sealed unsafe partial class EpisodeMemory
{
    private const int OwnDurability = -1;
    private const int UnknownSuccess = -1;

    /// <summary>Keeps all episodes in one commit, or none.</summary>
    /// <param name="episodes">1..1048576.</param>
    /// <param name="durability">What is promised of them; null = the memory's own.</param>
    /// <returns>Their ids, in order.</returns>
    public ulong[] Append(ReadOnlySpan<EpisodeRow> episodes, Durability? durability = null)
    {
        using EpisodeEntries entries = new(episodes);
        return Append(entries.Entries, durability);
    }

    /// <summary>Keeps one episode for each row of a matrix in one commit, or none.</summary>
    /// <param name="vectors">The rows, one after another.</param>
    /// <param name="dimension">Numbers of a row.</param>
    /// <param name="timesNs">When each situation was, ns since the Unix epoch; empty, or one a row. 0 = the host's clock.</param>
    /// <param name="rewards">Empty, or one a row; NaN = not known yet.</param>
    /// <param name="cell">Of all of them; null or "" = none.</param>
    /// <param name="durability">What is promised of them; null = the memory's own.</param>
    /// <returns>Their ids, in order.</returns>
    public ulong[] AppendRows(
        ReadOnlySpan<float> vectors, int dimension, ReadOnlySpan<ulong> timesNs = default, ReadOnlySpan<double> rewards = default, string? cell = null, Durability? durability = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        int rows = vectors.Length / dimension;
        if (rows * dimension != vectors.Length)
        {
            throw new ArgumentException($"{vectors.Length} numbers are no rows of {dimension}", nameof(vectors));
        }
        RequireOneARow(timesNs.Length, rows, nameof(timesNs));
        RequireOneARow(rewards.Length, rows, nameof(rewards));
        RancogEpisode[] entries = new RancogEpisode[rows];
        byte[] name = NativeCall.Utf8(cell ?? "");
        fixed (float* numbers = vectors)
        fixed (byte* cellText = name)
        {
            for (int i = 0; i < rows; i++)
            {
                entries[i] = new RancogEpisode
                {
                    StructSize = (uint)sizeof(RancogEpisode),
                    TimeNs = timesNs.IsEmpty ? 0 : timesNs[i],
                    Cell = cellText,
                    CellLength = (nuint)name.Length,
                    Vector = numbers + ((nint)i * dimension),
                    Dimension = (nuint)dimension,
                    Reward = rewards.IsEmpty ? double.NaN : rewards[i],
                    Success = UnknownSuccess,
                };
            }
            return Append(entries, durability);
        }
    }

    /// <inheritdoc cref="AppendRows(ReadOnlySpan{float}, int, ReadOnlySpan{ulong}, ReadOnlySpan{double}, string, Durability?)"/>
    public ulong[] AppendRows(float[,] vectors, ReadOnlySpan<ulong> timesNs = default, ReadOnlySpan<double> rewards = default, string? cell = null, Durability? durability = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        fixed (float* numbers = vectors)
        {
            return AppendRows(new ReadOnlySpan<float>(numbers, vectors.Length), vectors.GetLength(1), timesNs, rewards, cell, durability);
        }
    }

    /// <summary>Finds the nearest episodes by their vectors: ascending distance, ties by id. Exact for every metric and filter.</summary>
    /// <param name="query">As many numbers as the memory's vectors have.</param>
    /// <param name="k">Hits wanted, 1 to the number of episodes, at most 65536.</param>
    /// <param name="filter">Which episodes count; <c>default</c> = all.</param>
    /// <returns>Fewer than k only when fewer episodes with a vector satisfy the filter.</returns>
    public MemoryHit[] Search(ReadOnlySpan<float> query, int k, in SearchFilter filter = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        MemoryHit[] hits = new MemoryHit[Math.Min(k, MemoryLimits.HitsMax)];
        int found = Search(query, k, hits, filter);
        return found == hits.Length ? hits : hits[..found];
    }

    /// <summary>The same into the caller's memory; its length is the number of hits wanted.</summary>
    /// <param name="query">As many numbers as the memory's vectors have.</param>
    /// <param name="hits">Receives the hits, 1 to the number of episodes, at most 65536.</param>
    /// <param name="filter">Which episodes count; <c>default</c> = all.</param>
    /// <returns>How many were found.</returns>
    public int Search(ReadOnlySpan<float> query, Span<MemoryHit> hits, in SearchFilter filter = default) => Search(query, hits.Length, hits, filter);

    private int Search(ReadOnlySpan<float> query, int k, Span<MemoryHit> hits, in SearchFilter filter)
    {
        byte[] cell = NativeCall.Utf8(filter.Cell ?? "");
        byte[] conditions = filter.Conditions is { Terms.Count: > 0 } given ? NativeCall.Json(given) : [];
        nuint count = (nuint)hits.Length;
        using HandleUse use = new(_handle);
        fixed (float* numbers = &NativeCall.Start<float>(query))
        fixed (MemoryHit* room = hits)
        fixed (byte* cellText = cell, json = conditions)
        {
            RancogFilter asked = Asked(filter);
            asked.Cell = cellText;
            asked.CellLength = (nuint)cell.Length;
            asked.Json = json;
            asked.JsonLength = (nuint)conditions.Length;
            NativeCall.Check(NativeMethods.rancog_memory_search(use.Value, numbers, (nuint)query.Length, (nuint)k, &asked, (RancogHit*)room, &count));
        }
        return (int)count;
    }

    /// <summary>The numbers of a filter, with a flag for each that is a condition.</summary>
    private static RancogFilter Asked(in SearchFilter filter)
    {
        RancogFilter asked = new() { StructSize = (uint)sizeof(RancogFilter) };
        if (filter.FromNs is not null || filter.UntilNs is not null)
        {
            asked.Flags |= (uint)NativeMethods.RANCOG_FILTER_TIME;
            asked.FromNs = filter.FromNs ?? 0;
            asked.UntilNs = filter.UntilNs ?? ulong.MaxValue;
        }
        if (filter.MinReward is { } least)
        {
            asked.Flags |= (uint)NativeMethods.RANCOG_FILTER_MIN_REWARD;
            asked.MinReward = least;
        }
        if (filter.MaxReward is { } most)
        {
            asked.Flags |= (uint)NativeMethods.RANCOG_FILTER_MAX_REWARD;
            asked.MaxReward = most;
        }
        if (filter.Success is { } success)
        {
            asked.Flags |= (uint)NativeMethods.RANCOG_FILTER_SUCCESS;
            asked.Success = success ? 1 : 0;
        }
        return asked;
    }

    private ulong[] Append(ReadOnlySpan<RancogEpisode> entries, Durability? durability)
    {
        ulong[] ids = new ulong[entries.Length];
        using HandleUse use = new(_handle);
        fixed (RancogEpisode* first = &NativeCall.Start<RancogEpisode>(entries))
        fixed (ulong* room = ids)
        {
            NativeCall.Check(NativeMethods.rancog_memory_append(use.Value, first, (nuint)entries.Length, durability is { } promised ? (int)promised : OwnDurability, room));
        }
        return ids;
    }

    private static void RequireOneARow(int count, int rows, string name)
    {
        if (count != 0 && count != rows)
        {
            throw new ArgumentException($"{count} for {rows} rows", name);
        }
    }
}
