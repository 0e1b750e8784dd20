using RanCognition.Reporting;

namespace RanCognition.Tests.Reporting;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(3.14159, "3.142")]
    [InlineData(-1234.5678, "-1235")]
    [InlineData(0.000123456, "0.0001235")]
    [InlineData(123456789, "123456789")]
    [InlineData(1.23456e12, "1.235e+12")]
    [InlineData(1e-300, "1e-300")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.NegativeInfinity, "–")]
    public void Numbers_have_four_significant_digits(double value, string expected) => Assert.Equal(expected, Words.Number(value));

    [Theory]
    [InlineData(0.0, "0 %")]
    [InlineData(1.0, "100 %")]
    [InlineData(0.0002, "<0.1 %")]
    [InlineData(0.9996, ">99.9 %")]
    [InlineData(0.0349, "3.5 %")]
    [InlineData(0.726, "73 %")]
    [InlineData(1 - 0.765, "24 %")]
    [InlineData(0.955, "95.5 %")]
    [InlineData(double.NaN, "–")]
    public void Percentages_never_round_to_certainty(double share, string expected) => Assert.Equal(expected, Words.Percent(share).Replace('\u00A0', ' '));

    [Theory]
    [InlineData(0, "0 ns")]
    [InlineData(1500, "1.5 µs")]
    [InlineData(41_200_000, "41.2 ms")]
    [InlineData(59.994e9, "60 s")]
    [InlineData(5400e9, "1 h 30 min")]
    [InlineData(86400e9, "1 d")]
    [InlineData(90000e9, "1 d 1 h")]
    [InlineData(-1e6, "-1 ms")]
    [InlineData(double.NaN, "–")]
    public void Durations_have_two_units(double nanoseconds, string expected) => Assert.Equal(expected, Words.Duration(nanoseconds).Replace('\u00A0', ' '));

    [Theory]
    [InlineData(1577836800000000000UL, "2020-01-01 00:00 UTC")]
    [InlineData(1582934401250000000UL, "2020-02-29 00:00:01.25 UTC")]
    [InlineData(1577836800000000007UL, "2020-01-01 00:00:00.000000007 UTC")]
    [InlineData(ulong.MaxValue, "2554-07-21 23:34:33.709551615 UTC")]
    [InlineData(5_000_000_000UL, "t = 5 s")]
    public void Times_are_utc_to_the_nanosecond(ulong nanoseconds, string expected) => Assert.Equal(expected, Words.Time(nanoseconds).Replace('\u00A0', ' '));

    [Theory]
    [InlineData(86400e9, "24 h")]
    [InlineData(86490574369207, "24.03 h")]
    [InlineData(604800e9, "7 d")]
    [InlineData(900e9, "15 min")]
    [InlineData(1e7, "10 ms")]
    [InlineData(double.NaN, "–")]
    public void Lengths_have_one_unit_and_four_digits(double nanoseconds, string expected) => Assert.Equal(expected, Words.Length(nanoseconds).Replace('\u00A0', ' '));

    [Theory]
    [InlineData(1577836800000000000UL, 1577858400000000000UL, "2020-01-01 00:00 to 06:00 UTC")]
    [InlineData(1577836800000000000UL, 1577923200000000000UL, "2020-01-01 00:00 to 2020-01-02 00:00 UTC")]
    [InlineData(1577836800000000000UL, 1577836800000000000UL, "2020-01-01 00:00 UTC")]
    [InlineData(0UL, 5_000_000_000UL, "t = 0 ns to t = 5 s")]
    public void Spans_name_the_day_once(ulong from, ulong to, string expected) => Assert.Equal(expected, Words.Span(from, to).Replace('\u00A0', ' '));

    [Theory]
    [InlineData(78.1234, 32.2, "78.1")]
    [InlineData(0.123456, 0.0123, "0.1235")]
    [InlineData(123456.7, 5000, "123457")]
    public void An_interval_decides_the_decimals(double value, double width, string expected) => Assert.Equal(expected, Words.NumberWithin(value, width));
}
