using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

/// <summary>Eight characters at once beside the scan of one character after the other, and beside double.Parse.</summary>
public class JsonShortNumberTests
{
    [Fact]
    public void Every_text_of_eight_characters_that_matter_is_taken_or_left_as_the_scan_of_numbers_says()
    {
        ReadOnlySpan<byte> characters = "05-.,e"u8;
        byte[] text = new byte[8];
        int taken = 0;
        for (int code = 0; code < 6 * 6 * 6 * 6 * 6 * 6 * 6 * 6; code++)
        {
            int rest = code;
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = characters[rest % 6];
                rest /= 6;
            }
            taken += Check(text) ? 1 : 0;
        }
        Assert.InRange(taken, 50_000, 200_000);
    }

    [Fact]
    public void Any_eight_bytes_are_taken_or_left_as_the_scan_of_numbers_says() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            byte[] text = new byte[8];
            for (int round = 0; round < 2000; round++)
            {
                for (int i = 0; i < text.Length; i++)
                {
                    text[i] = random.Next(6) == 0 ? (byte)random.Next(256) : (byte)('0' + random.Next(10));
                }
                text[random.Next(text.Length)] = (byte)'.';
                text[random.Next(text.Length)] = (byte)',';
                Check(text);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Every_byte_at_every_place_of_a_number_is_taken_or_left_as_the_scan_of_numbers_says()
    {
        foreach (string number in (string[])["1234567,", "12.3456,", "-12.345,", "0,123456", "-0.5,-1,", "1,1,1,1,", "0.00000,", "-0,12345"])
        {
            for (int place = 0; place < 8; place++)
            {
                for (int code = 0; code < 256; code++)
                {
                    byte[] text = Encoding.UTF8.GetBytes(number);
                    text[place] = (byte)code;
                    Check(text);
                }
            }
        }
    }

    [Fact]
    public void Numbers_of_up_to_seven_characters_are_what_double_Parse_makes_of_them()
    {
        for (int digits = 0; digits < 10_000_000; digits += digits < 100_000 ? 1 : 61)
        {
            for (int decimals = 0; decimals <= 5; decimals++)
            {
                string number = (digits / Math.Pow(10, decimals)).ToString($"F{decimals}", CultureInfo.InvariantCulture);
                CheckValue(number);
                CheckValue("-" + number);
            }
        }
    }

    private static void CheckValue(string number)
    {
        if (number.Length <= 7)
        {
            byte[] text = Encoding.UTF8.GetBytes((number + ",9999999")[..8]);
            Assert.True(JsonShortNumber.TryRead(BinaryPrimitives.ReadUInt64LittleEndian(text), out int length, out double value), number);
            Assert.Equal(number.Length, length);
            SameBits(double.Parse(number, CultureInfo.InvariantCulture), value, number);
        }
    }

    private static bool Check(byte[] text)
    {
        JsonNumber number = default;
        int end = 0;
        bool expected = number.Scan(text, ref end) && end < text.Length && text[end] == ',' && !text.AsSpan(0, end).ContainsAny((byte)'e', (byte)'E');
        bool isTaken = JsonShortNumber.TryRead(BinaryPrimitives.ReadUInt64LittleEndian(text), out int length, out double value);
        if (isTaken != expected)
        {
            Assert.Fail($"'{Encoding.Latin1.GetString(text)}': {(isTaken ? "taken" : "left")}");
        }
        if (isTaken)
        {
            Assert.Equal(end, length);
            SameBits(number.ToDouble(text.AsSpan(0, end)), value, Encoding.Latin1.GetString(text));
        }
        return isTaken;
    }

    private static void SameBits(double expected, double read, string text) =>
        Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(read), $"{text}: {read:R}, expected {expected:R}");
}
