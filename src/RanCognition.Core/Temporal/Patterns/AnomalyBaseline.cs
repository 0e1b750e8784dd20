using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RanCognition.Temporal.Patterns;

/// <summary>The values at the same time of the last 14 days, and their median and quartiles.</summary>
/// <remarks>
/// The values of one time of day lie side by side (one row of days), so that a look-up touches one to three short rows.
/// Memory follows the points seen: the first day doubles as it grows, then a row gets room for 2, 4, 8 and 16 days.
/// It never exceeds <see cref="CapacityPoints"/>: steps below about 0.66 s get fewer days, below 0.17 s none.
/// </remarks>
internal sealed class AnomalyBaseline
{
    /// <summary>Bound on the values kept: 16 MiB.</summary>
    public const int CapacityPoints = 1 << 21;

    private const int Week = 7;
    private const int Days = 2 * Week;
    private const int RowMax = 16;       // 14 days, today, and one about to be overwritten
    private const int RowMin = 4;        // fewer leave no day at all
    private const int Busy = 48;         // points a day above which the neighbours in time count too
    private const int NeighbourShare = 96;

    // Stands for "missing": it sorts behind all finite values.
    private const double None = double.PositiveInfinity;

    private readonly int _pointsPerDay;
    private readonly int _neighbour;     // distance of the two neighbours; 0 = none
    private readonly int _rowMax;        // days that fit the capacity; 0 = nothing is kept
    private double[] _rows = [];
    private int _row = 1;                // room per time of day, a power of two
    private int _time;                   // time of day and day of the next point
    private long _day;

    /// <param name="pointsPerDay">At least 1.</param>
    public AnomalyBaseline(long pointsPerDay)
    {
        Debug.Assert(pointsPerDay >= 1);
        _rowMax = RowMax;
        while (_rowMax >= RowMin && pointsPerDay > CapacityPoints / _rowMax)
        {
            _rowMax >>= 1;
        }
        if (_rowMax < RowMin)
        {
            _rowMax = 0;
            return;
        }
        _pointsPerDay = (int)pointsPerDay;
        _neighbour = _pointsPerDay > Busy ? Math.Max(1, _pointsPerDay / NeighbourShare) : 0;
    }

    /// <summary>Values kept now, for tests of the bound.</summary>
    internal int Capacity => _rows.Length;

    /// <summary>Median and quartiles of the values that the next point is compared with; false when there are none.</summary>
    /// <remarks>The same time of each day, three times when 7 or 14 days ago, and its two neighbours.</remarks>
    [SkipLocalsInit]
    public bool TryQuartiles(out double median, out double lower, out double upper)
    {
        Unsafe.SkipInit(out median);
        Unsafe.SkipInit(out lower);
        Unsafe.SkipInit(out upper);
        if (_day == 0)
        {
            return false;
        }
        Span<double> work = stackalloc double[AnomalyOrder.Large];
        var same = work[..RowMax];
        CopyRow(same, _time, _day);
        PutInGaps(same, _day, Earlier(Week));
        if (_neighbour == 0)
        {
            work = work[..AnomalyOrder.Small];
            work[RowMax] = work[RowMax + 1] = Earlier(Days);
            return AnomalyOrder.TryQuartiles(work, out median, out lower, out upper);
        }
        var after = work.Slice(RowMax, RowMax);
        PutInGaps(after, CopyAfter(after), Earlier(Days));
        CopyBefore(work.Slice(2 * RowMax, RowMax));
        return AnomalyOrder.TryQuartiles(work, out median, out lower, out upper);
    }

    /// <summary>Adds a finite value, or NaN for a missing one, and moves on to the next time.</summary>
    public void Add(double value)
    {
        if (_rowMax == 0)
        {
            return;
        }
        var at = _time * _row + (int)(_day & (_row - 1));
        if (at >= _rows.Length)
        {
            // First day only: later rows exist already.
            Array.Resize(ref _rows, Math.Min(_pointsPerDay, Math.Max(16, 2 * _rows.Length)));
        }
        _rows[at] = double.IsNaN(value) ? None : value;
        if (++_time == _pointsPerDay)
        {
            _time = 0;
            if (++_day >= _row && _row < _rowMax)
            {
                Widen();
            }
        }
    }

    private void Widen()
    {
        var wide = new double[2 * _rows.Length];
        wide.AsSpan().Fill(None);
        for (var time = 0; time < _pointsPerDay; time++)
        {
            _rows.AsSpan(time * _row, _row).CopyTo(wide.AsSpan(2 * time * _row));
        }
        _rows = wide;
        _row *= 2;
    }

    // Fills 16 places with the 1 to 14 days before that day, as far as they are known, and None in the gaps.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CopyRow(Span<double> places, int time, long day)
    {
        ref var row = ref _rows[time * _row];
        if (_row == RowMax)
        {
            MemoryMarshal.CreateReadOnlySpan(ref row, RowMax).CopyTo(places);
        }
        else
        {
            places.Fill(None);
            MemoryMarshal.CreateReadOnlySpan(ref row, _row).CopyTo(places);
        }
        places[(int)day & (_row - 1)] = None;
        if (_row == _rowMax)
        {
            places[(int)(day + 1) & (_row - 1)] = None;
        }
    }

    // The neighbour ahead. Across midnight its oldest day would belong to a day that the same time of day does not have yet.
    private long CopyAfter(Span<double> places)
    {
        var time = _time + _neighbour;
        if (time < _pointsPerDay)
        {
            CopyRow(places, time, _day);
            return _day;
        }
        CopyRow(places, time - _pointsPerDay, _day + 1);
        if (_day < _rowMax - 2)
        {
            places[0] = None;
        }
        return _day + 1;
    }

    private void CopyBefore(Span<double> places)
    {
        var time = _time - _neighbour;
        if (time >= 0)
        {
            CopyRow(places, time, _day);
        }
        else
        {
            CopyRow(places, time + _pointsPerDay, _day - 1);
        }
    }

    // The two places that CopyRow leaves empty in a full row; the last two of a shorter one.
    private void PutInGaps(Span<double> places, long day, double value)
    {
        var full = _row == RowMax;
        places[full ? (int)day & (RowMax - 1) : RowMax - 2] = value;
        places[full ? (int)(day + 1) & (RowMax - 1) : RowMax - 1] = value;
    }

    private double Earlier(int days)
        => _day >= days && days <= _rowMax - 2 ? _rows[_time * _row + (int)((_day - days) & (_row - 1))] : None;
}
