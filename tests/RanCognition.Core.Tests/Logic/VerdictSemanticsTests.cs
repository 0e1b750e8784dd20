using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Logic;

/// <summary>Verdicts against the definitions evaluated sample by sample, on random formulas and paths.</summary>
public sealed class VerdictSemanticsTests
{
    private const double StepSeconds = 2;
    private const ulong StepNs = 2_000_000_000;

    [Fact]
    public void Random_formulas_agree_with_their_definition()
    {
        var random = new Random(20240607);
        int evaluated = 0, undecided = 0, notEvaluable = 0, held = 0, zeros = 0;
        for (var round = 0; round < 30_000; round++)
        {
            var formula = RandomFormula(random, random.Next(0, 4));
            var horizon = random.Next(1, 14);
            var gaps = random.Next(3) == 0 ? 0.3 : 0;
            var path = new Dictionary<string, double[]> { ["X"] = RandomPath(random, horizon, gaps), ["Y"] = RandomPath(random, horizon, gaps) };
            var verdict = Evaluate(formula, path);
            ReferenceSemantics.Truth? expected;
            try
            {
                expected = new ReferenceSemantics(path, horizon, StepSeconds).Constraint(formula);
            }
            catch (ReferenceSemantics.NotEvaluable)
            {
                notEvaluable++;
                Assert.True(double.IsNaN(verdict.Probability), formula.ToString());
                Assert.NotNull(verdict.Reason);
                Assert.NotEqual("no path has the values that it needs", verdict.Reason);
                continue;
            }
            var context = $"{formula} on X=[{string.Join(' ', path["X"])}] Y=[{string.Join(' ', path["Y"])}]: {verdict.Reason}";
            if (expected is not { } truth)
            {
                undecided++;
                Assert.True(verdict.Reason == "no path has the values that it needs", context);
                continue;
            }
            evaluated++;
            held += truth.Holds ? 1 : 0;
            zeros += truth.Robustness == 0 ? 1 : 0;
            Assert.True(verdict.Reason is null, context);
            Assert.True((truth.Holds ? 1.0 : 0.0) == verdict.Probability, context);
            Assert.True(Math.Abs(truth.Robustness - verdict.Robustness) <= 1e-9, $"{context}: {truth.Robustness} but {verdict.Robustness}");
            Assert.Equal(truth.Holds, verdict.FirstViolationNs is null);
        }
        // The mix must reach every branch, or the agreement says little.
        Assert.True(evaluated > 15_000, $"{evaluated}");
        Assert.InRange(held, evaluated / 5, evaluated * 4 / 5);
        Assert.True(undecided > 100 && notEvaluable > 1000 && zeros > 2000, $"{undecided} {notEvaluable} {zeros}");
    }

    [Fact]
    public void The_sign_of_robustness_agrees_with_the_verdict_on_any_numbers()
    {
        var random = new Random(5);
        double[] special = [0.0, -0.0, double.Epsilon, -double.Epsilon, 1e-300, 1, -1, 1e300, -1e300, double.MaxValue, double.MinValue, 1 + 1e-12];
        for (var round = 0; round < 20_000; round++)
        {
            var horizon = random.Next(1, 20);
            var path = Enumerable.Range(0, horizon).Select(_ => special[random.Next(special.Length)]).ToArray();
            var comparison = new Comparison(
                new Operand(OperandKind.Value, new MetricReference("X")), (ComparisonOperator)random.Next(6), special[random.Next(special.Length)]);
            Formula formula = random.Next(4) switch
            {
                0 => new WindowedFormula(false, TimeWindow.Whole, comparison),
                1 => new Negation(new WindowedFormula(true, TimeWindow.Whole, comparison)),
                2 => new Negation(comparison),
                _ => comparison,
            };
            var verdict = Evaluate(formula, new() { ["X"] = path });
            var holds = path.Select(x => Holds(x, comparison));
            var expected = formula switch
            {
                WindowedFormula => holds.Any(h => h),
                Negation { Term: WindowedFormula } => !holds.All(h => h),
                Negation => holds.All(h => !h),
                _ => holds.All(h => h),
            };
            Assert.True(verdict.Probability == (expected ? 1 : 0), $"{formula} on {string.Join(' ', path)}");
            Assert.True(double.IsFinite(verdict.Robustness));
            Assert.False(verdict.Robustness > 0 && !expected);
            Assert.False(verdict.Robustness < 0 && expected);
        }
    }

