using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

public class SchedulerOptionsReadingTests
{
    private static SchedulerOptions Read(string text) => JsonIn.SchedulerOptions(Encoding.UTF8.GetBytes(text), "options");

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public void Nothing_gives_the_defaults(string text)
    {
        SchedulerOptions options = Read(text);
        Assert.Equal(new SchedulerOptions { Ignored = options.Ignored }, options);
        Assert.Empty(options.Ignored);
        Assert.Equal((TimeMode.Real, 1U << 20, 1UL << 30, (ulong?)null), (options.Mode, options.CapacityTasks, options.DataBytes, options.SpinNs));
    }

    [Fact]
    public void Every_field_is_read()
    {
        SchedulerOptions options = Read(
            """{"mode":"virtual","start_time":18446744073709551614,"capacity":16777215,"data_bytes":0,"spin_ns":1e9,"missed":"from_now","expansion_factor":1000000,"temporal_resolution":1}""");
        Assert.Equal(
            new SchedulerOptions
            {
                Mode = TimeMode.Virtual, StartTime = ulong.MaxValue - 1, CapacityTasks = 16_777_215, DataBytes = 0, SpinNs = 1_000_000_000,
                Missed = MissedPeriods.FromNow, ExpansionFactor = 1_000_000, TemporalResolution = 1, Ignored = options.Ignored,
            },
            options);
        Assert.Empty(options.Ignored);
    }

    [Fact]
    public void Unknown_fields_and_a_start_of_real_time_are_named_not_used()
    {
        SchedulerOptions options = Read("""{"start_time":5,"threads":4,"mode":"real"}""");
        Assert.Equal([new IgnoredField("/threads", "unknown field"), new IgnoredField("/start_time", "real time begins now")], options.Ignored);
        Assert.Equal(0UL, options.StartTime);
    }

    [Theory]
    [InlineData("""{"capacity":0}""", "options: /capacity: 0, must be 1..16777215")]
    [InlineData("""{"capacity":16777216}""", "options: /capacity: 16777216, must be 1..16777215")]
    [InlineData("""{"data_bytes":1099511627777}""", "options: /data_bytes: 1099511627777, must be 0..1099511627776")]
    [InlineData("""{"spin_ns":1000000001}""", "options: /spin_ns: 1000000001, must be 0..1000000000")]
    [InlineData("""{"mode":"virtual","start_time":18446744073709551615}""", "options: /start_time: 18446744073709551615, must be 0..18446744073709551614")]
    [InlineData("""{"expansion_factor":0}""", "options: /expansion_factor: 0, must be 1..1000000")]
    [InlineData("""{"temporal_resolution":1000001}""", "options: /temporal_resolution: 1000001, must be 1..1000000")]
    public void Values_out_of_range_are_refused(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<InvalidInputException>(() => Read(text)).Message);

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"capacity":"10"}""")]
    [InlineData("""{"capacity":10,"capacity":10}""")]
    [InlineData("""{"mode":1}""")]
    [InlineData("""{"mode":"simulated"}""")]
    [InlineData("""{"missed":"all"}""")]
    public void What_is_no_object_of_options_is_refused(string text) =>
        Assert.StartsWith("options: ", Assert.Throws<InvalidJsonException>(() => Read(text)).Message);
}
