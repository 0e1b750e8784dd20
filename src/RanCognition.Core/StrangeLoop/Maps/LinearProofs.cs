using System.Runtime.Intrinsics;
using RanCognition.Numerics;

namespace RanCognition.StrangeLoop.Maps;

/// <summary>What can be proven of the fixed points of x = A x + b, rounding included.</summary>
/// <remarks>
/// Error of a point: with M = I - A and r = A x + b - x the distance to the fixed point is M^-1 r. For any R with |I - R M| at most a &lt; 1 (largest row sum) M is regular, and the largest component of the
/// distance is at most that of R r, over 1 - a (Rump, "Verification methods", Acta Numerica 19, 2010, theorem 10.2). R is the inverse as computed; all sums are widened by what rounding can be.
///
/// No fixed point: by Fredholm's alternative M x = b has none exactly when some y has y M = 0 and y b is not 0. Such a y is sought as the part of b that inverse iteration does not lose. A matrix counts as
/// singular when it cannot be shown to be regular as above, and changes of its numbers within their rounding (n + 2 units of 2^-53 of each) give y M = 0 (Oettli and Prager, Numerische Mathematik 6, 1964).
/// Then still y M x = y b for every fixed point x, so that one could only lie beyond |y b| / |y M|.
/// </remarks>
internal sealed unsafe class LinearProofs
{
    private const double Rounding = 1.1102230246251565e-16;   // 2^-53

    // From here on the cheaper bound, where there is one, is taken: an inverse takes long.
    private const int InverseAlwaysUpTo = 200;

    // A matrix whose smallest singular value is a larger part of it is regular beyond doubt.
    private const double SurelyRegularFrom = 1e-9;

    // Of what rounding can make of the product, so that what is left of it means something.
    private const double OutsideFactor = 1024;

    private readonly int _n;
    private readonly int _stride;
    private readonly ScratchBuffer _matrix;   // A
    private readonly ScratchBuffer _shifted = new();   // I - A
    private readonly double[] _offset;
    private readonly PivotedFactors _factors;
    private readonly double _matrixNorm;   // largest sum of a row of A
    private ScratchBuffer? _inverse;
    private double? _defect;   // |I - R M|, rounding included; null = not computed yet

    /// <param name="matrix">A, rows padded.</param>
    /// <param name="offset">b.</param>
    public LinearProofs(ScratchBuffer matrix, double[] offset)
    {
        _n = offset.Length;
        _stride = ShiftedFactors.Stride(_n);
        _matrix = matrix;
        _offset = offset;
        double* a = matrix.Pointer, m = _shifted.Ensure(_n * _stride);
        for (int i = 0; i < _n; i++)
        {
            double sum = 0;
            for (int j = 0; j < _n; j++)
            {
                nint place = (nint)i * _stride + j;
                sum += Math.Abs(a[place]);
                m[place] = (i == j ? 1 : 0) - a[place];
            }
            _matrixNorm = Math.Max(_matrixNorm, sum);
        }
        _factors = new PivotedFactors(_n);
        _factors.Factorize(m);
        Judge();
        GC.KeepAlive(this);   // the buffers behind raw pointers, to the end
    }

    /// <summary>Why there is no fixed point; null = nothing proves that.</summary>
    public string? Infeasibility { get; private set; }

    /// <summary>What else is known; null = nothing.</summary>
    public string? Remark { get; private set; }

    /// <summary>Largest distance of a component of x from the fixed point; null = cannot be given.</summary>
    public double? ErrorBound(ReadOnlySpan<double> x, ReadOnlySpan<double> image)
    {
        double[] residual = new double[_n], slack = new double[_n];
        double largest = 0;
        for (int i = 0; i < _n; i++)
        {
            double* row = _matrix.Pointer + (nint)i * _stride;
            double size = Math.Abs(_offset[i]) + Math.Abs(x[i]);
            for (int j = 0; j < _n; j++)
            {
                size += Math.Abs(row[j] * x[j]);
            }
            residual[i] = image[i] - x[i];
            slack[i] = (_n + 4) * Rounding * 1.01 * size;
            largest = Math.Max(largest, Math.Abs(residual[i]) + slack[i]);
        }
        double bound;
        if (_n > InverseAlwaysUpTo && _matrixNorm < 0.9)
        {
            bound = largest / (1 - _matrixNorm);
        }
        else
        {
            if (Remark is not null || !(Defect() < 1))
            {
                return null;
            }
            bound = 0;
            for (int i = 0; i < _n; i++)
            {
                double* row = _inverse!.Pointer + (nint)i * _stride;
                double sum = 0, uncertain = 0;
                for (int j = 0; j < _n; j++)
                {
                    sum += row[j] * residual[j];
                    uncertain += Math.Abs(row[j]) * (slack[j] + (_n + 4) * Rounding * Math.Abs(residual[j]));
                }
                bound = Math.Max(bound, Math.Abs(sum) + uncertain);
            }
            bound /= 1 - Defect();
        }
        GC.KeepAlive(this);
        bound *= 1 + (_n + 8) * 4 * Rounding;
        return double.IsFinite(bound) ? bound : null;
    }

