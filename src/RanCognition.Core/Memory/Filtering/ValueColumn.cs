using System.Diagnostics;
using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>A column of few distinct values: each row has the code of its value, each value the list of its rows. A condition is judged once for each value.</summary>
/// <remarks>Managed memory, so that a reader may go on with a column that another reader has let go.</remarks>
internal sealed class ValueColumn
{
    /// <summary>Code of the rows whose field is not there.</summary>
    public const int Missing = 0;

    private const int NoRow = -1;   // removed, or not there yet
    private const int UnusedMax = 1024;   // values without rows that are kept in any case: they may come again
    private const int LeastCapacity = 16;
    private const int PostingBytes = 24;

    private readonly ulong _valueBytesMax;
    private int[] _codes = [];
    private PostingList[] _postings = new PostingList[LeastCapacity];
    private MetadataValue?[] _values = new MetadataValue?[LeastCapacity];
    private Dictionary<MetadataValue, int> _codeOf = [];
    private Dictionary<MetadataValue, List<int>> _codesWithItem = [];   // item of a list -> values that have it
    private int _unused;
    private ulong _valueBytes;

    public ValueColumn(ulong valueBytesMax = ulong.MaxValue) => _valueBytesMax = valueBytesMax;

    /// <summary>Rows up to the last that was set.</summary>
    public int Rows { get; private set; }

    /// <summary>Living rows.</summary>
    public int Count { get; private set; }

    /// <summary>One past the largest code.</summary>
    public int Codes { get; private set; } = 1;

    /// <summary>Changes when values get other codes.</summary>
    public int Generation { get; private set; }

    /// <summary>Distinct numbers and texts.</summary>
    public int Numbers { get; private set; }

    public int Texts { get; private set; }

    /// <summary>The distinct values take more memory than they may.</summary>
    public bool IsTooLarge => _valueBytes > _valueBytesMax;

    public ulong Bytes
    {
        get
        {
            ulong bytes = (ulong)_codes.Length * sizeof(int) + _valueBytes + (ulong)_postings.Length * PostingBytes;
            for (int code = 0; code < Codes; code++)
            {
                bytes += _postings[code].ArrayBytes;
            }
            return bytes;
        }
    }

    public ReadOnlySpan<int> CodesOfRows => _codes.AsSpan(0, Rows);

    public MetadataValue? ValueOf(int code) => _values[code];

    public ReadOnlySpan<int> RowsOf(int code) => _postings[code].Rows;

    /// <summary>-1 for a row that was removed.</summary>
    public int CodeAt(int row) => _codes[row];

    /// <summary>-1 when no row has had the value.</summary>
    public int CodeOf(MetadataValue value) => _codeOf.GetValueOrDefault(value, -1);

    /// <summary>Values that are lists with the item.</summary>
    public IReadOnlyList<int> CodesWithItem(MetadataValue item) => _codesWithItem.TryGetValue(item, out List<int>? codes) ? codes : [];

    /// <summary>The code of the value, which is added when it is new.</summary>
    public int Take(MetadataValue? value)
    {
        if (value is null)
        {
            return Missing;
        }
        if (!_codeOf.TryGetValue(value, out int code))
        {
            code = Codes++;
            if (code == _values.Length)
            {
                Array.Resize(ref _values, 2 * code);
                Array.Resize(ref _postings, 2 * code);
            }
            _values[code] = value;
            _codeOf.Add(value, code);
            _unused++;
            CountValue(value, code);
        }
        return code;
    }

    public void Set(int row, MetadataValue? value)
    {
        SetCode(row, Take(value));
        if (_unused > UnusedMax && _unused > Codes / 2)
        {
            Rebuild(null);
        }
    }

    private void SetCode(int row, int code)
    {
        EnsureRows(row + 1);
        int old = _codes[row];
        if (old == code)
        {
            return;
        }
        Leave(row, old);
        _codes[row] = code;
        Count++;
        ref PostingList posting = ref _postings[code];
        _unused -= posting.Count == 0 && code != Missing ? 1 : 0;
        posting.Add(row);
    }

