namespace RanCognition.Numerics;

/// <summary>The Jacobian of a map at the point of a walk: the map's own, a given one, or forward differences.</summary>
internal sealed class SlopeSource(FixedPointWalk walk, double[]? given)
{
    /// <summary>Of a difference, to the size of x: the root of the rounding of 1.</summary>
    public const double RelativeStep = 1.5e-8;

    private const double LeastShare = 0.01;       // of the largest component: a small one may be the difference of large ones, and as badly rounded

    private readonly double[] _sizes = new double[walk.Dimension];   // largest |x_i| and |F(x)_i| seen: what a step is measured by

    /// <summary>Row by row.</summary>
    public double[] Slopes { get; } = given is not null && !walk.HasSlopes ? given : new double[walk.Dimension * walk.Dimension];

    /// <summary>They can be had anew at each point.</summary>
    public bool IsFresh => walk.HasSlopes || given is null;

    /// <summary>They cost more than a few evaluations of F.</summary>
    public bool IsCostly => !walk.HasSlopes && given is null && walk.Dimension > 20;

    /// <returns>False when a slope is not finite, or time is up.</returns>
    public bool Read()
    {
        if (walk.HasSlopes)
        {
            return walk.EvaluateSlopes(Slopes);
        }
        return given is not null || Differences();
    }

    /// <summary>One evaluation for each variable; where F is not finite on one side, the other is tried.</summary>
    private bool Differences()
    {
        int n = walk.Dimension;
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            _sizes[i] = Math.Max(_sizes[i], Math.Max(Math.Abs(walk.X[i]), Math.Abs(walk.Image[i])));
            largest = Math.Max(largest, _sizes[i]);
        }
        if (largest == 0)
        {
            largest = 1;
        }
        walk.X.CopyTo(walk.Trial, 0);
        for (int j = 0; j < n; j++)
        {
            double size = Math.Max(_sizes[j], LeastShare * largest);
            double step = walk.Image[j] < walk.X[j] ? -RelativeStep * size : RelativeStep * size;
            if (!Column(j, step) && (walk.IsOutOfTime || !Column(j, -step)))
            {
                return false;
            }
        }
        return true;
    }

    private bool Column(int j, double step)
    {
        double at = walk.X[j];
        walk.Trial[j] = at + step;
        bool isFinite = walk.Evaluate();
        step = walk.Trial[j] - at;   // as it was rounded
        walk.Trial[j] = at;
        for (int i = 0; isFinite && i < walk.Dimension; i++)
        {
            Slopes[i * walk.Dimension + j] = (walk.TrialImage[i] - walk.Image[i]) / step;
        }
        return isFinite;
    }
}
