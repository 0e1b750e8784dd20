namespace RanCognition.Numerics;

/// <summary>Sees that a sequence of points closes in on a cycle that it has not reached yet.</summary>
/// <remarks>
/// For a short period p the distances of points p steps apart must have shrunk by the same factor q, period by period, and what is left of them, d q / (1 - q), must be too little to change the
/// steps within the period, which must be those of the period before; where the points come in from both sides in turn, it is d q / (1 + q). A sequence that closes in on a point, however slowly or fast and from both sides, fails one of the last two tests: there the steps shrink
/// with the distances. Where the distances are no more than rounding there is nothing left to shrink.
/// </remarks>
internal sealed class CycleApproach(int n)
{
    private const double Rounding = 64 * 2.2e-16;
    private const double LongSteps = 1e6;   // times the rounding
    private const int PeriodMax = 8;
    private const int Distances = 5;
    private const int PointsMax = PeriodMax * Distances + 1;
    private const double SameFactor = 0.02;
    private const double SameStep = 0.01;
    private const double Negligible = 1e-3;   // of the shortest step of the period

    private readonly double[] _points = new double[n * PointsMax];   // the last ones, in turn
    private readonly double[] _residuals = new double[PointsMax];
    private long _count;

    public void Add(ReadOnlySpan<double> x, double residual)
    {
        int place = (int)(_count++ % PointsMax);
        x.CopyTo(_points.AsSpan(place * n, n));
        _residuals[place] = residual;
    }

    /// <summary>The smallest period, at least 2; 0 = none is seen.</summary>
    public int Period()
    {
        for (int period = 2; period <= PeriodMax && _count > period * Distances; period++)
        {
            if (Approaches(period))
            {
                return period;
            }
        }
        return 0;
    }

    /// <summary>Of the last points of a period the one with the least residual, which is returned.</summary>
    public double Least(int period, Span<double> target)
    {
        int least = 0;
        for (int back = 1; back < period; back++)
        {
            least = _residuals[Place(back)] < _residuals[Place(least)] ? back : least;
        }
        Point(least).CopyTo(target);
        return _residuals[Place(least)];
    }

    private bool Approaches(int period)
    {
        double newest = Distance(0, period), before = newest, factor = 0, rounding = Rounding * DenseVectors.LargestSize(_points);
        bool isThere = newest <= rounding;
        for (int back = 1; back < Distances && !isThere; back++)
        {
            double distance = Distance(back * period, (back + 1) * period), ratio = before / distance;
            if (!(ratio < 1) || back > 1 && Math.Abs(ratio - factor) > SameFactor * factor)
            {
                return false;
            }
            factor = back == 1 ? ratio : factor;
            before = distance;
        }
        double shortest = double.PositiveInfinity;
        for (int back = 0; back < period; back++)
        {
            double step = _residuals[Place(back)];
            if (!(Math.Abs(step - _residuals[Place(back + period)]) <= SameStep * step))
            {
                return false;
            }
            shortest = Math.Min(shortest, step);
        }
        return isThere ? shortest >= LongSteps * rounding : newest * factor / (Alternates(period) ? 1 + factor : 1 - factor) <= Negligible * shortest;
    }

    /// <summary>Whether the last two moves over a period go against each other.</summary>
    private bool Alternates(int period)
    {
        ReadOnlySpan<double> last = Point(0), middle = Point(period), first = Point(2 * period);
        double along = 0;
        for (int i = 0; i < n; i++)
        {
            along += Math.Sign((last[i] - middle[i]) * (middle[i] - first[i])) * Math.Abs(last[i] - middle[i]);
        }
        return along < 0;
    }

    private ReadOnlySpan<double> Point(int back) => _points.AsSpan(Place(back) * n, n);

    private int Place(int back) => (int)((_count - 1 - back) % PointsMax);

    private double Distance(int back, int fartherBack)
    {
        ReadOnlySpan<double> left = Point(back), right = Point(fartherBack);
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            largest = Math.Max(largest, Math.Abs(left[i] - right[i]));
        }
        return largest;
    }
}
