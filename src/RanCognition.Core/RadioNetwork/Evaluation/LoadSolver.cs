using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>Finds the loads of coupled cells, or that no finite loads exist.</summary>
/// <remarks>
/// A finite fixed point exists exactly when the spectral radius of the asymptotic slopes A is below 1, which elimination of I - A tells. Then y = (I - A)^-1 b is above the fixed point with F(y) at most
/// y, and from there every step of Newton's method stays above and falls towards it (F is concave and increasing, slopes fall), at the end quadratically, however near the limit is.
///
/// Near a base whose loads are known that is not needed: Broyden's method (Kelley, Solving Nonlinear Equations with Newton's Method, SIAM 2003, section 4.3) starts from the base's loads and the inverse of
/// its I - slopes. A fixed point found there is one, so the answer to "does one exist" is the same. What is not found there is left to Newton's method. Every path depends on the table and the base
/// only, so that the same settings give the same bits whatever was evaluated before. Not thread-safe.
/// </remarks>
internal sealed unsafe class LoadSolver
{
    private const int NewtonStepsMax = 60;
    private const int StepsMax = 14;   // near a base

    // A residual that is this small is made of rounding.
    private const double ResidualGoal = 1e-13;

    // Below the first, and falling at least thirtyfold a step, or below the second, the next step needs no check: it leaves less than 1e-10.
    private const double LastStepFrom = 1e-9, SurelyLastStepFrom = 1e-11;

    // What single precision leaves is below the first; a change that the second allows is added in single precision.
    private const double RoughUntil = 1e-4, RoughNoise = 1e-6, NearFrom = 1e-5;

    // A step that leaves so much did not know where it was.
    private const double RefreshFrom = 0.1;

    // Loads far above 1 are near the limit, where rounding decides what is found: Newton's method from above only.
    private const double BaseLoadMax = 1000;

    private readonly LoadCoupling _coupling;
    private readonly int _n;
    private readonly int _stride;
    private readonly ShiftedFactors _factors;
    private readonly ScratchBuffer _slopes = new();
    private readonly ScratchBuffer _residual = new();
    private readonly ScratchBuffer _direction = new();
    private readonly double[] _image;
    private readonly double[][] _steps = new double[StepsMax][];
    private readonly double[] _stepSquares = new double[StepsMax];
    private readonly double[] _trial;
    private readonly bool[] _isAskedFor;   // whether anything is asked of the cell
    private SpectralRadius? _radius;

    public LoadSolver(LoadCoupling coupling)
    {
        _coupling = coupling;
        _n = coupling.Table.Cells;
        _stride = coupling.Table.Stride;
        _factors = new ShiftedFactors(_n);
        _slopes.Ensure(_n * _stride);
        _residual.Ensure(_stride);
        _direction.Ensure(_stride);
        _image = new double[_n];
        _trial = new double[_n];
        _isAskedFor = new bool[_n];
        for (int i = 0; i < StepsMax; i++)
        {
            _steps[i] = new double[_n];
        }
        Loads = new double[_n];
    }

    /// <summary>The fixed point, when the last call found one.</summary>
    public double[] Loads { get; }

    /// <summary>One number per cell, for whoever needs it between two calls.</summary>
    public double[] Scratch => _image;

    /// <summary>Evaluations of F of the last call.</summary>
    public int Iterations { get; private set; }

    /// <summary>Largest relative residual before the last step.</summary>
    public double Residual { get; private set; }

    /// <summary>Where searches near a solved setting start; null = Newton's method only. May be shared by solvers.</summary>
    public SolvedBase? Base { get; set; }

    /// <summary>Finds the loads.</summary>
    /// <returns>Whether finite loads exist.</returns>
    public bool Solve()
    {
        Iterations = 0;
        return (Base is not null && SolveNearBase(Base)) || SolveFromAbove();
    }

    /// <summary>Newton's method from above, with the verdict on whether there is anything to find.</summary>
    public bool SolveFromAbove()
    {
        _coupling.AsymptoticSlopes(_slopes.Pointer, Loads);
        if (!_factors.Factorize(1, _slopes.Pointer))
        {
            return false;
        }
        fixed (double* loads = Loads)
        {
            _factors.Solve(loads);
        }
        if (!AreLoads(Loads, double.MaxValue))
        {
            return false;
        }
        double before = double.PositiveInfinity;
        for (int step = 0; step < NewtonStepsMax; step++)
        {
            Iterations++;
            _coupling.ApplyWithSlopes(Loads, _image, _slopes.Pointer);
            double* direction = _direction.Pointer;
            Residual = 0;
            for (int i = 0; i < _n; i++)
            {
                direction[i] = _image[i] - Loads[i];
                Residual = Math.Max(Residual, Relative(direction[i], Loads[i]));
            }
            bool isLast = Residual <= ResidualGoal || Residual >= before;   // from above it only falls, down to rounding
            if (isLast || !_factors.Factorize(1, _slopes.Pointer))
            {
                break;
            }
            before = Residual;
            _factors.Solve(direction);
            for (int i = 0; i < _n; i++)
            {
                Loads[i] = Math.Max(0, Loads[i] + direction[i]);
            }
        }
        return true;
    }

