using RanCognition.Numerics;

namespace RanCognition.Optimization.Search;

/// <summary>Best values of the generations of a run, and what they say about its end.</summary>
internal sealed class CovarianceHistory
{
    private const int KeptMax = 40_000;
    private double[] _best = new double[256];
    private double[] _sorted = [];
    private int _count;

    /// <summary>Largest less smallest value of the last generations.</summary>
    public double Range { get; private set; }

    /// <summary>Whether enough generations are known to judge by.</summary>
    public bool IsFull { get; private set; }

    public void Clear() => (_count, IsFull) = (0, false);

    /// <summary>Enters a generation.</summary>
    public void Add(double best, double worst, int window)
    {
        if (_count == KeptMax)
        {
            Array.Copy(_best, KeptMax / 2, _best, 0, KeptMax / 2);
            _count = KeptMax / 2;
        }
        if (_count == _best.Length)
        {
            Array.Resize(ref _best, 2 * _count);
        }
        _best[_count++] = best;
        double low = best, high = worst;
        for (int i = Math.Max(0, _count - window); i < _count; i++)
        {
            low = Math.Min(low, _best[i]);
            high = Math.Max(high, _best[i]);
        }
        Range = high - low;
        IsFull = _count >= window;
    }

    /// <summary>Whether the medians of the first and of the last 30 % of the last fifth of the generations show no progress.</summary>
    /// <param name="windowMin">Smallest number of generations to judge by.</param>
    public bool IsStagnant(int windowMin)
    {
        int window = Math.Max(Math.Min(_count, KeptMax / 2) / 5, windowMin);
        if (_count < window)
        {
            return false;
        }
        int part = window * 3 / 10;
        return Median(_count - part, part) >= Median(_count - window, part);
    }

    private double Median(int start, int length)
    {
        if (_sorted.Length < length)
        {
            _sorted = new double[length];
        }
        Span<double> sorted = _sorted.AsSpan(0, length);
        _best.AsSpan(start, length).CopyTo(sorted);
        NumberSort.Ascending(sorted);
        return sorted[length / 2];
    }
}
