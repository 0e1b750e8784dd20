using RanCognition.Cognition.Targets;
using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Cognition;

public sealed class TargetSetTests
{
    private const ulong Now = 1_000_000_000_000;
    private const ulong Second = 1_000_000_000;

    private static TargetSet Of(params string[] texts) => TargetSet.Build(new RanProblem { Constraints = texts }, [], null, Now);

    private static Dictionary<string, double> Values(params (string Key, double Value)[] values)
    {
        Dictionary<string, double> all = [];
        foreach ((string key, double value) in values)
        {
            all[key] = value;
        }
        return all;
    }

    private static Constraint Record(string id, string type, params (string Key, double Value)[] parameters) =>
        new() { Id = id, ConstraintType = type, Parameters = [.. Values(parameters)] };

    [Theory]
    [InlineData("RRU.PrbTotDl <= 70", 70, true)]
    [InlineData("RRU.PrbTotDl < 70", 70, false)]
    [InlineData("10 <= RRU.PrbTotDl <= 20", 15, true)]
    [InlineData("10 <= RRU.PrbTotDl <= 20", 9, false)]
    [InlineData("always[0,300s](RRU.PrbTotDl <= 80)", 81, false)]
    [InlineData("eventually[0,10s](RRU.PrbTotDl > 80)", 81, true)]
    [InlineData("p95(RRU.PrbTotDl) <= 80", 80, true)]
    [InlineData("mean(RRU.PrbTotDl) >= 80", 79, false)]
    [InlineData("not (RRU.PrbTotDl > 80)", 80, true)]
    [InlineData("RRU.PrbTotDl > 90 -> RRU.PrbTotDl < 95", 96, false)]
    [InlineData("RRU.PrbTotDl > 90 until RRU.PrbTotDl < 50", 40, true)]
    [InlineData("RRU.PrbTotDl != 5", 5, false)]
    public void A_target_without_a_window_is_judged_on_the_observed_value(string text, double value, bool holds)
    {
        TargetSet targets = Of(text);
        Assert.Equal(holds, targets.AllHold(Values(("RRU.PrbTotDl", value)), Now + 1));
        Assert.Equal(holds, targets.Holds(0, [value]));
    }

    [Fact]
    public void A_missing_metric_leaves_the_outcome_open()
    {
        TargetSet targets = Of("a <= 1", "b <= 1");
        Assert.Null(targets.AllHold(Values(("a", 0)), Now));
        Assert.False(targets.AllHold(Values(("a", 2)), Now));
        Assert.True(targets.AllHold(Values(("a", 0), ("b", 1)), Now));
        Assert.False(targets.AllHold(Values(("a", 0), ("b", 2)), Now));
        Assert.False(targets.AllHold(Values(("a", double.NaN), ("b", 2)), Now));
        Assert.True(Of().AllHold(Values(), Now));
    }

    [Fact]
    public void A_quotient_comes_from_its_parts_or_as_itself()
    {
        TargetSet targets = Of("\"NRCellRelation=1-2/HO\" / \"NRCellRelation=1-2/Att\" <= 5%");
        Assert.Equal([new MetricReference("NRCellRelation=1-2/HO", "NRCellRelation=1-2/Att")], targets.References);
        Assert.True(targets.AllHold(Values(("NRCellRelation=1-2/HO", 5), ("NRCellRelation=1-2/Att", 100)), Now));
        Assert.False(targets.AllHold(Values(("NRCellRelation=1-2/HO", 6), ("NRCellRelation=1-2/Att", 100)), Now));
        Assert.False(targets.AllHold(Values(("NRCellRelation=1-2/HO / NRCellRelation=1-2/Att", 0.06)), Now));
        Assert.Null(targets.AllHold(Values(("NRCellRelation=1-2/HO", 0), ("NRCellRelation=1-2/Att", 0)), Now));
    }

    [Fact]
    public void Records_of_the_second_argument_are_targets_behind_the_texts()
    {
        TargetSet targets = TargetSet.Build(
            new RanProblem { Constraints = ["a <= 1", "what?"], Objectives = ["maximize b", "min p95(c)", "d"] },
            [Record("up", "max", ("a", 5), ("b / c", 2)), Record("bad", "odd", ("a", 1)), Record("span", "window", ("a.min", 0), ("a.max", 9))], null, Now);
        Assert.Equal(["a <= 1", "up", "span"], targets.Ids);
        Assert.Equal(["a <= 1", "a <= 5 and b / c <= 2", "a >= 0 and a <= 9"], [targets.Expression(0), targets.Expression(1), targets.Expression(2)]);
        Assert.Equal([true, true, true, false], [targets.IsConstraint(0), targets.IsConstraint(1), targets.IsConstraint(2), targets.IsConstraint(3)]);
        Assert.Equal(["/constraints/0", "/0", "/2"], targets.Places);
        Assert.Equal([new MetricReference("a"), new MetricReference("b", "c")], targets.References);
        Assert.Equal(["maximize b", "minimize p95(c)"], [targets.Objectives[0].ToString(), targets.Objectives[1].ToString()]);
        string[] ignored = new string[targets.Ignored.Count];
        for (int i = 0; i < ignored.Length; i++)
        {
            ignored[i] = targets.Ignored[i].Field;
            Assert.NotEmpty(targets.Ignored[i].Reason);
        }
        Array.Sort(ignored, StringComparer.Ordinal);
        Assert.Equal(["/1", "/constraints/1", "/objectives/2"], ignored);
    }

