using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>Everything that is looked for in one series: seasons, trend, lasting shifts of level and spread, events, repeated shapes.</summary>
internal sealed class SeriesExamination
{
    private const double SecondsPerDay = 86_400;

    // An event that begins this near to a change of level in the same direction is the change, not one more finding.
    private const int SameMomentSamples = 3;

    // A value seen in more than this share of the samples: what lies between is no noise whose spread or shapes could be tested.
    private const int CommonValuesMax = 4;

    // Of the noise whose long means are the measure of a change: a random walk has no level.
    private const double CorrelationMax = .999;
    private const double CorrelationErrors = 4;

    private readonly SimdOps _simd;
    private readonly int _metric;
    private readonly MetricGrid _grid;
    private readonly List<Finding> _findings = [];

    /// <param name="simd">Kernels to use.</param>
    /// <param name="metric">Index of the series in the call.</param>
    /// <param name="grid">The series.</param>
    /// <param name="search">Looks for seasons.</param>
    /// <param name="significance">Bound on the p-value of a season that is taken out.</param>
    public SeriesExamination(SimdOps simd, int metric, MetricGrid grid, SeasonSearch search, double significance)
    {
        (_simd, _metric, _grid) = (simd, metric, grid);
        Events = AnomalyScan.Events(grid.Values, grid.StepSeconds);
        Model = SeriesModel.Of(simd, grid, search, significance);
        Changes = Model?.ChangesIn(simd, grid) ?? [];
        if (Model is not null)
        {
            OfSeasons(Model);
            OfLevels(Model);
            if (!HasCommonValue(grid.Values))
            {
                OfSpread(Model);
                OfMotifs(Model);
            }
            OfEvents(Model);
        }
        OfFlatLines();
    }

    /// <summary>Tests made so far.</summary>
    public int Tests { get; private set; }

    public IReadOnlyList<Finding> Findings => _findings;

    public AnomalyEvent[] Events { get; }

    public ChangePoint[] Changes { get; }

    /// <summary>Null when there is too little, or nothing moves.</summary>
    public SeriesModel? Model { get; }

    private int Last => _grid.Values.Length - 1;

    private void OfSeasons(SeriesModel model)
    {
        Tests++;
        foreach (Season season in model.Seasons)
        {
            List<KeyValuePair<string, double>> parameters =
                [new("period_steps", season.Period), new("strength", season.Strength), new("cycles", season.Cycles)];
            if (_grid.StepNs != 0)
            {
                parameters.Insert(0, new("period_ns", Math.Round(season.Period * _grid.StepNs)));
            }
            Add(PatternTypes.Seasonality, model.Start, Last, season.PValue, [.. parameters]);
        }
    }

