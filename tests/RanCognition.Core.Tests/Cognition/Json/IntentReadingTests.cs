using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Cognition.Json;

public sealed class IntentReadingTests
{
    private const string Expectations =
        """
        [{"expectationId":"e1","expectationVerb":"ENSURE","expectationObject":{"objectType":"RAN_SUBNETWORK","objectInstance":"NRCellDU=1","objectContexts":[]},
        "expectationTargets":[{"targetName":"AveDLRANUEThptTarget","targetCondition":"IS_GREATER_THAN","targetValueRange":"100","targetContexts":[{"contextAttribute":"x"}]},
        {"targetName":"RRU.PrbTotDl","targetCondition":"IS_WITHIN_RANGE","targetValueRange":{"lower":10,"upper":"20.5"}}]}]
        """;

    private static DecisionProblem Read(string text) => JsonIn.DecisionProblem(Encoding.UTF8.GetBytes(text), "problem");

    [Theory]
    [InlineData("""{"id":"i","intentExpectations":#,"mode":"SHADOW"}""", "i", "")]
    [InlineData("""{"Intent":{"id":"i","userLabel":"u","intentExpectations":#},"mode":"SHADOW"}""", "i", "/Intent")]
    [InlineData("""{"id":"p","intent":{"intentExpectations":#},"mode":"SHADOW"}""", "p", "/intent")]
    [InlineData("""{"id":"i","attributes":{"intentExpectations":#},"mode":"SHADOW"}""", "i", "/attributes")]
    [InlineData("""{"Intent":{"id":"i","attributes":{"intentExpectations":#}},"mode":"SHADOW"}""", "i", "/Intent/attributes")]
    public void Intents_are_read_bare_or_wrapped(string form, string id, string place)
    {
        DecisionProblem question = Read(form.Replace("#", Expectations, StringComparison.Ordinal));
        Assert.Equal(DecisionMode.Shadow, question.Mode);
        Assert.Equal(id, question.Intent!.Id);
        IntentExpectation expectation = Assert.Single(question.Intent.Expectations);
        Assert.Equal("e1", expectation.Id);
        Assert.Equal(["NRCellDU=1"], expectation.Objects);
        Assert.Equal(["AveDLRANUEThptTarget", "RRU.PrbTotDl"], expectation.Targets.Select(t => t.Name));
        Assert.Equal(["IS_GREATER_THAN", "IS_WITHIN_RANGE"], expectation.Targets.Select(t => t.Condition));
        Assert.Equal([100], expectation.Targets[0].Values);
        Assert.Equal([10, 20.5], expectation.Targets[1].Values);
        Assert.Equal($"{place}/intentExpectations/0/expectationTargets/1", expectation.Targets[1].Place);
        string[] noted = [.. question.Problem.Ignored.Select(i => i.Field[(i.Field.LastIndexOf('/') + 1)..])];
        Assert.Equal(["expectationVerb", "objectType", "objectContexts", "targetContexts"], noted.Where(n => n != "userLabel"));
        Assert.All(question.Problem.Ignored, i => Assert.Equal("not used of an intent", i.Reason));
    }

    [Fact]
    public void Lists_may_be_objects_by_id_and_objects_lists()
    {
        NetworkIntent intent = Read(
            """
            {"intentExpectations":{"a":{"expectationObjects":[{"objectInstance":"NRCellDU=1"},{"objectInstances":["NRCellDU=2","NRCellDU=3"]},"NRCellDU=4"],
            "expectationTargets":{"t":{"targetName":"m","targetCondition":"IS_ONE_OF","targetValueRange":[1,"2"]}}},"b":{"expectationId":7}}}
            """).Intent!;
        Assert.Equal(["a", "7"], intent.Expectations.Select(e => e.Id));
        Assert.Equal(["NRCellDU=1", "NRCellDU=2", "NRCellDU=3", "NRCellDU=4"], intent.Expectations[0].Objects);
        Assert.Equal("/intentExpectations/a/expectationTargets/t", Assert.Single(intent.Expectations[0].Targets).Place);
        Assert.Empty(intent.Expectations[1].Targets);
    }

    [Theory]
    [InlineData("#", "")]
    [InlineData("\"intent\":{#}", "/intent")]
    public void The_only_expectation_may_stand_by_itself(string form, string place)
    {
        const string members = """
            "expectationId":"e","expectationObject":{"objectInstance":"NRCellDU=1"},"expectationTargets":[{"targetName":"m","targetCondition":"c","targetValueRange":1}]
            """;
        DecisionProblem question = Read("{\"id\":\"p\"," + form.Replace("#", members, StringComparison.Ordinal) + "}");
        IntentExpectation expectation = Assert.Single(question.Intent!.Expectations);
        Assert.Equal(("p", "e", "NRCellDU=1"), (question.Intent.Id, expectation.Id, Assert.Single(expectation.Objects)));
        Assert.Equal(place + "/expectationTargets/0", Assert.Single(expectation.Targets).Place);
        Assert.Empty(question.Problem.Ignored);
    }

