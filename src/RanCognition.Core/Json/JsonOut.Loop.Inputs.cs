using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What a loop tells, as JsonIn reads it.
public static partial class JsonOut
{
    internal static void WriteLoopObservation(Utf8JsonWriter json, LoopObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation.Predict);
        ArgumentNullException.ThrowIfNull(observation.Experts);
        ArgumentNullException.ThrowIfNull(observation.Observed);
        ArgumentNullException.ThrowIfNull(observation.Actions);
        json.WriteStartObject();
        json.WriteString("loop_id"u8, observation.LoopId);
        Optional(json, "time_ns"u8, observation.TimeNs);
        json.WriteStartObject("predict"u8);
        foreach (LoopForecast forecast in observation.Predict)
        {
            json.WriteStartObject(forecast.Metric);
            Optional(json, "mean"u8, forecast.Mean);
            Optional(json, "lower"u8, forecast.Lower);
            Optional(json, "upper"u8, forecast.Upper);
            json.Number("coverage"u8, forecast.Coverage);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject("experts"u8);
        foreach (LoopExpert expert in observation.Experts)
        {
            json.WriteStartObject(expert.Name);
            WriteLoopValues(json, expert.Values);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject("observed"u8);
        WriteLoopValues(json, observation.Observed);
        json.WriteEndObject();
        if (observation.Actions.Count > 0)
        {
            WriteChanges(json, "actions"u8, observation.Actions);
        }
        json.WriteEndObject();
    }

    private static void WriteLoopValues(Utf8JsonWriter json, IReadOnlyList<LoopValue> values)
    {
        foreach (LoopValue value in values)
        {
            NamedNumber(json, value.Metric, value.Value);
        }
    }
}
