namespace RanCognition.Optimization.Search.Pareto;

/// <summary>What points of four and more objectives are worth: by how much each would have to be better to be as good as the others, in the range of them all.</summary>
/// <remarks>
/// Source: Zitzler and Kuenzli, "Indicator-based selection in multiobjective search", 2004, with the additive epsilon indicator. Kept up point by point; the ranges are taken anew from time to time.
/// </remarks>
internal sealed class IndicatorFitness(int objectives, int room)
{
    private const double Sharpness = 0.05;
    private const double ScaledMax = 10;   // keeps the sums finite
    private readonly double[] _scaled = new double[room * objectives];
    private readonly double[] _loss = new double[room];
    private readonly double[] _low = new double[objectives];
    private readonly double[] _range = new double[objectives];
    private int _count;
    private int _untilScaled;

    /// <summary>Takes a point in, the last of them.</summary>
    /// <param name="points">Objectives of all points.</param>
    /// <param name="count">Number of points.</param>
    public void Enter(ReadOnlySpan<double> points, int count)
    {
        if (--_untilScaled < 0)
        {
            _untilScaled = count;   // doubles while the first points come
            FindRanges(points, count);
            _count = 0;
        }
        while (_count < count)
        {
            Add(points, _count++);
        }
    }

    /// <summary>The point that is worth least.</summary>
    public int Worst()
    {
        int worst = 0;
        for (int i = 1; i < _count; i++)
        {
            worst = _loss[i] > _loss[worst] ? i : worst;
        }
        return worst;
    }

    /// <summary>Takes a point out; the last one gets its place.</summary>
    public void Remove(int removed)
    {
        int last = --_count;
        for (int i = 0; i <= last; i++)
        {
            _loss[i] -= Loss(removed, i);
        }
        _loss[removed] = _loss[last];
        _scaled.AsSpan(last * objectives, objectives).CopyTo(_scaled.AsSpan(removed * objectives));
    }

    private void FindRanges(ReadOnlySpan<double> points, int count)
    {
        for (int j = 0; j < objectives; j++)
        {
            double low = points[j], high = low;
            for (int i = 1; i < count; i++)
            {
                low = Math.Min(low, points[i * objectives + j]);
                high = Math.Max(high, points[i * objectives + j]);
            }
            _low[j] = 0.5 * low;   // halves: the range of large numbers stays finite
            _range[j] = Math.Max(0.5 * high - 0.5 * low, double.Epsilon);
        }
    }

    private void Add(ReadOnlySpan<double> points, int added)
    {
        for (int j = 0; j < objectives; j++)
        {
            _scaled[added * objectives + j] = Math.Clamp((0.5 * points[added * objectives + j] - _low[j]) / _range[j], -ScaledMax, ScaledMax);
        }
        _loss[added] = 0;
        for (int i = 0; i < added; i++)
        {
            _loss[i] += Loss(added, i);
            _loss[added] += Loss(i, added);
        }
    }

    /// <summary>What one point takes from the worth of another.</summary>
    private double Loss(int one, int other)
    {
        double needed = double.NegativeInfinity;
        for (int j = 0; j < objectives; j++)
        {
            needed = Math.Max(needed, _scaled[one * objectives + j] - _scaled[other * objectives + j]);
        }
        return Math.Exp(-needed / Sharpness);
    }
}
