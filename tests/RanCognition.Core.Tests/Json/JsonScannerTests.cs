using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using FsCheck;
using FsCheck.Fluent;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

/// <summary>The scanner beside Utf8JsonReader: the same tokens at the same places, and the same step at which a text is refused.</summary>
public class JsonScannerTests
{
    private const int DepthMax = 8;   // low, so that random texts reach it

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "null", "true", "false", "0", "-0", "1", "-1.5", "1e5", "1E-3", "1e400", "01", "1.", "-", "+1", ".5", "1x", "nullx", "0/", "/", "//", "/**/",
        "\"\"", "\"a\"", "\"a\":", "\"\\u0041\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"\\q\"", "\"\\u12g4\"", "\"\\\"\"", "\"", "\\", "\"é\"", "\u0001", "\t", " ", "\n", "\r",
        "12345678901234567890123", "NaN", "\ufeff", "[[[[[[[[", "{\"a\":{\"a\":{\"a\":{\"a\":", "tru", "\"0123456789abcdef0123456789\"",
    ];

    [Fact]
    public void Random_texts_are_taken_apart_as_Utf8JsonReader_does_it()
    {
        int accepted = 0;
        int refused = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            for (int round = 0; round < 300; round++)
            {
                StringBuilder text = new();
                Value(text, random, random.Next(1, DepthMax + 2));
                byte[] bytes = Damaged(Encoding.UTF8.GetBytes(text.ToString()), random, random.Next(3));
                if (Utf8.IsValid(bytes))
                {
                    _ = SameAsReader(bytes) ? accepted++ : refused++;
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
        Assert.True(accepted > 5000 && refused > 5000, $"{accepted} accepted, {refused} refused");
    }

    [Fact]
    public void Random_pieces_are_taken_apart_as_Utf8JsonReader_does_it() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            for (int round = 0; round < 300; round++)
            {
                SameAsReader(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Pieces[random.Next(Pieces.Length)]))));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Pieces_in_every_order_are_taken_apart_as_Utf8JsonReader_does_it()
    {
        foreach (string first in Pieces)
        {
            foreach (string second in Pieces)
            {
                SameAsReader(Encoding.UTF8.GetBytes(first + second));
                SameAsReader(Encoding.UTF8.GetBytes($"[{first}{second}]"));
                SameAsReader(Encoding.UTF8.GetBytes($"{{\"k\":{first}{second}}}"));
                SameAsReader(Encoding.UTF8.GetBytes($"{{{first}{second}1}}"));
                SameAsReader(Encoding.UTF8.GetBytes($"[1,{first} {second}"));
            }
        }
    }

    [Fact]
    public void Every_byte_in_a_string_and_between_tokens_is_taken_as_Utf8JsonReader_takes_it()
    {
        for (int code = 0; code < 0x80; code++)
        {
            foreach (string text in (string[])["[@]", "[@1]", "[1@]", "[1@,2]", "[1,@2]", "[\"@\"]", "[\"\\@\"]", "[\"0123456789abcdef@ghi\"]", "[\"\\u00@0\"]", "{@\"a\"@:@1@}@", "@{}", "1@", "0@", "[-@]", "[1e@]", "[1.@]", "[n@ll]"])
            {
                SameAsReader(Encoding.UTF8.GetBytes(text.Replace('@', (char)code)));
            }
        }
    }

    [Fact]
    public void Arrays_of_numbers_are_read_as_token_by_token()
    {
        int refusedCount = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            for (int round = 0; round < 100; round++)
            {
                int length = random.Next(40);
                IEnumerable<string> elements = Enumerable.Range(0, length).Select(_ => Blanks(random) + Element(random) + Blanks(random));
                byte[] text = Damaged(Encoding.UTF8.GetBytes("[" + string.Join(',', elements) + "]"), random, random.Next(2));
                const int LengthMax = 30;
                (double[]? expected, string? refusal) = NumbersByReader(text, LengthMax);
                (double[]? read, string? message) = Numbers(text, LengthMax);
                Assert.Equal(refusal, message);
                Assert.Equal(expected?.Select(BitConverter.DoubleToInt64Bits), read?.Select(BitConverter.DoubleToInt64Bits));
                refusedCount += refusal is null ? 0 : 1;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
        Assert.InRange(refusedCount, 1000, 19000);
    }

    [Fact]
    public void Escapes_are_resolved_as_Utf8JsonReader_resolves_them() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            string[] parts = ["a", "é", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\r", "\\t", "\\u0000", "\\u00e9", "\\uD83D", "\\ude00", "\\uD83D\\uDE00", "\\uffff", "\\u20AC"];
            for (int round = 0; round < 100; round++)
            {
                SameAsReader(Encoding.UTF8.GetBytes("\"" + string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => parts[random.Next(parts.Length)])) + "\""));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    /// <summary>Walks both; true when the text is accepted by both.</summary>
    private static bool SameAsReader(byte[] text)
    {
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = DepthMax });
        JsonScanner scanner = new(text, DepthMax);
        while (true)
        {
            bool? moved;   // null: refused
            try
            {
                moved = reader.Read();
            }
            catch (JsonException)
            {
                moved = null;
            }
            if (moved == false)
            {
                Assert.True(scanner.AtEnd(), Show(text));
                return true;
            }
            bool rootIsRead = reader.BytesConsumed > 0 && scanner.Depth == 0 && scanner.Token is not (JsonTokenType.None or JsonTokenType.PropertyName);
            if (rootIsRead)
            {
                Assert.True(moved is null && !scanner.AtEnd(), Show(text));   // text after the value
            }
            Assert.True(scanner.Next() == (moved == true), $"{Show(text)}: {(moved is null ? "refused" : reader.TokenType)} by the reader at {reader.TokenStartIndex}");
            if (moved is null)
            {
                return false;
            }
            Assert.Equal((reader.TokenType, (int)reader.TokenStartIndex), (scanner.Token, scanner.TokenStart));
            Assert.Equal(reader.BytesConsumed, scanner.Consumed);
            SameValue(ref reader, ref scanner);
        }
    }

    private static void SameValue(ref Utf8JsonReader reader, ref JsonScanner scanner)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            Assert.True(reader.ValueSpan.SequenceEqual(scanner.Value));
            Assert.Equal(BitConverter.DoubleToInt64Bits(reader.TryGetDouble(out double value) ? value : double.NaN), BitConverter.DoubleToInt64Bits(scanner.Number));
            bool isWhole = reader.TryGetUInt64(out ulong whole);
            Assert.Equal(isWhole, scanner.TryGetWhole(out ulong other));
            Assert.True(!isWhole || whole == other);
        }
        else if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
        {
            Assert.True(reader.ValueSpan.SequenceEqual(scanner.Value));
            Assert.Equal(reader.ValueIsEscaped, scanner.HasEscapes);
            byte[] plain = new byte[scanner.Value.Length];
            string? text = JsonText.TryUnescape(scanner.Value, plain, out int length) ? Encoding.UTF8.GetString(plain, 0, length) : null;
            string? expected = null;
            try
            {
                expected = reader.GetString();
            }
            catch (InvalidOperationException)
            {
                // a lone surrogate
            }
            Assert.Equal(expected, text);
        }
    }

    private static (double[]?, string?) Numbers(byte[] text, int lengthMax)
    {
        try
        {
            JsonCursor json = new(text, "x");
            json.Next();
            double[] values = json.Numbers(lengthMax);
            json.End();
            return (values, null);
        }
        catch (Exception error) when (error is InvalidJsonException or LimitExceededException)
        {
            return (null, error.Message);
        }
    }

    private static (double[]?, string?) NumbersByReader(byte[] text, int lengthMax)
    {
        if (!Utf8.IsValid(text))
        {
            return Numbers(text, lengthMax);   // told before anything is read
        }
        Utf8JsonReader reader = new(text);
        List<double> values = [];
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return Numbers(text, lengthMax);
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (values.Count == lengthMax)
                {
                    return (null, $"x: more than {lengthMax} values");
                }
                if (reader.TokenType == JsonTokenType.Null)
                {
                    values.Add(double.NaN);
                }
                else if (reader.TokenType != JsonTokenType.Number)
                {
                    return (null, $"x: /{values.Count}: expected a number or null, found {Describe(reader.TokenType)} at byte {reader.TokenStartIndex}");
                }
                else if (reader.TryGetDouble(out double value) && double.IsFinite(value))
                {
                    values.Add(value);
                }
                else
                {
                    return (null, $"x: /{values.Count}: the number is beyond the range of a double at byte {reader.TokenStartIndex}");
                }
            }
            reader.Read();
            return ([.. values], null);
        }
        catch (JsonException)
        {
            return (null, $"x: not valid JSON at byte {reader.BytesConsumed}");
        }
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        _ => "a boolean",
    };

    private static void Value(StringBuilder text, Random random, int depth)
    {
        text.Append(Blanks(random));
        switch (random.Next(depth > 0 ? 6 : 3))
        {
            case 0: text.Append(Element(random)); break;
            case 1: text.Append("\"" + (random.Next(3) == 0 ? "a\\u0041é\\n" : "text") + "\""); break;
            case 2: text.Append(random.Next(2) == 0 ? "true" : "false"); break;
            case 3:
            case 4:
                text.Append('[');
                Repeat(text, random, () => Value(text, random, depth - 1));
                text.Append(']');
                break;
            default:
                text.Append('{');
                Repeat(text, random, () =>
                {
                    text.Append(Blanks(random)).Append("\"k").Append(random.Next(9)).Append('"').Append(Blanks(random)).Append(':');
                    Value(text, random, depth - 1);
                });
                text.Append('}');
                break;
        }
        text.Append(Blanks(random));
    }

    private static void Repeat(StringBuilder text, Random random, Action one)
    {
        for (int i = 0, count = random.Next(4); i < count; i++)
        {
            text.Append(i > 0 ? "," : "");
            one();
        }
    }

    private static string Blanks(Random random) => random.Next(5) == 0 ? " \t\r\n"[..random.Next(5)] : "";

    private static string Element(Random random) => random.Next(8) switch
    {
        0 => "null",
        1 => random.Next().ToString(CultureInfo.InvariantCulture),
        2 => (random.NextDouble() * 100).ToString("R", CultureInfo.InvariantCulture),
        3 => random.Next(100) == 0 ? "1e999" : "-1.5e-7",
        4 => random.Next(100) == 0 ? "\"1\"" : "0",
        5 => BitConverter.Int64BitsToDouble(random.NextInt64(0x7FE0000000000000)).ToString("R", CultureInfo.InvariantCulture),
        _ => Math.Round(random.NextDouble() * 100, 2).ToString(CultureInfo.InvariantCulture),
    };

    private static byte[] Damaged(byte[] text, Random random, int hits)
    {
        List<byte> bytes = [.. text];
        for (; hits > 0 && bytes.Count > 0; hits--)
        {
            int at = random.Next(bytes.Count);
            int span = Math.Min(random.Next(1, 6), bytes.Count - at);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(128); break;
                case 1: bytes.RemoveRange(at, span); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, span)); break;
                default: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)])); break;
            }
        }
        return [.. bytes];
    }

    private static string Show(byte[] text) => $"'{Encoding.UTF8.GetString(text)}'";
}
