using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Guards;

/// <summary>Changes of executed decisions by managed object and time: what the guards know of the past.</summary>
/// <remarks>Told every record when it is made, reported or changed, in any order of time. Beyond the bound the changes that were told first are forgotten.</remarks>
/// <param name="actionsMax">Changes that are kept.</param>
internal sealed class ActionLog(int actionsMax = CognitiveLimits.DecisionsMax)
{
    private readonly Dictionary<string, List<LoggedAction>> _byObject = new(StringComparer.Ordinal);   // each ascending in time
    private readonly Dictionary<string, List<string>> _units = new(StringComparer.Ordinal);            // of each cell, those with changes
    private readonly Queue<LoggedAction> _order = new();
    private ulong _longestObserveNs;

    /// <summary>Changes that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a decision counts as executed.</summary>
    public static bool IsExecuted(DecisionRecord record) => record.Executed ?? record.Mode == DecisionMode.Autonomous;

    /// <summary>Takes a record, or what has become of it: changes of one that was not executed are not kept.</summary>
    public void Add(DecisionRecord record)
    {
        if (!IsExecuted(record))
        {
            Remove(record);
            return;
        }
        foreach (ConfigurationChange change in record.Actions)
        {
            if (Find(record, change) is { } known)
            {
                known.IsClosed = record.Status != DecisionStatus.Open;
            }
            else
            {
                Add(new LoggedAction
                {
                    DecisionId = record.Id, TimeNs = record.TimeNs, ObserveNs = record.ObserveNs, ProblemType = record.ProblemType, Change = change, IsClosed = record.Status != DecisionStatus.Open,
                });
            }
        }
    }

    /// <summary>Forgets a decision: it was not executed after all.</summary>
    public void Remove(DecisionRecord record)
    {
        foreach (ConfigurationChange change in record.Actions)
        {
            if (Find(record, change) is { } known)
            {
                Forget(known);
            }
        }
    }

    /// <summary>The change of an object that is nearest in time, before or after; null when there is none.</summary>
    public LoggedAction? Nearest(string managedObject, ulong timeNs)
    {
        if (!_byObject.TryGetValue(managedObject, out List<LoggedAction>? actions))
        {
            return null;
        }
        int after = FirstFrom(actions, timeNs);
        LoggedAction? next = after < actions.Count ? actions[after] : null, last = after > 0 ? actions[after - 1] : null;
        return last is null || (next is not null && next.TimeNs - timeNs < timeNs - last.TimeNs) ? next : last;
    }

    /// <summary>The latest change that woke a cell in the time before a moment, that moment included, the earliest one excluded; null when there is none.</summary>
    public LoggedAction? Waking(string cell, ulong timeNs, ulong withinNs)
    {
        LoggedAction? latest = null;
        foreach (string unit in _units.GetValueOrDefault(cell) ?? [])
        {
            List<LoggedAction> actions = _byObject[unit];
            for (int i = FirstFrom(actions, Saturating.Add(timeNs, 1)) - 1; i >= 0 && timeNs - actions[i].TimeNs < withinNs; i--)
            {
                if (CellSleep.Wakes(actions[i].Change) && (latest is null || actions[i].TimeNs > latest.TimeNs))
                {
                    latest = actions[i];
                }
            }
        }
        return latest;
    }

    /// <summary>Adds the changes of an object whose outcome is still watched at some moment of a span.</summary>
    public void CollectWatched(string managedObject, ulong startNs, ulong spanNs, List<LoggedAction> to)
    {
        if (!_byObject.TryGetValue(managedObject, out List<LoggedAction>? actions))
        {
            return;
        }
        ulong endNs = Saturating.Add(startNs, spanNs);
        for (int i = FirstFrom(actions, startNs - Math.Min(startNs, _longestObserveNs)); i < actions.Count && actions[i].TimeNs < endNs; i++)
        {
            if (!actions[i].IsClosed && Saturating.Add(actions[i].TimeNs, actions[i].ObserveNs) > startNs)
            {
                to.Add(actions[i]);
            }
        }
    }

    private void Add(LoggedAction action)
    {
        if (!_byObject.TryGetValue(action.Change.ManagedObject, out List<LoggedAction>? actions))
        {
            _byObject.Add(action.Change.ManagedObject, actions = []);
            AddUnit(action.Change.ManagedObject);
        }
        actions.Insert(FirstFrom(actions, Saturating.Add(action.TimeNs, 1)), action);
        _order.Enqueue(action);
        Count++;
        _longestObserveNs = Math.Max(_longestObserveNs, action.ObserveNs);
        while (_order.Count > actionsMax)
        {
            Forget(_order.Dequeue());
        }
    }

    private LoggedAction? Find(DecisionRecord record, ConfigurationChange change)
    {
        if (_byObject.TryGetValue(change.ManagedObject, out List<LoggedAction>? actions))
        {
            for (int i = FirstFrom(actions, record.TimeNs); i < actions.Count && actions[i].TimeNs == record.TimeNs; i++)
            {
                if (actions[i].DecisionId == record.Id && actions[i].Change.Attribute == change.Attribute)
                {
                    return actions[i];
                }
            }
        }
        return null;
    }

    private void Forget(LoggedAction action)
    {
        if (!_byObject.TryGetValue(action.Change.ManagedObject, out List<LoggedAction>? actions) || !actions.Remove(action))
        {
            return;
        }
        Count--;
        if (actions.Count == 0)
        {
            _byObject.Remove(action.Change.ManagedObject);
            RemoveUnit(action.Change.ManagedObject);
        }
    }

    private void AddUnit(string managedObject)
    {
        if (ManagedObjects.CellOf(managedObject) is not { } cell)
        {
            return;
        }
        if (!_units.TryGetValue(cell, out List<string>? units))
        {
            _units.Add(cell, units = []);
        }
        units.Add(managedObject);
    }

    private void RemoveUnit(string managedObject)
    {
        if (ManagedObjects.CellOf(managedObject) is { } cell && _units[cell].Remove(managedObject) && _units[cell].Count == 0)
        {
            _units.Remove(cell);
        }
    }

    /// <summary>Place of the first change at or after a moment.</summary>
    private static int FirstFrom(List<LoggedAction> actions, ulong timeNs)
    {
        int low = 0, high = actions.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (actions[middle].TimeNs < timeNs)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
