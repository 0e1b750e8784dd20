using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Performance;
using RanCognition.Temporal;
using RanCognition.Temporal.Patterns;
using static RanCognition.Tests.Patterns.Planted;

namespace RanCognition.Tests.Patterns;

/// <summary>What must hold for the findings of any call: their probabilities, and what they do not depend on.</summary>
public class FindingRulesTests
{
    private static double[][] Eventful(ulong seed) =>
    [
        Noise(seed),
        Daily(seed),
        [.. Noise(seed).Select((v, t) => v + (t >= 400 ? 12 : 0))],
        [.. Daily(seed).Select((v, t) => v + .03 * t)],
        [.. Daily(seed).Select((v, t) => t is >= 500 and < 506 ? 0 : t == 300 ? v + 60 : v)],
        [.. Noise(seed, deviation: 1, carry: 0).Select((v, t) => t >= 350 ? 50 + 3 * (v - 50) : v)],
    ];

    [Fact]
    public void P_values_are_corrected_by_the_step_up_rule()
    {
        foreach (double[] values in Eventful(1))
        {
            MetricGrid grid = Grid("m", values);
            SeriesExamination examination = new(SimdOps.Vector, 0, grid, new SeasonSearch(SimdOps.Vector), PatternFinder.Significance / 8);
            List<TemporalPattern> reported = Find(grid);
            // As its definition reads: what a raw value becomes is the least of tests x value / rank over it and all larger ones.
            double[] raw = [.. examination.Findings.Select(f => f.PValue).Order()];
            double CorrectedOf(double value) => Enumerable.Range(0, raw.Length).Where(i => raw[i] >= value).Min(i => Math.Min(1, raw[i] * examination.Tests / (i + 1)));
            Assert.Equal(examination.Findings.Count(f => CorrectedOf(f.PValue) <= PatternFinder.Significance), reported.Count);
            foreach (TemporalPattern pattern in reported)
            {
                Finding own = examination.Findings.Single(f => f.Type == pattern.PatternType && grid.TimeOf(f.From) == pattern.StartTime);
                Assert.Equal(CorrectedOf(own.PValue), pattern.PValue, 1e-12);
                Assert.True(pattern.PValue >= own.PValue);
            }
        }
    }

    [Fact]
    public void More_metrics_mean_more_tests_and_larger_p_values()
    {
        MetricGrid shifted = Grid("m", [.. Noise(2).Select((v, t) => v + (t >= 400 ? 7 : 0))]);
        double alone = One(Find(shifted), PatternTypes.LevelShift).PValue;
        double among = One(Find([shifted, .. Enumerable.Range(1, 9).Select(i => Grid($"n{i}", Noise((ulong)i + 100)))]).Where(p => p.Metric == "m"), PatternTypes.LevelShift).PValue;
        // Ten times the tests of one metric, and those of 45 pairs.
        Assert.InRange(among / alone, 10, 25);
    }

    [Fact]
    public void Every_finding_is_significant_and_its_confidence_the_rest()
    {
        ConstraintSet constraints = new();
        constraints.AddTexts(["m0 <= 55"]);
        for (ulong seed = 1; seed <= 4; seed++)
        {
            MetricGrid[] grids = [.. Eventful(seed).Select((values, i) => Grid($"m{i}", values))];
            List<TemporalPattern> found = Find(constraints, grids);
            Assert.NotEmpty(found);
            Assert.Equal(Enumerable.Range(1, found.Count).Select(i => $"pattern-{i}"), found.Select(p => p.Id));
            foreach (TemporalPattern pattern in found)
            {
                bool isFact = pattern.PatternType == PatternTypes.ConstraintViolation;
                Assert.InRange(pattern.PValue, 0, isFact ? 0 : PatternFinder.Significance);
                Assert.Equal(1 - pattern.PValue, pattern.Confidence);
                Assert.Equal(isFact, pattern.Constraint is not null);
                Assert.True(pattern.StartTime <= pattern.EndTime);
                Assert.True(PatternTypes.Order(pattern.PatternType) >= 0);
                Assert.All(pattern.Parameters, p => Assert.True(double.IsFinite(p.Value), $"{pattern.PatternType} {p.Key}"));
            }
            Assert.All(found.GroupBy(p => (p.Metric, p.PatternType)), group => Assert.InRange(group.Count(), 1, PatternFinder.PerTypeMax));
        }
    }

