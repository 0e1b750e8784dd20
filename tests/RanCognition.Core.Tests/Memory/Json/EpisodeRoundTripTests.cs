using System.Globalization;
using System.Numerics;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using static RanCognition.Tests.Memory.EpisodeSamples;

namespace RanCognition.Tests.Memory;

public class EpisodeRoundTripTests
{
    private static readonly EpisodeCodec Codec = EpisodeCodec.Instance;

    [Fact]
    public void Any_episode_comes_back_as_it_was()
    {
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            Episode episode = EpisodeSamples.Random(random);
            byte[] text = Write(episode);
            Episode read = Read(text);
            CheckSame(episode, read);
            Assert.Equal(text, Write(read));
        }
    }

    [Fact]
    public void A_document_has_all_that_is_no_column()
    {
        Random random = new(2);
        for (int i = 0; i < 2000; i++)
        {
            Episode episode = EpisodeSamples.Random(random);
            Episode kept = Codec.Read(Document(episode));
            CheckSame(episode with { Id = 0, TimeNs = null, Cell = "", Reward = null, Success = null, Vector = [] }, kept);
        }
    }

    [Fact]
    public void A_field_of_a_document_is_what_reading_all_of_it_gives()
    {
        Random random = new(3);
        int found = 0;
        for (int i = 0; i < 1000; i++)
        {
            byte[] document = Document(EpisodeSamples.Random(random));
            Episode read = Codec.Read(document);
            Same("network_id", read.NetworkId.Length > 0 ? new MetadataValue.Text(read.NetworkId) : null);
            Same("problem_type", read.ProblemType.Length > 0 ? new MetadataValue.Text(read.ProblemType) : null);
            Same("text", read.Text.Length > 0 ? new MetadataValue.Text(read.Text) : null);
            Same("tags", read.Tags.Count > 0 ? new MetadataValue.List([.. read.Tags.Select(tag => new MetadataValue.Text(tag))]) : null);
            foreach ((string metric, double value) in read.Situation)
            {
                Same("situation." + metric, new MetadataValue.Number(value));
            }
            foreach ((string metric, double value) in read.Outcome)
            {
                Same("outcome." + metric, new MetadataValue.Number(value));
            }
            foreach ((string key, MetadataValue value) in read.Metadata.Members)
            {
                Same("metadata." + key, value);
                if (value is MetadataValue.Map inner && !key.Contains('.', StringComparison.Ordinal))
                {
                    foreach ((string innerKey, MetadataValue innerValue) in inner.Members.Where(member => !member.Key.Contains('.', StringComparison.Ordinal)))
                    {
                        string path = $"{key}.{innerKey}";
                        MetadataValue? whole = read.Metadata.Members.FirstOrDefault(member => member.Key == path).Value;
                        Same("metadata." + path, whole ?? innerValue);
                    }
                }
            }
            foreach (string absent in new[] { "metadata.none", "metadata.none.of.it", "situation.none", "outcome.none", "cell", "id", "time_ns", "reward", "success", "vector", "action", "x.y", "", ".", "tags.x", "metadata" })
            {
                Same(absent, null);
            }

            void Same(string field, MetadataValue? expected)
            {
                Assert.Equal(expected, Codec.Field(document, field));
                found += expected is null ? 0 : 1;
            }
        }
        Assert.True(found > 3000, $"{found} fields");
    }

    [Fact]
    public void A_key_with_dots_is_one_key_first_and_then_a_path()
    {
        byte[] document = """{"metadata":{"a":{"b":1,"c":{"d":[2]},"x.y":9},"a.b":3,"e":null,"":{"":4}}}"""u8.ToArray();
        Assert.Equal(new MetadataValue.Number(3), Codec.Field(document, "metadata.a.b"));
        Assert.Equal(new MetadataValue.List([new MetadataValue.Number(2)]), Codec.Field(document, "metadata.a.c.d"));
        Assert.Equal(MetadataValue.Nothing.Instance, Codec.Field(document, "metadata.e"));
        Assert.Equal(new MetadataValue.Number(4), Codec.Field(document, "metadata.."));
        Assert.Null(Codec.Field(document, "metadata.a.x.y"));
        Assert.Null(Codec.Field(document, "metadata.a.b.c"));
        Assert.Null(Codec.Field(document, "metadata.e.f"));
    }

    [Fact]
    public void Names_and_texts_with_escapes_are_found()
    {
        byte[] document = """{"te\u0078t":"a\nb","metadata":{"\ud834\udd1e":"\u00fc","k\"":1}}"""u8.ToArray();
        Assert.Equal(new MetadataValue.Text("a\nb"), Codec.Field(document, "text"));
        Assert.Equal(new MetadataValue.Text("ü"), Codec.Field(document, "metadata.𝄞"));
        Assert.Equal(new MetadataValue.Number(1), Codec.Field(document, "metadata.k\""));
        Assert.Null(Codec.Field(document, "metadata." + "𝄞" + new string('x', 5000)));
    }

    [Theory]
    [InlineData("9007199254740993", true)]
    [InlineData("9007199254740992", false)]
    [InlineData("-18446744073709551617", true)]
    [InlineData("18446744073709551616", true)]
    [InlineData("0.1", false)]
    [InlineData("0.10000000000000000", false)]
    [InlineData("0.1000000000000000055511151231257827", true)]
    [InlineData("1e5", false)]
    [InlineData("1E+22", false)]
    [InlineData("100000000000000000000000", false)]
    [InlineData("123.4500e-2", false)]
    [InlineData("1e-400", true)]
    [InlineData("0e999999999999", false)]
    [InlineData("0.00000000000000000000", false)]
    [InlineData("-0", false)]
    [InlineData("5e-324", false)]
    [InlineData("4.9e-324", true)]
    [InlineData("1.7976931348623157e308", false)]
    [InlineData("1.00000000000000000001", true)]
    public void A_number_keeps_its_text_where_a_double_would_change_it(string number, bool keeps)
    {
        MetadataValue.Number read = Assert.IsType<MetadataValue.Number>(Read($$$"""{"vector":[1],"metadata":{"n":{{{number}}}}}""").Metadata.Members[0].Value);
        Assert.Equal(double.Parse(number, CultureInfo.InvariantCulture), read.Value);
        Assert.Equal(keeps ? number : null, read.Exact);
        byte[] document = Document(new Episode { Metadata = new MetadataValue.Map([new("n", read)]) });
        Assert.Equal(read, Codec.Field(document, "metadata.n"));
        Assert.Equal(Rational(number), Rational(Encoding.UTF8.GetString(document)["{\"metadata\":{\"n\":".Length..^2]));
    }

    /// <summary>Digits and power of ten without zeros at the end, by big numbers.</summary>
    private static (BigInteger Digits, BigInteger Exponent) Rational(string number)
    {
        string[] parts = number.ToUpperInvariant().Split('E');
        string[] halves = parts[0].Split('.');
        BigInteger digits = BigInteger.Parse(string.Concat(halves), CultureInfo.InvariantCulture);
        BigInteger exponent = (parts.Length > 1 ? BigInteger.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - (halves.Length > 1 ? halves[1].Length : 0);
        while (!digits.IsZero && digits % 10 == 0)
        {
            digits /= 10;
            exponent++;
        }
        return (digits, digits.IsZero ? 0 : exponent);
    }

    [Fact]
    public void Any_number_in_metadata_is_written_as_the_number_that_was_read()
    {
        Random random = new(4);
        for (int i = 0; i < 5000; i++)
        {
            string whole = random.Next(2) == 0 ? "0" : random.NextInt64().ToString(CultureInfo.InvariantCulture);
            string number = (random.Next(2) == 0 ? "-" : "") + whole + (random.Next(2) == 0 ? "" : "." + new string('0', random.Next(20)) + random.NextInt64())
                + (random.Next(2) == 0 ? "" : "e" + random.Next(-330, 280));
            if (number.Length > 1 && !double.IsFinite(double.Parse(number, CultureInfo.InvariantCulture)))
            {
                continue;
            }
            Episode episode = Read($$$"""{"vector":[1],"metadata":{"n":{{{number}}}}}""");
            Assert.Equal(Rational(number), Rational(Encoding.UTF8.GetString(Document(episode))["{\"metadata\":{\"n\":".Length..^2]));
        }
    }

    [Fact]
    public void A_text_that_is_no_number_never_stands_for_one()
    {
        foreach (string wrong in new[] { "", "1,2", "[1]", "01", "1 ", "NaN", "1}", "ü" })
        {
            Assert.Equal("""{"metadata":{"n":5}}""", Encoding.UTF8.GetString(Document(new Episode { Metadata = new MetadataValue.Map([new("n", new MetadataValue.Number(5, wrong))]) })));
        }
    }

    [Theory]
    [InlineData("""{"id":1}""", "document: /id: stands in the call itself, not in the document")]
    [InlineData("""{"time_ns":null}""", "document: /time_ns: stands in the call itself, not in the document")]
    [InlineData("""{"cell":"c"}""", "document: /cell: stands in the call itself, not in the document")]
    [InlineData("""{"reward":1}""", "document: /reward: stands in the call itself, not in the document")]
    [InlineData("""{"success":true}""", "document: /success: stands in the call itself, not in the document")]
    [InlineData("""{"vector":[1]}""", "document: /vector: stands in the call itself, not in the document")]
    public void A_binary_calls_document_does_not_repeat_the_call(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => JsonIn.EpisodeDocument(Encoding.UTF8.GetBytes(text), "document")).Message);

    [Fact]
    public void A_binary_calls_document_may_be_empty_and_has_the_other_members()
    {
        CheckSame(new Episode(), JsonIn.EpisodeDocument([], "document"));
        CheckSame(new Episode(), JsonIn.EpisodeDocument("{}"u8, "document"));
        CheckSame(
            new Episode { NetworkId = "n", Situation = [new("a", 1)], Tags = ["t"], Text = "x" },
            JsonIn.EpisodeDocument("""{"network_id":"n","situation":{"a":1},"tags":["t"],"text":"x","metadata":null}"""u8, "document"));
    }
}
