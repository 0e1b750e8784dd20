using System.Globalization;
using System.Numerics;
using System.Text;
using RanCognition.Json;

namespace RanCognition.Tests.Json.StrangeLoop;

public class CommandTimeTests
{
    private static ulong Moment(string text)
    {
        ulong ns = CommandTime.Moment(Encoding.UTF8.GetBytes(text), out string? fault);
        Assert.True(fault is null, fault);
        return ns;
    }

    private static string? MomentFault(string text)
    {
        Assert.Equal(0UL, CommandTime.Moment(Encoding.UTF8.GetBytes(text), out string? fault));
        return fault;
    }

    private static ulong Milliseconds(string text)
    {
        ulong ns = CommandTime.Milliseconds(Encoding.UTF8.GetBytes(text), out string? fault);
        Assert.True(fault is null, fault);
        return ns;
    }

    [Fact]
    public void Every_form_of_a_random_instant_is_that_instant()
    {
        Random random = new(11);
        long ticksMax = (long)(ulong.MaxValue / 100);
        for (int i = 0; i < 10_000; i++)
        {
            long ticks = random.NextInt64(ticksMax);
            DateTime date = DateTime.UnixEpoch.AddTicks(ticks);
            ulong ns = (ulong)ticks * 100;
            ulong second = ns / 1_000_000_000 * 1_000_000_000;
            CultureInfo plain = CultureInfo.InvariantCulture;
            Assert.Equal(ns, Moment(date.ToString("ddd MMM dd HH:mm:ss.fffffff yyyy", plain)));
            Assert.Equal(second, Moment(date.ToString("ddd MMM dd HH:mm:ss yyyy", plain)));
            Assert.Equal(second, Moment($"{date.ToString("ddd MMM", plain)} {date.Day,2} {date.ToString("HH:mm:ss yyyy", plain)}"));   // as asctime pads a day
            Assert.Equal(ns, Moment(date.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", plain)));
            Assert.Equal(second, Moment(date.ToString("yyyy-MM-dd HH:mm:ss", plain)));
            int digits = random.Next(1, 10);
            ulong unit = (ulong)BigInteger.Pow(10, 9 - digits);
            ulong fraction = (ulong)random.NextInt64(1_000_000_000 / (long)unit);
            Assert.Equal(second + fraction * unit, Moment(date.ToString("yyyy-MM-ddTHH:mm:ss.", plain) + fraction.ToString($"D{digits}", plain) + "z"));
            TimeSpan offset = TimeSpan.FromMinutes(random.Next(-839, 840));
            if (date - DateTime.UnixEpoch > TimeSpan.FromDays(1))
            {
                string local = new DateTimeOffset(date).ToOffset(offset).ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", plain);
                Assert.Equal(ns, Moment(local));
                Assert.Equal(ns, Moment(local.Remove(local.Length - 3, 1)));   // +0100
            }
        }
    }

    [Fact]
    public void The_messages_example_and_the_ends_of_the_range_are_exact()
    {
        Assert.Equal(1_577_836_800_000_000_000UL, Moment("Wed Jan 01 00:00:00.000 2020"));
        Assert.Equal(1_577_836_800_000_000_000UL, Moment("Mon Jan 01 00:00:00.000 2020"));   // another day of the week is still that date
        Assert.Equal(1_577_836_800_000_000_000UL, Moment("WED  jan 1   00:00:00  2020"));
        Assert.Equal(1_577_836_800_000_000_000UL, Moment("2020-01-01T01:00:00+01:00"));
        Assert.Equal(1_582_977_599_999_999_999UL, Moment("2020-02-29T11:59:59.999999999Z"));
        Assert.Equal(0UL, Moment("Thu Jan 01 00:00:00 1970"));
        Assert.Equal(0UL, Moment("1969-12-31T23:00:00-01:00"));
        Assert.Equal(ulong.MaxValue, Moment("2554-07-21T23:34:33.709551615Z"));
        Assert.Equal("'2554-07-21T23:34:33.709551616Z' is beyond 2^64 ns", MomentFault("2554-07-21T23:34:33.709551616Z"));
        Assert.Equal("'Fri Dec 31 00:00:00 9999' is beyond 2^64 ns", MomentFault("Fri Dec 31 00:00:00 9999"));
        Assert.Equal("'Wed Dec 31 23:59:59.999 1969' is before 1970", MomentFault("Wed Dec 31 23:59:59.999 1969"));
        Assert.Equal("'1970-01-01T00:00:00+00:01' is before 1970", MomentFault("1970-01-01T00:00:00+00:01"));
        Assert.Equal("'0001-01-01T00:00:00' is before 1970", MomentFault("0001-01-01T00:00:00"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("now")]
    [InlineData("1577836800")]
    [InlineData("2020-01-01")]
    [InlineData("2020-01-01T")]
    [InlineData("2020-01-01T00:00Z")]
    [InlineData("2020-13-01T00:00:00Z")]
    [InlineData("2020-00-01T00:00:00Z")]
    [InlineData("2020-01-00T00:00:00Z")]
    [InlineData("2020-04-31T00:00:00Z")]
    [InlineData("2019-02-29T00:00:00Z")]
    [InlineData("2100-02-29T00:00:00Z")]
    [InlineData("0000-02-29T00:00:00Z")]
    [InlineData("2020-01-01T24:00:00Z")]
    [InlineData("2020-01-01T00:60:00Z")]
    [InlineData("2020-01-01T00:00:60Z")]
    [InlineData("2020-01-01T00:00:00.Z")]
    [InlineData("2020-01-01T00:00:00.0000000000Z")]
    [InlineData("2020-01-01T00:00:00+1")]
    [InlineData("2020-01-01T00:00:00+24:00")]
    [InlineData("2020-01-01T00:00:00+01:60")]
    [InlineData("2020-01-01T00:00:00+01:00Z")]
    [InlineData("2020-01-01T00:00:00Z ")]
    [InlineData("20200-01-01T00:00:00Z")]
    [InlineData("2020-1-1T00:00:00Z")]
    [InlineData("Wed Jan 01 00:00:00.000 20200")]
    [InlineData("Wed Jan 01 00:00:00.000 220")]
    [InlineData("Wed Jan 01 00:00:00.0000000000 2020")]
    [InlineData("Wed Jan 01 00:00:00.000")]
    [InlineData("Wed Jan 32 00:00:00.000 2020")]
    [InlineData("Wed Jan 001 00:00:00.000 2020")]
    [InlineData("Wed Mai 01 00:00:00.000 2020")]
    [InlineData("Mit Jan 01 00:00:00.000 2020")]
    [InlineData("WedJan 01 00:00:00.000 2020")]
    [InlineData("Jan 01 00:00:00.000 2020")]
    [InlineData("Wed Jan 01 0:00:00.000 2020")]
    [InlineData("Wed Jan 01 00:00:00.000 2020 UTC")]
    [InlineData("Wed Jan -1 00:00:00.000 2020")]
    [InlineData("Wéd Jan 01 00:00:00.000 2020")]
    public void What_is_no_time_is_refused(string text) =>
        Assert.Equal($"'{text}' is no time such as 'Wed Jan 01 00:00:00.000 2020' or '2020-01-01T00:00:00.000Z'", MomentFault(text));

    [Fact]
    public void Milliseconds_are_exact_and_rounded_to_the_nearest_ns()
    {
        foreach ((string text, ulong ns) in new (string, ulong)[]
        {
            ("0", 0), ("1000", 1_000_000_000), ("0.5", 500_000), ("000.000001", 1), ("0.0000004", 0), ("0.0000005", 1), ("0.00000049999999999999", 0), ("0.9999999", 1_000_000),
            ("18446744073709.551615", ulong.MaxValue), ("18446744073709.5516154", ulong.MaxValue),
        })
        {
            Assert.Equal(ns, Milliseconds(text));
        }
        Random random = new(3);
        for (int i = 0; i < 1000; i++)
        {
            decimal milliseconds = new decimal(random.NextInt64(1, 1_000_000_000_000)) / (decimal)Math.Pow(10, random.Next(0, 7));
            Assert.Equal((ulong)(milliseconds * 1_000_000m), Milliseconds(milliseconds.ToString(CultureInfo.InvariantCulture)));
        }
    }

    [Theory]
    [InlineData("", "'' is no number of milliseconds")]
    [InlineData(".5", "'.5' is no number of milliseconds")]
    [InlineData("5.", "'5.' is no number of milliseconds")]
    [InlineData("1e3", "'1e3' is no number of milliseconds")]
    [InlineData(" 1", "' 1' is no number of milliseconds")]
    [InlineData("1.2.3", "'1.2.3' is no number of milliseconds")]
    [InlineData("1 s", "'1 s' is no number of milliseconds")]
    [InlineData("-", "'-' is no number of milliseconds")]
    [InlineData("--1", "'--1' is no number of milliseconds")]
    [InlineData("-1", "'-1' is below 0")]
    [InlineData("-0.5", "'-0.5' is below 0")]
    [InlineData("18446744073709.551616", "'18446744073709.551616' milliseconds are beyond 2^64 ns")]
    [InlineData("18446744073709.5516155", "'18446744073709.5516155' milliseconds are beyond 2^64 ns")]
    [InlineData("99999999999999999999999999999999999999999999999999", "'99999999999999999999999999999999999999999999999999' milliseconds are beyond 2^64 ns")]
    public void What_is_no_duration_is_refused(string text, string message)
    {
        Assert.Equal(0UL, CommandTime.Milliseconds(Encoding.UTF8.GetBytes(text), out string? fault));
        Assert.Equal(message, fault);
    }

    [Fact]
    public void Long_texts_are_shown_shortened_and_no_cut_is_a_time()
    {
        Assert.StartsWith("'" + new string('x', 100) + "…'", MomentFault(new string('x', 1000)), StringComparison.Ordinal);
        const string Text = "Wed Jan 01 00:00:00 2020";
        for (int length = 0; length < Text.Length; length++)
        {
            Assert.NotNull(MomentFault(Text[..length]));
        }
    }
}
