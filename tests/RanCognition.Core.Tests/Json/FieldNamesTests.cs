using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

public class FieldNamesTests
{
    /// <summary>Objects within objects, few names and many, some of them written with escapes, against a set for each object.</summary>
    [Fact]
    public void A_name_given_twice_in_one_object_is_refused_however_it_is_written()
    {
        int refusals = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            StringBuilder text = new();
            string? twice = null;
            Fields(text, random, 3, ref twice);
            byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
            if (twice is null)
            {
                using JsonDocument read = JsonIn.Document(bytes, "x");
                Assert.Equal(JsonValueKind.Object, read.RootElement.ValueKind);
            }
            else
            {
                refusals++;
                Assert.Contains($"field '{twice}' is given twice", Assert.Throws<InvalidJsonException>(() => JsonIn.Document(bytes, "x")).Message);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
        Assert.InRange(refusals, 100, 900);
    }

    [Fact]
    public void Names_are_one_string_whenever_they_come_and_whatever_comes_between()
    {
        Assert.Same(NameCache.Get("NRCellDU=1/RRU.PrbTotDl"u8, out uint hash), NameCache.Get("NRCellDU=1/RRU.PrbTotDl"u8, out uint again));
        Assert.Equal(hash, again);
        Random random = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            string name = new string((char)('a' + random.Next(3)), random.Next(70)) + (random.Next(4) == 0 ? "é" : "") + random.Next(2000);
            Assert.Equal(name, NameCache.Get(Encoding.UTF8.GetBytes(name), out _));
        }
    }

    [Fact]
    public void Threads_share_the_names()
    {
        Parallel.For(0, 8, thread =>
        {
            Random random = new(thread);
            for (int i = 0; i < 20_000; i++)
            {
                string name = "metric" + random.Next(3000);
                Assert.Equal(name, NameCache.Get(Encoding.UTF8.GetBytes(name), out _));
            }
        });
    }

    private static void Fields(StringBuilder text, Random random, int depth, ref string? twice)
    {
        int count = random.Next(5) == 0 ? random.Next(60, 70) : random.Next(6);
        int kinds = random.Next(3) == 0 ? 500 : 1_000_000;
        HashSet<string> seen = [];
        text.Append('{');
        for (int i = 0; i < count; i++)
        {
            string name = "n" + random.Next(kinds);
            text.Append(i > 0 ? "," : "").Append('"').Append(random.Next(4) == 0 ? name.Replace("n", "\\u006e") : name).Append("\":");
            twice ??= seen.Add(name) ? null : name;
            if (depth > 0 && random.Next(8) == 0)
            {
                Fields(text, random, depth - 1, ref twice);
            }
            else
            {
                text.Append(i);
            }
        }
        text.Append('}');
    }
}
