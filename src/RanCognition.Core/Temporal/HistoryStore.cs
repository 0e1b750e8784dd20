using RanCognition.Contracts;

namespace RanCognition.Temporal;

/// <summary>Observed samples per (network, metric), bounded; not thread-safe.</summary>
internal sealed partial class HistoryStore
{
    private readonly Dictionary<(string Network, string Metric), Series> _series = [];
    private long _samples;

    /// <summary>Bytes held by samples.</summary>
    public ulong Bytes => (ulong)_samples * 16;

    /// <summary>Adds samples or throws before anything is changed.</summary>
    public void Observe(string network, string metric, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values)
    {
        _series.TryGetValue((network, metric), out Series? series);
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
            _series.Add((network, metric), series = new Series());
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
        _series.TryGetValue((network, metric), out Series? series) ? series.ToGrid(metric) : null;

    /// <summary>Ring of the newest samples of one metric.</summary>
    private sealed partial class Series
    {
        private ulong[] _times = [];
        private double[] _values = [];
        private int _start;

        public int Count { get; private set; }

        public ulong LastTime => _times[(_start + Count - 1) % _times.Length];

        public void Append(ReadOnlySpan<ulong> times, ReadOnlySpan<double> values)
        {
            int skip = Math.Max(0, times.Length - TemporalLimits.SeriesSamplesMax);
            EnsureRoom(Math.Min(Count + times.Length - skip, TemporalLimits.SeriesSamplesMax));
            for (int i = skip; i < times.Length; i++)
            {
                if (Count > 0 && LastTime == times[i])   // the same moment again: a correction
                {
                    _values[(_start + Count - 1) % _values.Length] = values[i];
                    continue;
                }
                if (Count == _times.Length)
                {
                    _start = (_start + 1) % _times.Length;
                    Count--;
                }
                int place = (_start + Count) % _times.Length;
                _times[place] = times[i];
                _values[place] = values[i];
                Count++;
            }
        }

        public MetricGrid ToGrid(string metric)
        {
            ulong[] times = new ulong[Count];
            double[] values = new double[Count];
            for (int i = 0; i < Count; i++)
            {
                times[i] = _times[(_start + i) % _times.Length];
                values[i] = _values[(_start + i) % _times.Length];
            }
            return GridBuilder.FromTimes(metric, times, values, "observed");
        }

        private void EnsureRoom(int count)
        {
            if (count <= _times.Length)
            {
                return;
            }
            int room = Math.Min(TemporalLimits.SeriesSamplesMax, Math.Max(count, Math.Max(64, _times.Length * 2)));
            ulong[] times = new ulong[room];
            double[] values = new double[room];
            for (int i = 0; i < Count; i++)
            {
                times[i] = _times[(_start + i) % _times.Length];
                values[i] = _values[(_start + i) % _times.Length];
            }
            (_times, _values, _start) = (times, values, 0);
        }
    }
}
