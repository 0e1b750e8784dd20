using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    /// <summary>What a host's model is asked: what metrics would be after changes.</summary>
    public static void WhatIfQuestion(IReadOnlyList<ConfigurationChange> actions, IReadOnlyList<string> metrics, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteWhatIfQuestion(json, actions, metrics);
        json.Flush();
    }

    internal static void WriteWhatIfQuestion(Utf8JsonWriter json, IReadOnlyList<ConfigurationChange> actions, IReadOnlyList<string> metrics)
    {
        json.WriteStartObject();
        WriteActions(json, "actions"u8, actions);
        json.Strings("metrics"u8, metrics);
        json.WriteEndObject();
    }
}
