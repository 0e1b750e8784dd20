using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What a network does with its traffic: whether it carries it, each cell's load, and what users get.</summary>
internal static class NetworkSections
{
    private static readonly string[] Known =
    [
        "feasible", "critical_scale", "loads", "overloaded_cells", "throughput_mbps", "utility", "energy_w", "uncovered_share", "geometry_db", "coupling_loss_db", "iterations", "execution_time", "ignored",
    ];

    public static bool Recognises(JsonElement result) =>
        result.Member("feasible").ValueKind is JsonValueKind.True or JsonValueKind.False && result.Member("overloaded_cells").ValueKind == JsonValueKind.Array && result.Has("throughput_mbps");

    public static void Write(Page page, JsonElement result)
    {
        var loads = result.Numbers("loads");
        Answer(page, result, loads);
        Loads(page, loads, Overloaded(result, loads.Length));
        Users(page, result);
        TemporalSections.Ignored(page, result);
        GenericSections.Others(page, result, Known, "Other fields of the result");
    }

    private static void Answer(Page page, JsonElement result, double[] loads)
    {
        var html = page.Html;
        var isFeasible = result.Member("feasible").ValueKind == JsonValueKind.True;
        var overloaded = result.Count("overloaded_cells");
        html.Open("div", !isFeasible ? "answer bad" : overloaded > 0 ? "answer watch" : "answer good");
        html.Element("p", Sentence(isFeasible, overloaded, loads), "lead");
        if (Scale(result.Number("critical_scale"), isFeasible) is { Length: > 0 } scale)
        {
            html.Element("p", scale);
        }
        html.CloseLine();
        html.Open("dl", "facts");
        if (result.Has("energy_w"))
        {
            MemorySections.Fact(html, "Power drawn", Words.Number(result.Number("energy_w")) + "\u00A0W");
        }
        MemorySections.Fact(html, "Users without coverage", Words.Percent(result.Number("uncovered_share")));
        if (result.Has("utility"))
        {
            MemorySections.Fact(html, "Utility", Words.Number(result.Number("utility")));
        }
        MemorySections.Fact(html, "Iterations", Words.Number(result.Number("iterations")));
        MemorySections.TimeFact(html, result);
        html.CloseLine();
    }

    private static string Sentence(bool isFeasible, int overloaded, double[] loads)
    {
        if (!isFeasible)
        {
            return "The network cannot carry this traffic: no finite load of its cells exists.";
        }
        var top = -1;
        for (var i = 0; i < loads.Length; i++)
        {
            top = !double.IsNaN(loads[i]) && (top < 0 || loads[i] > loads[top]) ? i : top;
        }
        var largest = top < 0 ? "" : $"the largest load is {Words.Percent(loads[top])}, of cell {top.ToString(CultureInfo.InvariantCulture)}";
        return overloaded > 0
            ? $"{Words.Count(overloaded, "cell is", "cells are")} overloaded" + (largest.Length > 0 ? ": " + largest : "") + "."
            : "The network carries its traffic" + (largest.Length > 0 ? ": " + largest : "") + ".";
    }

    /// <summary>How much traffic the network could carry; empty when it is not known.</summary>
    public static string Scale(double scale, bool isFeasible) => double.IsNaN(scale) ? ""
        : isFeasible ? $"A finite load exists up to {Words.Number(scale)} times this traffic." : $"A finite load exists only below {Words.Number(scale)} times this traffic.";

    private static HashSet<int> Overloaded(JsonElement result, int cells)
    {
        var overloaded = new HashSet<int>();
        foreach (var cell in result.Numbers("overloaded_cells"))
        {
            if (cell >= 0 && cell < cells)
            {
                overloaded.Add((int)cell);
            }
        }
        return overloaded;
    }

    /// <summary>The load of each cell as a bar, those that are overloaded marked.</summary>
    public static void Loads(Page page, double[] loads, HashSet<int> overloaded)
    {
        if (loads.Length == 0)
        {
            return;
        }
        double top = 1;
        foreach (var load in loads)
        {
            top = PlainPlot.IsDrawable(load) ? Math.Max(top, load) : top;
        }
        var html = page.Html;
        page.Section("loads", "Loads");
        var table = new HtmlTable(html, "Load of each cell, most loaded first; cells count from 0" + (top > 1 ? $"; a whole bar is {Words.Percent(top)}" : ""), "stack sortable", "Cell", "Load", "State");
        var shown = 0;
        foreach (var cell in MostLoadedFirst(loads))
        {
            var load = loads[cell];
            table.BeginRow();
            table.Head(cell.ToString(CultureInfo.InvariantCulture));
            table.OpenCell(1, "number measured", load);
            html.Text(Words.Percent(load) + " ");
            Bars.Share(html, load / top);
            html.Close();
            table.OpenCell(2);
            TemporalSections.Chip(html, overloaded.Contains(cell) ? Standing.Bad : load >= 0 ? Standing.Good : Standing.Unknown, overloaded.Contains(cell) ? "overloaded" : load >= 0 ? "carried" : "not known");
            html.Close();
            table.EndRow();
            shown++;
        }
        table.End();
        page.More(loads.Length, shown, "cells, less loaded than these,");
        html.CloseLine();
    }

    /// <summary>The cells that have a row; those of equal load in their order, those of none last.</summary>
    private static int[] MostLoadedFirst(double[] loads)
    {
        var cells = new int[loads.Length];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            cells[cell] = cell;
        }
        Array.Sort(cells, (one, other) =>
            (double.IsNaN(loads[other]) ? -1 : loads[other]).CompareTo(double.IsNaN(loads[one]) ? -1 : loads[one]) is var order && order != 0 ? order : one.CompareTo(other));
        return cells[..Math.Min(cells.Length, Page.RowsMax)];
    }

    private static void Users(Page page, JsonElement result)
    {
        var html = page.Html;
        page.Section("users", "What users get");
        var table = new HtmlTable(html, "Shares of the users by their weight: so many have this value or less", "stack", "Measure", "5 %", "50 %", "95 %", "Mean");
        foreach (var (member, name) in (ReadOnlySpan<(string, string)>)[("throughput_mbps", "Throughput (Mbit/s)"), ("geometry_db", "Geometry: SINR with all cells that are on at full load (dB)"), ("coupling_loss_db", "Coupling loss (dB)")])
        {
            var values = result.Member(member);
            table.BeginRow();
            table.Head(name);
            table.Cell(1, Words.Number(values.Number("p5")), "number");
            table.Cell(2, Words.Number(values.Number("p50")), "number");
            table.Cell(3, Words.Number(values.Number("p95")), "number");
            table.Cell(4, Words.Number(values.Number("mean")), "number");
            table.EndRow();
        }
        table.End();
        html.CloseLine();
    }
}
