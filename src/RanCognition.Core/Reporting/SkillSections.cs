using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Which action worked in which situation: best first, as the result has them.</summary>
internal static class SkillSections
{
    private const int MetricsMax = 12, IdsMax = 100;

    public static void Write(Page page, JsonElement result)
    {
        var html = page.Html;
        var skills = result.Objects("skills");
        html.Open("div", "answer unknown").Element("p", Sentence(skills), "lead").CloseLine();
        html.Open("dl", "facts");
        MemorySections.Fact(html, "Skills", skills.Count.ToString(CultureInfo.InvariantCulture));
        MemorySections.TimeFact(html, result);
        html.CloseLine();
        if (skills.Count == 0)
        {
            return;
        }
        page.Section("skills", "Skills");
        var table = new HtmlTable(html, "Actions and the situations they were done in; the bar is from 0 to 100 % success", "stack sortable", "Action", "Situation (medians)", "Episodes", "Success (interval)", "Mean reward");
        var shown = 0;
        foreach (var skill in skills.Take(Page.RowsMax))
        {
            if (html.IsFull)
            {
                break;
            }
            shown++;
            Row(html, table, skill);
        }
        table.End();
        page.More(skills.Count, shown, "skills");
        html.Element("p", "The interval is Wilson's for the share of successes, at the coverage that was asked for (95 % when none was). Few episodes make it wide: a high share of few says little.", "note");
        html.CloseLine();
    }

    private static string Sentence(List<JsonElement> skills)
    {
        if (skills.Count == 0)
        {
            return "No action was done often enough in like situations to be called a skill.";
        }
        var best = skills[0];
        var done = ActionOf(best);
        var rate = best.Number("success_rate");
        return double.IsNaN(rate)
            ? $"Best: {done}, over {Words.Number(best.Number("count"))} episodes whose success is not known."
            : $"Best: {done} succeeded in {Words.Percent(rate)} of its episodes (interval {Words.Percent(best.Number("lower"))} to {Words.Percent(best.Number("upper"))}).";
    }

    private static string ActionOf(JsonElement skill) => EpisodeCard.Changes(skill) is { Count: > 0 } changes ? Words.Cut(string.Join("; ", changes), 300) : "no change";

    private static void Row(HtmlWriter html, HtmlTable table, JsonElement skill)
    {
        table.BeginRow();
        table.OpenHead();
        html.Text(ActionOf(skill));
        if (skill.Count("episodes") > 0)
        {
            html.Open("details", "more ids").Element("summary", "Episodes")
                .Element("p", string.Join(", ", skill.Member("episodes").EnumerateArray().Take(IdsMax).Select(id => Words.Cut(id.AsText(), 40)))).Close();
        }
        html.Close();
        table.OpenCell(1);
        var situation = EpisodeCard.NumbersOf(skill, "situation");
        if (situation.Count > 0)
        {
            html.Open("ul", "plain");
            foreach (var (name, value) in situation.Take(MetricsMax))
            {
                html.Open("li").BreakableText(Words.Cut(name, 120)).Text(" " + Words.Number(value)).Close();
            }
            if (situation.Count > MetricsMax)
            {
                html.Element("li", $"and {Words.Count(situation.Count - MetricsMax, "other metric")}", "note");
            }
            html.Close();
        }
        html.Close();
        table.Cell(2, Words.Number(skill.Number("count")), "number", skill.Number("count"));
        double rate = skill.Number("success_rate"), lower = skill.Number("lower"), upper = skill.Number("upper");
        table.OpenCell(3, "number measured", rate);
        html.Text(double.IsNaN(rate) ? "not known" : $"{Words.Percent(rate)} ({Words.Percent(lower)} to {Words.Percent(upper)}) ");
        if (!double.IsNaN(rate))
        {
            Bars.Range(html, rate, lower, upper, 0, 1);
        }
        html.Close();
        table.Cell(4, Words.Number(skill.Number("mean_reward")), "number", skill.Number("mean_reward"));
        table.EndRow();
    }
}