    /// <summary>Level shifts at the changes, a trend over a whole history, a drift in one segment of it.</summary>
    private void OfLevels(SeriesModel model)
    {
        double period = model.Seasons.Count > 0 ? model.Seasons.Max(season => season.Period) : 0;
        // Never less than the plain variance: medians of steps are 0 where most values are equal.
        double noise = Math.Max(
            ChangePoints.LongRunVariance(_simd, model.Level, CorrelationMax, CorrelationErrors), _simd.Dot(model.Rest, model.Rest) / model.Rest.Length);
        List<(int From, int To, StraightLine Line, double PValue)> segments = [];
        bool isWhole = Changes.Length == 0;
        foreach ((int from, int to) in model.Segments())
        {
            ReadOnlySpan<double> segment = model.Level.AsSpan(from, to - from);
            StraightLine line = StraightLine.Fit(segment);
            // The ends of a segment were chosen to make it straight, so its own residuals are too small a measure: any n places must not do as well.
            double chosen = isWhole ? 0 : model.Level.Length * Tail(line.Slope * line.Slope * Cube(to - from) / 12, noise);
            segments.Add((from, to, line, Math.Max(TrendTest.PValue(_simd, segment, period), chosen)));
            Tests++;
        }
        foreach ((int from, int to, StraightLine _, double pValue) in segments)
        {
            StraightLine line = LineOfValues(model.Start + from, model.Start + to);
            double perStep = line.Slope;
            KeyValuePair<string, double> slope = _grid.StepNs != 0
                ? new("slope_per_day", perStep * SecondsPerDay / _grid.StepSeconds)
                : new("slope_per_step", perStep);
            Add(segments.Count == 1 ? PatternTypes.Trend : PatternTypes.Drift, model.Start + from, model.Start + to - 1, pValue,
                [slope, new("change", perStep * (to - from - 1)), new("samples", to - from)]);
        }
        for (int i = 0; i < Changes.Length; i++)
        {
            Tests++;
            if (IsOnlyABend(segments[i], segments[i + 1]))
            {
                continue;
            }
            double distance = segments[i + 1].Line.At((segments[i + 1].To - segments[i + 1].From) / 2.0) - segments[i].Line.At((segments[i].To - segments[i].From) / 2.0);
            double weight = 1 / (1.0 / (segments[i].To - segments[i].From) + 1.0 / (segments[i + 1].To - segments[i + 1].From));
            ChangePoint change = Changes[i];
            double pValue = Math.Max(change.PValue, model.Level.Length * Tail(distance * distance * weight, noise));
            int end = i + 1 < Changes.Length ? Changes[i + 1].Index - 1 : Last;
            Add(PatternTypes.LevelShift, change.Index, end, pValue, [new("before", change.Before), new("after", change.After)]);
        }
    }

    // Of a sum of squares of one degree of freedom against the long-run variance.
    private static double Tail(double squares, double variance) => variance > 0 ? TailProbability.NormalTwoSided(Math.Sqrt(squares / variance)) : 0;

    private static double Cube(double x) => x * x * x;

    /// <summary>Two lines that nearly meet while one of them rises or falls: the slope changed, not the level.</summary>
    private static bool IsOnlyABend(
        (int From, int To, StraightLine Line, double PValue) before, (int From, int To, StraightLine Line, double PValue) after)
    {
        if (Math.Min(before.PValue, after.PValue) > PatternFinder.Significance)
        {
            return false;
        }
        double lengthBefore = before.To - before.From, lengthAfter = after.To - after.From;
        double jump = after.Line.At(0) - before.Line.At(lengthBefore);
        double distance = after.Line.At(lengthAfter / 2) - before.Line.At(lengthBefore / 2);
        return Math.Abs(jump) < .5 * Math.Abs(distance);
    }

    private StraightLine LineOfValues(int from, int to) =>
        ChangePointInput.TryFill(_grid.Values.AsSpan(from, to - from), out double[]? filled) ? StraightLine.Fit(filled) : default;

    /// <summary>Whether one value is more than a quarter of all samples: idle zeros, states, small counts.</summary>
    private static bool HasCommonValue(ReadOnlySpan<double> values)
    {
        // Three candidates hold every value of such a share (Misra and Gries 1982); their true counts decide.
        Span<double> candidates = stackalloc double[CommonValuesMax - 1];
        Span<int> counts = stackalloc int[CommonValuesMax - 1];
        counts.Clear();
        foreach (double value in values)
        {
            int place = 0;
            while (place < counts.Length && !(counts[place] > 0 && candidates[place] == value))
            {
                place++;
            }
            if (place == counts.Length)
            {
                place = counts.IndexOf(0);
            }
            if (place >= 0)
            {
                (candidates[place], counts[place]) = (value, counts[place] + 1);
                continue;
            }
            foreach (ref int count in counts)
            {
                count--;
            }
        }
        for (int place = 0; place < counts.Length; place++)
        {
            if (counts[place] > 0 && values.Count(candidates[place]) > values.Length / CommonValuesMax)
            {
                return true;
            }
        }
        return false;
    }

