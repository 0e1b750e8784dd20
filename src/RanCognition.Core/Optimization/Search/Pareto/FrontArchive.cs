using RanCognition.Contracts;

namespace RanCognition.Optimization.Search.Pareto;

/// <summary>The feasible points evaluated that no other one dominates. Of points with the same objectives the first is kept.</summary>
/// <remarks>
/// Bounded: of too many, those go that add least, the best in each objective never. With two objectives that is what a point dominates alone, between its neighbours; with more see
/// <see cref="FrontThinning"/>.
/// </remarks>
internal sealed class FrontArchive
{
    private readonly int _n;
    private readonly int _m;
    private readonly int _most;
    private readonly int _room;

    // Rows in no order; which of them stand where.
    private double[] _x;
    private double[] _f;

    // With two objectives: rows by ascending first and so descending second objective, with the objectives side by side.
    private int[] _order = [];
    private double[] _first = [];
    private double[] _second = [];
    private FrontThinning? _thinning;

    /// <param name="dimension">Variables.</param>
    /// <param name="objectives">Objectives, two or more.</param>
    public FrontArchive(int dimension, int objectives)
        : this(dimension, objectives, Most(objectives))
    {
    }

    /// <param name="dimension">Variables.</param>
    /// <param name="objectives">Objectives, two or more.</param>
    /// <param name="most">Points kept, more than objectives.</param>
    public FrontArchive(int dimension, int objectives, int most)
    {
        (_n, _m, _most) = (dimension, objectives, most);
        _room = objectives == 2 ? most + 1 : most + Math.Max(1, most / 10);   // with three and more, some at a time are left out
        _x = new double[16 * dimension];
        _f = new double[16 * objectives];
    }

    public int Count { get; private set; }

    /// <summary>Points kept with so many objectives: as many as the exact volume can be computed of within about a second.</summary>
    public static int Most(int objectives) => objectives switch
    {
        <= 4 => OptimizationLimits.FrontMax,
        5 => 500,
        6 => 200,
        7 => 100,
        _ => 64,
    };

    public ReadOnlySpan<double> X(int row) => _x.AsSpan(row * _n, _n);

    /// <summary>Objectives, small being good.</summary>
    public ReadOnlySpan<double> F(int row) => _f.AsSpan(row * _m, _m);

