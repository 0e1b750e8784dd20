using System.Globalization;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using static RanCognition.Tests.Memory.EpisodeSamples;

namespace RanCognition.Tests.Memory;

public class EpisodeReadingTests
{
    [Fact]
    public void Every_member_of_the_contract_is_read()
    {
        Episode episode = Read(
            """
            {"id":17,"time_ns":1e9,"network_id":"n","cell":"c1","problem_type":"ES","situation":{"RRU.PrbTotDl":61.5,"x":-1e-300},"vector":[1,-2.5,3e38],
            "action":[{"managedObject":"NRCellDU=1","attribute":"administrativeState","before":"UNLOCKED","after":null},{"managedObject":"m","attribute":"a","after":-3}],
            "outcome":{"energy":1e300},"reward":0.5,"success":false,"tags":["es","es"],"metadata":{"vendor":"A","n":[1,{"deep":true}]},"text":"night"}
            """);
        CheckSame(
            new Episode
            {
                Id = 17, TimeNs = 1_000_000_000, NetworkId = "n", Cell = "c1", ProblemType = "ES", Situation = [new("RRU.PrbTotDl", 61.5), new("x", -1e-300)], Vector = [1, -2.5f, 3e38f],
                Action =
                [
                    new("NRCellDU=1", "administrativeState", new MetadataValue.Text("UNLOCKED"), MetadataValue.Nothing.Instance), new("m", "a", null, new MetadataValue.Number(-3)),
                ],
                Outcome = [new("energy", 1e300)], Reward = 0.5, Success = false, Tags = ["es", "es"],
                Metadata = new MetadataValue.Map(
                [
                    new("vendor", new MetadataValue.Text("A")),
                    new("n", new MetadataValue.List([new MetadataValue.Number(1), new MetadataValue.Map([new("deep", new MetadataValue.Truth(true))])])),
                ]),
                Text = "night",
            },
            episode);
    }

    [Fact]
    public void Null_is_not_given_and_a_metric_that_is_null_is_not_known()
    {
        IReadOnlyList<Episode> episodes = JsonIn.Episodes(
            """
            [{"id":null,"time_ns":null,"network_id":null,"cell":null,"problem_type":null,"situation":{"a":null,"b":2},"vector":null,"action":null,"outcome":{"c":null},"reward":null,
            "success":null,"tags":null,"metadata":null,"text":null}]
            """u8, "episode", out bool isBatch, out IReadOnlyList<IgnoredField> ignored);
        Assert.True(isBatch);
        CheckSame(new Episode { Situation = [new("b", 2)] }, Assert.Single(episodes));
        Assert.Equal([new("/0/situation/a", "null: not known"), new("/0/outcome/c", "null: not known")], ignored);
    }

    [Fact]
    public void What_is_not_known_is_noted_with_its_place_and_the_rest_is_read()
    {
        IReadOnlyList<Episode> episodes = JsonIn.Episodes(
            """[{"vector":[1]},{"vector":[2],"colour":{"a":[1]},"action":[{"managedObject":"m","attribute":"a","unit":"dB"}]}]"""u8, "episode", out bool isBatch, out IReadOnlyList<IgnoredField> ignored);
        Assert.True(isBatch);
        Assert.Equal([1f, 2f], episodes.Select(episode => episode.Vector[0]));
        Assert.Equal([new("/1/colour", "unknown field"), new("/1/action/0/unit", "unknown field")], ignored);
        JsonIn.Episodes("""{"vector":[1],"colour":1}"""u8, "episode", out isBatch, out ignored);
        Assert.False(isBatch);
        Assert.Equal([new("/colour", "unknown field")], ignored);
    }

