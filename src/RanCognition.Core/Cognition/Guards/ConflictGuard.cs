using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.StrangeLoop.Conflicts;

namespace RanCognition.Cognition.Guards;

/// <summary>Guard CONFLICT: changes that work against a command that is in force, against a decision of another kind that is still watched, or against each other.</summary>
/// <remarks>
/// Direct conflicts of the strange loop's detector: the same parameter of the same cell (or relation), other values, overlapping times. A candidate is in force while its outcome is watched. Decisions
/// of one problem type follow each other and are one control function, which PACING holds back; decisions of two types are two.
/// </remarks>
internal sealed class ConflictGuard
{
    private const string Own = "own", Others = "others";
    private const string PassedReason = "no change works against a command that is in force";

    private readonly SituationView _view;
    private readonly ActionLog _log;

    public ConflictGuard(SituationView view, ActionLog log) => (_view, _log) = (view, log);

    public GuardVerdict Examine(IReadOnlyList<ConfigurationChange> changes)
    {
        if (_view.Question.Commands.Count == 0 && !MayMeet(changes))
        {
            return GuardText.Verdict(GuardNames.Conflict, [], [], PassedReason);
        }
        string?[] faults = new string?[changes.Count];
        Dictionary<string, List<ConfigurationChange>> groups = Grouped(changes);
        FindWithin(changes, groups, faults);
        FindAgainstOthers(changes, groups, faults);
        List<ConfigurationChange> vetoed = [];
        List<string> found = [];
        for (int i = 0; i < faults.Length; i++)
        {
            if (faults[i] is { } fault)
            {
                vetoed.Add(changes[i]);
                found.Add(fault);
            }
        }
        return GuardText.Verdict(GuardNames.Conflict, vetoed, found, PassedReason);
    }

    /// <summary>Whether an object is changed twice, or was changed before: seldom, and cheap to tell.</summary>
    private bool MayMeet(IReadOnlyList<ConfigurationChange> changes)
    {
        HashSet<string> seen = new(changes.Count, StringComparer.Ordinal);
        foreach (ConfigurationChange change in changes)
        {
            if (!seen.Add(change.ManagedObject) || (_log.Count > 0 && _log.Nearest(change.ManagedObject, _view.TimeNs) is not null))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>What a change sets, as a key: commands may name a cell alone.</summary>
    private static string KeyOf(string target, string parameter) => CellKey(target) + "\0" + parameter;

    private static string CellKey(string target) => ManagedObjects.CellOf(target) ?? target;

    private static Dictionary<string, List<ConfigurationChange>> Grouped(IReadOnlyList<ConfigurationChange> changes)
    {
        Dictionary<string, List<ConfigurationChange>> groups = new(StringComparer.Ordinal);
        foreach (ConfigurationChange change in changes)
        {
            string key = KeyOf(change.ManagedObject, change.Attribute);
            if (!groups.TryGetValue(key, out List<ConfigurationChange>? group))
            {
                groups.Add(key, group = []);
            }
            group.Add(change);
        }
        return groups;
    }

    /// <summary>Changes that set one attribute of one object to different values: all of them are out.</summary>
    private static void FindWithin(IReadOnlyList<ConfigurationChange> changes, Dictionary<string, List<ConfigurationChange>> groups, string?[] faults)
    {
        for (int i = 0; i < faults.Length; i++)
        {
            List<ConfigurationChange> group = groups[KeyOf(changes[i].ManagedObject, changes[i].Attribute)];
            if (group.Count == 1)
            {
                continue;
            }
            foreach (ConfigurationChange other in group)
            {
                if (other.ManagedObject == changes[i].ManagedObject && !CellSleep.SameValue(other.After, changes[i].After))
                {
                    faults[i] = $"{GuardText.Name(changes[i])}: the candidate sets it to {GuardText.Value(changes[i].After)} and to {GuardText.Value(other.After)}";
                    break;
                }
            }
        }
    }

    private void FindAgainstOthers(IReadOnlyList<ConfigurationChange> changes, Dictionary<string, List<ConfigurationChange>> groups, string?[] faults)
    {
        List<ControlCommand> others = [];
        foreach (ControlCommand command in _view.Question.Commands)
        {
            if (groups.ContainsKey(KeyOf(command.TargetCell, command.TargetParameter)))
            {
                others.Add(command);
            }
        }
        AddWatched(changes, others);
        if (others.Count == 0)
        {
            return;
        }
        // The candidate's commands come first; all others count as one source, so that only conflicts with the candidate are found.
        ControlCommand[] commands = new ControlCommand[changes.Count + others.Count];
        for (int i = 0; i < changes.Count; i++)
        {
            commands[i] = Command(Own, changes[i], _view.TimeNs, Math.Max(1, _view.ObserveNs));
        }
        for (int i = 0; i < others.Count; i++)
        {
            commands[changes.Count + i] = new ControlCommand
            {
                Source = Others, TargetParameter = others[i].TargetParameter, TargetCell = CellKey(others[i].TargetCell), TargetValue = others[i].TargetValue,
                TargetNumber = others[i].TargetNumber, StartNs = others[i].StartNs, SpanNs = others[i].SpanNs,
            };
        }
        ConflictReport report = new ConflictDetector(int.MaxValue / 4).Detect(new ConflictRequest { Commands = commands }, "commands", 0, SystemHost.Instance);
        foreach (ControlConflict conflict in report.Conflicts)
        {
            int own = (int)conflict.FirstCommand;
            ControlCommand other = others[(int)conflict.SecondCommand - changes.Count];
            faults[own] ??= $"{GuardText.Name(changes[own])}: {GuardText.Value(changes[own].After)} works against {other.TargetValue} of {other.Source}";
        }
    }

    /// <summary>Decisions of other problem types whose outcome is still watched.</summary>
    private void AddWatched(IReadOnlyList<ConfigurationChange> changes, List<ControlCommand> others)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<LoggedAction> watched = [];
        foreach (ConfigurationChange change in changes)
        {
            if (!seen.Add(change.ManagedObject))
            {
                continue;
            }
            watched.Clear();
            _log.CollectWatched(change.ManagedObject, _view.TimeNs, Math.Max(1, _view.ObserveNs), watched);
            foreach (LoggedAction action in watched)
            {
                if (action.ProblemType != _view.Problem.ProblemType)
                {
                    others.Add(Command($"decision {action.DecisionId}", action.Change, action.TimeNs, Math.Max(1, action.ObserveNs)));
                }
            }
        }
    }

    private static ControlCommand Command(string source, ConfigurationChange change, ulong startNs, ulong spanNs) => new()
    {
        Source = source,
        TargetParameter = change.Attribute,
        TargetCell = CellKey(change.ManagedObject),
        TargetValue = GuardText.Value(change.After),
        TargetNumber = (change.After as MetadataValue.Number)?.Value,
        StartNs = startNs,
        SpanNs = spanNs,
    };
}
