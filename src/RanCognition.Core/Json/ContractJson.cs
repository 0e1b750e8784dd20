using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>
/// Records of <c>RanCognition.Contracts</c> from and to the library's JSON, by source-generated code: no reflection, fit for trimming and NativeAOT. A number that is
/// null in JSON is NaN in a record; NaN and infinities are written as null.
/// </summary>
/// <remarks>
/// What calls take (problems, constraints, timelines, options) is read as the library reads it and refused with its message. In <see cref="TaskResult.Reply"/> stands the
/// JSON value of the reply: a reply that was plain text is a JSON string.
/// </remarks>
public static class ContractJson
{
    /// <summary>Options that know every contract, read-only; copy them to combine with a context of your own.</summary>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    /// <summary>Reads one value: a result of the library, or what its calls take.</summary>
    /// <typeparam name="T">A contract; or IReadOnlyList, List or array of problems, constraints, patterns or predictions.</typeparam>
    /// <exception cref="JsonException">The text is not JSON or not of this shape.</exception>
    /// <exception cref="NotSupportedException">T is no contract.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, TypeInfo<T>()) ?? throw new JsonException($"null where a {typeof(T).Name} was expected");

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte})"/>
    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize(text, TypeInfo<T>()) ?? throw new JsonException($"null where a {typeof(T).Name} was expected");

    /// <summary>Writes one value as UTF-8.</summary>
    /// <typeparam name="T">A contract; or IReadOnlyList, List or array of problems, constraints, patterns or predictions.</typeparam>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>());

    /// <summary>Fields of results that are absent where records have null; all others are there, as null.</summary>
    private static readonly Dictionary<Type, string[]> AbsentWhenNull = new()
    {
        [typeof(TemporalAnalysisResult)] = ["series", "timeline"],
        [typeof(TemporalPattern)] = ["other_metric", "constraint"],
        [typeof(ConstraintVerdict)] = ["holds_now"],
        [typeof(RecallHit)] = ["why"],
        [typeof(MemoryPoolShape)] = ["ignored"],
    };

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions MakeOptions()
    {
        JsonSerializerOptions options = new(ContractContext.Default.Options)
        {
            TypeInfoResolver = ContractContext.Default.WithAddedModifier(LeaveOut),
            // Results are data, not HTML: only what JSON demands is escaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOut(JsonTypeInfo type)
    {
        if (!AbsentWhenNull.TryGetValue(type.Type, out string[]? fields))
        {
            return;
        }
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (fields.Contains(property.Name))
            {
                property.ShouldSerialize = static (_, value) => value is not null;
            }
        }
    }
}
