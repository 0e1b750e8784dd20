using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

public class TaskSpecReadingTests
{
    private static TaskSpec Read(string text) => JsonIn.TaskSpec(Encoding.UTF8.GetBytes(text), "type");

    [Theory]
    [InlineData("\"TemporalAnalysis\"", TaskKind.TemporalAnalysis)]
    [InlineData("\"CognitiveProcessing\"", TaskKind.CognitiveProcessing)]
    [InlineData("\"MemoryOperation\"", TaskKind.MemoryOperation)]
    [InlineData("\"Optimization\"", TaskKind.Optimization)]
    [InlineData(" \"StrangeLoop\" ", TaskKind.StrangeLoop)]
    [InlineData("{\"StrangeLoop\":null}", TaskKind.StrangeLoop)]
    [InlineData("{\"type\":\"Optimization\"}", TaskKind.Optimization)]
    [InlineData("{\"type\":{\"Optimization\":null}}", TaskKind.Optimization)]
    public void The_documents_kinds_are_read_as_serde_writes_them(string text, TaskKind kind)
    {
        TaskSpec spec = Read(text);
        Assert.Equal(new TaskType(kind), spec.Type);
        Assert.True(spec.IsPlain);
        Assert.False(spec.DropLate);
    }

    [Theory]
    [InlineData("{\"Custom\":\"tilt-ü\"}")]
    [InlineData("{\"type\":{\"Custom\":\"tilt-ü\"}}")]
    [InlineData("{\"Custom\":\"tilt-\\u00fc\"}")]
    public void Custom_carries_a_name(string text) => Assert.Equal(new TaskType(TaskKind.Custom, "tilt-ü"), Read(text).Type);

    [Fact]
    public void The_wrapper_carries_what_else_is_wished_in_any_order()
    {
        TaskSpec spec = Read(
            """{"after":[18446744073709551615,7],"missed":"skip","retry":{"factor":1.5,"attempts":3,"backoff_max_ns":9,"backoff_ns":4},"drop_late":true,"deadline_ns":1e6,"type":{"Custom":"a"}}""");
        Assert.Equal([ulong.MaxValue, 7], spec.After);
        Assert.Equal(MissedPeriods.Skip, spec.Missed);
        Assert.Equal(new RetryPolicy(3, 4, 1.5, 9), spec.Retry);
        Assert.True(spec.DropLate);
        Assert.Equal(1_000_000UL, spec.DeadlineNs);
        Assert.False(spec.IsPlain);
    }

    [Fact]
    public void What_a_retry_leaves_out_is_a_constant_back_off_of_nothing_without_a_longest() =>
        Assert.Equal(new RetryPolicy(2, 0, 1, SchedulingLimits.TimeMax), Read("""{"type":"Optimization","retry":{"attempts":2}}""").Retry);

    [Fact]
    public void Null_stands_for_left_out() =>
        Assert.True(Read("""{"type":"Optimization","deadline_ns":null,"retry":null,"missed":null,"after":[]}""").IsPlain);

