using System.Reflection;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.HeaderGen.Model;
using RanCognition.Native.Boundary;

namespace RanCognition.HeaderGen.Reading;

/// <summary>Reads exports by reflection. Whatever breaks a rule of the ABI stops the generation with the name of the culprit.</summary>
internal sealed class ApiReader
{
    private const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly XmlDocs _docs;
    private readonly TypeReader _types;

    private ApiReader(XmlDocs docs)
    {
        _docs = docs;
        _types = new TypeReader(docs);
    }

    /// <summary>The library itself, with the documentation file beside its assembly.</summary>
    public static ApiModel ReadLibrary()
    {
        Assembly library = typeof(Status).Assembly;
        XmlDocs docs = XmlDocs.Load(Path.ChangeExtension(library.Location, ".xml"));
        return Read(library.GetTypes(), docs, library.GetName().Version!, LibraryInfo.AbiMajor);
    }

    /// <summary>The exports and constants of some classes.</summary>
    public static ApiModel Read(IReadOnlyList<Type> classes, XmlDocs docs, Version version, uint abiVersion)
    {
        ApiReader reader = new(docs);
        ApiChapter[] chapters = [.. classes.Where(type => ExportsOf(type).Any()).Select(reader.ReadChapter).OrderBy(chapter => chapter.Order)];
        foreach (Type type in classes.Where(type => type.GetCustomAttribute<CTypeAttribute>() is { StandsAlone: true }))
        {
            reader._types.ReadAlone(type);   // after the exports, whose callbacks it may name
        }
        ApiConstant[] constants = [.. classes.SelectMany(reader.ReadConstants)];
        ApiModel model = new()
        {
            Version = version,
            AbiVersion = abiVersion,
            Chapters = chapters,
            Constants = constants,
            Handles = reader._types.Handles,
            Structs = reader._types.Structs,
            Callbacks = reader._types.Callbacks,
        };
        RequireUnique(model.Functions.Select(function => function.Name).Concat(constants.Select(constant => constant.Name)), "name");
        RequireUnique(model.Functions.Select(function => function.Phase4Name).Where(name => name is not (null or "new"))!, "[Phase4Name]");
        RequireUnique(chapters.Select(chapter => chapter.Order.ToString()), "chapter order");
        return model;
    }

    /// <summary>The methods that the compiler exports, in the order of the source.</summary>
    public static IEnumerable<MethodInfo> ExportsOf(Type type) => type.GetMethods(AnyStatic)
        .Where(method => method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()?.EntryPoint is not null)
        .OrderBy(method => method.MetadataToken);

    private ApiChapter ReadChapter(Type type)
    {
        HeaderChapterAttribute chapter = type.GetCustomAttribute<HeaderChapterAttribute>()
            ?? throw new GenerationException($"{type.Name}: a class of exports needs [HeaderChapter]");
        return new ApiChapter(chapter.Order, chapter.Title, Require(_docs.Summary(type), type.Name), [.. ExportsOf(type).Select(ReadFunction)]);
    }

    private ApiFunction ReadFunction(MethodInfo method)
    {
        UnmanagedCallersOnlyAttribute export = method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()!;
        string name = export.EntryPoint!;
        if (!name.StartsWith("rancog_", StringComparison.Ordinal))
        {
            throw new GenerationException($"{name}: exports begin with rancog_");
        }
        if (export.CallConvs is not [{ } convention] || convention != typeof(CallConvCdecl))
        {
            throw new GenerationException($"{name}: exports use CallConvCdecl and nothing else");
        }
        string? since = method.GetCustomAttribute<SinceAttribute>()?.Version;
        ApiType result = _types.Read(method.ReturnType, isConst: false, method.ReturnParameter.GetCustomAttribute<CSpellingAttribute>()?.Type, name);
        ApiFunction function = new()
        {
            Name = name,
            Result = result,
            Parameters = [.. method.GetParameters().Select(parameter => ReadParameter(method, parameter, name))],
            Summary = Require(_docs.Summary(method), name),
            Returns = result == ApiType.Void ? _docs.Returns(method) : Require(_docs.Returns(method), $"{name}: return value"),
            Remarks = _docs.Remarks(method),
            Since = since ?? throw new GenerationException($"{name}: needs [Since]"),
            Threads = method.GetCustomAttribute<CThreadsAttribute>()?.Text,
            Phase4Name = method.GetCustomAttribute<Phase4NameAttribute>()?.Name,
            HasFastPath = HasFastPath(method, name),
            KeepsStatus = method.GetCustomAttribute<KeepsStatusAttribute>() is not null,
        };
        if (function.ReturnsBuffer && !function.Returns.Contains("release with rancog_buffer_free", StringComparison.Ordinal))
        {
            throw new GenerationException($"{name}: its text must say \"release with rancog_buffer_free\"");
        }
        RequireUnique(function.Parameters.Select(parameter => parameter.Name), $"parameter of {name}");
        return function;
    }

