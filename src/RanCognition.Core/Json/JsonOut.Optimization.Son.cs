using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What the problem types of self-organising networks take beside a network.
public static partial class JsonOut
{
    private static void WriteSonInputs(Utf8JsonWriter json, OptimizationProblem problem)
    {
        if (problem.ProblemType is { } type)
        {
            json.WriteString("problem_type"u8, Word(type));
        }
        if (problem.Pci is { } pci)
        {
            WritePci(json, pci);
        }
        if (problem.Slices is { } slices)
        {
            WriteSlices(json, slices);
        }
        if (problem.Mobility is { } mobility)
        {
            WriteMobility(json, mobility);
        }
        if (problem.Limits != new SonLimits())
        {
            WriteLimits(json, problem.Limits);
        }
    }

    private static void WriteLimits(Utf8JsonWriter json, SonLimits limits)
    {
        json.WriteStartObject("limits"u8);
        Limit(json, "max_load"u8, limits.MaxLoad);
        Limit(json, "coverage_loss"u8, limits.CoverageLoss);
        Limit(json, "p5_loss"u8, limits.P5Loss);
        OptionalNumbers(json, "cio_values"u8, limits.CioValues);
        Optional(json, "tilt_min"u8, limits.TiltMin);
        Optional(json, "tilt_max"u8, limits.TiltMax);
        Optional(json, "tilt_step"u8, limits.TiltStep);
        Optional(json, "power_min"u8, limits.PowerMin);
        Optional(json, "power_max"u8, limits.PowerMax);
        json.WriteEndObject();
    }

    /// <summary>A limit that was taken away is null.</summary>
    private static void Limit(Utf8JsonWriter json, ReadOnlySpan<byte> name, LimitValue limit)
    {
        if (limit.IsGiven)
        {
            json.NumberOrNull(name, limit.Value);
        }
    }

    private static void WritePci(Utf8JsonWriter json, PciSpec pci)
    {
        json.WriteStartObject("pci"u8);
        Optional(json, "cells"u8, (ulong?)pci.Cells);
        if (pci.Relations is { } relations)
        {
            WriteRelations(json, "relations"u8, relations);
        }
        OptionalNumbers(json, "weights"u8, pci.Weights);
        if (pci.Values is { } values)
        {
            WriteCounts(json, "values"u8, values);
        }
        else if (pci.ValueCount is { } count)
        {
            json.WriteStartObject("values"u8);
            json.WriteNumber("count"u8, count);
            json.WriteEndObject();
        }
        if (pci.Present is { } present)
        {
            WriteCounts(json, "present"u8, present);
        }
        json.WriteBoolean("confusion"u8, pci.Confusion);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
        {
            json.WriteNumberValue(value);
        }
        json.WriteEndArray();
    }

    private static void WriteRelations(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<int> relations)
    {
        if (relations.Length % 2 != 0)
        {
            throw new ArgumentException($"{relations.Length} numbers are no pairs", nameof(relations));
        }
        json.WriteStartArray(name);
        for (int i = 0; i < relations.Length; i += 2)
        {
            json.WriteStartArray();
            json.WriteNumberValue(relations[i]);
            json.WriteNumberValue(relations[i + 1]);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void WriteSlices(Utf8JsonWriter json, SlicesSpec slices)
    {
        json.WriteStartObject("slices"u8);
        Optional(json, "bandwidth_mhz"u8, slices.BandwidthMHz);
        json.WriteString("objective"u8, slices.Objective == SliceObjective.Delay ? "delay"u8 : "proportional_fair"u8);
        json.Number("step_percent"u8, slices.StepPercent);
        json.WriteStartArray("list"u8);
        foreach (SliceSpec slice in slices.List)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, slice.Name);
            Optional(json, "demand_mbps"u8, slice.DemandMbps);
            json.Number("spectral_efficiency"u8, slice.SpectralEfficiency);
            json.Number("weight"u8, slice.Weight);
            json.Number("min_share"u8, slice.MinShare);
            json.Number("max_share"u8, slice.MaxShare);
            Optional(json, "min_rate_mbps"u8, slice.MinRateMbps);
            Optional(json, "share"u8, slice.Share);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMobility(Utf8JsonWriter json, MobilitySpec mobility)
    {
        json.WriteStartObject("mobility"u8);
        if (mobility.Traces is { } traces)
        {
            json.WriteStartArray("traces"u8);
            foreach (MobilityTrace trace in traces)
            {
                json.WriteStartArray();
                WriteRows(json, trace.RsrpDbm, trace.Cells);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        json.WriteNumber("users"u8, mobility.Users);
        json.Numbers("speed_kmh"u8, mobility.SpeedsKmh);
        json.Number("duration_s"u8, mobility.DurationS);
        json.Number("step_ms"u8, mobility.StepMs);
        json.WriteNumber("seed"u8, mobility.Seed);
        json.Number("shadow_db"u8, mobility.ShadowDb);
        json.Number("decorrelation_m"u8, mobility.DecorrelationM);
        json.Number("fading_db"u8, mobility.FadingDb);
        json.Number("filter_k"u8, mobility.FilterK);
        json.Number("noise_dbm"u8, mobility.NoiseDbm);
        json.Number("load"u8, mobility.Load);
        json.Number("qout_db"u8, mobility.QoutDb);
        json.Number("qin_db"u8, mobility.QinDb);
        json.Number("t310_ms"u8, mobility.T310Ms);
        json.Number("execution_ms"u8, mobility.ExecutionMs);
        json.Number("reestablishment_ms"u8, mobility.ReestablishmentMs);
        json.Number("min_stay_ms"u8, mobility.MinStayMs);
        WriteHandoverMembers(json, mobility);
        json.WriteEndObject();
    }

    private static void WriteHandoverMembers(Utf8JsonWriter json, MobilitySpec mobility)
    {
        json.WriteStartObject("weights"u8);
        json.Number("too_late"u8, mobility.TooLateWeight);
        json.Number("too_early"u8, mobility.TooEarlyWeight);
        json.Number("wrong_cell"u8, mobility.WrongCellWeight);
        json.Number("ping_pong"u8, mobility.PingPongWeight);
        json.Number("handover"u8, mobility.HandoverWeight);
        json.WriteEndObject();
        json.WriteStartObject("present"u8);
        json.Number("a3_offset_db"u8, mobility.Present.A3OffsetDb);
        json.Number("hysteresis_db"u8, mobility.Present.HysteresisDb);
        json.Number("time_to_trigger_ms"u8, mobility.Present.TimeToTriggerMs);
        json.WriteEndObject();
        json.WriteBoolean("per_cell"u8, mobility.PerCell);
        WriteRelations(json, "cio_relations"u8, mobility.CioRelations);
        OptionalNumbers(json, "cio_values"u8, mobility.CioValues);
        OptionalNumbers(json, "cio_present"u8, mobility.CioPresent);
    }

    internal static ReadOnlySpan<byte> Word(SonProblemType type) => type switch
    {
        SonProblemType.Cco => "CCO"u8,
        SonProblemType.Mlb => "MLB"u8,
        SonProblemType.Mro => "MRO"u8,
        SonProblemType.Es => "ES"u8,
        SonProblemType.Pci => "PCI"u8,
        _ => "SLICE"u8,
    };
}
