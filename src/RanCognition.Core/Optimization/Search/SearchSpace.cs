namespace RanCognition.Optimization.Search;

/// <summary>The points that may be tried: per variable an interval, or a list of levels. Strategies see the unit cube.</summary>
/// <remarks>
/// A variable of K levels has level k on [k/K, (k+1)/K); its middle stands for it. What limits a variable (bounds, step, list, largest change) is already in its interval or list, so that every point of
/// the cube is allowed.
/// </remarks>
internal sealed class SearchSpace
{
    private readonly double[] _lower;
    private readonly double[] _width;
    private readonly double[]?[] _levels;
    private readonly bool[] _isCategory;

    /// <param name="lower">Smallest values of the variables without levels.</param>
    /// <param name="upper">Their largest values.</param>
    /// <param name="levels">Values of the others, null for those without.</param>
    /// <param name="isCategory">Whether levels have no order.</param>
    public SearchSpace(double[] lower, double[] upper, double[]?[] levels, bool[] isCategory)
    {
        Dimension = lower.Length;
        _lower = lower;
        Upper = upper;
        _width = new double[Dimension];
        _levels = levels;
        _isCategory = isCategory;
        double points = 1;
        for (int i = 0; i < Dimension; i++)
        {
            _width[i] = upper[i] - lower[i];
            int count = levels[i]?.Length ?? (_width[i] == 0 ? 1 : 0);
            points = count == 0 ? double.PositiveInfinity : points * count;
            HasLevels |= levels[i] is not null;
            HasCategories |= isCategory[i];
            if (count == 0)
            {
                ContinuousCount++;
            }
        }
        PointCount = points;
    }

    public int Dimension { get; }

    /// <summary>Variables that can take any value of an interval.</summary>
    public int ContinuousCount { get; }

    public bool HasLevels { get; }

    public bool HasCategories { get; }

    /// <summary>Distinct points; infinite when a variable is continuous.</summary>
    public double PointCount { get; }

    public double[] Upper { get; }

    /// <summary>Levels of a variable, 0 = continuous.</summary>
    public int LevelCount(int variable) => _levels[variable]?.Length ?? 0;

    public bool IsCategory(int variable) => _isCategory[variable];

    /// <summary>Place in the list of levels that a coordinate stands for.</summary>
    public int Level(int variable, double u)
    {
        int count = _levels[variable]!.Length;
        return Math.Clamp((int)(u * count), 0, count - 1);
    }

    /// <summary>The coordinate that stands for a level.</summary>
    public double Middle(int variable, int level) => (level + 0.5) / _levels[variable]!.Length;

    /// <summary>The value that a coordinate in [0, 1] stands for.</summary>
    public double Value(int variable, double u)
    {
        if (_levels[variable] is { } levels)
        {
            return levels[Math.Clamp((int)(u * levels.Length), 0, levels.Length - 1)];
        }
        double value = _lower[variable] + Math.Clamp(u, 0, 1) * _width[variable];
        return Math.Min(value, Upper[variable]);
    }

    /// <summary>The coordinate of a value: of the nearest level where there are levels.</summary>
    public double Coordinate(int variable, double value)
    {
        if (_levels[variable] is { } levels)
        {
            int nearest = 0;
            for (int k = 1; k < levels.Length; k++)
            {
                nearest = Math.Abs(levels[k] - value) < Math.Abs(levels[nearest] - value) ? k : nearest;
            }
            return Middle(variable, nearest);
        }
        return _width[variable] == 0 ? 0.5 : Math.Clamp((value - _lower[variable]) / _width[variable], 0, 1);
    }

    /// <summary>The values of a point of the cube.</summary>
    public void Values(ReadOnlySpan<double> u, Span<double> x)
    {
        for (int i = 0; i < u.Length; i++)
        {
            x[i] = Value(i, u[i]);
        }
    }
}
