using RanCognition.Numerics;

namespace RanCognition.StrangeLoop.Maps;

/// <summary>What can be proven of the fixed points of x = A x + b, rounding included.</summary>
/// <remarks>
/// Error of a point: with M = I - A and r = A x + b - x the distance to the fixed point is M^-1 r. For any R with |I - R M| at most a &lt; 1 (largest row sum) M is regular, and the largest component of the
/// distance is at most that of R r, over 1 - a (Rump, "Verification methods", Acta Numerica 19, 2010, theorem 10.2). R is the inverse as computed; all sums are widened by what rounding can be.
///
/// No fixed point: by Fredholm's alternative M x = b has none exactly when some y has y M = 0 and y b is not 0. The part of b at right angles to the range of M is such a y. A matrix counts as
/// singular when it cannot be shown to be regular as above, and y M = 0 after changes within rounding (n + 2 units of 2^-53) of its numbers (Oettli and Prager, Numerische Mathematik 6, 1964) and of y.
/// Then still y M x = y b for every fixed point x, so that one could only lie beyond |y b| / |y M|.
/// </remarks>
internal sealed class LinearProofs
{
    private const double Rounding = 1.1102230246251565e-16;   // 2^-53

    private const double GoldenRatio = 1.6180339887498949;

    // From here on the cheaper bound, where there is one, is taken: an inverse takes long.
    private const int InverseAlwaysUpTo = 200;
    private const double ContractionMax = 0.9;

    // A matrix whose smallest singular value is a larger part of it is regular beyond doubt.
    private const double SurelyRegularFrom = 1e-9;

    // So many times what rounding makes of y b it must be, or it may as well be 0.
    private const double OutsideFactor = 1024;

    private readonly int _n;
    private readonly double[] _matrix;   // A
    private readonly double[] _shifted;   // I - A
    private readonly double[] _offset;
    private readonly LuFactors _factors;
    private readonly bool _hasFactors;
    private readonly double _matrixNorm;   // largest sum of a row of A
    private double[]? _inverse;
    private double? _defect;   // |I - R M|, rounding included; null = not computed yet

    /// <param name="matrix">A, row by row.</param>
    /// <param name="offset">b.</param>
    public LinearProofs(double[] matrix, double[] offset)
    {
        _n = offset.Length;
        _matrix = matrix;
        _offset = offset;
        _shifted = new double[matrix.Length];
        for (int i = 0; i < _n; i++)
        {
            ReadOnlySpan<double> row = matrix.AsSpan(i * _n, _n);
            _matrixNorm = Math.Max(_matrixNorm, DenseVectors.SumOfSizes(row));
            for (int j = 0; j < _n; j++)
            {
                _shifted[i * _n + j] = (i == j ? 1 : 0) - row[j];
            }
        }
        _factors = new LuFactors(_n);
        _hasFactors = _factors.FactorizeOneMinus(matrix);
        Judge();
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
            ReadOnlySpan<double> row = _matrix.AsSpan(i * _n, _n);
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
        if (_n > InverseAlwaysUpTo && _matrixNorm < ContractionMax)
        {
            bound = largest / (1 - _matrixNorm);
        }
        else if (Defect() < 1)
        {
            bound = 0;
            for (int i = 0; i < _n; i++)
            {
                ReadOnlySpan<double> row = _inverse.AsSpan(i * _n, _n);
                double uncertain = 0;
                for (int j = 0; j < _n; j++)
                {
                    uncertain += Math.Abs(row[j]) * (slack[j] + (_n + 4) * Rounding * Math.Abs(residual[j]));
                }
                bound = Math.Max(bound, Math.Abs(DenseVectors.Dot(row, residual)) + uncertain);
            }
            bound /= 1 - Defect();
        }
        else
        {
            return null;
        }
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
        double defect = _hasFactors ? 0 : double.PositiveInfinity;
        if (_hasFactors)
        {
            double[] rowSums = new double[_n], product = new double[_n];
            for (int k = 0; k < _n; k++)
            {
                rowSums[k] = DenseVectors.SumOfSizes(_shifted.AsSpan(k * _n, _n));
            }
            _inverse = new double[_n * _n];
            for (int i = 0; i < _n; i++)
            {
                Span<double> row = _inverse.AsSpan(i * _n, _n);
                row[i] = 1;
                _factors.SolveTransposed(row);
                Array.Clear(product);
                double uncertain = 0;
                for (int k = 0; k < _n; k++)
                {
                    DenseVectors.Add(row[k], _shifted.AsSpan(k * _n, _n), product);
                    uncertain += Math.Abs(row[k]) * rowSums[k];
                }
                product[i] -= 1;
                defect = Math.Max(defect, (DenseVectors.SumOfSizes(product) + (_n + 4) * Rounding * 1.01 * uncertain) * (1 + 2 * _n * Rounding));
            }
        }
        _defect = defect;
        return defect;
    }

