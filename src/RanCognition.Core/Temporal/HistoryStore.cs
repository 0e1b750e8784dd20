using RanCognition.Contracts;

namespace RanCognition.Temporal;

/// <summary>Observed samples per (network, metric), bounded; not thread-safe.</summary>
internal sealed class HistoryStore
{
    private readonly Dictionary<(string Network, string Metric), SampleRing> _series = [];
    private long _samples;

    /// <summary>Bytes held by samples.</summary>
    public ulong Bytes => (ulong)_samples * 16;

    /// <summary>Adds samples or throws before anything is changed.</summary>
    public void Observe(string network, string metric, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values)
    {
        _series.TryGetValue((network, metric), out SampleRing? series);
        ulong previous = series is null || series.Count == 0 ? 0 : series.LastTime;
        for (int i = 0; i < times.Length; i++)
        {
            if (times[i] < previous)
            {
                InvalidInputException.Throw("times", i == 0
                    ? $"element 0 is {times[i]}, before the last observed time {previous} of this series"
                    : $"goes back at element {i}");
            }
            previous = times[i];
        }
        if (series is null && _series.Count >= TemporalLimits.SeriesMax)
        {
            throw new LimitExceededException("metric", $"more than {TemporalLimits.SeriesMax} observed series");
        }
        long grown = Math.Min((series?.Count ?? 0) + (long)times.Length, TemporalLimits.SeriesSamplesMax) - (series?.Count ?? 0);
        if (_samples + grown > TemporalLimits.SamplesMax)
        {
            throw new LimitExceededException("n", $"more than {TemporalLimits.SamplesMax} observed samples in all");
        }
        if (series is null)
        {
            _series.Add((network, metric), series = new SampleRing());
        }
        _samples -= series.Count;
        series.Append(times, values);
        _samples += series.Count;
    }

    /// <summary>Metrics observed for a network, in order of first observation.</summary>
    public IEnumerable<string> MetricsOf(string network)
    {
        foreach ((string Network, string Metric) key in _series.Keys)
        {
            if (key.Network == network)
            {
                yield return key.Metric;
            }
        }
    }

    public MetricGrid? Find(string network, string metric) =>
        _series.TryGetValue((network, metric), out SampleRing? series) ? series.ToGrid(metric) : null;
}
