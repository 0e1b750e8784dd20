using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Finds direct and indirect conflicts: commands of one cell, of one parameter or of one group.</summary>
internal sealed class ParameterSearch
{
    private const int ReportEvery = 1024;

    private readonly Dictionary<int, CellCommands> _cells = [];
    private readonly GroupTable _groups;
    private readonly SourcePairs _pairs;
    private readonly List<LiveCommand> _partners = [];

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
            cell.Add(command, groups);
        }
    }

    /// <summary>Cells of the new commands.</summary>
    public IEnumerable<int> Cells => _cells.Keys;

    /// <summary>Whether two commands of overlapping spans and different sources are a direct or indirect conflict.</summary>
    public bool AreInConflict(LiveCommand left, LiveCommand right)
        => left.Cell == right.Cell && (left.Parameter == right.Parameter
            ? !left.HasValueOf(right)
            : GroupTable.FirstCommon(_groups.GroupsOf(left.Command.TargetParameter), _groups.GroupsOf(right.Command.TargetParameter)) >= 0);

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

    private void Find(LiveCommand command, ConflictList conflicts)
    {
        CellCommands cell = _cells[command.Cell];
        ParameterBucket? own = cell.Find(command.Parameter);
        if (own is not null)
        {
            Add(own, command, ConflictKind.Direct, null, conflicts);
        }
        if (cell.Buckets.Count == (own is null ? 0 : 1))
        {
            return;
        }
        int[] groups = own?.Groups ?? _groups.GroupsOf(command.Command.TargetParameter);
        if (groups.Length == 0)
        {
            return;
        }
        for (int i = 0; i < cell.Buckets.Count; i++)
        {
            ParameterBucket bucket = cell.Buckets[i];
            int common = bucket == own ? -1 : GroupTable.FirstCommon(groups, bucket.Groups);
            if (common >= 0)
            {
                Add(bucket, command, ConflictKind.Indirect, _groups.Groups[common].Name, conflicts);
            }
        }
    }

    private void Add(ParameterBucket bucket, LiveCommand command, ConflictKind kind, string? groupName, ConflictList conflicts)
    {
        _partners.Clear();
        bucket.Find(command, kind == ConflictKind.Direct, _partners);
        foreach (LiveCommand partner in _partners)
        {
            SourcePair pair = _pairs.Of(command, partner);
            conflicts.Add(new ControlConflict
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
