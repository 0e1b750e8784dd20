using RanCognition.Cognition.Situations;
using RanCognition.Performance;
using RanCognition.Temporal;
using RanCognition.Temporal.Forecasting;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Outlooks;

/// <summary>What will be observed of a metric when nothing is changed.</summary>
internal sealed class FutureBuilder(SituationView view, ScenarioScores scores)
{
    private const int WindowMax = 96;
    private const int GapMax = 24;

    /// <summary>Newest periods that are used: eight days of quarters of an hour.</summary>
    private const int HistoryMax = 768;

    private const int ResidualsMax = 24;
    private const double DayNs = 86_400e9;
    private const int SeasonLeast = 4;

    /// <summary>Metrics that get an ensemble forecast beside the plain ones: the first, which are those of targets and objectives.</summary>
    private const int EnsemblesMax = 8;

    // An ensemble forecast takes about this long, ns.
    private const ulong EnsembleNs = 100_000;

    private Forecaster? _forecaster;
    private int _ensembles;

    public WindowFuture Build(MetricReference reference)
    {
        MetricGrid? grid = view.Series.Find(reference.Name);
        if (reference.Denominator is not { } denominator)
        {
            double upper = MetricFamily.UpperBoundOf(reference);
            return grid is not null && IsAnyKnown(Newest(grid.Values, HistoryMax))
                ? OfLevel(Newest(grid.Values, HistoryMax), grid, upper)
                : OfPresent(view.Series.Latest(reference), upper);
        }
        if (grid is null || view.Series.Find(denominator) is not { } under || !GridPair.TryBring(grid, under, out grid, out under) || !TryAlign(grid, under, out double[] above, out double[] below))
        {
            return OfPresent(view.Series.Latest(reference), double.PositiveInfinity);
        }
        return AreCounts(above, below) ? OfRate(above, below, grid) : OfQuotient(above, below, grid, reference);
    }

    /// <summary>Values of two metrics for the same periods, newest last; false when they lie between each other or have no period in common.</summary>
    private static bool TryAlign(MetricGrid above, MetricGrid below, out double[] upper, out double[] lower)
    {
        upper = lower = [];
        if (above.StepNs != below.StepNs || (above.StepNs == 0 && above.StartNs != below.StartNs))
        {
            return false;
        }
        long shift = 0;   // place in below of above's first sample
        if (above.StepNs != 0)
        {
            Int128 distance = (Int128)above.StartNs - below.StartNs;
            if (distance % above.StepNs != 0)
            {
                return false;
            }
            shift = (long)Int128.Clamp(distance / above.StepNs, -GridBuilder.BinsMax, GridBuilder.BinsMax);
        }
        long first = Math.Max(0, -shift), end = Math.Min(above.Values.Length, below.Values.Length - shift);
        first = Math.Max(first, end - HistoryMax);
        if (end <= first)
        {
            return false;
        }
        upper = above.Values[(int)first..(int)end];
        lower = below.Values[(int)(first + shift)..(int)(end + shift)];
        return true;
    }

    /// <summary>Whole numbers, and never more cases than attempts.</summary>
    private static bool AreCounts(double[] above, double[] below)
    {
        for (int i = 0; i < above.Length; i++)
        {
            if (double.IsFinite(above[i]) && double.IsFinite(below[i])
                && !(above[i] >= 0 && above[i] <= below[i] && Math.Floor(above[i]) == above[i] && Math.Floor(below[i]) == below[i]))
            {
                return false;
            }
        }
        return true;
    }

    private WindowFuture OfRate(double[] above, double[] below, MetricGrid grid)
    {
        ReadOnlySpan<double> cases = Newest(above, RateForecast.PeriodsMax), attempts = Newest(below, RateForecast.PeriodsMax);
        double[] values = new double[scores.Count];
        if (!RateForecast.Fill(cases, attempts, WindowOf(grid), scores.Scores, values))
        {
            return WindowFuture.Unknown;   // nothing was attempted: no share can be told
        }
        double allCases = 0, allAttempts = 0;
        for (int i = 0; i < cases.Length; i++)
        {
            if (double.IsFinite(cases[i]) && attempts[i] > 0)
            {
                (allCases, allAttempts) = (allCases + cases[i], allAttempts + attempts[i]);
            }
        }
        double[] residuals = new double[cases.Length];
        for (int i = 0; i < residuals.Length; i++)
        {
            residuals[i] = attempts[i] > 0 ? (cases[i] - attempts[i] * (allCases / allAttempts)) / Math.Sqrt(attempts[i]) : double.NaN;
        }
        return new WindowFuture { Kind = FutureKind.Rate, Values = values, Lower = 0, Upper = 1, Residuals = residuals };
    }

