using RanCognition.Contracts;
using RanCognition.Memory.Index;

namespace RanCognition.Memory.Situations;

/// <summary>All situations, raw and as they are compared.</summary>
internal sealed class SituationIndex(DistanceMetric metric) : IDisposable
{
    /// <summary>Above this share of the rows a new scale makes the index anew instead of row by row.</summary>
    private const int RebuildShare = 8;

    private float[] _normalised = [];

    public SituationSpace Space { get; private set; } = SituationSpace.Empty;

    public RawSituations Raw { get; } = new();

    /// <summary>Null before the first situation.</summary>
    public VectorIndex? Vectors { get; private set; }

    public ulong Bytes => (Vectors?.Bytes ?? 0) + Raw.Bytes;

    public bool Has(int row) => Vectors is not null && Vectors.Has(row);

    /// <summary>Takes the next space; rows with a value of a refitted metric are compared by the new scale from now on.</summary>
    public void Adopt(SituationSpace next, List<int> refitted)
    {
        Space = next;
        bool isWider = Raw.Widen(next.Count);
        if (isWider || (refitted.Count > 0 && refitted.Max(position => next.Known[position]) * RebuildShare > Raw.Rows))
        {
            Rebuild();
            return;
        }
        if (refitted.Count == 0)
        {
            return;
        }
        for (int row = 0; row < Raw.Rows; row++)
        {
            if (Has(row) && refitted.Exists(position => !float.IsNaN(Raw.Value(row, position))))
            {
                Space.Normalise(Raw.Row(row)[..Space.Count], _normalised);
                Vectors!.Set(row, _normalised);
            }
        }
    }

    /// <summary>The next row; empty = no situation.</summary>
    public void Add(ReadOnlySpan<float> raw)
    {
        Raw.Add(raw);
        if (Vectors is null)
        {
            return;
        }
        if (raw.IsEmpty)
        {
            Vectors.AppendMissing(1);
            return;
        }
        Space.Normalise(raw, _normalised);
        Vectors.Append(_normalised, 1);
    }

    public void Set(int row, ReadOnlySpan<float> raw)
    {
        Raw.Set(row, raw);
        if (raw.IsEmpty)
        {
            Vectors?.Clear(row);
            return;
        }
        Space.Normalise(raw, _normalised);
        Vectors!.Set(row, _normalised);
    }

    /// <summary>Raw values of a query by position; metrics that no episode has are left out, for they cannot tell episodes apart.</summary>
    public float[] RawOf(IReadOnlyList<KeyValuePair<string, double>> situation)
    {
        float[] raw = new float[Space.Count];
        Array.Fill(raw, float.NaN);
        foreach ((string name, double value) in situation)
        {
            int position = Space.PositionOf(name);
            if (position >= 0)
            {
                raw[position] = (float)value;
            }
        }
        return raw;
    }

    public float[] Normalise(ReadOnlySpan<float> raw)
    {
        float[] normalised = new float[Raw.Stride];
        Space.Normalise(raw[..Math.Min(raw.Length, Space.Count)], normalised);
        return normalised;
    }

    public void Compact(ReadOnlySpan<int> kept)
    {
        Raw.Compact(kept);
        Vectors?.Compact(kept);
    }

    public void Dispose() => Vectors?.Dispose();

    /// <summary>After a bulk load of raw rows, and when all rows change.</summary>
    public void Rebuild()
    {
        if (Space.Count == 0)
        {
            return;
        }
        VectorIndex index = new(Raw.Stride, metric);
        index.Reserve(Raw.Rows);
        float[] normalised = new float[Raw.Stride];
        for (int row = 0; row < Raw.Rows; row++)
        {
            ReadOnlySpan<float> raw = Raw.Row(row);
            if (raw.IndexOfAnyExcept(float.NaN) < 0)
            {
                index.AppendMissing(1);
                continue;
            }
            Space.Normalise(raw[..Space.Count], normalised);
            index.Append(normalised, 1);
        }
        index.EndReserve();
        Vectors?.Dispose();
        Vectors = index;
        _normalised = normalised;
    }

    /// <summary>Sets the space of a file that is being loaded; the index is made by <see cref="Rebuild"/> when its rows are there.</summary>
    public void Begin(IReadOnlyList<MetricScale> metrics)
    {
        Space = SituationSpace.Of(metrics, new long[metrics.Count]);
        Raw.Widen(metrics.Count);
    }

    /// <summary>Counts the known values of the rows loaded.</summary>
    public void CountKnown()
    {
        for (int row = 0; row < Raw.Rows; row++)
        {
            ReadOnlySpan<float> raw = Raw.Row(row);
            for (int i = 0; i < Space.Count && i < raw.Length; i++)
            {
                Space.Known[i] += float.IsNaN(raw[i]) ? 0 : 1;
            }
        }
    }
}
