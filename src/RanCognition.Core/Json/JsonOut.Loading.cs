using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    public static void ModuleInterfaces(ModuleInterfaces module, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        json.WriteStartObject();
        json.WriteString("module"u8, module.Module);
        json.Strings("names"u8, [.. module.Interfaces.Select(offered => offered.Name)]);
        json.WriteStartArray("interfaces"u8);
        foreach (ModuleInterface offered in module.Interfaces)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, offered.Name);
            json.Strings("functions"u8, offered.Functions);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteIgnored(json, module.Ignored);
        json.WriteStartObject("loader"u8);
        json.WriteNumber("memory_size"u8, module.Loader.MemoryPages);
        json.WriteNumber("max_memory_size"u8, module.Loader.MaxMemoryPages);
        json.WriteBoolean("enable_simd"u8, module.Loader.Simd);
        json.WriteBoolean("enable_bulk_memory"u8, module.Loader.BulkMemory);
        json.WriteBoolean("enable_multi_threading"u8, module.Loader.MultiThreading);
        WriteFields(json, "without_effect"u8, module.WithoutEffect);
        WriteIgnored(json, module.Loader.Ignored);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
    }

    public static void ModuleMemory(ModuleMemory memory, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        json.WriteStartObject();
        json.WriteString("module"u8, memory.Module);
        json.WriteNumber("page_size"u8, LoaderLimits.PageBytes);
        json.WriteNumber("initial_pages"u8, memory.InitialPages);
        json.WriteNumber("maximum_pages"u8, memory.MaximumPages);
        json.WriteNumber("maximum_bytes"u8, memory.MaximumBytes);
        json.WriteNumber("used_bytes"u8, memory.UsedBytes);
        json.WriteNumber("loader_used_bytes"u8, memory.LoaderUsedBytes);
        json.WriteStartObject("pool"u8);
        WriteMemoryPool(json, memory.Pool);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
    }
}
