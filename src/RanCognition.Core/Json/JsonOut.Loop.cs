using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    public static void LoopReply(LoopReply reply, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteLoopReply(json, reply);
        json.Flush();
    }

    internal static void WriteLoopReply(Utf8JsonWriter json, LoopReply reply)
    {
        json.WriteStartObject();
        json.WriteStartObject("corrected"u8);
        foreach (CorrectedForecast forecast in reply.Corrected)
        {
            json.WriteStartObject(forecast.Metric);
            json.NumberOrNull("mean"u8, forecast.Mean);
            json.NumberOrNull("lower"u8, forecast.Lower);
            json.NumberOrNull("upper"u8, forecast.Upper);
            if (forecast.Empty)
            {
                json.WriteBoolean("empty"u8, true);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject("bias"u8);
        foreach (MetricCorrection correction in reply.Corrections)
        {
            NamedNumber(json, correction.Metric, correction.Bias);
        }
        json.WriteEndObject();
        json.WriteStartObject("gain"u8);
        foreach (MetricCorrection correction in reply.Corrections)
        {
            NamedNumber(json, correction.Metric, correction.Gain);
        }
        json.WriteEndObject();
        json.WriteStartObject("interval_scale"u8);
        foreach (MetricCorrection correction in reply.Corrections)
        {
            NamedNumber(json, correction.Metric, correction.IntervalScale ?? double.NaN);
        }
        json.WriteEndObject();
        json.WriteStartObject("weights"u8);
        foreach (ExpertWeight weight in reply.Weights)
        {
            NamedNumber(json, weight.Name, weight.Weight);
        }
        json.WriteEndObject();
        WriteRegret(json, reply.Regret);
        WriteCoverage(json, reply.Coverage);
        json.WriteNumber("level"u8, reply.Level);
        json.WriteNumber("execution_time"u8, reply.ExecutionTime);
        WriteIgnored(json, reply.Ignored);
        json.WriteEndObject();
    }

    private static void WriteRegret(Utf8JsonWriter json, RegretReport? regret)
    {
        if (regret is null)
        {
            json.WriteNull("regret"u8);
            return;
        }
        json.WriteStartObject("regret"u8);
        json.Number("value"u8, regret.Value);
        json.Number("bound"u8, regret.Bound);
        json.WriteNumber("steps"u8, regret.Steps);
        json.WriteEndObject();
    }

    private static void WriteCoverage(Utf8JsonWriter json, CoverageReport? coverage)
    {
        if (coverage is null)
        {
            json.WriteNull("coverage"u8);
            return;
        }
        json.WriteStartObject("coverage"u8);
        json.Number("value"u8, coverage.Value);
        json.Number("target"u8, coverage.Target);
        json.Number("bound"u8, coverage.Bound);
        json.WriteNumber("steps"u8, coverage.Steps);
        json.WriteEndObject();
    }

    private static void NamedNumber(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        json.Number(value);
    }
}
