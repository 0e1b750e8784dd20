using RanCognition.Contracts;

namespace RanCognition.Temporal;

/// <summary>The newest samples of one metric, times ascending; at most <see cref="TemporalLimits.SeriesSamplesMax"/>.</summary>
/// <param name="roomLeast">Samples that there is room for from the first on.</param>
internal sealed class SampleRing(int roomLeast = 8)
{
    private ulong[] _times = [];
    private double[] _values = [];
    private int _start;

    public int Count { get; private set; }

    public ulong LastTime => _times[(_start + Count - 1) % _times.Length];

    /// <summary>Only after <see cref="Straighten"/>.</summary>
    public ReadOnlySpan<ulong> Times => _times.AsSpan(0, Count);

    /// <summary>Only after <see cref="Straighten"/>.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Different times among these.</summary>
    /// <param name="times">Never decreasing.</param>
    public static int Distinct(ReadOnlySpan<ulong> times)
    {
        int distinct = times.IsEmpty ? 0 : 1;
        for (int i = 1; i < times.Length; i++)
        {
            distinct += times[i] != times[i - 1] ? 1 : 0;
        }
        return distinct;
    }

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
        int room = Math.Min(TemporalLimits.SeriesSamplesMax, Math.Max(count, Math.Max(roomLeast, _times.Length * 2)));
        ulong[] times = new ulong[room];
        double[] values = new double[room];
        for (int i = 0; i < Count; i++)
        {
            times[i] = _times[(_start + i) % _times.Length];
            values[i] = _values[(_start + i) % _times.Length];
        }
        (_times, _values, _start) = (times, values, 0);
    }

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
