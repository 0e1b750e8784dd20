using RanCognition.Numerics;
using RanCognition.Performance;
using RanCognition.Temporal.Forecasting;

namespace RanCognition.Tests.Forecasting;

/// <summary>Stated probabilities against outcomes of simulated series; fixed seeds, margins of several standard errors.</summary>
public sealed class CalibrationTests
{
    private const int Series = 300, Horizon = 24;

    [Theory]
    [InlineData(0.0, 0.0, 700)]
    [InlineData(.7, 0.0, 300)]
    [InlineData(.7, 6.0, 700)]
    [InlineData(.9, 3.0, 400)]
    public void Intervals_hold_about_the_share_of_outcomes_they_promise(double phi, double amplitude, int n)
    {
        double[] coverages = [.5, .8, .95, .99];
        var inside = new int[coverages.Length];
        ForEach(phi, amplitude, n, (result, outcomes) =>
        {
            for (var i = 0; i < coverages.Length; i++)
            {
                for (var j = 0; j < Horizon; j++)
                {
                    double low = result.Distribution.Quantile(j, (1 - coverages[i]) / 2), high = result.Distribution.Quantile(j, (1 + coverages[i]) / 2);
                    inside[i] += outcomes[j] >= low && outcomes[j] <= high ? 1 : 0;
                }
            }
        });
        double[] margins = [.06, .05, .03, .015];
        for (var i = 0; i < coverages.Length; i++)
        {
            var share = inside[i] / (double)(Series * Horizon);
            Assert.True(Math.Abs(share - coverages[i]) <= margins[i], $"{coverages[i]}: {share}");
        }
    }

    [Fact]
    public void An_interval_of_any_coverage_lies_at_the_quantiles_of_the_distribution()
    {
        var forecaster = new Forecaster(SimdOps.Vector);
        var random = new RandomStream(31);
        var values = SimulatedSeries.Seasonal(ref random, 500, .6, 4);
        var distribution = forecaster.Forecast(values, 3600, Horizon).Distribution;
        foreach (var coverage in new[] { .5, .8, .95, .99 })
        {
            var result = forecaster.Forecast(values, 3600, Horizon, coverage);
            for (var j = 0; j < Horizon; j++)
            {
                Assert.Equal(distribution.Quantile(j, (1 - coverage) / 2), result.Lower[j], 1e-9);
                Assert.Equal(distribution.Quantile(j, (1 + coverage) / 2), result.Upper[j], 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(0.0, 0.0, 700)]
    [InlineData(.7, 6.0, 700)]
    [InlineData(.9, 3.0, 400)]
    public void The_probability_to_come_within_a_tolerance_is_the_share_that_does(double phi, double amplitude, int n)
    {
        double[] tolerances = [.5, 1, 2, 4], stated = new double[4], observed = new double[4];
        ForEach(phi, amplitude, n, (result, outcomes) =>
        {
            for (var i = 0; i < tolerances.Length; i++)
            {
                for (var j = 0; j < Horizon; j++)
                {
                    stated[i] += result.Distribution.ProbabilityWithin(j, result.Mean[j], tolerances[i]) / (Series * Horizon);
                    observed[i] += Math.Abs(outcomes[j] - result.Mean[j]) <= tolerances[i] ? 1.0 / (Series * Horizon) : 0;
                }
            }
        });
        for (var i = 0; i < tolerances.Length; i++)
        {
            Assert.True(Math.Abs(stated[i] - observed[i]) <= .05, $"tolerance {tolerances[i]}: stated {stated[i]}, observed {observed[i]}");
        }
    }

    [Fact]
    public void Explained_variance_tells_a_strong_season_from_noise_and_never_rises()
    {
        double Mean(double amplitude)
        {
            var sum = 0.0;
            ForEach(0, amplitude, 500, (result, _) =>
            {
                for (var j = 0; j < Horizon; j++)
                {
                    sum += result.Distribution.ExplainedVariance(j);
                    Assert.True(j == 0 || result.Distribution.ExplainedVariance(j) <= result.Distribution.ExplainedVariance(j - 1));
                }
            });
            return sum / (Series * Horizon);
        }

        // Variance of the season: amplitude^2 (1/2 + 1/8); of the noise: 1.
        Assert.InRange(Mean(0), 0, .03);
        Assert.InRange(Mean(4), .86, 10 / 11.0);
    }

    private static void ForEach(double phi, double amplitude, int n, Action<ForecastResult, double[]> use)
    {
        var random = new RandomStream(17);
        var forecaster = new Forecaster(SimdOps.Vector);
        for (var i = 0; i < Series; i++)
        {
            var values = SimulatedSeries.Seasonal(ref random, n + Horizon, phi, amplitude);
            use(forecaster.Forecast(values.AsSpan(0, n), 3600, Horizon), values[n..]);
        }
    }
}