    [Theory]
    [InlineData("5", "episode: expected an object, found a number at byte 0")]
    [InlineData("null", "episode: expected an object, found null at byte 0")]
    [InlineData("[]", "episode: is empty: at least one episode is needed")]
    [InlineData("[5]", "episode: /0: expected an object, found a number at byte 1")]
    [InlineData("[[]]", "episode: /0: expected an object, found an array at byte 1")]
    [InlineData("{}", "episode: neither situation nor vector is given")]
    [InlineData("""{"text":"t"}""", "episode: neither situation nor vector is given")]
    [InlineData("""[{"vector":[1]},{"cell":"c"}]""", "episode: /1: neither situation nor vector is given")]
    [InlineData("""{"vector":[]}""", "episode: /vector: is empty: at least one number is needed")]
    [InlineData("""{"vector":[1,2,3,1e39]}""", "episode: /vector/3: 1E+39 is beyond the range of a 32-bit float")]
    [InlineData("""{"vector":[1,null]}""", "episode: /vector/1: null, must be a number")]
    [InlineData("""{"vector":[1,"NaN"]}""", "episode: /vector/1: expected a number, found a string at byte 13")]
    [InlineData("""{"vector":[1,[2]]}""", "episode: /vector/1: expected a number, found an array at byte 13")]
    [InlineData("""{"vector":[1e400]}""", "episode: /vector/0: the number is beyond the range of a double at byte 11")]
    [InlineData("""{"vector":[NaN]}""", "episode: /vector: not valid JSON at byte 11")]
    [InlineData("""{"vector":{"0":1}}""", "episode: /vector: expected an array of numbers, found an object at byte 10")]
    [InlineData("""{"situation":{}}""", "episode: /situation: no metric has a number")]
    [InlineData("""{"situation":{"a":null}}""", "episode: /situation: no metric has a number")]
    [InlineData("""{"situation":{"a":1e39}}""", "episode: /situation/a: 1E+39 is beyond the range of a 32-bit float")]
    [InlineData("""{"situation":{"a":true}}""", "episode: /situation/a: expected a number or null, found a boolean at byte 18")]
    [InlineData("""{"situation":{"a":1,"a":2}}""", "episode: /situation: field 'a' is given twice at byte 20")]
    [InlineData("""{"situation":[1]}""", "episode: /situation: expected an object of numbers, found an array at byte 13")]
    [InlineData("""{"vector":[1],"vector":[1]}""", "episode: field 'vector' is given twice at byte 14")]
    [InlineData("""{"vector":[1],"id":0}""", "episode: /id: 0, must be 1..9223372036854775807")]
    [InlineData("""{"vector":[1],"id":9223372036854775808}""", "episode: /id: 9223372036854775808, must be 1..9223372036854775807")]
    [InlineData("""{"vector":[1],"id":"7"}""", "episode: /id: expected a whole number, found a string at byte 19")]
    [InlineData("""{"vector":[1],"id":1.5}""", "episode: /id: expected a whole number 0..18446744073709551615 at byte 19")]
    [InlineData("""{"vector":[1],"time_ns":-1}""", "episode: /time_ns: expected a whole number 0..18446744073709551615 at byte 24")]
    [InlineData("""{"vector":[1],"time_ns":9223372036854775808}""", "episode: /time_ns: 9223372036854775808, must be 0..9223372036854775807")]
    [InlineData("""{"vector":[1],"cell":5}""", "episode: /cell: expected a string, found a number at byte 21")]
    [InlineData("""{"vector":[1],"cell":"\ud800"}""", "episode: /cell: the string is not valid Unicode at byte 21")]
    [InlineData("""{"vector":[1],"metadata":{"\udc00":1}}""", "episode: /metadata: a field name is not valid Unicode at byte 26")]
    [InlineData("""{"vector":[1],"reward":"good"}""", "episode: /reward: expected a number, found a string at byte 23")]
    [InlineData("""[{"vector":[1]},{"vector":[1],"reward":1e400}]""", "episode: /1/reward: the number is beyond the range of a double at byte 39")]
    [InlineData("""{"vector":[1],"success":1}""", "episode: /success: expected true or false, found a number at byte 24")]
    [InlineData("""{"vector":[1],"tags":"es"}""", "episode: /tags: expected an array of strings, found a string at byte 21")]
    [InlineData("""{"vector":[1],"tags":["a",null]}""", "episode: /tags/1: expected a string, found null at byte 26")]
    [InlineData("""{"vector":[1],"metadata":[1]}""", "episode: /metadata: expected an object, found an array at byte 25")]
    [InlineData("""{"vector":[1],"metadata":{"a":{"b":1,"b":2}}}""", "episode: /metadata/a: field 'b' is given twice at byte 37")]
    [InlineData("""{"vector":[1],"metadata":{"a":[1e400]}}""", "episode: /metadata/a/0: the number is beyond the range of a double at byte 31")]
    [InlineData("""{"vector":[1],"action":{}}""", "episode: /action: expected an array of changes, found an object at byte 23")]
    [InlineData("""{"vector":[1],"action":[{"attribute":"a"}]}""", "episode: /action/0: field 'managedObject' is missing at byte 40")]
    [InlineData("""{"vector":[1],"action":[{"managedObject":"m","after":1}]}""", "episode: /action/0: field 'attribute' is missing at byte 54")]
    [InlineData("""{"vector":[1],"action":[{"managedObject":"","attribute":"a"}]}""", "episode: /action/0/managedObject: is empty")]
    [InlineData("""{"vector":[1],"action":[{"managedObject":"m","attribute":""}]}""", "episode: /action/0/attribute: is empty")]
    [InlineData("""{"vector":[1],"action":[{"managedObject":"m","attribute":"a","before":[1]}]}""", "episode: /action/0/before: expected a string, a number, a boolean or null, found an array at byte 70")]
    [InlineData("""{"vector":[1],"outcome":{"a":"x"}}""", "episode: /outcome/a: expected a number or null, found a string at byte 29")]
    [InlineData("""{"vector":[1]}x""", "episode: not valid JSON at byte 14")]
    [InlineData("""[{"vector":[1]}""", "episode: not valid JSON at byte 15")]
    [InlineData("", "episode: not valid JSON at byte 0")]
    public void What_cannot_be_used_is_refused_by_its_place_and_reason(string text, string message)
    {
        Exception refusal = Assert.ThrowsAny<Exception>(() => JsonIn.Episodes(Encoding.UTF8.GetBytes(text), "episode", out _, out _));
        Assert.True(refusal is InvalidJsonException or InvalidInputException);
        Assert.Equal(message, refusal.Message);
    }

