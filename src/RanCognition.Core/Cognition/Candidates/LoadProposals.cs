using RanCognition.Cognition.Causes;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Candidates;

/// <summary>Changes that move users from full cells to emptier neighbours: source mlb.</summary>
/// <remarks>
/// The offset of the relation to the neighbour is raised and the opposite one lowered alike, so that users do not come back at once (mobility load balancing,
/// TS 38.300, 15.5.1; TS 28.313, 6.1.1.1).
/// </remarks>
internal sealed class LoadProposals(SituationView view, AttributeSteps steps)
{
    public const string Source = "mlb";

    /// <summary>Points of PRB use that a neighbour must be emptier.</summary>
    public const double EmptierPoints = 20;

    private const double SmallStepDb = 1, LargeStepDb = 2, LargeStepPercent = 97;

    public void Propose(IReadOnlyList<CauseFinding> causes, List<Candidate> candidates)
    {
        CounterTable? table = null;
        List<string> relations = [];
        List<ConfigurationChange> fitting = [], small = [];
        bool differs = false;
        foreach (CauseFinding cause in causes)
        {
            if (cause.Name != CauseNames.Overload || ManagedObjects.CellOf(cause.ManagedObject) is not { Length: > 0 } cell)
            {
                continue;
            }
            if (table is null)
            {
                table = new CounterTable(view.Series);
                relations = Relations(table);
            }
            Counter counter = cause.Metric is { } metric && ManagedObjects.Split(metric).Name.StartsWith(CounterNames.Of(Counter.PrbUl), StringComparison.Ordinal)
                ? Counter.PrbUl : Counter.PrbDl;
            double use = Use(table, cell, counter);
            foreach (string relation in relations)
            {
                ManagedObjects.TryRelation(relation, out string from, out string to);
                if (from != cell || to == cell || view.Configuration.IsAsleep(to) || !(Use(table, to, counter) <= use - EmptierPoints))
                {
                    continue;
                }
                double wished = use >= LargeStepPercent ? LargeStepDb : SmallStepDb;
                string back = ManagedObjects.Opposite(relation);
                Add(relation, 1, wished, fitting);
                Add(back, -1, wished, fitting);
                Add(relation, 1, SmallStepDb, small);
                Add(back, -1, SmallStepDb, small);
                differs |= wished != SmallStepDb;
            }
        }
        if (fitting.Count > 0)
        {
            candidates.Add(new Candidate(Source, fitting));
            if (differs)
            {
                candidates.Add(new Candidate(Source, small));
            }
        }
    }

    private void Add(string relation, int direction, double step, List<ConfigurationChange> changes)
    {
        if (steps.Change(relation, AttributeRules.CellIndividualOffset, direction, step) is { } change)
        {
            changes.Add(change);
        }
    }

    private static double Use(CounterTable table, string cell, Counter counter) =>
        table.Cell(cell)?.Find(counter) is { } grid ? Medians.Of(grid, CellJudge.LoadPeriods) : double.NaN;

    // Those with counters, then those with a setting, each once.
    private List<string> Relations(CounterTable table)
    {
        List<string> relations = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (ObjectCounters relation in table.Relations)
        {
            known.Add(relation.ManagedObject);
            relations.Add(relation.ManagedObject);
        }
        foreach (AttributeSetting setting in view.Question.Configuration)
        {
            if (ManagedObjects.TryRelation(setting.ManagedObject, out _, out _) && known.Add(setting.ManagedObject))
            {
                relations.Add(setting.ManagedObject);
            }
        }
        return relations;
    }
}
