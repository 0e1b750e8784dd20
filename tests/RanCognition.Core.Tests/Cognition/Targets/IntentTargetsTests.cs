using System.Globalization;
using RanCognition.Cognition.Targets;
using RanCognition.Contracts;

namespace RanCognition.Tests.Cognition;

public sealed class IntentTargetsTests
{
    private static TargetSet Of(string name, string condition, double[] values, string id = "", string[]? objects = null, RanProblem? problem = null) => TargetSet.Build(
        problem ?? new RanProblem(), [],
        new NetworkIntent
        {
            Expectations =
            [
                new IntentExpectation
                {
                    Id = id, Objects = objects ?? [], Targets = [new IntentTarget { Name = name, Condition = condition, Values = values, Place = "/intentExpectations/0/expectationTargets/0" }],
                },
            ],
        },
        1);

    private static double[] Numbers(string text) =>
        Array.ConvertAll(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), part => double.Parse(part, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("IS_EQUAL_TO", "m == 5", "5")]
    [InlineData("IS_LESS_THAN", "m < 5", "5")]
    [InlineData("Is_less_than", "m < 5", "5")]
    [InlineData("IS_GREATER_THAN", "m > 5", "5")]
    [InlineData("IS_EQUAL_TO_OR_LESS_THAN", "m <= 5", "5")]
    [InlineData("IS_EQUAL_TO_OR_GREATER_THAN", "m >= -0.5", "-0.5")]
    [InlineData("IS_WITHIN_RANGE", "m >= 2 and m <= 5", "5 2")]
    [InlineData("IS_OUTSIDE_RANGE", "m < 2 or m > 5", "2 5")]
    [InlineData("IS_ONE_OF", "m == 2 or m == 5 or m == 7", "2 5 7")]
    [InlineData("IS_NOT_ONE_OF", "m != 2 and m != 5", "2 5")]
    [InlineData("IS_ALL_OF", "m == 2", "2")]
    public void Conditions_of_the_standard_become_expressions(string condition, string expression, string values)
    {
        TargetSet targets = Of("m", condition, Numbers(values), id: "7");
        Assert.Equal("7/m", targets.Ids[0]);
        Assert.Equal(expression, targets.Expression(0));
        Assert.Empty(targets.Ignored);
    }

    [Theory]
    [InlineData("AveDLRANUEThpt", "DRB.UEThpDl")]
    [InlineData("aveDLRANUEThptTarget", "DRB.UEThpDl")]
    [InlineData("UlThptPerUE", "DRB.UEThpUl")]
    [InlineData("AveDLPrbLoad", "RRU.PrbTotDl")]
    [InlineData("maxNumberofUEs", "RRC.ConnMax")]
    [InlineData("RANEnergyConsumptionTarget", "PEE.Energy")]
    [InlineData("WeakRSRPRatioTarget", "WeakRSRPRatio")]
    [InlineData("DRB.UEThpDl", "DRB.UEThpDl")]
    [InlineData("MyTarget", "MyTarget")]
    public void Published_names_stand_for_metrics(string name, string metric)
    {
        Assert.Equal(metric, IntentTargets.MetricOf(name));
        TargetSet targets = Of(name, "IS_GREATER_THAN", [5]);
        Assert.Equal(name, targets.Ids[0]);
        Assert.Equal(metric + " > 5", targets.Expression(0));
    }

    [Fact]
    public void An_object_goes_before_the_metric()
    {
        Assert.Equal(["NRCellDU=1/m"], Keys(Of("m", "IS_LESS_THAN", [5], objects: ["NRCellDU=1"])));
        Assert.Equal(["NRCellDU=1/m", "NRCellDU=2/m"], Keys(Of("m", "IS_OUTSIDE_RANGE", [5, 6], objects: ["NRCellDU=1", "NRCellDU=2"])));
        Assert.Equal(["NRCellDU=1/a / NRCellDU=1/b"], Keys(Of("a / b", "IS_LESS_THAN", [5], objects: ["NRCellDU=1"])));
        RanProblem network = new() { CurrentState = [new("m", 1)] };
        Assert.Equal(["m"], Keys(Of("m", "IS_LESS_THAN", [5], objects: ["SubNetwork=1"], problem: network)));
        RanProblem both = new() { CurrentState = [new("m", 1), new("NRCellDU=1/m", 1)] };
        Assert.Equal(["NRCellDU=1/m"], Keys(Of("m", "IS_LESS_THAN", [5], objects: ["NRCellDU=1"], problem: both)));
    }

