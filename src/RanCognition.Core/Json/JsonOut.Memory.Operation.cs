using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    /// <summary>The data of a task of the kind MemoryOperation, as JsonIn reads it.</summary>
    internal static void WriteOperation(Utf8JsonWriter json, MemoryOperation operation)
    {
        json.WriteStartObject();
        switch (operation)
        {
            case MemoryOperation.Store store:
                json.WriteString("op"u8, "store"u8);
                WriteStored(json, store);
                break;
            case MemoryOperation.Recall recall:
                json.WriteString("op"u8, "recall"u8);
                WriteRecallMembers(json, recall.Query);
                break;
            case MemoryOperation.Update update:
                json.WriteString("op"u8, "update"u8);
                WriteUpdateMembers(json, update.Change);
                break;
            case MemoryOperation.Remove remove:
                json.WriteString("op"u8, "remove"u8);
                json.WriteNumber("id"u8, remove.Id);
                break;
            case MemoryOperation.Analyze analyze:
                json.WriteString("op"u8, "analyze"u8);
                json.WritePropertyName("request"u8);
                WriteAnalysis(json, analyze.Request);
                break;
            default: throw new ArgumentException($"no operation that JSON knows: {operation.GetType().Name}", nameof(operation));
        }
        json.WriteEndObject();
    }

    private static void WriteStored(Utf8JsonWriter json, MemoryOperation.Store store)
    {
        if (!store.IsBatch && store.Episodes.Count == 1)
        {
            json.WritePropertyName("episode"u8);
            WriteEpisode(json, store.Episodes[0]);
            return;
        }
        json.WriteStartArray("episodes"u8);
        foreach (Episode episode in store.Episodes)
        {
            WriteEpisode(json, episode);
        }
        json.WriteEndArray();
    }
}
