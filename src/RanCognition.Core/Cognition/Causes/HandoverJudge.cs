using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Causes;

/// <summary>What ails the handovers of one relation.</summary>
/// <remarks>
/// Classes of TS 38.300, 15.5.2 (too late, too early, to the wrong cell) and ping-pong, each counted per relation. A rate is the count over the attempts of
/// the same periods. 5 % and more is a fault, below 2 % is health, and what is between is held: no cause, no action.
/// </remarks>
internal sealed class HandoverJudge
{
    /// <summary>From this rate on a relation is faulty.</summary>
    public const double FaultyRate = .05;

    /// <summary>Below this rate it is healthy.</summary>
    public const double HealthyRate = .02;

    // The same limits without rounding: counts are whole numbers, as are these.
    private const double FaultyAttemptsPerCount = 20;
    private const double HealthyAttemptsPerCount = 50;

    // In the order in which ties are decided: failures before what is only a waste.
    private static readonly Counter[] Kinds = [Counter.TooLate, Counter.TooEarly, Counter.WrongCell, Counter.PingPong];
    private static readonly string[] Causes = [CauseNames.TooLate, CauseNames.TooEarly, CauseNames.WrongCell, CauseNames.PingPong];
    private static readonly string[] RateNames = ["too_late_rate", "too_early_rate", "wrong_cell_rate", "ping_pong_rate"];
    private static readonly string[] AboveHealthyNames = ["too_late_above_healthy", "too_early_above_healthy", "wrong_cell_above_healthy", "ping_pong_above_healthy"];
    private static readonly string[] BelowFaultyNames = ["too_late_below_faulty", "too_early_below_faulty", "wrong_cell_below_faulty", "ping_pong_below_faulty"];

    private readonly WindowCounts[] _counts = new WindowCounts[4];
    private readonly bool[] _known = new bool[4];
    private readonly AttemptWindow _attempts = new();
    private ObjectCounters? _counters;
    private int _faulty, _highest;   // kinds; -1 = none
    private HandoverVerdict _verdict;

    /// <summary>Name of the test that holds the rate of a cause; null when the cause is none of handovers.</summary>
    public static string? RateTestOf(string cause)
    {
        int kind = Array.IndexOf(Causes, cause);
        return kind < 0 ? null : RateNames[kind];
    }

    /// <summary>Highest rate of the relation that was looked at last; 0 when it has none.</summary>
    public double HighestRate => _highest < 0 ? 0 : _counts[_highest].Count / _counts[_highest].Attempts;

    /// <summary>Attempts from which the relation that was looked at last is judged; 0 when it cannot be.</summary>
    public double Samples => _verdict is HandoverVerdict.None or HandoverVerdict.Unjudged ? 0 : _counts[_faulty >= 0 ? _faulty : _highest].Attempts;

    /// <summary>Looks at a relation, which is then the one that <see cref="Finding"/> tells of.</summary>
    public HandoverVerdict Look(ObjectCounters counters)
    {
        _counters = counters;
        FindAttempts();
        _faulty = _highest = -1;
        bool counted = false, sound = true, matched = true, healthy = true;
        for (int kind = 0; kind < Kinds.Length; kind++)
        {
            _known[kind] = false;
            if (counters.Find(Kinds[kind]) is not { } count)
            {
                continue;
            }
            counted = true;
            if (_attempts.Grid is null)
            {
                continue;
            }
            WindowCounts sums = _counts[kind] = WindowCounts.Of(count, _attempts);
            sound &= sums.AreSound;
            matched &= sums.Periods > 0;
            if (!(sums.Attempts > 0))
            {
                continue;
            }
            _known[kind] = true;
            healthy &= sums.Count * HealthyAttemptsPerCount < sums.Attempts;
            if (sums.Count * FaultyAttemptsPerCount >= sums.Attempts && (_faulty < 0 || sums.Count > _counts[_faulty].Count))
            {
                _faulty = kind;
            }
            if (_highest < 0 || sums.Count * _counts[_highest].Attempts > _counts[_highest].Count * sums.Attempts)
            {
                _highest = kind;
            }
        }
        return _verdict = !counted && _attempts.Grid is null ? HandoverVerdict.None
            : !sound || _highest < 0 ? HandoverVerdict.Unjudged
            : _faulty >= 0 ? HandoverVerdict.Faulty
            : !matched ? HandoverVerdict.Unjudged   // what is counted in other periods may be what goes wrong
            : healthy ? HandoverVerdict.Healthy : HandoverVerdict.Between;
    }

    /// <summary>Of the relation that was looked at last, which has some of the counters.</summary>
    public RankedFinding Finding()
    {
        if (_verdict == HandoverVerdict.Unjudged)
        {
            return Unjudged();
        }
        int leading = _faulty >= 0 ? _faulty : _highest;
        WindowCounts of = _counts[leading];
        double aboveHealthy = RateTests.AtLeast(of.Count, of.Attempts, HealthyRate);
        string metric = Quotient(leading);
        return new RankedFinding
        {
            Excess = of.Count - HealthyRate * of.Attempts,
            Finding = new CauseFinding
            {
                Name = _verdict switch
                {
                    HandoverVerdict.Faulty => Causes[leading],
                    HandoverVerdict.Healthy => CauseNames.Healthy,
                    _ => CauseNames.Unknown,
                },
                Confidence = _verdict switch
                {
                    HandoverVerdict.Faulty => aboveHealthy,
                    HandoverVerdict.Healthy => BelowFaulty(),
                    _ => Math.Max(0, aboveHealthy - RateTests.AtLeast(of.Count, of.Attempts, FaultyRate)),   // that it is between the limits
                },
                ManagedObject = _counters!.ManagedObject,
                Tests = Tests(leading, metric),
                Metric = metric,
                Samples = of.Attempts,
            },
        };
    }

