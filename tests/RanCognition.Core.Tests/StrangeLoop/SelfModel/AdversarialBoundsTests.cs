using RanCognition.Contracts;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Theorems hold for every sequence: also for one that an adversary makes who sees the interval and the weights first.</summary>
public sealed class AdversarialBoundsTests
{
    private const int Sequences = 10_000;

    [Fact]
    public void Coverage_stays_within_its_bound_against_adversaries_who_see_the_interval()
    {
        double[] steps = [.005, .02, .05, .2, .5, 1];
        double[] coverages = [.5, .6, .8, .9, .95, .99];
        double closest = 0;
        for (int sequence = 0; sequence < Sequences; sequence++)
        {
            Random random = new(sequence);
            double step = steps[random.Next(steps.Length)], coverage = coverages[random.Next(coverages.Length)], scale = Math.Pow(10, random.Next(-9, 10));
            LoopBook book = new(new StrangeLoopOptions { AciStep = step, Levels = sequence % 4 });
            int kind = random.Next(7), length = random.Next(20) == 0 ? 300 : 45, covered = 0, closed = 0;
            double mean = scale * random.NextDouble(), half = scale * random.NextDouble() + (random.Next(5) == 0 ? 0 : scale);
            CorrectedForecast open = book.Observe(Say(mean, half, random), 0).Corrected[0];
            for (int t = 0; t < length; t++)
            {
                double observed = Adversary(kind, t, open, mean, scale, random);
                bool isCovered = !open.Empty && !(observed < open.Lower) && !(observed > open.Upper);
                mean = scale * random.NextDouble();
                LoopObservation next = Say(mean, half, random) with { Observed = [new LoopValue("m", observed)] };
                LoopReply reply = book.Observe(next, 0);
                covered += isCovered ? 1 : 0;
                closed++;
                open = reply.Corrected[0];
                CoverageReport report = reply.Coverage!;
                double bound = (Math.Max(coverage, 1 - coverage) + step) / (closed * step);
                Assert.Equal((ulong)closed, report.Steps);
                Assert.Equal((double)covered / closed, report.Value, 1e-12);
                Assert.Equal(coverage, report.Target, 1e-12);
                Assert.Equal(bound, report.Bound, 1e-12 * bound + 1e-12);
                Assert.True(Math.Abs(report.Value - report.Target) <= report.Bound, $"sequence {sequence}, step {t}");
                closest = Math.Max(closest, Math.Abs(report.Value - report.Target) / report.Bound);
            }

            LoopObservation Say(double middle, double width, Random from) => new()
            {
                LoopId = "l",
                Predict = [new LoopForecast("m", middle, kind == 6 ? null : middle - width, kind == 6 && from.Next(2) == 0 ? null : middle + width, coverage)],
            };
        }
        Assert.InRange(closest, .5, 1);   // the adversaries come near the bound: the test can tell a wrong one
    }

    [Fact]
    public void Coverage_of_several_metrics_together_stays_within_its_bound()
    {
        for (int sequence = 0; sequence < 300; sequence++)
        {
            Random random = new(sequence);
            LoopBook book = new(new StrangeLoopOptions { AciStep = .05 });
            double[] coverages = [.5, .8, .99];
            int[] steps = new int[3], covered = new int[3];
            CorrectedForecast?[] open = new CorrectedForecast?[3];
            for (int t = 0; t < 100; t++)
            {
                List<LoopValue> observed = [];
                List<LoopForecast> forecasts = [];
                for (int i = 0; i < 3; i++)
                {
                    if (open[i] is { } forecast && random.Next(3) > 0)
                    {
                        double value = Adversary(random.Next(7), t, forecast, 0, 1, random);
                        covered[i] += !forecast.Empty && !(value < forecast.Lower) && !(value > forecast.Upper) ? 1 : 0;
                        steps[i]++;
                        observed.Add(new LoopValue("m" + i, value));
                        open[i] = null;
                    }
                    if (open[i] is null || random.Next(4) == 0)
                    {
                        forecasts.Add(new LoopForecast("m" + i, 0, -1, 1, coverages[i]));
                    }
                }
                LoopReply reply = book.Observe(new LoopObservation { LoopId = "l", Observed = observed, Predict = forecasts }, 0);
                foreach (CorrectedForecast corrected in reply.Corrected)
                {
                    open[corrected.Metric[1] - '0'] = corrected;
                }
                if (reply.Corrections.Count > 1 && reply.Coverage is { } report)
                {
                    double all = steps[0] + steps[1] + steps[2], target = 0, reach = 0;
                    for (int i = 0; i < 3; i++)
                    {
                        target += steps[i] * coverages[i] / all;
                        reach += steps[i] > 0 ? (Math.Max(coverages[i], 1 - coverages[i]) + .05) / .05 : 0;
                    }
                    Assert.Equal((covered[0] + covered[1] + covered[2]) / all, report.Value, 1e-12);
                    Assert.Equal(target, report.Target, 1e-12);
                    Assert.Equal(reach / all, report.Bound, 1e-10);
                    Assert.True(Math.Abs(report.Value - report.Target) <= report.Bound);
                }
            }
        }
    }

