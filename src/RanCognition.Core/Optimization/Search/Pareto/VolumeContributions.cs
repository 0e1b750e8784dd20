namespace RanCognition.Optimization.Search.Pareto;

/// <summary>Volume that each point of a front of three objectives dominates alone, for all points in one sweep.</summary>
/// <remarks>
/// Sweep over the third objective, as of Emmerich and Fonseca, "Computing hypervolume contributions in low dimensions: asymptotically optimal algorithm and complexity results", 2011. At each height the
/// points so far form a staircase of the first two objectives. The area that a point of it dominates alone is bounded by its right neighbour and from above by strips, whose tops descend: the left
/// neighbour, then points that it took out of the staircase. A new point takes away from its two neighbours and ends those that it takes out. O(N log N) apart from moving array elements.
/// </remarks>
internal sealed class VolumeContributions
{
    private const int None = -1;

    // Of points.
    private double[] _first = [];
    private double[] _second = [];
    private double[] _area = [];     // dominated alone, at the present height
    private double[] _height = [];   // up to which the volume is counted
    private double[] _end = [];      // where the last strip ends
    private int[] _head = [];
    private int[] _tail = [];
    private int[] _stairs = [];      // the staircase, left to right

    // Of strips: where they begin, their tops, their neighbours.
    private double[] _stripStart = [];
    private double[] _stripTop = [];
    private int[] _stripNext = [];
    private int[] _stripBefore = [];
    private int _strips;
    private int _stairCount;

    /// <param name="points">Objectives, point by point, three each. None dominates another; of equal ones, none dominates anything alone.</param>
    /// <param name="order">The points by ascending third objective.</param>
    /// <param name="reference">The reference point, beyond all points.</param>
    /// <param name="contributions">Gets the volume of each point, in their own order.</param>
    public void Find(ReadOnlySpan<double> points, ReadOnlySpan<int> order, ReadOnlySpan<double> reference, Span<double> contributions)
    {
        Reserve(points.Length / 3);
        _strips = 0;
        _stairCount = 0;
        foreach (int i in order)
        {
            contributions[i] = 0;
            _first[i] = points[3 * i];
            _second[i] = points[3 * i + 1];
            Enter(i, points[3 * i + 2], reference, contributions);
        }
        for (int k = 0; k < _stairCount; k++)
        {
            Flush(_stairs[k], reference[2], contributions);
        }
    }

    private void Reserve(int count)
    {
        if (_first.Length >= count)
        {
            return;
        }
        _first = new double[count];
        _second = new double[count];
        _area = new double[count];
        _height = new double[count];
        _end = new double[count];
        _head = new int[count];
        _tail = new int[count];
        _stairs = new int[count];

        // A new point makes one strip, and one for each point that it takes out, which happens once to a point.
        _stripStart = new double[2 * count];
        _stripTop = new double[2 * count];
        _stripNext = new int[2 * count];
        _stripBefore = new int[2 * count];
    }

    private void Enter(int point, double height, ReadOnlySpan<double> reference, Span<double> contributions)
    {
        double first = _first[point], second = _second[point];
        int from = 0, end = _stairCount;
        while (from < end)
        {
            int middle = (from + end) / 2;
            (from, end) = _first[_stairs[middle]] < first ? (middle + 1, end) : (from, middle);
        }
        if (from < _stairCount && _first[_stairs[from]] == first && _second[_stairs[from]] == second)
        {
            int twin = _stairs[from];
            Flush(twin, height, contributions);
            _head[twin] = _tail[twin] = None;
            _area[twin] = 0;
            return;
        }
        _head[point] = _tail[point] = None;
        Append(point, first, from > 0 ? _second[_stairs[from - 1]] : reference[1]);
        for (; end < _stairCount && _second[_stairs[end]] >= second; end++)
        {
            int taken = _stairs[end];
            Flush(taken, height, contributions);
            if (_first[taken] == first)
            {
                _stripTop[_tail[point]] = _second[taken];   // the strip before it would have no width
            }
            else
            {
                Append(point, _first[taken], _second[taken]);
            }
        }
        _end[point] = end < _stairCount ? _first[_stairs[end]] : reference[0];
        _height[point] = height;
        Measure(point);
        if (from > 0)
        {
            CutRight(_stairs[from - 1], first, height, contributions);
        }
        if (end < _stairCount)
        {
            CutTop(_stairs[end], second, height, contributions);
        }
        Array.Copy(_stairs, end, _stairs, from + 1, _stairCount - end);
        _stairCount += from + 1 - end;
        _stairs[from] = point;
    }

    /// <summary>Counts what a point dominates alone up to a height.</summary>
    private void Flush(int point, double height, Span<double> contributions)
    {
        contributions[point] += _area[point] * (height - _height[point]);
        _height[point] = height;
    }

    private void CutRight(int point, double end, double height, Span<double> contributions)
    {
        if (_end[point] <= end)
        {
            return;
        }
        Flush(point, height, contributions);
        while (_tail[point] != None && _stripStart[_tail[point]] >= end)
        {
            _tail[point] = _stripBefore[_tail[point]];
        }
        if (_tail[point] == None)
        {
            _head[point] = None;
        }
        else
        {
            _stripNext[_tail[point]] = None;
        }
        _end[point] = end;
        Measure(point);
    }

    private void CutTop(int point, double top, double height, Span<double> contributions)
    {
        int head = _head[point];
        if (head == None || _stripTop[head] <= top)
        {
            return;
        }
        Flush(point, height, contributions);
        int next = _stripNext[head];
        while (next != None && _stripTop[next] >= top)
        {
            head = next;
            next = _stripNext[head];
        }
        _stripStart[head] = _first[point];
        _stripTop[head] = top;
        _stripBefore[head] = None;
        _head[point] = head;
        Measure(point);
    }

    private void Append(int point, double start, double top)
    {
        int strip = _strips++;
        _stripStart[strip] = start;
        _stripTop[strip] = top;
        _stripNext[strip] = None;
        _stripBefore[strip] = _tail[point];
        if (_tail[point] == None)
        {
            _head[point] = strip;
        }
        else
        {
            _stripNext[_tail[point]] = strip;
        }
        _tail[point] = strip;
    }

    private void Measure(int point)
    {
        double area = 0;
        for (int strip = _head[point]; strip != None; strip = _stripNext[strip])
        {
            double end = _stripNext[strip] == None ? _end[point] : _stripStart[_stripNext[strip]];
            area += (end - _stripStart[strip]) * (_stripTop[strip] - _second[point]);
        }
        _area[point] = area;
    }
}
