namespace RanCognition.Numerics;

/// <summary>What is known of a map near a point: how it shortens distances, and how far the fixed point can be.</summary>
/// <remarks>
/// With slopes J (the map's own, or differences where n is small): contraction c = the norm of J in the largest component (Banach's bound residual / (1 - c)); where c is 1 or more,
/// the norm of (I - J)^-1 times the residual, which holds at repelling points too. Both are widened by how J changes by distance, L, seen on the way to where Newton's step s leads: the first has c + 2 L |s| for
/// c; the second is multiplied by 2 / (1 + root(1 - 2 h)) with h = 2 |(I - J)^-1| L |s| (L. V. Kantorovich, 1948), and unknown where 2 h > 1. Without slopes: how repeated differences of F along one
/// direction shrink. Rounding of x and F is added to the residual. Estimates, since slopes are known at points only: a map that proves its own bound does better.
/// </remarks>
internal sealed class FixedPointCertificate
{
    private const double Rounding = 4.44e-16;
    private const double Noise = 8 * Rounding;
    private const double FallOfNewton = 0.5;
    private const double SlopeAllowance = 1 + 1e-6;   // what differences of rounded values leave open in a slope
    private const double CurvatureShare = 1e-6;   // of x: a distance at which a change of slopes is seen,
    private const double Near = 1e-8;             // taken where the fixed point is nearer than this
    private const int DifferencesMax = 50;        // variables up to which slopes come from differences
    private const int RowsOfExactInverse = 128;
    private const int RowsOfEigenvalues = 200;
    private const int RowsOfRadius = 400;
    private const int Probes = 24;

    private readonly FixedPointWalk _walk;
    private readonly int _n;
    private readonly double _residual;   // with the rounding of x and F

    /// <param name="walk">A walk of its own, at the point; it does not stay there.</param>
    public FixedPointCertificate(FixedPointWalk walk)
    {
        _walk = walk;
        _n = walk.Dimension;
        _residual = walk.Residual + Rounding * Math.Max(walk.Size, DenseVectors.LargestSize(walk.Image));
    }

    public double? Contraction { get; private set; }

    public double? ErrorBound { get; private set; }

    public double? SpectralRadius { get; private set; }

    /// <summary>Finds what time allows.</summary>
    /// <param name="needsBound">False = the error bound is known already.</param>
    public void Find(bool needsBound)
    {
        if (_walk.HasSlopes || _n <= DifferencesMax)
        {
            var source = new SlopeSource(_walk, null);
            if (source.Read())
            {
                FromSlopes(source, needsBound);
            }
        }
        else
        {
            FromProbes();
        }
    }

