using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace RanCognition.Memory.Filtering;

/// <summary>The rows that have one value, ascending. A single row needs no array, for most values of many columns are had once.</summary>
internal struct PostingList
{
    private const int LeastCapacity = 4;
    private const int SmallCapacity = 1024;   // up to it an array doubles, then it grows by a quarter

    private int[]? _rows;
    private int _start;   // removing the oldest rows moves it on, so that it costs nothing
    private int _count;
    private int _single;

    public readonly int Count => _count;

    public readonly ulong ArrayBytes => _rows is null ? 0 : (ulong)_rows.Length * sizeof(int);

    [UnscopedRef]
    public readonly ReadOnlySpan<int> Rows => _rows is null ? MemoryMarshal.CreateReadOnlySpan(in _single, _count) : _rows.AsSpan(_start, _count);

    /// <summary>The row must not be there.</summary>
    public void Add(int row)
    {
        int[]? rows = _rows;
        int end = _start + _count;
        if (rows is not null && (uint)end < (uint)rows.Length && row > rows[end - 1])
        {
            rows[end] = row;
            _count++;
            return;
        }
        AddSlowly(row);
    }

    public void Remove(int row)
    {
        if (_rows is null)
        {
            _count = 0;
            return;
        }
        int at = _rows.AsSpan(_start, _count).BinarySearch(row);
        if (at < _count / 2)
        {
            Array.Copy(_rows, _start, _rows, _start + 1, at);
            _start++;
        }
        else
        {
            Array.Copy(_rows, _start + at + 1, _rows, _start + at, _count - at - 1);
        }
        if (--_count == 0)
        {
            _rows = null;
            _start = 0;
        }
    }

    private void AddSlowly(int row)
    {
        if (_rows is null)
        {
            if (_count == 0)
            {
                _single = row;
                _count = 1;
                return;
            }
            _rows = new int[LeastCapacity];
            _rows[0] = _single;
        }
        if (row > _rows[_start + _count - 1])
        {
            MakeRoomAtEnd();
            _rows[_start + _count++] = row;
            return;
        }
        Insert(row);
    }

    private void Insert(int row)
    {
        int at = ~_rows.AsSpan(_start, _count).BinarySearch(row);
        if (at < _count / 2 && _start > 0)
        {
            Array.Copy(_rows!, _start, _rows!, _start - 1, at);
            _start--;
        }
        else
        {
            MakeRoomAtEnd();
            Array.Copy(_rows!, _start + at, _rows!, _start + at + 1, _count - at);
        }
        _rows![_start + at] = row;
        _count++;
    }

    private void MakeRoomAtEnd()
    {
        if (_start + _count < _rows!.Length)
        {
            return;
        }
        int[] old = _rows;
        if (_start <= _rows.Length / 2)
        {
            _rows = new int[_count <= SmallCapacity ? Math.Max(LeastCapacity, 2 * _count) : _count + _count / 4];
        }
        Array.Copy(old, _start, _rows, 0, _count);
        _start = 0;
    }
}
