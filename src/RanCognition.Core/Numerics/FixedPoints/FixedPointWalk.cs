namespace RanCognition.Numerics;

/// <summary>Where a search for a fixed point stands: the point, F there, the best point so far, what was spent. The methods share one.</summary>
/// <remarks>A residual is max |F(x)_i - x_i|. No step allocates. Not thread-safe.</remarks>
internal sealed class FixedPointWalk
{
    /// <summary>Two units in the last place: what rounding makes of x alone.</summary>
    private const double RoundingOfOne = 4.44e-16;

    /// <summary>What rounding within F usually makes of the largest number.</summary>
    private const double RoundingOfMap = 3.6e-15;

    /// <summary>Times the scale of the start: farther out a residual is no news once rounding swallows what it was at the start.</summary>
    private const double Far = 1e6;

    private const double SwallowedShare = 1e-3;

    private readonly IFixedPointMap _map;
    private readonly IStepBudget _budget;
    private double _startScale;      // of x and F at the start
    private double _startResidual;

    public FixedPointWalk(IFixedPointMap map, double tolerance, int stepsMax, int shownMax, IStepBudget budget)
    {
        _map = map;
        _budget = budget;
        Dimension = map.Dimension;
        Tolerance = tolerance;
        StepsMax = stepsMax;
        History = new ResidualHistory(shownMax);
        X = new double[Dimension];
        Image = new double[Dimension];
        Trial = new double[Dimension];
        TrialImage = new double[Dimension];
        Best = new double[Dimension];
        BestImage = new double[Dimension];
    }

    public int Dimension { get; }

    public bool HasSlopes => _map.HasSlopes;

    public double Tolerance { get; }

    public int StepsMax { get; }

    public ResidualHistory History { get; }

    /// <summary>The point.</summary>
    public double[] X { get; private set; }

    /// <summary>F there.</summary>
    public double[] Image { get; private set; }

    /// <summary>A point that may become the next: written by the methods.</summary>
    public double[] Trial { get; private set; }

    public double[] TrialImage { get; private set; }

    public double[] Best { get; }

    public double[] BestImage { get; }

    public double Residual { get; private set; }

    /// <summary>Euclidean length of F(x) - x.</summary>
    public double Length { get; private set; }

    /// <summary>Largest |x_i|.</summary>
    public double Size { get; private set; }

    public double TrialResidual { get; private set; }

    public double TrialLength { get; private set; }

    public double BestResidual { get; private set; } = double.PositiveInfinity;

    public double BestLength { get; private set; } = double.PositiveInfinity;

    public int Steps { get; private set; }

    public ulong Evaluations { get; private set; }

    /// <summary>Time is up.</summary>
    public bool IsOutOfTime { get; private set; }

    /// <summary>The last trial's component of F that was not finite.</summary>
    public int BadComponent { get; private set; } = -1;

    public double BadValue { get; private set; }

    /// <summary>
    /// Every component of F(x) - x is within the tolerance, or within two units in the last place of x. Not so where x has run so far out that F(x) - x is lost in rounding: x + 1 has no fixed point at 1e17.
    /// </summary>
    public bool IsConverged { get; private set; }

    /// <summary>The best residual is no more than rounding within F makes it.</summary>
    public bool IsBestAtFloor => BestResidual <= RoundingOfMap * DenseVectors.LargestSize(Best);

    public bool HasSteps => Steps < StepsMax && !IsOutOfTime;

    /// <summary>Puts the walk at its first point.</summary>
    /// <returns>Whether F is finite there.</returns>
    public bool Begin(ReadOnlySpan<double> x)
    {
        x.CopyTo(Trial);
        bool isFinite = Evaluate();
        if (isFinite)
        {
            _startResidual = TrialResidual;
            _startScale = Math.Max(TrialResidual, DenseVectors.LargestSize(x));
            Take();
            History.Add(Residual);
        }
        return isFinite;
    }

    /// <summary>F at the trial point.</summary>
    /// <returns>Whether it is finite; false, too, when time is up.</returns>
    public bool Evaluate()
    {
        if (!Spend())
        {
            return false;
        }
        _map.Apply(Trial, TrialImage);
        (TrialResidual, TrialLength) = Measure(Trial, TrialImage);
        return double.IsFinite(TrialResidual);
    }

    /// <summary>F and its slopes at the point.</summary>
    /// <returns>False when a slope is not finite, or time is up.</returns>
    public bool EvaluateSlopes(Span<double> slopes)
    {
        if (!Spend())
        {
            return false;
        }
        _map.ApplyWithSlopes(X, TrialImage, slopes);
        foreach (double slope in slopes)
        {
            if (!double.IsFinite(slope))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The trial point becomes the point: one step.</summary>
    public void Accept()
    {
        Take();
        Steps++;
        History.Add(Residual);
    }

    /// <summary>Goes on from another point: one step.</summary>
    /// <returns>Whether F is finite there; if not, the walk stays.</returns>
    public bool TryMoveTo(ReadOnlySpan<double> x)
    {
        x.CopyTo(Trial);
        bool isFinite = Evaluate();
        if (isFinite)
        {
            Accept();
        }
        return isFinite;
    }

    /// <summary>The next trial is the plain step.</summary>
    public void TryImage() => Image.CopyTo(Trial, 0);

    /// <summary>Goes back to the best point, without a step.</summary>
    public void ReturnToBest()
    {
        Best.CopyTo(X, 0);
        BestImage.CopyTo(Image, 0);
        (Residual, Length, Size) = (BestResidual, BestLength, DenseVectors.LargestSize(X));
        IsConverged = IsWithin(X, Image);
    }

    /// <summary>F(x) - x.</summary>
    public void Difference(Span<double> target) => DenseVectors.Subtract(Image, X, target);

    private bool Spend()
    {
        if (IsOutOfTime || !_budget.MayEvaluate(Steps, Evaluations))
        {
            IsOutOfTime = true;
            BadComponent = -1;
            return false;
        }
        Evaluations++;
        return true;
    }

    private void Take()
    {
        (X, Trial) = (Trial, X);
        (Image, TrialImage) = (TrialImage, Image);
        (Residual, Length, Size) = (TrialResidual, TrialLength, DenseVectors.LargestSize(X));
        IsConverged = IsWithin(X, Image);
        if (IsConverged || Residual < BestResidual && !IsLost())
        {
            X.CopyTo(Best, 0);
            Image.CopyTo(BestImage, 0);
            (BestResidual, BestLength) = (Residual, Length);
        }
    }

    private bool IsLost() => Size > Far * _startScale && RoundingOfOne * Size > Math.Max(Tolerance, SwallowedShare * _startResidual);

    private bool IsWithin(double[] x, double[] image)
    {
        if (IsLost())
        {
            return false;
        }
        double rounding = Size > Far * _startScale ? 0 : RoundingOfOne;
        for (int i = 0; i < x.Length; i++)
        {
            double size = Math.Abs(image[i] - x[i]);
            if (!(size <= Tolerance || size <= rounding * Math.Abs(x[i])))
            {
                return false;
            }
        }
        return true;
    }

    private (double Residual, double Length) Measure(double[] x, double[] image)
    {
        double largest = 0, sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double difference = image[i] - x[i];
            if (!double.IsFinite(difference))
            {
                (BadComponent, BadValue) = (i, image[i]);
                return (double.NaN, double.NaN);
            }
            largest = Math.Max(largest, Math.Abs(difference));
            sum += difference * difference;
        }
        return (largest, sum is > 1e-280 and < double.PositiveInfinity ? Math.Sqrt(sum) : largest);
    }
}