    /// <summary>The next rows.</summary>
    /// <param name="names">An index into codes for each.</param>
    /// <param name="codes">Of values that were taken.</param>
    public void Append(ReadOnlySpan<uint> names, ReadOnlySpan<int> codes)
    {
        Reserve(Rows + names.Length);
        foreach (uint name in names)
        {
            int code = codes[(int)name];
            ref PostingList posting = ref _postings[code];
            _unused -= posting.Count == 0 && code != Missing ? 1 : 0;
            posting.Add(Rows);
            _codes[Rows++] = code;
        }
        Count += names.Length;
    }

    public void Remove(int row)
    {
        if (row < Rows)
        {
            Leave(row, _codes[row]);
            _codes[row] = NoRow;
        }
    }

    /// <summary>Row i becomes what row kept[i] was.</summary>
    public void Compact(ReadOnlySpan<int> kept) => Rebuild(kept.ToArray());

    private void Reserve(int rows)
    {
        if (rows > _codes.Length)
        {
            Array.Resize(ref _codes, Math.Max(rows, Math.Max(LeastCapacity, _codes.Length + _codes.Length / 4)));
        }
    }

    private void EnsureRows(int rows)
    {
        if (rows > Rows)
        {
            Reserve(rows);
            _codes.AsSpan(Rows, rows - Rows).Fill(NoRow);
            Rows = rows;
        }
    }

    private void Leave(int row, int code)
    {
        if (code == NoRow)
        {
            return;
        }
        ref PostingList posting = ref _postings[code];
        posting.Remove(row);
        _unused += posting.Count == 0 && code != Missing ? 1 : 0;
        Count--;
    }

    private void CountValue(MetadataValue value, int code)
    {
        _valueBytes += SizeOf(value);
        Numbers += value is MetadataValue.Number ? 1 : 0;
        Texts += value is MetadataValue.Text ? 1 : 0;
        if (value is MetadataValue.List list)
        {
            foreach (MetadataValue item in list.Items)
            {
                if (!_codesWithItem.TryGetValue(item, out List<int>? codes))
                {
                    _codesWithItem.Add(item, codes = []);
                }
                if (codes.Count == 0 || codes[^1] != code)   // an item may be there twice
                {
                    codes.Add(code);
                }
            }
        }
    }

    /// <summary>Makes the column anew, without the values that no row has any more.</summary>
    private void Rebuild(int[]? kept)
    {
        Generation++;
        int[] codes = _codes;
        MetadataValue?[] values = _values;
        int rows = kept?.Length ?? Rows;
        var renamed = new int[Codes];
        renamed.AsSpan().Fill(-1);
        renamed[Missing] = Missing;
        _codes = [];
        _values = new MetadataValue?[LeastCapacity];
        _postings = new PostingList[LeastCapacity];
        _codeOf = [];
        _codesWithItem = [];
        Rows = Count = Numbers = Texts = _unused = 0;
        Codes = 1;
        _valueBytes = 0;
        Reserve(rows);
        EnsureRows(rows);
        for (int row = 0; row < rows; row++)
        {
            int code = codes[kept?[row] ?? row];
            if (code != NoRow)
            {
                int name = renamed[code];
                SetCode(row, name >= 0 ? name : renamed[code] = Take(values[code]));
            }
        }
        Debug.Assert(_unused == 0);
    }

    /// <summary>Bytes that a distinct value takes here, roughly.</summary>
    private static ulong SizeOf(MetadataValue value) => 120 + value switch
    {
        MetadataValue.Text text => 2 * (ulong)text.Value.Length,
        MetadataValue.Number number => 2 * (ulong)(number.Exact?.Length ?? 0),
        MetadataValue.List list => list.Items.Aggregate(0UL, (sum, item) => sum + SizeOf(item)),
        MetadataValue.Map map => map.Members.Aggregate(0UL, (sum, member) => sum + 2 * (ulong)member.Key.Length + SizeOf(member.Value)),
        _ => 0,
    };
}
