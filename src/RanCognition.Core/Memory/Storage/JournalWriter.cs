namespace RanCognition.Memory.Storage;

/// <summary>Writes decisions and blocks of history, within a transaction that its user begins and ends.</summary>
internal sealed class JournalWriter(SqliteDatabase writer)
{
    private readonly SqliteStatement _putDecision = writer.Prepare("INSERT OR REPLACE INTO decision(id, document, checksum) VALUES(?, ?, ?)");
    private readonly SqliteStatement _deleteDecision = writer.Prepare("DELETE FROM decision WHERE id = ?");
    private readonly SqliteStatement _addHistory = writer.Prepare("INSERT INTO history(network, block, checksum) VALUES(?, ?, ?)");
    private readonly SqliteStatement _deleteHistory = writer.Prepare("DELETE FROM history");

    public void Apply(StoreChange change)
    {
        switch (change)
        {
            case StoreChange.Decision { Document.IsEmpty: true } decision:
                _deleteDecision.Bind(1, decision.Id);
                _deleteDecision.Run();
                break;
            case StoreChange.Decision decision:
                _putDecision.Bind(1, decision.Id);
                _putDecision.BindText(2, decision.Document.Span);
                _putDecision.Bind(3, StoredNumbers.DecisionChecksum(decision.Id, decision.Document.Span));
                _putDecision.Run();
                break;
            case StoreChange.History history:
                _addHistory.BindText(1, history.Network);
                _addHistory.BindBlob(2, history.Block.Span);
                _addHistory.Bind(3, StoredNumbers.HistoryChecksum(history.Network, history.Block.Span));
                _addHistory.Run();
                break;
            case StoreChange.NoHistory:
                _deleteHistory.Run();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change));
        }
    }
}