    [Fact]
    public void Regret_stays_within_its_bound_against_adversaries_who_see_the_weights()
    {
        double closest = 0;
        for (int sequence = 0; sequence < Sequences; sequence++)
        {
            Random random = new(sequence);
            int experts = random.Next(1, 8), kind = random.Next(6), length = random.Next(20) == 0 ? 500 : 60;
            double scale = Math.Pow(10, random.Next(-9, 10)), mixture = 0, spread = 0;
            double[] losses = new double[experts], totals = new double[experts];
            AdaHedge hedge = new(experts);
            for (int t = 0; t < length; t++)
            {
                for (int k = 0; k < experts; k++)
                {
                    losses[k] = scale * kind switch
                    {
                        0 => random.NextDouble(),
                        1 => k == t % experts ? 1 : 0,
                        2 => hedge.Weights[k] > 1.0 / experts ? 1 : 0,   // the favourite always loses
                        3 => (random.Next(2) == 0 ? 1e6 : 1) * random.NextDouble(),
                        4 => 100 + (k == 0 ? .4 : (t + k) % 2),
                        _ => hedge.Weights[k] * random.NextDouble() + (t == length / 2 ? 10 * k : 0),
                    };
                }
                double least = double.PositiveInfinity, most = 0;
                for (int k = 0; k < experts; k++)
                {
                    mixture += hedge.Weights[k] * losses[k];
                    totals[k] += losses[k];
                    least = Math.Min(least, losses[k]);
                    most = Math.Max(most, losses[k]);
                }
                spread = Math.Max(spread, most - least);
                hedge.Learn(losses);
                double worst = spread * (Math.Sqrt((t + 1) * Math.Log(experts)) + 4.0 / 3 * Math.Log(experts) + 2);
                Assert.Equal(mixture - totals.Min(), hedge.Regret, 1e-11 * (mixture + 1e-300));
                Assert.True(hedge.Regret <= hedge.RegretBound, $"sequence {sequence}, step {t}: {hedge.Regret} above {hedge.RegretBound}");
                Assert.True(hedge.RegretBound <= worst);
                closest = Math.Max(closest, experts > 1 ? hedge.Regret / Math.Max(hedge.RegretBound, 1e-300) : 0);
            }
        }
        Assert.InRange(closest, .4, 1);
    }

    private static double Adversary(int kind, int t, CorrectedForecast open, double mean, double scale, Random random)
    {
        double outside = open.Upper is { } upper ? upper + scale * random.NextDouble() * 1e-3 : open.Lower is { } lower ? lower - scale * 1e-3 : mean;
        double inside = open.Lower is { } low && open.Upper is { } high ? low + (high - low) * random.NextDouble() : mean;
        return kind switch
        {
            0 => outside,
            1 => inside,
            2 => t % 2 == 0 ? outside : inside,
            3 => t % 40 < 20 ? inside : outside,
            4 => mean + scale * LoopSpeech.Normal(random),
            5 => open.Upper ?? open.Lower ?? mean,   // on the bound
            _ => scale * Math.Pow(10, random.Next(-5, 6)) * (random.Next(2) * 2 - 1),
        };
    }
}
