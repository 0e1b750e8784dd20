using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    /// <summary>Empty text gives the defaults. Names as the document spells them (memorySize), or memory_size.</summary>
    public static LoaderOptions LoaderOptions(ReadOnlySpan<byte> text, string argument)
    {
        LoaderOptions options = new();
        if (text.IsEmpty)
        {
            return options;
        }
        JsonCursor json = new(text, argument);
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        HashSet<string> known = new(StringComparer.Ordinal);
        bool hasMemory = false;
        while (json.NextField(ref seen, out string? name))
        {
            string spelt = name switch
            {
                "memory_size" => "memorySize",
                "max_memory_size" => "maxMemorySize",
                "enable_simd" => "enableSIMD",
                "enable_bulk_memory" => "enableBulkMemory",
                "enable_multi_threading" => "enableMultiThreading",
                _ => name,
            };
            if (!known.Add(spelt))
            {
                json.Refuse($"{spelt} is given twice");
            }
            switch (spelt)
            {
                case "memorySize": options = options with { MemoryPages = (uint)json.WholeWithin(0, LoaderLimits.PagesMax) }; hasMemory = true; break;
                case "maxMemorySize": options = options with { MaxMemoryPages = (uint)json.WholeWithin(1, LoaderLimits.PagesMax) }; break;
                case "enableSIMD": options = options with { Simd = json.Boolean() }; break;
                case "enableBulkMemory": options = options with { BulkMemory = json.Boolean() }; break;
                case "enableMultiThreading": options = options with { MultiThreading = json.Boolean() }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        json.End();
        if (options.MemoryPages > options.MaxMemoryPages)
        {
            if (hasMemory)
            {
                InvalidInputException.Throw(argument, $"memorySize: {options.MemoryPages} pages, more than maxMemorySize, which is {options.MaxMemoryPages}");
            }
            options = options with { MemoryPages = options.MaxMemoryPages };
        }
        return options with { Ignored = ignored };
    }

    /// <summary>Empty text gives the defaults.</summary>
    public static TemporalOptions TemporalOptions(ReadOnlySpan<byte> text, string argument)
    {
        TemporalOptions options = new();
        if (text.IsEmpty)
        {
            return options;
        }
        JsonCursor json = new(text, argument);
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "expansion_factor": options = options with { ExpansionFactor = json.WholeWithin(1, TemporalLimits.ExpansionFactorMax) }; break;
                case "temporal_resolution": options = options with { TemporalResolution = json.WholeWithin(1, TemporalLimits.TemporalResolutionMax) }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        json.End();
        return options with { Ignored = ignored };
    }
}
