using System.Globalization;
using System.Text;
using System.Xml;
using RanCognition.Telemetry;

namespace RanCognition.Tests.Telemetry;

/// <summary>Numbers and times as text.</summary>
public class MeasurementTextTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("+5", 5)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("-0.125", -0.125)]
    [InlineData("1e3", 1000)]
    [InlineData("1E-2", 0.01)]
    [InlineData("9007199254740993", 9007199254740992)]
    [InlineData("1e-400", 0)]
    [InlineData("000000000000000000000000001.5", 1.5)]
    public void A_finite_decimal_number_is_one(string text, double value)
    {
        Assert.True(DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out double parsed));
        Assert.Equal(value, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("+-1")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0x10")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e5.0")]
    [InlineData("1_000")]
    [InlineData("1 000")]
    [InlineData("1.2.3")]
    [InlineData("１")]
    [InlineData("1\u00A0")]
    public void Anything_else_is_none(string text) => Assert.False(DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Numbers_are_rounded_as_the_framework_rounds_them()
    {
        Random random = new(3);
        for (int i = 0; i < 50_000; i++)
        {
            string text = random.Next(3) switch
            {
                0 => random.NextInt64(1_000_000_000_000_000_000, long.MaxValue).ToString(CultureInfo.InvariantCulture)[..random.Next(1, 20)],
                1 => $"{random.Next(1_000_000)}.{random.NextInt64() % 10_000_000_000}",
                _ => BitConverter.Int64BitsToDouble(random.NextInt64()).ToString("R", CultureInfo.InvariantCulture),
            };
            double expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            Assert.Equal(double.IsFinite(expected), DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out double parsed));
            Assert.True(!double.IsFinite(expected) || BitConverter.DoubleToInt64Bits(parsed) == BitConverter.DoubleToInt64Bits(expected), text);
        }
    }

    [Fact]
    public void Moments_are_those_of_the_framework()
    {
        Random random = new(4);
        for (int i = 0; i < 20_000; i++)
        {
            DateTimeOffset time = DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(0, TimeSpan.TicksPerDay * 365 * 500)).ToOffset(TimeSpan.FromMinutes(random.Next(-840, 841)));
            string text = XmlConvert.ToString(time);
            Assert.Equal((ulong)(time - DateTimeOffset.UnixEpoch).Ticks * 100, MessageTime.Moment(Encoding.UTF8.GetBytes(text)));
        }
    }

    [Theory]
    [InlineData("2000-03-01T14:15:00+02:00", 951912900000000000)]
    [InlineData("2000-03-01T14:15:00+0200", 951912900000000000)]
    [InlineData("2000-03-01T12:15:00", 951912900000000000)]
    [InlineData(" 2000-03-01T12:15:00.000000001999Z ", 951912900000000001)]
    [InlineData("2000-02-29T24:00:00Z", 951868800000000000)]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    public void A_moment_is_exact_to_the_nanosecond(string text, long ns) => Assert.Equal((ulong)ns, MessageTime.Moment(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("2000-03-01")]
    [InlineData("2001-02-29T00:00:00Z")]
    [InlineData("2000-13-01T00:00:00Z")]
    [InlineData("2000-03-01T24:00:01Z")]
    [InlineData("2000-03-01T00:60:00Z")]
    [InlineData("2000-03-01T00:00:00+1")]
    [InlineData("2000-03-01T00:00:00.Z")]
    [InlineData("2000-03-01T00:00:00Zx")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("2555-01-01T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    public void What_is_no_moment_is_not_read(string text) => Assert.Null(MessageTime.Moment(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("PT900S", 900_000_000_000, false)]
    [InlineData("PT15M", 900_000_000_000, false)]
    [InlineData("P1W2DT3H4M5.000000006S", 788_645_000_000_006, false)]
    [InlineData("-PT1S", 1_000_000_000, true)]
    [InlineData("-PT0S", 0, false)]
    public void Durations_are_exact(string text, long ns, bool isNegative)
    {
        Assert.Equal((ulong)ns, MessageTime.Duration(Encoding.UTF8.GetBytes(text), out bool isBelow));
        Assert.Equal(isNegative, isBelow);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("900")]
    [InlineData("PT900")]
    [InlineData("P1M")]
    [InlineData("PT1.5M")]
    [InlineData("PT1S1M")]
    [InlineData("PT1S1S")]
    [InlineData("PT99999999999999999999S")]
    public void What_is_no_duration_is_not_read(string text) => Assert.Null(MessageTime.Duration(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("1714557600.123456789", 9, "1714557600123456789")]
    [InlineData("1714557600.1234567895", 9, "1714557600123456790")]
    [InlineData("1465839830100400", 3, "1465839830100400000")]
    [InlineData("18446744073709551615", 0, "18446744073709551615")]
    [InlineData("18446744073709551616", 0, null)]
    [InlineData("1e18", 0, "1000000000000000000")]
    [InlineData("1e30", 0, null)]
    [InlineData("-1", 0, null)]
    [InlineData("soon", 0, null)]
    public void Numbers_of_a_unit_are_exact(string text, int digits, string? ns) =>
        Assert.Equal(ns, MessageTime.Scaled(Encoding.UTF8.GetBytes(text), digits)?.ToString(CultureInfo.InvariantCulture));
}
