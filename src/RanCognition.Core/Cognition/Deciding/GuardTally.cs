using RanCognition.Contracts;

namespace RanCognition.Cognition.Deciding;

/// <summary>What the guards said of all candidates together: one line a guard, in the order in which they were evaluated.</summary>
internal sealed class GuardTally
{
    private const int VetoedMax = 64;

    private readonly List<Line> _lines = [];

    public void Add(IReadOnlyList<GuardVerdict> verdicts)
    {
        foreach (GuardVerdict verdict in verdicts)
        {
            Add(verdict);
        }
    }

    /// <summary>A guard that had nothing to judge is told too.</summary>
    public void AddIfMissing(string name, string reason)
    {
        if (!_lines.Exists(line => line.Name == name))
        {
            _lines.Add(new Line { Name = name, Reason = reason });
        }
    }

    public void Add(GuardVerdict verdict)
    {
        Line? line = _lines.Find(line => line.Name == verdict.Name);
        if (line is null)
        {
            _lines.Add(line = new Line { Name = verdict.Name, Reason = verdict.Reason });
        }
        if (verdict.Passed)
        {
            return;
        }
        if (!line.Vetoed)
        {
            line.Vetoed = true;
            line.Reason = verdict.Reason;
        }
        foreach (ConfigurationChange change in verdict.Vetoed)
        {
            if (line.Changes.Count < VetoedMax && !line.Changes.Contains(change))
            {
                line.Changes.Add(change);
            }
        }
    }

    public List<GuardVerdict> Verdicts()
    {
        List<GuardVerdict> verdicts = new(_lines.Count);
        foreach (Line line in _lines)
        {
            verdicts.Add(new GuardVerdict { Name = line.Name, Passed = !line.Vetoed, Reason = line.Reason, Vetoed = line.Changes });
        }
        return verdicts;
    }

    /// <summary>Names of the guards that vetoed.</summary>
    public List<string> Vetoes()
    {
        List<string> names = [];
        foreach (Line line in _lines)
        {
            if (line.Vetoed)
            {
                names.Add(line.Name);
            }
        }
        return names;
    }

    private sealed class Line
    {
        public required string Name { get; init; }

        public required string Reason { get; set; }

        public bool Vetoed { get; set; }

        public List<ConfigurationChange> Changes { get; } = [];
    }
}
