using System.Xml.Linq;
using RanCognition.HeaderGen;
using RanCognition.HeaderGen.Model;
using RanCognition.HeaderGen.Reading;
using RanCognition.HeaderGen.Writing;

namespace RanCognition.Tests.HeaderGen;

/// <summary>The generator on exports of its own: what it makes of them, and what it refuses.</summary>
public class ReaderTests
{
    private static readonly XmlDocs Docs = XmlDocs.Load(Path.ChangeExtension(typeof(ReaderTests).Assembly.Location, ".xml"));

    [Theory]
    [InlineData("stepNs", "step_ns")]
    [InlineData("problemLength", "problem_len")]
    [InlineData("n", "n")]
    [InlineData("lengthNs", "length_ns")]
    [InlineData("maxTasks", "max_tasks")]
    public void Parameters_are_spelt_as_in_c(string managed, string c) => Assert.Equal(c, Names.Parameter(managed));

    [Theory]
    [InlineData("Ok", "OK")]
    [InlineData("EInvalidArgument", "E_INVALID_ARGUMENT")]
    [InlineData("EInvalidJson", "E_INVALID_JSON")]
    [InlineData("EOutOfMemory", "E_OUT_OF_MEMORY")]
    public void Constants_are_spelt_as_in_c(string managed, string c) => Assert.Equal(c, Names.Constant(managed));

    [Fact]
    public void Types_directions_callbacks_and_arrays_are_read()
    {
        ApiModel model = Read(typeof(GoodExports));
        string golden = GoldenWriter.Write(model);
        Assert.Contains("\nfunction rancog_sample_register uint32_t (rancog_sample *self, const uint8_t *name, size_t name_len, rancog_sample_handler handler, void *user_data)\n", golden, StringComparison.Ordinal);
        Assert.Contains("\nfunction rancog_sample_batch int32_t (rancog_sample *self, const rancog_sample_task *tasks, size_t n, uint64_t *ids)\n", golden, StringComparison.Ordinal);
        Assert.Contains("\ncallback rancog_sample_handler int32_t (uint64_t id, const char *text, rancog_sample *sample, void *user_data)\n", golden, StringComparison.Ordinal);
        Assert.Contains("\nstruct rancog_sample_task +0005 size 3 uint8_t reserved0[3]\n", golden, StringComparison.Ordinal);
        Assert.Contains("\nstruct rancog_sample_task size 16 align 8\n", golden, StringComparison.Ordinal);

        IReadOnlyDictionary<string, string> files = GeneratedFiles.All(model);
        Assert.Contains("typedef int32_t (*rancog_sample_handler)(uint64_t id, const char *text, rancog_sample *sample,\n    void *user_data);", files["include/rancognition.h"], StringComparison.Ordinal);
        Assert.Contains("    uint8_t reserved0[3];", files["include/rancognition.h"], StringComparison.Ordinal);
        string csharp = files["src/RanCognition.Interop/Generated/NativeMethods.g.cs"];
        Assert.Contains("uint rancog_sample_register(nint self, byte* name, nuint nameLength, delegate* unmanaged[Cdecl]<ulong, byte*, nint, void*, int> handler, void* userData);", csharp, StringComparison.Ordinal);
        Assert.Contains("public fixed byte Reserved0[3];", csharp, StringComparison.Ordinal);
        string python = files["src/python/rancognition/_raw.py"];
        Assert.Contains("rancog_sample_handler = CFUNCTYPE(c_int32, c_uint64, c_char_p, c_void_p, c_void_p)", python, StringComparison.Ordinal);
        Assert.Contains("(\"reserved0\", c_uint8 * 3),", python, StringComparison.Ordinal);
    }