    private void OfSpread(SeriesModel model)
    {
        Tests++;
        double period = model.Seasons.Count > 0 ? model.Seasons.Max(season => season.Period) : 0;
        SpreadShift shift = SpreadShift.Find(_simd, model.Innovations, period);
        if (model.InnovationsInUnits is { } inUnits)
        {
            // Of a series taken as logarithms the spread must change both as a share and in its unit, or it only follows the level.
            SpreadShift other = SpreadShift.Find(_simd, inUnits, period);
            shift = other.PValue > shift.PValue ? other : shift;
        }
        int index = model.Start + model.Noise.Order + shift.Index;
        (double before, double after) = (SpreadOf(model, 0, shift.Index), SpreadOf(model, shift.Index, model.Innovations.Length));
        Add(PatternTypes.VarianceShift, index, Last, shift.PValue, [new("before", before), new("after", after), new("ratio", after / before)]);
    }

    /// <summary>Robust standard deviation, in the metric's unit, of what a segment's innovations make of its typical value.</summary>
    private double SpreadOf(SeriesModel model, int from, int to)
    {
        if (from >= to)
        {
            return double.NaN;
        }
        double deviation = ChangePointMedian.Deviation(_simd, model.Innovations.AsSpan(from, to - from).ToArray());
        return deviation * model.UnitsPerLevel;
    }

    private void OfMotifs(SeriesModel model)
    {
        if (MotifSearch.Find(_simd, model.Rest) is not { } motif)
        {
            return;
        }
        Tests++;
        int first = model.Start + motif.First;
        Add(PatternTypes.Motif, first, Math.Min(Last, model.Start + motif.Second + motif.Length - 1), motif.PValue,
        [
            new("length_steps", motif.Length), new("occurrences", motif.Occurrences), new("correlation", motif.Correlation),
            new("second_after_steps", motif.Second - motif.First),
        ]);
    }

    /// <summary>Departures from the expected; not those that are a change of level, or lie in a flat line (an outage stands still too).</summary>
    private void OfEvents(SeriesModel model)
    {
        Tests++;   // the p-values count every excursion
        TestedEvent? flat = FlatLineTest.Longest(_grid.Values) is { PValue: <= PatternFinder.Significance } line ? line : null;
        foreach (TestedEvent one in EventTest.Test(_simd, Events, model))
        {
            if (one.Type == PatternTypes.Outage || !(IsLevelShift(one) || Overlap(one, flat)))
            {
                Add(one.Type, one.From, one.To, one.PValue,
                    [new("value", one.Value), new("expected", one.Expected), new("deviation", one.Deviation), new("samples", one.To - one.From + 1)]);
            }
        }
    }

    private void OfFlatLines()
    {
        Tests++;
        if (FlatLineTest.Longest(_grid.Values) is { } line
            && !_findings.Exists(finding => finding.Type == PatternTypes.Outage && finding.From <= line.To && line.From <= finding.To))
        {
            Add(line.Type, line.From, line.To, line.PValue, [new("value", line.Value), new("samples", line.To - line.From + 1)]);
        }
    }

    private static bool Overlap(TestedEvent one, TestedEvent? other) => other is { } run && run.From <= one.To && one.From <= run.To;

    private bool IsLevelShift(TestedEvent one) =>
        one.Type != PatternTypes.Outage && _findings.Exists(finding =>
            finding.Type == PatternTypes.LevelShift && Math.Abs(finding.From - one.From) <= SameMomentSamples
            && Math.Sign(finding.Parameters[1].Value - finding.Parameters[0].Value) == Math.Sign(one.Value - one.Expected));

    private void Add(string type, int from, int to, double pValue, KeyValuePair<string, double>[] parameters)
    {
        if (pValue <= PatternFinder.Significance)
        {
            _findings.Add(new Finding(_metric, type, from, to, pValue, parameters));
        }
    }
}
