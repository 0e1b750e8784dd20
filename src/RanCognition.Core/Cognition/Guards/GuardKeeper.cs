using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Guards;

/// <summary>Structural guards of one decision: takes out the changes of a candidate that must not be made, whatever good they promise.</summary>
/// <remarks>
/// Every guard looks at all changes as they were proposed, so that each verdict lists all that it would take out. A guard that is switched off is not evaluated and has no verdict; NOT_ALLOWED and
/// PROTECTED_CELL cannot be.
/// </remarks>
internal sealed class GuardKeeper
{
    private const double ChangeTolerance = 1e-9;   // differences of decimal steps are not exact

    private readonly SituationView _view;
    private readonly GuardSettings _settings;
    private readonly GuardLimits _limits;
    private readonly ConflictGuard _conflicts;
    private readonly FactFinder _finder;

    /// <param name="view">What is known.</param>
    /// <param name="attempts">Handovers by relation.</param>
    /// <param name="log">What was executed before.</param>
    public GuardKeeper(SituationView view, IReadOnlyList<KeyValuePair<string, double>> attempts, ActionLog log)
    {
        _view = view;
        _settings = view.Question.Guards;
        _limits = new GuardLimits(_settings);
        _conflicts = new ConflictGuard(view, log);
        _finder = new FactFinder(view, attempts, log);
    }

    /// <summary>Judges the changes of one candidate; those of doing nothing are none.</summary>
    public GuardOutcome Examine(IReadOnlyList<ConfigurationChange> changes)
    {
        ObjectFacts[] facts = new ObjectFacts[changes.Count];
        HashSet<string>? sleeping = null;   // cells that the candidate puts to sleep
        for (int i = 0; i < facts.Length; i++)
        {
            facts[i] = _finder.Of(changes[i].ManagedObject);
            if (facts[i].Cell is { } cell && CellSleep.Sleeps(changes[i]))
            {
                sleeping ??= new HashSet<string>(StringComparer.Ordinal);
                sleeping.Add(cell);
            }
        }
        List<GuardVerdict> verdicts = [];
        Judge(verdicts, GuardNames.NotAllowed, true, changes, facts, NotAllowed, "every change is to a value that its attribute can take");
        Judge(verdicts, GuardNames.ProtectedCell, true, changes, facts, static (_, known) => known.Protected, "no change touches what is protected");
        Judge(verdicts, GuardNames.TargetAsleep, _settings.TargetAsleep, changes, facts, (change, known) => Asleep(change, known, sleeping), "no change gives load to a cell that is asleep");
        Judge(verdicts, GuardNames.TargetRecentlyWoken, _settings.TargetRecentlyWoken, changes, facts, RecentlyWoken, "no change concerns a cell that was woken recently");
        Judge(verdicts, GuardNames.InsufficientSamples, _settings.InsufficientSamples, changes, facts, FewSamples,
            _finder.KnowsAttempts ? "there are enough handover attempts behind every change of handovers" : "no handover attempts are known of any relation");
        Judge(verdicts, GuardNames.Pacing, _settings.Pacing, changes, facts, static (_, known) => known.TooSoon, "no changed object was changed within the pacing interval");
        Judge(verdicts, GuardNames.AtBound, _settings.AtBound, changes, facts, BeyondBound, "every value stays within its bounds");
        Judge(verdicts, GuardNames.MaxChange, _settings.MaxChange, changes, facts, TooLarge, "no change is larger than its limit");
        if (_settings.Conflict)
        {
            verdicts.Add(_conflicts.Examine(changes));
        }
        return new GuardOutcome(Rest(changes, verdicts), verdicts);
    }

    private static void Judge(
        List<GuardVerdict> verdicts, string name, bool isOn, IReadOnlyList<ConfigurationChange> changes, ObjectFacts[] facts,
        Func<ConfigurationChange, ObjectFacts, string?> fault, string passed)
    {
        if (!isOn)
        {
            return;
        }
        List<ConfigurationChange> vetoed = [];
        List<string> faults = [];
        for (int i = 0; i < facts.Length; i++)
        {
            if (fault(changes[i], facts[i]) is { } found)
            {
                vetoed.Add(changes[i]);
                faults.Add(GuardText.Name(changes[i]) + ": " + found);
            }
        }
        verdicts.Add(GuardText.Verdict(name, vetoed, faults, passed));
    }