    /// <summary>The export has a leaf, of the same result (a status, when it has none) and parameters behind the thread's state.</summary>
    private static bool HasFastPath(MethodInfo method, string name)
    {
        if (method.GetCustomAttribute<FastPathAttribute>() is null)
        {
            return false;
        }
        MethodInfo leaf = method.DeclaringType!.GetMethods(AnyStatic).SingleOrDefault(other => other.GetCustomAttribute<RuntimeExportAttribute>()?.Symbol == "leaf_" + name)
            ?? throw new GenerationException($"{name}: [FastPath] needs a method with [RuntimeExport(\"leaf_{name}\")]");
        IEnumerable<Type> parameters = method.GetParameters().Select(parameter => parameter.ParameterType);
        Type result = method.ReturnType == typeof(void) ? typeof(int) : method.ReturnType;
        if (leaf.ReturnType != result || !leaf.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(parameters.Prepend(typeof(NativeThread).MakePointerType())))
        {
            throw new GenerationException($"{name}: its leaf must take NativeThread * and the same parameters, and return the same, or int for void");
        }
        return true;
    }

    private ApiParameter ReadParameter(MethodInfo method, ParameterInfo parameter, string export)
    {
        string where = $"{export}: {parameter.Name}";
        string summary = Require(_docs.Parameter(method, parameter.Name!), where);
        Type managed = parameter.ParameterType;
        if (managed.IsFunctionPointer)
        {
            ApiType callback = _types.ReadCallback(managed, parameter.GetCustomAttribute<CCallbackAttribute>(), named: true, where);
            return new ApiParameter(Names.Parameter(parameter.Name!), parameter.Name!, callback, ApiUse.Value, summary);
        }
        ApiUse use = !managed.IsPointer ? ApiUse.Value : UseOf(summary);
        ApiType type = _types.Read(managed, use == ApiUse.Reads, parameter.GetCustomAttribute<CSpellingAttribute>()?.Type, where);
        return new ApiParameter(Names.Parameter(parameter.Name!), parameter.Name!, type, use, summary);
    }

    /// <summary>The first words of a pointer's text say what the call does with it.</summary>
    private static ApiUse UseOf(string summary) => summary switch
    {
        _ when summary.StartsWith("Room for", StringComparison.Ordinal) => ApiUse.Writes,
        _ when summary.StartsWith("In:", StringComparison.Ordinal) => ApiUse.Writes,
        _ when summary.StartsWith("Out:", StringComparison.Ordinal) => ApiUse.Writes,
        _ when summary.StartsWith("Taken:", StringComparison.Ordinal) => ApiUse.Takes,
        _ => ApiUse.Reads,
    };

    private IEnumerable<ApiConstant> ReadConstants(Type type)
    {
        string? prefix = type.GetCustomAttribute<CConstantsAttribute>()?.Prefix;
        return prefix is null ? [] : type.GetFields(AnyStatic)
            .Where(field => field.IsLiteral)
            .OrderBy(field => field.MetadataToken)
            .Select(field => new ApiConstant(
                prefix + Names.Constant(field.Name),
                Convert.ToInt64(field.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture),
                Require(_docs.Summary(field), $"{type.Name}.{field.Name}")));
    }

    private static string Require(string text, string where) =>
        text.Length > 0 ? text : throw new GenerationException($"{where}: has no documentation");

    private static void RequireUnique(IEnumerable<string> names, string what)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!seen.Add(name))
            {
                throw new GenerationException($"{what} {name} is given twice");
            }
        }
    }
}
