using RanCognition.Cognition.Learning;
using RanCognition.Contracts;
using RanCognition.Numerics;
using Xunit.Abstractions;

namespace RanCognition.Tests.Cognition;

public sealed class DecisionLearningTests(ITestOutputHelper output)
{
    private const int Decisions = 10_000;
    private const double ErrorMax = 0.03;

    // Where the first 2000 decisions are made before any outcome is known, their error is that of the claims.
    private const double ErrorOfBlindStartMax = 0.04;

    private static readonly ulong[] Seeds = [700_001, 700_002];

    [Fact]
    public void Confidences_can_be_believed_whatever_is_wrong_with_the_claims()
    {
        foreach (string world in CalibrationWorlds.Names)
        {
            foreach (ulong seed in Seeds)
            {
                SimulatedDecision[] decisions = CalibrationWorlds.Simulate(world, Decisions, seed);
                (double[] reported, DecisionLearning learning) = Live(decisions, CalibrationWorlds.Lateness(world));
                double claimed = Error(Array.ConvertAll(decisions, one => double.IsNaN(one.Claimed) ? 0.5 : one.Claimed), decisions), error = Error(reported, decisions);
                output.WriteLine($"{world,-24} claims {claimed:F4}, confidences {error:F4}, Brier {Brier(reported, decisions):F4}");
                Assert.True(error <= (world == "reports_late_2000" ? ErrorOfBlindStartMax : ErrorMax), $"{world}, seed {seed}: {error}");
                CalibrationReport report = learning.Calibration();
                Assert.Equal(error, report.Ece!.Value, 1e-9);
                Assert.Equal(Brier(reported, decisions), report.Brier!.Value, 1e-9);
                Assert.Equal((ulong)Decisions, report.Count);
            }
        }
    }

    [Fact]
    public void Confidences_can_be_believed_under_faults_drawn_at_random()
    {
        for (ulong seed = 900_001; seed <= 900_010; seed++)
        {
            SimulatedDecision[] decisions = CalibrationWorlds.SimulateRandomFaults(Decisions, seed, out int lateness);
            (double[] reported, _) = Live(decisions, lateness);
            double error = Error(reported, decisions);
            Assert.True(error <= ErrorMax, $"seed {seed}: {error}");
        }
    }

    [Fact]
    public void Right_claims_lose_nothing()
    {
        foreach (ulong seed in Seeds)
        {
            SimulatedDecision[] decisions = CalibrationWorlds.Simulate("calibrated", Decisions, seed);
            (double[] reported, _) = Live(decisions, 1);
            double claims = Brier(Array.ConvertAll(decisions, one => one.Claimed), decisions), own = Brier(reported, decisions);
            Assert.True(own <= claims + 0.002, $"{own} against {claims}");
        }
    }

