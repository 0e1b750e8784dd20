using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace RanCognition.Temporal.Patterns;

/// <summary>
/// Optimal partition of a series: least squared error about a mean, or a straight line, per segment, plus a penalty per change.
/// </summary>
/// <remarks>
/// <para>Exact: the same answer as trying every start for every end (Jackson et al. 2005). Starts lie in blocks of 8, 16, 32, ...; because a
/// segment's error is at least the sum over its parts, block [a, b) cannot beat G + error(b, end), with G = min over its starts s of
/// (best before s) + error(s, b). Most blocks fall to one look, also where there is no change at all, which PELT's pruning (Killick et al.
/// 2012, from the same inequality) leaves quadratic: about n log n looks on ordinary data.</para>
/// <para>Bounded: a search of more than 20000 values that takes more than <see cref="LooksMax"/> looks starts again on every k-th position,
/// k = n / 20000 rounded up, with exact errors, and then moves each change to the best position within k points.</para>
/// </remarks>
internal sealed class ChangePointPartition
{
    /// <summary>Looks (bounds or starts) of the exact search: enough for a million ordinary values, a fraction of a second.</summary>
    public const long LooksMax = 50_000_000;

    private const int PositionsMax = 20_000;
    private const int Leaf = 8;

    private readonly bool _lines;
    private readonly double _penalty;
    private readonly ChangePointSums[] _sums;      // up to each position where a segment may start or end
    private readonly double _rounding;             // what bounds may be wrong by
    private readonly double[] _best;               // least total up to a position; infinity where no segment fits
    private readonly int[] _start;                 // start of the last segment of that optimum
    private readonly int[] _counts;                // values up to each position
    private readonly double[] _inverse;            // by number of values: of it, and (lines) of the spread of their indexes
    private readonly double[] _inverseSpread;
    private readonly double[][] _bounds;           // G of each full block, by level

    private long _looks;
    private int _end;                              // the search under way: end, least total, its start
    private double _least;
    private int _leastStart;

    private ChangePointPartition(ChangePointSums[] sums, double rounding, double penalty, bool lines)
    {
        _sums = sums;
        _rounding = rounding;
        _penalty = penalty;
        _lines = lines;
        _counts = new int[sums.Length];
        for (var i = 0; i < sums.Length; i++)
        {
            _counts[i] = (int)sums[i].Count;
        }
        (_inverse, _inverseSpread) = Inverses(_counts[^1], lines);
        _best = new double[sums.Length];
        _start = new int[sums.Length];
        var levels = new List<double[]>();
        for (long block = Leaf; block < sums.Length; block *= 2)
        {
            levels.Add(new double[(sums.Length - 1) / block]);
        }
        _bounds = [.. levels];
    }

    /// <summary>The change points, ascending, and the least total.</summary>
    /// <param name="values">Finite, not empty.</param>
    /// <param name="penalty">Cost of a change, more than 0.</param>
    /// <param name="shortest">Least length of a segment, 1..n.</param>
    /// <param name="lines">A line per segment, else a mean.</param>
    /// <param name="looksMax">Bound on the exact search of more than 20000 values.</param>
    public static (int[] Changes, double Total) Solve(
        ReadOnlySpan<double> values, double penalty, int shortest, bool lines, long looksMax = LooksMax)
    {
        Debug.Assert(shortest >= 1 && shortest <= values.Length);
        var sums = ChangePointSums.Accumulate(values, out var top);
        var rounding = 4e-14 * values.Length * top * top;
        var exact = new ChangePointPartition(sums, rounding, penalty, lines);
        if (exact.Search(shortest, values.Length <= PositionsMax ? long.MaxValue : looksMax))
        {
            return (exact.Changes(), exact._best[^1]);
        }
        var n = values.Length;
        var stride = (n + PositionsMax - 1) / PositionsMax;
        var some = new ChangePointSums[(n + stride - 1) / stride + 1];
        for (var i = 0; i < some.Length; i++)
        {
            some[i] = sums[(int)Math.Min((long)i * stride, n)];
        }
        var coarse = new ChangePointPartition(some, rounding, penalty, lines);
        coarse.Search((shortest + stride - 1) / stride, long.MaxValue);
        var changes = coarse.Changes();
        exact.Refine(changes, shortest, stride);
        return (changes, coarse._best[^1]);
    }

    private static (double[] Inverse, double[] InverseSpread) Inverses(int most, bool lines)
    {
        double[] inverse = new double[most + 1], inverseSpread = new double[lines ? most + 1 : 0];
        for (var count = 1; count <= most; count++)
        {
            inverse[count] = 1.0 / count;
            if (lines && count > 1)
            {
                inverseSpread[count] = 12 / (count * ((double)count * count - 1));
            }
        }
        return (inverse, inverseSpread);
    }

    private bool Search(int shortest, long looksMax)
    {
        _best[0] = -_penalty;
        for (var end = 1; end < _best.Length; end++)
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
        TryAll(_start[end - 1], _start[end - 1] + 1);
        var block = 0;
        for (var level = _bounds.Length - 1; level >= 0; level--)
        {
            var size = Leaf << level;
            if (size <= count - block)
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
        var (least, leastStart) = (_least, _leastStart);
        for (var start = from; start < to; start++)
        {
            var total = _best[start] + Error(start, _end) + _penalty;
            if (total < least || (total == least && start < leastStart))
            {
                (least, leastStart) = (total, start);
            }
        }
        (_least, _leastStart) = (least, leastStart);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Error(int from, int to)
    {
        ref readonly var a = ref _sums[from];
        ref readonly var b = ref _sums[to];
        var count = _counts[to] - _counts[from];
        if (_lines && count <= 2)
        {
            return 0;
        }
        var error = _lines
            ? ChangePointSums.LineError(a, b, _inverse[count], _inverseSpread[count])
            : ChangePointSums.MeanError(a, b, _inverse[count]);
        return error > 0 ? error : 0;
    }

    private int[] Changes()
    {
        var changes = new List<int>();
        for (var end = _start[^1]; end > 0; end = _start[end])
        {
            changes.Add((int)_sums[end].Count);
        }
        changes.Reverse();
        return [.. changes];
    }

    private void Refine(int[] changes, int shortest, int stride)
    {
        for (var i = 0; i < changes.Length; i++)
        {
            var before = i == 0 ? 0 : changes[i - 1];
            var after = i + 1 == changes.Length ? _sums.Length - 1 : changes[i + 1];
            var (from, to) = (Math.Max(before + shortest, changes[i] - stride), Math.Min(after - shortest, changes[i] + stride));
            var least = double.PositiveInfinity;
            for (var at = from; at <= to; at++)
            {
                var error = Error(before, at) + Error(at, after);
                if (error < least)
                {
                    (least, changes[i]) = (error, at);
                }
            }
        }
    }
}
