using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    public static void NetworkEvaluation(NetworkEvaluation evaluation, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteNetworkEvaluation(json, evaluation);
        json.Flush();
    }

    internal static void WriteNetworkEvaluation(Utf8JsonWriter json, NetworkEvaluation evaluation)
    {
        json.WriteStartObject();
        json.WriteBoolean("feasible"u8, evaluation.Feasible);
        json.NumberOrNull("critical_scale"u8, evaluation.CriticalScale);
        if (evaluation.Loads is { } loads)
        {
            json.Numbers("loads"u8, loads);
        }
        else
        {
            json.WriteNull("loads"u8);
        }
        json.WriteStartArray("overloaded_cells"u8);
        foreach (int cell in evaluation.OverloadedCells)
        {
            json.WriteNumberValue(cell);
        }
        json.WriteEndArray();
        json.WriteStartObject("throughput_mbps"u8);
        json.NumberOrNull("p5"u8, evaluation.ThroughputP5Mbps);
        json.NumberOrNull("p50"u8, evaluation.ThroughputP50Mbps);
        json.NumberOrNull("mean"u8, evaluation.ThroughputMeanMbps);
        json.WriteEndObject();
        json.NumberOrNull("utility"u8, evaluation.Utility);
        json.NumberOrNull("energy_w"u8, evaluation.EnergyW);
        json.Number("uncovered_share"u8, evaluation.UncoveredShare);
        WritePercentiles(json, "geometry_db"u8, evaluation.GeometryDb);
        WritePercentiles(json, "coupling_loss_db"u8, evaluation.CouplingLossDb);
        json.WriteNumber("iterations"u8, evaluation.Iterations);
        json.WriteNumber("execution_time"u8, evaluation.ExecutionTime);
        WriteIgnored(json, evaluation.Ignored);
        json.WriteEndObject();
    }

    private static void WritePercentiles(Utf8JsonWriter json, ReadOnlySpan<byte> name, Percentiles percentiles)
    {
        json.WriteStartObject(name);
        json.NumberOrNull("p5"u8, percentiles.P5);
        json.NumberOrNull("p50"u8, percentiles.P50);
        json.NumberOrNull("p95"u8, percentiles.P95);
        json.WriteEndObject();
    }

    internal static void WriteMap(Utf8JsonWriter json, NetworkMap map)
    {
        json.WriteStartObject();
        WriteSites(json, map.Sites);
        json.WriteStartArray("cells"u8);
        foreach (MapCell cell in map.Cells)
        {
            json.WriteStartObject();
            json.WriteNumber("site"u8, cell.Site);
            json.Number("azimuth_deg"u8, cell.AzimuthDeg);
            json.Number("tilt_deg_before"u8, cell.TiltDegBefore);
            json.Number("tilt_deg_after"u8, cell.TiltDegAfter);
            json.Number("power_dbm_before"u8, cell.PowerDbmBefore);
            json.Number("power_dbm_after"u8, cell.PowerDbmAfter);
            json.WriteBoolean("on_before"u8, cell.OnBefore);
            json.WriteBoolean("on_after"u8, cell.OnAfter);
            json.NumberOrNull("load_before"u8, cell.LoadBefore);
            json.NumberOrNull("load_after"u8, cell.LoadAfter);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("users"u8);
        foreach (MapUser user in map.Users)
        {
            json.WriteStartObject();
            json.Number("x"u8, user.X);
            json.Number("y"u8, user.Y);
            json.NumberOrNull("rate_mbps_before"u8, user.RateMbpsBefore);
            json.NumberOrNull("rate_mbps_after"u8, user.RateMbpsAfter);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSites(Utf8JsonWriter json, IReadOnlyList<SiteSpec> sites)
    {
        json.WriteStartArray("sites"u8);
        foreach (SiteSpec site in sites)
        {
            json.WriteStartObject();
            json.Number("x"u8, site.X);
            json.Number("y"u8, site.Y);
            Optional(json, "height_m"u8, site.HeightM);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
