using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Cognition.Json;

public sealed class GuardReadingTests
{
    private static readonly string[] Switchable = ["TARGET_ASLEEP", "TARGET_RECENTLY_WOKEN", "INSUFFICIENT_SAMPLES", "PACING", "AT_BOUND", "MAX_CHANGE", "CONFLICT", "LOW_CONFIDENCE"];
    private static readonly string[] Fixed = ["NOT_ALLOWED", "PROTECTED_CELL", "CONSTRAINT"];

    private static DecisionProblem Read(string guards) => JsonIn.DecisionProblem(Encoding.UTF8.GetBytes($$"""{"guards":{{guards}}}"""), "problem");

    [Fact]
    public void Settings_of_the_contract_are_read()
    {
        DecisionProblem question = Read(
            """
            {"INSUFFICIENT_SAMPLES":{"min_attempts":20},"PACING":{"min_interval_ns":7},"AT_BOUND":{"cellIndividualOffset":[-3,3],"a3Offset":[1,1]},"MAX_CHANGE":{"cellIndividualOffset":4,"a3Offset":0},
            "LOW_CONFIDENCE":{"min":0.25},"TARGET_RECENTLY_WOKEN":{"min_ns":9},"NOT_ALLOWED":{"attributes":["a3Offset"]},"CONFLICT":true,"TARGET_ASLEEP":{}}
            """);
        GuardSettings guards = question.Guards;
        Assert.Equal((20.0, 7UL, 0.25, 9UL), (guards.MinAttempts, guards.PacingNs, guards.MinConfidence, guards.WokenNs));
        Assert.Equal([new("cellIndividualOffset", (-3, 3)), new("a3Offset", (1, 1))], guards.Bounds);
        Assert.Equal([new("cellIndividualOffset", 4), new("a3Offset", 0)], guards.MaxChanges);
        Assert.Equal(["a3Offset"], guards.AllowedAttributes);
        Assert.Equal(new bool[8].Select(_ => true), SwitchesOf(guards));
        Assert.Empty(question.Problem.Ignored);
    }

    [Fact]
    public void False_switches_off_the_guard_that_it_names_and_no_other()
    {
        for (int i = 0; i < Switchable.Length; i++)
        {
            DecisionProblem question = Read($$"""{"{{Switchable[i]}}":false}""");
            Assert.Equal(Enumerable.Range(0, 8).Select(other => other != i), SwitchesOf(question.Guards));
            Assert.Empty(question.Problem.Ignored);
        }
    }

    [Fact]
    public void Some_guards_cannot_be_switched_off()
    {
        foreach (string guard in Fixed)
        {
            DecisionProblem question = Read($$"""{"{{guard}}":false}""");
            Assert.Equal([new($"/guards/{guard}", "cannot be switched off")], question.Problem.Ignored);
            Assert.Equal(CognitionSpeech.TextOf(new GuardSettings()), CognitionSpeech.TextOf(question.Guards));
        }
    }

    [Fact]
    public void Nulls_and_true_are_the_defaults()
    {
        string all = string.Join(',', Switchable.Concat(Fixed).Select((name, i) => $"\"{name}\":{(i % 2 == 0 ? "null" : "true")}"));
        Assert.Equal(CognitionSpeech.TextOf(new GuardSettings()), CognitionSpeech.TextOf(Read($$"""{{{all}}}""").Guards));
        GuardSettings guards = Read(
            """{"INSUFFICIENT_SAMPLES":{"min_attempts":null},"PACING":{"min_interval_ns":null},"AT_BOUND":{"a":null},"MAX_CHANGE":{"a":null},"LOW_CONFIDENCE":{"min":null},"TARGET_RECENTLY_WOKEN":{"min_ns":null},"NOT_ALLOWED":{"attributes":null}}""").Guards;
        Assert.Equal(CognitionSpeech.TextOf(new GuardSettings()), CognitionSpeech.TextOf(guards));
    }

    [Fact]
    public void Unknown_guards_and_members_are_noted()
    {
        DecisionProblem question = Read("""{"NO_SUCH":{"a":1},"pacing":false,"PACING":{"min_ns":5},"CONFLICT":{"x":1},"LOW_CONFIDENCE":{"minimum":1}}""");
        Assert.Equal(
            [
                new("/guards/NO_SUCH", "unknown guard"), new("/guards/pacing", "unknown guard"), new("/guards/PACING/min_ns", "unknown field"), new("/guards/CONFLICT/x", "unknown field"),
                new("/guards/LOW_CONFIDENCE/minimum", "unknown field"),
            ],
            question.Problem.Ignored);
        Assert.True(question.Guards.Pacing);
    }

    [Theory]
    [InlineData("""{"PACING":5}""", "problem: /guards/PACING: expected an object of settings, true or false, found a number at byte 20")]
    [InlineData("""{"PACING":{"min_interval_ns":1.5}}""", "problem: /guards/PACING/min_interval_ns: expected a whole number 0..18446744073709551615 at byte 39")]
    [InlineData("""{"INSUFFICIENT_SAMPLES":{"min_attempts":-1}}""", "problem: /guards/INSUFFICIENT_SAMPLES/min_attempts: -1, must be 0 or more")]
    [InlineData("""{"AT_BOUND":{"a":[1]}}""", "problem: /guards/AT_BOUND/a: must be [lower, upper]")]
    [InlineData("""{"AT_BOUND":{"a":[2,1.5]}}""", "problem: /guards/AT_BOUND/a: the lower bound 2 is above the upper bound 1.5")]
    [InlineData("""{"AT_BOUND":{"a":[1,2,3]}}""", "problem: /guards/AT_BOUND/a: more than 2 values")]
    [InlineData("""{"AT_BOUND":{"a":[null,1]}}""", "problem: /guards/AT_BOUND/a/0: null, must be a number")]
    [InlineData("""{"AT_BOUND":{"a":6}}""", "problem: /guards/AT_BOUND/a: expected an array of numbers, found a number at byte 27")]
    [InlineData("""{"MAX_CHANGE":{"a":-2}}""", "problem: /guards/MAX_CHANGE/a: -2, must be 0 or more")]
    [InlineData("""{"LOW_CONFIDENCE":{"min":2}}""", "problem: /guards/LOW_CONFIDENCE/min: 2, must be 0..1")]
    [InlineData("""{"NOT_ALLOWED":{"attributes":"a"}}""", "problem: /guards/NOT_ALLOWED/attributes: expected an array of strings, found a string at byte 39")]
    public void Wrong_settings_are_refused(string guards, string message)
    {
        Exception? error = Record.Exception(() => Read(guards));
        Assert.True(error is InvalidJsonException or InvalidInputException or LimitExceededException, error?.GetType().Name);
        Assert.Equal(message, error!.Message);
    }

    private static bool[] SwitchesOf(GuardSettings guards) =>
        [guards.TargetAsleep, guards.TargetRecentlyWoken, guards.InsufficientSamples, guards.Pacing, guards.AtBound, guards.MaxChange, guards.Conflict, guards.LowConfidence];
}