    private WindowFuture OfQuotient(double[] above, double[] below, MetricGrid grid, MetricReference reference)
    {
        double[] quotients = new double[above.Length];
        for (int i = 0; i < quotients.Length; i++)
        {
            quotients[i] = MetricReference.Quotient(above[i], below[i]);
        }
        return IsAnyKnown(quotients) ? OfLevel(quotients, grid, 1) : OfPresent(view.Series.Latest(reference), double.PositiveInfinity);
    }

    private WindowFuture OfLevel(ReadOnlySpan<double> history, MetricGrid grid, double upper)
    {
        double season = grid.StepNs == 0 ? 1 : Math.Round(DayNs / grid.StepNs);
        int daily = season >= SeasonLeast && season * 2 <= history.Length ? (int)season : 1;
        LevelForecast forecast = new(history, WindowOf(grid), GapOf(grid), daily);
        double[] values = new double[scores.Count];
        forecast.Fill(NextForecaster(), grid.StepSeconds, scores.Scores, values);
        bool isNonNegative = true;
        foreach (double value in history)
        {
            isNonNegative &= !(value < 0);
            upper = value > upper ? double.PositiveInfinity : upper;   // whatever the name says
        }
        upper = isNonNegative ? upper : double.PositiveInfinity;
        return Bounded(FutureKind.History, values, isNonNegative ? 0 : double.NegativeInfinity, upper, double.NaN, [.. Newest(forecast.Residuals(), ResidualsMax)]);
    }

    private Forecaster? NextForecaster() =>
        _ensembles++ < EnsemblesMax && view.Budget.Left > EnsembleNs * (ulong)EnsemblesMax ? _forecaster ??= new Forecaster(view.Kernels) : null;

    /// <summary>One value says nothing of the spread: a fifth of its size, and of a unit at 0.</summary>
    private WindowFuture OfPresent(double present, double upper)
    {
        if (!double.IsFinite(present))
        {
            return WindowFuture.Unknown;
        }
        double deviation = LevelForecast.LonePart * (present == 0 ? 1 : Math.Abs(present));
        double[] values = new double[scores.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Clamp(present + deviation * scores.Scores[i], -double.MaxValue, double.MaxValue);
        }
        return Bounded(FutureKind.Present, values, present >= 0 ? 0 : double.NegativeInfinity, present <= upper ? upper : double.PositiveInfinity, present, []);
    }

    /// <summary>
    /// Without a history: what a model says, as uncertain as its errors were. Where the newest value is known it is that value, as uncertain as the model is off it:
    /// the only evidence on the model that there is.
    /// </summary>
    public WindowFuture Modelled(double answer, WindowFuture present, double learnedError)
    {
        double value = answer, deviation = learnedError;
        if (present.Kind == FutureKind.Present && present.Present > 0 && answer > 0)
        {
            double off = Math.Min(LevelForecast.LonePart, Math.Abs(Math.Log(present.Present / answer)));
            value = off < 1e-9 ? answer : present.Present;
            deviation = Math.Sqrt(off * off + learnedError * learnedError);
        }
        else if (present.Kind == FutureKind.Present && present.Present != answer)
        {
            return present;   // signs differ: there is no factor between them
        }
        double[] values = new double[scores.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = deviation == 0 ? value : value * Math.Exp(deviation * (value < 0 ? -scores.Scores[i] : scores.Scores[i]));
        }
        double upper = present.Kind == FutureKind.Present ? present.Upper : double.PositiveInfinity;
        return Bounded(FutureKind.Model, values, value >= 0 ? 0 : double.NegativeInfinity, value <= upper ? upper : double.PositiveInfinity, value, []);
    }

    private static WindowFuture Bounded(FutureKind kind, double[] values, double lower, double upper, double present, double[] residuals)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Clamp(values[i], lower, upper);
        }
        return new WindowFuture { Kind = kind, Values = values, Lower = lower, Upper = upper, Present = present, Residuals = residuals };
    }

    private int WindowOf(MetricGrid grid) => grid.StepNs == 0 ? 1 : (int)Math.Clamp(Math.Round((double)view.ObserveNs / grid.StepNs), 1, WindowMax);

    /// <summary>A history that ended long ago is taken as it is: it is what there is to judge by.</summary>
    private int GapOf(MetricGrid grid)
    {
        ulong end = grid.EndNs;
        ulong periods = grid.StepNs == 0 || end >= view.TimeNs ? 0 : (view.TimeNs - end) / grid.StepNs;
        return periods <= GapMax ? (int)periods : 0;
    }

    private static bool IsAnyKnown(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                return true;
            }
        }
        return false;
    }

    private static ReadOnlySpan<double> Newest(ReadOnlySpan<double> values, int count) => values[Math.Max(0, values.Length - count)..];
}
