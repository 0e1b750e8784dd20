using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Finds direct and indirect conflicts: commands of one cell, of one parameter or of one group.</summary>
internal sealed class ParameterSearch
{
    private const int ReportEvery = 1024;
    private const int InsertionMax = 32;

    private readonly Dictionary<int, CellCommands> _cells = [];
    private readonly GroupTable _groups;
    private readonly SourcePairs _pairs;
    private readonly List<LiveCommand> _partners = [];
    private readonly List<ControlConflict> _found = [];   // of the command at work

    /// <param name="commands">The new ones, by place.</param>
    /// <param name="groups">Which parameters belong together.</param>
    /// <param name="pairs">Advice.</param>
    public ParameterSearch(List<LiveCommand> commands, GroupTable groups, SourcePairs pairs)
    {
        _groups = groups;
        _pairs = pairs;
        foreach (LiveCommand command in commands)
        {
            if (!_cells.TryGetValue(command.Cell, out CellCommands? cell))
            {
                _cells.Add(command.Cell, cell = new CellCommands());
            }
            cell.Add(command);
        }
    }

    /// <summary>Adds the kept commands that a new one may be in conflict with, by place.</summary>
    public void CollectKept(LiveCommandStore store, List<LiveCommand> to)
    {
        int parts = 0;
        foreach (KeyValuePair<int, CellCommands> cell in _cells)
        {
            if (store.Of(cell.Key) is not CellCommands kept)
            {
                continue;
            }
            foreach (ParameterBucket bucket in kept.Buckets)
            {
                if (Concerns(cell.Value, bucket))
                {
                    bucket.Collect(to);
                    parts++;
                }
            }
        }
        if (parts > 1)
        {
            to.Sort(LiveCommand.ComparePlaces);
        }
    }

    /// <summary>Whether the parameters of two commands settle what they are to each other: one parameter of one cell (a direct conflict, or none when both want the same), or one group.</summary>
    public bool Settles(LiveCommand left, LiveCommand right)
        => left.Cell == right.Cell && (left.Parameter == right.Parameter || GroupTable.FirstCommon(left.Bucket!.GroupsIn(_groups), right.Bucket!.GroupsIn(_groups)) >= 0);

    /// <summary>Adds the conflicts between the commands and new ones behind them, until the list is full.</summary>
    /// <param name="commands">Kept ones of the cells of new ones, then the new ones; by place.</param>
    /// <param name="conflicts">What is found.</param>
    /// <param name="host">Told of the progress.</param>
    public void Find(List<LiveCommand> commands, ConflictList conflicts, IHost host)
    {
        for (int i = 0; i < commands.Count && !conflicts.IsFull; i++)
        {
            if (i % ReportEvery == ReportEvery - 1)
            {
                host.Progress(.5 * i / commands.Count, "conflicts of parameters");
            }
            Find(commands[i], conflicts);
        }
    }

    /// <summary>Whether new commands of the cell have the parameter of the kept ones, or one of its groups.</summary>
    private bool Concerns(CellCommands cell, ParameterBucket kept)
    {
        if (cell.Find(kept.Parameter) is not null)
        {
            return true;
        }
        int[] groups = kept.GroupsIn(_groups);
        if (groups.Length > 0)
        {
            foreach (ParameterBucket bucket in cell.Buckets)
            {
                if (GroupTable.FirstCommon(groups, bucket.GroupsIn(_groups)) >= 0)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private void Find(LiveCommand command, ConflictList conflicts)
    {
        CellCommands cell = _cells[command.Cell];
        ParameterBucket? own = cell.Find(command.Parameter);
        _found.Clear();
        if (own is not null)
        {
            Add(own, command, ConflictKind.Direct, null);
        }
        if (cell.Buckets.Count > (own is null ? 0 : 1))
        {
            FindIndirect(cell, own, command);
        }
        SortFound();
        foreach (ControlConflict conflict in _found)
        {
            conflicts.Add(conflict);
        }
    }

    private void FindIndirect(CellCommands cell, ParameterBucket? own, LiveCommand command)
    {
        int[] groups = command.Bucket!.GroupsIn(_groups);
        if (groups.Length == 0)
        {
            return;
        }
        foreach (ParameterBucket bucket in cell.Buckets)
        {
            int common = bucket == own ? -1 : GroupTable.FirstCommon(groups, bucket.GroupsIn(_groups));
            if (common >= 0)
            {
                Add(bucket, command, ConflictKind.Indirect, _groups.Groups[common].Name);
            }
        }
    }

    /// <summary>By the second command: few, and already in order of their parameters.</summary>
    private void SortFound()
    {
        if (_found.Count > InsertionMax)
        {
            _found.Sort(ConflictList.Compare);
            return;
        }
        for (int i = 1; i < _found.Count; i++)
        {
            ControlConflict moved = _found[i];
            int place = i;
            for (; place > 0 && _found[place - 1].SecondCommand > moved.SecondCommand; place--)
            {
                _found[place] = _found[place - 1];
            }
            _found[place] = moved;
        }
    }

    private void Add(ParameterBucket bucket, LiveCommand command, ConflictKind kind, string? groupName)
    {
        _partners.Clear();
        bucket.Find(command, kind == ConflictKind.Direct, _partners);
        foreach (LiveCommand partner in _partners)
        {
            SourcePair pair = _pairs.Of(command, partner);
            _found.Add(new ControlConflict
            {
                Kind = kind,
                Sources = pair.Sources,
                GroupName = groupName,
                TargetCell = command.Command.TargetCell,
                FirstCommand = command.Place,
                SecondCommand = partner.Place,
                LoopGain = pair.LoopGain,
                Advice = pair.Advice,
            });
        }
    }
}
