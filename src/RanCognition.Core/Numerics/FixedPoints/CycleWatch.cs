namespace RanCognition.Numerics;

/// <summary>Sees when a sequence of points repeats itself.</summary>
/// <remarks>
/// Brent's cycle finding (BIT 20, 1980): each point is compared with an anchor, which moves on ever more rarely, so that the first return to it gives the smallest period. A return is exact up to rounding:
/// a sequence that only comes closer to a point, however slowly and from both sides, is none.
/// </remarks>
internal sealed class CycleWatch(int n)
{
    private const double Rounding = 64 * 2.2e-16;
    private const double RoundingOfSteps = 4 * 2.2e-16;
    private const double LongSteps = 1e6;   // times the rounding
    private const int FirstWindow = 8;

    private readonly double[] _anchor = new double[n];
    private readonly double[] _largest = new double[n];   // |x_i| since the anchor: what rounding is measured by
    private readonly double[] _sum = new double[n];
    private double _shortest;                             // step since the anchor
    private int _since = -1;   // points after the anchor; -1 = there is none
    private int _window = FirstWindow;

    /// <summary>The last points did not move beyond rounding.</summary>
    public bool StandsStill { get; private set; }

    /// <summary>Takes the next point.</summary>
    /// <param name="x">The point.</param>
    /// <param name="residual">Length of the step that leads on from it.</param>
    /// <returns>The smallest period, at least 2; 0 = none is seen.</returns>
    public int Add(ReadOnlySpan<double> x, double residual)
    {
        if (_since < 0)
        {
            Anchor(x, residual);
            return 0;
        }
        _since++;
        _shortest = Math.Min(_shortest, residual);
        for (int i = 0; i < n; i++)
        {
            _largest[i] = Math.Max(_largest[i], Math.Abs(x[i]));
            _sum[i] += x[i];
        }
        if (IsBack(x))
        {
            StandsStill = _since == 1;
            if (!StandsStill)
            {
                return _since;
            }
            Anchor(x, residual);
        }
        else if (_since >= _window)
        {
            _window += _window / 2;
            Anchor(x, residual);
        }
        return 0;
    }

    /// <summary>Mean of the points of the cycle that was seen last.</summary>
    public void Mean(Span<double> target)
    {
        for (int i = 0; i < n; i++)
        {
            target[i] = _sum[i] / _since;
        }
    }

    private void Anchor(ReadOnlySpan<double> x, double residual)
    {
        _shortest = residual;
        x.CopyTo(_anchor);
        for (int i = 0; i < n; i++)
        {
            _largest[i] = Math.Abs(x[i]);
        }
        Array.Clear(_sum);
        _since = 0;
    }

    /// <summary>Exactly; or up to rounding, if the steps on the way were so long that rounding cannot have hidden a slow approach to a point.</summary>
    private bool IsBack(ReadOnlySpan<double> x)
    {
        double slack = RoundingOfSteps * _shortest, largest = 0;
        bool isExact = true;
        for (int i = 0; i < n; i++)
        {
            double distance = Math.Abs(x[i] - _anchor[i]);
            if (!(distance <= Rounding * _largest[i] + slack))
            {
                return false;
            }
            isExact &= distance == 0;
            largest = Math.Max(largest, _largest[i]);
        }
        return isExact || _since == 1 || _shortest >= LongSteps * Rounding * largest;
    }
}
