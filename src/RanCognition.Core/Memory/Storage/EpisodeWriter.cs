using RanCognition.Contracts;

namespace RanCognition.Memory.Storage;

/// <summary>Writes changes into the tables, within a transaction that its user begins and ends.</summary>
internal sealed class EpisodeWriter
{
    private readonly SqliteDatabase _database;
    private readonly StoreNotes _notes;
    private readonly PageMap? _map;              // null = without a file: vectors and situations are not kept
    private readonly PageSealer? _sealer;
    private readonly NumbersReader? _numbers;
    private readonly bool _recordsOutgoing;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _select;
    private readonly SqliteStatement _update;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _insertLoose;
    private readonly SqliteStatement _updateLoose;
    private readonly SqliteStatement _insertRevision;
    private readonly SqliteStatement _deleteRevisions;
    private readonly SqliteStatement _insertText;
    private readonly SqliteStatement _deleteText;
    private readonly SqliteStatement _insertOrigin;
    private readonly SqliteStatement _hasOrigin;
    private readonly SqliteStatement _deleteOrigin;
    private readonly SqliteStatement _insertOutgoing;
    private readonly SqliteStatement _deleteOutgoing;
    private JournalWriter? _journal;             // made when there is something for it: most memories have no journal
    private byte[] _rowData = new byte[1024];
    private bool _hasTexts;

    public EpisodeWriter(SqliteDatabase writer, StoreNotes notes, bool keepsNumbers, bool recordsOutgoing)
    {
        _database = writer;
        _notes = notes;
        _recordsOutgoing = recordsOutgoing;
        _insert = writer.Prepare($"INSERT OR IGNORE INTO episode({EpisodeRow.Columns}) VALUES(?, ?, ?, ?, ?, ?, ?)");
        _select = writer.Prepare($"SELECT {EpisodeRow.Columns} FROM episode WHERE id = ?");
        _update = writer.Prepare("UPDATE episode SET time_ns = ?2, cell = ?3, reward = ?4, success = ?5, document = ?6, checksum = ?7 WHERE id = ?1");
        _delete = writer.Prepare("DELETE FROM episode WHERE id = ?");
        _insertLoose = writer.Prepare("INSERT OR REPLACE INTO loose(id, data) VALUES(?, ?)");
        _updateLoose = writer.Prepare("UPDATE loose SET data = ?2 WHERE id = ?1");
        _insertRevision = writer.Prepare(RevisionRow.Insert);
        _deleteRevisions = writer.Prepare("DELETE FROM revision WHERE id = ?");
        _insertText = writer.Prepare("INSERT INTO episode_text(rowid, text) VALUES(?, ?)");
        _deleteText = writer.Prepare("DELETE FROM episode_text WHERE rowid = ?");
        _insertOrigin = writer.Prepare("INSERT INTO origin(id, site, remote_id) VALUES(?, ?, ?)");
        _hasOrigin = writer.Prepare("SELECT 1 FROM origin WHERE id = ?");
        _deleteOrigin = writer.Prepare("DELETE FROM origin WHERE id = ?");
        _insertOutgoing = writer.Prepare("INSERT OR REPLACE INTO outgoing(id) VALUES(?)");
        _deleteOutgoing = writer.Prepare("DELETE FROM outgoing WHERE sequence <= ?");
        if (keepsNumbers)
        {
            _map = new PageMap();
            _sealer = new PageSealer(writer, _map);
            _numbers = new NumbersReader(writer);
        }
        Refresh();
    }

    /// <summary>Takes the state of the tables: at first, and after a transaction that failed.</summary>
    public void Refresh()
    {
        _sealer?.ForgetNew();
        _map?.Read(_database, PageSealer.PageRows(_notes.Numbers));
        _hasTexts = _database.Number("SELECT 1 FROM episode_text_docsize LIMIT 1") is not null;
    }

    /// <summary>Rows that lie in pages.</summary>
    public int PackedRows => _map?.Rows ?? 0;

    /// <summary>To be called before the transaction ends.</summary>
    public void Finish() => _sealer?.WriteNew();

    public void Apply(StoreChange change)
    {
        switch (change)
        {
            case StoreChange.Add add:
                Add(add);
                break;
            case StoreChange.Replace replace:
                Replace(replace);
                break;
            case StoreChange.Remove remove:
                Remove(remove.Id);
                break;
            case StoreChange.Scales scales:
                _notes.PutScales(scales.Metrics);
                break;
            case StoreChange.Setting setting:
                _notes.PutSetting(setting.Name, setting.Value);
                break;
            case StoreChange.PeerCursor cursor:
                _notes.PutPeer(cursor.Site, cursor.Sequence);
                break;
            case StoreChange.Pushed pushed:
                _deleteOutgoing.Bind(1, pushed.Sequence);
                _deleteOutgoing.Run();
                break;
            default:
                (_journal ??= new JournalWriter(_database)).Apply(change);
                break;
        }
    }

    private void Add(StoreChange.Add add)
    {
        StoredEpisode episode = add.Episode;
        EpisodeRow.Bind(_insert, episode);
        _insert.Run();
        if (_database.Changes == 0)
        {
            InvalidInputException.Throw("id", $"there is an episode {episode.Id} already");
        }
        if (_map is not null)
        {
            NoteDimension(episode);
            uint cell = _notes.Cell(episode.Cell);
            if (!_sealer!.Append(episode, cell))
            {
                _sealer.WriteNew();
                PutRow(_insertLoose, episode, cell);
                AddLoose(episode.Id);
            }
        }
        PutText(episode);
        if (add.Origin is { } origin)
        {
            _insertOrigin.Bind(1, episode.Id);
            _insertOrigin.BindText(2, origin.Site);
            _insertOrigin.Bind(3, origin.Id);
            _insertOrigin.Run();
        }
        else if (_recordsOutgoing)
        {
            RecordOutgoing(episode.Id);
        }
    }

