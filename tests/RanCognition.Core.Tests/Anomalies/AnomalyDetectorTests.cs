using FsCheck;
using FsCheck.Fluent;
using RanCognition.Temporal.Patterns;

namespace RanCognition.Tests.Anomalies;

public sealed class AnomalyDetectorTests
{
    private static readonly double[] Steps = [0, 1e-9, .001, .1, .5, 1, 60, 300, 600, 3600, 43200, 86400, 604800, 1e9, 1e300];

    public static TheoryData<string> Hostile => [.. HostileSeries.Names];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_series_give_finite_answers_at_every_step(string name)
    {
        foreach (var step in Steps)
        {
            var detector = new AnomalyDetector(step);
            foreach (var value in HostileSeries.Make(name))
            {
                var point = detector.Step(value);
                Assert.True(double.IsFinite(point.Score) && point.Score >= 0, $"score {point.Score}");
                Assert.True(double.IsFinite(point.Likelihood) && point.Likelihood >= 0, $"likelihood {point.Likelihood}");
                Assert.Equal(double.IsFinite(value), double.IsFinite(point.Expected));
                Assert.Equal(double.IsFinite(value), double.IsFinite(point.Spread));
                Assert.Equal(point.Alarm || point.Likelihood >= AnomalyDetector.QuietLikelihood, point.Kind != AnomalyKind.None);
            }
        }
    }

