namespace RanCognition.Optimization.Search.Pareto;

/// <summary>Chooses which points of a front of three and more objectives to leave out: those that add least, some at a time.</summary>
/// <remarks>
/// What a point adds is, with three objectives, the volume that it dominates alone; with more, its distance to the nearest other point, the objectives scaled to the range of the front. Of two points
/// that stand for each other only one goes before all is computed anew. The best in each objective stay.
/// </remarks>
internal sealed class FrontThinning(int objectives, int room)
{
    private const double MarginShare = 0.1;   // of the range, from the worst values to the reference point
    private const int PointsPerCandidate = 20;
    private readonly RankOrder _order = new();
    private readonly VolumeContributions _volumes = new();
    private readonly bool[] _kept = new bool[room];
    private readonly bool[] _gone = new bool[room];
    private readonly bool[] _isEnd = new bool[room];
    private readonly int[] _byFirst = new int[room];
    private readonly int[] _byLast = new int[room];

    // Of the points left, by ascending first objective: their rows and scaled objectives; where a row stands among them; they by ascending last objective.
    private readonly int[] _rows = new int[room];
    private readonly double[] _front = new double[room * objectives];
    private readonly int[] _places = new int[room];
    private readonly int[] _upward = new int[room];
    private readonly double[] _scaled = new double[room * objectives];
    private readonly double[] _gains = new double[room];
    private readonly double[] _keys = new double[room];
    private int _count;

    /// <param name="points">Objectives, point by point.</param>
    /// <param name="count">Number of points.</param>
    /// <param name="most">Points to keep, at least one per objective.</param>
    /// <returns>Of each point, whether it stays.</returns>
    public ReadOnlySpan<bool> Choose(ReadOnlySpan<double> points, int count, int most)
    {
        Array.Fill(_kept, true, 0, count);
        Scale(points, count);
        Sort(count);
        for (int left = count; left > most;)
        {
            _count = Gather(count);
            FindGains();
            left -= RemoveSome(left - most, Math.Max(1, left / PointsPerCandidate));
        }
        return _kept.AsSpan(0, count);
    }

    /// <summary>Scales the objectives to 0..1 over the front and marks the best in each.</summary>
    private void Scale(ReadOnlySpan<double> points, int count)
    {
        Array.Clear(_isEnd);
        for (int j = 0; j < objectives; j++)
        {
            int best = 0;
            double worst = points[j];
            for (int i = 1; i < count; i++)
            {
                double value = points[i * objectives + j];
                best = value < points[best * objectives + j] ? i : best;
                worst = Math.Max(worst, value);
            }
            _isEnd[best] = true;
            double low = 0.5 * points[best * objectives + j], range = 0.5 * worst - low;   // halves: the range of large numbers stays finite
            for (int i = 0; i < count; i++)
            {
                _scaled[i * objectives + j] = range > 0 ? (0.5 * points[i * objectives + j] - low) / range : 0;
            }
        }
    }

    /// <summary>Orders the points by their first objective, and by their last.</summary>
    private void Sort(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _keys[i] = _scaled[i * objectives];
        }
        _order.Of(_keys.AsSpan(0, count)).CopyTo(_byFirst);
        for (int i = 0; i < count; i++)
        {
            _keys[i] = _scaled[i * objectives + objectives - 1];
        }
        _order.Of(_keys.AsSpan(0, count)).CopyTo(_byLast);
    }

    /// <summary>Lists the points left by ascending first objective.</summary>
    private int Gather(int count)
    {
        int left = 0;
        for (int k = 0; k < count; k++)
        {
            int row = _byFirst[k];
            if (_kept[row])
            {
                _scaled.AsSpan(row * objectives, objectives).CopyTo(_front.AsSpan(left * objectives));
                _places[row] = left;
                _rows[left++] = row;
            }
        }
        int place = 0;
        for (int k = 0; k < count; k++)
        {
            if (_kept[_byLast[k]])
            {
                _upward[place++] = _places[_byLast[k]];
            }
        }
        return left;
    }

    private void FindGains()
    {
        if (objectives != 3)
        {
            for (int a = 0; a < _count; a++)
            {
                Nearest(a, out _gains[a]);
            }
            return;
        }
        ReadOnlySpan<double> reference = [1 + MarginShare, 1 + MarginShare, 1 + MarginShare];
        _volumes.Find(_front.AsSpan(0, 3 * _count), _upward.AsSpan(0, _count), reference, _gains);
    }

    /// <summary>Takes out those that add least, unless what stands nearest to them has just gone.</summary>
    private int RemoveSome(int most, int candidates)
    {
        Array.Clear(_gone);
        int removed = 0, seen = 0;
        foreach (int a in _order.Of(_gains.AsSpan(0, _count)))
        {
            if (removed == most || seen == candidates)
            {
                break;
            }
            if (_isEnd[_rows[a]])
            {
                continue;
            }
            seen++;
            if (removed == 0 || !_gone[Nearest(a, out _)])
            {
                _gone[a] = true;
                _kept[_rows[a]] = false;
                removed++;
            }
        }
        return removed;
    }

    /// <summary>The point left that is nearest to one of them, looked for from there on to both sides.</summary>
    private int Nearest(int a, out double distance)
    {
        int nearest = a;
        distance = double.PositiveInfinity;
        ReadOnlySpan<double> point = _front.AsSpan(a * objectives, objectives);
        for (int b = a + 1; b < _count && Square(_front[b * objectives] - point[0]) < distance; b++)
        {
            Compare(point, b, ref nearest, ref distance);
        }
        for (int b = a - 1; b >= 0 && Square(_front[b * objectives] - point[0]) < distance; b--)
        {
            Compare(point, b, ref nearest, ref distance);
        }
        return nearest;
    }

    private void Compare(ReadOnlySpan<double> point, int b, ref int nearest, ref double distance)
    {
        double sum = 0;
        ReadOnlySpan<double> other = _front.AsSpan(b * objectives, objectives);
        for (int j = 0; j < point.Length; j++)
        {
            sum += Square(point[j] - other[j]);
        }
        (nearest, distance) = sum < distance ? (b, sum) : (nearest, distance);
    }

    private static double Square(double value) => value * value;
}