    [Theory]
    [InlineData("NRCellRelation=1-2/HO / NRCellRelation=1-2/Att", "NRCellRelation=1-2/HO / NRCellRelation=1-2/Att")]
    [InlineData("NRCellRelation=1-2/HO / Att", "NRCellRelation=1-2/HO / NRCellDU=1/Att")]
    [InlineData("a / NRCellDU=2/b", "NRCellDU=1/a / NRCellDU=2/b")]
    [InlineData("NRCellDU=1/m", "NRCellDU=1/m")]
    [InlineData("m/low", "NRCellDU=1/m/low")]
    [InlineData("net / net", "net / net")]
    [InlineData("both / net", "NRCellDU=1/both / net")]
    public void A_name_that_has_its_object_is_left_alone(string name, string key)
    {
        RanProblem problem = new() { CurrentState = [new("net", 1), new("both", 1), new("NRCellDU=1/both", 1)] };
        Assert.Equal([key], Keys(Of(name, "IS_LESS_THAN", [5], objects: ["NRCellDU=1"], problem: problem)));
    }

    [Fact]
    public void Metrics_of_a_whole_network_have_no_object_before_them()
    {
        Assert.Equal(["WeakRSRPRatio"], Keys(Of("WeakRSRPRatio", "IS_LESS_THAN", [5], objects: ["SubNetwork=1", "ManagedElement=2"])));
        RanProblem prefixed = new() { CurrentState = [new("SubNetwork=1/m", 1)] };
        Assert.Equal(["SubNetwork=1/m"], Keys(Of("m", "IS_LESS_THAN", [5], objects: ["SubNetwork=1"], problem: prefixed)));
    }

    [Fact]
    public void A_published_name_that_the_problem_has_as_a_metric_is_that_metric()
    {
        RanProblem problem = new() { CurrentState = [new("AveDLRANUEThpt", 10)] };
        Assert.Equal(["AveDLRANUEThpt"], Keys(Of("AveDLRANUEThpt", "IS_GREATER_THAN", [5], problem: problem)));
    }

    [Fact]
    public void Targets_of_one_name_have_ids_of_their_own()
    {
        IntentTarget low = new() { Name = "m", Condition = "IS_GREATER_THAN", Values = [5], Place = "/0" }, high = new() { Name = "m", Condition = "IS_LESS_THAN", Values = [3], Place = "/1" };
        TargetSet targets = TargetSet.Build(new RanProblem(), [], new NetworkIntent { Expectations = [new IntentExpectation { Id = "e", Targets = [low, high] }] }, 1);
        Assert.Equal(["e/m", "e/m#2"], targets.Ids);
        Assert.Equal(["e/m", "e/m#2"], targets.SmallestConflict());
    }

    private static string[] Keys(TargetSet targets)
    {
        string[] keys = new string[targets.References.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ObservedValues.Key(targets.References[i]);
        }
        return keys;
    }

    [Theory]
    [InlineData("m", "IS_ABOUT", "5")]
    [InlineData("m", "", "")]
    [InlineData("", "IS_LESS_THAN", "5")]
    [InlineData("m", "IS_LESS_THAN", "")]
    [InlineData("m", "IS_LESS_THAN", "5 6")]
    [InlineData("m", "IS_WITHIN_RANGE", "5")]
    [InlineData("m", "IS_ONE_OF", "")]
    [InlineData("m", "IS_EQUAL_TO", "NaN")]
    [InlineData("m", "IS_EQUAL_TO", "Infinity")]
    [InlineData("a / b / c", "IS_EQUAL_TO", "1")]
    public void What_is_not_understood_is_ignored_with_its_place(string name, string condition, string values)
    {
        TargetSet targets = Of(name, condition, Numbers(values));
        // A name that is no quotient may still be a metric's key.
        if (name == "a / b / c")
        {
            Assert.Equal("\"a / b / c\" == 1", targets.Expression(0));
            return;
        }
        Assert.Equal(0, targets.Count);
        Assert.Equal("/intentExpectations/0/expectationTargets/0", Assert.Single(targets.Ignored).Field);
        Assert.NotEmpty(targets.Ignored[0].Reason);
    }

    [Fact]
    public void Too_many_values_are_ignored_and_not_an_error()
    {
        TargetSet targets = Of("m", "IS_ONE_OF", new double[10_000]);
        Assert.Equal(0, targets.Count);
        Assert.Single(targets.Ignored);
        Assert.Equal(0, Of(new string('x', 2000), "IS_LESS_THAN", [1]).Count);
    }

    [Fact]
    public void Targets_of_an_intent_can_contradict_a_constraint()
    {
        TargetSet targets = Of("AveDLRANUEThpt", "IS_GREATER_THAN", [20], id: "1", problem: new RanProblem { Constraints = ["DRB.UEThpDl < 10"] });
        Assert.Equal(["1/AveDLRANUEThpt", "DRB.UEThpDl < 10"], targets.SmallestConflict());
    }
}
