using Npgsql;
using NpgsqlTypes;
using RanCognition.Contracts;
using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Sharing;

/// <content>Changes there and back.</content>
internal sealed partial class SharedDatabase
{
    /// <summary>Rows of one answer.</summary>
    private const int PullRows = 1000;

    /// <summary>An answer ends after the document that passes this.</summary>
    private const long PullBytes = 8 << 20;

    /// <summary>Puts own changes there: all, or none. Those that are there already do no harm.</summary>
    /// <param name="run">This process.</param>
    /// <param name="leaseSeconds">How long the name stays ours.</param>
    /// <param name="changes">By ascending sequence.</param>
    /// <exception cref="InvalidInputException">The name has gone to somebody else since it was claimed.</exception>
    public void Push(string run, double leaseSeconds, IReadOnlyList<OutgoingChange> changes)
    {
        // A statement may touch a row once; of several changes of one episode the last counts.
        var newest = new Dictionary<ulong, OutgoingChange>();
        foreach (OutgoingChange change in changes)
        {
            newest[change.Id] = change;
        }
        var columns = new EpisodeColumns([.. newest.Values]);
        // The row of the site is changed first and so locks out another pusher of the same site: what a site commits, it commits in the order of its sequence.
        const string Sql = """
            WITH ours AS (
                UPDATE rancognition.site
                SET pushed = GREATEST(pushed, $3), alive_until = GREATEST(alive_until, pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => $4))
                WHERE site = $1 AND run = $2 RETURNING site),
            put AS (
                INSERT INTO rancognition.episode AS e (site, id, sequence, removed, time_ns, cell, reward, success, document, vector)
                SELECT ours.site, u.id, u.sequence, u.removed,
                    CASE WHEN NOT u.removed THEN u.time_ns END,
                    CASE WHEN NOT u.removed THEN u.cell END,
                    CASE WHEN NOT u.removed THEN NULLIF(u.reward, 'NaN') END,
                    CASE WHEN NOT u.removed AND u.success >= 0 THEN u.success > 0 END,
                    CASE WHEN NOT u.removed THEN u.document END,
                    CASE WHEN u.last >= u.first THEN ($14)[u.first:u.last] END
                FROM ours, unnest($5, $6, $7, $8, $9, $10, $11, $12, $13, $15) AS u (id, sequence, removed, time_ns, cell, reward, success, document, first, last)
                ON CONFLICT (site, id) DO UPDATE
                SET sequence = excluded.sequence, removed = excluded.removed, time_ns = excluded.time_ns, cell = excluded.cell, reward = excluded.reward,
                    success = excluded.success, document = excluded.document, vector = excluded.vector
                WHERE excluded.sequence > e.sequence)
            SELECT count(*) FROM ours
            """;
        long isOurs = Ask(connection =>
        {
            using NpgsqlCommand command = Command(connection, Sql,
                Text(OwnSite!), Text(run), Number(checked((long)changes[^1].Sequence)), Real(leaseSeconds),
                Array(columns.Ids, NpgsqlDbType.Bigint), Array(columns.Sequences, NpgsqlDbType.Bigint), Array(columns.Removed, NpgsqlDbType.Boolean), Array(columns.Times, NpgsqlDbType.Bigint),
                Array(columns.Cells, NpgsqlDbType.Text), Array(columns.Rewards, NpgsqlDbType.Double), Array(columns.Success, NpgsqlDbType.Smallint), Array(columns.Documents, NpgsqlDbType.Text),
                Array(columns.First, NpgsqlDbType.Integer), Array(columns.Vectors, NpgsqlDbType.Real), Array(columns.Last, NpgsqlDbType.Integer));
            return (long)command.ExecuteScalar()!;
        });
        if (isOurs != 1)
        {
            throw new InvalidInputException("site", "another process took this memory's name over; nothing was pushed");
        }
    }

    /// <summary>Changes of another site after a sequence, in order, as many as fit an answer.</summary>
    /// <param name="site">As the database lists it.</param>
    /// <param name="after">Its last sequence that is here.</param>
    /// <param name="upTo">What the site had pushed when it was listed: all of that is there, so no change can appear behind the cursor later.</param>
    /// <remarks>
    /// Each site is followed in its own sequence. A number that the database gave to all rows would not do: it is given when a row is written and seen when its transaction commits, so a
    /// reader that has passed number 7 may see number 6 appear afterwards, and would never fetch it. Within one site transactions do not overlap (see Push).
    /// </remarks>
    public List<SharedChange> Pull(string site, ulong after, ulong upTo) => Ask(connection =>
    {
        const string Sql = """
            SELECT id, sequence, removed, time_ns, cell, reward, success, document, vector
            FROM (
                SELECT *, sum(octet_length(document)) OVER (ORDER BY sequence ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
                FROM (SELECT * FROM rancognition.episode WHERE site = $1 AND sequence > $2 AND sequence <= $3 ORDER BY sequence LIMIT $4) AS rows) AS counted
            WHERE coalesce(bytes_before, 0) <= $5 ORDER BY sequence
            """;
        using NpgsqlCommand command = Command(connection, Sql, Text(site), Number(checked((long)after)), Number(checked((long)upTo)), Number(PullRows), Number(PullBytes));
        using NpgsqlDataReader rows = command.ExecuteReader();
        List<SharedChange> changes = [];
        while (rows.Read())
        {
            ulong id = checked((ulong)rows.GetInt64(0)), sequence = checked((ulong)rows.GetInt64(1));
            changes.Add(new SharedChange(sequence, id, rows.GetBoolean(2) ? null : Episode(rows, id)));
        }
        return changes;
    });

    private static StoredEpisode Episode(NpgsqlDataReader row, ulong id) => new()
    {
        Id = id,
        TimeNs = checked((ulong)row.GetInt64(3)),
        Cell = CellText.Unescape(row.GetString(4)),
        Reward = row.IsDBNull(5) ? double.NaN : row.GetDouble(5),
        Success = row.IsDBNull(6) ? -1 : row.GetBoolean(6) ? 1 : 0,
        Document = row.GetFieldValue<byte[]>(7),
        Vector = row.IsDBNull(8) ? default(ReadOnlyMemory<float>) : row.GetFieldValue<float[]>(8),
        Situation = default,
    };
}
