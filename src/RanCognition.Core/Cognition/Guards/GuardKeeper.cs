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
    private readonly ActionLog _log;
    private readonly ConflictGuard _conflicts;
    private readonly HashSet<string> _protected;
    private readonly Dictionary<string, double> _attempts = new(StringComparer.Ordinal);   // by relation, and by cell that relations start from

    /// <param name="view">What is known.</param>
    /// <param name="causes">With the samples of each relation.</param>
    /// <param name="log">What was executed before.</param>
    public GuardKeeper(SituationView view, IReadOnlyList<CauseFinding> causes, ActionLog log)
    {
        _view = view;
        _settings = view.Question.Guards;
        _limits = new GuardLimits(_settings);
        _log = log;
        _conflicts = new ConflictGuard(view, log);
        _protected = new HashSet<string>(view.Question.Protected, StringComparer.Ordinal);
        foreach (CauseFinding cause in causes)
        {
            if (ManagedObjects.TryRelation(cause.ManagedObject, out string from, out _) && _attempts.TryAdd(cause.ManagedObject, cause.Samples))
            {
                string cell = ManagedObjects.CellCu + from;
                _attempts[cell] = _attempts.GetValueOrDefault(cell) + cause.Samples;
            }
        }
    }

    /// <summary>Judges the changes of one candidate; those of doing nothing are none.</summary>
    public GuardOutcome Examine(IReadOnlyList<ConfigurationChange> changes)
    {
        List<GuardVerdict> verdicts = [];
        Judge(verdicts, GuardNames.NotAllowed, true, changes, NotAllowed, "every change is to a value that its attribute can take");
        Judge(verdicts, GuardNames.ProtectedCell, true, changes, Protected, "no change touches what is protected");
        Judge(verdicts, GuardNames.TargetAsleep, _settings.TargetAsleep, changes, change => Asleep(change, changes), "no change gives load to a cell that is asleep");
        Judge(verdicts, GuardNames.TargetRecentlyWoken, _settings.TargetRecentlyWoken, changes, RecentlyWoken, "no change concerns a cell that was woken recently");
        Judge(verdicts, GuardNames.InsufficientSamples, _settings.InsufficientSamples, changes, FewSamples, "there are enough handover attempts behind every change");
        Judge(verdicts, GuardNames.Pacing, _settings.Pacing, changes, TooSoon, "no changed object was changed within the pacing interval");
        Judge(verdicts, GuardNames.AtBound, _settings.AtBound, changes, BeyondBound, "every value stays within its bounds");
        Judge(verdicts, GuardNames.MaxChange, _settings.MaxChange, changes, TooLarge, "no change is larger than its limit");
        if (_settings.Conflict)
        {
            verdicts.Add(_conflicts.Examine(changes));
        }
        return new GuardOutcome(Rest(changes, verdicts), verdicts);
    }

    private static void Judge(
        List<GuardVerdict> verdicts, string name, bool isOn, IReadOnlyList<ConfigurationChange> changes, Func<ConfigurationChange, string?> fault, string passed)
    {
        if (!isOn)
        {
            return;
        }
        List<ConfigurationChange> vetoed = [];
        List<string> faults = [];
        foreach (ConfigurationChange change in changes)
        {
            if (fault(change) is { } found)
            {
                vetoed.Add(change);
                faults.Add(found);
            }
        }
        verdicts.Add(GuardText.Verdict(name, vetoed, faults, passed));
    }

    private static IReadOnlyList<ConfigurationChange> Rest(IReadOnlyList<ConfigurationChange> changes, List<GuardVerdict> verdicts)
    {
        HashSet<object> vetoed = new(ReferenceEqualityComparer.Instance);
        foreach (GuardVerdict verdict in verdicts)
        {
            foreach (ConfigurationChange change in verdict.Vetoed)
            {
                vetoed.Add(change);
            }
        }
        if (vetoed.Count == 0)
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

    private string? NotAllowed(ConfigurationChange change)
    {
        string name = GuardText.Name(change);
        AttributeRule? rule = AttributeRules.Find(change.Attribute);
        if (rule is null)
        {
            return $"{name}: the library does not know the attribute";
        }
        if (_settings.AllowedAttributes is { } allowed && !Contains(allowed, change.Attribute))
        {
            return $"{name}: the attribute is not among those that may be changed";
        }
        bool fits = change.After switch
        {
            MetadataValue.Number number => rule.Allows(number.Value),
            MetadataValue.Text text => rule.Allows(text.Value),
            _ => false,
        };
        return fits ? null : $"{name}: {GuardText.Value(change.After)} is not a value that the attribute can take";
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

    private string? Protected(ConfigurationChange change)
    {
        if (_protected.Count == 0)
        {
            return null;
        }
        if (_protected.Contains(change.ManagedObject))
        {
            return $"{GuardText.Name(change)}: {change.ManagedObject} is protected";
        }
        foreach (string cell in ManagedObjects.CellsTouched(change.ManagedObject))
        {
            foreach (string managedObject in (ReadOnlySpan<string>)[ManagedObjects.CellDu + cell, ManagedObjects.CellCu + cell])
            {
                if (_protected.Contains(managedObject))
                {
                    return $"{GuardText.Name(change)}: it touches {managedObject}, which is protected";
                }
            }
        }
        return null;
    }

    private string? Asleep(ConfigurationChange change, IReadOnlyList<ConfigurationChange> changes)
    {
        if (ManagedObjects.TryRelation(change.ManagedObject, out _, out string to))
        {
            if (_view.Configuration.IsAsleep(to))
            {
                return $"{GuardText.Name(change)}: its target cell {ManagedObjects.Cell(to)} is asleep";
            }
            foreach (ConfigurationChange other in changes)
            {
                if (CellSleep.Sleeps(other) && ManagedObjects.CellOf(other.ManagedObject) == to)
                {
                    return $"{GuardText.Name(change)}: its target cell {ManagedObjects.Cell(to)} is put to sleep by the same candidate";
                }
            }
            return null;
        }
        return ManagedObjects.CellOf(change.ManagedObject) is { } cell && !CellSleep.IsSwitch(change.Attribute) && _view.Configuration.IsAsleep(cell)
            ? $"{GuardText.Name(change)}: {ManagedObjects.Cell(cell)} is asleep"
            : null;
    }

    private string? RecentlyWoken(ConfigurationChange change)
    {
        string? cell = ManagedObjects.TryRelation(change.ManagedObject, out _, out string to) ? to : CellSleep.Sleeps(change) ? ManagedObjects.CellOf(change.ManagedObject) : null;
        if (cell is null)
        {
            return null;
        }
        ulong limitNs = _settings.WokenNs;
        if (_log.Waking(cell, _view.TimeNs, limitNs) is { } waking)
        {
            return $"{GuardText.Name(change)}: decision {waking.DecisionId} woke {ManagedObjects.Cell(cell)} {GuardText.Seconds(_view.TimeNs - waking.TimeNs)} before, less than {GuardText.Seconds(limitNs)}";
        }
        return CellSleep.WokenAt(_view.Series, cell, _view.TimeNs, out ulong ageNs) is not null && ageNs < limitNs
            ? $"{GuardText.Name(change)}: {ManagedObjects.Cell(cell)} has had load again for {GuardText.Seconds(ageNs)}, less than {GuardText.Seconds(limitNs)}"
            : null;
    }

    /// <summary>Of a relation its own attempts; of an attribute for all relations of a cell those of the judged ones together.</summary>
    private string? FewSamples(ConfigurationChange change)
    {
        bool isOfHandovers = change.Attribute is AttributeRules.A3Offset or AttributeRules.Hysteresis or AttributeRules.TimeToTrigger
            || ManagedObjects.TryRelation(change.ManagedObject, out _, out _);
        return isOfHandovers && _attempts.TryGetValue(change.ManagedObject, out double attempts) && attempts < _settings.MinAttempts
            ? $"{GuardText.Name(change)}: {GuardText.Number(attempts)} handover attempts are fewer than {GuardText.Number(_settings.MinAttempts)}"
            : null;
    }

    private string? TooSoon(ConfigurationChange change)
    {
        if (_log.Nearest(change.ManagedObject, _view.TimeNs) is not { } nearest)
        {
            return null;
        }
        bool isBefore = nearest.TimeNs <= _view.TimeNs;
        ulong distanceNs = isBefore ? _view.TimeNs - nearest.TimeNs : nearest.TimeNs - _view.TimeNs;
        return distanceNs < _settings.PacingNs
            ? $"{GuardText.Name(change)}: decision {nearest.DecisionId} changed {change.ManagedObject} {GuardText.Seconds(distanceNs)} {(isBefore ? "before" : "after")}, less than {GuardText.Seconds(_settings.PacingNs)}"
            : null;
    }

    private string? BeyondBound(ConfigurationChange change)
    {
        if (change.After is not MetadataValue.Number after)
        {
            return null;
        }
        (double lower, double upper) = _limits.Bounds(change.Attribute);
        return after.Value < lower || after.Value > upper
            ? $"{GuardText.Name(change)}: {GuardText.Number(after.Value)} is outside of {GuardText.Number(lower)} to {GuardText.Number(upper)}"
            : null;
    }

    private string? TooLarge(ConfigurationChange change)
    {
        if (change.After is not MetadataValue.Number after)
        {
            return null;
        }
        double before = change.Before is MetadataValue.Number given ? given.Value : _view.Configuration.Number(change.ManagedObject, change.Attribute);
        double size = Math.Abs(after.Value - before), limit = _limits.MaxChange(change.Attribute);
        return size > limit + ChangeTolerance
            ? $"{GuardText.Name(change)}: from {GuardText.Number(before)} to {GuardText.Number(after.Value)} is more than {GuardText.Number(limit)}"
            : null;
    }
}
