using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    private const double DecibelsMax = OptimizationLimits.DecibelsMax;

    /// <summary>A radio network and its traffic.</summary>
    public static NetworkModel NetworkModel(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        List<IgnoredField> ignored = [];
        NetworkModel network = ReadNetwork(ref json, ignored);
        json.End();
        return network with { Ignored = ignored };
    }

    internal static NetworkModel ReadNetwork(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        NetworkModel network = new();
        string? place = null;   // layout or sites, whichever was given
        string? users = null;   // users, points or links
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (!json.IsNull)
            {
                if (name is "layout" or "sites")
                {
                    OnlyOneOf(ref json, ref place, name);
                }
                else if (name is "users" or "points" or "links")
                {
                    OnlyOneOf(ref json, ref users, name);
                }
            }
            network = ReadNetworkMember(ref json, name, network, ignored);
            json.LeaveField();
        }
        return network;
    }

    private static void OnlyOneOf(ref JsonCursor json, ref string? given, string name)
    {
        if (given is not null)
        {
            json.RefuseValue($"{given} and {name} cannot both be given");
        }
        given = name;
    }

    private static NetworkModel ReadNetworkMember(ref JsonCursor json, string name, NetworkModel network, List<IgnoredField> ignored)
    {
        bool isNull = json.IsNull;
        switch (name)
        {
            case "layout": return isNull ? network : network with { Layout = ReadLayout(ref json, ignored) };
            case "sites": return isNull ? network : network with { Layout = new LayoutSpec { List = ReadSites(ref json, ignored) } };
            case "propagation": return isNull ? network : network with { Propagation = ReadPropagation(ref json, ignored) };
            case "users": return isNull ? network : network with { Users = ReadUsers(ref json, ignored) };
            case "points": return isNull ? network : network with { Points = ReadPoints(ref json, ignored) };
            case "links": return isNull ? network : network with { Links = ReadLinks(ref json, ignored) };
            case "antenna": return isNull ? network : network with { Antenna = ReadAntenna(ref json, ignored) };
            case "bandwidth_mhz": return network with { BandwidthMHz = json.OptionalPositive() ?? network.BandwidthMHz };
            case "noise_figure_db": return network with { NoiseFigureDb = json.OptionalNumber(-DecibelsMax, DecibelsMax) ?? network.NoiseFigureDb };
            case "efficiency": return isNull ? network : ReadEfficiency(ref json, network, ignored);
            case "traffic_mbps": return network with { TrafficMbps = json.OptionalNumber(0) ?? network.TrafficMbps };
            case "cells": return isNull ? network : network with { Cells = ReadCells(ref json, ignored) };
            case "carriers": return isNull ? network : network with { Carriers = ReadCarriers(ref json, ignored) };
            case "energy": return isNull ? network : network with { Energy = ReadEnergy(ref json, ignored) };
            case "coverage_rsrp_dbm": return network with { CoverageRsrpDbm = json.OptionalNumber(-DecibelsMax, DecibelsMax) ?? network.CoverageRsrpDbm };
            default:
                json.Ignore(ignored, Unknown);
                return network;
        }
    }

    private static PropagationSpec ReadPropagation(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with model");
        PropagationSpec propagation = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "model": propagation = json.IsNull ? propagation : propagation with { Model = ReadPropagationModel(ref json) }; break;
                case "frequency_ghz": propagation = propagation with { FrequencyGHz = ReadFrequency(ref json) ?? propagation.FrequencyGHz }; break;
                case "seed": propagation = propagation with { Seed = OptionalWhole(ref json) ?? 0 }; break;
                case "shadowing": propagation = propagation with { Shadowing = json.OptionalBoolean() ?? propagation.Shadowing }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return propagation;
    }

    private static double? ReadFrequency(ref JsonCursor json) => json.OptionalNumber(0.5, 100);

    private static PropagationModel ReadPropagationModel(ref JsonCursor json)
    {
        string word = json.String();
        if (word is not ("UMa" or "UMi"))
        {
            RefuseWord(ref json, word, "UMa or UMi");
        }
        return word == "UMa" ? PropagationModel.UrbanMacro : PropagationModel.UrbanMicro;
    }

    private static AntennaSpec ReadAntenna(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with model");
        AntennaSpec antenna = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "model": antenna = json.IsNull ? antenna : antenna with { Model = ReadAntennaModel(ref json) }; break;
                case "rows": antenna = antenna with { Rows = json.OptionalCount(1, OptimizationLimits.AntennaRowsMax) ?? antenna.Rows }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return antenna;
    }

    private static AntennaModel ReadAntennaModel(ref JsonCursor json)
    {
        string word = json.String();
        switch (word)
        {
            case "TR38901": return AntennaModel.Tr38901;
            case "TR36814": return AntennaModel.Tr36814;
            case "omni": return AntennaModel.Omni;
            default:
                RefuseWord(ref json, word, "TR38901, TR36814 or omni");
                return default;
        }
    }

    private static NetworkModel ReadEfficiency(ref JsonCursor json, NetworkModel network, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with bandwidth and sinr");
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "bandwidth": network = network with { BandwidthEfficiency = json.OptionalPositive() ?? network.BandwidthEfficiency }; break;
                case "sinr": network = network with { SinrEfficiency = json.OptionalPositive() ?? network.SinrEfficiency }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return network;
    }

    private static EnergySpec ReadEnergy(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with active_w, load_w and sleep_w");
        EnergySpec energy = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "active_w": energy = energy with { ActiveW = json.OptionalNumber(0) ?? energy.ActiveW }; break;
                case "load_w": energy = energy with { LoadW = json.OptionalNumber(0) ?? energy.LoadW }; break;
                case "sleep_w": energy = energy with { SleepW = json.OptionalNumber(0) ?? energy.SleepW }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return energy;
    }
}
