using System.Text;
using RanCognition.Contracts;
using RanCognition.Memory;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Journal;

/// <summary>What was measured: in the process, and in the memory's file where there is one.</summary>
/// <remarks>Not thread-safe; the core's lock holds.</remarks>
internal sealed class HistoryKeeper
{
    private const string Argument = "message";
    private const int BlockBytes = 1 << 20;      // about: a row of the file

    private const int BytesPerCharacterMax = 3;

    /// <summary>Each holds some kilobytes, however little was measured of it.</summary>
    private const int NetworksMax = 1 << 16;

    private const int OpenBlocksMax = 64;

    /// <summary>So many samples in blocks are never too many.</summary>
    private const ulong SlackSamples = 1 << 16;

    private readonly MemoryCore? _kept;
    private readonly int _seriesMax;
    private readonly SampleStore _store = new();

    /// <summary>Takes over what the file has.</summary>
    /// <param name="kept">Has the file; null = in the process alone.</param>
    /// <param name="seriesMax">Series that it holds.</param>
    /// <exception cref="StorageException">A block is damaged.</exception>
    public HistoryKeeper(MemoryCore? kept, int seriesMax = CognitiveLimits.HistorySeriesMax)
    {
        _kept = kept;
        _seriesMax = seriesMax;
        kept?.ReadHistory(Restore);
    }

    public ulong Bytes => _store.Bytes;

    public ulong Samples => (ulong)_store.Samples;

    /// <summary>Samples in the file's blocks, those that others have replaced or that have made room included.</summary>
    public ulong BlockSamples { get; private set; }

    public MetricGrid? Find(string network, string metric) => _store.Find(network, metric);

    /// <summary>Metrics of a network, in the order in which they came.</summary>
    public IEnumerable<string> MetricsOf(string network) => _store.MetricsOf(network);

    /// <summary>Where the samples of a network are: under its name; of one that has none there, under none, as messages that name no entity are kept; of one without a name, under the only one that there is.</summary>
    public string NetworkFor(string network)
    {
        if (network.Length > 0)
        {
            return _store.LatestOf(network) == 0 && _store.LatestOf("") > 0 ? "" : network;
        }
        string? only = null;
        foreach (string name in _store.Networks)
        {
            if (only is not null)
            {
                return network;
            }
            only = name;
        }
        return only ?? network;
    }

    /// <summary>Whether there are several networks and none is named: no history is found then.</summary>
    public bool LeavesOpen(string network) => NetworkFor(network).Length == 0 && _store.SeriesCount > 0 && _store.LatestOf("") == 0;

    /// <summary>Series of the network that the newest sample is of, those that reach farthest first, else in the order in which they came.</summary>
    public IReadOnlyList<MetricGrid> Newest(int most)
    {
        string newest = "";
        ulong latest = 0;
        foreach (string network in _store.Networks)
        {
            ulong time = _store.LatestOf(network);
            if (time > latest || (time == latest && string.CompareOrdinal(network, newest) < 0))
            {
                (newest, latest) = (network, time);
            }
        }
        List<MetricGrid> grids = [];
        foreach (string metric in _store.NewestOf(newest, most))
        {
            grids.Add(_store.Find(newest, metric)!);
        }
        return grids;
    }

    /// <summary>Takes every sample of a batch, or none when it throws: in any order of time; one of a time that is there takes its place.</summary>
    /// <returns>Samples that are older than all that a full series keeps, and are not kept.</returns>
    /// <exception cref="LimitExceededException">It would be more series or samples than <see cref="TemporalLimits"/> allow, or a name is too long.</exception>
    /// <exception cref="StorageException">It could not be written.</exception>
    public ulong Take(MeasurementBatch batch)
    {
        string network = batch.Report.NetworkId;
        int[] places = Check(network, batch.Series);
        if (_kept is not null)
        {
            List<KeyValuePair<string, byte[]>> blocks = Blocks(network, batch.Series, out ulong samples);
            if (blocks.Count > 0)
            {
                _kept.AppendHistory(blocks);
                BlockSamples += samples;
            }
        }
        ulong dropped = 0;
        int place = 0;
        foreach (MeasuredSeries series in batch.Series)
        {
            dropped += (ulong)_store.Merge(series.NetworkId ?? network, places[place++], KeyOf(series), series.TimesNs, series.Values);
        }
        CompactIfWorthwhile();
        return dropped;
    }

    /// <summary>Numbers of the series that are there already, minus one for each other.</summary>
    private int[] Check(string own, IReadOnlyList<MeasuredSeries> batch)
    {
        CheckName(own, "name of a network");
        int[] places = new int[batch.Count];
        int place = -1;
        int added = 0;
        long grown = 0;
        HashSet<string> unknown = new(StringComparer.Ordinal);
        foreach (MeasuredSeries series in batch)
        {
            places[++place] = -1;
            string network = series.NetworkId ?? own;
            CheckName(network, "name of a network");
            CheckName(series.Metric, "name of a metric", series.ManagedObject);
            CheckSamples(series);
            if (series.TimesNs.Length > 0)
            {
                grown += _store.GrowthBy(network, KeyOf(series), series.TimesNs, out places[place]);
                added += places[place] < 0 ? 1 : 0;
                if (places[place] < 0 && !_store.HasNetwork(network))
                {
                    unknown.Add(network);
                }
            }
        }
        if (unknown.Count > 0 && _store.NetworkCount + unknown.Count > NetworksMax)
        {
            throw new LimitExceededException(Argument, $"{unknown.Count} new networks with {_store.NetworkCount} that are there, at most {NetworksMax}");
        }
        if (added > 0 && _store.SeriesCount + added > _seriesMax)
        {
            throw new LimitExceededException(Argument, $"{added} new series with {_store.SeriesCount} that are there, at most {_seriesMax}");
        }
        if (grown > 0 && _store.Samples + grown > TemporalLimits.SamplesMax)
        {
            throw new LimitExceededException(Argument, $"{grown} samples more with {_store.Samples} that are there, at most {TemporalLimits.SamplesMax}");
        }
        return places;
    }