    [Fact]
    public void Statistics_agree_with_their_definition_and_survive_extremes()
    {
        double[] extreme = [double.MaxValue, double.MaxValue, double.MinValue, double.MaxValue, double.NaN, double.PositiveInfinity];
        var scratch = new double[extreme.Length];
        foreach (var kind in Enum.GetValues<OperandKind>().Where(k => k != OperandKind.Rate))
        {
            Assert.True(double.IsFinite(PathStatistics.Of(SimdOps.Vector, extreme, kind, 95, scratch)), kind.ToString());
            Assert.True(double.IsNaN(PathStatistics.Of(SimdOps.Vector, [double.NaN], kind, 95, scratch)));
            Assert.True(double.IsNaN(PathStatistics.Of(SimdOps.Vector, [], kind, 95, scratch)));
        }
        double[] values = [4, 1, double.NaN, 3, 2];
        Assert.Equal(2.5, PathStatistics.Of(SimdOps.Vector, values, OperandKind.Median, 0, scratch), 12);
        Assert.Equal(3.85, PathStatistics.Of(SimdOps.Vector, values, OperandKind.Percentile, 95, scratch), 12);
        Assert.Equal(Math.Sqrt(1.25), PathStatistics.Of(SimdOps.Vector, values, OperandKind.StandardDeviation, 0, scratch), 12);
        Assert.Equal(2, PathStatistics.Of(SimdOps.Vector, values, OperandKind.Last, 0, scratch));
        Assert.Equal(10, PathStatistics.Of(SimdOps.Vector, values, OperandKind.Sum, 0, scratch));
    }

    [Fact]
    public void Bulk_comparison_and_extrema_equal_the_scalar_ones_to_the_last_bit()
    {
        var random = new Random(11);
        double[] special = [0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 5, -5, 1e308, -1e308, double.Epsilon];
        for (var round = 0; round < 3000; round++)
        {
            var samples = Enumerable.Range(0, random.Next(0, 40)).Select(_ => special[random.Next(special.Length)]).ToArray();
            var limit = special[random.Next(5, special.Length)] + 0.0;
            var truth = new double[samples.Length];
            foreach (var comparison in Enum.GetValues<ComparisonOperator>())
            {
                Robustness.Compare(samples, comparison, limit, truth);
                var expected = samples.Select(x => Robustness.Compare(x, comparison, limit)).ToArray();
                Assert.Equal(expected.Select(Bits), truth.Select(Bits));
                foreach (var smallest in new[] { true, false })
                {
                    var decided = expected.Where(t => !double.IsNaN(t)).ToArray();
                    var extremum = decided.Length == 0 ? double.NaN : decided.Aggregate(smallest ? Robustness.Lower : Robustness.Higher);
                    Assert.Equal(Bits(extremum), Bits(Robustness.Extremum(SimdOps.Vector, truth, smallest)));
                }
            }
        }

        static long Bits(double value) => double.IsNaN(value) ? -1 : BitConverter.DoubleToInt64Bits(value);
    }

    private static bool Holds(double x, Comparison c)
    {
        var equal = Math.Abs(x - c.Limit) <= 1e-9 * Math.Max(Math.Abs(x), Math.Abs(c.Limit));
        return c.Operator switch
        {
            ComparisonOperator.Less => x < c.Limit,
            ComparisonOperator.LessOrEqual => x <= c.Limit,
            ComparisonOperator.Greater => x > c.Limit,
            ComparisonOperator.GreaterOrEqual => x >= c.Limit,
            ComparisonOperator.Equal => equal,
            _ => !equal,
        };
    }

    private static ConstraintVerdict Evaluate(Formula formula, Dictionary<string, double[]> path)
    {
        Assert.True(ConstraintExpression.TryParse(formula.ToString(), out var constraint, out var reason), $"{formula}: {reason}");
        return Verdicts.Evaluate(SimdOps.Vector, constraint, new ArrayPaths([.. path.Keys], [.. path.Values.Select(v => new[] { v })], StepNs));
    }

    private static double[] RandomPath(Random random, int horizon, double gaps) =>
        [.. Enumerable.Range(0, horizon).Select(_ => random.NextDouble() < gaps ? double.NaN : random.Next(-3, 4))];

    private static Formula RandomFormula(Random random, int depth)
    {
        if (depth == 0)
        {
            return RandomComparison(random);
        }
        Formula Below() => RandomFormula(random, random.Next(0, depth));
        return random.Next(8) switch
        {
            0 => new Negation(Below()),
            1 => Formula.And(Below(), Below(), Below()),
            2 => Formula.Or(Below(), Below()),
            3 => new Implication(Below(), Below()),
            4 => new WindowedFormula(true, RandomWindow(random), Below()),
            5 => new WindowedFormula(false, RandomWindow(random), Below()),
            6 => new UntilFormula(Below(), RandomWindow(random), Below()),
            _ => RandomComparison(random),
        };
    }

    private static TimeWindow RandomWindow(Random random)
    {
        const ulong QuarterStep = StepNs / 4;
        var start = (ulong)random.Next(0, 12) * QuarterStep * (ulong)random.Next(0, 2);
        return random.Next(4) switch
        {
            0 => TimeWindow.Whole,
            1 => new TimeWindow(start, TimeWindow.OpenEnd),
            _ => new TimeWindow(start, start + (ulong)random.Next(0, 24) * QuarterStep),
        };
    }

    private static Comparison RandomComparison(Random random)
    {
        var metric = random.Next(6) == 0 ? new MetricReference("X", "Y") : new MetricReference(random.Next(2) == 0 ? "X" : "Y");
        var kind = random.Next(5) switch { 0 => (OperandKind)random.Next(0, 10), _ => OperandKind.Value };
        var percent = kind == OperandKind.Percentile ? random.Next(1, 50) : 0;
        return new Comparison(new Operand(kind, metric, percent), (ComparisonOperator)random.Next(6), random.Next(-3, 4));
    }
}
