using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>A field of the documents, kept as a column: by distinct values, as numbers, or not at all where that would take too much memory.</summary>
internal sealed class DocumentColumn
{
    /// <summary>Distinct numbers, beyond which they are kept as doubles.</summary>
    public const int DistinctNumbersMax = 1024;

    /// <summary>Memory of the distinct values of one column.</summary>
    public const ulong ValueBytesMax = 64 << 20;

    private readonly ulong _valueBytesMax;

    /// <param name="field">As filters name it.</param>
    /// <param name="valueBytesMax">Beyond it the column is given up.</param>
    public DocumentColumn(string field, ulong valueBytesMax = ValueBytesMax)
    {
        Field = field;
        _valueBytesMax = valueBytesMax;
        if (FilterFields.IsMetric(field))
        {
            Numbers = new NumberColumn(valueBytesMax);
        }
        else if (field != FilterFields.Text)   // free text would be held twice
        {
            Values = new ValueColumn(valueBytesMax);
        }
    }

    public string Field { get; }

    /// <summary>When it was last used, by the count of uses.</summary>
    public long LastUse { get; set; }

    public ValueColumn? Values { get; private set; }

    public NumberColumn? Numbers { get; private set; }

    /// <summary>False when conditions on the field must be asked of the documents themselves.</summary>
    public bool IsKept => Values is not null || Numbers is not null;

    public ulong Bytes => Values?.Bytes ?? Numbers?.Bytes ?? 0;

    public void Set(int row, MetadataValue? value)
    {
        if (Values is not null)
        {
            Values.Set(row, value);
            if (Values.IsTooLarge)
            {
                Values = null;
            }
            else if (Values.Numbers > DistinctNumbersMax)
            {
                MakeNumbers(Values);
            }
        }
        else if (Numbers is not null)
        {
            Numbers.Set(row, value);
            Numbers = Numbers.IsTooLarge ? null : Numbers;
        }
    }

    public void Remove(int row)
    {
        Values?.Remove(row);
        Numbers?.Remove(row);
    }

    public void Compact(ReadOnlySpan<int> kept)
    {
        Values?.Compact(kept);
        Numbers?.Compact(kept);
    }

    private void MakeNumbers(ValueColumn values)
    {
        var numbers = new NumberColumn(_valueBytesMax);
        ReadOnlySpan<int> codes = values.CodesOfRows;
        for (int row = 0; row < codes.Length; row++)
        {
            numbers.Set(row, codes[row] > ValueColumn.Missing ? values.ValueOf(codes[row]) : null);
        }
        Values = null;
        Numbers = numbers.IsTooLarge ? null : numbers;
    }
}
