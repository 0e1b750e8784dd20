using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Causes;

/// <summary>Whether a level of the newest periods is away from its own past, to the worse side.</summary>
/// <remarks>
/// The median of the newest periods against the median of the past, in units of the past's spread (1.4826 x median absolute deviation: P. J. Rousseeuw, C. Croux,
/// "Alternatives to the median absolute deviation", JASA 88, 1993), by Student's t. Neighbouring periods depend on each other, so the newest ones count as one
/// value. The past is that of the same times of day where two days of it are known; else all of it, and then the level must also have left all but a tenth of it.
/// </remarks>
internal sealed class LevelShift
{
    public const double ChanceLimit = 1e-4;

    private const int NewestPeriods = CellJudge.LoadPeriods, PastMin = 16;   // of times of day: two days
    private const double EdgeShare = .1;   // of the past, that may be beyond
    private const double LeastOfUsual = 1e-3;   // of its logarithm zero has none
    private const ulong DayNs = 86_400_000_000_000;

    private double _moved, _spread, _limit, _freedom, _usual;

    public required MetricGrid Grid { get; init; }

    /// <summary>Median of the newest periods.</summary>
    public double Present { get; private set; }

    /// <summary>It moved by the limit or more, and not by chance.</summary>
    public bool Holds { get; private set; }

    /// <summary>Steps of the limit by which it moved.</summary>
    public double Steps => _moved / _limit;

    /// <summary>Probability that it truly moved by a part of the limit.</summary>
    public double AtLeast(double part) => 1 - Tail((_moved - part * _limit) / _spread);

    /// <summary>Null when too little is known.</summary>
    public static LevelShift? Of(MetricGrid grid, LevelKind kind)
    {
        bool isRate = kind is LevelKind.Service or LevelKind.Volume;
        (double limit, double floor) = kind switch
        {
            LevelKind.ChannelQuality => (3, .25),   // a step is about 2 dB
            LevelKind.Service or LevelKind.Volume => (Math.Log(2), .02),
            _ => (6.0, .5),
        };
        double present = Medians.Of(grid, NewestPeriods);
        if (!double.IsFinite(present) || Past(grid, out bool isAlike) is not { } past || (kind == LevelKind.Volume && !isAlike))
        {
            return null;
        }
        double usual = past[past.Length / 2], sign = kind == LevelKind.UplinkInterference ? 1 : -1;
        if (!IsPlausible(kind, present) || !IsPlausible(kind, usual) || (isRate && !(usual > 1e-290)))   // a thousandth of it must be a number
        {
            return null;
        }
        double least = LeastOfUsual * usual;
        double[] away = new double[past.Length];
        for (int i = 0; i < away.Length; i++)
        {
            away[i] = Math.Abs(Scaled(past[i]) - Scaled(usual));
        }
        Array.Sort(away);
        int beyond = (int)(EdgeShare * (past.Length - 1));
        double edge = past[sign < 0 ? beyond : past.Length - 1 - beyond], toEdge = sign * (Scaled(present) - Scaled(edge));
        LevelShift shift = new()
        {
            Grid = grid, Present = present, _usual = isRate ? usual / 2 : usual + sign * limit, _limit = limit, _freedom = past.Length - 1,
            _moved = sign * (Scaled(present) - Scaled(usual)), _spread = Math.Max(floor, 1.4826 * away[away.Length / 2]),
        };
        bool isBeyond = (isAlike && kind != LevelKind.Volume) || toEdge >= limit / 2;   // weekends are days too
        shift.Holds = shift._moved >= limit && isBeyond && shift.Chance < ChanceLimit;
        return shift;

        double Scaled(double value) => isRate ? Math.Log(Math.Max(value, least)) : value;
    }

    /// <summary>What such a level can be: others are counts or shares of the same name.</summary>
    public static bool IsPlausible(LevelKind kind, double value) => kind switch
    {
        LevelKind.SignalQuality => Math.Abs(value) <= 60,
        LevelKind.ChannelQuality => value is >= 0 and <= 15,
        LevelKind.UplinkInterference or LevelKind.SignalStrength => value is >= -174 and <= -10,
        LevelKind.WeakShare => value is >= 0 and <= 100,
        _ => value is >= 0 and < double.PositiveInfinity,
    };

    /// <param name="name">Of the test.</param>
    /// <param name="expected">What speaks for the cause: that the test holds, or that it does not.</param>
    public CauseTest Write(string name, bool expected = true) => new()
    {
        Name = name, Metric = Grid.Metric, Value = Present, Limit = _usual, PValue = Chance, Holds = Holds == expected,
    };

    // Of such a median, or a worse one, with the past's spread.
    private double Chance => Tail(_moved / _spread);

    private double Tail(double t)
    {
        double half = TailProbability.StudentTwoSided(t, _freedom) / 2;
        return t > 0 ? half : 1 - half;
    }

    // Sorted; null when it is too short.
    private static double[]? Past(MetricGrid grid, out bool isAlike)
    {
        int length = grid.Values.Length;
        ulong day = grid.StepNs > 0 && DayNs % grid.StepNs == 0 ? DayNs / grid.StepNs : 0;
        isAlike = day > 0;
        double[] past = day > 0 ? Known(grid.Values, length - CounterTable.Periods, day) : [];
        if (past.Length >= PastMin)
        {
            return past;
        }
        isAlike = false;
        // Three quarters of a day show its quietest hours; of less only the step from one hour to the next can be told.
        int before = length - CounterTable.Periods;
        bool isLong = before >= PastMin && (double)before * grid.StepNs >= .75 * DayNs;
        past = Known(grid.Values, isLong ? before : length - NewestPeriods, 1);
        return past.Length >= PastMin ? past : null;
    }

    private static double[] Known(double[] values, int end, ulong day)
    {
        double[] known = new double[Math.Max(0, end)];
        int count = 0;
        for (int i = 0; i < end; i++)
        {
            if (double.IsFinite(values[i]) && (ulong)(values.Length - 1 - i) % day < NewestPeriods)
            {
                known[count++] = values[i];
            }
        }
        Array.Resize(ref known, count);
        Array.Sort(known);
        return known;
    }
}
