using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// A network, as JsonIn reads it.
public static partial class JsonOut
{
    internal static void WriteNetworkModel(Utf8JsonWriter json, NetworkModel network)
    {
        ArgumentNullException.ThrowIfNull(network.Propagation);
        ArgumentNullException.ThrowIfNull(network.Antenna);
        ArgumentNullException.ThrowIfNull(network.Energy);
        json.WriteStartObject();
        WriteLayout(json, network.Layout);
        json.WriteStartObject("propagation"u8);
        json.WriteString("model"u8, network.Propagation.Model == PropagationModel.UrbanMacro ? "UMa"u8 : "UMi"u8);
        json.Number("frequency_ghz"u8, network.Propagation.FrequencyGHz);
        json.WriteNumber("seed"u8, network.Propagation.Seed);
        json.WriteBoolean("shadowing"u8, network.Propagation.Shadowing);
        json.WriteEndObject();
        WriteUsers(json, network);
        json.WriteStartObject("antenna"u8);
        json.WriteString("model"u8, Word(network.Antenna.Model));
        json.WriteNumber("rows"u8, network.Antenna.Rows);
        json.WriteEndObject();
        json.Number("bandwidth_mhz"u8, network.BandwidthMHz);
        json.Number("noise_figure_db"u8, network.NoiseFigureDb);
        json.WriteStartObject("efficiency"u8);
        json.Number("bandwidth"u8, network.BandwidthEfficiency);
        json.Number("sinr"u8, network.SinrEfficiency);
        json.WriteEndObject();
        json.Number("traffic_mbps"u8, network.TrafficMbps);
        WriteCells(json, network);
        json.WriteStartObject("energy"u8);
        json.Number("active_w"u8, network.Energy.ActiveW);
        json.Number("load_w"u8, network.Energy.LoadW);
        json.Number("sleep_w"u8, network.Energy.SleepW);
        json.WriteEndObject();
        json.Number("coverage_rsrp_dbm"u8, network.CoverageRsrpDbm);
        json.WriteEndObject();
    }

    private static void WriteLayout(Utf8JsonWriter json, LayoutSpec? layout)
    {
        if (layout is null)
        {
            return;
        }
        if (layout.List is { } sites)
        {
            WriteSites(json, sites);
            return;
        }
        json.WriteStartObject("layout"u8);
        json.WriteString("type"u8, "hexagonal"u8);
        json.WriteNumber("sites"u8, layout.Sites);
        json.Number("inter_site_distance_m"u8, layout.InterSiteDistanceM);
        json.WriteBoolean("wraparound"u8, layout.Wraparound);
        json.WriteEndObject();
    }

    private static void WriteUsers(Utf8JsonWriter json, NetworkModel network)
    {
        if (network.Users is { } users)
        {
            json.WriteStartObject("users"u8);
            json.WriteNumber("count"u8, users.Count);
            json.WriteNumber("seed"u8, users.Seed);
            json.Number("indoor_share"u8, users.IndoorShare);
            json.WriteEndObject();
        }
        if (network.Points is { } points)
        {
            json.WriteStartArray("points"u8);
            foreach (TrafficPoint point in points)
            {
                json.WriteStartObject();
                json.Number("x"u8, point.X);
                json.Number("y"u8, point.Y);
                json.Number("weight"u8, point.Weight);
                json.WriteBoolean("indoor"u8, point.Indoor);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (network.Links is { } links)
        {
            json.WriteStartObject("links"u8);
            WriteTable(json, "loss_db"u8, links.LossDb, links.Sites);
            WriteTable(json, "azimuth_deg"u8, links.AzimuthDeg, links.Sites);
            WriteTable(json, "zenith_deg"u8, links.ZenithDeg, links.Sites);
            if (links.Weights is { } weights)
            {
                json.Numbers("weights"u8, weights);
            }
            json.WriteEndObject();
        }
    }

    private static void WriteCells(Utf8JsonWriter json, NetworkModel network)
    {
        if (network.Cells is { } cells)
        {
            json.WriteStartArray("cells"u8);
            foreach (CellSpec cell in cells)
            {
                WriteCell(json, cell);
            }
            json.WriteEndArray();
        }
        if (network.Carriers is { } carriers)
        {
            json.WriteStartArray("carriers"u8);
            foreach (CarrierSpec carrier in carriers)
            {
                json.WriteStartObject();
                json.Number("frequency_ghz"u8, carrier.FrequencyGHz);
                json.Number("bandwidth_mhz"u8, carrier.BandwidthMHz);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    }

    private static void WriteCell(Utf8JsonWriter json, CellSpec cell)
    {
        json.WriteStartObject();
        Optional(json, "site"u8, (ulong?)cell.Site);
        json.Number("azimuth_deg"u8, cell.AzimuthDeg);
        json.Number("tilt_deg"u8, cell.TiltDeg);
        json.Number("power_dbm"u8, cell.PowerDbm);
        json.WriteBoolean("on"u8, cell.On);
        json.Number("cio_db"u8, cell.CioDb);
        json.WriteNumber("carrier"u8, cell.Carrier);
        json.WriteEndObject();
    }

    /// <summary>Row-major numbers as an array of rows.</summary>
    private static void WriteTable(Utf8JsonWriter json, ReadOnlySpan<byte> name, double[] numbers, int columns)
    {
        json.WriteStartArray(name);
        WriteRows(json, numbers, columns);
        json.WriteEndArray();
    }

    private static void WriteRows(Utf8JsonWriter json, double[] numbers, int columns)
    {
        if (columns <= 0 || numbers.Length % columns != 0)
        {
            throw new ArgumentException($"{numbers.Length} numbers cannot be rows of {columns}", nameof(columns));
        }
        for (int row = 0; row < numbers.Length; row += columns)
        {
            json.WriteStartArray();
            foreach (double number in numbers.AsSpan(row, columns))
            {
                json.Number(number);
            }
            json.WriteEndArray();
        }
    }

    internal static ReadOnlySpan<byte> Word(AntennaModel model) => model switch
    {
        AntennaModel.Omni => "omni"u8,
        AntennaModel.Tr36814 => "TR36814"u8,
        _ => "TR38901"u8,
    };
}