    /// <summary>Enters a feasible point.</summary>
    /// <param name="x">Its values.</param>
    /// <param name="f">Its objectives, small being good, all finite.</param>
    /// <returns>Whether no point known is as good in every objective.</returns>
    public bool Enter(ReadOnlySpan<double> x, ReadOnlySpan<double> f)
    {
        foreach (double value in f)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }
        return _m == 2 ? EnterOfTwo(x, f) : EnterOfMany(x, f);
    }

    /// <summary>The rows by ascending objectives, the first one first. Good until the next point is entered.</summary>
    public int[] Sorted()
    {
        if (Count > _most)
        {
            Thin();
        }
        int[] rows = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            rows[i] = i;
        }
        Array.Sort(rows, Compare);
        return rows;
    }

    private int Compare(int one, int other)
    {
        for (int j = 0; j < _m; j++)
        {
            int order = _f[one * _m + j].CompareTo(_f[other * _m + j]);
            if (order != 0)
            {
                return order;
            }
        }
        return 0;
    }

    private bool EnterOfTwo(ReadOnlySpan<double> x, ReadOnlySpan<double> f)
    {
        double first = f[0], second = f[1];
        int from = 0, end = Count;
        while (from < end)
        {
            int middle = (from + end) / 2;
            (from, end) = _first[middle] < first ? (middle + 1, end) : (from, middle);
        }
        if ((from > 0 && _second[from - 1] <= second) || (from < Count && _first[from] == first && _second[from] <= second))
        {
            return false;
        }
        while (end < Count && _second[end] >= second)
        {
            end++;
        }
        int row = Count;
        if (end > from)
        {
            row = Replace(from, end);
        }
        else
        {
            Reserve(Count + 1);
            Move(from, from + 1);
            Count++;
        }
        Put(row, x, f);
        (_order[from], _first[from], _second[from]) = (row, first, second);
        if (Count > _most)
        {
            RemoveLeastOfTwo();
        }
        return true;
    }

    /// <summary>Takes out all but one of the places from..end-1; returns the row that the one left has.</summary>
    private int Replace(int from, int end)
    {
        while (end - from > 1)
        {
            RemovePlace(--end);
        }
        return _order[from];
    }

    private void RemovePlace(int place)
    {
        int row = _order[place], last = Count - 1;
        Move(place + 1, place);
        Count = last;
        if (row != last)
        {
            X(last).CopyTo(_x.AsSpan(row * _n, _n));
            F(last).CopyTo(_f.AsSpan(row * _m, _m));
            _order[Array.IndexOf(_order, last, 0, Count)] = row;
        }
    }

    /// <summary>Moves all places from one on to another.</summary>
    private void Move(int from, int to)
    {
        Array.Copy(_order, from, _order, to, Count - from);
        Array.Copy(_first, from, _first, to, Count - from);
        Array.Copy(_second, from, _second, to, Count - from);
    }

    private void RemoveLeastOfTwo()
    {
        int least = 1;
        double leastArea = double.PositiveInfinity, perWidth = 1 / (0.5 * _first[Count - 1] - 0.5 * _first[0]), perHeight = 1 / (0.5 * _second[0] - 0.5 * _second[Count - 1]);
        for (int i = 1; i < Count - 1; i++)
        {
            double area = (0.5 * _first[i + 1] - 0.5 * _first[i]) * perWidth * ((0.5 * _second[i - 1] - 0.5 * _second[i]) * perHeight);
            (least, leastArea) = area < leastArea ? (i, area) : (least, leastArea);
        }
        RemovePlace(least);
    }

    private bool EnterOfMany(ReadOnlySpan<double> x, ReadOnlySpan<double> f)
    {
        int kept = 0;
        double first = f[0], second = f[1], third = f[2];
        for (int row = 0; row < Count; row++)
        {
            ReadOnlySpan<double> other = F(row);
            double a = other[0], b = other[1], c = other[2];
            if (a <= first & b <= second & c <= third && Dominance.IsAtMost(other, f))
            {
                return false;   // none was taken out before: the point that this one is dominated by would dominate that too
            }
            if (!(first <= a & second <= b & third <= c && Dominance.IsAtMost(f, other)))
            {
                Keep(row, kept++);
            }
        }
        Count = kept;
        Reserve(Count + 1);
        Put(Count++, x, f);
        if (Count > _room)
        {
            Thin();
        }
        return true;
    }

    private void Thin()
    {
        _thinning ??= new FrontThinning(_m, _room + 1);
        ReadOnlySpan<bool> isKept = _thinning.Choose(_f, Count, _most);
        int kept = 0;
        for (int row = 0; row < Count; row++)
        {
            if (isKept[row])
            {
                Keep(row, kept++);
            }
        }
        Count = kept;
    }

    private void Keep(int row, int to)
    {
        if (row != to)
        {
            X(row).CopyTo(_x.AsSpan(to * _n, _n));
            F(row).CopyTo(_f.AsSpan(to * _m, _m));
        }
    }

    private void Put(int row, ReadOnlySpan<double> x, ReadOnlySpan<double> f)
    {
        x.CopyTo(_x.AsSpan(row * _n, _n));
        f.CopyTo(_f.AsSpan(row * _m, _m));
    }

    private void Reserve(int count)
    {
        if (count * _m > _f.Length)
        {
            int room = Math.Min(2 * count, _room + 1);
            Array.Resize(ref _x, room * _n);
            Array.Resize(ref _f, room * _m);
        }
        if (_m == 2 && count > _order.Length)
        {
            int room = Math.Min(2 * count + 16, _room + 1);
            Array.Resize(ref _order, room);
            Array.Resize(ref _first, room);
            Array.Resize(ref _second, room);
        }
    }
}