    private static IReadOnlyList<ConfigurationChange> Rest(IReadOnlyList<ConfigurationChange> changes, List<GuardVerdict> verdicts)
    {
        HashSet<object>? vetoed = null;
        foreach (GuardVerdict verdict in verdicts)
        {
            foreach (ConfigurationChange change in verdict.Vetoed)
            {
                vetoed ??= new HashSet<object>(ReferenceEqualityComparer.Instance);
                vetoed.Add(change);
            }
        }
        if (vetoed is null)
        {
            return changes;
        }
        List<ConfigurationChange> kept = [];
        foreach (ConfigurationChange change in changes)
        {
            if (!vetoed.Contains(change))
            {
                kept.Add(change);
            }
        }
        return kept;
    }

    private string? NotAllowed(ConfigurationChange change, ObjectFacts known)
    {
        AttributeRule? rule = AttributeRules.Find(change.Attribute);
        if (rule is null)
        {
            return "the library does not know the attribute";
        }
        if (_settings.AllowedAttributes is { } allowed && !Contains(allowed, change.Attribute))
        {
            return "the attribute is not among those that may be changed";
        }
        bool fits = change.After switch
        {
            MetadataValue.Number number => rule.Allows(number.Value),
            MetadataValue.Text text => rule.Allows(text.Value),
            _ => false,
        };
        return fits ? null : $"{GuardText.Value(change.After)} is not a value that the attribute can take";
    }

    private static bool Contains(IReadOnlyList<string> list, string wanted)
    {
        foreach (string item in list)
        {
            if (item == wanted)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A cell that is asleep may be switched; a relation to it, and its other attributes, are left alone.</summary>
    private static string? Asleep(ConfigurationChange change, ObjectFacts known, HashSet<string>? sleeping)
    {
        if (known.Targets is null)
        {
            return CellSleep.IsSwitch(change.Attribute) ? null : known.Asleep;
        }
        if (known.Asleep is null && sleeping is not null)
        {
            foreach (string target in known.Targets)
            {
                if (sleeping.Contains(target))
                {
                    return $"its target cell {ManagedObjects.Cell(target)} is put to sleep by the same candidate";
                }
            }
        }
        return known.Asleep;
    }

    private static string? RecentlyWoken(ConfigurationChange change, ObjectFacts known) => CellSleep.Wakes(change) ? null : known.Woken;

    /// <summary>Of a relation its own attempts; of an attribute for all relations of a cell those of the judged ones together.</summary>
    private static string? FewSamples(ConfigurationChange change, ObjectFacts known) =>
        known.Targets is not null || change.Attribute is AttributeRules.A3Offset or AttributeRules.Hysteresis or AttributeRules.TimeToTrigger ? known.FewSamples : null;

    private string? BeyondBound(ConfigurationChange change, ObjectFacts known)
    {
        if (change.After is not MetadataValue.Number after)
        {
            return null;
        }
        (double lower, double upper) = _limits.Bounds(change.Attribute);
        return after.Value < lower || after.Value > upper ? $"{GuardText.Number(after.Value)} is outside of {GuardText.Number(lower)} to {GuardText.Number(upper)}" : null;
    }

    private string? TooLarge(ConfigurationChange change, ObjectFacts known)
    {
        double limit = _limits.MaxChange(change.Attribute);
        if (change.After is not MetadataValue.Number after || double.IsPositiveInfinity(limit))
        {
            return null;
        }
        double before = change.Before is MetadataValue.Number given ? given.Value : _view.Configuration.Number(change.ManagedObject, change.Attribute);
        return Math.Abs(after.Value - before) > limit + ChangeTolerance
            ? $"from {GuardText.Number(before)} to {GuardText.Number(after.Value)} is more than {GuardText.Number(limit)}"
            : null;
    }
}