    [Fact]
    public void A_struct_that_stands_alone_may_name_the_callbacks_of_the_exports()
    {
        IReadOnlyDictionary<string, string> files = GeneratedFiles.All(Read(typeof(GoodExports), typeof(GuestStruct)));
        string header = files["include/rancognition.h"];
        Assert.Contains("    const uint8_t *text;", header, StringComparison.Ordinal);
        Assert.Contains("    uint32_t (*enroll)(rancog_sample *sample, rancog_sample_handler handler, void *user_data);", header, StringComparison.Ordinal);
        Assert.Contains("CFUNCTYPE(c_uint32, c_void_p, rancog_sample_handler, c_void_p)", files["src/python/rancognition/_raw.py"], StringComparison.Ordinal);
        Assert.Contains(
            "public delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<ulong, byte*, nint, void*, int>, void*, uint> Enroll;",
            files["src/RanCognition.Interop/Generated/NativeMethods.g.cs"],
            StringComparison.Ordinal);
        Assert.Throws<GenerationException>(() => Read(typeof(GoodExports), typeof(WrongGuestStruct)));
    }

    [Fact]
    public void A_function_says_the_threads_rule_of_its_kind_or_its_own()
    {
        ApiModel model = Read(typeof(GoodExports));
        ApiFunction register = model.Functions.Single(function => function.Name == "rancog_sample_register");
        Assert.Contains("queue on its lock", FunctionText.Threads(register), StringComparison.Ordinal);
        Assert.Equal(["RANCOG_E_INVALID_HANDLE", "RANCOG_E_BUSY"], FunctionText.Errors(register));
        ApiFunction batch = model.Functions.Single(function => function.Name == "rancog_sample_batch");
        Assert.Equal("the one that began.", FunctionText.Threads(batch));
        Assert.Equal(["RANCOG_E_INVALID_HANDLE"], FunctionText.Errors(batch));
        Assert.Contains("Threads: the one that began.", GeneratedFiles.All(model)["include/rancognition.h"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(NoChapter), "needs [HeaderChapter]")]
    [InlineData(typeof(NoSince), "needs [Since]")]
    [InlineData(typeof(NoParameterText), "rancog_bad_text: n: has no documentation")]
    [InlineData(typeof(NoReleasePhrase), "release with rancog_buffer_free")]
    [InlineData(typeof(WrongPrefix), "begin with rancog_")]
    [InlineData(typeof(WrongConvention), "CallConvCdecl")]
    [InlineData(typeof(WrongType), "Boolean has no place in the ABI")]
    [InlineData(typeof(HiddenPadding), "must be a named reserved field")]
    [InlineData(typeof(WrongCallback), "does not match the function pointer")]
    [InlineData(typeof(StructByValue), "must be passed by pointer")]
    public void What_breaks_a_rule_is_refused_by_name(Type exports, string reason)
    {
        GenerationException error = Assert.Throws<GenerationException>(() => Read(exports));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_chapters_of_one_order_or_two_exports_of_one_name_are_refused()
    {
        Assert.Throws<GenerationException>(() => Read(typeof(GoodExports), typeof(GoodExports)));
    }

    [Fact]
    public void A_text_that_would_end_the_comment_is_refused()
    {
        XmlDocs docs = new(XDocument.Parse("<doc><members><member name=\"T:System.String\"><summary>a */ b</summary></member></members></doc>"));
        Assert.Throws<GenerationException>(() => docs.Summary(typeof(string)));
    }

    [Fact]
    public void Wrapped_lines_keep_every_word_and_the_width()
    {
        string text = string.Join(' ', Enumerable.Range(0, 300).Select(i => new string((char)('a' + (i % 26)), 1 + (i * 7 % 11))));
        string[] lines = [.. Prose.Wrap(text, 40, " * ", " *   ")];
        Assert.All(lines, line => Assert.True(line.Length <= 40));
        Assert.Equal(text, string.Join(' ', lines.Select(line => line[2..].Trim())));
        Assert.StartsWith(" * a", lines[0]);
        Assert.All(lines[1..], line => Assert.StartsWith(" *   ", line));
    }

    private static ApiModel Read(params Type[] classes) => ApiReader.Read([.. classes, typeof(SampleStatus)], Docs, new Version(1, 2, 3), 4);
}
