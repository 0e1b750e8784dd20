using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>The map of a network before and after, side by side, and its cells as a table.</summary>
internal static class NetworkMapSections
{
    public static void Write(Page page, JsonElement map)
    {
        var cells = map.Objects("cells");
        if (cells.Count == 0 && map.Count("users") == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("map", "The network before and after");
        var drawing = new NetworkDrawing(map);
        if (drawing.HasPlaces)
        {
            html.Open("div", "pair");
            drawing.Write(html, isAfter: false);
            drawing.Write(html, isAfter: true);
            html.CloseLine();
            drawing.WriteKey(html);
            page.More(cells.Count, NetworkDrawing.CellsMax, "cells");
        }
        Rates(html, map);
        Cells(page, cells);
        html.CloseLine();
    }

    private static void Rates(HtmlWriter html, JsonElement map)
    {
        var users = map.Objects("users");
        if (users.Count == 0)
        {
            return;
        }
        var table = new HtmlTable(html, $"Rates of {Words.Count(users.Count, "user")} of the map, each counted once, in Mbit/s", "stack", "Moment", "5 % have at most", "50 % have at most", "Mean", "Not known");
        foreach (var (member, name) in (ReadOnlySpan<(string, string)>)[("rate_mbps_before", "Before"), ("rate_mbps_after", "After")])
        {
            var rates = NetworkDrawing.Ascending(users, member);
            table.BeginRow();
            table.Head(name);
            table.Cell(1, Words.Number(NetworkDrawing.Share(rates, 0.05)), "number");
            table.Cell(2, Words.Number(NetworkDrawing.Share(rates, 0.5)), "number");
            table.Cell(3, Words.Number(NetworkDrawing.Mean(rates)), "number");
            table.Cell(4, (users.Count - rates.Length).ToString(CultureInfo.InvariantCulture), "number");
            table.EndRow();
        }
        table.End();
    }

    private static void Cells(Page page, List<JsonElement> cells)
    {
        if (cells.Count == 0)
        {
            return;
        }
        var html = page.Html;
        html.Open("details", "more").Element("summary", "The cells as numbers").Open("div", "scroll", ("tabindex", "0"), ("role", "group"), ("aria-label", "Cells of the map"));
        var table = new HtmlTable(html, "Cells that change come first; sites count from 0; tilt is the zenith angle of the beam", "records sortable",
            "Cell", "Site", "Azimuth (°)", "Tilt before (°)", "Tilt after (°)", "Power before (dBm)", "Power after (dBm)", "State before", "State after", "Load before", "Load after");
        var shown = 0;
        for (var place = 0; place < 2 * cells.Count && shown < Page.RowsMax; place++)
        {
            // All cells twice: those that change, then those that do not.
            var index = place % cells.Count;
            var cell = cells[index];
            if (NetworkDrawing.IsChanged(cell) != (place < cells.Count))
            {
                continue;
            }
            var column = 0;
            table.BeginRow();
            table.Head(OptimizationSections.CellName(index));
            foreach (var name in (ReadOnlySpan<string>)["site", "azimuth_deg", "tilt_deg_before", "tilt_deg_after", "power_dbm_before", "power_dbm_after"])
            {
                table.Cell(++column, Words.Number(cell.Number(name)), "number", cell.Number(name));
            }
            table.Cell(++column, State(cell.Member("on_before")));
            table.Cell(++column, State(cell.Member("on_after")));
            table.Cell(++column, Words.Percent(cell.Number("load_before")), "number", cell.Number("load_before"));
            table.Cell(++column, Words.Percent(cell.Number("load_after")), "number", cell.Number("load_after"));
            table.EndRow();
            shown++;
        }
        table.End();
        html.Close();
        page.More(cells.Count, shown, "cells");
        html.CloseLine();
    }

    private static string State(JsonElement on) => on.ValueKind switch { JsonValueKind.True => "on", JsonValueKind.False => "off", _ => Words.None };
}
