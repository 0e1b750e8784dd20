using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// Where sites, cells and users of a network are.
public static partial class JsonIn
{
    private static LayoutSpec ReadLayout(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with type");
        LayoutSpec layout = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "type":
                    if (!json.IsNull && json.String() is not "hexagonal" and { } word)
                    {
                        RefuseWord(ref json, word, "hexagonal; other layouts are a list of sites beside layout");
                    }
                    break;
                case "sites": layout = layout with { Sites = ReadSiteCount(ref json) ?? layout.Sites }; break;
                case "inter_site_distance_m": layout = layout with { InterSiteDistanceM = json.OptionalPositive() ?? layout.InterSiteDistanceM }; break;
                case "wraparound": layout = layout with { Wraparound = json.OptionalBoolean() ?? layout.Wraparound }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return layout;
    }

    private static int? ReadSiteCount(ref JsonCursor json)
    {
        ulong? count = OptionalWhole(ref json);
        if (count is not (null or 1 or 7 or 19))
        {
            json.RefuseValue($"{count}, must be 1, 7 or 19");
        }
        return (int?)count;
    }

    private static List<SiteSpec> ReadSites(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of sites");
        List<SiteSpec> sites = [];
        while (json.NextElement(sites.Count))
        {
            RefuseMore(ref json, sites.Count, OptimizationLimits.SitesMax, "sites");
            sites.Add(ReadSite(ref json, ignored));
            json.LeaveElement();
        }
        RefuseEmpty(ref json, sites.Count, "site");
        return sites;
    }

    private static SiteSpec ReadSite(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with x and y");
        double? x = null;
        double? y = null;
        double? height = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "x": x = ReadCoordinate(ref json); break;
                case "y": y = ReadCoordinate(ref json); break;
                case "height_m": height = json.OptionalPositive(); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return new SiteSpec(x ?? Missing(ref json, "x"), y ?? Missing(ref json, "y"), height);
    }

    private static double? ReadCoordinate(ref JsonCursor json) => json.OptionalNumber(-OptimizationLimits.CoordinateMax, OptimizationLimits.CoordinateMax);

    private static UsersSpec ReadUsers(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with count");
        UsersSpec users = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "count": users = users with { Count = json.OptionalCount(1, OptimizationLimits.UsersMax) ?? users.Count }; break;
                case "seed": users = users with { Seed = OptionalWhole(ref json) ?? 0 }; break;
                case "indoor_share": users = users with { IndoorShare = json.OptionalNumber(0, 1) ?? users.IndoorShare }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return users;
    }

    private static TrafficPoint[] ReadPoints(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of points");
        TrafficPoint[] points = new TrafficPoint[16];
        int count = 0;
        while (json.NextElement(count))
        {
            RefuseMore(ref json, count, OptimizationLimits.UsersMax, "points");
            if (count == points.Length)
            {
                Array.Resize(ref points, 2 * count);
            }
            points[count++] = ReadPoint(ref json, ignored);
            json.LeaveElement();
        }
        RefuseEmpty(ref json, count, "point");
        Array.Resize(ref points, count);
        return points;
    }

    private static TrafficPoint ReadPoint(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with x and y");
        double? x = null;
        double? y = null;
        double weight = 1;
        bool indoor = false;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "x": x = ReadCoordinate(ref json); break;
                case "y": y = ReadCoordinate(ref json); break;
                case "weight": weight = json.OptionalNumber(0) ?? weight; break;
                case "indoor": indoor = json.OptionalBoolean() ?? indoor; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return new TrafficPoint(x ?? Missing(ref json, "x"), y ?? Missing(ref json, "y"), weight, indoor);
    }

    private static List<CellSpec> ReadCells(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of cells");
        List<CellSpec> cells = [];
        while (json.NextElement(cells.Count))
        {
            RefuseMore(ref json, cells.Count, OptimizationLimits.CellsMax, "cells");
            cells.Add(ReadCell(ref json, ignored));
            json.LeaveElement();
        }
        RefuseEmpty(ref json, cells.Count, "cell");
        return cells;
    }

    private static CellSpec ReadCell(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with azimuth_deg, tilt_deg and power_dbm");
        CellSpec cell = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "site": cell = cell with { Site = json.OptionalCount(0, OptimizationLimits.SitesMax - 1) }; break;
                case "azimuth_deg": cell = cell with { AzimuthDeg = json.OptionalNumber(-AzimuthMax, AzimuthMax) ?? cell.AzimuthDeg }; break;
                case "tilt_deg": cell = cell with { TiltDeg = json.OptionalNumber(0, 180) ?? cell.TiltDeg }; break;
                case "power_dbm": cell = cell with { PowerDbm = json.OptionalNumber(-DecibelsMax, DecibelsMax) ?? cell.PowerDbm }; break;
                case "on": cell = cell with { On = json.OptionalBoolean() ?? cell.On }; break;
                case "cio_db": cell = cell with { CioDb = json.OptionalNumber(-DecibelsMax, DecibelsMax) ?? cell.CioDb }; break;
                case "carrier": cell = cell with { Carrier = json.OptionalCount(0, OptimizationLimits.CarriersMax - 1) ?? cell.Carrier }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return cell;
    }

    private static List<CarrierSpec> ReadCarriers(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of carriers");
        List<CarrierSpec> carriers = [];
        while (json.NextElement(carriers.Count))
        {
            RefuseMore(ref json, carriers.Count, OptimizationLimits.CarriersMax, "carriers");
            carriers.Add(ReadCarrier(ref json, ignored));
            json.LeaveElement();
        }
        RefuseEmpty(ref json, carriers.Count, "carrier");
        return carriers;
    }

    private static CarrierSpec ReadCarrier(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with frequency_ghz and bandwidth_mhz");
        double? frequency = null;
        double? bandwidth = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "frequency_ghz": frequency = ReadFrequency(ref json); break;
                case "bandwidth_mhz": bandwidth = json.OptionalPositive(); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return new CarrierSpec(frequency ?? Missing(ref json, "frequency_ghz"), bandwidth ?? Missing(ref json, "bandwidth_mhz"));
    }
}
