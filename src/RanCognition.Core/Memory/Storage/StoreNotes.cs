using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.Memory.Storage;

/// <summary>What is small and always at hand: settings, scales, cells, cursors of peers. Changed within the writer's transaction, seen by others once that has succeeded.</summary>
internal sealed class StoreNotes
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _putSetting;
    private readonly SqliteStatement _putMetric;
    private readonly SqliteStatement _cutMetrics;
    private readonly SqliteStatement _putCell;
    private readonly SqliteStatement _putPeer;
    private readonly Dictionary<string, string> _settings = [];
    private readonly Dictionary<string, ulong> _peers = [];
    private readonly Dictionary<string, uint> _cellNumbers = [];
    private readonly List<string> _cells = [];
    private MetricScale[] _scales = [];
    private bool _changed;
    private volatile Published _published = new(new Dictionary<string, string>(), [], new Dictionary<string, ulong>());

    public StoreNotes(SqliteDatabase writer)
    {
        _database = writer;
        _putSetting = writer.Prepare("INSERT OR REPLACE INTO setting(name, value, checksum) VALUES(?, ?, ?)");
        _putMetric = writer.Prepare("INSERT OR REPLACE INTO metric(position, name, median, scale, checksum) VALUES(?, ?, ?, ?, ?)");
        _cutMetrics = writer.Prepare("DELETE FROM metric WHERE position >= ?");
        _putCell = writer.Prepare("INSERT INTO cell(number, name, checksum) VALUES(?, ?, ?)");
        _putPeer = writer.Prepare("INSERT OR REPLACE INTO peer(site, sequence, checksum) VALUES(?, ?, ?)");
        Read();
    }

    public IReadOnlyDictionary<string, ulong> Peers => _published.Peers;

    public IReadOnlyList<MetricScale> Scales => _published.Scales;

    /// <summary>Of a row: those of its vector and its situation.</summary>
    public int Numbers => _scales.Length + (int.TryParse(SettingNow(StoreSettings.Dimension), CultureInfo.InvariantCulture, out int dimension) ? dimension : 0);

    /// <summary>As of the last commit.</summary>
    public string? Setting(string name) => _published.Settings.GetValueOrDefault(name);

    /// <summary>Within the transaction.</summary>
    public string? SettingNow(string name) => _settings.GetValueOrDefault(name);

    /// <summary>Names of the cells by their number; only with the writer at rest.</summary>
    public string[] CellNames() => [.. _cells];

    public void PutSetting(string name, string value)
    {
        if (_settings.TryGetValue(name, out string? present) && present == value)
        {
            return;
        }
        _putSetting.BindText(1, name);
        _putSetting.BindText(2, value);
        _putSetting.Bind(3, StoredNumbers.NoteChecksum(0, name, value));
        _putSetting.Run();
        _settings[name] = value;
        _changed = true;
    }

    public void PutScales(IReadOnlyList<MetricScale> scales)
    {
        for (int position = 0; position < scales.Count; position++)
        {
            MetricScale scale = scales[position];
            if (position < _scales.Length && _scales[position] == scale)
            {
                continue;
            }
            _putMetric.Bind(1, (long)position);
            _putMetric.BindText(2, scale.Metric);
            _putMetric.Bind(3, scale.Median);
            _putMetric.Bind(4, scale.Scale);
            _putMetric.Bind(5, Checksum(position, scale));
            _putMetric.Run();
        }
        if (scales.Count < _scales.Length)
        {
            _cutMetrics.Bind(1, (long)scales.Count);
            _cutMetrics.Run();
        }
        _scales = [.. scales];
        _changed = true;
    }

    public void PutPeer(string site, ulong sequence)
    {
        _putPeer.BindText(1, site);
        _putPeer.Bind(2, sequence);
        _putPeer.Bind(3, StoredNumbers.NoteChecksum(sequence, site, ""));
        _putPeer.Run();
        _peers[site] = sequence;
        _changed = true;
    }

    /// <summary>Number of the cell; a new one when it has none.</summary>
    public uint Cell(string name)
    {
        if (_cellNumbers.TryGetValue(name, out uint number))
        {
            return number;
        }
        number = (uint)_cells.Count;
        _putCell.Bind(1, (long)number);
        _putCell.BindText(2, name);
        _putCell.Bind(3, StoredNumbers.NoteChecksum(number, name, ""));
        _putCell.Run();
        _cells.Add(name);
        _cellNumbers[name] = number;
        return number;
    }

    /// <summary>The transaction has succeeded.</summary>
    public void Publish()
    {
        if (_changed)
        {
            _published = new Published(new Dictionary<string, string>(_settings), _scales, new Dictionary<string, ulong>(_peers));
            _changed = false;
        }
    }

    /// <summary>Takes what the file has: at first, and after a transaction that failed.</summary>
    public void Read()
    {
        _settings.Clear();
        _peers.Clear();
        _cells.Clear();
        _cellNumbers.Clear();
        ReadSettings(_database, _settings);
        ReadPeers();
        ReadCells();
        ReadScales();
        _changed = true;
        Publish();
    }

    public static void ReadSettings(SqliteDatabase database, Dictionary<string, string> settings)
    {
        using SqliteStatement rows = database.Once("SELECT name, value, checksum FROM setting");
        while (rows.Step())
        {
            string name = rows.Text(0);
            string value = rows.Text(1);
            Check(rows.UInt64(2) == StoredNumbers.NoteChecksum(0, name, value), $"setting {name}");
            settings[name] = value;
        }
    }

    private void ReadPeers()
    {
        using SqliteStatement rows = _database.Once("SELECT site, sequence, checksum FROM peer");
        while (rows.Step())
        {
            string site = rows.Text(0);
            Check(rows.UInt64(2) == StoredNumbers.NoteChecksum(rows.UInt64(1), site, ""), "cursor of a site");
            _peers[site] = rows.UInt64(1);
        }
    }

    private void ReadCells()
    {
        using SqliteStatement rows = _database.Once("SELECT number, name, checksum FROM cell ORDER BY number");
        while (rows.Step())
        {
            string name = rows.Text(1);
            var number = (uint)_cells.Count;
            Check(rows.UInt64(0) == number && rows.UInt64(2) == StoredNumbers.NoteChecksum(number, name, ""), $"name of cell {number}");
            _cells.Add(name);
            _cellNumbers[name] = number;
        }
    }

    private void ReadScales()
    {
        var scales = new List<MetricScale>();
        using SqliteStatement rows = _database.Once("SELECT position, name, median, scale, checksum FROM metric ORDER BY position");
        while (rows.Step())
        {
            var scale = new MetricScale(rows.Text(1), rows.Double(2), rows.Double(3));
            Check(rows.Int64(0) == scales.Count && rows.UInt64(4) == Checksum(scales.Count, scale), $"scale of metric {scales.Count}");
            scales.Add(scale);
        }
        _scales = [.. scales];
    }

    private static ulong Checksum(int position, MetricScale scale)
    {
        long median = BitConverter.DoubleToInt64Bits(StoredNumbers.Reward(scale.Median));
        long spread = BitConverter.DoubleToInt64Bits(StoredNumbers.Reward(scale.Scale));
        return StoredNumbers.NoteChecksum((ulong)position, scale.Metric, string.Create(CultureInfo.InvariantCulture, $"{median} {spread}"));
    }

    private static void Check(bool right, string what)
    {
        if (!right)
        {
            throw StorageFailure.Damaged(what);
        }
    }

    private sealed record Published(IReadOnlyDictionary<string, string> Settings, IReadOnlyList<MetricScale> Scales, IReadOnlyDictionary<string, ulong> Peers);
}
