using System.Globalization;
using RanCognition.Cognition.Integration;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Temporal;

namespace RanCognition.Tests.Cognition;

public sealed class GaussianIntegrationTests
{
    private const ulong StepNs = 900_000_000_000;
    private const ulong StartNs = 1_700_000_000_000_000_000;

    [Fact]
    public void Two_coupled_series_have_about_the_value_of_the_formula()
    {
        RandomStream random = new(1);
        double[][] values = Coupled([[0.5, 0.4], [0.4, 0.5]], 4096, ref random);
        IntegrationReport report = GaussianIntegration.Measure(Grids(values));

        // Stationary covariance of the symmetric case: along (1, 1) 1 / (1 - 0.81), along (1, -1) 1 / (1 - 0.01).
        double plus = 1 / (1 - 0.81), minus = 1 / (1 - 0.01), variance = (plus + minus) / 2, lag = (0.9 * plus + 0.1 * minus) / 2;
        Assert.Equal(Math.Log(variance - lag * lag / variance), report.Phi!.Value, 0.03);
        Assert.Equal(4095, report.Samples);
        Assert.True(report.Exact);
        Assert.Null(report.Reason);
    }

    [Fact]
    public void Independent_series_have_next_to_none()
    {
        RandomStream random = new(2);
        double[][] values = Coupled([[0.8, 0, 0], [0, 0.3, 0], [0, 0, -0.5]], 4096, ref random);
        Assert.InRange(GaussianIntegration.Measure(Grids(values)).Phi!.Value, 0, 0.004);
    }

    [Fact]
    public void Planted_blocks_are_found()
    {
        for (ulong seed = 10; seed < 30; seed++)
        {
            RandomStream random = new(seed);
            double[][] values = Blocks([0, 1, 0, 1, 1, 0, 0], 600, ref random);
            IntegrationReport report = GaussianIntegration.Measure(Grids(values));
            Assert.Equal(["m0", "m2", "m5", "m6"], report.Partition[0]);
            Assert.Equal(["m1", "m3", "m4"], report.Partition[1]);
        }
    }

    [Fact]
    public void Units_and_order_do_not_matter()
    {
        RandomStream random = new(3);
        double[][] values = Blocks([0, 1, 0, 1, 0], 500, ref random);
        IntegrationReport plain = GaussianIntegration.Measure(Grids(values));
        double[] units = [1e-9, 3, -1e12, 1e200, 42];
        MetricGrid[] scaled = Grids(values), reversed = Grids(values);
        for (int i = 0; i < values.Length; i++)
        {
            double unit = units[i];
            scaled[i] = scaled[i] with { Values = Array.ConvertAll(values[i], value => unit * (value + 5)) };
        }
        Array.Reverse(reversed);
        IntegrationReport inUnits = GaussianIntegration.Measure(scaled), turned = GaussianIntegration.Measure(reversed);
        Assert.Equal(plain.Phi!.Value, inUnits.Phi!.Value, 1e-8);
        Assert.Equal(plain.Partition, inUnits.Partition);
        Assert.Equal(plain.Phi!.Value, turned.Phi!.Value, 1e-10);
        Assert.Equal(Sorted(plain), Sorted(turned));
    }

    [Fact]
    public void Series_that_cannot_take_part_are_named()
    {
        RandomStream random = new(4);
        MetricGrid[] grids = Grids(Blocks([0, 0, 0, 0, 0], 200, ref random));
        grids[1] = grids[1] with { Metric = "still", Values = new double[200] };
        grids[3] = grids[3] with { Metric = "hourly", StepNs = 4 * StepNs };
        grids[4] = grids[4] with { Metric = "rare", Values = Array.ConvertAll(grids[4].Values, _ => double.NaN) };
        IntegrationReport report = GaussianIntegration.Measure(grids);
        Assert.Equal("left out: still (constant), hourly (other periods), rare (too few values)", report.Reason);
        Assert.Equal(["m0"], report.Partition[0]);
        Assert.Equal(["m2"], report.Partition[1]);
    }

    [Fact]
    public void Series_are_brought_together_by_time_not_by_place()
    {
        RandomStream random = new(5);
        MetricGrid[] grids = Grids(Coupled([[0.5, 0.4], [0.4, 0.5]], 400, ref random));
        IntegrationReport whole = GaussianIntegration.Measure(Shorter(grids, 40, 360));
        grids[0] = Shorter([grids[0]], 40, 400)[0];
        grids[1] = Shorter([grids[1]], 0, 360)[0];
        IntegrationReport shifted = GaussianIntegration.Measure(grids);
        Assert.Equal(319, shifted.Samples);
        Assert.Equal(whole.Phi!.Value, shifted.Phi!.Value, 1e-9);
    }

    [Fact]
    public void Periods_with_a_gap_are_passed_over()
    {
        RandomStream random = new(6);
        MetricGrid[] grids = Grids(Coupled([[0.5, 0.4], [0.4, 0.5]], 100, ref random));
        grids[0].Values[10] = double.NaN;
        grids[1].Values[50] = double.PositiveInfinity;
        grids[1].Values[51] = double.NaN;
        Assert.Equal(99 - 2 - 3, GaussianIntegration.Measure(grids).Samples);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(16)]
    public void Too_little_gives_no_number_but_a_reason(int periods)
    {
        RandomStream random = new(7);
        IntegrationReport report = GaussianIntegration.Measure(Grids(Blocks([0, 0], periods, ref random)));
        Assert.Null(report.Phi);
        Assert.Empty(report.Partition);
        Assert.False(string.IsNullOrEmpty(report.Reason));
        Assert.Null(GaussianIntegration.Measure([]).Phi);
    }