    [Fact]
    public void The_unit_of_a_series_does_not_matter()
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            foreach (double[] values in Eventful(seed))
            {
                List<TemporalPattern> before = Find(values);
                foreach (double unit in (double[])[1024, .0371, 1e9])
                {
                    List<TemporalPattern> after = Find([.. values.Select(v => v * unit)]);
                    Assert.Equal(before.Select(p => (p.PatternType, p.StartTime, p.EndTime)), after.Select(p => (p.PatternType, p.StartTime, p.EndTime)));
                    for (int i = 0; i < before.Count; i++)
                    {
                        Assert.Equal(1, (after[i].PValue + 1e-300) / (before[i].PValue + 1e-300), 1e-6);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_constant_that_is_added_changes_no_finding_where_no_logarithm_is_taken()
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            // The outage is left out: what is left of the expected value is no matter of differences. Ranges below 3 to 1 are not taken as logarithms.
            foreach (double[] values in Eventful(seed).Where(v => v.Min() > 25))
            {
                double[] far = [.. values.Select(v => v + 200)], further = [.. values.Select(v => v + 456)];
                List<TemporalPattern> before = Find(far), after = Find(further);
                Assert.Equal(before.Select(p => (p.PatternType, p.StartTime, p.EndTime)), after.Select(p => (p.PatternType, p.StartTime, p.EndTime)));
                for (int i = 0; i < before.Count; i++)
                {
                    Assert.Equal(1, (after[i].PValue + 1e-300) / (before[i].PValue + 1e-300), .001);
                }
            }
        }
    }

    [Fact]
    public void Backwards_a_change_stands_at_its_mirrored_place()
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            double[] values = [.. Noise(seed).Select((v, t) => v + (t >= 400 ? 12 : 0))];
            TemporalPattern forward = One(Find(values), PatternTypes.LevelShift), back = One(Find([.. values.Reverse()]), PatternTypes.LevelShift);
            Assert.InRange(back.From() - (values.Length - forward.From()), -3, 3);
            Assert.Equal(forward.Parameter("before"), back.Parameter("after"), .5);
            Assert.Equal(forward.Parameter("after"), back.Parameter("before"), .5);
        }
    }

    [Fact]
    public void Missing_samples_make_no_pattern_and_hide_no_plain_one()
    {
        RandomStream random = new(71);
        int alarms = 0;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            alarms += Find([.. Noise(seed, 400).Select(v => random.NextDouble() < .1 ? double.NaN : v)]).Count > 0 ? 1 : 0;
        }
        Assert.InRange(alarms, 0, 2);
        for (ulong seed = 1; seed <= 5; seed++)
        {
            double[] values = [.. Daily(seed).Select((v, t) => random.NextDouble() < .1 ? double.NaN : v + (t >= 400 ? 15 : 0))];
            List<TemporalPattern> found = Find(values);
            Assert.Equal(24, One(found, PatternTypes.Seasonality).Parameter("period_steps"));
            Assert.InRange(One(found, PatternTypes.LevelShift).From(), 396, 404);
        }
    }

    [Fact]
    public void The_order_of_the_metrics_does_not_change_the_findings_of_each()
    {
        double[] leader = Noise(9), follower = [.. Noise(59).Select((v, t) => t < 2 ? v : v + 1.5 * (leader[t - 2] - 50))];
        MetricGrid[] grids = [.. Eventful(5).Select((values, i) => Grid($"m{i}", values)), Grid("leader", leader), Grid("follower", follower)];
        List<TemporalPattern> forward = Find(grids), back = Find([.. grids.Reverse()]);
        foreach (MetricGrid grid in grids)
        {
            Assert.Equal(forward.Where(p => p.Metric == grid.Metric).Select(Place), back.Where(p => p.Metric == grid.Metric).Select(Place));
        }
        Assert.Contains(forward, p => p is { PatternType: PatternTypes.LeadLag, Metric: "leader", OtherMetric: "follower" });
    }

    [Fact]
    public void Nothing_is_found_where_nothing_can_be()
    {
        foreach (double[] values in (double[][])[[], [5], [5, 6], [.. Enumerable.Repeat(7.25, 500)], [.. Enumerable.Repeat(double.NaN, 500)], [0, 1, 0, 1, 0, 1, 0]])
        {
            Assert.Empty(Find(values));
        }
        Assert.Empty(Find(Array.Empty<MetricGrid>()));
    }

    [Fact]
    public void A_call_that_must_end_gives_the_metrics_that_were_looked_at()
    {
        ConstraintSet constraints = new();
        constraints.AddTexts(["m0 <= 0", "m5 <= 0"]);
        MetricGrid[] grids = [.. Eventful(6).Select((values, i) => Grid($"m{i}", values))];
        PatternFindings found = new PatternFinder(SimdOps.Vector).Find(grids, constraints, done => done < .5);
        Assert.All(found.Patterns, p => Assert.Contains(p.Metric, (string[])["m0", "m1", "m2"]));
        Assert.Contains(found.Patterns, p => p.Constraint == "m0 <= 0");
        Assert.Empty(found.Of("m5").Anomalies);
    }

    private static (string, string, string?, ulong, ulong, double) Place(TemporalPattern p) => (p.PatternType, p.Metric, p.OtherMetric, p.StartTime, p.EndTime, p.PValue);
}
