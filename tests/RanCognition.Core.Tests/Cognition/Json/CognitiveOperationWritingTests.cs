using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Cognition.Json;

public sealed class CognitiveOperationWritingTests
{
    [Theory]
    [InlineData("""{"op":"decide","problem":{"id": "p"},"constraints":[ 1 ]}""")]
    [InlineData("""{"op":"decide","problem":{}}""")]
    [InlineData("""{"op":"report_outcome","outcome":{"decision_id":3,"observed":{"a":1.50}}}""")]
    [InlineData("""{"op":"rollback","decision_id":18446744073709551615}""")]
    [InlineData("""{"op":"get_state"}""")]
    [InlineData("""{"op":"ingest","message":{"event":[1,"é"]}}""")]
    [InlineData("""{"op":"ingest","message":"<a b=\"c\">é\n</a>"}""")]
    public void Operations_come_back_as_they_were(string text) => Assert.Equal(text, Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<CognitiveOperation>(text))));

    [Fact]
    public void A_message_of_many_lines_comes_back_as_it_was()
    {
        byte[] message = Encoding.UTF8.GetBytes("{\r\n \"rows\": []\n}");
        byte[] task = ContractJson.Write(new CognitiveOperation(CognitiveOperationKind.Ingest, message, default, 0));
        Assert.Equal(message, ContractJson.Read<CognitiveOperation>(task).First.ToArray());
    }

    [Fact]
    public void What_is_no_json_is_not_written()
    {
        Assert.ThrowsAny<JsonException>(() => ContractJson.Write(new CognitiveOperation(CognitiveOperationKind.Decide, "{\"id\":"u8.ToArray(), default, 0)));
        Assert.ThrowsAny<Exception>(() => ContractJson.Write(new CognitiveOperation(CognitiveOperationKind.ReportOutcome, default, default, 0)));
        Assert.ThrowsAny<Exception>(() => ContractJson.Write(new CognitiveOperation((CognitiveOperationKind)9, default, default, 0)));
        Assert.Equal("data: /op: 'think' is none of: decide, report_outcome, rollback, get_state or ingest at byte 6", Assert.Throws<JsonException>(() => ContractJson.Read<CognitiveOperation>("""{"op":"think"}""")).Message);
    }

    [Theory]
    [InlineData("""{"actions":[],"metrics":["a","b ☎"]}""")]
    [InlineData("""{"actions":[{"managedObject":"o","attribute":"t","before":1,"after":"x"},{"managedObject":"p","attribute":"t","before":null,"after":2.5}],"metrics":["a"]}""")]
    public void Questions_come_back_as_they_were(string text) => Assert.Equal(text, Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<WhatIfQuestion>(text))));

    [Fact]
    public void Reports_of_a_replay_come_back_as_they_were()
    {
        const string Text = """{"calls":3,"equal":1,"different":[{"line":2,"call":"decide","recorded":"a","replayed":"b"}],"not_repeated":1,"ignored":[],"execution_time":5}""";
        Assert.Equal(Text, Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<ReplayReport>(Text))));
    }
}