    [Fact]
    public void An_absolute_window_binds_only_at_its_moments()
    {
        Constraint record = Record("w", "max", ("a", 1), ("start_ns", Now), ("end_ns", Now + 10 * Second));
        TargetSet targets = TargetSet.Build(new RanProblem(), [record], null, Now, 5 * Second);
        Assert.False(targets.AllHold(Values(("a", 2)), Now + 10 * Second));
        Assert.True(targets.AllHold(Values(("a", 2)), Now + 10 * Second + 1));
        Assert.True(targets.AllHold(Values(("a", 2)), Now - 1));
        Assert.False(targets.Holds(0, [2]));   // at the moment of the outcome
        TargetSet later = TargetSet.Build(new RanProblem(), [record], null, Now, 11 * Second);
        Assert.True(later.Holds(0, [2]));
        Assert.True(later.Holds(0, [double.NaN]));
    }

    [Fact]
    public void A_rate_is_taken_from_the_value_before()
    {
        TargetSet targets = TargetSet.Build(new RanProblem(), [Record("r", "max_rate", ("a", 2))], null, Now, 10 * Second);
        Assert.Null(targets.Holds(0, [120]));
        Assert.Null(targets.AllHold(Values(("a", 120)), Now + 10 * Second));
        targets.SetBefore([100]);
        Assert.True(targets.Holds(0, [120]));
        Assert.False(targets.Holds(0, [121]));
        Assert.True(targets.AllHold(Values(("a", 140)), Now + 20 * Second));
        Assert.False(targets.AllHold(Values(("a", 140)), Now + 10 * Second));
        Assert.True(targets.AllHold(Values(("a", 140)), Now + 10 * Second, Values(("a", 120))));
        Assert.Null(targets.AllHold(Values(("a", 140)), Now, Values(("a", 120))));
    }

    [Fact]
    public void A_spread_of_one_value_is_not_known() => Assert.Null(Of("std(a) <= 5").Holds(0, [3]));

    [Fact]
    public void Expressions_of_a_record_are_the_same_targets_again()
    {
        TargetSet first = TargetSet.Build(new RanProblem { Constraints = ["a / b <= 0.1 or \"c d\" > 3"] }, [Record("w", "max", ("a", 1), ("end_ns", 500))], null, Now);
        TargetSet again = TargetSet.OfExpressions([first.Expression(0), first.Expression(1)], Now);
        Assert.Equal(first.References, again.References);
        Assert.Equal([first.Expression(0), first.Expression(1)], [again.Expression(0), again.Expression(1)]);
        Assert.Throws<InvalidInputException>(() => TargetSet.OfExpressions(["a <= 1", "?"], Now));
    }

    [Fact]
    public void Judging_agrees_with_the_temporal_logic_on_a_path_of_one_sample()
    {
        Random random = new(5);
        string[] metrics = ["a", "b", "c"];
        int decided = 0, held = 0;
        for (int trial = 0; trial < 2500; trial++)
        {
            string text = RandomFormula(random, 4);
            TargetSet targets = Of(text);
            Assert.Equal(1, targets.Count);
            double[] observed = new double[3];
            List<KeyValuePair<string, double>> point = [];
            for (int i = 0; i < 3; i++)
            {
                observed[i] = random.Next(8) == 0 ? double.NaN : random.Next(5);
                point.Add(new(metrics[i], observed[i]));
            }
            Assert.True(ConstraintExpression.TryParse(text, out ConstraintExpression? expression, out _));
            double probability = Verdicts.Evaluate(SimdOps.Scalar, expression!, new ObservedPoint(point, Now)).Probability;
            double[] values = new double[targets.References.Count];
            for (int i = 0; i < values.Length; i++)
            {
                MetricReference reference = targets.References[i];
                double above = observed[Array.IndexOf(metrics, reference.Name)];
                values[i] = reference.Denominator is null ? above : MetricReference.Quotient(above, observed[Array.IndexOf(metrics, reference.Denominator)]);
            }
            bool? expected = double.IsNaN(probability) ? null : probability == 1;
            Assert.True(expected == targets.Holds(0, values), text);
            decided += expected is null ? 0 : 1;
            held += expected == true ? 1 : 0;
        }
        Assert.InRange(decided, 1500, 2499);
        Assert.InRange(held, 250, decided - 250);
    }

    private static string RandomFormula(Random random, int depth)
    {
        switch (depth == 0 ? 0 : random.Next(9))
        {
            case 2:
                return $"not ({RandomFormula(random, depth - 1)})";
            case 3:
                return $"({RandomFormula(random, depth - 1)}) and ({RandomFormula(random, depth - 1)})";
            case 4:
                return $"({RandomFormula(random, depth - 1)}) or ({RandomFormula(random, depth - 1)})";
            case 5:
                return $"({RandomFormula(random, depth - 1)}) -> ({RandomFormula(random, depth - 1)})";
            case 6:
                return $"always({RandomFormula(random, depth - 1)})";
            case 7:
                return $"eventually({RandomFormula(random, depth - 1)})";
            case 8:
                return $"({RandomFormula(random, depth - 1)}) until ({RandomFormula(random, depth - 1)})";
            default:
                string[] metrics = ["a", "b", "c", "a / b", "p95(a)", "mean(b)", "max(c)", "sum(a)", "last(b / c)"];
                string[] comparisons = ["<", "<=", ">", ">=", "==", "!="];
                return $"{metrics[random.Next(metrics.Length)]} {comparisons[random.Next(6)]} {random.Next(5)}";
        }
    }

    [Fact]
    public void Judging_allocates_nothing()
    {
        TargetSet targets = Of("a / b <= 0.1 or (c > 3 and not (a < 2))", "always(a < 5)");
        double[] values = [0.2, 4, 3];
        bool? last = null;
        for (int i = 0; i < 100; i++)
        {
            last = targets.Holds(i & 1, values);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            last = targets.Holds(i & 1, values);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotNull(last);
    }
}
