using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Causes;

/// <summary>What the levels of a cell tell: coverage holes, interference, and that something fell which nothing explains.</summary>
internal static class LevelJudge
{
    private const double WeakDbm = -110, WeakSharePercent = 20;

    /// <summary>Appends a coverage hole when the signal is weak or has become so.</summary>
    public static bool Coverage(ObjectCounters cell, List<RankedFinding> findings, List<CauseTest> passed, ref double suspicion)
    {
        foreach (MetricGrid grid in cell.Levels(LevelKind.WeakShare))
        {
            if (IsWeak(cell, grid, LevelKind.WeakShare, findings, passed, ref suspicion))
            {
                return true;
            }
        }
        foreach (MetricGrid grid in cell.Levels(LevelKind.SignalStrength))
        {
            if (IsWeak(cell, grid, LevelKind.SignalStrength, findings, passed, ref suspicion))
            {
                return true;
            }
        }
        return Moved(cell, LevelKind.SignalStrength, "rsrp_fall", CauseNames.CoverageHole, 1, findings, passed, ref suspicion);
    }

    /// <summary>Appends interference; only for cells without a coverage hole, which explains as much.</summary>
    public static void Interference(ObjectCounters cell, List<RankedFinding> findings, List<CauseTest> passed, ref double suspicion)
    {
        // A signal that fell half of the way leaves open which of both it is; one that is not known makes it half as sure.
        bool isFalling = Worst(cell, LevelKind.SignalStrength) is { Steps: >= .5 };
        bool isKnown = cell.Levels(LevelKind.SignalStrength).Count > 0 || cell.Find(Counter.RsrpReports) is not null;
        string cause = isFalling ? CauseNames.Unknown : CauseNames.Interference;
        double sure = isFalling ? 0 : isKnown ? 1 : .5;
        _ = Moved(cell, LevelKind.UplinkInterference, "uplink_interference_rise", CauseNames.Interference, 1, findings, passed, ref suspicion)
            || Moved(cell, LevelKind.SignalQuality, "sinr_fall", cause, sure, findings, passed, ref suspicion)
            || Moved(cell, LevelKind.ChannelQuality, "cqi_fall", cause, sure, findings, passed, ref suspicion);
    }

    /// <summary>Appends "unknown" when what the cell serves fell below half.</summary>
    public static void Collapse(ObjectCounters cell, List<RankedFinding> findings)
    {
        double none = 0;
        _ = Moved(cell, LevelKind.Service, "service_collapse", CauseNames.Unknown, 0, findings, null, ref none)
            || Moved(cell, LevelKind.Volume, "volume_collapse", CauseNames.Unknown, 0, findings, null, ref none);
    }

    private static bool IsWeak(ObjectCounters cell, MetricGrid grid, LevelKind kind, List<RankedFinding> findings, List<CauseTest> passed, ref double suspicion)
    {
        int known = 0, weak = 0;
        for (int k = Math.Max(0, grid.Values.Length - CellJudge.LoadPeriods); k < grid.Values.Length; k++)
        {
            double value = grid.Values[k];
            if (LevelShift.IsPlausible(kind, value))
            {
                known++;
                weak += (kind == LevelKind.WeakShare ? value > WeakSharePercent : value < WeakDbm) ? 1 : 0;
            }
        }
        if (known == 0)
        {
            return false;
        }
        bool isWeak = weak * 2 > known;
        double confidence = RateTests.AtLeast(weak, known, .5);
        CauseTest test = CellJudge.Majority(kind == LevelKind.WeakShare ? "weak_share_periods" : "weak_rsrp_periods", grid.Metric, weak, known, holds: true);   // it speaks for what it is listed with
        if (isWeak)
        {
            findings.Add(Found(cell, CauseNames.CoverageHole, confidence, grid.Metric, known, weak, test));
            return true;
        }
        passed.Add(test);
        suspicion = Math.Max(suspicion, confidence);
        return false;
    }

    private static bool Moved(
        ObjectCounters cell, LevelKind kind, string name, string cause, double sure, List<RankedFinding> findings, List<CauseTest>? passed, ref double suspicion)
    {
        if (Worst(cell, kind) is not { } worst)
        {
            return false;
        }
        if (worst.Holds)
        {
            findings.Add(Found(cell, cause, sure * worst.AtLeast(.5), worst.Grid.Metric, CellJudge.LoadPeriods, worst.Steps, worst.Write(name)));
            return true;
        }
        if (passed is not null)
        {
            passed.Add(worst.Write(name, expected: false));
            suspicion = Math.Max(suspicion, worst.AtLeast(1));
        }
        return false;
    }

    private static LevelShift? Worst(ObjectCounters cell, LevelKind kind)
    {
        LevelShift? worst = null;
        foreach (MetricGrid grid in cell.Levels(kind))
        {
            if (LevelShift.Of(grid, kind) is { } shift && (worst is null || (shift.Holds == worst.Holds ? shift.Steps > worst.Steps : shift.Holds)))
            {
                worst = shift;
            }
        }
        return worst;
    }

    private static RankedFinding Found(ObjectCounters cell, string cause, double confidence, string metric, double samples, double excess, CauseTest test) => new()
    {
        Excess = excess,
        Finding = new CauseFinding { Name = cause, Confidence = confidence, ManagedObject = cell.ManagedObject, Tests = [test], Metric = metric, Samples = samples },
    };
}
