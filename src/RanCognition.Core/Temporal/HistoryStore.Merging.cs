using RanCognition.Contracts;

namespace RanCognition.Temporal;

/// <summary>Samples that come late: files of a collector arrive in any order.</summary>
internal sealed partial class HistoryStore
{
    /// <summary>Samples that are there.</summary>
    public ulong Samples => (ulong)_samples;

    /// <summary>Series that are there.</summary>
    public int SeriesCount => _series.Count;

    /// <summary>Samples by which a series would grow at most; 0 for one that is full.</summary>
    /// <param name="network">Of the series.</param>
    /// <param name="metric">Of the series.</param>
    /// <param name="times">Never decreasing.</param>
    public int GrowthBy(string network, string metric, ReadOnlySpan<ulong> times)
    {
        _series.TryGetValue((network, metric), out Series? series);
        int present = series?.Count ?? 0;
        int added = series?.NewTimes(times) ?? Distinct(times);
        return Math.Min(TemporalLimits.SeriesSamplesMax, present + added) - present;
    }

    public bool Has(string network, string metric) => _series.ContainsKey((network, metric));

    /// <summary>Puts samples in their places by time; one of a time that is there takes its place. The oldest make room.</summary>
    /// <param name="network">Of the series.</param>
    /// <param name="metric">Of the series.</param>
    /// <param name="times">Never decreasing; of equal ones the last counts.</param>
    /// <param name="values">As many.</param>
    /// <returns>Samples of these that are not kept: older than the oldest of a full series.</returns>
    public int Merge(string network, string metric, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values)
    {
        if (times.IsEmpty)
        {
            return 0;
        }
        if (!_series.TryGetValue((network, metric), out Series? series))
        {
            _series.Add((network, metric), series = new Series());
        }
        _samples -= series.Count;
        int dropped = series.Merge(times, values);
        _samples += series.Count;
        return dropped;
    }

    /// <summary>Hands over every series, those of a network in order of first observation; times ascending. Spans are good during the call.</summary>
    public void ReadAll(SeriesReader read)
    {
        foreach (((string network, string metric), Series series) in _series)
        {
            series.Straighten();
            read(network, metric, series.Times, series.Values);
        }
    }

    /// <summary>Hands over network, metric and latest time of every series, in order of first observation.</summary>
    public void ReadLatest(Action<string, string, ulong> read)
    {
        foreach (((string network, string metric), Series series) in _series)
        {
            if (series.Count > 0)
            {
                read(network, metric, series.LastTime);
            }
        }
    }

    private static int Distinct(ReadOnlySpan<ulong> times)
    {
        int distinct = times.IsEmpty ? 0 : 1;
        for (int i = 1; i < times.Length; i++)
        {
            distinct += times[i] != times[i - 1] ? 1 : 0;
        }
        return distinct;
    }

    private sealed partial class Series
    {
        /// <summary>Only after <see cref="Straighten"/>.</summary>
        public ReadOnlySpan<ulong> Times => _times.AsSpan(0, Count);

        public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

        /// <summary>Puts the oldest sample at the beginning of the arrays.</summary>
        public void Straighten()
        {
            if (_start == 0)
            {
                return;
            }
            ulong[] times = new ulong[_times.Length];
            double[] values = new double[_times.Length];
            for (int i = 0; i < Count; i++)
            {
                times[i] = _times[(_start + i) % _times.Length];
                values[i] = _values[(_start + i) % _times.Length];
            }
            (_times, _values, _start) = (times, values, 0);
        }

        /// <summary>Different times among these that are not there.</summary>
        public int NewTimes(ReadOnlySpan<ulong> times)
        {
            int added = 0;
            int place = Count > 0 && times.Length > 0 && times[0] > LastTime ? Count : 0;
            for (int i = 0; i < times.Length; i++)
            {
                if (i > 0 && times[i] == times[i - 1])
                {
                    continue;
                }
                while (place < Count && TimeAt(place) < times[i])
                {
                    place++;
                }
                added += place == Count || TimeAt(place) != times[i] ? 1 : 0;
            }
            return added;
        }

        public int Merge(ReadOnlySpan<ulong> times, ReadOnlySpan<double> values)
        {
            if (times.Length <= TemporalLimits.SeriesSamplesMax && (Count == 0 || times[0] >= LastTime))
            {
                Append(times, values);
                return 0;
            }
            return MergeLate(times, values);
        }

        private ulong TimeAt(int place) => _times[(_start + place) % _times.Length];

        /// <summary>Merges from the newest back until the series is full.</summary>
        private int MergeLate(ReadOnlySpan<ulong> times, ReadOnlySpan<double> values)
        {
            Straighten();
            int most = (int)Math.Min(TemporalLimits.SeriesSamplesMax, (long)Count + times.Length);
            ulong[] mergedTimes = new ulong[most];
            double[] mergedValues = new double[most];
            int at = most;
            int old = Count - 1;
            int late = times.Length - 1;
            while (at > 0 && (old >= 0 || late >= 0))
            {
                at--;
                if (late >= 0 && (old < 0 || times[late] >= _times[old]))
                {
                    ulong time = times[late];
                    mergedTimes[at] = time;
                    mergedValues[at] = values[late];
                    for (; late >= 0 && times[late] == time; late--)
                    {
                    }
                    old -= old >= 0 && _times[old] == time ? 1 : 0;
                }
                else
                {
                    mergedTimes[at] = _times[old];
                    mergedValues[at] = _values[old];
                    old--;
                }
            }
            int dropped = late < 0 ? 0 : Distinct(times[..(late + 1)]);
            Count = most - at;
            mergedTimes.AsSpan(at).CopyTo(mergedTimes);
            mergedValues.AsSpan(at).CopyTo(mergedValues);
            (_times, _values, _start) = (mergedTimes, mergedValues, 0);
            return dropped;
        }
    }
}

/// <summary>Takes one series, times ascending.</summary>
internal delegate void SeriesReader(string network, string metric, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values);