    /// <summary>|I - R M|, the largest row sum, at most; not below 1 when R is of no use.</summary>
    private double Defect()
    {
        if (_defect is { } known)
        {
            return known;
        }
        _inverse = new ScratchBuffer();
        double* inverse = _inverse.Ensure(_n * _stride), m = _shifted.Pointer;
        _factors.Invert(inverse);
        double[] rowSums = new double[_n];
        for (int k = 0; k < _n; k++)
        {
            for (int j = 0; j < _n; j++)
            {
                rowSums[k] += Math.Abs(m[(nint)k * _stride + j]);
            }
        }
        var products = new ScratchBuffer();
        double* four = products.Ensure(4 * _stride);
        double defect = 0;
        for (int first = 0; first < _n; first += 4)
        {
            int count = Math.Min(4, _n - first);
            Multiply(inverse, first, count, four);
            for (int i = 0; i < count; i++)
            {
                double* row = inverse + (nint)(first + i) * _stride;
                double sum = 0, uncertain = 0;
                for (int j = 0; j < _n; j++)
                {
                    sum += Math.Abs(four[i * _stride + j] - (j == first + i ? 1 : 0));
                    uncertain += Math.Abs(row[j]) * rowSums[j];
                }
                defect = Math.Max(defect, (sum + (_n + 4) * Rounding * 1.01 * uncertain) * (1 + 2 * _n * Rounding));
            }
        }
        GC.KeepAlive(products);
        _defect = defect;
        return defect;
    }

    /// <summary>Up to four rows of R M.</summary>
    private void Multiply(double* inverse, int first, int count, double* products)
    {
        new Span<double>(products, 4 * _stride).Clear();
        for (int k = 0; k < _n; k++)
        {
            double* from = _shifted.Pointer + (nint)k * _stride;
            double* factors = inverse + (nint)first * _stride + k;
            Vector256<double> factor0 = Vector256.Create(factors[0]), factor1 = Factor(factors, 1, count), factor2 = Factor(factors, 2, count), factor3 = Factor(factors, 3, count);
            for (int j = 0; j < _stride; j += 4)
            {
                Vector256<double> numbers = Vector256.Load(from + j);
                double* to = products + j;
                Vector256.Store(Vector256.Load(to) + factor0 * numbers, to);
                Vector256.Store(Vector256.Load(to + _stride) + factor1 * numbers, to + _stride);
                Vector256.Store(Vector256.Load(to + 2 * _stride) + factor2 * numbers, to + 2 * _stride);
                Vector256.Store(Vector256.Load(to + 3 * _stride) + factor3 * numbers, to + 3 * _stride);
            }
        }
    }

    private Vector256<double> Factor(double* factors, int row, int count) => Vector256.Create(row < count ? factors[(nint)row * _stride] : 0);

    private void Judge()
    {
        double[] direction = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            direction[i] = (i & 1) == 0 ? 1 : -1 + i / (2.0 * _n);   // along no special direction
        }
        double smallest = Turn(direction);
        if (smallest > SurelyRegularFrom * (1 + _matrixNorm) || Defect() < 1 || !IsTakenToZero(direction, out _))
        {
            return;
        }
        double[] outside = (double[])_offset.Clone();
        Turn(outside);
        double product = 0, size = 0;
        for (int i = 0; i < _n; i++)
        {
            product += outside[i] * _offset[i];
            size += Math.Abs(outside[i] * _offset[i]);
        }
        if (IsTakenToZero(outside, out double left) && Math.Abs(product) > OutsideFactor * _n * Rounding * size)
        {
            double far = Math.Abs(product) / left;
            Infeasibility = "no fixed point: 1 is an eigenvalue of the matrix (to within the rounding of its numbers), and the offset is not in the range of I - matrix"
                + (double.IsFinite(far) ? FormattableString.Invariant($"; a fixed point would need a component above {far:G3}") : "");
            return;
        }
        Remark = "not the only fixed point: 1 is an eigenvalue of the matrix (to within the rounding of its numbers)";
    }

    /// <summary>Turns y towards what y M makes smallest: y becomes (M M^T)^-1 y, three times, with largest component 1.</summary>
    /// <returns>About the smallest singular value of M; infinite for y = 0.</returns>
    private double Turn(double[] y)
    {
        double smallest = double.PositiveInfinity;
        for (int round = 0; round < 3; round++)
        {
            if (!Scale(y, out _))
            {
                return double.PositiveInfinity;
            }
            _factors.Solve(y);
            Scale(y, out double first);
            _factors.SolveTransposed(y);
            Scale(y, out double second);
            smallest = 1 / Math.Sqrt(first) / Math.Sqrt(second);
        }
        return smallest;
    }

    private static bool Scale(double[] y, out double largest)
    {
        largest = 0;
        for (int i = 0; i < y.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(y[i]));
        }
        if (!(largest > 0 && double.IsFinite(largest)))
        {
            return false;
        }
        for (int i = 0; i < y.Length; i++)
        {
            y[i] /= largest;
        }
        return true;
    }

    /// <summary>Whether y M is 0 to within the rounding of the numbers of A.</summary>
    /// <param name="y">y.</param>
    /// <param name="left">Sum of the sizes of the components of y M, rounding included when there is any.</param>
    private bool IsTakenToZero(double[] y, out double left)
    {
        double[] products = new double[_n], sizes = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            double* row = _matrix.Pointer + (nint)i * _stride, shifted = _shifted.Pointer + (nint)i * _stride;
            for (int j = 0; j < _n; j++)
            {
                products[j] += y[i] * shifted[j];
                sizes[j] += Math.Abs(y[i]) * (Math.Abs(row[j]) + (i == j ? 1 : 0));
            }
        }
        left = 0;
        bool isZero = true;
        for (int j = 0; j < _n; j++)
        {
            left += products[j] == 0 && _n == 1 ? 0 : Math.Abs(products[j]) + (_n + 2) * Rounding * sizes[j];
            isZero &= Math.Abs(products[j]) <= (_n + 2) * Rounding * sizes[j];
        }
        return isZero;
    }
}
