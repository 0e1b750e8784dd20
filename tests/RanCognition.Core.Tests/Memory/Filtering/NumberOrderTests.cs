using System.Globalization;
using System.Numerics;
using RanCognition.Contracts;
using RanCognition.Memory.Filtering;

namespace RanCognition.Tests.Memory.Filtering;

public class NumberOrderTests
{
    [Fact]
    public void Order_is_that_of_the_numbers_as_written()
    {
        string[] texts =
        [
            "0", "-0.0", "0e5", "1", "1.0", "10e-1", "0.1", "0.10", "1e-1", "0.1000000000000000000001", "-0.1", "9007199254740991", "9007199254740992", "9007199254740993", "9007199254740993.0",
            "9007199254740992.5", "9007199254740994", "90071992547409930e-1", "-9007199254740993", "1152921504606846976", "1152921504606847000", "18446744073709551615", "18446744073709551616",
            "1e22", "10000000000000000000000", "10000000000000000000001", "123456789012345678901234567890", "5e-324", "4.9406564584124654e-324", "1.7976931348623157e308",
        ];
        MetadataValue.Number[] numbers = [.. texts.Select(Read)];
        (BigInteger Digits, int Exponent)[] references = [.. texts.Select(Reference)];
        for (int i = 0; i < texts.Length; i++)
        {
            for (int j = 0; j < texts.Length; j++)
            {
                int least = Math.Min(references[i].Exponent, references[j].Exponent);
                BigInteger left = references[i].Digits * BigInteger.Pow(10, references[i].Exponent - least), right = references[j].Digits * BigInteger.Pow(10, references[j].Exponent - least);
                Assert.True(NumberOrder.TryCompare(numbers[i], numbers[j], out int order));
                Assert.True(Math.Sign(left.CompareTo(right)) == Math.Sign(order), $"{texts[i]} against {texts[j]}: {order}");
            }
            Assert.Equal(FloorOf(references[i]), Floor(numbers[i]));
        }
    }

    [Fact]
    public void Texts_far_beyond_a_double_are_ordered_and_no_text_is_too_wild()
    {
        MetadataValue.Number huge = new(double.PositiveInfinity, "1e400"), huger = new(double.PositiveInfinity, "1e99999999999999999999"), infinite = new(double.PositiveInfinity);
        Assert.True(NumberOrder.TryCompare(huge, huger, out int order) && order < 0);
        Assert.True(NumberOrder.TryCompare(huge, infinite, out order) && order < 0);
        Assert.True(NumberOrder.TryCompare(new(0, "-1e-400"), new(0), out order) && order < 0);
        Assert.False(NumberOrder.TryCompare(new(double.NaN), new(1), out _));
        Assert.True(NumberOrder.AreEqual(new(1, "no number"), new(1)));
        Assert.Equal((1, 0UL, false), Floor(huger) with { Item2 = 0, Item3 = false });
    }

    private static MetadataValue.Number Read(string text)
    {
        double value = double.Parse(text, CultureInfo.InvariantCulture);
        (BigInteger digits, int exponent) = Reference(text);
        (BigInteger back, int backExponent) = Reference(value.ToString("R", CultureInfo.InvariantCulture));
        int least = Math.Min(exponent, backExponent);
        bool isSame = digits * BigInteger.Pow(10, exponent - least) == back * BigInteger.Pow(10, backExponent - least);
        return new MetadataValue.Number(value, isSame ? null : text);
    }

    /// <summary>Digits times ten to the exponent.</summary>
    private static (BigInteger Digits, int Exponent) Reference(string text)
    {
        string[] parts = text.ToLowerInvariant().Split('e');
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        int point = parts[0].IndexOf('.');
        int decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        return (BigInteger.Parse(parts[0].Replace(".", ""), CultureInfo.InvariantCulture), exponent - decimals);
    }

    private static (int, ulong, bool) FloorOf((BigInteger Digits, int Exponent) number)
    {
        BigInteger scale = BigInteger.Pow(10, Math.Abs(number.Exponent));
        if (number.Digits.Sign < 0)
        {
            return (-1, 0, false);
        }
        BigInteger floor = number.Exponent >= 0 ? number.Digits * scale : number.Digits / scale;
        bool isWhole = number.Exponent >= 0 || number.Digits % scale == 0;
        return floor > ulong.MaxValue ? (1, 0, false) : (0, (ulong)floor, isWhole);
    }

    private static (int, ulong, bool) Floor(MetadataValue.Number number)
    {
        int side = NumberOrder.Floor(number, out ulong floor, out bool isWhole);
        return side == 0 ? (side, floor, isWhole) : (side, 0, false);
    }
}