    private static double RowNorm(ReadOnlySpan<double> slopes, int n)
    {
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            largest = Math.Max(largest, DenseVectors.SumOfSizes(slopes.Slice(i * n, n)));
        }
        return largest;
    }

    private void FromSlopes(SlopeSource source, bool needsBound)
    {
        double contraction = RowNorm(source.Slopes, _n);
        Contraction = contraction;
        SpectralRadius = RadiusOf(source.Slopes);
        if (!needsBound)
        {
            return;
        }
        var factors = new LuFactors(_n);
        if (!factors.FactorizeOneMinus(source.Slopes))
        {
            return;
        }
        double[] step = new double[_n];
        double size = Math.Max(_walk.Size, DenseVectors.LargestSize(_walk.Image));
        _walk.Difference(step);
        factors.Solve(step);
        double length = DenseVectors.LargestSize(step);
        if (!double.IsFinite(length) || CurvatureAlong(step, length, source) is not { } curvature)
        {
            return;
        }
        // The fixed point may be twice as far as Newton's step. Differences are off by rounding, and by what slopes change within one.
        double change = 2 * curvature * length;
        double slack = _walk.HasSlopes ? 1e-12 : 1e-7 * (_n + 3) + SlopeSource.RelativeStep * size * curvature;
        double reach = contraction + change + slack;
        if (reach < 1)
        {
            ErrorBound = _residual / (1 - reach) * SlopeAllowance;
            return;
        }
        double inverse = InverseNorm(factors), h = inverse * (change + slack);
        if (h < 0.5)
        {
            ErrorBound = inverse * _residual * 2 / (1 + Math.Sqrt(1 - 2 * h)) * SlopeAllowance;
        }
    }

    /// <summary>How the slopes change by distance, on the way to where the fixed point should be; null = F is not what its slopes say: it may jump.</summary>
    private double? CurvatureAlong(double[] step, double length, SlopeSource source)
    {
        if (length == 0)
        {
            return 0;
        }
        double factor = length > Near * _walk.Size ? 1 : Math.Max(1, CurvatureShare * _walk.Size / length);
        double[] here = (double[])source.Slopes.Clone();
        _walk.X.CopyTo(_walk.Trial, 0);
        DenseVectors.Add(factor, step, _walk.Trial);
        if (!_walk.Evaluate() || !(_walk.TrialResidual <= (factor - 1 + FallOfNewton * factor) * _walk.Residual + Noise * _walk.Size))
        {
            return null;
        }
        _walk.Accept();
        if (!source.Read())
        {
            return null;
        }
        DenseVectors.Add(-1, here, source.Slopes);
        return RowNorm(source.Slopes, _n) / (factor * length);
    }

    /// <summary>Norm, in the largest component, of the inverse; of many rows an estimate (W. W. Hager, SIAM Journal on Scientific and Statistical Computing 5, 1984), three times as large.</summary>
    private double InverseNorm(LuFactors factors)
    {
        double[] vector = new double[_n], sums = new double[_n];
        if (_n <= RowsOfExactInverse)
        {
            for (int j = 0; j < _n; j++)
            {
                Array.Clear(vector);
                vector[j] = 1;
                factors.Solve(vector);
                for (int i = 0; i < _n; i++)
                {
                    sums[i] += Math.Abs(vector[i]);
                }
            }
            return DenseVectors.LargestSize(sums);
        }
        // The largest-component norm of a matrix is the sum norm of its transpose.
        vector.AsSpan().Fill(1.0 / _n);
        double norm = 0;
        for (int round = 0; round < 5; round++)
        {
            factors.SolveTransposed(vector);
            double found = DenseVectors.SumOfSizes(vector);
            if (found <= norm)
            {
                break;
            }
            norm = found;
            for (int i = 0; i < _n; i++)
            {
                sums[i] = vector[i] < 0 ? -1 : 1;
            }
            factors.Solve(sums);
            int largest = 0;
            for (int i = 1; i < _n; i++)
            {
                largest = Math.Abs(sums[i]) > Math.Abs(sums[largest]) ? i : largest;
            }
            Array.Clear(vector);
            vector[largest] = 1;
        }
        return 3 * norm;
    }

    private double? RadiusOf(double[] slopes)
    {
        if (_n == 1)
        {
            return Math.Abs(slopes[0]);
        }
        bool isNegative = false;
        foreach (double slope in slopes)
        {
            isNegative |= slope < 0;
        }
        if (!isNegative && _n is > 8 and <= RowsOfRadius)
        {
            return RadiusOfNonnegative(slopes);
        }
        if (_n > RowsOfEigenvalues)
        {
            return null;
        }
        double[] real = new double[_n], imaginary = new double[_n];
        if (!Eigenvalues.Of((double[])slopes.Clone(), _n, real, imaginary))
        {
            return null;
        }
        double radius = 0;
        for (int i = 0; i < _n; i++)
        {
            radius = Math.Max(radius, double.Hypot(real[i], imaginary[i]));
        }
        return radius;
    }

    private unsafe double RadiusOfNonnegative(double[] slopes)
    {
        int stride = ShiftedFactors.Stride(_n);
        double[] padded = new double[_n * stride];
        for (int i = 0; i < _n; i++)
        {
            slopes.AsSpan(i * _n, _n).CopyTo(padded.AsSpan(i * stride));
        }
        fixed (double* matrix = padded)
        {
            return new SpectralRadius(_n).Of(matrix);
        }
    }

    /// <summary>Follows one direction through repeated slopes, each a difference of two values of F: |J^k v| tells how errors shrink, and sums to the error.</summary>
    private void FromProbes()
    {
        double[] direction = new double[_n];
        _walk.Difference(direction);
        double length = DenseVectors.LargestSize(direction);
        for (int i = 0; i < _n; i++)
        {
            // Also what the last residual happens not to hold.
            direction[i] = (length > 0 ? direction[i] / length : 0) + (((uint)i * 2654435761u >> 16 & 1) == 0 ? 0.5 : -0.5);
        }
        double size = (_walk.Size > 0 ? _walk.Size : 1) * 1e-6, contraction = 0, recent = 0, total = 1, product = 1;
        for (int probe = 0; probe < Probes; probe++)
        {
            DenseVectors.Scale(1 / DenseVectors.LargestSize(direction), direction);
            _walk.X.CopyTo(_walk.Trial, 0);
            DenseVectors.Add(size, direction, _walk.Trial);
            if (!_walk.Evaluate())
            {
                return;
            }
            DenseVectors.Subtract(_walk.TrialImage, _walk.Image, direction);
            double ratio = DenseVectors.LargestSize(direction) / size;
            contraction = Math.Max(contraction, ratio);
            recent = probe < Probes / 2 ? 0 : Math.Max(recent, ratio);
            product *= ratio;
            total += product;
            if (ratio == 0)
            {
                break;
            }
        }
        Contraction = contraction;
        if (contraction < 1)
        {
            ErrorBound = _residual / (1 - contraction) * SlopeAllowance;
        }
        else if (recent < 1)
        {
            ErrorBound = _residual * (total + product * recent / (1 - recent)) * SlopeAllowance;
        }
    }
}
