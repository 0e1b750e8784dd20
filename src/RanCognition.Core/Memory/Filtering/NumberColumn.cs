using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>A column of many distinct numbers: one double for each row. What is not a plain number lies beside it by its row.</summary>
internal sealed class NumberColumn
{
    private readonly ulong _otherBytesMax;
    private double[] _values = [];
    private Dictionary<int, MetadataValue> _others = [];

    public NumberColumn(ulong otherBytesMax = ulong.MaxValue) => _otherBytesMax = otherBytesMax;

    /// <summary>Rows up to the last that was set.</summary>
    public int Rows { get; private set; }

    /// <summary>NaN where the row has no plain number.</summary>
    public double[] Values => _values;

    /// <summary>Texts, lists and numbers with more digits than a double, by row; a row with NaN that is not here lacks the field.</summary>
    public IReadOnlyDictionary<int, MetadataValue> Others => _others;

    /// <summary>There are so many other values that the column is of no use.</summary>
    public bool IsTooLarge => (ulong)_others.Count * 256 > _otherBytesMax;

    public ulong Bytes => (ulong)_values.Length * sizeof(double) + (ulong)_others.Count * 256;

    /// <summary>A number that is all in its double.</summary>
    public static bool IsPlain(MetadataValue? value) => value is MetadataValue.Number { Exact: null } number && !double.IsNaN(number.Value);

    public void Set(int row, MetadataValue? value)
    {
        EnsureRows(row + 1);
        _values[row] = IsPlain(value) ? ((MetadataValue.Number)value!).Value : double.NaN;
        if (value is null || IsPlain(value))
        {
            _others.Remove(row);
        }
        else
        {
            _others[row] = value;
        }
    }

    public void Remove(int row)
    {
        if (row < Rows)
        {
            Set(row, null);
        }
    }

    /// <summary>Row i becomes what row kept[i] was.</summary>
    public void Compact(ReadOnlySpan<int> kept)
    {
        var values = new double[kept.Length];
        Dictionary<int, MetadataValue> others = [];
        for (int row = 0; row < kept.Length; row++)
        {
            values[row] = kept[row] < Rows ? _values[kept[row]] : double.NaN;
            if (_others.TryGetValue(kept[row], out MetadataValue? other))
            {
                others.Add(row, other);
            }
        }
        (_values, _others, Rows) = (values, others, kept.Length);
    }

    private void EnsureRows(int rows)
    {
        if (rows > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(rows, _values.Length + _values.Length / 4));
        }
        if (rows > Rows)
        {
            _values.AsSpan(Rows, rows - Rows).Fill(double.NaN);
            Rows = rows;
        }
    }
}
