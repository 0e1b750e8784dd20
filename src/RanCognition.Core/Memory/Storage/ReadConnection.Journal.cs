namespace RanCognition.Memory.Storage;

internal sealed partial class ReadConnection
{
    /// <summary>All decisions by ascending id, each checked.</summary>
    public void ReadDecisions(DocumentReader read)
    {
        using SqliteStatement rows = _database.Once("SELECT id, document, checksum FROM decision ORDER BY id");
        while (rows.Step())
        {
            ulong id = rows.UInt64(0);
            ReadOnlySpan<byte> document = rows.Bytes(1);
            if (rows.UInt64(2) != StoredNumbers.DecisionChecksum(id, document))
            {
                throw StorageFailure.Damaged($"decision {id}");
            }
            read(id, document);
        }
    }

    /// <summary>All blocks of history in the order in which they came, each checked.</summary>
    public void ReadHistory(HistoryReader read)
    {
        using SqliteStatement rows = _database.Once("SELECT sequence, network, block, checksum FROM history ORDER BY sequence");
        while (rows.Step())
        {
            string network = rows.Text(1);
            ReadOnlySpan<byte> block = rows.Bytes(2);
            if (rows.UInt64(3) != StoredNumbers.HistoryChecksum(network, block) || !read(network, block))
            {
                throw StorageFailure.Damaged($"history {rows.UInt64(0)}");
            }
        }
    }
}
