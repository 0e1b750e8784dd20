namespace RanCognition.HeaderGen.Model;

/// <summary>What the library exports, in the words of C. Every writer works from this and nothing else.</summary>
internal sealed record ApiModel
{
    public required Version Version { get; init; }
    public required uint AbiVersion { get; init; }
    public required IReadOnlyList<ApiConstant> Constants { get; init; }
    public required IReadOnlyList<ApiHandle> Handles { get; init; }
    public required IReadOnlyList<ApiStruct> Structs { get; init; }
    public required IReadOnlyList<ApiCallback> Callbacks { get; init; }
    public required IReadOnlyList<ApiChapter> Chapters { get; init; }

    public IEnumerable<ApiFunction> Functions => Chapters.SelectMany(chapter => chapter.Functions);
}

/// <summary>A number that becomes a #define.</summary>
internal sealed record ApiConstant(string Name, long Value, string Summary);

/// <summary>An opaque handle type: typedef struct name name.</summary>
internal sealed record ApiHandle(string Name, string Summary);

/// <summary>A struct that crosses the boundary by pointer, laid out by C's rules with 8-byte pointers.</summary>
internal sealed record ApiStruct(string Name, string ManagedName, string Summary, string Remarks, IReadOnlyList<ApiField> Fields, int Size, int Alignment);

/// <summary>A field. Count is the length of an embedded array, 1 for a plain field.</summary>
internal sealed record ApiField(string Name, string ManagedName, ApiType Type, int Count, int Offset, int Size, string Summary);

/// <summary>A named callback type: typedef result (*name)(parameters).</summary>
internal sealed record ApiCallback(string Name, ApiSignature Signature, string Summary);

/// <summary>Exports of one class, in the order of the source.</summary>
internal sealed record ApiChapter(int Order, string Title, string Summary, IReadOnlyList<ApiFunction> Functions);

/// <summary>One export.</summary>
internal sealed record ApiFunction
{
    public required string Name { get; init; }
    public required ApiType Result { get; init; }
    public required IReadOnlyList<ApiParameter> Parameters { get; init; }
    public required string Summary { get; init; }
    public required string Returns { get; init; }
    public required string Remarks { get; init; }
    public required string Since { get; init; }

    /// <summary>Who may call it when, where that is not the rule of its kind; else null.</summary>
    public string? Threads { get; init; }

    /// <summary>The document's bare name, or null.</summary>
    public string? Phase4Name { get; init; }

    /// <summary>A leaf is asked before the managed function.</summary>
    public bool HasFastPath { get; init; }

    /// <summary>The thread's status and message stay as they are.</summary>
    public bool KeepsStatus { get; init; }

    /// <summary>The call works on a handle that it takes first.</summary>
    public bool HasHandle => Parameters.Count > 0 && Parameters[0].Type.Kind == ApiTypeKind.Handle;

    /// <summary>The call gives a result buffer that the caller must release.</summary>
    public bool ReturnsBuffer => Result is { Name: "uint8_t", Pointers: 1, IsConst: false };
}

/// <summary>One parameter, with its text and what the call does with what it points to.</summary>
internal sealed record ApiParameter(string Name, string ManagedName, ApiType Type, ApiUse Use, string Summary);

/// <summary>What a call does with the memory behind a pointer.</summary>
internal enum ApiUse
{
    /// <summary>A plain value.</summary>
    Value,

    /// <summary>Reads it.</summary>
    Reads,

    /// <summary>Writes to it; the text begins with "Room for", "In:" or "Out:".</summary>
    Writes,

    /// <summary>Becomes its owner; the text begins with "Taken:".</summary>
    Takes,
}
