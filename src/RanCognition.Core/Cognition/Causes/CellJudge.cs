using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Causes;

/// <summary>Overload, interference and coverage holes of one cell. What the tests are and where their limits are from: README.md of this folder.</summary>
internal static class CellJudge
{
    /// <summary>Periods that overload is told from: a state of now, not of the day.</summary>
    public const int LoadPeriods = 8;

    /// <summary>PRB use from which a cell is full, percent.</summary>
    public const double FullPercent = 90;

    private const double BusyPercent = 80;   // with a throughput below half of the usual one that is overload too
    private const double SlowShare = .5;
    private const double ErrorShareLimit = .2, ErrorShareHealthy = .1;
    private const double LowCqiLimit = .5, LowCqiHealthy = .25;
    private const double LowRsrpLimit = .1, LowRsrpHealthy = .05;
    private const double ReestablishmentLimit = .1, ReestablishmentHealthy = .05;

    /// <summary>Appends what ails the cell.</summary>
    /// <param name="counters">Of the cell.</param>
    /// <param name="handoversKnown">A relation that leaves the cell was judged.</param>
    /// <param name="handoversFaulty">One of them is faulty.</param>
    /// <param name="findings">Appended to.</param>
    /// <param name="passed">Tests that were made and found nothing are appended.</param>
    /// <returns>Probability of the likeliest cause that was not found.</returns>
    public static double Judge(ObjectCounters counters, bool handoversKnown, bool handoversFaulty, List<RankedFinding> findings, List<CauseTest> passed)
    {
        double suspicion = 0;
        int before = findings.Count;
        Load(counters, Counter.PrbDl, "prb_use_dl", findings, passed, ref suspicion);
        if (findings.Count == before)   // one finding of overload is enough for a cell
        {
            Load(counters, Counter.PrbUl, "prb_use_ul", findings, passed, ref suspicion);
        }
        int loads = findings.Count;
        bool isWeak = LevelJudge.Coverage(counters, findings, passed, ref suspicion);
        Radio(counters, isWeak, handoversKnown && !handoversFaulty, findings, passed, ref suspicion);
        if (findings.Count == loads)
        {
            LevelJudge.Interference(counters, findings, passed, ref suspicion);
        }
        if (findings.Count == before)
        {
            LevelJudge.Collapse(counters, findings);
        }
        return counters.HasPast ? suspicion : 1 - (1 - suspicion) / 2;   // one look says half as much
    }

    private static void Load(ObjectCounters counters, Counter counter, string name, List<RankedFinding> findings, List<CauseTest> passed, ref double suspicion)
    {
        if (counters.Find(counter) is not { } use)
        {
            return;
        }
        MetricGrid? throughput = counter == Counter.PrbDl ? counters.Find(Counter.UeThroughputDl) : null;
        double usual = throughput is null ? double.NaN : Medians.Before(throughput, LoadPeriods);
        int known = 0, full = 0, compared = 0, slow = 0;
        for (int k = Math.Max(0, use.Values.Length - LoadPeriods); k < use.Values.Length; k++)
        {
            double percent = use.Values[k];
            if (!(percent >= 0 && percent <= 100))
            {
                continue;
            }
            known++;
            full += percent >= FullPercent ? 1 : 0;
            double user = throughput is null ? double.NaN : Alignment.ValueAt(throughput, use, k);
            if (double.IsFinite(user) && usual > 0)
            {
                compared++;
                slow += percent >= BusyPercent && user < SlowShare * usual ? 1 : 0;
            }
        }
        if (known == 0)
        {
            return;
        }
        double present = Medians.Of(use, LoadPeriods);
        bool isFull = full * 2 > known, isSlow = compared > 0 && slow * 2 > compared;
        CauseTest prb = new() { Name = name, Metric = use.Metric, Value = present, Limit = FullPercent, Holds = present >= FullPercent };
        CauseTest share = Majority(name + "_full_periods", use.Metric, full, known, isFull);
        double confidence = RateTests.AtLeast(full, known, .5);
        if (!isFull && !isSlow)
        {
            passed.Add(prb);
            suspicion = Math.Max(suspicion, confidence);
            return;
        }
        List<CauseTest> tests = [prb, share];
        if (compared > 0)
        {
            double user = Medians.Of(throughput!, LoadPeriods);
            tests.Add(new CauseTest { Name = "ue_throughput", Metric = throughput!.Metric, Value = user, Limit = SlowShare * usual, Holds = user < SlowShare * usual });
            if (isSlow)
            {
                tests.Add(Majority("busy_and_slow_periods", throughput.Metric, slow, compared, true));
                confidence = Math.Max(confidence, RateTests.AtLeast(slow, compared, .5));
            }
        }
        findings.Add(new RankedFinding
        {
            Excess = present,
            Finding = new CauseFinding
            {
                Name = CauseNames.Overload, Confidence = confidence, ManagedObject = counters.ManagedObject, Tests = tests, Metric = use.Metric, Samples = known,
            },
        });
    }

