namespace RanCognition.Optimization.Search.Pareto;

/// <summary>Volume of what points dominate, up to a reference point; small is good in every objective. Exact, any number of objectives.</summary>
/// <remarks>
/// Two objectives: one pass in order of the second. Three: a sweep over the third with the staircase of the first two (Fonseca, Paquete, Lopez-Ibanez, "An improved dimension-sweep algorithm for
/// the hypervolume indicator", 2006). More: in order of the last objective, each point adds what it dominates alone among those before it, which is a volume of one objective less
/// (While, Bradstreet, Barone, "A fast way of calculating exact hypervolumes", 2012); this grows quickly with the number of objectives and of points.
/// </remarks>
internal sealed class Hypervolume
{
    private readonly int _objectives;
    private readonly RankOrder _order = new();
    private readonly Hypervolume? _below;   // of one objective less
    private double[] _points = [];
    private double[] _last = [];
    private double[] _stairFirst = [];
    private double[] _stairSecond = [];
    private double[] _limits = [];
    private int[] _active = [];
    private int _stairs;

    public Hypervolume(int objectives)
    {
        _objectives = objectives;
        _below = objectives > 3 ? new Hypervolume(objectives - 1) : null;
    }

    /// <param name="points">Objectives, point by point. Points may dominate each other and be equal; those that are not better than the reference point in every objective count for nothing.</param>
    /// <param name="count">Number of points.</param>
    /// <param name="reference">The reference point.</param>
    public double Of(ReadOnlySpan<double> points, int count, ReadOnlySpan<double> reference)
    {
        int kept = Keep(points, count, reference);
        ReadOnlySpan<int> order = _order.Of(_last.AsSpan(0, kept));
        return _objectives switch
        {
            1 => kept == 0 ? 0 : reference[0] - _points[order[0]],
            2 => Area(order, reference),
            3 => Volume(order, reference),
            _ => Slices(order, reference),
        };
    }

    private int Keep(ReadOnlySpan<double> points, int count, ReadOnlySpan<double> reference)
    {
        int m = _objectives, kept = 0;
        if (_last.Length < count)
        {
            _points = new double[count * m];
            _last = new double[count];
            _stairFirst = new double[count];
            _stairSecond = new double[count];
        }
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> point = points.Slice(i * m, m);
            if (IsInside(point, reference))
            {
                point.CopyTo(_points.AsSpan(kept * m, m));
                _last[kept++] = point[m - 1];
            }
        }
        return kept;
    }

    private static bool IsInside(ReadOnlySpan<double> point, ReadOnlySpan<double> reference)
    {
        for (int j = 0; j < point.Length; j++)
        {
            if (!(point[j] < reference[j]))
            {
                return false;
            }
        }
        return true;
    }

    private double Area(ReadOnlySpan<int> order, ReadOnlySpan<double> reference)
    {
        double area = 0, least = reference[0];
        foreach (int i in order)
        {
            double first = _points[2 * i];
            if (first < least)
            {
                area += (least - first) * (reference[1] - _points[2 * i + 1]);
                least = first;
            }
        }
        return area;
    }

    private double Volume(ReadOnlySpan<int> order, ReadOnlySpan<double> reference)
    {
        double volume = 0;
        _stairs = 0;
        foreach (int i in order)
        {
            volume += AddStair(_points[3 * i], _points[3 * i + 1], reference) * (reference[2] - _points[3 * i + 2]);
        }
        return volume;
    }

    /// <summary>Enters a point of the first two objectives; returns the area that it adds.</summary>
    private double AddStair(double first, double second, ReadOnlySpan<double> reference)
    {
        int from = 0, end = _stairs;
        while (from < end)
        {
            int middle = (from + end) / 2;
            (from, end) = _stairFirst[middle] < first ? (middle + 1, end) : (from, middle);
        }
        if ((from > 0 && _stairSecond[from - 1] <= second) || (from < _stairs && _stairFirst[from] == first && _stairSecond[from] <= second))
        {
            return 0;
        }
        double area = 0, left = first, top = from > 0 ? _stairSecond[from - 1] : reference[1];
        for (; end < _stairs && _stairSecond[end] >= second; end++)
        {
            area += (_stairFirst[end] - left) * (top - second);
            (left, top) = (_stairFirst[end], _stairSecond[end]);
        }
        area += ((end < _stairs ? _stairFirst[end] : reference[0]) - left) * (top - second);
        Array.Copy(_stairFirst, end, _stairFirst, from + 1, _stairs - end);
        Array.Copy(_stairSecond, end, _stairSecond, from + 1, _stairs - end);
        _stairs += from + 1 - end;
        (_stairFirst[from], _stairSecond[from]) = (first, second);
        return area;
    }

    private double Slices(ReadOnlySpan<int> order, ReadOnlySpan<double> reference)
    {
        int m = _objectives, below = m - 1, active = 0;
        if (_active.Length < order.Length)
        {
            _active = new int[order.Length];
            _limits = new double[order.Length * below];
        }
        double volume = 0;
        foreach (int i in order)
        {
            ReadOnlySpan<double> point = _points.AsSpan(i * m, below);
            int limits = Limit(point, active);
            if (limits < 0)
            {
                continue;
            }
            double alone = 1;
            for (int j = 0; j < below; j++)
            {
                alone *= reference[j] - point[j];
            }
            volume += (alone - _below!.Of(_limits, limits, reference[..below])) * (reference[below] - _points[i * m + below]);
            active = Activate(i, active);
        }
        return volume;
    }

    /// <summary>What the points before leave of a point: their parts within what it dominates, without those that others dominate. -1 = they leave nothing.</summary>
    private int Limit(ReadOnlySpan<double> point, int active)
    {
        int below = point.Length, limits = 0;
        Span<double> limit = stackalloc double[Contracts.OptimizationLimits.ObjectivesMax];
        limit = limit[..below];
        for (int a = 0; a < active; a++)
        {
            ReadOnlySpan<double> other = _points.AsSpan(_active[a] * _objectives, below);
            bool dominates = true;
            for (int j = 0; j < below; j++)
            {
                limit[j] = Math.Max(point[j], other[j]);
                dominates &= other[j] <= point[j];
            }
            if (dominates)
            {
                return -1;
            }
            limits = AddLimit(limit, limits);
        }
        return limits;
    }

    private int AddLimit(ReadOnlySpan<double> limit, int limits)
    {
        int below = limit.Length, kept = 0;
        for (int k = 0; k < limits; k++)
        {
            Span<double> other = _limits.AsSpan(k * below, below);
            if (Dominance.IsAtMost(other, limit))
            {
                return limits;   // none before it was removed: one that it dominates would be dominated by this one too
            }
            if (!Dominance.IsAtMost(limit, other))
            {
                other.CopyTo(_limits.AsSpan(kept++ * below, below));
            }
        }
        limit.CopyTo(_limits.AsSpan(kept * below, below));
        return kept + 1;
    }

    /// <summary>From here on the point counts instead of those that it dominates, the last objective aside.</summary>
    private int Activate(int added, int active)
    {
        int below = _objectives - 1, kept = 0;
        ReadOnlySpan<double> point = _points.AsSpan(added * _objectives, below);
        for (int a = 0; a < active; a++)
        {
            if (!Dominance.IsAtMost(point, _points.AsSpan(_active[a] * _objectives, below)))
            {
                _active[kept++] = _active[a];
            }
        }
        _active[kept] = added;
        return kept + 1;
    }
}