    [Theory]
    [InlineData("{}", "type: field 'type' is missing")]
    [InlineData("[]", "type: expected a task type")]
    [InlineData("5", "type: expected a task type")]
    [InlineData("null", "type: expected a task type")]
    [InlineData("{\"type\":7}", "type: /type: expected a task type")]
    [InlineData("{\"type\":{}}", "type: /type: expected a task type")]
    [InlineData("{\"Custom\":7}", "type: /Custom: expected a string")]
    [InlineData("{\"Custom\":null}", "type: /Custom: expected a string")]
    [InlineData("{\"StrangeLoop\":1}", "type: /StrangeLoop: expected null")]
    [InlineData("{\"Custom\":\"a\",\"after\":[1]}", "type: /after: a field beside the task type")]
    [InlineData("{\"type\":{\"Custom\":\"a\",\"b\":1}}", "type: /type/b: a second field in a task type")]
    [InlineData("{\"type\":\"Optimization\",\"Custom\":\"a\"}", "type: /Custom: unknown field")]
    [InlineData("{\"type\":\"Optimization\",\"dead_line\":5}", "type: /dead_line: unknown field")]
    [InlineData("{\"type\":\"Optimization\",\"type\":\"Optimization\"}", "field 'type' is given twice")]
    [InlineData("{\"type\":\"Optimization\",\"drop_late\":1}", "/drop_late: expected true or false")]
    [InlineData("{\"type\":\"Optimization\",\"deadline_ns\":-1}", "/deadline_ns: expected a whole number")]
    [InlineData("{\"type\":\"Optimization\",\"after\":5}", "/after: expected an array")]
    [InlineData("{\"type\":\"Optimization\",\"after\":[1,\"2\"]}", "/after/1: expected a whole number")]
    [InlineData("{\"type\":\"Optimization\",\"retry\":{}}", "/retry: field 'attempts' is missing")]
    [InlineData("{\"type\":\"Optimization\",\"retry\":{\"attempts\":1,\"delay\":1}}", "/retry/delay: unknown field")]
    [InlineData("\"Custom\"", "'Custom' is none of: TemporalAnalysis")]
    [InlineData("\"temporalanalysis\"", "'temporalanalysis' is none of")]
    [InlineData("\"\"", "'' is none of")]
    [InlineData("{\"Unknown\":\"a\"}", "'Unknown' is none of")]
    [InlineData("{\"type\":\"Optimization\",\"missed\":\"never\"}", "/missed: 'never' is none of: catch_up, skip or from_now")]
    [InlineData("\"Optimization\" x", "at byte")]
    [InlineData("{\"Custom\":\"\\ud800\"}", "not valid Unicode")]
    public void What_is_not_a_task_type_is_refused_with_its_place(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidJsonException>(() => Read(text)).Message);

    [Theory]
    [InlineData("{\"Custom\":\"\"}", "type: /Custom: the name is empty")]
    [InlineData("{\"type\":\"Optimization\",\"after\":[3,0]}", "/after: 0 is no id")]
    [InlineData("{\"type\":\"Optimization\",\"drop_late\":true}", "type: drop_late without deadline_ns")]
    [InlineData("{\"type\":\"Optimization\",\"retry\":{\"attempts\":0}}", "/retry/attempts: 0, must be 1..1000")]
    [InlineData("{\"type\":\"Optimization\",\"retry\":{\"attempts\":1001}}", "/retry/attempts: 1001, must be 1..1000")]
    [InlineData("{\"type\":\"Optimization\",\"retry\":{\"attempts\":1,\"factor\":0.5}}", "/retry/factor: must be 1 or more")]
    [InlineData("{\"type\":\"Optimization\",\"retry\":{\"attempts\":1,\"backoff_ns\":18446744073709551615}}", "/retry/backoff_ns: 18446744073709551615, must be")]
    public void Values_that_cannot_be_used_are_refused_with_their_place(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => Read(text)).Message);

    [Fact]
    public void Names_and_lists_are_bounded()
    {
        Assert.Equal(256, Read($$"""{"Custom":"{{new string('x', 256)}}"}""").Type.Name.Length);
        Assert.Throws<LimitExceededException>(() => Read($$"""{"Custom":"{{new string('ü', 129)}}"}"""));
        Assert.Equal(1024, Read($$"""{"type":"Optimization","after":[{{string.Join(',', Enumerable.Range(1, 1024))}}]}""").After.Count);
        Assert.Throws<LimitExceededException>(() => Read($$"""{"type":"Optimization","after":[{{string.Join(',', Enumerable.Range(1, 1025))}}]}"""));
    }

    [Fact]
    public void Every_prefix_is_refused()
    {
        byte[] text = """{"type":{"Custom":"a"},"after":[1],"retry":{"attempts":2}}"""u8.ToArray();
        for (int length = 1; length < text.Length; length++)
        {
            Assert.StartsWith("type: ", Assert.Throws<InvalidJsonException>(() => JsonIn.TaskSpec(text.AsSpan(0, length), "type")).Message);
        }
    }
}
