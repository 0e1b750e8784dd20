using System.Collections;
using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.Telemetry;

/// <summary>The series of a message, in the order in which they were met, each made when it is asked for: a file can have a million of them, each of one sample.</summary>
internal sealed class CollectedSeries(SampleLog samples, PairTable series, PairTable metrics, PairTable owned, NameTable objects, NameTable names, string[] networks) : IReadOnlyList<MeasuredSeries>
{
    private readonly string?[] _elements = new string?[metrics.Count];   // names of elements of lists: many series have the same

    public int Count => series.Count;

    public MeasuredSeries this[int index]
    {
        get
        {
            if ((uint)index >= (uint)series.Count)
            {
                throw new ArgumentOutOfRangeException(nameof(index));
            }
            samples.Read(index, out ulong[] times, out double[] values);
            int managed = series.First(index);
            return new MeasuredSeries { NetworkId = networks[owned.Second(managed)], ManagedObject = objects.Text(owned.First(managed)), Metric = Metric(index), TimesNs = times, Values = values };
        }
    }

    public IEnumerator<MeasuredSeries> GetEnumerator()
    {
        for (int i = 0; i < series.Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Key in the history.</summary>
    public string Key(int index) => objects.Text(owned.First(series.First(index))) + "/" + Metric(index);

    private string Metric(int index)
    {
        int metric = series.Second(index);
        string name = names.Text(metrics.First(metric));
        int element = metrics.Second(metric);
        return element == 0 ? name : _elements[metric] ??= $"{name}[{(element - 1).ToString(CultureInfo.InvariantCulture)}]";
    }
}
