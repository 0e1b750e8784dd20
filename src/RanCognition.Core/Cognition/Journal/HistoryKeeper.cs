using System.Text;
using RanCognition.Contracts;
using RanCognition.Memory;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Journal;

/// <summary>What was measured: in the process, and in the memory's file where there is one.</summary>
/// <remarks>Not thread-safe; the core's lock holds.</remarks>
/// <param name="memory">Has the file.</param>
/// <param name="isKept">False: in the process alone.</param>
internal sealed class HistoryKeeper(MemoryCore memory, bool isKept)
{
    private const string Argument = "message";
    private const int BlockBytes = 1 << 20;      // about: a row of the file

    /// <summary>So many samples in blocks are never too many.</summary>
    private const ulong SlackSamples = 1 << 16;

    private ulong _blockSamples;

    public HistoryStore Store { get; } = new();

    /// <summary>Samples in the file's blocks, those that others have replaced or that have made room included.</summary>
    public ulong BlockSamples => _blockSamples;

    /// <summary>Takes over what the file has.</summary>
    /// <exception cref="StorageException">A block is damaged.</exception>
    public void Open()
    {
        if (isKept)
        {
            memory.ReadHistory(Restore);
        }
    }

    /// <summary>Takes every sample of a batch, or none when it throws: in any order of time; one of a time that is there takes its place.</summary>
    /// <returns>Samples that are older than all that a full series keeps, and are not kept.</returns>
    /// <exception cref="LimitExceededException">It would be more series or samples than <see cref="TemporalLimits"/> allow, or a name is too long.</exception>
    /// <exception cref="StorageException">It could not be written.</exception>
    public ulong Take(MeasurementBatch batch)
    {
        string network = batch.Report.NetworkId;
        Check(network, batch.Series);
        if (isKept)
        {
            List<ReadOnlyMemory<byte>> blocks = Blocks(batch.Series, out ulong samples);
            if (blocks.Count > 0)
            {
                memory.AppendHistory(network, blocks);
                _blockSamples += samples;
            }
        }
        ulong dropped = 0;
        foreach (MeasuredSeries series in batch.Series)
        {
            dropped += (ulong)Store.Merge(network, series.Key, series.TimesNs, series.Values);
        }
        CompactIfWorthwhile();
        return dropped;
    }

    private void Check(string network, IReadOnlyList<MeasuredSeries> batch)
    {
        CheckName(network, "name of a network");
        int added = 0;
        long grown = 0;
        foreach (MeasuredSeries series in batch)
        {
            CheckName(series.Key, "name of a metric");
            CheckSamples(series);
            if (series.TimesNs.Length > 0)
            {
                added += Store.Has(network, series.Key) ? 0 : 1;
                grown += Store.GrowthBy(network, series.Key, series.TimesNs);
            }
        }
        if (added > 0 && Store.SeriesCount + added > TemporalLimits.SeriesMax)
        {
            throw new LimitExceededException(Argument, $"{added} new series with {Store.SeriesCount} that are there, at most {TemporalLimits.SeriesMax}");
        }
        if (grown > 0 && (long)Store.Samples + grown > TemporalLimits.SamplesMax)
        {
            throw new LimitExceededException(Argument, $"{grown} samples more with {Store.Samples} that are there, at most {TemporalLimits.SamplesMax}");
        }
    }

    private static void CheckName(string name, string what)
    {
        if (name.Length > TemporalLimits.NameBytesMax || Encoding.UTF8.GetByteCount(name) > TemporalLimits.NameBytesMax)
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

    private static List<ReadOnlyMemory<byte>> Blocks(IReadOnlyList<MeasuredSeries> batch, out ulong samples)
    {
        List<ReadOnlyMemory<byte>> blocks = [];
        HistoryBlockWriter writer = new();
        samples = 0;
        foreach (MeasuredSeries series in batch)
        {
            for (int from = 0; from < series.Values.Length;)
            {
                int count = Math.Min(series.Values.Length - from, TemporalLimits.SeriesSamplesMax);
                writer.Add(series.Key, series.TimesNs.AsSpan(from, count), series.Values.AsSpan(from, count));
                samples += (ulong)count;
                from += count;
                if (writer.Length >= BlockBytes)
                {
                    blocks.Add(writer.Take());
                }
            }
        }
        if (!writer.IsEmpty)
        {
            blocks.Add(writer.Take());
        }
        return blocks;
    }

    private bool Restore(string network, ReadOnlySpan<byte> block)
    {
        HistoryBlockReader reader = new(block);
        while (reader.Next())
        {
            if ((!Store.Has(network, reader.Metric) && Store.SeriesCount >= TemporalLimits.SeriesMax)
                || (long)Store.Samples + Store.GrowthBy(network, reader.Metric, reader.Times) > TemporalLimits.SamplesMax)
            {
                return false;
            }
            Store.Merge(network, reader.Metric, reader.Times, reader.Values);
            _blockSamples += (ulong)reader.Times.Length;
        }
        return reader.IsSound;
    }

    /// <summary>Writes the blocks anew when the greater part of them no longer counts.</summary>
    private void CompactIfWorthwhile()
    {
        if (!isKept || _blockSamples <= 2 * Store.Samples + SlackSamples)
        {
            return;
        }
        try
        {
            memory.ReplaceHistory(CompactBlocks());
            _blockSamples = Store.Samples;
        }
        catch (StorageException)
        {
            // What was taken is kept all the same; the next message tries again.
        }
    }

    private List<KeyValuePair<string, byte[]>> CompactBlocks()
    {
        List<KeyValuePair<string, byte[]>> blocks = [];
        Dictionary<string, HistoryBlockWriter> writers = new(StringComparer.Ordinal);
        Store.ReadAll((network, metric, times, values) =>
        {
            if (!writers.TryGetValue(network, out HistoryBlockWriter? writer))
            {
                writers.Add(network, writer = new HistoryBlockWriter());
            }
            writer.Add(metric, times, values);
            if (writer.Length >= BlockBytes)
            {
                blocks.Add(new KeyValuePair<string, byte[]>(network, writer.Take()));
            }
        });
        foreach ((string network, HistoryBlockWriter writer) in writers)
        {
            if (!writer.IsEmpty)
            {
                blocks.Add(new KeyValuePair<string, byte[]>(network, writer.Take()));
            }
        }
        return blocks;
    }
}
