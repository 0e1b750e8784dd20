using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Commands that a core keeps until they end, and the groups of parameters that it knows.</summary>
internal static class KeptCommandSections
{
    public static void Write(Page page, JsonElement result)
    {
        Commands(page, result.Objects("live_commands"), result.Numbers("live_places"));
        Groups(page, result.Objects("groups"));
    }

    private static void Commands(Page page, List<JsonElement> commands, double[] places)
    {
        if (commands.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("commands", "Commands that are kept");
        var table = new HtmlTable(html, "Commands that later ones are compared with, until they end", "stack sortable", "Function", "Place", "Command", "Parameter", "Value", "Cell", "From", "For");
        var shown = Math.Min(commands.Count, Page.RowsMax);
        for (var i = 0; i < shown; i++)
        {
            var command = commands[i];
            var place = i < places.Length ? places[i] : double.NaN;
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(command.Text("source"), StrangeLoopSections.NameMax)).Close();
            table.Cell(1, Words.Number(place), "number", place);
            Named(html, table, 2, command, "command");
            Named(html, table, 3, command, "targetParameter");
            Named(html, table, 4, command, "targetValue");
            Named(html, table, 5, command, "targetCell");
            table.OpenCell(6, "number", command.Text("timestamp"));
            html.Text(Words.Time(command.Nanoseconds("timestamp"))).Close();
            table.Cell(7, Words.Duration(command.Number("controlTimespan")), "number", command.Number("controlTimespan"));
            table.EndRow();
        }
        table.End();
        page.More(commands.Count, shown, "commands");
        html.CloseLine();
    }

    private static void Groups(Page page, List<JsonElement> groups)
    {
        if (groups.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("groups", "Groups of parameters");
        var table = new HtmlTable(html, "Parameters of one group work on the same thing", "stack sortable", "Group", "Parameters");
        foreach (var group in groups.Take(Page.RowsMax))
        {
            var parameters = group.Objects("parameters");
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(group.Text("groupName"), StrangeLoopSections.NameMax)).Close();
            table.OpenCell(1, null, parameters.Count.ToString(CultureInfo.InvariantCulture));
            html.Text(Words.Cut(string.Join(", ", parameters.Take(Page.RowsMax).Select(parameter => parameter.Text("parameterName"))), 1000)).Close();
            table.EndRow();
        }
        table.End();
        page.More(groups.Count, Page.RowsMax, "groups");
        html.CloseLine();
    }

    private static void Named(HtmlWriter html, HtmlTable table, int column, JsonElement command, string member)
    {
        table.OpenCell(column);
        html.BreakableText(command.Text(member) is { Length: > 0 } text ? Words.Cut(text, StrangeLoopSections.NameMax) : Words.None).Close();
    }
}