    /// <summary>The present loads as a base for other solvers; the last call has found loads.</summary>
    public SolvedBase? ToBase()
    {
        _coupling.ApplyWithSlopes(Loads, _image, _slopes.Pointer);
        if (!_factors.Factorize(1, _slopes.Pointer))
        {
            return null;
        }
        var solved = new SolvedBase(Loads);
        _factors.Invert(solved.Inverse);
        return solved;
    }

    /// <summary>Largest factor of all demand for which finite loads exist; null = any.</summary>
    public double? CriticalScale()
    {
        _coupling.AsymptoticSlopes(_slopes.Pointer, _image);
        _radius ??= new SpectralRadius(_n);
        double radius = _radius.Of(_slopes.Pointer);
        return radius > 0 ? 1 / radius : null;
    }

    private bool SolveNearBase(SolvedBase near)
    {
        MarkDemand();
        for (int i = 0; i < _n; i++)
        {
            Loads[i] = _isAskedFor[i] ? near.Loads[i] : 0;
        }
        double before = double.PositiveInfinity;
        bool isRough = true, isFresh = false, isAnchored = false;
        for (int step = 0, total = 0; step < StepsMax && total < 2 * StepsMax; step++, total++)
        {
            Iterations++;
            if (isRough)
            {
                _coupling.ApplyRoughly(Loads, _image);
            }
            else if (!isAnchored || Residual > NearFrom)
            {
                _coupling.Apply(Loads, _image);
                isAnchored = true;
            }
            else
            {
                _coupling.ApplyNear(Loads, _image);
            }
            SetResidual();
            if (!(Residual < double.PositiveInfinity))
            {
                return false;
            }
            if (isRough && !isFresh && step > 0 && Residual > RefreshFrom)
            {
                // The slopes of the base are of no use here.
                Iterations++;
                _coupling.ApplyWithSlopes(Loads, _image, _slopes.Pointer);
                if (!_factors.Factorize(1, _slopes.Pointer))
                {
                    return false;
                }
                SetResidual();
                isFresh = true;
                step = 0;
            }
            if (isRough && Residual <= RoughNoise)
            {
                isRough = false;
                step--;   // none is taken: what is left may be rounding
                continue;
            }
            if (!isRough && Residual <= ResidualGoal)
            {
                return true;
            }
            bool isLast = !isRough && (Residual <= SurelyLastStepFrom || (Residual <= LastStepFrom && Residual <= before * 0.03));
            Direction(isFresh ? null : near);
            if (!Broyden(step) || !AreLoads(_trial, BaseLoadMax))
            {
                return false;
            }
            _trial.CopyTo(Loads, 0);
            if (isLast)
            {
                return true;
            }
            before = Residual;
            isRough &= Residual > RoughUntil;
        }
        return false;
    }

    private void SetResidual()
    {
        double* residual = _residual.Pointer;
        Residual = 0;
        for (int i = 0; i < _n; i++)
        {
            residual[i] = _image[i] - Loads[i];
            Residual = Math.Max(Residual, Relative(residual[i], Loads[i]));
        }
    }

    /// <summary>The step that the slopes of the base, or the fresh ones, make of the residual.</summary>
    private void Direction(SolvedBase? near)
    {
        double* residual = _residual.Pointer, direction = _direction.Pointer;
        if (near is not null)
        {
            RowProducts.Multiply(near.Inverse, _n, _stride, residual, direction);
        }
        else
        {
            new Span<double>(residual, _n).CopyTo(new Span<double>(direction, _n));
            _factors.Solve(direction);
        }
        for (int i = 0; i < _n; i++)
        {
            direction[i] = _isAskedFor[i] ? direction[i] : 0;   // its load is 0 and stays so
        }
    }

    private void MarkDemand()
    {
        CouplingTable table = _coupling.Table;
        double* demand = table.FullRateLoad;
        Array.Clear(_isAskedFor);
        for (int user = 0; user < table.Users; user++)
        {
            _isAskedFor[table.ServingCell[user]] |= demand[user] > 0;
        }
    }

    /// <summary>Turns what the base's inverse makes of the residual into the next step, by the steps before it.</summary>
    private bool Broyden(int count)
    {
        double* direction = _direction.Pointer;
        for (int k = 0; k + 1 < count; k++)
        {
            double share = Dot(_steps[k], direction) / _stepSquares[k];
            double[] following = _steps[k + 1];
            for (int i = 0; i < _n; i++)
            {
                direction[i] += share * following[i];
            }
        }
        double divisor = 1;
        if (count > 0)
        {
            divisor -= Dot(_steps[count - 1], direction) / _stepSquares[count - 1];
        }
        if (!(Math.Abs(divisor) > 0.05))
        {
            return false;
        }
        double[] step = _steps[count];
        double square = 0;
        for (int i = 0; i < _n; i++)
        {
            step[i] = direction[i] / divisor;
            square += step[i] * step[i];
            _trial[i] = Loads[i] + step[i];
        }
        _stepSquares[count] = square;
        return square > 0;
    }

    private double Dot(double[] a, double* b)
    {
        double sum = 0;
        for (int i = 0; i < _n; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static bool AreLoads(double[] loads, double most)
    {
        foreach (double load in loads)
        {
            if (!(load >= 0 && load <= most))
            {
                return false;
            }
        }
        return true;
    }

    private static double Relative(double difference, double of) => difference == 0 ? 0 : Math.Abs(difference) / Math.Max(of, double.Epsilon);
}
