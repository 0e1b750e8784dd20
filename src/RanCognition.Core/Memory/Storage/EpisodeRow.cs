using System.Text;

namespace RanCognition.Memory.Storage;

/// <summary>A row of the table of episodes, read or bound.</summary>
internal static class EpisodeRow
{
    /// <summary>In the order in which <see cref="Read"/> and <see cref="Bind"/> take them.</summary>
    public const string Columns = "id, time_ns, cell, reward, success, document, checksum";

    private const int CellBytesOnStack = 256;

    /// <summary>The document of the row, checked; good until the next step.</summary>
    public static ReadOnlySpan<byte> Document(SqliteStatement row)
    {
        ReadOnlySpan<byte> document = row.Bytes(5);
        if (row.UInt64(6) != StoredNumbers.EpisodeChecksum(row.UInt64(0), row.UInt64(1), row.Double(3), Success(row, 4), row.Bytes(2), document))
        {
            throw StorageFailure.Damaged($"episode {row.UInt64(0)}");
        }
        return document;
    }

    public static StoredEpisode Read(SqliteStatement row, string text, float[] vector, float[] situation) => new()
    {
        Document = Document(row).ToArray(),
        Id = row.UInt64(0),
        TimeNs = row.UInt64(1),
        Cell = row.Text(2),
        Reward = row.Double(3),
        Success = Success(row, 4),
        Text = text,
        Vector = vector,
        Situation = situation,
    };

    public static void Bind(SqliteStatement statement, StoredEpisode episode)
    {
        Span<byte> room = stackalloc byte[CellBytesOnStack];
        Span<byte> cell = Encoding.UTF8.GetMaxByteCount(episode.Cell.Length) <= CellBytesOnStack ? room : new byte[Encoding.UTF8.GetByteCount(episode.Cell)];
        cell = cell[..Encoding.UTF8.GetBytes(episode.Cell, cell)];
        ReadOnlySpan<byte> document = episode.Document.Span;
        double reward = StoredNumbers.Reward(episode.Reward);
        statement.Bind(1, episode.Id);
        statement.Bind(2, episode.TimeNs);
        statement.BindText(3, cell);
        statement.Bind(4, reward);
        BindSuccess(statement, 5, episode.Success);
        statement.BindText(6, document);
        statement.Bind(7, StoredNumbers.EpisodeChecksum(episode.Id, episode.TimeNs, reward, episode.Success, cell, document));
    }

    public static int Success(SqliteStatement row, int column) => row.IsNull(column) ? -1 : row.Int32(column);

    public static void BindSuccess(SqliteStatement statement, int parameter, int success)
    {
        if (success < 0)
        {
            statement.BindNull(parameter);
        }
        else
        {
            statement.Bind(parameter, (long)success);
        }
    }
}