    private void Replace(StoreChange.Replace replace)
    {
        StoredEpisode episode = replace.Episode;
        _sealer?.WriteNew();
        KeepRevision(replace);
        EpisodeRow.Bind(_update, episode);
        _update.Run();
        if (_map is not null)
        {
            NoteDimension(episode);
            ReplaceNumbers(episode);
        }
        if (_hasTexts)
        {
            _deleteText.Bind(1, episode.Id);
            _deleteText.Run();
        }
        PutText(episode);
        if (_recordsOutgoing && !IsOthers(episode.Id))
        {
            RecordOutgoing(episode.Id);
        }
    }

    private void KeepRevision(StoreChange.Replace replace)
    {
        ulong id = replace.Episode.Id;
        _select.Bind(1, id);
        ulong checksum;
        try
        {
            if (!_select.Step())
            {
                throw new NotFoundException("id", $"there is no episode {id}");
            }
            _ = EpisodeRow.Document(_select);
            checksum = _select.UInt64(6);
        }
        finally
        {
            _select.Reset();
        }
        ReadOnlySpan<float> vector = replace.VectorBefore.Span;
        ReadOnlySpan<float> situation = replace.SituationBefore.Span;
        if (_numbers is not null && vector.IsEmpty && situation.IsEmpty && _numbers.Find(id, out float[] keptVector, out float[] keptSituation))
        {
            vector = keptVector;
            situation = keptSituation;
        }
        RevisionRow.Bind(_insertRevision, id, checksum, replace.KnownNs, vector, situation);
        _insertRevision.Run();
    }

    private void Remove(ulong id)
    {
        _sealer?.WriteNew();
        RunFor(_delete, id);
        if (_database.Changes == 0)
        {
            throw new NotFoundException("id", $"there is no episode {id}");
        }
        RunFor(_deleteRevisions, id);
        if (_hasTexts)
        {
            RunFor(_deleteText, id);
        }
        if (_map is not null)
        {
            RemoveNumbers(id);
        }
        if (_recordsOutgoing && !IsOthers(id))
        {
            RecordOutgoing(id);
        }
        RunFor(_deleteOrigin, id);
    }

    private void ReplaceNumbers(StoredEpisode episode)
    {
        uint cell = _notes.Cell(episode.Cell);
        PutRow(_updateLoose, episode, cell);
        if (_database.Changes == 0)
        {
            PutRow(_insertLoose, episode, cell);
            AddLoose(episode.Id);
        }
    }

    private void RemoveNumbers(ulong id)
    {
        LooseRow.WriteAbsent(_rowData, id);
        Span<byte> absent = _rowData.AsSpan(0, LooseRow.HeaderBytes);
        PutRow(_updateLoose, id, absent);
        if (_database.Changes == 0)
        {
            PutRow(_insertLoose, id, absent);
            AddLoose(id);
        }
    }

    private void AddLoose(ulong id)
    {
        int page = _map!.Owner(id);
        _map.AddLoose(page);
        _sealer!.Renew(page);
    }

    /// <summary>All vectors of a file have as many numbers as its first one.</summary>
    private void NoteDimension(StoredEpisode episode)
    {
        if (episode.Vector.IsEmpty)
        {
            return;
        }
        string dimension = StoreSettings.Text(episode.Vector.Length);
        string? present = _notes.SettingNow(StoreSettings.Dimension);
        if (present is null)
        {
            _notes.PutSetting(StoreSettings.Dimension, dimension);
        }
        else if (present != dimension)
        {
            InvalidInputException.Throw("vector", $"has {dimension} numbers where the memory's have {present}");
        }
    }

    private void PutRow(SqliteStatement statement, StoredEpisode episode, uint cell)
    {
        int bytes = LooseRow.Bytes(episode);
        if (_rowData.Length < bytes)
        {
            _rowData = new byte[2 * bytes];
        }
        Span<byte> data = _rowData.AsSpan(0, bytes);
        LooseRow.Write(data, episode, cell);
        PutRow(statement, episode.Id, data);
    }

    private static void PutRow(SqliteStatement statement, ulong id, ReadOnlySpan<byte> data)
    {
        statement.Bind(1, id);
        statement.BindBlob(2, data);
        statement.Run();
    }

    private void PutText(StoredEpisode episode)
    {
        if (episode.Text.Length == 0)
        {
            return;
        }
        _insertText.Bind(1, episode.Id);
        _insertText.BindText(2, episode.Text);
        _insertText.Run();
        _hasTexts = true;
    }

    private bool IsOthers(ulong id)
    {
        _hasOrigin.Bind(1, id);
        bool found = _hasOrigin.Step();
        _hasOrigin.Reset();
        return found;
    }

    /// <summary>Only the last change of an episode is of use to others: an earlier one makes way.</summary>
    private void RecordOutgoing(ulong id) => RunFor(_insertOutgoing, id);

    private static void RunFor(SqliteStatement statement, ulong id)
    {
        statement.Bind(1, id);
        statement.Run();
    }
}