    // All of them: the kinds are counted apart, so their chances are multiplied.
    private double BelowFaulty()
    {
        double chance = 1;
        for (int kind = 0; kind < Kinds.Length; kind++)
        {
            if (_known[kind])
            {
                chance *= 1 - RateTests.AtLeast(_counts[kind].Count, _counts[kind].Attempts, FaultyRate);
            }
        }
        return chance;
    }

    private CauseTest[] Tests(int leading, string leadingMetric)
    {
        int count = 1;
        foreach (bool known in _known)
        {
            count += known ? 1 : 0;
        }
        bool healthy = _verdict == HandoverVerdict.Healthy;
        CauseTest[] tests = new CauseTest[count];
        int place = 0;
        for (int turn = 0; turn < Kinds.Length; turn++)
        {
            int kind = turn == 0 ? leading : turn <= leading ? turn - 1 : turn;   // the leading one first
            if (!_known[kind])
            {
                continue;
            }
            WindowCounts sums = _counts[kind];
            tests[place++] = new CauseTest
            {
                Name = RateNames[kind],
                Metric = kind == leading ? leadingMetric : Quotient(kind),
                Value = sums.Count / sums.Attempts,
                Limit = healthy ? HealthyRate : FaultyRate,
                Holds = healthy || sums.Count * FaultyAttemptsPerCount >= sums.Attempts,
            };
        }
        WindowCounts of = _counts[leading];
        tests[place] = new CauseTest
        {
            Name = healthy ? BelowFaultyNames[leading] : AboveHealthyNames[leading],
            Metric = leadingMetric,
            Value = of.Count / of.Attempts,
            Limit = healthy ? FaultyRate : HealthyRate,
            PValue = healthy ? RateTests.LowerTail(of.Count, of.Attempts, FaultyRate) : RateTests.UpperTail(of.Count, of.Attempts, HealthyRate),
            Holds = true,
        };
        return tests;
    }

    // Nothing can be said of the relation, and the tests say why.
    private RankedFinding Unjudged()
    {
        List<CauseTest> tests = [];
        int counted = 0;
        for (int kind = 0; kind < Kinds.Length && _attempts.Grid is not null; kind++)
        {
            if (_counters!.Find(Kinds[kind]) is null)
            {
                continue;
            }
            WindowCounts sums = _counts[kind];
            counted++;
            if (sums.Periods == 0)
            {
                tests.Add(new CauseTest { Name = "no_common_periods", Metric = Quotient(kind), Value = null, Limit = 1, Holds = true });
            }
            else if (sums.Least < 0)
            {
                tests.Add(new CauseTest { Name = "negative_count", Metric = Quotient(kind), Value = sums.Least, Limit = 0, Holds = true });
            }
            else if (!sums.AreSound)
            {
                tests.Add(new CauseTest
                {
                    Name = "count_above_attempts",
                    Metric = Quotient(kind),
                    Value = double.IsFinite(sums.Count) ? sums.Count : null,
                    Limit = double.IsFinite(sums.Attempts) ? sums.Attempts : null,
                    Holds = true,
                });
            }
        }
        if (tests.Count == 0)
        {
            bool without = _attempts.Grid is not null && counted == 0;
            tests.Add(new CauseTest
            {
                Name = without ? "no_problem_counts" : "no_attempts",
                Metric = _attempts.Grid?.Metric ?? CounterNames.Key(_counters!.ManagedObject, Counter.InterAttempts),
                Value = without || _attempts.Grid is null ? null : 0,
                Limit = 1,
                Holds = true,
            });
        }
        return new RankedFinding { Finding = new CauseFinding { Name = CauseNames.Unknown, ManagedObject = _counters!.ManagedObject, Tests = tests } };
    }

    // Inter and intra gNB, whichever were reported in the periods that are judged.
    private void FindAttempts()
    {
        MetricGrid? inter = Reported(_counters!.Find(Counter.InterAttempts)), intra = Reported(_counters.Find(Counter.IntraAttempts));
        _attempts.Fill(inter ?? intra, inter is not null && intra is not null && GridPair.TryBring(intra, inter, out _, out _) ? intra : null);
    }

    private static MetricGrid? Reported(MetricGrid? grid)
    {
        for (int i = grid is null ? 0 : Math.Max(0, grid.Values.Length - CounterTable.Periods); i < grid?.Values.Length; i++)
        {
            if (double.IsFinite(grid.Values[i]))
            {
                return grid;
            }
        }
        return null;
    }

    private string Quotient(int kind) => _counters!.Find(Kinds[kind])!.Metric + " / " + _attempts.Grid!.Metric;
}