    [Fact]
    public void A_prefix_gives_a_prefix_of_the_answer()
    {
        var cases = from seed in ArbMap.Default.GeneratorFor<uint>()
                    from n in Gen.Choose(0, 700)
                    from cut in Gen.Choose(0, 700)
                    from step in Gen.Elements(1.0, 600, 1800, 3600, 7200, 86400)
                    select (seed, n, cut: Math.Min(cut, n), step);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var values = GoldenSeries.Make("faults", c.n, Math.Max(1, (int)(86400 / c.step)), c.seed);
            var whole = Flags(values, c.step);
            var prefix = Flags(values.AsSpan(0, c.cut), c.step);
            Assert.Equal(whole.Scores.Take(c.cut), prefix.Scores);
            Assert.Equal(whole.Flags.Take(c.cut), prefix.Flags);
        }));
    }

    [Fact]
    public void An_outage_is_one_event_below_what_was_expected()
    {
        var values = GoldenSeries.Make("negative", 24 * 40, 24, 5).Select(v => -v).ToArray();
        values.AsSpan(800, 6).Fill(1.5);
        var events = AnomalyScan.Events(values, 3600);
        var outage = Assert.Single(events, e => e.Start is >= 800 and < 806);
        Assert.InRange(outage.Peak, 800, 807);
        Assert.InRange(outage.End, outage.Peak, 825);
        var soFar = AnomalyScan.Events(values.AsSpan(0, 806), 3600)[^1];
        Assert.True(soFar.Kind is AnomalyKind.Down or AnomalyKind.Jump);
        Assert.Equal(1.5, soFar.Value);
        Assert.InRange(soFar.Expected, 20, 140);
    }

    [Fact]
    public void Surge_and_flat_line_are_named()
    {
        var values = GoldenSeries.Make("negative", 24 * 40, 24, 6).Select(v => -v).ToArray();
        var surge = (double[])values.Clone();
        for (var i = 700; i < 706; i++)
        {
            surge[i] *= 4;
        }
        Assert.Contains(AnomalyScan.Events(surge, 3600), e => e is { Start: >= 700 and < 706, Kind: AnomalyKind.Up or AnomalyKind.Jump });
        var flat = (double[])values.Clone();
        flat.AsSpan(700, 30).Fill(flat[700]);
        Assert.Contains(AnomalyScan.Events(flat, 3600), e => e is { Start: >= 700 and < 730, Kind: AnomalyKind.Flatline });
    }

    [Fact]
    public void Events_hold_the_alarms_and_do_not_overlap()
    {
        foreach (var golden in GoldenCases.Read("anomaly.json"))
        {
            var values = GoldenCases.Values(golden);
            var step = golden.GetProperty("step").GetDouble();
            var flags = Flags(values, step).Flags;
            var detector = new AnomalyDetector(step);
            var points = values.Select(detector.Step).ToArray();
            var end = -1;
            foreach (var e in AnomalyScan.Events(values, step))
            {
                Assert.True(e.Start > end && e.Start <= e.Peak && e.Peak <= e.End && e.End < values.Length);
                Assert.Equal(1, flags[e.Start]);
                Assert.NotEqual(AnomalyKind.None, e.Kind);
                Assert.Equal(points[e.Peak].Likelihood, e.Likelihood);
                Assert.Equal(values[e.Peak], e.Value);
                for (var i = e.Start; i <= e.End; i++)
                {
                    Assert.True(points[i].Likelihood <= e.Likelihood || double.IsNaN(values[i]));
                    flags[i] = 0;
                }
                end = e.End;
            }
            Assert.DoesNotContain((byte)1, flags);
        }
    }

    [Fact]
    public void White_noise_raises_far_fewer_alarms_than_the_nominal_two_a_week()
    {
        var weeks = 0.0;
        var alarms = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var values = GoldenSeries.Make("noise", 24 * 7 * 12, 24, seed);
            alarms += Flags(values, 3600).Flags.Count(f => f == 1);
            weeks += 12;
        }
        Assert.InRange(alarms / weeks, 0, .1);
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("zeros")]
    public void A_series_that_never_moved_raises_no_alarm(string kind)
        => Assert.DoesNotContain((byte)1, Flags(GoldenSeries.Make(kind, 500, 24, 1), 3600).Flags);

    [Fact]
    public void More_alarms_a_week_may_be_asked_for()
    {
        var values = GoldenSeries.Make("faults", 24 * 60, 24, 9);
        int Alarms(double knob)
        {
            var flags = new byte[values.Length];
            AnomalyScan.Detect(values, 3600, flags, knob);
            return flags.Count(f => f == 1);
        }
        Assert.True(Alarms(.02) < Alarms(2) && Alarms(2) < Alarms(50));
    }

    [Fact]
    public void Unknown_step_scores_like_hours_without_a_day()
    {
        // With less than a day of hourly values neither has a daily baseline; the score's smoothing and the threshold agree.
        var values = GoldenSeries.Make("walk", 400, 24, 3);
        var unknown = new AnomalyDetector(0);
        var daily = new AnomalyDetector(86400);
        var differs = false;
        foreach (var value in values)
        {
            var a = unknown.Step(value);
            var b = daily.Step(value);
            Assert.Equal(b.Expected, a.Expected);   // median of the last 14 values
            Assert.Equal(b.Spread, a.Spread);
            differs |= a.Alarm != b.Alarm;
        }
        Assert.True(differs);   // daily samples have another threshold
        var flags = Flags(GoldenSeries.Make("steps", 300, 24, 4), 0);
        Assert.Contains((byte)1, flags.Flags.AsSpan(95, 15).ToArray());
    }

    [Fact]
    public void Memory_follows_the_points_seen_and_is_bounded()
    {
        foreach (var (step, most) in new[] { (1e-9, 0), (.1, 0), (.5, 1 << 21), (1.0, 86400 * 16), (3600.0, 24 * 16) })
        {
            var detector = new AnomalyDetector(step);
            for (var i = 0; i < 100_000; i++)
            {
                detector.Step(i & 255);
                Assert.True(detector.BaselineCapacity <= Math.Min(most, Math.Max(16, 2 * (i + 1))) || step > 1000);
            }
            Assert.InRange(detector.BaselineCapacity, 0, most);
        }
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Impossible_parameters_are_refused(double bad)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnomalyDetector(bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnomalyDetector(1, bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnomalyDetector(1, 0));
        Assert.Throws<ArgumentException>(() => AnomalyScan.Score(new double[3], 1, new double[2]));
        Assert.Throws<ArgumentException>(() => AnomalyScan.Detect(new double[3], 1, new byte[4]));
    }

    [Fact]
    public void Nothing_gives_nothing()
    {
        AnomalyScan.Score([], 3600, []);
        Assert.Empty(AnomalyScan.Events([], 3600));
    }

    [Fact]
    public void A_step_allocates_nothing_once_memory_is_full()
    {
        var detector = new AnomalyDetector(3600);
        var values = GoldenSeries.Make("faults", 3000, 24, 8);
        foreach (var value in values)
        {
            detector.Step(value);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var value in values)
        {
            detector.Step(value);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static (double[] Scores, byte[] Flags) Flags(ReadOnlySpan<double> values, double step)
    {
        var scores = new double[values.Length];
        var flags = new byte[values.Length];
        AnomalyScan.Score(values, step, scores);
        AnomalyScan.Detect(values, step, flags);
        return (scores, flags);
    }
}
