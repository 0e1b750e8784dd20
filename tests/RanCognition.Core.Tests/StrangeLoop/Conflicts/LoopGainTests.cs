using RanCognition.Contracts;
using RanCognition.StrangeLoop.Conflicts;

namespace RanCognition.Tests.StrangeLoop;

public sealed class LoopGainTests
{
    [Fact]
    public void The_gain_of_planted_loops_is_found_exactly_without_noise()
    {
        var random = new Random(1);
        for (int round = 0; round < 200; round++)
        {
            int n = random.Next(1, 7);
            double[][] gain = Gain(random, n, 1);
            // Each function has a unit of its own.
            double[] units = Enumerable.Range(0, n).Select(_ => Math.Pow(10, random.Next(-9, 9))).ToArray();
            double[][] changes = Simulate(gain, n + random.Next(1, 3), random, 0);
            LoopGainReport report = Of(n, changes.Select(row => row.Select((value, i) => value * units[i]).ToArray()).ToArray());
            double[][] found = report.Gain.Select((row, a) => row.Select((value, b) => value / units[a] * units[b]).ToArray()).ToArray();
            for (int t = 0; t + 1 < changes.Length; t++)
            {
                double[] answer = Multiply(found, changes[t]);
                for (int a = 0; a < n; a++)
                {
                    Assert.InRange(answer[a] - changes[t + 1][a], -1e-11, 1e-11);
                }
            }
            for (int a = 0; a < n && n <= 3; a++)   // of more functions a single run is too nearly dependent to tell every digit
            {
                for (int b = 0; b < n; b++)
                {
                    Assert.InRange(found[a][b] - gain[a][b], -1e-6, 1e-6);
                }
            }
        }
    }

    [Fact]
    public void Two_functions_that_answer_each_other_have_their_analytic_gain()
    {
        // a answers b by -g, b answers a by h: eigenvalues +-i sqrt(g h).
        double[][] gain = [[0, -1.5], [.8, 0]];
        LoopGainReport report = Of(2, Simulate(gain, 12, new Random(5), 0));
        for (int a = 0; a < 2; a++)
        {
            for (int b = 0; b < 2; b++)
            {
                Assert.Equal(gain[a][b], report.Gain[a][b], 12);
            }
        }
        Assert.Equal(Math.Sqrt(1.2), report.SpectralRadius, 12);
        Assert.Equal(2 / 2.2, report.Advice.Limit!.Value, 12);
        Assert.Equal(1 / 2.2, report.Advice.Damping!.Value, 6);
        Assert.InRange(report.StandardError!.Value, 0, 1e-12);
    }

    [Fact]
    public void Noisy_changes_give_the_gain_within_its_standard_errors()
    {
        var random = new Random(2);
        int outside = 0, count = 0;
        double sum = 0, claimed = 0;
        for (int round = 0; round < 200; round++)
        {
            double[][] gain = Gain(random, 2, .3);
            LoopGainReport report = Of(2, Simulate(gain, 400, random, .1));
            for (int a = 0; a < 2; a++)
            {
                for (int b = 0; b < 2; b++)
                {
                    double off = Math.Abs(report.Gain[a][b] - gain[a][b]);
                    outside += off > 3 * report.StandardError ? 1 : 0;   // the largest of the errors: less than 0.3 % are outside
                    sum += off * off;
                    claimed += report.StandardError!.Value * report.StandardError.Value;
                    count++;
                }
            }
        }
        Assert.InRange(outside, 0, count / 100);
        Assert.InRange(Math.Sqrt(sum / claimed), .7, 1.1);
    }

    [Fact]
    public void The_standard_error_is_that_of_the_normal_equations()
    {
        var random = new Random(3);
        double[][] changes = Simulate(Gain(random, 2, .4), 700, random, .5);
        LoopGainReport report = Of(2, changes);
        double xx = 0, xy = 0, yy = 0;
        for (int t = 0; t + 1 < changes.Length; t++)
        {
            xx += changes[t][0] * changes[t][0];
            xy += changes[t][0] * changes[t][1];
            yy += changes[t][1] * changes[t][1];
        }
        double largest = 0;
        for (int a = 0; a < 2; a++)
        {
            double residual = 0, towards0 = 0, towards1 = 0;
            for (int t = 0; t + 1 < changes.Length; t++)
            {
                double rest = changes[t + 1][a] - report.Gain[a][0] * changes[t][0] - report.Gain[a][1] * changes[t][1];
                residual += rest * rest;
                towards0 += rest * changes[t][0];
                towards1 += rest * changes[t][1];
            }
            Assert.InRange(towards0, -1e-9, 1e-9);   // least squares: what is left is orthogonal
            Assert.InRange(towards1, -1e-9, 1e-9);
            largest = Math.Max(largest, Math.Sqrt(residual / (changes.Length - 1 - 2) * Math.Max(xx, yy) / (xx * yy - xy * xy)));
        }
        Assert.InRange(report.StandardError!.Value / largest, 1 - 1e-9, 1 + 1e-9);
    }