    private void Judge()
    {
        double[] direction = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            direction[i] = (i + 1) * GoldenRatio % 1 - 0.4;   // along no special direction
        }
        if (_hasFactors && (SmallestSingularValue((double[])direction.Clone()) > SurelyRegularFrom * (1 + _matrixNorm) || Defect() < 1))
        {
            return;
        }
        var complement = new RangeComplement(_shifted, _n);
        complement.TakeOut(direction);
        if (!Scale(direction, out _) || !IsTakenToZero(direction, out _))
        {
            return;
        }
        double[] outside = (double[])_offset.Clone();
        Scale(outside, out _);
        complement.TakeOut(outside);
        Scale(outside, out _);
        double product = DenseVectors.Dot(outside, _offset);
        if (IsTakenToZero(outside, out double left) && Math.Abs(product) > OutsideFactor * _n * Rounding * DenseVectors.SumOfSizes(_offset))
        {
            double far = Math.Abs(product) / left;
            Infeasibility = "no fixed point: 1 is an eigenvalue of the matrix (to within the rounding of its numbers), and the offset is not in the range of I - matrix"
                + (double.IsFinite(far) ? FormattableString.Invariant($"; a fixed point would need a component above {far:g3}") : "");
            return;
        }
        Remark = "if there is one fixed point there are others: 1 is an eigenvalue of the matrix (to within the rounding of its numbers)";
    }

    /// <summary>About the smallest singular value of M: inverse iteration with M M^T.</summary>
    /// <param name="y">A start; used up.</param>
    private double SmallestSingularValue(double[] y)
    {
        double smallest = 0;
        for (int round = 0; round < 3; round++)
        {
            Scale(y, out _);
            _factors.Solve(y);
            Scale(y, out double first);
            _factors.SolveTransposed(y);
            Scale(y, out double second);
            smallest = 1 / Math.Sqrt(first) / Math.Sqrt(second);
        }
        return smallest;
    }

    /// <summary>Makes the largest component 1; false when there is none.</summary>
    private static bool Scale(double[] y, out double largest)
    {
        largest = DenseVectors.LargestSize(y);
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

    /// <summary>Whether y M is 0 to within the rounding of y and the numbers of A.</summary>
    /// <param name="y">y, its largest component 1.</param>
    /// <param name="left">Sum of the sizes of the components of y M, rounding included when there is any.</param>
    private bool IsTakenToZero(double[] y, out double left)
    {
        double[] products = new double[_n], sizes = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            ReadOnlySpan<double> row = _matrix.AsSpan(i * _n, _n), shifted = _shifted.AsSpan(i * _n, _n);
            for (int j = 0; j < _n; j++)
            {
                products[j] += y[i] * shifted[j];
                sizes[j] += Math.Abs(y[i]) * (Math.Abs(row[j]) + (i == j ? 1 : 0)) + Math.Abs(shifted[j]);
            }
        }
        left = 0;
        bool isZero = true;
        for (int j = 0; j < _n; j++)
        {
            left += products[j] == 0 && _n == 1 ? 0 : Math.Abs(products[j]) + (_n + 2) * Rounding * sizes[j];
            isZero &= double.IsFinite(sizes[j]) && Math.Abs(products[j]) <= (_n + 2) * Rounding * sizes[j];
        }
        return isZero;
    }
}
