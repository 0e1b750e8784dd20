using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

public class JsonNumberTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0e5")]
    [InlineData("9007199254740992")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740993.0")]
    [InlineData("9999999999999999999")]
    [InlineData("18446744073709551615")]
    [InlineData("18446744073709551616")]
    [InlineData("1e22")]
    [InlineData("1e23")]
    [InlineData("8.5e-23")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("1.7976931348623159e308")]
    [InlineData("1e309")]
    [InlineData("-1e99999999999999999999")]
    [InlineData("0e99999999999999999999")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("4.9e-324")]
    [InlineData("2.4703282292062327e-324")]
    [InlineData("2.4703282292062328e-324")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("6929495644600919.5")]
    [InlineData("3.7455744005952583e15")]
    [InlineData("0.000000000000000000000000000000000000012345678901234567890123")]
    [InlineData("1000000000000000000000000000000000000000000000000e-60")]
    public void Edges_are_read_as_double_Parse_reads_them(string text) => CheckDouble(text);

    [Fact]
    public void Digits_of_any_number_with_any_exponent_are_read_as_double_Parse_reads_them() =>
        ForManySeeds(random =>
        {
            StringBuilder text = new(random.Next(2) == 0 ? "-" : "");
            Digits(text, random, random.Next(1, 25), mayBeginWithZero: false);
            if (random.Next(3) > 0)
            {
                text.Append('.').Append('0', random.Next(4) == 0 ? random.Next(30) : 0);
                Digits(text, random, random.Next(1, 25), mayBeginWithZero: true);
            }
            if (random.Next(2) == 0)
            {
                int most = random.Next(4) switch { 0 => 5, 1 => 30, 2 => 70, _ => 400 };
                text.Append(random.Next(2) == 0 ? 'e' : 'E').Append(random.Next(3) switch { 0 => "-", 1 => "+", _ => "" }).Append(random.Next(most));
            }
            CheckDouble(text.ToString());
        });

    [Fact]
    public void Every_double_comes_back_from_its_shortest_text() =>
        ForManySeeds(random =>
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                string text = value.ToString("R", CultureInfo.InvariantCulture);
                Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Read(text)));
                CheckDouble(value.ToString("E16", CultureInfo.InvariantCulture));
            }
        });

    [Fact]
    public void Doubles_between_1e_minus_60_and_1e60_come_back_from_17_digits() =>
        ForManySeeds(random =>
        {
            double value = random.NextDouble() * Math.Pow(10, random.Next(-60, 60));
            CheckDouble(value.ToString("E16", CultureInfo.InvariantCulture));
            CheckDouble(value.ToString("E17", CultureInfo.InvariantCulture));
            CheckDouble(value.ToString("E18", CultureInfo.InvariantCulture));
        });

    /// <summary>The middle between two neighbours, exact in decimal, and its neighbours by one in the last digit.</summary>
    [Fact]
    public void Halfway_cases_are_rounded_to_even() =>
        ForManySeeds(random =>
        {
            ulong mantissa = (1UL << 52) | ((ulong)random.NextInt64() & ((1UL << 52) - 1));
            int power = random.Next(-100, 60);
            BigInteger twice = 2 * (BigInteger)mantissa + 1;   // x 2^(power - 1)
            (BigInteger digits, int exponent) = power >= 1 ? (twice << (power - 1), 0) : (twice * BigInteger.Pow(5, 1 - power), power - 1);
            foreach (BigInteger near in (BigInteger[])[digits, digits - 1, digits + 1, digits * 10 + 1, digits * 10 - 1])
            {
                CheckDouble($"{near}e{exponent}");
            }
            // short enough for the product of 128 bits
            CheckDouble($"{(1UL << 53) + 2 * (ulong)random.NextInt64(1L << 52) + 1}e{random.Next(-5, 24)}");
            CheckDouble(((2 * mantissa + 1) / 2.0m).ToString(CultureInfo.InvariantCulture));
        });

    [Fact]
    public void Whole_numbers_are_read_exactly() =>
        ForManySeeds(random =>
        {
            ulong value = (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            Assert.True(Scan(value.ToString(CultureInfo.InvariantCulture)).TryGetWhole(Encoding.UTF8.GetBytes($"{value}"), out ulong read));
            Assert.Equal(value, read);
        });

    [Theory]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData("18446744073709551616")]
    [InlineData("99999999999999999999")]
    public void What_is_not_written_as_a_whole_number_is_none(string text) => Assert.False(Scan(text).TryGetWhole(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-00")]
    [InlineData("00000000000000")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("--1")]
    [InlineData("NaN")]
    [InlineData("/")]
    [InlineData(":")]
    public void What_is_no_number_is_refused(string text)
    {
        int place = 0;
        JsonNumber number = default;
        Assert.False(number.Scan(Encoding.UTF8.GetBytes(text), ref place));
        Assert.Equal(0, place);
    }

    [Fact]
    public void A_number_ends_at_any_byte_that_belongs_to_none()
    {
        for (int length = 1; length <= 20; length++)
        {
            for (int other = 0; other < 256; other++)
            {
                byte[] text = [.. Encoding.UTF8.GetBytes(new string('7', length)), (byte)other, .. "12345678"u8];
                if (other is '.' or 'e' or 'E' or (>= '0' and <= '9'))
                {
                    continue;
                }
                int place = 0;
                JsonNumber number = default;
                Assert.True(number.Scan(text, ref place));
                Assert.Equal(length, place);
                Assert.Equal(double.Parse(new string('7', length), CultureInfo.InvariantCulture), number.ToDouble(text.AsSpan(0, place)));
            }
        }
    }

    [Fact]
    public void The_powers_of_five_are_what_exact_arithmetic_gives()
    {
        for (int exponent = -PowersOfFive.ExponentMax; exponent <= PowersOfFive.ExponentMax; exponent++)
        {
            BigInteger five = BigInteger.Pow(5, Math.Abs(exponent));
            int bits = (int)five.GetBitLength();
            BigInteger expected = exponent >= 0 ? (five << 128) >> bits : (BigInteger.One << (127 + bits)) / five + (exponent >= -27 ? 1 : 0);
            (ulong high, ulong low) = PowersOfFive.At(exponent);
            Assert.Equal(expected, ((BigInteger)high << 64) + low);
        }
    }

    private static void ForManySeeds(Action<Random> check) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            for (int i = 0; i < 200; i++)
            {
                check(random);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private static void Digits(StringBuilder text, Random random, int count, bool mayBeginWithZero)
    {
        int first = random.Next(mayBeginWithZero || count == 1 ? 0 : 1, 10);
        text.Append(first);
        for (int i = 1; i < count; i++)
        {
            text.Append(random.Next(3) == 0 ? 9 * random.Next(2) : random.Next(10));
        }
    }

    private static JsonNumber Scan(string text)
    {
        int place = 0;
        JsonNumber number = default;
        Assert.True(number.Scan(Encoding.UTF8.GetBytes(text), ref place), text);
        Assert.Equal(text.Length, place);
        return number;
    }

    private static double Read(string text) => Scan(text).ToDouble(Encoding.UTF8.GetBytes(text));

    private static void CheckDouble(string text)
    {
        double expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(Read(text)), $"{text}: {Read(text):R}, expected {expected:R}");
    }
}
