using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.HeaderGen.Model;
using RanCognition.Native.Boundary;

namespace RanCognition.HeaderGen.Reading;

/// <summary>C# types to C types, and the handles, structs and callbacks met on the way.</summary>
internal sealed class TypeReader(XmlDocs docs)
{
    private static readonly Dictionary<Type, string> Scalars = new()
    {
        [typeof(void)] = "void",
        [typeof(byte)] = "uint8_t",
        [typeof(sbyte)] = "int8_t",
        [typeof(ushort)] = "uint16_t",
        [typeof(short)] = "int16_t",
        [typeof(uint)] = "uint32_t",
        [typeof(int)] = "int32_t",
        [typeof(ulong)] = "uint64_t",
        [typeof(long)] = "int64_t",
        [typeof(nuint)] = "size_t",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    private readonly Dictionary<string, ApiHandle> _handles = [];
    private readonly Dictionary<string, ApiStruct> _structs = [];
    private readonly Dictionary<string, ApiCallback> _callbacks = [];

    /// <summary>In the order in which the exports use them.</summary>
    public IReadOnlyList<ApiHandle> Handles => [.. _handles.Values];
    public IReadOnlyList<ApiStruct> Structs => [.. _structs.Values];
    public IReadOnlyList<ApiCallback> Callbacks => [.. _callbacks.Values];

    /// <summary>Type of a parameter or result; spelling overrides it where C has a word that C# has not.</summary>
    public ApiType Read(Type type, bool isConst, string? spelling, string where)
    {
        ApiType read = Read(type, isConst, where);
        if (read is { Kind: ApiTypeKind.Struct, Pointers: 0 })
        {
            throw new GenerationException($"{where}: {read.Name} must be passed by pointer");
        }
        if (spelling is null)
        {
            return read;
        }
        ApiType spelt = CDeclaration.ParseType(spelling, KnownKind);
        if (spelt.Pointers != read.Pointers || (spelt.Pointers == 0 && spelt.Size != read.Size))
        {
            throw new GenerationException($"{where}: [CSpelling(\"{spelling}\")] does not fit {type.Name}");
        }
        return spelt;
    }

    /// <summary>Notes a struct that is in no export's signature.</summary>
    public void ReadAlone(Type type) => Read(type, isConst: false, type.Name);

    /// <summary>The struct field's or parameter's callback as [CCallback] declares it, checked against the function pointer.</summary>
    public ApiType ReadCallback(Type type, CCallbackAttribute? attribute, bool named, string where)
    {
        if (attribute is null)
        {
            throw new GenerationException($"{where}: a function pointer needs [CCallback]");
        }
        (string name, ApiSignature signature) = CDeclaration.ParseCallback(attribute.Declaration, KnownKind);
        signature = signature with { Parameters = [.. signature.Parameters.Select(parameter => (WithSignature(parameter.Type), parameter.Name))] };
        CheckSignature(type, signature, where);
        if (!named)
        {
            return new ApiType(ApiTypeKind.Callback, "", 0, false, signature);
        }
        ApiCallback callback = new(name, signature, attribute.Summary);
        if (callback.Summary.Length == 0)
        {
            throw new GenerationException($"{where}: [CCallback] of a parameter needs a summary for {name}");
        }
        if (_callbacks.TryGetValue(name, out ApiCallback? known) && known.Signature.ParameterList != signature.ParameterList)
        {
            throw new GenerationException($"{where}: {name} is declared differently elsewhere");
        }
        _callbacks.TryAdd(name, callback);
        return new ApiType(ApiTypeKind.Callback, name, 0, false, signature);
    }

    private ApiType Read(Type type, bool isConst, string where)
    {
        if (Scalars.TryGetValue(type, out string? scalar))
        {
            return new ApiType(ApiTypeKind.Scalar, scalar, 0, false);
        }
        if (type.IsPointer)
        {
            ApiType target = Read(type.GetElementType()!, false, where);
            bool changes = target.Kind == ApiTypeKind.Handle || target.Name == "void";
            return target with { Pointers = target.Pointers + 1, IsConst = isConst && !changes };
        }
        if (type.GetCustomAttribute<CTypeAttribute>() is { } named)
        {
            return IsHandle(type) ? ReadHandle(type, named.Name, where) : ReadStruct(type, named.Name, where);
        }
        throw new GenerationException($"{where}: {type.Name} has no place in the ABI (fixed-width numbers, pointers, handles and [CType] structs only)");
    }

    // A handle is a struct around one address-sized number.
    private static bool IsHandle(Type type)
    {
        FieldInfo[] fields = Fields(type);
        return fields.Length == 1 && fields[0].FieldType == typeof(nint);
    }

    private ApiType ReadHandle(Type type, string name, string where)
    {
        string summary = Require(docs.Summary(type), $"{where}: {name}");
        _handles.TryAdd(name, new ApiHandle(name, summary));
        return new ApiType(ApiTypeKind.Handle, name, 1, false);
    }

    private ApiType ReadStruct(Type type, string name, string where)
    {
        ApiType result = new(ApiTypeKind.Struct, name, 0, false);
        if (_structs.ContainsKey(name))
        {
            return result;
        }
        if (!type.IsLayoutSequential || (type.StructLayoutAttribute?.Pack ?? 0) is not (0 or 8))
        {
            throw new GenerationException($"{where}: {name} must have sequential layout and no packing");
        }
        List<ApiField> fields = [];
        int offset = 0;
        int alignment = 1;
        foreach (FieldInfo field in Fields(type))
        {
            string place = $"{name}.{field.Name}";
            FixedBufferAttribute? array = field.GetCustomAttribute<FixedBufferAttribute>();
            int count = array?.Length ?? 1;
            Type element = array?.ElementType ?? field.FieldType;
            ApiType fieldType = element.IsFunctionPointer
                ? ReadCallback(element, field.GetCustomAttribute<CCallbackAttribute>(), named: false, place)
                : Read(element, isConst: false, field.GetCustomAttribute<CSpellingAttribute>()?.Type, place);
            string fieldName = fieldType.Signature is not null
                ? CDeclaration.ParseCallback(field.GetCustomAttribute<CCallbackAttribute>()!.Declaration, KnownKind).Name
                : Names.Field(field.Name);
            int align = fieldType.Size;
            int start = (offset + align - 1) / align * align;
            if (start != offset)
            {
                throw new GenerationException($"{place}: {start - offset} bytes of padding before it must be a named reserved field");
            }
            fields.Add(new ApiField(fieldName, field.Name, fieldType, count, start, fieldType.Size * count, Require(docs.Summary(field), place)));
            offset = start + (fieldType.Size * count);
            alignment = Math.Max(alignment, align);
        }
        if (offset % alignment != 0)
        {
            throw new GenerationException($"{name}: {alignment - (offset % alignment)} bytes of padding at its end must be a named reserved field");
        }
        _structs.Add(name, new ApiStruct(name, Names.Managed(name), Require(docs.Summary(type), name), docs.Remarks(type), fields, offset, alignment));
        return result;
    }

    // Metadata order is source order, and that is the order of a sequential layout.
    private static FieldInfo[] Fields(Type type) =>
        [.. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(field => field.MetadataToken)];

    private void CheckSignature(Type type, ApiSignature signature, string where)
    {
        if (!type.IsUnmanagedFunctionPointer)
        {
            throw new GenerationException($"{where}: must be an unmanaged function pointer");
        }
        Type[] managed = type.GetFunctionPointerParameterTypes();
        if (managed.Length != signature.Parameters.Count || !Fits(type.GetFunctionPointerReturnType(), signature.Result, where))
        {
            throw new GenerationException($"{where}: [CCallback] does not match the function pointer");
        }
        for (int i = 0; i < managed.Length; i++)
        {
            if (!Fits(managed[i], signature.Parameters[i].Type, where))
            {
                throw new GenerationException($"{where}: [CCallback] parameter {signature.Parameters[i].Name} does not match the function pointer's {managed[i].Name}");
            }
        }
    }

    private bool Fits(Type managed, ApiType declared, string where)
    {
        if (managed.IsFunctionPointer)
        {
            if (declared.Signature is null)
            {
                return false;
            }
            CheckSignature(managed, declared.Signature, where);
            return true;
        }
        ApiType read = Read(managed, isConst: false, where);
        bool sameName = read.Name == declared.Name || (read.Name == "uint8_t" && declared is { Name: "char", Pointers: 1 });
        return sameName && read.Pointers == declared.Pointers;
    }

    /// <summary>The type, if it is a callback's name with what that stands for.</summary>
    private ApiType WithSignature(ApiType type) => type.Kind == ApiTypeKind.Callback ? type with { Signature = _callbacks[type.Name].Signature } : type;

    private ApiTypeKind KnownKind(string name) =>
        _callbacks.ContainsKey(name) ? ApiTypeKind.Callback
        : _structs.ContainsKey(name) ? ApiTypeKind.Struct
        : Scalars.ContainsValue(name) || name == "char" ? ApiTypeKind.Scalar
        : ApiTypeKind.Handle;

    private static string Require(string text, string where) =>
        text.Length > 0 ? text : throw new GenerationException($"{where}: has no documentation");
}
