using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>One series taken apart: seasons, lasting changes, and what is left, made unpredictable from its own past.</summary>
internal sealed class SeriesModel
{
    private const int NoiseOrderMax = 8;
    private const int SamplesPerOrder = 12;
    // Periods up to this are taken out by the search for changes itself.
    private const int ChangePeriodMax = 58;

    private readonly int[] _changes;   // first samples of new segments, in this model's indices

    private SeriesModel(int start, double[] level, List<Season> seasons, int[] changes, double unitsPerLevel, bool isLogarithm)
    {
        (Start, Level, Seasons, UnitsPerLevel) = (start, level, seasons, unitsPerLevel);
        _changes = changes;
        Rest = WithoutSegmentLines(level, changes);
        Noise = AutoregressiveNoise.Fit(Rest, Math.Min(NoiseOrderMax, Rest.Length / SamplesPerOrder));
        Innovations = Noise.Innovations(Rest);
        InnovationsInUnits = isLogarithm ? [.. Innovations.Select((value, i) => value * Math.Exp(Level[i + Noise.Order] - Rest[i + Noise.Order]))] : null;
    }

    /// <summary>Index in the grid of the first sample of this model; older ones are left out of very long series.</summary>
    public int Start { get; }

    /// <summary>The values without their seasons, scaled, as logarithms where the range is wide.</summary>
    public double[] Level { get; }

    public List<Season> Seasons { get; }

    /// <summary>What one unit of Level is in the metric's unit, at the metric's median.</summary>
    public double UnitsPerLevel { get; }

    /// <summary>What the seasons and a line in each segment leave.</summary>
    public double[] Rest { get; }

    public AutoregressiveNoise Noise { get; }

    /// <summary>The unpredictable part of Rest, from its sample Noise.Order on.</summary>
    public double[] Innovations { get; }

    /// <summary>The same times what one unit of Level is where each stands; null when Level is no logarithm.</summary>
    public double[]? InnovationsInUnits { get; }

    /// <summary>Null when there is too little, or nothing moves.</summary>
    public static SeriesModel? Of(SimdOps simd, MetricGrid grid, SeasonSearch search, double significance)
    {
        int start = Math.Max(0, grid.Values.Length - SeasonSearch.SamplesMax);
        ReadOnlySpan<double> values = grid.Values.AsSpan(start);
        if (!ChangePointInput.TryNormalise(simd, values, out double[]? x, out double unitsPerLevel, out bool isLogarithm))
        {
            return null;
        }
        List<Season> seasons = search.Find(x, grid.StepSeconds, significance);
        foreach (Season season in seasons)
        {
            int[] bins = Season.Bins(x.Length, season.Period, season.Profile.Length);
            for (int t = 0; t < x.Length; t++)
            {
                x[t] -= season.Profile[bins[t]];
            }
        }
        int[] changes = ChangePoints.Find(simd, seasons.Exists(season => season.Period > ChangePeriodMax) ? x : values);
        return new SeriesModel(start, x, seasons, changes, unitsPerLevel, isLogarithm);
    }

    /// <summary>The lasting changes, in the grid's indices and the metric's unit.</summary>
    public ChangePoint[] ChangesIn(SimdOps simd, MetricGrid grid)
    {
        double[] levels = ChangePoints.Levels(simd, grid.Values.AsSpan(Start), _changes);
        ChangePoint[] changes = new ChangePoint[_changes.Length];
        ChangePointTest test = new(simd, Level, (int)Math.Round(Seasons.Count > 0 ? Seasons.Min(season => season.Period) : 0), _changes);
        for (int i = 0; i < changes.Length; i++)
        {
            changes[i] = new ChangePoint(Start + _changes[i], levels[i], levels[i + 1], test.PValue(i));
        }
        return changes;
    }

    /// <summary>First and one past the last sample of each segment.</summary>
    public IEnumerable<(int From, int To)> Segments()
    {
        int from = 0;
        foreach (int change in _changes)
        {
            yield return (from, change);
            from = change;
        }
        yield return (from, Level.Length);
    }

    private static double[] WithoutSegmentLines(double[] level, int[] changes)
    {
        double[] rest = new double[level.Length];
        int from = 0;
        for (int i = 0; i <= changes.Length; i++)
        {
            int to = i < changes.Length ? changes[i] : level.Length;
            StraightLine line = StraightLine.Fit(level.AsSpan(from, to - from));
            for (int t = from; t < to; t++)
            {
                rest[t] = level[t] - line.At(t - from);
            }
            from = to;
        }
        return rest;
    }
}
