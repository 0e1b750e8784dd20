using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Cognition.Json;

public sealed class CognitiveOperationReadingTests
{
    private static CognitiveOperation Read(string text) => JsonIn.CognitiveOperation(Encoding.UTF8.GetBytes(text), "data");

    [Theory]
    [InlineData("""{"op":"decide","problem":{"id": "p"},"constraints":[ 1 ]}""", CognitiveOperationKind.Decide, """{"id": "p"}""", "[ 1 ]")]
    [InlineData("""{"constraints":null,"problem":{},"op":"decide"}""", CognitiveOperationKind.Decide, "{}", "")]
    [InlineData("""{"problem":{}}""", CognitiveOperationKind.Decide, "{}", "")]
    [InlineData("""{"id":"p","constraints":["a < 1"]}""", CognitiveOperationKind.Decide, """{"id":"p","constraints":["a < 1"]}""", "")]
    [InlineData("""{"op":"decide","id":"p"}""", CognitiveOperationKind.Decide, """{"op":"decide","id":"p"}""", "")]
    [InlineData("""{"op":"report_outcome","decision_id":3}""", CognitiveOperationKind.ReportOutcome, """{"op":"report_outcome","decision_id":3}""", "")]
    [InlineData("""{"outcome":{"decision_id":3},"op":"report_outcome"}""", CognitiveOperationKind.ReportOutcome, """{"decision_id":3}""", "")]
    [InlineData("""{"op":"get_state"}""", CognitiveOperationKind.GetState, "", "")]
    [InlineData("""{"op":"ingest","message":{"event":[1,"é"]}}""", CognitiveOperationKind.Ingest, """{"event":[1,"é"]}""", "")]
    [InlineData("""{"op":"ingest","message":"<a b=\"c\">\u00e9\n</a>"}""", CognitiveOperationKind.Ingest, "<a b=\"c\">é\n</a>", "")]
    public void Arguments_are_taken_out_as_they_are(string text, CognitiveOperationKind kind, string first, string second)
    {
        CognitiveOperation operation = Read(text);
        Assert.Equal((kind, first, second, 0UL), (operation.Kind, Encoding.UTF8.GetString(operation.First.Span), Encoding.UTF8.GetString(operation.Second.Span), operation.DecisionId));
        Assert.Empty(operation.Ignored);
    }

    [Fact]
    public void Rollback_has_the_id_of_a_decision() => Assert.Equal((CognitiveOperationKind.Rollback, ulong.MaxValue, true),
        (Read("""{"op":"rollback","decision_id":18446744073709551615}""").Kind, Read("""{"op":"rollback","decision_id":18446744073709551615}""").DecisionId, Read("""{"op":"rollback","decision_id":1}""").First.IsEmpty));

    [Fact]
    public void Members_of_other_operations_are_noted() => Assert.Equal(
        [new("/problem", "unknown field"), new("/x", "unknown field")], Read("""{"op":"get_state","problem":{},"x":1}""").Ignored);

    [Theory]
    [InlineData("""{"op":"think"}""", "data: /op: 'think' is none of: decide, report_outcome, rollback, get_state or ingest at byte 6")]
    [InlineData("""{"op":5}""", "data: /op: expected a string, found a number at byte 6")]
    [InlineData("""{"op":"rollback"}""", "data: field 'decision_id' is missing at byte 16")]
    [InlineData("""{"op":"rollback","decision_id":"1"}""", "data: /decision_id: expected a whole number, found a string at byte 31")]
    [InlineData("""{"op":"ingest"}""", "data: field 'message' is missing at byte 14")]
    [InlineData("""{"op":"decide","problem":{}""", "data: not valid JSON at byte 27")]
    [InlineData("5", "data: expected an object, found a number at byte 0")]
    public void What_is_no_operation_is_refused(string text, string message) => Assert.Equal(message, Assert.Throws<InvalidJsonException>(() => Read(text)).Message);
}
