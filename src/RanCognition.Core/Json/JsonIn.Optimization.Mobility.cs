using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// Movement that handover settings are judged by.
public static partial class JsonIn
{
    private const double SpeedMax = 10_000;   // km/h

    private static MobilitySpec ReadMobility(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        MobilitySpec mobility = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            mobility = ReadMobilityMember(ref json, name, mobility, ignored);
            json.LeaveField();
        }
        return mobility;
    }

    private static MobilitySpec ReadMobilityMember(ref JsonCursor json, string name, MobilitySpec mobility, List<IgnoredField> ignored)
    {
        bool isNull = json.IsNull;
        switch (name)
        {
            case "traces": return isNull ? mobility : mobility with { Traces = ReadTraces(ref json, ignored) };
            case "users": return mobility with { Users = json.OptionalCount(1, OptimizationLimits.TracesMax) ?? mobility.Users };
            case "speed_kmh": return isNull ? mobility : mobility with { SpeedsKmh = ReadSpeeds(ref json) };
            case "duration_s": return mobility with { DurationS = json.OptionalPositive() ?? mobility.DurationS };
            case "step_ms": return mobility with { StepMs = json.OptionalPositive() ?? mobility.StepMs };
            case "seed": return mobility with { Seed = OptionalWhole(ref json) ?? 0 };
            case "shadow_db": return mobility with { ShadowDb = json.OptionalNumber(0, DecibelsMax) ?? mobility.ShadowDb };
            case "decorrelation_m": return mobility with { DecorrelationM = json.OptionalPositive() ?? mobility.DecorrelationM };
            case "fading_db": return mobility with { FadingDb = json.OptionalNumber(0, DecibelsMax) ?? mobility.FadingDb };
            case "filter_k": return mobility with { FilterK = json.OptionalNumber(0, 19) ?? mobility.FilterK };
            case "noise_dbm": return mobility with { NoiseDbm = json.OptionalNumber(-DecibelsMax, DecibelsMax) ?? mobility.NoiseDbm };
            case "load": return mobility with { Load = json.OptionalNumber(0, 1) ?? mobility.Load };
            case "qout_db": return mobility with { QoutDb = json.OptionalNumber(-DecibelsMax, DecibelsMax) ?? mobility.QoutDb };
            case "qin_db": return mobility with { QinDb = json.OptionalNumber(-DecibelsMax, DecibelsMax) ?? mobility.QinDb };
            case "t310_ms": return mobility with { T310Ms = json.OptionalNumber(0) ?? mobility.T310Ms };
            case "execution_ms": return mobility with { ExecutionMs = json.OptionalNumber(0) ?? mobility.ExecutionMs };
            case "reestablishment_ms": return mobility with { ReestablishmentMs = json.OptionalNumber(0) ?? mobility.ReestablishmentMs };
            case "min_stay_ms": return mobility with { MinStayMs = json.OptionalNumber(0) ?? mobility.MinStayMs };
            case "weights": return isNull ? mobility : ReadMobilityWeights(ref json, mobility, ignored);
            case "present": return isNull ? mobility : mobility with { Present = ReadHandover(ref json, ignored) };
            case "per_cell": return mobility with { PerCell = json.OptionalBoolean() ?? mobility.PerCell };
            case "cio_relations": return mobility with { CioRelations = ReadRelations(ref json) ?? mobility.CioRelations };
            case "cio_values": return mobility with { CioValues = ReadOffsets(ref json) };
            case "cio_present": return mobility with { CioPresent = isNull ? null : json.NumbersWithin(OptimizationLimits.RelationsMax, -DecibelsMax, DecibelsMax) };
            default:
                json.Ignore(ignored, Unknown);
                return mobility;
        }
    }

    private static List<MobilityTrace> ReadTraces(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of traces");
        List<MobilityTrace> traces = [];
        while (json.NextElement(traces.Count))
        {
            RefuseMore(ref json, traces.Count, OptimizationLimits.TracesMax, "traces");
            traces.Add(json.Token == JsonTokenType.StartObject ? ReadTraceObject(ref json, ignored) : ReadTrace(ref json));
            json.LeaveElement();
        }
        RefuseEmpty(ref json, traces.Count, "trace");
        return traces;
    }

    /// <summary>{"rsrp_dbm":[[..],..]}</summary>
    private static MobilityTrace ReadTraceObject(ref JsonCursor json, List<IgnoredField> ignored)
    {
        MobilityTrace? trace = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name == "rsrp_dbm")
            {
                trace = ReadTrace(ref json);
            }
            else
            {
                json.Ignore(ignored, Unknown);
            }
            json.LeaveField();
        }
        if (trace is null)
        {
            json.Refuse("field 'rsrp_dbm' is missing");
        }
        return trace;
    }

    private static MobilityTrace ReadTrace(ref JsonCursor json)
    {
        double[] levels = json.Table(OptimizationLimits.TraceNumbersMax, OptimizationLimits.CellsMax, OptimizationLimits.TraceNumbersMax, -DecibelsMax, DecibelsMax, out int samples);
        return new MobilityTrace { Samples = samples, Cells = levels.Length / samples, RsrpDbm = levels };
    }

    /// <summary>One speed, or an array of them.</summary>
    private static double[] ReadSpeeds(ref JsonCursor json)
    {
        if (json.Token != JsonTokenType.StartArray)
        {
            return [json.NumberWithin(0, SpeedMax)];
        }
        double[] speeds = json.NumbersWithin(OptimizationLimits.TracesMax, 0, SpeedMax);
        RefuseEmpty(ref json, speeds.Length, "speed");
        return speeds;
    }

    private static MobilitySpec ReadMobilityWeights(ref JsonCursor json, MobilitySpec mobility, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object of weights");
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "too_late": mobility = mobility with { TooLateWeight = json.OptionalNumber(0) ?? mobility.TooLateWeight }; break;
                case "too_early": mobility = mobility with { TooEarlyWeight = json.OptionalNumber(0) ?? mobility.TooEarlyWeight }; break;
                case "wrong_cell": mobility = mobility with { WrongCellWeight = json.OptionalNumber(0) ?? mobility.WrongCellWeight }; break;
                case "ping_pong": mobility = mobility with { PingPongWeight = json.OptionalNumber(0) ?? mobility.PingPongWeight }; break;
                case "handover": mobility = mobility with { HandoverWeight = json.OptionalNumber(0) ?? mobility.HandoverWeight }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return mobility;
    }

    private static HandoverSettings ReadHandover(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with a3_offset_db, hysteresis_db and time_to_trigger_ms");
        HandoverSettings settings = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "a3_offset_db": settings = settings with { A3OffsetDb = json.OptionalNumber(-DecibelsMax, DecibelsMax) ?? settings.A3OffsetDb }; break;
                case "hysteresis_db": settings = settings with { HysteresisDb = json.OptionalNumber(0, 15) ?? settings.HysteresisDb }; break;
                case "time_to_trigger_ms": settings = settings with { TimeToTriggerMs = json.OptionalNumber(0) ?? settings.TimeToTriggerMs }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return settings;
    }
}
