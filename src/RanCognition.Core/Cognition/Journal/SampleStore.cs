using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Journal;

/// <summary>Samples by network and metric key, in any order of arrival. Made for very many short series: a measurement file has one sample of each of hundreds of thousands.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class SampleStore
{
    private readonly Dictionary<string, NetworkSamples> _networks = new(StringComparer.Ordinal);

    /// <summary>Samples that are there.</summary>
    public long Samples { get; private set; }

    /// <summary>Series that are there.</summary>
    public int SeriesCount { get; private set; }

    /// <summary>What samples and their places hold, about.</summary>
    public ulong Bytes { get; private set; }

    public int NetworkCount => _networks.Count;

    public bool HasNetwork(string network) => _networks.ContainsKey(network);

    /// <summary>Names of the networks, in the order in which they came.</summary>
    public IEnumerable<string> Networks => _networks.Keys;

    /// <summary>Samples by which a series would grow at most; 0 for one that is full.</summary>
    /// <param name="network">Of the series.</param>
    /// <param name="key">Of the series.</param>
    /// <param name="times">Never decreasing.</param>
    /// <param name="series">Its number in the network, for <see cref="Merge"/>; minus one when it is not there yet.</param>
    public int GrowthBy(string network, SeriesKey key, ReadOnlySpan<ulong> times, out int series)
    {
        series = _networks.TryGetValue(network, out NetworkSamples? samples) ? samples.Find(key) : -1;
        return series < 0 ? Math.Min(TemporalLimits.SeriesSamplesMax, SampleRing.Distinct(times)) : samples!.GrowthBy(series, times);
    }

    /// <summary>Puts samples in their places by time; one of a time that is there takes its place. The oldest of a series make room.</summary>
    /// <param name="network">Of the series.</param>
    /// <param name="series">Its number, when it is known; minus one when not.</param>
    /// <param name="key">Of the series.</param>
    /// <param name="times">Never decreasing; of equal ones the last counts.</param>
    /// <param name="values">As many.</param>
    /// <returns>Samples of these that are not kept: older than the oldest of a full series.</returns>
    public int Merge(string network, int series, SeriesKey key, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values)
    {
        if (times.IsEmpty)
        {
            return 0;
        }
        if (!_networks.TryGetValue(network, out NetworkSamples? samples))
        {
            _networks.Add(network, samples = new NetworkSamples());
        }
        SeriesCount -= samples.SeriesCount;
        Samples -= samples.Samples;
        Bytes -= samples.Bytes;
        int dropped = series >= 0 ? samples.Merge(series, times, values) : samples.Merge(key, times, values);
        SeriesCount += samples.SeriesCount;
        Samples += samples.Samples;
        Bytes += samples.Bytes;
        return dropped;
    }

    /// <summary>History of a metric; null when there is none.</summary>
    public MetricGrid? Find(string network, string metric)
    {
        if (!_networks.TryGetValue(network, out NetworkSamples? samples) || samples.Find(SeriesKey.Of(metric)) is not (>= 0 and var series))
        {
            return null;
        }
        samples.Read(series, out ReadOnlySpan<ulong> times, out ReadOnlySpan<double> values);
        return GridBuilder.FromTimes(metric, times, values, "observed");
    }

    /// <summary>Metric keys of a network, in the order in which they came.</summary>
    public IEnumerable<string> MetricsOf(string network)
    {
        if (!_networks.TryGetValue(network, out NetworkSamples? samples))
        {
            yield break;
        }
        int count = samples.SeriesCount;
        for (int series = 0; series < count; series++)
        {
            yield return samples.Key(series);
        }
    }

    /// <summary>Latest time of a network; 0 when there is none.</summary>
    public ulong LatestOf(string network) => _networks.TryGetValue(network, out NetworkSamples? samples) ? samples.LatestTime : 0;

    /// <summary>Metric keys of the series that reach farthest, these first, else in the order in which they came.</summary>
    public List<string> NewestOf(string network, int most) => _networks.TryGetValue(network, out NetworkSamples? samples) ? samples.Newest(most) : [];

    /// <summary>Hands over every series of a network, in the order in which they came; times ascending. Spans are good during the call.</summary>
    public void ReadAll(string network, SeriesReader read)
    {
        NetworkSamples samples = _networks[network];
        for (int series = 0; series < samples.SeriesCount; series++)
        {
            samples.Read(series, out ReadOnlySpan<ulong> times, out ReadOnlySpan<double> values);
            read(samples.Key(series), times, values);
        }
    }
}

/// <summary>Takes one series, times ascending.</summary>
internal delegate void SeriesReader(string metric, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values);
