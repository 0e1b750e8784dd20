using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

public class LoaderReadingTests
{
    private static LoaderOptions Read(string text) => JsonIn.LoaderOptions(Encoding.UTF8.GetBytes(text), "options");

    [Fact]
    public void Defaults_are_those_of_the_manual()
    {
        LoaderOptions options = Read("");
        Assert.Equal((256u, 16_384u, true, true, true), (options.MemoryPages, options.MaxMemoryPages, options.Simd, options.BulkMemory, options.MultiThreading));
        Assert.Equal(options, Read("{}") with { Ignored = options.Ignored });
        Assert.Equal((200UL, 100UL), (JsonIn.TemporalOptions(default, "config").ExpansionFactor, JsonIn.TemporalOptions(default, "config").TemporalResolution));
    }

    [Theory]
    [InlineData("""{"memorySize":3,"maxMemorySize":16777216,"enableSIMD":false,"enableBulkMemory":false,"enableMultiThreading":false}""")]
    [InlineData("""{"memory_size":3,"max_memory_size":16777216,"enable_simd":false,"enable_bulk_memory":false,"enable_multi_threading":false}""")]
    public void Both_spellings_are_read(string text)
    {
        LoaderOptions options = Read(text);
        Assert.Equal((3u, 16_777_216u, false, false, false), (options.MemoryPages, options.MaxMemoryPages, options.Simd, options.BulkMemory, options.MultiThreading));
        Assert.Empty(options.Ignored);
    }

    [Fact]
    public void A_small_maximum_alone_lowers_the_beginning()
    {
        LoaderOptions options = Read("""{"maxMemorySize":9}""");
        Assert.Equal((9u, 9u), (options.MemoryPages, options.MaxMemoryPages));
        Assert.Equal(0u, Read("""{"memorySize":0}""").MemoryPages);
    }

    [Fact]
    public void Unknown_fields_are_named()
    {
        Assert.Equal([new IgnoredField("/enableThreads", "unknown field")], Read("""{"enableThreads":{"a":[1]},"memorySize":1}""").Ignored);
        Assert.Equal([new IgnoredField("/level", "unknown field")], JsonIn.TemporalOptions("""{"level":1}"""u8, "config").Ignored);
    }

    [Theory]
    [InlineData("""{"memorySize":20000}""", "options: memorySize: 20000 pages, more than maxMemorySize, which is 16384")]
    [InlineData("""{"memorySize":10,"maxMemorySize":9}""", "options: memorySize: 10 pages, more than maxMemorySize, which is 9")]
    [InlineData("""{"maxMemorySize":0}""", "options: /maxMemorySize: 0, must be 1..16777216")]
    [InlineData("""{"max_memory_size":16777217}""", "options: /max_memory_size: 16777217, must be 1..16777216")]
    [InlineData("""{"memorySize":18446744073709551615}""", "options: /memorySize: 18446744073709551615, must be 0..16777216")]
    public void Sizes_beyond_their_bounds_are_refused(string text, string message) => Assert.Equal(message, Assert.Throws<InvalidInputException>(() => Read(text)).Message);

    [Theory]
    [InlineData("[]", "options: expected an object, found an array at byte 0")]
    [InlineData("""{"memorySize":-1}""", "options: /memorySize: expected a whole number")]
    [InlineData("""{"memorySize":"3"}""", "options: /memorySize: expected a whole number, found a string")]
    [InlineData("""{"enableSIMD":1}""", "options: /enableSIMD: expected true or false, found a number")]
    [InlineData("""{"enableSIMD":true,"enable_simd":true}""", "options: /enable_simd: enableSIMD is given twice")]
    [InlineData("""{"enableSIMD":true,"enableSIMD":true}""", "field 'enableSIMD' is given twice")]
    [InlineData("""{"enableSIMD":true}x""", "at byte 19")]
    public void What_is_no_such_object_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidJsonException>(() => Read(text)).Message, StringComparison.Ordinal);
}
