using System.Runtime.InteropServices;

namespace RanCognition.Memory.Storage;

/// <summary>A row of the table of revisions: what an episode was until something else became known.</summary>
internal static class RevisionRow
{
    /// <summary>In the order in which <see cref="Read"/> takes them: those of <see cref="EpisodeRow"/> first.</summary>
    public const string Columns = "id, time_ns, cell, reward, success, document, checksum, known_ns, vector, situation";

    /// <summary>Copies the present row of an episode; parameters: checksum, known_ns, vector, situation, id.</summary>
    public const string Insert =
        "INSERT INTO revision(id, time_ns, cell, reward, success, document, checksum, known_ns, vector, situation) SELECT id, time_ns, cell, reward, success, document, ?, ?, ?, ? FROM episode WHERE id = ?";

    public static StoredEpisode Read(SqliteStatement row)
    {
        ulong id = row.UInt64(0);
        ulong episode = StoredNumbers.EpisodeChecksum(id, row.UInt64(1), row.Double(3), EpisodeRow.Success(row, 4), row.Bytes(2), row.Bytes(5));
        if (row.UInt64(6) != StoredNumbers.RevisionChecksum(episode, row.UInt64(7), row.Bytes(8), row.Bytes(9)))
        {
            throw StorageFailure.Damaged($"revision of episode {id}");
        }
        return new StoredEpisode
        {
            Id = id,
            TimeNs = row.UInt64(1),
            Cell = row.Text(2),
            Reward = row.Double(3),
            Success = EpisodeRow.Success(row, 4),
            Document = row.Bytes(5).ToArray(),
            Vector = row.Floats(8).ToArray(),
            Situation = row.Floats(9).ToArray(),
        };
    }

    public static void Bind(SqliteStatement insert, ulong id, ulong episodeChecksum, ulong knownNs, ReadOnlySpan<float> vector, ReadOnlySpan<float> situation)
    {
        insert.Bind(1, StoredNumbers.RevisionChecksum(episodeChecksum, knownNs, MemoryMarshal.AsBytes(vector), MemoryMarshal.AsBytes(situation)));
        insert.Bind(2, knownNs);
        insert.BindFloats(3, vector);
        insert.BindFloats(4, situation);
        insert.Bind(5, id);
    }
}
