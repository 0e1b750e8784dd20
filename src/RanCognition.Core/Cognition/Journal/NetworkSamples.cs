using System.Text;
using RanCognition.Contracts;
using RanCognition.Telemetry;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Journal;

/// <summary>Samples of one network: objects and names once, a series for each pair of them, its only sample in place, more of them in a ring.</summary>
internal sealed class NetworkSamples
{
    private const ulong SeriesBytes = 48;      // pair, slots, sample, reference
    private const ulong SampleBytes = 16;
    private const int NameBytesStack = 1024;
    private const int RingRoom = 2;            // the next file brings a second sample to each of a million series

    private readonly NameTable _objects = new();
    private readonly NameTable _names = new();
    private readonly PairTable _series = new();
    private ulong[] _times = new ulong[64];
    private double[] _values = new double[64];
    private SampleRing?[] _rings = new SampleRing?[64];   // null = the one sample is in place
    private string _latestObject = "";   // many series of an object mostly follow each other
    private int _latestObjectNumber = -1;

    public int SeriesCount => _series.Count;

    public long Samples { get; private set; }

    public ulong Bytes => (ulong)SeriesCount * SeriesBytes + (ulong)Samples * SampleBytes;

    /// <summary>Number of a series; minus one when there is none.</summary>
    public int Find(SeriesKey key)
    {
        int managed = ObjectNumber(key.ManagedObject, mayAdd: false);
        int name = managed < 0 ? -1 : Number(_names, key.Name, mayAdd: false);
        return name < 0 ? -1 : _series.Find(managed, name);
    }

    /// <summary>Metric key of a series.</summary>
    public string Key(int series)
    {
        string managedObject = _objects.Text(_series.First(series)), name = _names.Text(_series.Second(series));
        return managedObject.Length == 0 ? name : managedObject + "/" + name;
    }

    /// <summary>Of all series.</summary>
    public ulong LatestTime { get; private set; }

    public List<string> Newest(int most)
    {
        List<int> places = [];
        for (int series = 0; series < SeriesCount; series++)
        {
            int place = places.Count;
            while (place > 0 && Latest(places[place - 1]) < Latest(series))
            {
                place--;
            }
            if (place < most)
            {
                places.Insert(place, series);
                if (places.Count > most)
                {
                    places.RemoveAt(most);
                }
            }
        }
        return places.ConvertAll(Key);
    }

    public int GrowthBy(int series, ReadOnlySpan<ulong> times)
    {
        int present = _rings[series]?.Count ?? 1;
        int added = _rings[series]?.NewTimes(times) ?? SampleRing.Distinct(times) - (times.Contains(_times[series]) ? 1 : 0);
        return Math.Min(TemporalLimits.SeriesSamplesMax, present + added) - present;
    }

    public int Merge(SeriesKey key, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values)
    {
        int before = _series.Count;
        int series = _series.Get(ObjectNumber(key.ManagedObject, mayAdd: true), Number(_names, key.Name, mayAdd: true));
        if (series < before)
        {
            return Merge(series, times, values);
        }
        EnsureRoom(series + 1);
        if (times.Length == 1)
        {
            LatestTime = Math.Max(LatestTime, times[0]);
            (_times[series], _values[series]) = (times[0], values[0]);
            Samples++;
            return 0;
        }
        return MergeInRing(_rings[series] = new SampleRing(RingRoom), times, values);
    }

    /// <param name="series">Number of a series that is there.</param>
    /// <param name="times">Never decreasing.</param>
    /// <param name="values">As many.</param>
    public int Merge(int series, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values)
    {
        if (_rings[series] is null)
        {
            if (times.Length == 1 && times[0] == _times[series])
            {
                _values[series] = values[0];
                return 0;
            }
            _rings[series] = new SampleRing(RingRoom);
            _rings[series]!.Append([_times[series]], [_values[series]]);
        }
        return MergeInRing(_rings[series]!, times, values);
    }

    private int MergeInRing(SampleRing ring, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values)
    {
        LatestTime = Math.Max(LatestTime, times[^1]);
        Samples -= ring.Count;
        int dropped = ring.Merge(times, values);
        Samples += ring.Count;
        return dropped;
    }

    /// <summary>Samples of a series, times ascending; good until the next change.</summary>
    public void Read(int series, out ReadOnlySpan<ulong> times, out ReadOnlySpan<double> values)
    {
        if (_rings[series] is { } ring)
        {
            ring.Straighten();
            times = ring.Times;
            values = ring.Values;
            return;
        }
        times = _times.AsSpan(series, 1);
        values = _values.AsSpan(series, 1);
    }

    private ulong Latest(int series) => _rings[series]?.LastTime ?? _times[series];

    private void EnsureRoom(int count)
    {
        if (count > _times.Length)
        {
            int room = 2 * _times.Length;
            Array.Resize(ref _times, room);
            Array.Resize(ref _values, room);
            Array.Resize(ref _rings, room);
        }
    }

    private int ObjectNumber(string managedObject, bool mayAdd)
    {
        if (_latestObjectNumber < 0 || !ReferenceEquals(managedObject, _latestObject))
        {
            _latestObject = managedObject;
            _latestObjectNumber = Number(_objects, managedObject, mayAdd);
        }
        return _latestObjectNumber;
    }

    private static int Number(NameTable table, string name, bool mayAdd)
    {
        Span<byte> bytes = stackalloc byte[NameBytesStack];
        ReadOnlySpan<byte> text = Encoding.UTF8.GetByteCount(name) <= bytes.Length ? bytes[..Encoding.UTF8.GetBytes(name, bytes)] : Encoding.UTF8.GetBytes(name);
        return mayAdd ? table.Get(text) : table.Find(text);
    }
}