    public static TheoryData<string, string> TooMuch => new()
    {
        { $$"""{"vector":[{{string.Join(',', Enumerable.Repeat("1", MemoryLimits.DimensionMax + 1))}}]}""", "episode: /vector: more than 4096 values" },
        { $$$"""{"situation":{{{{string.Join(',', Enumerable.Range(0, MemoryLimits.MetricsMax + 1).Select(i => $"\"{i}\":1"))}}}}}""", "episode: /situation: more than 1024 metrics" },
        { $$"""{"vector":[1],"tags":[{{string.Join(',', Enumerable.Repeat("\"a\"", MemoryLimits.TagsMax + 1))}}]}""", "episode: /tags: more than 256 tags" },
        {
            $$"""{"vector":[1],"action":[{{string.Join(',', Enumerable.Repeat("{\"managedObject\":\"m\",\"attribute\":\"a\"}", MemoryLimits.ActionsMax + 1))}}]}""",
            "episode: /action: more than 4096 changes"
        },
        { $$"""{"vector":[1],"cell":"{{new string('ü', MemoryLimits.NameBytesMax / 2 + 1)}}"}""", "episode: /cell: more than 1024 bytes" },
        { $$"""{"vector":[1],"text":"{{new string('x', MemoryLimits.EpisodeBytesMax)}}"}""", "episode: more than 1048576 bytes" },
        { $$"""[{"vector":[1]},{"vector":[1],"text":"{{new string('x', MemoryLimits.EpisodeBytesMax)}}"}]""", "episode: /1: more than 1048576 bytes" },
        { $$$"""{"vector":[1],"metadata":{"a":{{{new string('[', 32)}}}{{{new string(']', 32)}}}}}""", $"episode: /metadata/a{string.Concat(Enumerable.Repeat("/0", 31))}: more than 32 levels" },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public void What_is_beyond_a_bound_is_refused_as_such(string text, string message) =>
        Assert.Equal(message, Assert.Throws<LimitExceededException>(() => JsonIn.Episodes(Encoding.UTF8.GetBytes(text), "episode", out _, out _)).Message);

    [Fact]
    public void What_just_keeps_the_bounds_is_taken()
    {
        string text = $$$"""
            {"id":9223372036854775807,"time_ns":9223372036854775807,"vector":[{{{string.Join(',', Enumerable.Repeat("1", MemoryLimits.DimensionMax))}}}],
            "cell":"{{{new string('ü', MemoryLimits.NameBytesMax / 2)}}}","tags":[{{{string.Join(',', Enumerable.Repeat("\"a\"", MemoryLimits.TagsMax))}}}],
            "metadata":{"a":{{{new string('[', 31)}}}{{{new string(']', 31)}}}}}
            """;
        Episode episode = Read(text);
        Assert.Equal((MemoryLimits.IdMax, MemoryLimits.TimeMax, MemoryLimits.DimensionMax, MemoryLimits.TagsMax), (episode.Id, episode.TimeNs, episode.Vector.Length, episode.Tags.Count));
        Read($$"""{"vector":[1],"text":"{{new string('x', MemoryLimits.EpisodeBytesMax - 24)}}"}""");
    }

    [Fact]
    public void Hostile_nesting_and_endless_arrays_are_refused_and_nothing_overflows()
    {
        foreach (string text in new[]
        {
            new string('[', 1_000_000), string.Concat(Enumerable.Repeat("{\"vector\":", 100_000)), """{"vector":[1],"metadata":{"a":""" + new string('[', 1_000_000),
            """{"vector":[1],"x":""" + new string('[', 70) + new string(']', 70) + "}", "{\"vector\":[" + string.Concat(Enumerable.Repeat("1,", 1_000_000)) + "1]}",
        })
        {
            Exception refusal = Assert.ThrowsAny<Exception>(() => JsonIn.Episodes(Encoding.UTF8.GetBytes(text), "episode", out _, out _));
            Assert.True(refusal is InvalidJsonException or LimitExceededException, refusal.ToString());
        }
    }

    /// <summary>Texts next to the middle of two floats, where a double in between would round twice.</summary>
    [Fact]
    public void A_vectors_numbers_are_rounded_once()
    {
        Random random = new(5);
        List<string> texts = ["0", "-0", "1e-46", "3.402823567797336616e38"];
        for (int i = 0; i < 3000; i++)
        {
            float low = BitConverter.Int32BitsToSingle(random.Next(1, 0x7F7FFFFE));
            decimal? middle = Math.Abs(low) is > 1e-6f and < 1e20f ? ((decimal)(double)low + (decimal)(double)MathF.BitIncrement(low)) / 2 : null;
            string half = (((double)low + MathF.BitIncrement(low)) / 2).ToString("E60", CultureInfo.InvariantCulture);   // exact, as a double has it
            texts.AddRange([half, half.Replace("E", "00000001E", StringComparison.Ordinal), low.ToString(CultureInfo.InvariantCulture)]);
            if (middle is { } exact)
            {
                texts.Add(exact.ToString(CultureInfo.InvariantCulture));
            }
        }
        string blanks = string.Join(" ,\n ", texts.Take(MemoryLimits.DimensionMax));
        CheckFloats($$"""{"vector":[ {{blanks}} ]}""", [.. texts.Take(MemoryLimits.DimensionMax)]);
        foreach (string[] part in texts.Chunk(777))
        {
            CheckFloats($$"""{"vector":[{{string.Join(',', part)}}]}""", part);
        }
    }

    private static void CheckFloats(string text, string[] numbers) => Assert.Equal(
        numbers.Select(number => BitConverter.SingleToUInt32Bits(float.Parse(number, CultureInfo.InvariantCulture))), Read(text).Vector.Select(BitConverter.SingleToUInt32Bits));

    [Fact]
    public void A_batch_counts_its_episodes_and_keeps_their_order()
    {
        string text = "[" + string.Join(',', Enumerable.Range(0, 2000).Select(i => $$"""{"vector":[{{i}}],"cell":"c{{i % 7}}"}""")) + "]";
        IReadOnlyList<Episode> episodes = JsonIn.Episodes(Encoding.UTF8.GetBytes(text), "episode", out _, out _);
        Assert.Equal(Enumerable.Range(0, 2000).Select(i => ((float)i, $"c{i % 7}")), episodes.Select(episode => (episode.Vector[0], episode.Cell)));
    }
}
