using System.Buffers;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Memory;

/// <summary>Random episodes with what makes JSON hard in them, and how they are written and compared.</summary>
internal static class EpisodeSamples
{
    private static readonly string[] Words = ["", "c1", "NRCellDU=1", "ü", "𝄞", "a.b", "a", "b", "\"", "\\", "\u0001", "\u007f", "/", "~", "\u2028", "<script>", "x y"];

    public static byte[] Write(Episode episode) => WriteJson(json => JsonOut.WriteEpisode(json, episode));

    public static byte[] WriteJson(Action<System.Text.Json.Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> target = new();
        System.Text.Json.Utf8JsonWriter json = JsonWriting.On(target);
        write(json);
        json.Flush();
        return target.WrittenSpan.ToArray();
    }

    public static byte[] Document(Episode episode)
    {
        ArrayBufferWriter<byte> target = new();
        EpisodeCodec.Instance.Write(episode, target);
        return target.WrittenSpan.ToArray();
    }

    public static Episode Read(string text, string argument = "episode") => Read(Encoding.UTF8.GetBytes(text), argument);

    public static Episode Read(byte[] text, string argument = "episode") => Assert.Single(JsonIn.Episodes(text, argument, out _, out _));

    public static Episode Random(Random random)
    {
        bool hasVector = random.Next(2) == 0;
        return new Episode
        {
            Id = random.Next(3) == 0 ? 0 : (ulong)random.NextInt64(1, long.MaxValue),
            TimeNs = random.Next(3) == 0 ? null : (ulong)random.NextInt64(),
            NetworkId = Word(random),
            Cell = Word(random),
            ProblemType = Word(random),
            Situation = hasVector && random.Next(2) == 0 ? [] : Metrics(random, random.Next(1, 5), () => Float(random)),
            Vector = hasVector ? [.. Enumerable.Range(0, random.Next(1, 600)).Select(_ => Float(random))] : [],
            Action = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new ConfigurationChange("o" + Word(random), "a" + Word(random), Scalar(random), Scalar(random)))],
            Outcome = Metrics(random, random.Next(3), () => Double(random)),
            Reward = random.Next(3) == 0 ? null : Double(random),
            Success = random.Next(3) switch { 0 => null, 1 => true, _ => false },
            Tags = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Word(random))],
            Metadata = random.Next(3) == 0 ? MetadataValue.Map.Empty : Map(random, 4),
            Text = Word(random),
        };
    }

    public static void CheckSame(Episode expected, Episode actual)
    {
        Assert.Equal(expected.Vector.Select(BitConverter.SingleToUInt32Bits), actual.Vector.Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(expected.Situation, actual.Situation);
        Assert.Equal(expected.Outcome, actual.Outcome);
        Assert.Equal(expected.Action, actual.Action);
        Assert.Equal(expected.Tags, actual.Tags);
        Assert.Equal(expected.Metadata, actual.Metadata);
        // Lists are compared above; the rest by value.
        Assert.Equal(Rest(expected), Rest(actual));
    }

    private static Episode Rest(Episode episode) =>
        episode with { Vector = NoVector, Situation = NoMetrics, Outcome = NoMetrics, Action = NoAction, Tags = Words };

    private static readonly float[] NoVector = [];
    private static readonly KeyValuePair<string, double>[] NoMetrics = [];
    private static readonly ConfigurationChange[] NoAction = [];

    private static string Word(Random random) => Words[random.Next(Words.Length)] + (random.Next(4) == 0 ? random.Next(100).ToString(System.Globalization.CultureInfo.InvariantCulture) : "");

    private static double Double(Random random)
    {
        double value = random.Next(3) == 0 ? random.Next(-100, 100) : BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
        return double.IsFinite(value) ? value : 0.1;
    }

    private static float Float(Random random)
    {
        float value = random.Next(3) == 0 ? random.Next(-100, 100) / 8f : BitConverter.Int32BitsToSingle((int)random.NextInt64(int.MinValue, 1L + int.MaxValue));
        return float.IsFinite(value) ? value : 0.1f;
    }

    private static List<KeyValuePair<string, double>> Metrics(Random random, int count, Func<double> value) =>
        [.. Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"{Word(random)}|{i}", value()))];

    private static MetadataValue? Scalar(Random random) => random.Next(6) switch
    {
        0 => null,
        1 => MetadataValue.Nothing.Instance,
        2 => new MetadataValue.Truth(random.Next(2) == 0),
        3 => new MetadataValue.Text(Word(random)),
        4 => new MetadataValue.Number(9007199254740992, "9007199254740993"),
        _ => new MetadataValue.Number(Double(random)),
    };

    private static MetadataValue.Map Map(Random random, int depth)
    {
        Dictionary<string, MetadataValue> members = [];
        for (int i = random.Next(5); i > 0; i--)
        {
            members[Word(random)] = random.Next(depth) switch
            {
                0 => Scalar(random) ?? MetadataValue.Nothing.Instance,
                1 => new MetadataValue.List([.. Enumerable.Range(0, random.Next(4)).Select(_ => Scalar(random) ?? MetadataValue.Nothing.Instance)]),
                _ => Map(random, depth - 1),
            };
        }
        return new MetadataValue.Map([.. members]);
    }
}