    [Fact]
    public void Advice_on_damping_makes_the_loop_settle_and_a_little_above_the_limit_does_not()
    {
        var random = new Random(4);
        int damped = 0, calm = 0, ordered = 0;
        for (int round = 0; round < 600; round++)
        {
            int n = random.Next(1, 7);
            double[][] gain = Gain(random, n, 3);
            LoopGainReport report = LoopGain.Of(Names(n), gain, null, "gain");
            double highest = report.Eigenvalues.Max(value => value.Real);
            switch (report.Advice.Kind)
            {
                case LoopAdviceKind.None:
                    calm++;
                    Assert.True(report.SpectralRadius < .95);
                    break;
                case LoopAdviceKind.Precedence:
                    ordered++;
                    Assert.True(highest >= 1 - 1e-12 && report.SpectralRadius >= .95);
                    Assert.Equal(Names(n).OrderByDescending(name => Column(gain, int.Parse(name))).ToArray(), report.Advice.Order);
                    break;
                default:
                    damped++;
                    double damping = report.Advice.Damping!.Value, limit = report.Advice.Limit!.Value;
                    Assert.True(highest < 1 && report.SpectralRadius >= .95);
                    double plain = report.Eigenvalues.Min(l => 2 * (1 - l.Real) / ((1 - l.Real) * (1 - l.Real) + l.Imaginary * l.Imaginary));
                    Assert.InRange(limit, plain * (1 - 1e-12), plain * (1 + 1e-12));
                    Assert.True(damping > 0 && damping < limit && damping <= 1);
                    double rate = Rate(report, damping);
                    Assert.True(rate < 1);
                    for (double other = .001; other <= 1; other += .01)
                    {
                        Assert.True(Rate(report, other) >= rate - 1e-9);   // no other share is better
                    }
                    if (rate < .99)
                    {
                        Assert.True(Simulated(gain, damping, 4000) < 1e-6);
                    }
                    if (1.05 * limit <= 1)
                    {
                        Assert.True(Rate(report, 1.05 * limit) > 1);
                        if (Rate(report, 1.05 * limit) > 1.01)
                        {
                            Assert.True(Simulated(gain, 1.05 * limit, 4000) > 1);
                        }
                    }
                    break;
            }
        }
        Assert.True(damped > 100 && calm > 30 && ordered > 100, $"{damped} {calm} {ordered}");
    }

    [Theory]
    [InlineData(1, LoopAdviceKind.Precedence)]
    [InlineData(1.3, LoopAdviceKind.Precedence)]
    [InlineData(.999999, LoopAdviceKind.Damping)]
    [InlineData(.96, LoopAdviceKind.Damping)]
    [InlineData(.9499, LoopAdviceKind.None)]
    [InlineData(-1, LoopAdviceKind.Damping)]
    [InlineData(-1e9, LoopAdviceKind.Damping)]
    public void One_function_that_answers_itself_is_judged_by_its_gain(double gain, LoopAdviceKind kind)
    {
        LoopGainReport report = LoopGain.Of(["a"], [[gain]], null, "gain");
        Assert.Equal(kind, report.Advice.Kind);
        Assert.Equal(Math.Abs(gain), report.SpectralRadius);
        if (kind == LoopAdviceKind.Damping)
        {
            Assert.InRange(report.Advice.Damping!.Value, Math.Min(1, 1 / (1 - gain)) * (1 - 1e-6), 1);
            Assert.InRange(report.Advice.Damping!.Value, 0, Math.Min(1, 1 / (1 - gain)) * (1 + 1e-6));
        }
    }

    [Fact]
    public void An_eigenvalue_of_one_that_is_rounded_asks_for_precedence()
    {
        // Rows that sum to 1 have the eigenvalue 1.
        var random = new Random(7);
        for (int round = 0; round < 500; round++)
        {
            int n = random.Next(2, 30);
            double[][] gain = Enumerable.Range(0, n).Select(_ =>
            {
                double[] row = Enumerable.Range(0, n).Select(_ => random.NextDouble()).ToArray();
                double sum = row.Sum();
                return row.Select(value => value / sum).ToArray();
            }).ToArray();
            Assert.Equal(LoopAdviceKind.Precedence, LoopGain.Of(Names(n), gain, null, "gain").Advice.Kind);
        }
    }

    [Fact]
    public void Who_moves_the_others_most_goes_first()
    {
        LoopGainReport report = LoopGain.Of(["a", "b", "c"], [[9, 1, 0], [0, 0, 3], [2, 1, 0]], null, "gain");
        Assert.Equal(["c", "a", "b"], report.Advice.Order);   // 3, 2, sqrt 2: what a does to itself does not count
    }

