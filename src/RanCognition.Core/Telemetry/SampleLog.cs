namespace RanCognition.Telemetry;

/// <summary>Samples of all series as they come, 16 bytes each; those of one series are chained.</summary>
internal sealed class SampleLog
{
    private const int ChunkBits = 15;
    private const int ChunkLength = 1 << ChunkBits;   // chunks, so that growing copies nothing

    private int[][] _periods = new int[16][];
    private int[][] _next = new int[16][];   // the series' next sample; of its last one the first, so that one place for a series is enough
    private double[][] _values = new double[16][];
    private int[] _last = new int[64];   // sample of each series
    private int _seriesCount;
    private ulong[] _endsNs = new ulong[16];   // of each period
    private int _periodCount;

    public int Count { get; private set; }

    /// <summary>A period of the samples that come now.</summary>
    public int AddPeriod(ulong endNs)
    {
        if (_periodCount == _endsNs.Length)
        {
            Array.Resize(ref _endsNs, 2 * _periodCount);
        }
        _endsNs[_periodCount] = endNs;
        return _periodCount++;
    }

    public void Add(int series, int period, double value)
    {
        int chunk = Count >> ChunkBits;
        int place = Count & (ChunkLength - 1);
        if (place == 0)
        {
            AddChunk(chunk);
        }
        if (series == _last.Length)   // series come in the order of their numbers
        {
            Array.Resize(ref _last, 2 * series);
        }
        _periods[chunk][place] = period;
        _values[chunk][place] = value;
        _next[chunk][place] = Count;
        if (series < _seriesCount)
        {
            int last = _last[series];
            ref int next = ref _next[last >> ChunkBits][last & (ChunkLength - 1)];
            _next[chunk][place] = next;
            next = Count;
        }
        else
        {
            _seriesCount++;
        }
        _last[series] = Count++;
    }

    /// <summary>Samples of a series that end after a moment.</summary>
    public int CountAfter(int series, ulong nowNs)
    {
        int later = 0;
        int sample = _last[series];
        do
        {
            sample = _next[sample >> ChunkBits][sample & (ChunkLength - 1)];
            later += _endsNs[_periods[sample >> ChunkBits][sample & (ChunkLength - 1)]] > nowNs ? 1 : 0;
        }
        while (sample != _last[series]);
        return later;
    }

    /// <summary>Times and values of a series, times ascending; of several values of one time the one that came last.</summary>
    public void Read(int series, out ulong[] times, out double[] values)
    {
        int count = 0;
        int sample = _last[series];
        do
        {
            sample = _next[sample >> ChunkBits][sample & (ChunkLength - 1)];
            count++;
        }
        while (sample != _last[series]);
        times = new ulong[count];
        values = new double[count];
        for (int i = 0; i < count; i++)
        {
            sample = _next[sample >> ChunkBits][sample & (ChunkLength - 1)];
            times[i] = _endsNs[_periods[sample >> ChunkBits][sample & (ChunkLength - 1)]];
            values[i] = _values[sample >> ChunkBits][sample & (ChunkLength - 1)];
        }
        Order(ref times, ref values);
    }

    private void AddChunk(int chunk)
    {
        if (chunk == _values.Length)
        {
            Array.Resize(ref _periods, 2 * chunk);
            Array.Resize(ref _next, 2 * chunk);
            Array.Resize(ref _values, 2 * chunk);
        }
        _periods[chunk] = new int[ChunkLength];
        _next[chunk] = new int[ChunkLength];
        _values[chunk] = new double[ChunkLength];
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
            kept += times[i] > times[kept] ? 1 : 0;
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
