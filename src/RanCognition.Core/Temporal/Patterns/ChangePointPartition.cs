using System.Diagnostics;

namespace RanCognition.Temporal.Patterns;

/// <summary>
/// Optimal partition of a series: least squared error about a mean, or a straight line, per segment, plus a penalty per change.
/// </summary>
/// <remarks>
/// <para>Exact: the same answer as trying every start for every end (Jackson et al. 2005). Starts lie in blocks of 8, 16, 32, ...; because a
/// segment's error is at least the sum over its parts, block [a, b) cannot beat G + error(b, end), with G = min over its starts s of
/// (best before s) + error(s, b). Most blocks fall to one look, also where there is no change at all, which PELT's pruning (Killick et al.
/// 2012, after the same inequality) leaves quadratic: about n log n looks on ordinary data.</para>
/// <para>Bounded: past <see cref="LooksMax"/> looks it starts again on every k-th position, k = n / 20000 rounded up, with exact errors, and
/// moves each change to the best position within k points.</para>
/// </remarks>
internal sealed class ChangePointPartition
{
    /// <summary>Looks (bounds or starts) of the exact search; quadratic search of 20000 positions takes as many.</summary>
    public const long LooksMax = 200_000_000;

    private const int PositionsMax = 20_000;
    private const int Leaf = 8;

    private readonly int _n;
    private readonly bool _lines;
    private readonly double _penalty;
    private readonly double[] _y, _yy;             // sums of the first i values and of their squares,
    private readonly double[] _ty = [];            // and, for lines, of index times value
    private readonly double _rounding;             // bounds are trusted beyond this

    private readonly int _stride;
    private readonly int _positions;
    private readonly double[] _best;               // least total up to a position; infinity where no segment fits
    private readonly int[] _start;                 // start of the last segment of that optimum
    private readonly double[][] _bounds;           // G of each full block, by level

    private long _looks;
    private int _end;                              // the search under way: end, least total, its start
    private double _least;
    private int _leastStart;

    private ChangePointPartition(ReadOnlySpan<double> values, double penalty, bool lines, int stride)
    {
        _n = values.Length;
        _lines = lines;
        _penalty = penalty;
        _stride = stride;
        _positions = (_n + stride - 1) / stride;
        _y = new double[_n + 1];
        _yy = new double[_n + 1];
        if (lines)
        {
            _ty = new double[_n + 1];
        }
        var top = Accumulate(values);
        _rounding = 4e-14 * _n * top * top;
        _best = new double[_positions + 1];
        _start = new int[_positions + 1];
        var levels = new List<double[]>();
        for (var block = Leaf; block <= _positions; block *= 2)
        {
            levels.Add(new double[_positions / block]);
            if (block > int.MaxValue / 2)
            {
                break;
            }
        }
        _bounds = [.. levels];
    }

    /// <summary>The change points, ascending, and the least total.</summary>
    /// <param name="values">Finite, not empty.</param>
    /// <param name="penalty">Cost of a change, more than 0.</param>
    /// <param name="shortest">Least length of a segment, 1..n.</param>
    /// <param name="lines">A line per segment, else a mean.</param>
    /// <param name="looksMax">Bound on the exact search.</param>
    public static (int[] Changes, double Total) Solve(
        ReadOnlySpan<double> values, double penalty, int shortest, bool lines, long looksMax = LooksMax)
    {
        Debug.Assert(shortest >= 1 && shortest <= values.Length);
        var exact = new ChangePointPartition(values, penalty, lines, 1);
        if (exact.Search(shortest, looksMax))
        {
            return (exact.Changes(), exact._best[^1]);
        }
        var stride = (values.Length + PositionsMax - 1) / PositionsMax;
        var coarse = new ChangePointPartition(values, penalty, lines, stride);
        coarse.Search((shortest + stride - 1) / stride, long.MaxValue);
        return (coarse.Refine(coarse.Changes(), shortest), coarse._best[^1]);
    }

