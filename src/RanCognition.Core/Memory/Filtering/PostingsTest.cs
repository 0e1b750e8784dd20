using System.Buffers;

namespace RanCognition.Memory.Filtering;

/// <summary>Holds for the rows of some values of a column, or for all but these.</summary>
internal sealed class PostingsTest : RowTest
{
    private const int DenseShare = 16;

    private readonly ValueColumn _column;
    private readonly int[] _codes;   // distinct
    private readonly bool[]? _isMember;   // by code, where there are several
    private readonly bool _isInverted;
    private readonly int _listed;   // rows of the codes

    public PostingsTest(ValueColumn column, int[] codes, bool isInverted)
    {
        _column = column;
        _codes = codes;
        _isInverted = isInverted;
        if (codes.Length > 1)
        {
            _isMember = new bool[column.Codes];
        }
        foreach (int code in codes)
        {
            _listed += column.RowsOf(code).Length;
            if (_isMember is not null)
            {
                _isMember[code] = true;
            }
        }
    }

    /// <summary>To look at the codes of all rows costs less than to go through the list.</summary>
    private bool IsDense => _codes.Length == 1 && _listed > _column.Rows / DenseShare;

    public override int Most => _isInverted ? _column.Count - _listed : _listed;

    public override bool IsListed => !_isInverted && _codes.Length <= 1;

    public override ReadOnlySpan<int> List(Span<int> buffer) => _codes.Length == 0 ? [] : _column.RowsOf(_codes[0]);

    public override int Keep(ReadOnlySpan<int> rows, Span<int> kept)
    {
        ReadOnlySpan<int> codes = _column.CodesOfRows;
        int count = 0;
        if (_isMember is null)
        {
            int only = _codes.Length == 0 ? int.MinValue : _codes[0];
            foreach (int row in rows)
            {
                if ((codes[row] == only) != _isInverted)
                {
                    kept[count++] = row;
                }
            }
            return count;
        }
        foreach (int row in rows)
        {
            if (_isMember[codes[row]] != _isInverted)
            {
                kept[count++] = row;
            }
        }
        return count;
    }

    public override void Restrict(Span<ulong> words)
    {
        if (IsDense)
        {
            RangeScan.Restrict(_column.CodesOfRows, words, _codes[0], _isInverted);
            return;
        }
        if (_isInverted)
        {
            foreach (int code in _codes)
            {
                RowBits.Clear(words, _column.RowsOf(code));
            }
            return;
        }
        ulong[] rented = ArrayPool<ulong>.Shared.Rent(words.Length);
        Span<ulong> own = rented.AsSpan(0, words.Length);
        FillOwn(own);
        RowBits.And(words, own);
        ArrayPool<ulong>.Shared.Return(rented);
    }

    public override void Fill(Span<ulong> words, ReadOnlySpan<ulong> alive)
    {
        if (_isInverted || IsDense)
        {
            base.Fill(words, alive);
            return;
        }
        FillOwn(words);
    }

    private void FillOwn(Span<ulong> words)
    {
        words.Clear();
        foreach (int code in _codes)
        {
            RowBits.Set(words, _column.RowsOf(code));
        }
    }
}
