namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Commands that are kept until they end, by cell and by end.</summary>
internal sealed class LiveCommandStore
{
    private readonly Dictionary<int, CellCommands> _cells = [];
    private LiveCommand[] _heap = new LiveCommand[16];   // by end: no command ends before its parent, (i - 1) / 2

    public NameTable Names { get; private set; } = new();

    public int Count { get; private set; }

    /// <summary>How many end by then.</summary>
    public int CountEndingBy(ulong timeNs)
    {
        int count = 0;
        var open = new List<int> { 0 };
        while (open.Count > 0)
        {
            int at = open[^1];
            open.RemoveAt(open.Count - 1);
            if (at < Count && _heap[at].EndNs <= timeNs)
            {
                count++;
                open.Add(2 * at + 1);
                open.Add(2 * at + 2);
            }
        }
        return count;
    }

    /// <summary>Null = no command is of that cell.</summary>
    public CellCommands? Of(int cell) => _cells.TryGetValue(cell, out CellCommands? commands) ? commands : null;

    /// <summary>All, by place.</summary>
    public LiveCommand[] All()
    {
        LiveCommand[] all = _heap[..Count];
        Array.Sort(all, LiveCommand.ComparePlaces);
        return all;
    }

    public void Add(LiveCommand command)
    {
        AddToCell(command);
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, 2 * Count);
        }
        int at = Count++;
        while (at > 0 && _heap[(at - 1) / 2].EndNs > command.EndNs)
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        _heap[at] = command;
    }

    public void ForgetEndingBy(ulong timeNs)
    {
        while (Count > 0 && _heap[0].EndNs <= timeNs)
        {
            LiveCommand command = _heap[0];
            if (_cells[command.Cell].Forget(command))
            {
                _cells.Remove(command.Cell);
            }
            RemoveFirst();
        }
    }

    /// <summary>Lets go of names that no command has any more, once they are many.</summary>
    public void TidyNames()
    {
        if (Names.Count > 4 * (long)Count + 1024)
        {
            Rename();
        }
    }

    private void AddToCell(LiveCommand command)
    {
        if (!_cells.TryGetValue(command.Cell, out CellCommands? commands))
        {
            _cells.Add(command.Cell, commands = new CellCommands());
        }
        commands.Add(command);
    }

    private void RemoveFirst()
    {
        LiveCommand moved = _heap[--Count];
        _heap[Count] = null!;   // let it go
        if (Count == 0)
        {
            return;
        }
        int at = 0;
        while (true)
        {
            int child = 2 * at + 1;
            if (child >= Count)
            {
                break;
            }
            if (child + 1 < Count && _heap[child + 1].EndNs < _heap[child].EndNs)
            {
                child++;
            }
            if (_heap[child].EndNs >= moved.EndNs)
            {
                break;
            }
            _heap[at] = _heap[child];
            at = child;
        }
        _heap[at] = moved;
    }

    private void Rename()
    {
        Names = new NameTable();
        _cells.Clear();
        foreach (LiveCommand command in All())
        {
            command.Name(Names);
            AddToCell(command);
        }
    }
}
