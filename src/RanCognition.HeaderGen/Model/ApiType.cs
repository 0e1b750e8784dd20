namespace RanCognition.HeaderGen.Model;

/// <summary>What a type is, for the writers that are not C.</summary>
internal enum ApiTypeKind
{
    Scalar,
    Handle,
    Struct,
    Callback,
}

/// <summary>A C type: name, pointers, const of what the first pointer points to. A handle has one pointer: rancog_temporal *.</summary>
internal sealed record ApiType(ApiTypeKind Kind, string Name, int Pointers, bool IsConst, ApiSignature? Signature = null)
{
    /// <summary>The type before a name: "const double *" needs no blank after it, "size_t" does.</summary>
    public string Declare(string name)
    {
        if (Kind == ApiTypeKind.Callback && Name.Length == 0)
        {
            return $"{Signature!.Result} (*{name})({Signature.ParameterList})";
        }
        string text = ToString();
        return text.EndsWith('*') ? text + name : $"{text} {name}";
    }

    public override string ToString() => Kind == ApiTypeKind.Callback && Name.Length == 0
        ? Declare("")
        : (IsConst ? "const " : "") + Name + (Pointers > 0 ? " " + new string('*', Pointers) : "");

    /// <summary>Bytes where pointers have 8, which is every system this library is built for.</summary>
    public int Size => Pointers > 0 || Kind == ApiTypeKind.Callback ? 8 : Name switch
    {
        "uint8_t" or "int8_t" or "char" => 1,
        "uint16_t" or "int16_t" => 2,
        "uint32_t" or "int32_t" or "float" => 4,
        "uint64_t" or "int64_t" or "double" or "size_t" => 8,
        _ => throw new GenerationException($"{Name} has no size of its own"),
    };

    public static ApiType Void { get; } = new(ApiTypeKind.Scalar, "void", 0, false);
}

/// <summary>Result and parameters of a callback.</summary>
internal sealed record ApiSignature(ApiType Result, IReadOnlyList<(ApiType Type, string Name)> Parameters)
{
    public string ParameterList => Parameters.Count == 0 ? "void" : string.Join(", ", Parameters.Select(p => p.Type.Declare(p.Name)));
}
