using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Recalling;

/// <summary>Proposes again what helped in similar cases: the same change of the same attribute, on the object that ails now.</summary>
internal static class MemoryProposer
{
    public static List<Candidate> Propose(SituationView view, CauseFinding cause, IReadOnlyList<SimilarCase> similar)
    {
        List<Candidate> candidates = [];
        foreach (SimilarCase earlier in similar)
        {
            if (earlier.Success != true || earlier.Action.Count != 1)
            {
                continue;   // of several changes nobody knows which one helped
            }
            ConfigurationChange then = earlier.Action[0];
            if (then.After is not MetadataValue.Number after || Transferred(then.ManagedObject, cause.ManagedObject) is not { } managedObject)
            {
                continue;
            }
            double step = after.Value - (then.Before is MetadataValue.Number before ? before.Value : AttributeRules.Find(then.Attribute)?.Default ?? double.NaN);
            double value = view.Configuration.Number(managedObject, then.Attribute) + step;
            if (step != 0 && AttributeRules.Find(then.Attribute) is { } rule && rule.Allows(value))
            {
                AddOnce(candidates, new ConfigurationChange(managedObject, then.Attribute, view.Configuration.Given(managedObject, then.Attribute), value));
            }
        }
        return candidates;
    }

    /// <summary>Several cases may speak for one change.</summary>
    private static void AddOnce(List<Candidate> candidates, ConfigurationChange change)
    {
        foreach (Candidate there in candidates)
        {
            if (there.Actions[0] == change)
            {
                return;
            }
        }
        candidates.Add(new Candidate("memory", [change]));
    }

    /// <summary>The object that plays the same part now; null when there is none.</summary>
    private static string? Transferred(string then, string now)
    {
        if (now.Length == 0)
        {
            return null;
        }
        if (ManagedObjects.TryRelation(then, out _, out _))
        {
            return ManagedObjects.TryRelation(now, out _, out _) ? now : null;
        }
        if (ManagedObjects.CellOf(then) is null)
        {
            return then == now ? now : null;
        }
        bool isDu = ManagedObjects.IsDu(then);
        if (ManagedObjects.TryRelation(now, out _, out _))
        {
            return isDu ? null : ManagedObjects.SourceUnit(now);
        }
        return ManagedObjects.CellOf(now) is not { } cell ? null
            : isDu == ManagedObjects.IsDu(now) ? now : ManagedObjects.Unit(isDu ? ManagedObjects.CellDu : ManagedObjects.CellCu, cell);
    }
}