    [Fact]
    public void Changes_that_do_not_tell_are_refused_with_the_reason()
    {
        Assert.Contains("at least 3", Refused("loops/changes", ["a", "b"], null, [[1, 2], [3, 4]]));
        Assert.Contains("'b' never changes", Refused("loops/changes", ["a", "b"], null, [[1, 0], [3, 0], [2, 0], [3, 1]]));
        Assert.Contains("'b' follow", Refused("loops/changes", ["a", "b"], null, [[1, .1], [3, .3], [7, .7], [9, .9], [2, 3]]));
        Assert.Contains("2 functions", Refused("loops/changes/1", ["a", "b"], null, [[1, 2], [1], [1, 2]]));
        Assert.Contains("finite", Refused("loops/changes/0/1", ["a", "b"], null, [[1, double.NaN], [1, 2], [3, 4]]));
        Assert.Contains("rows", Refused("loops/gain", ["a", "b"], [[1, 2]], null));
        Assert.Contains("numbers", Refused("loops/gain/1", ["a", "b"], [[1, 2], [1, 2, 3]], null));
        Assert.Contains("finite", Refused("loops/gain/1/0", ["a", "b"], [[1, 2], [double.PositiveInfinity, 3]], null));
        Assert.Contains("twice", Refused("loops/names/1", ["a", "a"], [[1, 2], [1, 2]], null));
        Assert.Contains("one of them", Refused("loops", ["a"], [[1]], [[1], [2]]));
        Assert.Contains("at least one", Refused("loops/names", [], [], null));
        Assert.Contains("floating-point", Refused("loops/gain", ["a", "b"], [[1.7e308, 1.7e308], [1.7e308, 1.7e308]], null));
        Assert.Throws<LimitExceededException>(() => LoopGain.Of(new ControlLoops { Names = Names(StrangeLoopLimits.FunctionsMax + 1), Gain = [] }, "loops", new FixedHost()));
        Assert.Throws<LimitExceededException>(() => LoopGain.Of(new ControlLoops { Names = ["a"], Changes = new double[StrangeLoopLimits.PeriodsMax + 1][] }, "loops", new FixedHost()));

        static string Refused(string argument, string[] names, double[][]? gain, double[][]? changes)
        {
            var error = Assert.Throws<InvalidInputException>(() => LoopGain.Of(new ControlLoops { Names = names, Gain = gain, Changes = changes }, "loops", new FixedHost()));
            Assert.Equal(argument, error.Argument);
            return error.Message;
        }
    }

    [Fact]
    public void As_many_periods_as_unknowns_give_a_gain_without_error_bars()
    {
        LoopGainReport report = Of(2, [[1, 0], [0, 1], [-.5, .25]]);
        Assert.Equal([0, -.5], report.Gain[0].Select(value => Math.Round(value, 12) + 0.0));
        Assert.Equal([1, .25], report.Gain[1].Select(value => Math.Round(value, 12)));
        Assert.Null(report.StandardError);
    }

    private static LoopGainReport Of(int n, double[][] changes) => LoopGain.Of(new ControlLoops { Names = Names(n), Changes = changes }, "loops", new FixedHost());

    private static string[] Names(int n) => Enumerable.Range(0, n).Select(i => $"{i}").ToArray();

    private static double[][] Gain(Random random, int n, double scale)
        => Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, n).Select(_ => scale * (2 * random.NextDouble() - 1)).ToArray()).ToArray();

    private static double Column(double[][] gain, int b) => Math.Sqrt(Enumerable.Range(0, gain.Length).Where(a => a != b).Sum(a => gain[a][b] * gain[a][b]));

    private static double Rate(LoopGainReport report, double damping) => report.Eigenvalues.Max(l => double.Hypot(1 - damping + damping * l.Real, damping * l.Imaginary));

    private static double[][] Simulate(double[][] gain, int periods, Random random, double noise)
    {
        double[][] changes = new double[periods][];
        changes[0] = gain.Select(_ => 2 * random.NextDouble() - 1).ToArray();
        for (int t = 1; t < periods; t++)
        {
            changes[t] = Multiply(gain, changes[t - 1]);
            for (int i = 0; i < gain.Length; i++)
            {
                changes[t][i] += noise * (random.NextDouble() + random.NextDouble() - 1);
            }
        }
        return changes;
    }

    /// <summary>Size of the changes after so many damped steps, from 1; stops when it is plain where they go.</summary>
    private static double Simulated(double[][] gain, double damping, int steps)
    {
        double[] changes = gain.Select((_, i) => 1.0 / (1 + i)).ToArray();
        double start = changes.Sum(Math.Abs);
        for (int step = 0; step < steps; step++)
        {
            double[] answer = Multiply(gain, changes);
            changes = changes.Select((change, i) => (1 - damping) * change + damping * answer[i]).ToArray();
            if (changes.Sum(Math.Abs) is > 1e100)
            {
                break;
            }
        }
        return changes.Sum(Math.Abs) / start;
    }

    private static double[] Multiply(double[][] gain, double[] changes) => gain.Select(row => row.Zip(changes, (left, right) => left * right).Sum()).ToArray();
}
