using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.HeaderGen.Reading;
using RanCognition.Native.Boundary;

namespace RanCognition.Tests.HeaderGen;

/// <summary>Rules that every export keeps, read from the compiled library by reflection.</summary>
public class ExportRulesTests
{
    private static readonly Assembly Library = typeof(Status).Assembly;
    private static readonly XmlDocs Docs = XmlDocs.Load(Path.ChangeExtension(Library.Location, ".xml"));

    private static readonly MethodInfo[] Exports = [.. Library.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>() is not null)];

    public static TheoryData<string> Names => [.. Exports.Select(method => method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()!.EntryPoint ?? method.Name)];

    [Fact]
    public void There_are_exports() => Assert.True(Exports.Length >= 20, $"{Exports.Length} exports");

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_export_uses_cdecl_and_the_prefix(string name)
    {
        MethodInfo method = Find(name);
        Assert.Matches("^rancog_[a-z0-9_]+$", name);
        Assert.Equal([typeof(CallConvCdecl)], method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()!.CallConvs!);
        Assert.Matches(@"^\d+\.\d+$", method.GetCustomAttribute<SinceAttribute>()?.Version ?? "");
        Assert.NotNull(method.DeclaringType!.GetCustomAttribute<HeaderChapterAttribute>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_export_catches_every_exception_over_its_whole_body(string name)
    {
        MethodInfo method = Find(name);
        Assert.Null(CatchAll.WhyNot(method));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_export_documents_itself_every_parameter_and_the_result(string name)
    {
        MethodInfo method = Find(name);
        Assert.NotEmpty(Docs.Summary(method));
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            Assert.False(Docs.Parameter(method, parameter.Name!).Length == 0, $"{name}: {parameter.Name} has no text");
        }
        if (method.ReturnType != typeof(void))
        {
            Assert.NotEmpty(Docs.Returns(method));
        }
        bool buffer = method.ReturnType == typeof(byte*) && method.ReturnParameter.GetCustomAttribute<CSpellingAttribute>() is null;
        if (buffer)
        {
            Assert.Contains("release with rancog_buffer_free", Docs.Returns(method), StringComparison.Ordinal);
        }
        if (method.ReturnType.GetCustomAttribute<CTypeAttribute>() is { } handle)
        {
            string returns = Docs.Returns(method);   // says who owns it
            Assert.True(returns.Contains($"release with {handle.Name}_destroy", StringComparison.Ordinal) || returns.Contains("it belongs to the loader", StringComparison.Ordinal), returns);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_signature_has_only_types_of_fixed_width(string name)
    {
        MethodInfo method = Find(name);
        foreach (Type type in method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
        {
            Type plain = type;
            while (plain.IsPointer)
            {
                plain = plain.GetElementType()!;
            }
            // Of a callback the generator checks each type against its declaration.
            Assert.False(plain == typeof(bool) || plain == typeof(char) || plain.IsEnum || (plain.IsClass && !plain.IsUnmanagedFunctionPointer), $"{name}: {type.Name}");
        }
    }

    [Fact]
    public void A_body_with_code_outside_its_try_is_recognised()
    {
        Assert.Null(CatchAll.WhyNot(Sample(nameof(CatchSamples.Good))));
        Assert.Contains("before", CatchAll.WhyNot(Sample(nameof(CatchSamples.WorksBeforeTheTry))));
        Assert.Contains("after", CatchAll.WhyNot(Sample(nameof(CatchSamples.WorksAfterTheTry))));
        Assert.Contains("System.Exception", CatchAll.WhyNot(Sample(nameof(CatchSamples.CatchesTooLittle))));
        Assert.Contains("System.Exception", CatchAll.WhyNot(Sample(nameof(CatchSamples.CatchesNothing))));
        Assert.Contains("handler", CatchAll.WhyNot(Sample(nameof(CatchSamples.HandlerMayThrow))));
    }

    private static MethodInfo Find(string name) =>
        Exports.Single(method => (method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()!.EntryPoint ?? method.Name) == name);

    private static MethodInfo Sample(string name) => typeof(CatchSamples).GetMethod(name)!;
}