    private static SeriesKey KeyOf(MeasuredSeries series) => SeriesKey.Of(series.ManagedObject, series.Metric);

    /// <param name="name">What may be too long.</param>
    /// <param name="what">It is.</param>
    /// <param name="managedObject">Stands before it, with a slash; null = none does.</param>
    private static void CheckName(string name, string what, string? managedObject = null)
    {
        int before = managedObject is null ? 0 : managedObject.Length + 1;
        if ((long)before + name.Length <= TemporalLimits.NameBytesMax / BytesPerCharacterMax)
        {
            return;
        }
        before = managedObject is null ? 0 : Encoding.UTF8.GetByteCount(managedObject) + 1;
        if ((long)before + Encoding.UTF8.GetByteCount(name) > TemporalLimits.NameBytesMax)
        {
            throw new LimitExceededException(Argument, $"a {what} has more than {TemporalLimits.NameBytesMax} bytes");
        }
    }

    private static void CheckSamples(MeasuredSeries series)
    {
        if (series.TimesNs.Length != series.Values.Length)
        {
            InvalidInputException.Throw(Argument, $"{series.Key} has {series.TimesNs.Length} times and {series.Values.Length} values");
        }
        for (int i = 0; i < series.Values.Length; i++)
        {
            if (!double.IsFinite(series.Values[i]))
            {
                InvalidInputException.Throw(Argument, $"{series.Key} has a value that is not a finite number");
            }
            if (i > 0 && series.TimesNs[i] < series.TimesNs[i - 1])
            {
                InvalidInputException.Throw(Argument, $"{series.Key} goes back in time");
            }
        }
    }

    private static List<KeyValuePair<string, byte[]>> Blocks(string own, IReadOnlyList<MeasuredSeries> batch, out ulong samples)
    {
        List<KeyValuePair<string, byte[]>> blocks = [];
        Dictionary<string, HistoryBlockWriter> writers = new(StringComparer.Ordinal);
        samples = 0;
        foreach (MeasuredSeries series in batch)
        {
            string network = series.NetworkId ?? own;
            if (!writers.TryGetValue(network, out HistoryBlockWriter? writer))
            {
                if (writers.Count == OpenBlocksMax)
                {
                    Close(writers, blocks);
                }
                writers.Add(network, writer = new HistoryBlockWriter());
            }
            for (int from = 0; from < series.Values.Length;)
            {
                int count = Math.Min(series.Values.Length - from, TemporalLimits.SeriesSamplesMax);
                writer.Add(series.Key, series.TimesNs.AsSpan(from, count), series.Values.AsSpan(from, count));
                samples += (ulong)count;
                from += count;
                if (writer.Length >= BlockBytes)
                {
                    blocks.Add(new KeyValuePair<string, byte[]>(network, writer.Take()));
                }
            }
        }
        Close(writers, blocks);
        return blocks;
    }

    private static void Close(Dictionary<string, HistoryBlockWriter> writers, List<KeyValuePair<string, byte[]>> blocks)
    {
        foreach ((string network, HistoryBlockWriter writer) in writers)
        {
            if (!writer.IsEmpty)
            {
                blocks.Add(new KeyValuePair<string, byte[]>(network, writer.Take()));
            }
        }
        writers.Clear();
    }

    private bool Restore(string network, ReadOnlySpan<byte> block)
    {
        HistoryBlockReader reader = new(block);
        while (reader.Next())
        {
            SeriesKey key = SeriesKey.Of(reader.Metric);
            int growth = _store.GrowthBy(network, key, reader.Times, out int series);
            if ((series < 0 && _store.SeriesCount >= _seriesMax) || _store.Samples + growth > TemporalLimits.SamplesMax)
            {
                return false;
            }
            _store.Merge(network, series, key, reader.Times, reader.Values);
            BlockSamples += (ulong)reader.Times.Length;
        }
        return reader.IsSound;
    }

    /// <summary>Writes the blocks anew when the greater part of them no longer counts.</summary>
    private void CompactIfWorthwhile()
    {
        if (_kept is null || BlockSamples <= 2 * Samples + SlackSamples)
        {
            return;
        }
        try
        {
            _kept.ReplaceHistory(CompactBlocks());
            BlockSamples = Samples;
        }
        catch (StorageException)
        {
            // What was taken is kept all the same; the next message tries again.
        }
    }

    private List<KeyValuePair<string, byte[]>> CompactBlocks()
    {
        List<KeyValuePair<string, byte[]>> blocks = [];
        foreach (string network in _store.Networks)
        {
            HistoryBlockWriter writer = new();
            _store.ReadAll(network, (metric, times, values) =>
            {
                writer.Add(metric, times, values);
                if (writer.Length >= BlockBytes)
                {
                    blocks.Add(new KeyValuePair<string, byte[]>(network, writer.Take()));
                }
            });
            if (!writer.IsEmpty)
            {
                blocks.Add(new KeyValuePair<string, byte[]>(network, writer.Take()));
            }
        }
        return blocks;
    }
}
