namespace RanCognition.Optimization.Search;

/// <summary>The points that may be tried: per variable an interval, or a list of levels. Strategies see the unit cube.</summary>
/// <remarks>
/// A variable of K levels has level k on [k/K, (k+1)/K); its middle stands for it. What limits a variable (bounds, step, list, largest change) is already in its interval or list, so that every point of
/// the cube is allowed.
/// </remarks>
internal sealed class SearchSpace
{
    private readonly SearchAxis[] _axes;

    // Of spaces of intervals only: their bounds side by side, for the loop that every evaluation runs.
    private readonly double[]? _lower;
    private readonly double[]? _width;

    public SearchSpace(SearchAxis[] axes)
    {
        _axes = axes;
        Dimension = axes.Length;
        Upper = new double[Dimension];
        PointCount = 1;
        for (int i = 0; i < Dimension; i++)
        {
            SearchAxis axis = axes[i];
            Upper[i] = axis.Upper;
            PointCount *= axis.PointCount;
            HasLevels |= axis.LevelCount > 1;
            HasCategories |= axis.IsCategory && axis.LevelCount > 1;
            ContinuousCount += axis.LevelCount == 0 ? 1 : 0;
            IntervalCount += axis.IsInterval ? 1 : 0;
        }
        if (IntervalCount == Dimension)
        {
            _lower = new double[Dimension];
            _width = new double[Dimension];
            for (int i = 0; i < Dimension; i++)
            {
                _lower[i] = axes[i].Lower;
                _width[i] = axes[i].Upper - axes[i].Lower;
            }
        }
    }

    /// <param name="lower">Smallest values of the variables without levels.</param>
    /// <param name="upper">Their largest values.</param>
    /// <param name="levels">Values of the others, null for those without.</param>
    /// <param name="isCategory">Whether levels have no order.</param>
    public SearchSpace(double[] lower, double[] upper, double[]?[] levels, bool[] isCategory)
        : this(Axes(lower, upper, levels, isCategory))
    {
    }

    public int Dimension { get; }

    /// <summary>Variables that are searched as intervals.</summary>
    public int ContinuousCount { get; }

    /// <summary>Variables that can take any value of an interval.</summary>
    public int IntervalCount { get; }

    /// <summary>Whether a variable has two levels or more.</summary>
    public bool HasLevels { get; }

    public bool HasCategories { get; }

    /// <summary>Distinct points; infinite when a variable can take any value of an interval.</summary>
    public double PointCount { get; }

    public double[] Upper { get; }

    public SearchAxis Axis(int variable) => _axes[variable];

    /// <summary>Levels of a variable: 0 = it is searched as an interval, 1 = it is fixed.</summary>
    public int LevelCount(int variable) => _axes[variable].LevelCount;

    public bool IsCategory(int variable) => _axes[variable].IsCategory;

    /// <summary>Place in the list of levels that a coordinate stands for.</summary>
    public int Level(int variable, double u) => _axes[variable].Level(u);

    /// <summary>The coordinate that stands for a level.</summary>
    public double Middle(int variable, int level) => _axes[variable].Middle(level);

    /// <summary>The value that a coordinate in [0, 1] stands for.</summary>
    public double Value(int variable, double u) => _axes[variable].Value(u);

    /// <summary>The coordinate of a value: of the nearest level where there are levels.</summary>
    public double Coordinate(int variable, double value) => _axes[variable].Coordinate(value);

    /// <summary>The values of a point of the cube.</summary>
    public void Values(ReadOnlySpan<double> u, Span<double> x)
    {
        if (_lower is not { } lower)
        {
            for (int i = 0; i < u.Length; i++)
            {
                x[i] = _axes[i].Value(u[i]);
            }
            return;
        }
        double[] width = _width!, upper = Upper;
        for (int i = 0; i < u.Length; i++)
        {
            double coordinate = u[i] >= 0 ? Math.Min(u[i], 1) : 0;
            x[i] = Math.Min(lower[i] + coordinate * width[i], upper[i]);
        }
    }

    /// <summary>The point of the cube that stands for values.</summary>
    public void Coordinates(ReadOnlySpan<double> x, Span<double> u)
    {
        for (int i = 0; i < x.Length; i++)
        {
            u[i] = _axes[i].Coordinate(x[i]);
        }
    }

    /// <summary>The point of the first value of each variable.</summary>
    public void Corner(Span<double> u)
    {
        for (int i = 0; i < u.Length; i++)
        {
            u[i] = _axes[i].IsInterval ? 0 : _axes[i].CoordinateOf(0);
        }
    }

    private static SearchAxis[] Axes(double[] lower, double[] upper, double[]?[] levels, bool[] isCategory)
    {
        SearchAxis[] axes = new SearchAxis[lower.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = levels[i] is { } values ? SearchAxis.List(values, isCategory[i]) : SearchAxis.Interval(lower[i], upper[i]);
        }
        return axes;
    }
}
