namespace RanCognition.Optimization.Search;

/// <summary>What one variable can be: any number of an interval, or one of its levels.</summary>
/// <remarks>
/// Level k of K has the coordinates [k/K, (k+1)/K). Evenly spaced levels are computed, not kept, so that a variable costs the same whatever their number. Where there are too many for searches that walk
/// level by level, the variable counts as continuous, and its value is rounded to the nearest of them.
/// </remarks>
internal sealed class SearchAxis
{
    // More levels than this are searched as if they were an interval.
    private const double LevelsMax = 1 << 30;

    private readonly double[]? _values;
    private readonly double _width;
    private readonly double _step;

    // Steps are counted from a place below the smallest value allowed: what is left of lower + k step has the same digits.
    private readonly double _origin;
    private readonly double _first;

    // The level that is the present value, and that value as it was given: lower + k step can differ from it in the last digit.
    private readonly double _anchorLevel;
    private readonly double _anchorValue;

    private SearchAxis(double lower, double upper, double pointCount)
    {
        Lower = lower;
        Upper = upper;
        PointCount = pointCount;
        LevelCount = pointCount <= LevelsMax ? (int)pointCount : 0;
        _width = upper - lower;
        _anchorLevel = -1;
    }

    private SearchAxis(double[] values)
        : this(values[0], values[^1], values.Length) =>
        _values = values;

    private SearchAxis(double origin, double step, double first, double last, double anchor, double anchorValue)
        : this(origin + first * step, origin + last * step, last - first + 1)
    {
        _origin = origin;
        _step = step;
        _first = first;
        _anchorLevel = anchor - first;
        _anchorValue = anchorValue;
    }

    public double Lower { get; }

    public double Upper { get; }

    /// <summary>Distinct values; infinite on an interval.</summary>
    public double PointCount { get; }

    /// <summary>Levels; 0 = it is searched as an interval.</summary>
    public int LevelCount { get; }

    /// <summary>Whether the levels have no order.</summary>
    public bool IsCategory { get; private init; }

    /// <summary>Whether any number between the bounds is allowed.</summary>
    public bool IsInterval => double.IsInfinity(PointCount);

    /// <summary>Any number from lower to upper; one level when they are the same.</summary>
    public static SearchAxis Interval(double lower, double upper) =>
        lower == upper ? List([lower], false) : new SearchAxis(lower, upper, double.PositiveInfinity);

    /// <summary>The numbers origin + k step, k = first..last.</summary>
    /// <param name="origin">What steps are counted from.</param>
    /// <param name="step">Their distance.</param>
    /// <param name="first">Smallest k.</param>
    /// <param name="last">Largest k, less than 2^52 above the smallest.</param>
    /// <param name="anchor">The k of a level whose value was given; below the first = none.</param>
    /// <param name="anchorValue">That value.</param>
    public static SearchAxis Steps(double origin, double step, double first, double last, double anchor, double anchorValue) =>
        first == last ? List([anchor == first ? anchorValue : origin + first * step], false) : new SearchAxis(origin, step, first, last, anchor, anchorValue);

    /// <summary>The numbers of a list.</summary>
    public static SearchAxis List(double[] values, bool isCategory) => new(values) { IsCategory = isCategory };

    /// <summary>The value that a coordinate in [0, 1] stands for.</summary>
    public double Value(double u)
    {
        u = Unit(u);
        if (LevelCount != 0)
        {
            return ValueOf(Level(u));
        }
        return IsInterval ? Math.Min(Lower + u * _width, Upper) : ValueOf(Math.Round(u * (PointCount - 1)));
    }

    /// <summary>Place of the level that a coordinate stands for.</summary>
    public int Level(double u) => Math.Clamp((int)(u * LevelCount), 0, LevelCount - 1);

    /// <summary>The coordinate that stands for a level.</summary>
    public double Middle(int level) => (level + 0.5) / LevelCount;

    /// <summary>The coordinate of the k-th of the distinct values.</summary>
    public double CoordinateOf(double place) => LevelCount != 0 ? (place + 0.5) / LevelCount : place / (PointCount - 1);

    /// <summary>The coordinate of a value: of the nearest level where there are levels.</summary>
    public double Coordinate(double value)
    {
        if (IsInterval)
        {
            return Unit((value - Lower) / _width);
        }
        return CoordinateOf(_values is null ? Math.Clamp(Math.Round((value - _origin) / _step - _first), 0, PointCount - 1) : Nearest(_values, value));
    }

    private static double Unit(double u) => u >= 0 ? Math.Min(u, 1) : 0;   // 0 for NaN too

    private static int Nearest(double[] values, double value)
    {
        int nearest = 0;
        for (int k = 1; k < values.Length; k++)
        {
            nearest = Math.Abs(values[k] - value) < Math.Abs(values[nearest] - value) ? k : nearest;
        }
        return nearest;
    }

    private double ValueOf(double place)
    {
        if (_values is { } values)
        {
            return values[(int)place];
        }
        return place == _anchorLevel ? _anchorValue : _origin + (_first + place) * _step;
    }
}