    [Theory]
    [InlineData("5", new[] { 5.0 })]
    [InlineData("-0.5e1", new[] { -5.0 })]
    [InlineData("\"100\"", new[] { 100.0 })]
    [InlineData("\" +1.5 \"", new[] { 1.5 })]
    [InlineData("\"10,20\"", new[] { 10.0, 20 })]
    [InlineData("\"10 , 2e1\"", new[] { 10.0, 20 })]
    [InlineData("\"\\u0031\"", new[] { 1.0 })]
    [InlineData("[10,20]", new[] { 10.0, 20 })]
    [InlineData("[\"10\",20,\"3,4\"]", new[] { 10.0, 20, 3, 4 })]
    [InlineData("{\"upper\":2,\"lower\":1,\"unit\":\"dB\"}", new[] { 1.0, 2 })]
    [InlineData("\"10 Mbps\"", null)]
    [InlineData("\"LOCKED\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("\",\"", null)]
    [InlineData("\"1,\"", null)]
    [InlineData("\"Infinity\"", null)]
    [InlineData("\"NaN\"", null)]
    [InlineData("\"1e999\"", null)]
    [InlineData("true", null)]
    [InlineData("[]", null)]
    [InlineData("[1,null]", null)]
    [InlineData("[[1]]", null)]
    [InlineData("{}", null)]
    [InlineData("{\"lower\":1}", null)]
    [InlineData("{\"lower\":1,\"upper\":\"x\"}", null)]
    [InlineData("{\"lower\":1,\"upper\":\"1,2\"}", null)]
    public void Ranges_are_numbers_or_noted(string range, double[]? values)
    {
        DecisionProblem question = Read($$"""{"intentExpectations":[{"expectationTargets":[{"targetName":"m","targetCondition":"IS_LESS_THAN","targetValueRange":{{range}}},{"targetName":"n","targetCondition":"c","targetValueRange":1}]}]}""");
        IReadOnlyList<IntentTarget> targets = Assert.Single(question.Intent!.Expectations).Targets;
        Assert.Equal("n", targets[^1].Name);
        if (values is null)
        {
            Assert.Equal(new IgnoredField("/intentExpectations/0/expectationTargets/0", "targetValueRange is neither a number nor a range of numbers"), Assert.Single(question.Problem.Ignored));
        }
        else
        {
            Assert.Equal(values, targets[0].Values);
            Assert.Empty(question.Problem.Ignored);
        }
    }

    [Theory]
    [InlineData("5", "a target must be an object with targetName, targetCondition and targetValueRange")]
    [InlineData("""{"targetCondition":"c","targetValueRange":1}""", "targetName is missing")]
    [InlineData("""{"targetName":5,"targetCondition":"c","targetValueRange":1}""", "targetName is missing")]
    [InlineData("""{"targetName":"","targetCondition":"c","targetValueRange":1}""", "targetName is missing")]
    [InlineData("""{"targetName":"m","targetValueRange":1}""", "targetCondition is missing")]
    [InlineData("""{"targetName":"m","targetCondition":"c"}""", "targetValueRange is missing")]
    [InlineData("""{"targetName":"m","targetCondition":"c","targetValueRange":null}""", "targetValueRange is missing")]
    public void A_target_that_cannot_be_read_is_noted(string target, string reason)
    {
        DecisionProblem question = Read($$"""{"intentExpectations":[{"expectationTargets":[{{target}}]}]}""");
        Assert.Empty(Assert.Single(question.Intent!.Expectations).Targets);
        Assert.Contains(new IgnoredField("/intentExpectations/0/expectationTargets/0", reason), question.Problem.Ignored);
    }

    [Theory]
    [InlineData("""{"intentExpectations":5}""", "problem: /intentExpectations: expected an array or an object of expectations, found a number at byte 22")]
    [InlineData("""{"intentExpectations":[1]}""", "problem: /intentExpectations/0: expected an object with expectationTargets, found a number at byte 23")]
    [InlineData("""{"Intent":[]}""", "problem: /Intent: expected an object with intentExpectations, found an array at byte 10")]
    [InlineData("""{"intentExpectations":[{"expectationTargets":"m"}]}""", "problem: /intentExpectations/0/expectationTargets: expected an array or an object of targets, found a string at byte 45")]
    [InlineData("""{"intentExpectations":[{"expectationTargets":[{"targetName":"m","targetCondition":"c","targetValueRange":1e999}]}]}""", "problem: /intentExpectations/0/expectationTargets/0/targetValueRange: the number is beyond the range of a double at byte 105")]
    public void What_is_no_intent_is_refused(string text, string message) => Assert.Equal(message, Assert.Throws<InvalidJsonException>(() => Read(text)).Message);

    [Fact]
    public void Wrapped_attributes_do_not_nest_without_end()
    {
        DecisionProblem question = Read("""{"attributes":{"attributes":{"intentExpectations":[{}]},"intent":{"intentExpectations":[{}]}}}""");
        Assert.Empty(question.Intent!.Expectations);
        Assert.Equal(["/attributes/attributes", "/attributes/intent"], question.Problem.Ignored.Select(i => i.Field));
    }
}
