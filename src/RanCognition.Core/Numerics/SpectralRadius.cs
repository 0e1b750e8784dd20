using System.Runtime.Intrinsics;

namespace RanCognition.Numerics;

/// <summary>Spectral radius of a matrix without negative numbers, with bounds.</summary>
/// <remarks>
/// For every positive vector y the radius is at most max (A y)_i / y_i (Collatz 1942, Wielandt 1950). Noda's iteration (Numerische Mathematik 17, 1971) solves (u I - A) y' = y with u that bound: the
/// bound falls to the radius, at the end quadratically, and never below. min (A y)_i / y_i is a lower bound, which meets the upper one when the matrix is irreducible. Not thread-safe.
/// </remarks>
internal sealed unsafe class SpectralRadius
{
    private const int StepsMax = 100;
    private const int PowerSteps = 4;
    private const double Tolerance = 4e-15;

    private readonly int _n;
    private readonly int _stride;
    private readonly ShiftedFactors _factors;
    private readonly ScratchBuffer _vector = new();
    private readonly ScratchBuffer _product = new();

    public SpectralRadius(int n)
    {
        _n = n;
        _stride = ShiftedFactors.Stride(n);
        _factors = new ShiftedFactors(n);
        _vector.Ensure(_stride);
        _product.Ensure(_stride);
    }

    /// <summary>Factorizations of the last call.</summary>
    public int Steps { get; private set; }

    /// <summary>The radius, to about 1e-14 of it; 0 = nothing feeds back.</summary>
    /// <param name="matrix">Rows of Stride(n) numbers, none negative, the padding 0.</param>
    public double Of(double* matrix)
    {
        Steps = 0;
        if (!HasCycle(matrix))
        {
            return 0;
        }
        double* y = _vector.Pointer, product = _product.Pointer;
        new Span<double>(y, _n).Fill(1);
        new Span<double>(y + _n, _stride - _n).Clear();
        (double upper, double lower) = Bounds(matrix);
        for (int step = 0; step < PowerSteps; step++)
        {
            double largest = 0;
            for (int i = 0; i < _n; i++)
            {
                largest = Math.Max(largest, product[i]);
            }
            for (int i = 0; i < _n; i++)
            {
                y[i] = product[i] / largest + y[i] * 1e-3;   // rows of zeros must not make it 0
            }
            (double reached, lower) = Bounds(matrix);
            upper = Math.Min(upper, reached);
        }
        while (upper - lower > Tolerance * upper && Steps < StepsMax)
        {
            Steps++;
            double before = upper;
            if (!Step(matrix, upper))
            {
                break;   // the bound is the radius, to the last bit
            }
            (double reached, lower) = Bounds(matrix);
            upper = Math.Min(upper, reached);
            if (before - upper <= Tolerance * before)
            {
                break;
            }
        }
        double radius = upper - lower <= Tolerance * upper ? upper : Bisect(matrix, lower, upper);
        GC.KeepAlive(this);   // the buffers behind raw pointers, to the end
        return radius;
    }

    /// <summary>Where parts of the matrix do not feed each other the lower bound stays behind; then elimination decides.</summary>
    private double Bisect(double* matrix, double lower, double upper)
    {
        double low = upper * (1 - 1e-13);
        if (_factors.Factorize(low, matrix))
        {
            upper = low;
            low = lower;
        }
        while (upper - low > Tolerance * upper)
        {
            double middle = low + (upper - low) / 2;
            if (middle <= low || middle >= upper)
            {
                break;
            }
            Steps++;
            if (_factors.Factorize(middle, matrix))
            {
                upper = middle;
            }
            else
            {
                low = middle;
            }
        }
        return upper;
    }

    /// <summary>Whether anything feeds back: rows without numbers are taken away, with their columns, until none is left or all have some.</summary>
    private bool HasCycle(double* matrix)
    {
        int[] inputs = new int[_n], idle = new int[_n];
        int left = _n, waiting = 0;
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                inputs[i] += matrix[(nint)i * _stride + j] > 0 ? 1 : 0;
            }
            if (inputs[i] == 0)
            {
                idle[waiting++] = i;
            }
        }
        while (waiting > 0)
        {
            int j = idle[--waiting];
            left--;
            for (int i = 0; i < _n; i++)
            {
                if (matrix[(nint)i * _stride + j] > 0 && --inputs[i] == 0)
                {
                    idle[waiting++] = i;
                }
            }
        }
        return left > 0;
    }

    private bool Step(double* matrix, double shift)
    {
        if (!_factors.Factorize(shift * (1 + 1e-15), matrix))
        {
            return false;
        }
        double* y = _vector.Pointer;
        double largest = 0;
        _factors.Solve(y);
        for (int i = 0; i < _n; i++)
        {
            if (!(y[i] > 0))
            {
                return false;
            }
            largest = Math.Max(largest, y[i]);
        }
        if (!double.IsFinite(largest))
        {
            return false;
        }
        for (int i = 0; i < _n; i++)
        {
            y[i] = Math.Max(y[i] / largest, 1e-290);
        }
        return true;
    }

    private (double Upper, double Lower) Bounds(double* matrix)
    {
        double* y = _vector.Pointer, product = _product.Pointer;
        RowProducts.Multiply(matrix, _n, _stride, y, product);
        double upper = 0, lower = double.PositiveInfinity;
        for (int i = 0; i < _n; i++)
        {
            double ratio = product[i] / y[i];
            upper = Math.Max(upper, ratio);
            lower = Math.Min(lower, ratio);
        }
        return (upper, lower);
    }
}
