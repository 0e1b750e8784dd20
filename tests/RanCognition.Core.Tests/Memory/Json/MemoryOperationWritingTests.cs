using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Memory;

/// <summary>What tasks ask of a memory, filters and the memory of a scheduler, from records to JSON and back.</summary>
public class MemoryOperationWritingTests
{
    private static readonly Episode One = new() { Vector = [1] };

    private static void Same<T>(string expected, T value)
    {
        string text = Encoding.UTF8.GetString(ContractJson.Write(value));
        Assert.Equal(expected, text);
        Assert.Equal(text, Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<T>(text))));
    }

    [Fact]
    public void Each_operation_is_written_as_it_is_read()
    {
        const string Written = """{"time_ns":null,"vector":[1],"reward":null,"success":null}""";
        Same<MemoryOperation>($$"""{"op":"store","episode":{{Written}}}""", new MemoryOperation.Store([One], IsBatch: false));
        Same<MemoryOperation>($$"""{"op":"store","episodes":[{{Written}}]}""", new MemoryOperation.Store([One], IsBatch: true));
        Same<MemoryOperation>($$"""{"op":"store","episodes":[{{Written}},{{Written}}]}""", new MemoryOperation.Store([One, One], IsBatch: true));
        Same<MemoryOperation>("""{"op":"recall","vector":[1],"k":3,"filter":{"cell":{"$eq":"c1"}}}""",
            new MemoryOperation.Recall(new RecallQuery { Vector = [1], K = 3, Filter = new EpisodeFilterBuilder().Equal("cell", "c1").Build() }));
        Same<MemoryOperation>("""{"op":"update","id":4,"reward":2,"known_ns":9}""",
            new MemoryOperation.Update(new EpisodeUpdate { Id = 4, Given = EpisodeMembers.Reward, Values = new Episode { Reward = 2 }, KnownNs = 9 }));
        Same<MemoryOperation>("""{"op":"remove","id":9223372036854775807}""", new MemoryOperation.Remove(long.MaxValue));
        Same<MemoryOperation>("""{"op":"analyze","request":{"op":"prune","max_rows":5}}""", new MemoryOperation.Analyze(new PruneAnalysis { MaxRows = 5 }));
    }

    [Fact]
    public void A_written_operation_has_every_member_of_its_record()
    {
        MemoryOperation.Recall recall = Assert.IsType<MemoryOperation.Recall>(ContractJson.Read<MemoryOperation>(
            Encoding.UTF8.GetString(ContractJson.Write<MemoryOperation>(new MemoryOperation.Recall(new RecallQuery { Like = 7, MmrLambda = 0.5, AsOfNs = 8, Explain = true, HalfLifeNs = 9 })))));
        Assert.Equal((7UL, 0.5, 8UL, true, 9UL), (recall.Query.Like, recall.Query.MmrLambda, recall.Query.AsOfNs, recall.Query.Explain, recall.Query.HalfLifeNs));
        Assert.Throws<JsonException>(() => ContractJson.Read<MemoryOperation>("""{"op":"forget"}"""));
    }

    [Fact]
    public void The_memory_of_a_schedulers_tasks_is_among_its_options()
    {
        SchedulerOptions options = new() { Memory = new MemoryOptions { Path = "a.db", MaxRows = 5 } };
        string text = Encoding.UTF8.GetString(ContractJson.Write(options));
        Assert.Contains("""
            "memory":{"path":"a.db","durability":"group","max_rows":5,"sync_interval_ns":1000000000}}
            """.Trim(), text, StringComparison.Ordinal);
        SchedulerOptions back = ContractJson.Read<SchedulerOptions>(text);
        Assert.Equal(("a.db", 5UL), (back.Memory!.Path, back.Memory.MaxRows));
        Assert.Null(ContractJson.Read<SchedulerOptions>(Encoding.UTF8.GetString(ContractJson.Write(new SchedulerOptions()))).Memory);
    }

    [Fact]
    public void A_filter_that_was_built_is_the_one_that_its_json_is()
    {
        const string Text = """
            {"cell":{"$eq":"c1","$ne":"c2"},"reward":{"$gt":0.5,"$lte":2},"time_ns":{"$gte":1500000000000000001,"$lt":18446744073709551615},"metadata.vendor":{"$in":["a",5,true],"$nin":[]},"tags":{"$contains":"es"},"text":{"$exists":false}}
            """;
        EpisodeFilter built = new EpisodeFilterBuilder().Equal("cell", "c1").NotEqual("cell", "c2").Greater("reward", 0.5).LessOrEqual("reward", 2).Between(1_500_000_000_000_000_001, ulong.MaxValue)
            .In("metadata.vendor", "a", 5, true).NotIn("metadata.vendor").Contains("tags", "es").Exists("text", false).Build();
        Same(Text, built);
        EpisodeFilter read = JsonIn.EpisodeFilter(Encoding.UTF8.GetBytes(Text), "filter");
        Assert.Equal(read.Terms.Count, built.Terms.Count);
        Assert.All(read.Terms.Zip(built.Terms), pair =>
        {
            Assert.Equal((pair.First.Field, pair.First.Operator), (pair.Second.Field, pair.Second.Operator));
            Assert.Equal(pair.First.Values, pair.Second.Values);
        });
        Same("{}", new EpisodeFilterBuilder().Build());
        Assert.Throws<ArgumentNullException>(() => new EpisodeFilterBuilder().Equal(null!, 1));
        Assert.Throws<ArgumentNullException>(() => new EpisodeFilterBuilder().Equal("cell", null!));
    }

    [Fact]
    public void A_builder_goes_on_without_changing_what_it_built()
    {
        EpisodeFilterBuilder builder = new EpisodeFilterBuilder().Equal("cell", "c1");
        EpisodeFilter first = builder.Build();
        Assert.Equal(2, builder.Greater("reward", 1).Build().Terms.Count);
        Assert.Single(first.Terms);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-5L)]
    [InlineData(1L << 53)]
    [InlineData((1L << 53) + 1)]
    [InlineData(1_500_000_000_000_000_000L)]
    [InlineData(1_500_000_000_000_000_001L)]
    [InlineData(1L << 60)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Whole_numbers_become_the_value_that_their_json_is(long number)
    {
        Assert.Equal(Read(number.ToString(System.Globalization.CultureInfo.InvariantCulture)), (MetadataValue)number);
        if (number >= 0)
        {
            Assert.Equal((MetadataValue)number, (MetadataValue)(ulong)number);
        }
        Assert.Equal(Read("18446744073709551615"), (MetadataValue)ulong.MaxValue);
        Assert.Equal([Read("-7"), Read("0.1"), Read("true"), Read("\"t\"")], new MetadataValue[] { -7, 0.1, true, "t" });

        static MetadataValue Read(string value) =>
            Assert.Single(Assert.Single(JsonIn.EpisodeFilter(Encoding.UTF8.GetBytes($"{{\"metadata.x\":{{\"$eq\":{value}}}}}"), "filter").Terms).Values);
    }
}
