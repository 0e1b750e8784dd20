using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>How much each model of a loop counts in its mixture, as bars.</summary>
internal static class WeightSections
{
    /// <summary>Weights by the names of the models; nothing without models.</summary>
    public static void Write(Page page, List<JsonProperty> members)
    {
        if (members.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("weights", "How much each model counts");
        var table = new HtmlTable(html, "Weight of each model in the mixture, largest first; together they are 100 %", "stack sortable", "Model", "Weight");
        foreach (var place in HeaviestFirst(members))
        {
            var weight = members[place].Value.AsNumber();
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(members[place].SafeName(), StrangeLoopSections.NameMax)).Close();
            table.OpenCell(1, "number measured", weight);
            html.Text(double.IsNaN(weight) ? "not known" : Words.Percent(weight) + " ");
            Bars.Share(html, weight);
            html.Close();
            table.EndRow();
        }
        table.End();
        page.More(members.Count, Page.RowsMax, "models");
        html.CloseLine();
    }

    /// <summary>The models that have a row; those of equal weight in their order, those of none last.</summary>
    private static int[] HeaviestFirst(List<JsonProperty> members)
    {
        var weights = new double[members.Count];
        var places = new int[members.Count];
        for (var i = 0; i < places.Length; i++)
        {
            weights[i] = members[i].Value.AsNumber() is var weight && double.IsNaN(weight) ? -1 : weight;
            places[i] = i;
        }
        Array.Sort(places, (one, other) => weights[other].CompareTo(weights[one]) is var order && order != 0 ? order : one.CompareTo(other));
        return places[..Math.Min(places.Length, Page.RowsMax)];
    }
}
