using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>One loop of a state: what its row says, and what it can be found, filtered and sorted by.</summary>
internal sealed class LoopView
{
    private const int FindableMetricsMax = 20;

    private LoopView(JsonElement loop, int number)
    {
        Loop = loop;
        Number = number;
        Metrics = LoopReplySections.Members(loop.Member("metrics"));
        Name = loop.Text("loop_id") is { Length: > 0 } id ? Words.Cut(id, StrangeLoopSections.NameMax) : "Loop " + (number + 1).ToString(CultureInfo.InvariantCulture);
        List<CoverageView> held = [];
        foreach (var metric in Metrics)
        {
            held.Add(CoverageView.Of(metric.Value.Member("coverage")));
            Outcomes += metric.Value.Number("observations") is > 0 and var count ? count : 0;
            HasOpen |= metric.Value.Has("open");
            foreach (var change in metric.Value.Member("tuning").Objects("changes"))
            {
                Changes++;
                RolledBack += TuningSections.IsRollback(change) ? 1 : 0;
            }
        }
        Coverage = CoverageView.OfAll(held);
        Regret = RegretView.Of(loop.Member("experts").Member("regret"));
    }

    public JsonElement Loop { get; }

    /// <summary>Place in the state, from 0.</summary>
    public int Number { get; }

    public string Id => "loop-" + (Number + 1).ToString(CultureInfo.InvariantCulture);

    public string Name { get; }

    public List<JsonProperty> Metrics { get; }

    /// <summary>Of all metrics together.</summary>
    public CoverageView Coverage { get; }

    public RegretView Regret { get; }

    /// <summary>Predictions whose outcome was told.</summary>
    public double Outcomes { get; }

    /// <summary>Changes that the loop made to itself and still tells of, those that took one back among them.</summary>
    public int Changes { get; }

    public int RolledBack { get; }

    /// <summary>A prediction waits for its outcome.</summary>
    public bool HasOpen { get; }

    public Standing Standing => LoopBoundSections.StandingOf(Regret, Coverage) is var standing && standing == Standing.Good && RolledBack > 0 ? Standing.Watch : standing;

    public string Label => Standing switch
    {
        Standing.Bad => "Beyond a bound",
        Standing.Watch => "Took a change back",
        Standing.Good => "Within its bounds",
        _ => "No outcome yet",
    };

    public string Answer
    {
        get
        {
            var held = Coverage.IsKnown ? $"Held {Words.Percent(Coverage.Value)} of {Words.Number(Coverage.Steps)}, target {Coverage.TargetAndBound}" : "";
            var regret = Regret.IsKnown ? $"regret {Words.Number(Regret.Value)}, at most {Words.Number(Regret.Bound)}" : "";
            return held.Length > 0 && regret.Length > 0 ? held + "; " + regret : held.Length > 0 ? held : regret.Length > 0 ? "R" + regret[1..] : "";
        }
    }

    /// <summary>What it can be filtered by.</summary>
    public string[] Kinds
    {
        get
        {
            List<string> kinds = [];
            Add(kinds, "tuned_itself", Changes > 0);
            Add(kinds, "took_a_change_back", RolledBack > 0);
            Add(kinds, "waits_for_an_outcome", HasOpen);
            Add(kinds, "several_models", Loop.Has("experts"));
            return [.. kinds];
        }
    }

    public string Findable => string.Join("\n", Metrics.Take(FindableMetricsMax).Select(metric => Words.Cut(metric.SafeName(), StrangeLoopSections.NameMax)));

    /// <summary>How far the share that was held is below the target: what sorts by it.</summary>
    public double Shortfall => Coverage.IsKnown ? Coverage.Target - Coverage.Value : -1;

    /// <summary>All loops, those that need attention first.</summary>
    public static List<LoopView> Of(JsonElement state)
    {
        List<LoopView> loops = [];
        foreach (var loop in state.Objects("loops"))
        {
            loops.Add(new LoopView(loop, loops.Count));
        }
        loops.Sort((one, other) => ((int)other.Standing).CompareTo((int)one.Standing) is var order && order != 0 ? order : one.Number.CompareTo(other.Number));
        return loops;
    }

    private static void Add(List<string> kinds, string kind, bool fits)
    {
        if (fits)
        {
            kinds.Add(kind);
        }
    }
}