    [Fact]
    public void Of_many_series_the_most_telling_twelve_are_taken()
    {
        RandomStream random = new(8);
        int[] block = new int[30];
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = i % 2 == 0 && i < 24 ? 0 : i + 1;   // twelve belong together, each other is alone
        }
        IntegrationReport report = GaussianIntegration.Measure(Grids(Blocks(block, 400, ref random)));
        Assert.Equal(12, report.Partition[0].Count + report.Partition[1].Count);
        foreach (string name in (string[])[.. report.Partition[0], .. report.Partition[1]])
        {
            Assert.Equal(0, int.Parse(name[1..], CultureInfo.InvariantCulture) % 2);
        }
        Assert.False(report.Exact);
        Assert.EndsWith("and 13 more", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_of_series_and_copies_of_one_are_no_obstacle()
    {
        RandomStream random = new(9);
        double[] one = Blocks([0], 300, ref random)[0];
        MetricGrid[] grids = new MetricGrid[3000];
        for (int i = 0; i < grids.Length; i++)
        {
            grids[i] = Grids([one])[0] with { Metric = "m" + i.ToString(CultureInfo.InvariantCulture) };
        }
        IntegrationReport report = GaussianIntegration.Measure(grids);
        Assert.True(double.IsFinite(report.Phi!.Value) && report.Phi > 1);
    }

    [Fact]
    public void Values_at_the_ends_of_what_a_number_holds_give_finite_answers_or_none()
    {
        double[] odd = [double.MaxValue, -double.MaxValue, double.NaN, 0, 5e-324, -5e-324, 1, double.NegativeInfinity, 1e-300];
        RandomStream random = new(10);
        for (int round = 0; round < 200; round++)
        {
            double[][] values = new double[3][];
            for (int i = 0; i < 3; i++)
            {
                values[i] = new double[60];
                for (int t = 0; t < 60; t++)
                {
                    values[i][t] = random.NextDouble() < 0.1 ? odd[random.NextBits() % (ulong)odd.Length] : random.NextNormal();
                }
            }
            IntegrationReport report = GaussianIntegration.Measure(Grids(values));
            Assert.True(report.Phi is null ? report.Reason is not null : double.IsFinite(report.Phi.Value) && report.Phi >= 0);
        }
    }

    private static string Sorted(IntegrationReport report)
    {
        string[] sides = Array.ConvertAll([.. report.Partition], side =>
        {
            string[] names = [.. side];
            Array.Sort(names, StringComparer.Ordinal);
            return string.Join(",", names);
        });
        Array.Sort(sides, StringComparer.Ordinal);
        return string.Join(" | ", sides);
    }

    private static MetricGrid[] Shorter(MetricGrid[] grids, int from, int to) =>
        Array.ConvertAll(grids, grid => grid with { StartNs = grid.StartNs + (ulong)from * StepNs, Values = grid.Values[from..to] });

    private static MetricGrid[] Grids(double[][] values)
    {
        MetricGrid[] grids = new MetricGrid[values.Length];
        for (int i = 0; i < grids.Length; i++)
        {
            grids[i] = new MetricGrid { Metric = "m" + i.ToString(CultureInfo.InvariantCulture), StartNs = StartNs, StepNs = StepNs, Values = values[i] };
        }
        return grids;
    }

    /// <summary>Series that drive those of their own block, and share a part of their noise with them.</summary>
    private static double[][] Blocks(int[] block, int periods, ref RandomStream random)
    {
        double[][] step = new double[block.Length][];
        for (int i = 0; i < block.Length; i++)
        {
            step[i] = new double[block.Length];
            int members = 0;
            foreach (int other in block)
            {
                members += other == block[i] ? 1 : 0;
            }
            for (int j = 0; j < block.Length; j++)
            {
                step[i][j] = block[i] == block[j] ? 0.7 / members : 0;
            }
        }
        return Coupled(step, periods, ref random, block);
    }

    /// <param name="step">Each series' next value by the present ones.</param>
    /// <param name="periods">Length.</param>
    /// <param name="random">Of the noise.</param>
    /// <param name="block">Number of the block of each, at most 31: whose noise it shares in part.</param>
    private static double[][] Coupled(double[][] step, int periods, ref RandomStream random, int[]? block = null)
    {
        int count = step.Length;
        double[][] values = new double[count][];
        for (int i = 0; i < count; i++)
        {
            values[i] = new double[periods];
        }
        double[] now = new double[count];
        for (int t = -200; t < periods; t++)
        {
            double[] next = new double[count], shared = new double[32];
            for (int i = 0; block is not null && i < shared.Length; i++)
            {
                shared[i] = 0.6 * random.NextNormal();
            }
            for (int i = 0; i < count; i++)
            {
                next[i] = random.NextNormal() + (block is null ? 0 : shared[block[i]]);
                for (int j = 0; j < count; j++)
                {
                    next[i] += step[i][j] * now[j];
                }
                if (t >= 0)
                {
                    values[i][t] = next[i];
                }
            }
            now = next;
        }
        return values;
    }
}