    // Sums of the values less their mean: the errors are the same and lose fewer digits. Returns the largest magnitude.
    private double Accumulate(ReadOnlySpan<double> values)
    {
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value;
        }
        mean /= _n;
        var top = 0.0;
        for (var i = 0; i < _n; i++)
        {
            var value = values[i] - mean;
            top = Math.Max(top, Math.Abs(value));
            _y[i + 1] = _y[i] + value;
            _yy[i + 1] = _yy[i] + value * value;
            if (_lines)
            {
                _ty[i + 1] = _ty[i] + i * value;
            }
        }
        return top;
    }

    private bool Search(int shortest, long looksMax)
    {
        _best[0] = -_penalty;
        for (var end = 1; end <= _positions; end++)
        {
            if (end >= shortest)
            {
                FindStart(end, end - shortest + 1);
                _best[end] = _least;
                _start[end] = _leastStart;
                if (_looks > looksMax)
                {
                    return false;
                }
            }
            else
            {
                _best[end] = double.PositiveInfinity;
            }
            if (end % Leaf == 0)
            {
                AddBlocks(end);
            }
        }
        return true;
    }

    // Best start in [0, count) of a segment that ends at end; the first of equals.
    private void FindStart(int end, int count)
    {
        _end = end;
        _least = double.PositiveInfinity;
        _leastStart = 0;

        // The start that was best before is a good first guess, which makes the bounds bite.
        Try(_start[end - 1]);
        var block = 0;
        for (var level = _bounds.Length - 1; level >= 0; level--)
        {
            var size = Leaf << level;
            if (block + size <= count)
            {
                Descend(level, block / size);
                block += size;
            }
        }
        TryAll(block, count);
    }

    private void Descend(int level, int index)
    {
        var size = Leaf << level;
        var from = index * size;
        _looks++;
        if (_bounds[level][index] + Error(from + size, _end) + _penalty > _least + _rounding)
        {
            return;
        }
        if (level == 0)
        {
            TryAll(from, from + Leaf);
            return;
        }
        Descend(level - 1, 2 * index);
        Descend(level - 1, 2 * index + 1);
    }

    private void TryAll(int from, int to)
    {
        _looks += to - from;
        for (var start = from; start < to; start++)
        {
            Try(start);
        }
    }

    private void Try(int start)
    {
        var total = _best[start] + Error(start, _end) + _penalty;
        if (total < _least || (total == _least && start < _leastStart))
        {
            _least = total;
            _leastStart = start;
        }
    }

    // Blocks that are full now that the best totals before "end" are known.
    private void AddBlocks(int end)
    {
        var bound = double.PositiveInfinity;
        for (var start = end - Leaf; start < end; start++)
        {
            bound = Math.Min(bound, _best[start] + Error(start, end));
        }
        var index = end / Leaf - 1;
        _bounds[0][index] = bound;
        for (var level = 1; level < _bounds.Length && index % 2 == 1; level++)
        {
            var middle = end - (Leaf << (level - 1));
            var left = _bounds[level - 1][index - 1] + Error(middle, end);
            var right = _bounds[level - 1][index];
            index /= 2;
            _bounds[level][index] = Math.Min(left, right);
        }
    }

    private double Error(int from, int to) => ErrorOfPoints(Point(from), Point(to));

    private int Point(int position) => (int)Math.Min((long)position * _stride, _n);

    private double ErrorOfPoints(int a, int b)
    {
        double count = b - a;
        var y = _y[b] - _y[a];
        var error = _yy[b] - _yy[a] - y * y / count;
        if (_lines && count > 2)
        {
            // Indexes are equally spaced: their spread is known exactly.
            var ty = _ty[b] - _ty[a] - .5 * (a + (double)b - 1) * y;
            error -= ty * ty / (count * (count * count - 1) / 12);
        }
        return error > 0 && (!_lines || count > 2) ? error : 0;
    }

    private int[] Changes()
    {
        var changes = new List<int>();
        for (var end = _start[_positions]; end > 0; end = _start[end])
        {
            changes.Add(Point(end));
        }
        changes.Reverse();
        return [.. changes];
    }

    private int[] Refine(int[] changes, int shortest)
    {
        for (var i = 0; i < changes.Length; i++)
        {
            var before = i == 0 ? 0 : changes[i - 1];
            var after = i + 1 == changes.Length ? _n : changes[i + 1];
            var (from, to) = (Math.Max(before + shortest, changes[i] - _stride), Math.Min(after - shortest, changes[i] + _stride));
            var least = double.PositiveInfinity;
            for (var at = from; at <= to; at++)
            {
                var error = ErrorOfPoints(before, at) + ErrorOfPoints(at, after);
                if (error < least)
                {
                    (least, changes[i]) = (error, at);
                }
            }
        }
        return changes;
    }
}
