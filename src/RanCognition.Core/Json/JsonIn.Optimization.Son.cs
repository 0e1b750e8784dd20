using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What the problem types of self-organising networks take beside a network.
public static partial class JsonIn
{
    private static SonProblemType ReadSonProblemType(ref JsonCursor json)
    {
        string word = json.String();
        switch (word)
        {
            case "CCO": return SonProblemType.Cco;
            case "MLB": return SonProblemType.Mlb;
            case "MRO": return SonProblemType.Mro;
            case "ES": return SonProblemType.Es;
            case "PCI": return SonProblemType.Pci;
            case "SLICE": return SonProblemType.Slice;
            default:
                RefuseWord(ref json, word, "CCO, MLB, MRO, ES, PCI or SLICE");
                return default;
        }
    }

    /// <summary>Here null says something: no constraint.</summary>
    private static SonLimits ReadSonLimits(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object of limits");
        SonLimits limits = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "max_load": limits = limits with { MaxLoad = LimitValue.Of(json.OptionalNumber(0)) }; break;
                case "coverage_loss": limits = limits with { CoverageLoss = LimitValue.Of(json.OptionalNumber()) }; break;
                case "p5_loss": limits = limits with { P5Loss = LimitValue.Of(json.OptionalNumber()) }; break;
                case "cio_values": limits = limits with { CioValues = ReadOffsets(ref json) }; break;
                case "tilt_min": limits = limits with { TiltMin = json.OptionalNumber(0, 180) }; break;
                case "tilt_max": limits = limits with { TiltMax = json.OptionalNumber(0, 180) }; break;
                case "tilt_step": limits = limits with { TiltStep = json.OptionalPositive() }; break;
                case "power_min": limits = limits with { PowerMin = json.OptionalNumber(-DecibelsMax, DecibelsMax) }; break;
                case "power_max": limits = limits with { PowerMax = json.OptionalNumber(-DecibelsMax, DecibelsMax) }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return limits;
    }

    /// <summary>At least one cell individual offset, dB; null where there are none.</summary>
    private static double[]? ReadOffsets(ref JsonCursor json)
    {
        if (json.IsNull)
        {
            return null;
        }
        double[] offsets = json.NumbersWithin(OptimizationLimits.LevelsMax, -DecibelsMax, DecibelsMax);
        RefuseEmpty(ref json, offsets.Length, "offset");
        return offsets;
    }

    private static PciSpec ReadPci(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with relations");
        PciSpec pci = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            bool isNull = json.IsNull;
            switch (name)
            {
                case "cells": pci = pci with { Cells = json.OptionalCount(1, OptimizationLimits.CellsMax) }; break;
                case "relations": pci = pci with { Relations = ReadRelations(ref json) }; break;
                case "weights": pci = pci with { Weights = isNull ? null : json.NumbersWithin(OptimizationLimits.RelationsMax, 0) }; break;
                case "values" when json.Token == JsonTokenType.StartObject: pci = pci with { ValueCount = ReadValueCount(ref json, ignored) }; break;
                case "values": pci = pci with { Values = isNull ? null : ReadIdentities(ref json) }; break;
                case "present": pci = pci with { Present = isNull ? null : json.CountsWithin(OptimizationLimits.CellsMax, 0, OptimizationLimits.PciMax) }; break;
                case "confusion": pci = pci with { Confusion = json.OptionalBoolean() ?? pci.Confusion }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return pci;
    }

    private static int[]? ReadRelations(ref JsonCursor json) => json.IsNull ? null : json.Pairs(OptimizationLimits.RelationsMax, 1, OptimizationLimits.CellsMax);

    private static int[] ReadIdentities(ref JsonCursor json)
    {
        int[] values = json.CountsWithin(OptimizationLimits.PciMax + 1, 0, OptimizationLimits.PciMax);
        RefuseEmpty(ref json, values.Length, "identity");
        return values;
    }

    /// <summary>{"count":8}</summary>
    private static int ReadValueCount(ref JsonCursor json, List<IgnoredField> ignored)
    {
        int? count = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name == "count")
            {
                count = json.OptionalCount(1, OptimizationLimits.PciMax + 1);
            }
            else
            {
                json.Ignore(ignored, Unknown);
            }
            json.LeaveField();
        }
        return count ?? (int)Missing(ref json, "count");
    }

    /// <summary>An array of slices, or an object with list.</summary>
    private static SlicesSpec ReadSlices(ref JsonCursor json, List<IgnoredField> ignored)
    {
        if (json.Token != JsonTokenType.StartObject)
        {
            return new SlicesSpec { List = ReadSliceList(ref json, ignored) };
        }
        SlicesSpec slices = new() { List = [] };
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "list": slices = slices with { List = ReadSliceList(ref json, ignored) }; break;
                case "bandwidth_mhz": slices = slices with { BandwidthMHz = json.OptionalPositive() }; break;
                case "objective": slices = json.IsNull ? slices : slices with { Objective = ReadSliceObjective(ref json) }; break;
                case "step_percent": slices = slices with { StepPercent = json.OptionalNumber(0, 100) ?? slices.StepPercent }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (slices.List.Count == 0)
        {
            Missing(ref json, "list");
        }
        return slices;
    }

    private static SliceObjective ReadSliceObjective(ref JsonCursor json)
    {
        string word = json.String();
        if (word is not ("proportional_fair" or "delay"))
        {
            RefuseWord(ref json, word, "proportional_fair or delay");
        }
        return word == "delay" ? SliceObjective.Delay : SliceObjective.ProportionalFair;
    }

    private static List<SliceSpec> ReadSliceList(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of slices");
        List<SliceSpec> slices = [];
        while (json.NextElement(slices.Count))
        {
            RefuseMore(ref json, slices.Count, OptimizationLimits.SlicesMax, "slices");
            slices.Add(ReadSlice(ref json, ignored));
            json.LeaveElement();
        }
        RefuseEmpty(ref json, slices.Count, "slice");
        return slices;
    }

    private static SliceSpec ReadSlice(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with name and spectral_efficiency");
        SliceSpec slice = new() { Name = "", SpectralEfficiency = 0 };
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "name": slice = slice with { Name = ReadKnobName(ref json) }; break;
                case "demand_mbps": slice = slice with { DemandMbps = json.OptionalNumber(0) }; break;
                case "spectral_efficiency": slice = slice with { SpectralEfficiency = json.OptionalPositive() ?? 0 }; break;
                case "weight": slice = slice with { Weight = json.OptionalNumber(0) ?? slice.Weight }; break;
                case "min_share": slice = slice with { MinShare = json.OptionalNumber(0, 1) ?? slice.MinShare }; break;
                case "max_share": slice = slice with { MaxShare = json.OptionalNumber(0, 1) ?? slice.MaxShare }; break;
                case "min_rate_mbps": slice = slice with { MinRateMbps = json.OptionalNumber(0) }; break;
                case "share": slice = slice with { Share = json.OptionalNumber(0, 1) }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (slice.Name.Length == 0 || slice.SpectralEfficiency == 0)
        {
            Missing(ref json, slice.Name.Length == 0 ? "name" : "spectral_efficiency");
        }
        return slice;
    }
}
