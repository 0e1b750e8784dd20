namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Commands of one parameter of one cell.</summary>
internal sealed class ParameterBucket(int parameter, string parameterName)
{
    private const int PlainMax = 32;   // so many are asked one by one

    private readonly List<LiveCommand> _commands = [];   // by place; those that were forgotten stay until half of them are
    private SpanIndex? _index;
    private GroupTable? _table;
    private int[] _groups = [];
    private int _forgotten;
    private bool _hasManySources;
    private bool _hasManyValues;

    public int Parameter => parameter;

    /// <summary>Among the buckets of its cell.</summary>
    public int PlaceInCell { get; set; }

    /// <summary>Groups that the parameter belongs to.</summary>
    public int[] GroupsIn(GroupTable table)
    {
        if (_table != table)
        {
            (_table, _groups) = (table, table.GroupsOf(parameterName));
        }
        return _groups;
    }

    public void Add(LiveCommand command)
    {
        if (_commands.Count > 0)
        {
            _hasManySources |= command.Source != _commands[0].Source;
            _hasManyValues |= !command.HasValueOf(_commands[0]);
        }
        _commands.Add(command);
        command.Bucket = this;
        _index = null;
    }

    /// <summary>Takes a command out; true = it was the last one.</summary>
    public bool Forget(LiveCommand command)
    {
        command.IsForgotten = true;
        _forgotten++;
        _index = null;
        if (_forgotten < _commands.Count && 2 * _forgotten > _commands.Count)
        {
            _commands.RemoveAll(one => one.IsForgotten);
            _forgotten = 0;
        }
        return _forgotten == _commands.Count;
    }

    /// <summary>Adds all commands, by place.</summary>
    public void Collect(List<LiveCommand> to)
    {
        foreach (LiveCommand command in _commands)
        {
            if (!command.IsForgotten)
            {
                to.Add(command);
            }
        }
    }

    /// <summary>Adds the commands behind it in place, of other sources, that are in force with it. Of a bucket of which nothing was forgotten.</summary>
    /// <param name="command">Its own need not be in the bucket.</param>
    /// <param name="otherValueOnly">Only those of another value.</param>
    /// <param name="partners">What is found, in any order.</param>
    public void Find(LiveCommand command, bool otherValueOnly, List<LiveCommand> partners)
    {
        if (!_hasManySources && _commands[0].Source == command.Source)
        {
            return;
        }
        if (otherValueOnly && !_hasManyValues && _commands[0].HasValueOf(command))
        {
            return;
        }
        if (_commands.Count <= PlainMax)
        {
            foreach (LiveCommand other in _commands)
            {
                Take(command, other, otherValueOnly, partners);
            }
            return;
        }
        _index ??= new SpanIndex(_commands.ToArray());
        int end = _index.CountBefore(command.EndNs);
        for (int i = _index.NextEndingAfter(command.StartNs, 0, end); i < end; i = _index.NextEndingAfter(command.StartNs, i + 1, end))
        {
            Take(command, _index.Commands[i], otherValueOnly, partners);
        }
    }

    private static void Take(LiveCommand command, LiveCommand other, bool otherValueOnly, List<LiveCommand> partners)
    {
        if (other.Place > command.Place && other.Source != command.Source && command.Overlaps(other) && !(otherValueOnly && command.HasValueOf(other)))
        {
            partners.Add(other);
        }
    }
}