    // Most periods: a binomial test against one in two.
    internal static CauseTest Majority(string name, string metric, int count, int periods, bool holds) => new()
    {
        Name = name, Metric = metric, Value = (double)count / periods, Limit = .5, PValue = RateTests.UpperTail(count, periods, .5), Holds = holds,
    };

    private static void Radio(ObjectCounters counters, bool isWeakLevel, bool handoversHealthy, List<RankedFinding> findings, List<CauseTest> passed, ref double suspicion)
    {
        bool readable = counters.RsrpBinMax is > CounterNames.RsrpLowBinMax and <= CounterNames.RsrpBinMax;
        ShareTest? weak = readable ? ShareTest.Of("low_rsrp_share", counters, Counter.RsrpLow, Counter.RsrpReports, LowRsrpLimit, LowRsrpHealthy) : null;
        bool isWeak = isWeakLevel || weak is { Holds: true }, isStrong = readable && !isWeak && counters.Find(Counter.RsrpReports) is not null;
        if (weak is { Holds: true } && !isWeakLevel)   // one finding of weak signals is enough
        {
            findings.Add(Found(CauseNames.CoverageHole, counters, weak, null));
        }
        else if (weak is { Holds: false })
        {
            Pass(weak, passed, ref suspicion);
        }
        bool disturbed = false;
        ShareTest?[] errors =
        [
            ShareTest.Of("uplink_block_errors", counters, Counter.UplinkInitialErrors, Counter.UplinkInitial, ErrorShareLimit, ErrorShareHealthy)
                ?? ShareTest.Of("uplink_block_errors", counters, Counter.UplinkErrors, Counter.Uplink, ErrorShareLimit, ErrorShareHealthy),
            ShareTest.Of("downlink_block_errors", counters, Counter.DownlinkInitialErrors, Counter.DownlinkInitial, ErrorShareLimit, ErrorShareHealthy)
                ?? ShareTest.Of("downlink_block_errors", counters, Counter.DownlinkErrors, Counter.Downlink, ErrorShareLimit, ErrorShareHealthy),
            isStrong ? ShareTest.Of("low_cqi_share", counters, Counter.CqiLow, Counter.CqiReports, LowCqiLimit, LowCqiHealthy) : null,   // with weak signals it says nothing of interference
        ];
        foreach (ShareTest? test in errors)
        {
            if (test is { Holds: true } && !isWeak && !disturbed)
            {
                findings.Add(Found(CauseNames.Interference, counters, test, weak));
                disturbed = true;
            }
            else if (test is { Holds: false })
            {
                Pass(test, passed, ref suspicion);
            }
        }
        ShareTest? lost = ShareTest.Beside("reestablishment_share", counters, Counter.Reestablishments, Counter.ConnectionAttempts, ReestablishmentLimit, ReestablishmentHealthy);
        if (lost is { Holds: true } && handoversHealthy && !isWeak && !isStrong && !disturbed)
        {
            findings.Add(Found(CauseNames.CoverageHole, counters, lost, null));   // connections are lost, and not to handovers
        }
        else if (lost is { Holds: false })
        {
            Pass(lost, passed, ref suspicion);
        }
    }

    private static void Pass(ShareTest test, List<CauseTest> passed, ref double suspicion)
    {
        passed.Add(test.Write(false));
        suspicion = Math.Max(suspicion, test.BeyondLimit);
    }

    private static RankedFinding Found(string cause, ObjectCounters counters, ShareTest test, ShareTest? against) => new()
    {
        Excess = test.Excess,
        Finding = new CauseFinding
        {
            Name = cause,
            Confidence = test.Confidence,
            ManagedObject = counters.ManagedObject,
            Tests = against is null ? [test.Write(true)] : [test.Write(true), against.Write(false)],
            Metric = test.Metric,
            Samples = test.Samples,
        },
    };
}
