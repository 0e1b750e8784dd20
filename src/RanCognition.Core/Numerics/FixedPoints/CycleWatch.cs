namespace RanCognition.Numerics;

/// <summary>Sees when a sequence of points repeats itself.</summary>
/// <remarks>
/// Brent's cycle finding (BIT 20, 1980): each point is compared with an anchor, which moves on ever more rarely, so that the first return to it gives the smallest period. A return is exact up to rounding:
/// a sequence that only comes closer to a point, however slowly and from both sides, is none. Points that close in on a cycle from both sides in turn come back within rounding after two rounds before they do after one;
/// so the points of one more return are looked at, and the smallest part of the return after which they are back but for a slow approach is the period.
/// </remarks>
internal sealed class CycleWatch(int n)
{
    private const double Rounding = 64 * 2.2e-16;
    private const double RoundingOfSteps = 4 * 2.2e-16;
    private const double LongSteps = 1e6;       // times the rounding
    private const double SlowApproach = 1e4;    // times the rounding: what an approach that moves by rounding only can be away
    private const int FirstWindow = 8;

    private readonly double[] _anchor = new double[n];
    private readonly double[] _largest = new double[n];   // |x_i| since the anchor: what rounding is measured by
    private readonly double[] _sum = new double[n];
    private readonly double[] _least = new double[n];     // the point of the shortest step since the anchor
    private double _shortest;                             // step since the anchor
    private int _since = -1;   // points after the anchor; -1 = there is none
    private int _window = FirstWindow;

    /// <summary>The last points did not move beyond rounding.</summary>
    public bool StandsStill { get; private set; }

    /// <summary>Steps after which the points came back; the period, or a multiple of it. 0 = they did not.</summary>
    public int Return { get; private set; }

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
        if (residual < _shortest)
        {
            _shortest = residual;
            x.CopyTo(_least);
        }
        for (int i = 0; i < n; i++)
        {
            _largest[i] = Math.Max(_largest[i], Math.Abs(x[i]));
            _sum[i] += x[i];
        }
        if (Return > 0)
        {
            return Confirm(x, residual);
        }
        if (IsBack(x))
        {
            StandsStill = _since == 1;
            Return = StandsStill ? 0 : _since;
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

    /// <summary>The point of the cycle with the least residual, which is returned.</summary>
    public double Least(Span<double> target)
    {
        _least.CopyTo(target);
        return _shortest;
    }

    private int Confirm(ReadOnlySpan<double> x, double residual)
    {
        if (_since > 1 && Return % _since == 0 && IsWithin(x, SlowApproach))
        {
            return _since;
        }
        if (_since == Return)   // it was none
        {
            Return = 0;
            Anchor(x, residual);
        }
        return 0;
    }

    private void Anchor(ReadOnlySpan<double> x, double residual)
    {
        if (Return == 0)
        {
            _shortest = residual;
            x.CopyTo(_least);
        }
        x.CopyTo(_anchor);
        for (int i = 0; i < n; i++)
        {
            _largest[i] = Math.Max(Return == 0 ? 0 : _largest[i], Math.Abs(x[i]));
        }
        Array.Clear(_sum);
        _since = 0;
    }

    /// <summary>Exactly; or up to rounding, if the steps on the way were so long that rounding cannot have hidden a slow approach to a point.</summary>
    private bool IsBack(ReadOnlySpan<double> x)
    {
        if (!IsWithin(x, 1))
        {
            return false;
        }
        return _since == 1 || _shortest >= LongSteps * Rounding * DenseVectors.LargestSize(_largest) || x.SequenceEqual(_anchor);
    }

    private bool IsWithin(ReadOnlySpan<double> x, double share)
    {
        double slack = RoundingOfSteps * _shortest;
        for (int i = 0; i < n; i++)
        {
            if (!(Math.Abs(x[i] - _anchor[i]) <= share * (Rounding * _largest[i] + slack)))
            {
                return false;
            }
        }
        return true;
    }
}