    [Fact]
    public void A_claim_is_reported_as_it_is_before_there_is_an_outcome()
    {
        DecisionLearning learning = new();
        foreach (double raw in (double[])[0.01, 0.2, 0.5, 0.77, 0.99])
        {
            Assert.Equal(raw, learning.Calibrated(raw, DecisionMode.Assist, true), 1e-12);
        }
        Assert.Equal(0.5, learning.Calibrated(double.NaN, DecisionMode.Shadow, false), 1e-12);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    [InlineData(-3.0)]
    [InlineData(double.PositiveInfinity)]
    public void Extreme_claims_give_probabilities_that_follow_the_outcomes(double raw)
    {
        DecisionLearning learning = new();
        for (int i = 0; i < 3000; i++)
        {
            double reported = learning.Calibrated(raw, DecisionMode.Autonomous, true);
            Assert.InRange(reported, 0, 1);
            learning.Learn(Record(raw, reported, i % 4 == 0, DecisionMode.Autonomous, true, (ulong)i + 1));
        }
        Assert.InRange(learning.Calibrated(raw, DecisionMode.Autonomous, true), 0.15, 0.35);
    }

    [Fact]
    public void A_kind_that_is_new_begins_with_what_the_others_have_taught()
    {
        DecisionLearning learning = new();
        SimulatedDecision[] decisions = CalibrationWorlds.Simulate("constant", 2000, 5);
        ulong sequence = 0;
        foreach (SimulatedDecision one in decisions)
        {
            if (one.Mode != DecisionMode.Shadow && one.Acts)
            {
                learning.Learn(Record(one.Claimed, learning.Calibrated(one.Claimed, one.Mode, true), one.Held, one.Mode, true, ++sequence));
            }
        }
        double atFirst = learning.Calibrated(0.93, DecisionMode.Shadow, false);
        Assert.True(atFirst < 0.9, $"{atFirst}");
        for (int i = 0; i < 20; i++)
        {
            learning.Learn(Record(0.93, learning.Calibrated(0.93, DecisionMode.Shadow, false), i % 5 < 3, DecisionMode.Shadow, false, ++sequence));
        }
        double soon = learning.Calibrated(0.93, DecisionMode.Shadow, false);
        Assert.InRange(soon, 0.5, 0.75);
    }

    [Fact]
    public void The_same_records_give_the_same_state_whatever_was_opened_when()
    {
        List<DecisionRecord> records = Recorded("kinds_differ", 1500);
        DecisionLearning straight = new(), restarted = new();
        foreach (DecisionRecord record in records)
        {
            straight.Opened(record with { ReportSequence = 0, TargetsHeld = null, Executed = null, Status = DecisionStatus.Open, Observed = [] });
        }
        foreach (DecisionRecord record in records)
        {
            straight.Learn(record);
            straight.Changed(record with { ReportSequence = 0, TargetsHeld = null, Executed = null, Status = DecisionStatus.Open, Observed = [] }, record);
            for (int i = 0; i < 3; i++)
            {
                straight.Calibrated(0.1 * i, DecisionMode.Assist, true);   // asking changes nothing
            }
        }
        for (int i = records.Count - 1; i >= 0; i--)
        {
            restarted.Opened(records[i]);
        }
        foreach (DecisionRecord record in records)
        {
            restarted.Learn(record);
        }
        AssertSame(straight, restarted);
    }

    [Fact]
    public void Outcomes_that_cannot_be_judged_count_nowhere()
    {
        DecisionLearning learning = new(), untouched = new();
        learning.Learn(Record(0.9, 0.9, true, DecisionMode.Assist, true, 1) with { TargetsHeld = null });
        AssertSame(untouched, learning);
        Assert.Null(learning.Calibration().Ece);
        Assert.Null(learning.Calibration().Brier);
        Assert.Null(learning.Regret);
        Assert.Null(learning.Skill);
        Assert.Null(learning.Coverage);
    }

    [Fact]
    public void A_decision_without_targets_counts_in_the_table_but_teaches_nothing()
    {
        DecisionLearning learning = new(), untouched = new();
        for (int i = 0; i < 50; i++)
        {
            learning.Learn(Record(1, 1, true, DecisionMode.Assist, false, (ulong)i + 1) with { Targets = [] });
        }
        CalibrationReport report = learning.Calibration();
        Assert.Equal(50UL, report.Count);
        Assert.Equal(0, report.Ece);
        Assert.Equal(50UL, report.Bins[9].Count);
        Assert.Null(report.Bins[0].Confidence);
        Assert.Null(learning.Regret);
        Assert.Equal(untouched.Calibrated(0.7, DecisionMode.Assist, false), learning.Calibrated(0.7, DecisionMode.Assist, false));
    }

    [Fact]
    public void Regret_is_what_doing_nothing_would_have_had_ahead()
    {
        DecisionLearning learning = new();
        learning.Learn(Record(0.9, 0.9, true, DecisionMode.Assist, true, 1) with { NothingConfidence = 0.25 });
        learning.Learn(Record(0.9, 0.9, false, DecisionMode.Assist, true, 2) with { NothingConfidence = 0.5 });
        Assert.Equal((0.25 - 1 + 0.5) / 2, learning.Regret!.Value, 1e-15);
    }

    [Fact]
    public void Decisions_are_counted_by_mode_result_and_kind()
    {
        DecisionLearning learning = new();
        DecisionRecord open = Record(0.9, 0.9, true, DecisionMode.Shadow, false, 0) with { Status = DecisionStatus.Open, Vetoes = ["PACING", "PACING", "MAX_CHANGE"] };
        DecisionRecord acts = Record(0.9, 0.9, true, DecisionMode.Autonomous, true, 0) with { Status = DecisionStatus.Open, Executed = true, Vetoes = ["PACING"] };
        learning.Opened(open);
        learning.Opened(acts);
        learning.Changed(acts, acts with { Status = DecisionStatus.RolledBack });
        string[] expected = ["SHADOW 1", "ASSIST 0", "AUTONOMOUS 1", "OPEN 1", "KEPT 0", "ROLL_BACK 0", "ROLLED_BACK 1", "WITH_ACTIONS 1", "WITHOUT_ACTIONS 1", "EXECUTED 1", "TOTAL 2"];
        Assert.Equal(expected, Texts(learning.Decisions));
        Assert.Equal(["PACING 2", "MAX_CHANGE 1"], Texts(learning.Vetoes));
    }

    private static string[] Texts(IReadOnlyList<KeyValuePair<string, ulong>> counts)
    {
        string[] texts = new string[counts.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = counts[i].Key + " " + counts[i].Value;
        }
        return texts;
    }

    private static void AssertSame(DecisionLearning one, DecisionLearning other)
    {
        Assert.Equal(Texts(one.Decisions), Texts(other.Decisions));
        Assert.Equal(Texts(one.Vetoes), Texts(other.Vetoes));
        Assert.Equal((one.Skill, one.Coverage, one.Regret), (other.Skill, other.Coverage, other.Regret));
        Assert.Equal((one.Calibration().Ece, one.Calibration().Brier), (other.Calibration().Ece, other.Calibration().Brier));
        Assert.Equal(one.ScaleOf("HO.Rate", changed: false), other.ScaleOf("HO.Rate", changed: false));
        for (int i = 0; i <= 100; i++)
        {
            for (int kind = 0; kind < 4; kind++)
            {
                DecisionMode mode = kind < 2 ? DecisionMode.Shadow : DecisionMode.Assist;
                Assert.Equal(one.Calibrated(i / 100.0, mode, kind % 2 == 1), other.Calibrated(i / 100.0, mode, kind % 2 == 1));
            }
        }
    }

    private static List<DecisionRecord> Recorded(string world, int count)
    {
        DecisionLearning learning = new();
        RandomStream random = new(9);
        List<DecisionRecord> records = [];
        foreach (SimulatedDecision one in CalibrationWorlds.Simulate(world, count, 3))
        {
            double reported = learning.Calibrated(one.Claimed, one.Mode, one.Acts), level = random.NextNormal(), scale = learning.ScaleOf("HO.Rate", changed: false);
            MetricExpectation expected = new() { Metric = "NRCellRelation=1-2/HO.Rate", P10 = level - scale, P50 = level, P90 = level + scale, Scale = scale };
            DecisionRecord record = Record(one.Claimed, reported, one.Held, one.Mode, one.Acts, (ulong)records.Count + 1) with
            {
                Executed = one.Mode != DecisionMode.Shadow,
                Status = one.Held ? DecisionStatus.Kept : DecisionStatus.RollBackAdvised,
                NothingConfidence = random.NextDouble(),
                Expected = [expected],
                Before = [new(expected.Metric, 0)],
                Observed = [new(expected.Metric, level + 2 * random.NextNormal())],
            };
            records.Add(record);
            learning.Learn(record);
        }
        return records;
    }

    /// <summary>Decides and reports, as a core does.</summary>
    private static (double[] Reported, DecisionLearning Learning) Live(SimulatedDecision[] decisions, int lateness)
    {
        DecisionLearning learning = new();
        double[] reported = new double[decisions.Length];
        for (int i = 0, done = 0; i < decisions.Length; i++)
        {
            reported[i] = learning.Calibrated(decisions[i].Claimed, decisions[i].Mode, decisions[i].Acts);
            while (done <= i && ((i + 1) % lateness == 0 || i + 1 == decisions.Length))
            {
                SimulatedDecision one = decisions[done];
                learning.Learn(Record(one.Claimed, reported[done], one.Held, one.Mode, one.Acts, (ulong)++done));
            }
        }
        return (reported, learning);
    }

    private static DecisionRecord Record(double raw, double reported, bool held, DecisionMode mode, bool acts, ulong sequence) => new()
    {
        Id = sequence,
        Mode = mode,
        Actions = acts ? [new ConfigurationChange("NRCellCU=1", "hysteresis", null, new MetadataValue.Number(1))] : [],
        Targets = ["HO.Rate <= 1"],
        RawConfidence = raw,
        Confidence = reported,
        ReportSequence = sequence,
        TargetsHeld = held,
    };

    /// <summary>Independent of the table: bins by comparing with their bounds.</summary>
    private static double Error(double[] reported, SimulatedDecision[] decisions)
    {
        double error = 0;
        for (int bin = 0; bin < 10; bin++)
        {
            double excess = 0;
            for (int i = 0; i < reported.Length; i++)
            {
                int at = 0;
                while (at < 9 && reported[i] * 10 >= at + 1)
                {
                    at++;
                }
                excess += at == bin ? reported[i] - (decisions[i].Held ? 1 : 0) : 0;
            }
            error += Math.Abs(excess);
        }
        return error / reported.Length;
    }

    private static double Brier(double[] reported, SimulatedDecision[] decisions)
    {
        double sum = 0;
        for (int i = 0; i < reported.Length; i++)
        {
            sum += Math.Pow(reported[i] - (decisions[i].Held ? 1 : 0), 2);
        }
        return sum / reported.Length;
    }
}
