using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Guards;

/// <summary>Finds what the guards know of managed objects.</summary>
internal sealed class FactFinder
{
    private readonly SituationView _view;
    private readonly GuardSettings _settings;
    private readonly ActionLog _log;
    private readonly KnownCells _cells;
    private readonly HashSet<string> _protected;   // names without what stands before: rather too many than too few
    private readonly Dictionary<string, ObjectFacts> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _woken = new(StringComparer.Ordinal);       // by cell; empty when it was not
    private readonly Dictionary<string, double> _attempts = new(StringComparer.Ordinal);    // by relation, and by cell that relations start from

    public FactFinder(SituationView view, IReadOnlyList<KeyValuePair<string, double>> attempts, ActionLog log)
    {
        _view = view;
        _settings = view.Question.Guards;
        _log = log;
        _cells = new KnownCells(view);
        _protected = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in view.Question.Protected)
        {
            _protected.Add(ManagedObjects.Local(name));
        }
        foreach ((string relation, double count) in attempts)
        {
            string cell = ManagedObjects.SourceUnit(relation);
            _attempts[relation] = count;
            _attempts[cell] = _attempts.GetValueOrDefault(cell) + count;
        }
    }

    /// <summary>Whether handover attempts of any relation are known.</summary>
    public bool KnowsAttempts => _attempts.Count > 0;

    public ObjectFacts Of(string managedObject)
    {
        if (!_facts.TryGetValue(managedObject, out ObjectFacts? facts))
        {
            _facts.Add(managedObject, facts = Find(managedObject));
        }
        return facts;
    }

    private ObjectFacts Find(string managedObject)
    {
        bool isRelation = ManagedObjects.TryRelation(managedObject, out string from, out string to);
        string? cell = isRelation ? null : ManagedObjects.CellOf(managedObject);
        IReadOnlyList<string>? targets = isRelation ? _cells.Meant(to) : null;
        IReadOnlyList<string> own = isRelation ? _cells.Meant(from) : cell is null ? [] : _cells.Meant(cell);
        return new ObjectFacts
        {
            Cell = cell,
            Targets = targets,
            Protected = Protected(managedObject),
            Asleep = (targets is null ? null : Asleep(targets, "its target cell ")) ?? Asleep(own, isRelation ? "its cell " : ""),
            Woken = _settings.TargetRecentlyWoken ? Woken(targets ?? []) ?? Woken(own) : null,
            FewSamples = FewSamples(managedObject),
            TooSoon = TooSoon(managedObject),
        };
    }

    private string? Asleep(IReadOnlyList<string> cells, string what)
    {
        foreach (string cell in cells)
        {
            if (_view.Configuration.IsAsleep(cell))
            {
                return $"{what}{_cells.NameOf(cell)} is asleep";
            }
        }
        return null;
    }

    private string? Woken(IReadOnlyList<string> cells)
    {
        foreach (string cell in cells)
        {
            if (Woken(cell) is { } found)
            {
                return found;
            }
        }
        return null;
    }

    private string? Protected(string managedObject)
    {
        if (_protected.Count == 0)
        {
            return null;
        }
        managedObject = ManagedObjects.Local(managedObject);
        if (_protected.Contains(managedObject))
        {
            return $"{managedObject} is protected";
        }
        foreach (string cell in ManagedObjects.CellsTouched(managedObject))
        {
            foreach (string touched in (ReadOnlySpan<string>)[ManagedObjects.CellDu + cell, ManagedObjects.CellCu + cell])
            {
                if (_protected.Contains(touched))
                {
                    return $"it touches {touched}, which is protected";
                }
            }
        }
        return null;
    }

    private string? Woken(string cell)
    {
        if (!_woken.TryGetValue(cell, out string? text))
        {
            _woken.Add(cell, text = Waking(cell));
        }
        return text.Length == 0 ? null : text;
    }

    /// <summary>How a cell was woken less than the limit ago; empty when it was not.</summary>
    private string Waking(string cell)
    {
        ulong limitNs = _settings.WokenNs;
        if (_log.Waking(cell, _view.TimeNs, limitNs) is { } waking)
        {
            return $"decision {waking.DecisionId} woke {_cells.NameOf(cell)} {GuardText.Seconds(_view.TimeNs - waking.TimeNs)} before, less than {GuardText.Seconds(limitNs)}";
        }
        return CellSleep.WokenAt(_view.Series, _cells.NameOf(cell), _view.TimeNs, out ulong ageNs) is not null && ageNs < limitNs
            ? $"{_cells.NameOf(cell)} has had load again for {GuardText.Seconds(ageNs)}, less than {GuardText.Seconds(limitNs)}"
            : "";
    }

    /// <summary>Where attempts are counted, a relation without any has too few; where none are, handovers are not what is decided about.</summary>
    private string? FewSamples(string managedObject) =>
        !KnowsAttempts || !(_settings.MinAttempts > 0) ? null
        : !_attempts.TryGetValue(managedObject, out double attempts) ? $"no handover attempts are known, {GuardText.Number(_settings.MinAttempts)} are needed"
        : attempts < _settings.MinAttempts ? $"{GuardText.Number(attempts)} handover attempts are fewer than {GuardText.Number(_settings.MinAttempts)}"
        : null;

    private string? TooSoon(string managedObject)
    {
        if (_log.Nearest(managedObject, _view.TimeNs) is not { } nearest)
        {
            return null;
        }
        bool isBefore = nearest.TimeNs <= _view.TimeNs;
        ulong distanceNs = isBefore ? _view.TimeNs - nearest.TimeNs : nearest.TimeNs - _view.TimeNs;
        return distanceNs < _settings.PacingNs
            ? $"decision {nearest.DecisionId} changed {managedObject} {GuardText.Seconds(distanceNs)} {(isBefore ? "before" : "after")}, less than {GuardText.Seconds(_settings.PacingNs)}"
            : null;
    }
}
