using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Cognition.Json;

public sealed class OutcomeReadingTests
{
    private static DecisionOutcome Read(string text) => JsonIn.DecisionOutcome(Encoding.UTF8.GetBytes(text), "outcome");

    private static CognitiveOptions Options(string text) => JsonIn.CognitiveOptions(Encoding.UTF8.GetBytes(text), "options");

    [Fact]
    public void An_outcome_is_read()
    {
        DecisionOutcome outcome = Read("""{"op":"report_outcome","decision_id":3,"time_ns":9,"observed":{"a/b":1.5,"c":null,"d":-0.0},"executed":false,"note":"x"}""");
        Assert.Equal((3UL, 9UL, false), (outcome.DecisionId, outcome.TimeNs, outcome.Executed));
        Assert.Equal([new("a/b", 1.5), new("d", -0.0)], outcome.Observed);
        Assert.Equal([new("/observed/c", "null: not observed"), new("/note", "unknown field")], outcome.Ignored);
    }

    [Fact]
    public void All_but_the_decision_may_be_missing()
    {
        foreach (string text in new[] { """{"decision_id":1}""", """{"decision_id":1,"time_ns":null,"observed":null,"executed":null}""" })
        {
            Assert.Equal(CognitionSpeech.TextOf(new DecisionOutcome { DecisionId = 1 }), CognitionSpeech.TextOf(Read(text)));
        }
    }

    [Theory]
    [InlineData("{}", "outcome: field 'decision_id' is missing at byte 1")]
    [InlineData("""{"decision_id":null}""", "outcome: /decision_id: expected a whole number, found null at byte 15")]
    [InlineData("""{"decision_id":1.5}""", "outcome: /decision_id: expected a whole number 0..18446744073709551615 at byte 15")]
    [InlineData("""{"decision_id":1,"observed":{"a":"1"}}""", "outcome: /observed/a: expected a number or null, found a string at byte 33")]
    [InlineData("""{"decision_id":1,"observed":[]}""", "outcome: /observed: expected an object of numbers, found an array at byte 28")]
    [InlineData("""{"decision_id":1,"executed":1}""", "outcome: /executed: expected true or false, found a number at byte 28")]
    [InlineData("[1]", "outcome: expected an object with decision_id and observed, found an array at byte 0")]
    public void What_is_no_outcome_is_refused(string text, string message) => Assert.Equal(message, Assert.Throws<InvalidJsonException>(() => Read(text)).Message);

    [Fact]
    public void More_metrics_than_a_network_has_are_refused()
    {
        string numbers = string.Join(',', Enumerable.Range(0, CognitiveLimits.MetricsMax + 1).Select(i => $"\"m{i}\":1"));
        Assert.StartsWith("outcome: /observed", Assert.Throws<LimitExceededException>(() => Read("{\"decision_id\":1,\"observed\":{" + numbers + "}}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_read()
    {
        CognitiveOptions options = Options("""{"path":"a.db","record_to":"r.jsonl","seed":18446744073709551615,"max_message_bytes":5,"x":1}""");
        Assert.Equal(("a.db", "r.jsonl", ulong.MaxValue, 5UL), (options.Path, options.RecordTo, options.Seed, options.MaxMessageBytes));
        Assert.Equal([new("/x", "unknown field")], options.Ignored);
        foreach (string text in new[] { "", "{}", """{"path":null,"record_to":null,"seed":null,"max_message_bytes":null}""" })
        {
            Assert.Equal(CognitionSpeech.TextOf(new CognitiveOptions()), CognitionSpeech.TextOf(Options(text)));
        }
        Assert.Equal(64UL << 20, Options("").MaxMessageBytes);
    }

    [Theory]
    [InlineData("""{"path":""}""", "options: /path: is empty")]
    [InlineData("""{"record_to":"a\u0000b"}""", "options: /record_to: has a zero character, which no path can have")]
    [InlineData("""{"max_message_bytes":0}""", "options: /max_message_bytes: 0, must be 1..2147483647")]
    [InlineData("""{"max_message_bytes":2147483648}""", "options: /max_message_bytes: 2147483648, must be 1..2147483647")]
    [InlineData("""{"seed":-1}""", "options: /seed: expected a whole number 0..18446744073709551615 at byte 8")]
    [InlineData("""{"path":5}""", "options: /path: expected a string, found a number at byte 8")]
    public void Wrong_options_are_refused(string text, string message)
    {
        Exception? error = Record.Exception(() => Options(text));
        Assert.True(error is InvalidJsonException or InvalidInputException, error?.GetType().Name);
        Assert.Equal(message, error!.Message);
    }
}
