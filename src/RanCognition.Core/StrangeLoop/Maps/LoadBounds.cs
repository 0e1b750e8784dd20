using RanCognition.Numerics;
using RanCognition.RadioNetwork;

namespace RanCognition.StrangeLoop.Maps;

/// <summary>How far loads can be from the fixed point x* of the coupling; proven, rounding included.</summary>
/// <remarks>
/// F is increasing and concave, and its slopes J(x) fall in every component as x grows (each user's load is a concave function of a sum with weights of at least 0). For any x of at least 0:
///
/// From above. F(x*) is at most F(x) + J(x)(x* - x), so (I - J(x))(x* - x) is at most F(x) - x. When some v &gt; 0 has (I - J(x)) v &gt; 0, I - J(x) is an M-matrix, its inverse has no negative numbers (Berman and
/// Plemmons, Nonnegative Matrices in the Mathematical Sciences, chapter 6), and x* - x is at most every v with (I - J(x)) v at least max(F(x) - x, 0). With A and b in place of J and F(x) - x (F(x) is at most
/// A x + b everywhere) this bounds x* itself.
///
/// From below. With F(0) = p and q = max (x_i - F_i(x)) / p_i, at least 0, the point l = x / (1 + q) has F(l) at least l, by concavity between 0 and x; so l is at most x*: repeated application rises from l
/// to it (Yates, IEEE JSAC 13, 1995, theorems 1 and 2). F(x) is at most F(x*) + J(x*)(x - x*), and J(x*) is at most J(l): x - x* is at most every v with (I - J(l)) v at least max(x - F(x), 0), and at most x - l.
///
/// v is solved for and then checked with sums that are widened by what rounding can be, so that neither elimination nor the arithmetic of F has to be trusted. Cells without demand have the load 0 exactly.
/// Not thread-safe.
/// </remarks>
internal sealed unsafe class LoadBounds
{
    private const double Rounding = 1.1102230246251565e-16;   // 2^-53

    // What v is widened by before it is checked is made of the rounding that is known, several times; more than this would be no bound any more.
    private const double WideningFactor = 8, WideningMax = 1;

    private readonly LoadCoupling _coupling;
    private readonly int _n;
    private readonly int _stride;
    private readonly double _unsure;   // relative rounding of F, its slopes and sums of their products
    private readonly ShiftedFactors _factors;
    private readonly ScratchBuffer _slopes = new();
    private readonly double[] _least;   // F(0), rounded down
    private readonly double[] _ceiling;   // an upper bound of x*; infinite = none is proven

    public LoadBounds(LoadCoupling coupling)
    {
        _coupling = coupling;
        CouplingTable table = coupling.Table;
        _n = table.Cells;
        _stride = table.Stride;
        _factors = new ShiftedFactors(_n);
        _slopes.Ensure(_n * _stride);
        int[] users = new int[_n];
        int most = 0;
        for (int user = 0; user < table.Users; user++)
        {
            most = Math.Max(most, ++users[table.ServingCell[user]]);
        }
        _unsure = (most + 2.0 * _n + 64) * Rounding;
        _least = new double[_n];
        _coupling.Apply(new double[_n], _least);
        double[] offsets = new double[_n];
        _coupling.AsymptoticSlopes(_slopes.Pointer, offsets);
        for (int i = 0; i < _n; i++)
        {
            _least[i] *= 1 - _unsure;
            offsets[i] *= 1 + _unsure;
        }
        _ceiling = Reach(offsets) ?? Unbounded();
        GC.KeepAlive(this);   // the buffers behind raw pointers, to the end
    }

    /// <summary>Largest |x_i - x*_i|, at most; null = cannot be given.</summary>
    public double? LargestDistance(ReadOnlySpan<double> x)
    {
        double[] loads = new double[_n], image = new double[_n], above = new double[_n], below = new double[_n], least = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            if (!double.IsFinite(x[i]))
            {
                return null;
            }
            loads[i] = _least[i] > 0 ? Math.Max(x[i], 0) : 0;
        }
        _coupling.ApplyWithSlopes(loads, image, _slopes.Pointer);
        double excess = 0;
        for (int i = 0; i < _n; i++)
        {
            double difference = image[i] - loads[i], rounding = _unsure * (image[i] + Math.Abs(difference));
            above[i] = Math.Max(difference, 0) + rounding;   // of F(x) - x
            below[i] = Math.Max(-difference, 0) + rounding;   // of x - F(x)
            excess = _least[i] > 0 ? Math.Max(excess, (rounding - difference) / _least[i]) : excess;
        }
        double[] up = Reach(above) ?? Unbounded();
        for (int i = 0; i < _n; i++)
        {
            least[i] = Math.Max(loads[i] / ((1 + excess) * (1 + 8 * Rounding)), _least[i]);
        }
        _coupling.ApplyWithSlopes(least, image, _slopes.Pointer);
        double[] down = Reach(below) ?? Unbounded();
        double largest = 0;
        for (int i = 0; i < _n; i++)
        {
            double high = Math.Min(up[i], Math.Max(_ceiling[i] - loads[i], 0)), low = Math.Min(down[i], Math.Max(loads[i] - least[i], 0));
            double moved = Math.Abs(x[i] - loads[i]);   // what was negative, or asked of a cell without demand
            double distance = _least[i] > 0 ? Math.Max(high, low) + moved : moved;
            largest = Math.Max(largest, distance + 8 * Rounding * (loads[i] + moved));
        }
        GC.KeepAlive(this);
        return double.IsFinite(largest) ? largest : null;
    }

    /// <summary>A vector v, proven to be at least (I - S)^-1 g for the slopes S that are in the buffer; null = not proven.</summary>
    /// <param name="g">g, none negative.</param>
    private double[]? Reach(double[] g)
    {
        double* slopes = _slopes.Pointer;
        if (!_factors.Factorize(1, slopes))
        {
            return null;
        }
        double[] v = (double[])g.Clone(), ones = new double[_n];
        Array.Fill(ones, 1);
        fixed (double* solution = v, growth = ones)
        {
            _factors.Solve(solution);
            _factors.Solve(growth);
        }
        // (I - S) growth = 1: a little of it makes room for rounding in every row, and makes v positive.
        double size = 0, most = 0;
        for (int i = 0; i < _n; i++)
        {
            size = Math.Max(size, g[i]);
            most = Math.Max(most, ones[i]);
        }
        double widening = WideningFactor * _unsure * most;
        if (!(widening <= WideningMax))
        {
            return null;
        }
        for (int i = 0; i < _n; i++)
        {
            v[i] = v[i] * (1 + widening) + size * widening * ones[i] + double.Epsilon;
        }
        for (int i = 0; i < _n; i++)
        {
            double* row = slopes + (nint)i * _stride;
            double sum = 0;
            for (int k = 0; k < _n; k++)
            {
                sum += row[k] * v[k];
            }
            if (!(v[i] > 0 && v[i] - sum * (1 + 2 * _unsure) > g[i] + 2 * Rounding * v[i]))
            {
                return null;
            }
        }
        return v;
    }

    private double[] Unbounded()
    {
        double[] all = new double[_n];
        Array.Fill(all, double.PositiveInfinity);
        return all;
    }
}
