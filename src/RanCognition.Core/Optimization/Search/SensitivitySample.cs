using RanCognition.Numerics;

namespace RanCognition.Optimization.Search;

/// <summary>Points from which the share of each variable in the variance of the objective is estimated.</summary>
/// <remarks>
/// A search evaluates most points close together, where it converged; counted each, they would give every variable a share that happened to move at the same time. So the range of each variable is cut
/// into 16 parts (more in spaces of one or two variables), and of the points that agree in all parts the first one counts. Of these a bounded number is kept, chosen by their hash, that is as if at random. The share of a variable is the
/// correlation ratio (variance of the means of bins of equal numbers of points, over the variance), less what chance gives (Kelley's epsilon squared).
/// </remarks>
internal sealed class SensitivitySample
{
    private const int PointsMax = 4096;
    private const int NumbersMax = 1 << 20;

    // Fewer points say nothing.
    private const int PointsMin = 20;
    private const int BinPoints = 12;
    private const int BinsMax = 16;

    private readonly SearchSpace _space;
    private readonly double[] _cell;
    private readonly int _pointsMax;

    // Of the range of a variable.
    private readonly int _parts;

    private PointCache _points;
    private ulong _mask;
    private ulong _seen;

    // The next point to look at.
    private ulong _next;

    public SensitivitySample(SearchSpace space)
    {
        _space = space;
        _cell = new double[space.Dimension];
        _pointsMax = Math.Clamp(NumbersMax / space.Dimension, 64, PointsMax);
        int free = 0;
        for (int i = 0; i < space.Dimension; i++)
        {
            free += space.LevelCount(i) == 1 ? 0 : 1;
        }
        _parts = free switch { 1 => PointsMax, 2 => 64, _ => 16 };
        _points = new PointCache(space.Dimension + 1);
    }

    /// <summary>Enters a feasible point.</summary>
    /// <param name="u">Its place in the cube.</param>
    /// <param name="value">Its objective.</param>
    public void Enter(ReadOnlySpan<double> u, double value)
    {
        if (++_seen < _next)
        {
            return;
        }
        // Long searches look at fewer and fewer of their points: the cost of this must not show.
        _next = _seen + 1 + (_seen * 0x9E3779B97F4A7C15 >> 32) % (1 + 2 * (_seen / PointsMax));
        Add(u, value);
    }

    private void Add(ReadOnlySpan<double> u, double value)
    {
        for (int i = 0; i < u.Length; i++)
        {
            int levels = _space.LevelCount(i);
            _cell[i] = levels > 0 && levels <= _parts ? _space.Level(i, u[i]) : (int)(u[i] * _parts);
        }
        (ulong first, ulong second) = PointCache.Hash(_cell);
        if ((second & _mask) != 0 || _points.Find(first, second) >= 0)
        {
            return;
        }
        int entry = _points.Add(first, second);
        Span<double> row = _points.Row(entry);
        u.CopyTo(row);
        row[^1] = value;
        if (_points.Count >= _pointsMax)
        {
            Halve();
        }
    }

    /// <summary>Share of the variance that each variable explains by itself, 0..1; null where too few points are known.</summary>
    /// <param name="isAll">Every point of the space was entered: nothing is left to chance.</param>
    public double?[] Shares(bool isAll)
    {
        double?[] shares = new double?[_space.Dimension];
        int count = _points.Count;
        double mean = 0, total = 0;
        for (int i = 0; i < count; i++)
        {
            mean += _points.Row(i)[^1] / count;
        }
        for (int i = 0; i < count; i++)
        {
            double off = _points.Row(i)[^1] - mean;
            total += off * off;
        }
        if (!(total > count * 1e-24 * mean * mean) || double.IsInfinity(total) || (count < PointsMin && !isAll))
        {
            return shares;
        }
        double[] keys = new double[count], sorted = new double[count];
        for (int variable = 0; variable < shares.Length; variable++)
        {
            shares[variable] = Share(variable, mean, total, isAll, keys, sorted);
        }
        return shares;
    }

    private double? Share(int variable, double mean, double total, bool isAll, double[] keys, double[] sorted)
    {
        int count = keys.Length, levels = _space.LevelCount(variable);
        if (levels == 1)
        {
            return 0;
        }
        for (int i = 0; i < count; i++)
        {
            double u = _points.Row(i)[variable];
            keys[i] = levels > 0 ? _space.Level(variable, u) : u;
        }
        keys.CopyTo(sorted, 0);
        NumberSort.Ascending(sorted);
        int wanted = levels is > 0 and <= BinsMax ? levels : Math.Clamp(count / BinPoints, 2, BinsMax);
        Span<double> sums = stackalloc double[BinsMax], counts = stackalloc double[BinsMax];
        sums.Clear();
        counts.Clear();
        for (int i = 0; i < count; i++)
        {
            int bin = wanted == levels ? (int)keys[i] : Bin(sorted, wanted, keys[i]);
            sums[bin] += _points.Row(i)[^1] - mean;
            counts[bin]++;
        }
        double between = 0;
        int bins = 0;
        for (int bin = 0; bin < wanted; bin++)
        {
            between += counts[bin] > 0 ? sums[bin] * sums[bin] / counts[bin] : 0;
            bins += counts[bin] > 0 ? 1 : 0;
        }
        double ratio = between / total;
        if (isAll)
        {
            return Math.Clamp(ratio, 0, 1);
        }
        return bins < 2 || count - bins < 5 ? null : Math.Clamp(1 - (1 - ratio) * (count - 1) / (count - bins), 0, 1);
    }

    /// <summary>The bin of a value, of so many with about equal numbers of points; equal values share a bin.</summary>
    private static int Bin(double[] sorted, int bins, double value)
    {
        int bin = 0;
        while (bin + 1 < bins && value >= sorted[(int)((long)sorted.Length * (bin + 1) / bins)])
        {
            bin++;
        }
        return bin;
    }

    private void Halve()
    {
        _mask = 2 * _mask + 1;
        PointCache kept = new(_space.Dimension + 1);
        for (int i = 0; i < _points.Count; i++)
        {
            (ulong first, ulong second) = _points.Key(i);
            if ((second & _mask) == 0)
            {
                _points.Row(i).CopyTo(kept.Row(kept.Add(first, second)));
            }
        }
        _points = kept;
    }
}
