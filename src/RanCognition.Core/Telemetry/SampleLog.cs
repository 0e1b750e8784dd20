using RanCognition.Contracts;

namespace RanCognition.Telemetry;

/// <summary>Samples of all series as they come, 20 bytes each; sorted into series at the end.</summary>
internal sealed class SampleLog
{
    private int[] _series = new int[256];
    private ulong[] _timesNs = new ulong[256];
    private double[] _values = new double[256];

    public int Count { get; private set; }

    public void Add(int series, ulong timeNs, double value)
    {
        if (Count == _series.Length)
        {
            int length = Count < 1 << 20 ? 2 * Count : Count + Count / 2;
            Array.Resize(ref _series, length);
            Array.Resize(ref _timesNs, length);
            Array.Resize(ref _values, length);
        }
        _series[Count] = series;
        _timesNs[Count] = timeNs;
        _values[Count++] = value;
    }

    /// <summary>Times and values of each series, times ascending; of several values of one time the last one that came.</summary>
    /// <param name="managedObjects">Of each series.</param>
    /// <param name="metrics">Of each series.</param>
    public MeasuredSeries[] Series(string[] managedObjects, string[] metrics)
    {
        int[] counts = new int[managedObjects.Length];
        for (int i = 0; i < Count; i++)
        {
            counts[_series[i]]++;
        }
        ulong[][] times = new ulong[counts.Length][];
        double[][] values = new double[counts.Length][];
        for (int i = 0; i < counts.Length; i++)
        {
            times[i] = new ulong[counts[i]];
            values[i] = new double[counts[i]];
            counts[i] = 0;
        }
        for (int i = 0; i < Count; i++)
        {
            int series = _series[i];
            times[series][counts[series]] = _timesNs[i];
            values[series][counts[series]++] = _values[i];
        }
        MeasuredSeries[] all = new MeasuredSeries[counts.Length];
        for (int i = 0; i < all.Length; i++)
        {
            Order(ref times[i], ref values[i]);
            all[i] = new MeasuredSeries { ManagedObject = managedObjects[i], Metric = metrics[i], TimesNs = times[i], Values = values[i] };
        }
        return all;
    }

    /// <summary>Ascending, each time once.</summary>
    private static void Order(ref ulong[] times, ref double[] values)
    {
        bool isSorted = true;
        bool isStrict = true;
        for (int i = 1; i < times.Length; i++)
        {
            isSorted &= times[i] >= times[i - 1];
            isStrict &= times[i] > times[i - 1];
        }
        if (isStrict)
        {
            return;
        }
        if (!isSorted)
        {
            Merge(ref times, ref values);
        }
        int kept = 0;
        for (int i = 0; i < times.Length; i++)
        {
            kept += i > 0 && times[i] > times[kept] ? 1 : 0;
            times[kept] = times[i];
            values[kept] = values[i];
        }
        Array.Resize(ref times, kept + 1);
        Array.Resize(ref values, kept + 1);
    }

    /// <summary>Merge sort from the bottom up: equal times stay in the order in which they came.</summary>
    private static void Merge(ref ulong[] times, ref double[] values)
    {
        ulong[] otherTimes = new ulong[times.Length];
        double[] otherValues = new double[times.Length];
        for (long width = 1; width < times.Length; width *= 2)
        {
            for (long start = 0; start < times.Length; start += 2 * width)
            {
                int left = (int)start;
                int middle = (int)Math.Min(start + width, times.Length);
                int right = middle;
                int end = (int)Math.Min(start + 2 * width, times.Length);
                for (int to = left; to < end; to++)
                {
                    int from = left < middle && (right == end || times[left] <= times[right]) ? left++ : right++;
                    otherTimes[to] = times[from];
                    otherValues[to] = values[from];
                }
            }
            (times, otherTimes) = (otherTimes, times);
            (values, otherValues) = (otherValues, values);
        }
    }
}
