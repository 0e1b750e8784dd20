using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Two control functions and the conflicts between them, counted.</summary>
internal sealed class ConflictPair(string name)
{
    public string Name => name;

    public int Direct { get; private set; }

    public int Indirect { get; private set; }

    public int Implicit { get; private set; }

    /// <summary>Of any class.</summary>
    public int Total { get; private set; }

    public HashSet<string> Cells { get; } = new(StringComparer.Ordinal);

    /// <summary>The pairs of a list of conflicts, those with most conflicts first.</summary>
    public static List<ConflictPair> Of(List<JsonElement> conflicts)
    {
        var known = new Dictionary<string, ConflictPair>(StringComparer.Ordinal);
        List<ConflictPair> pairs = [];
        foreach (var conflict in conflicts)
        {
            var key = NameOf(conflict, ordered: true);
            if (!known.TryGetValue(key, out var pair))
            {
                known.Add(key, pair = new ConflictPair(key));
                pairs.Add(pair);
            }
            pair.Add(conflict);
        }
        pairs.Sort((one, other) => other.Total.CompareTo(one.Total) is var order && order != 0 ? order : string.CompareOrdinal(one.Name, other.Name));
        return pairs;
    }

    /// <summary>Both functions; in the order of their commands, or in one that does not depend on it.</summary>
    public static string NameOf(JsonElement conflict, bool ordered = false)
    {
        var sources = OptimizationSections.Names(conflict, "sources");
        if (ordered)
        {
            sources.Sort(string.CompareOrdinal);
        }
        return sources.Count == 0 ? Words.None : string.Join(" and ", sources.Take(4).Select(source => Words.Cut(source, StrangeLoopSections.NameMax)));
    }

    private void Add(JsonElement conflict)
    {
        Total++;
        switch (conflict.Text("conflictType"))
        {
            case "direct": Direct++; break;
            case "indirect": Indirect++; break;
            case "implicit": Implicit++; break;
            default: break;
        }
        Cells.Add(conflict.Text("targetCell"));
    }
}
