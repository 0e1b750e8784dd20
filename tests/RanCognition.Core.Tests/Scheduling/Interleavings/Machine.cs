namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>Shared cells and threads. A state is one array of bytes: the cells, then of each thread its place, what it waits for, its locals and its writes on their way.</summary>
internal sealed class Machine(MemoryModel model)
{
    // More writes than any program has on their way; a thread with so many waits until one has arrived.
    private const int Room = 8;

    private const int EntryBytes = 3;
    private const int At = 0;
    private const int Asleep = 1;
    private const int Fenced = 2;
    private const int Written = 3;
    private const int Header = 4;

    private readonly List<string> _cells = [];
    private readonly List<sbyte> _initial = [];
    private readonly List<Code> _threads = [];
    private int[] _places = [];

    public IReadOnlyList<Code> Threads => _threads;

    public int Cell(string name, int initial = 0)
    {
        _cells.Add(name);
        _initial.Add((sbyte)initial);
        return _cells.Count - 1;
    }

    public Code Thread()
    {
        var code = new Code(_threads.Count + 1);
        _threads.Add(code);
        return code;
    }

    /// <summary>The first state, with all threads before their first step.</summary>
    public sbyte[] Begin(out string? fault)
    {
        foreach (Code code in _threads)
        {
            code.End();
        }
        _places = new int[_threads.Count + 1];
        _places[0] = _cells.Count;
        for (int t = 0; t < _threads.Count; t++)
        {
            _places[t + 1] = _places[t] + Header + _threads[t].Locals + (Room * EntryBytes);
        }
        sbyte[] state = new sbyte[_places[^1]];
        _initial.CopyTo(state);
        fault = null;
        for (int t = 0; t < _threads.Count; t++)
        {
            fault ??= GoOn(state, t);
        }
        return state;
    }

    public ReadOnlySpan<sbyte> LocalsOf(sbyte[] state, int thread) => state.AsSpan(_places[thread] + Header, _threads[thread].Locals);

    public bool IsAsleep(sbyte[] state, int thread) => state[_places[thread] + Asleep] != 0;

    public bool HasEnded(sbyte[] state, int thread) => Next(state, thread).Kind is Kind.End;

    /// <summary>Every state that can come next.</summary>
    public void Successors(sbyte[] state, List<Successor> into)
    {
        into.Clear();
        for (int t = 0; t < _threads.Count; t++)
        {
            for (int i = 0; i < state[_places[t] + Written]; i++)
            {
                if (MayArrive(state, t, i))
                {
                    sbyte[] next = (sbyte[])state.Clone();
                    string what = $"{t + 1}: {_cells[Entry(next, t, i)[0]]} := {Entry(next, t, i)[1]} arrives";
                    Arrive(next, t, i);
                    into.Add(new Successor(next, what, null));
                }
            }
            Instruction instruction = Next(state, t);
            if (instruction.Kind is Kind.End || IsAsleep(state, t))
            {
                continue;
            }
            if (instruction.Kind is Kind.BarrierInAll)
            {
                FenceAnother(state, t, into);
            }
            else if (instruction.Kind is not (Kind.Write or Kind.ReleasingWrite) || state[_places[t] + Written] < Room)
            {
                sbyte[] next = (sbyte[])state.Clone();
                string what = $"{t + 1}: {Step(next, t, instruction)}";
                next[_places[t] + At]++;
                into.Add(new Successor(next, what, GoOn(next, t)));
            }
        }
    }

    private Instruction Next(sbyte[] state, int thread) => _threads[thread].Instructions[(byte)state[_places[thread] + At]];

    private void FenceAnother(sbyte[] state, int thread, List<Successor> into)
    {
        for (int other = 0; other < _threads.Count; other++)
        {
            if (other == thread || (state[_places[thread] + Fenced] >> other & 1) != 0)
            {
                continue;
            }
            sbyte[] next = (sbyte[])state.Clone();
            Drain(next, thread);
            Drain(next, other);
            next[_places[thread] + Fenced] |= (sbyte)(1 << other);
            string? fault = null;
            if (int.PopCount(next[_places[thread] + Fenced]) == _threads.Count - 1)
            {
                next[_places[thread] + Fenced] = 0;
                next[_places[thread] + At]++;
                fault = GoOn(next, thread);
            }
            into.Add(new Successor(next, $"{thread + 1}: barrier in {other + 1}", fault));
        }
    }

    /// <summary>Does one step that is not a branch.</summary>
    private string Step(sbyte[] state, int thread, Instruction instruction)
    {
        Span<sbyte> locals = state.AsSpan(_places[thread] + Header, _threads[thread].Locals);
        int cell = instruction.Cell;
        if (instruction.Kind is Kind.Read)
        {
            locals[instruction.Local] = Seen(state, thread, cell);
            return $"reads {_cells[cell]} = {locals[instruction.Local]}";
        }
        sbyte value = (sbyte)(instruction.Value?.Invoke(locals) ?? 0);
        if (instruction.Kind is Kind.Write or Kind.ReleasingWrite)
        {
            Span<sbyte> entry = Entry(state, thread, state[_places[thread] + Written]++);
            entry[0] = (sbyte)cell;
            entry[1] = value;
            entry[2] = instruction.Kind is Kind.ReleasingWrite ? (sbyte)1 : (sbyte)0;
            return $"writes {_cells[cell]} := {value}";
        }
        Drain(state, thread);   // all others lock, or are calls into the kernel
        sbyte before = state[cell];
        switch (instruction.Kind)
        {
            case Kind.CompareExchange:
                locals[instruction.Local] = before;
                bool done = before == (sbyte)instruction.Expected!(locals);
                state[cell] = done ? value : before;
                return $"compare-exchange of {_cells[cell]} = {before} to {value}: {(done ? "done" : "not done")}";
            case Kind.Exchange:
                locals[instruction.Local] = before;
                state[cell] = value;
                return $"exchanges {_cells[cell]} = {before} for {value}";
            case Kind.Add:
                locals[instruction.Local] = state[cell] = (sbyte)(before + value);
                return $"adds {value} to {_cells[cell]}: {state[cell]}";
            case Kind.FutexWait:
                state[_places[thread] + Asleep] = before == 0 ? (sbyte)(cell + 1) : (sbyte)0;
                return before == 0 ? "falls asleep" : "need not sleep";
            case Kind.FutexWake:
                for (int t = 0; t < _threads.Count; t++)
                {
                    if (state[_places[t] + Asleep] == cell + 1)
                    {
                        state[_places[t] + Asleep] = 0;
                    }
                }
                return "wakes";
            default:
                return "fence";
        }
    }

    /// <summary>Does what nobody else can see, up to the next step.</summary>
    private string? GoOn(sbyte[] state, int thread)
    {
        Span<sbyte> locals = state.AsSpan(_places[thread] + Header, _threads[thread].Locals);
        string? fault = null;
        while (true)
        {
            int at = (byte)state[_places[thread] + At];
            Instruction instruction = _threads[thread].Instructions[at];
            int next = at + 1;
            switch (instruction.Kind)
            {
                case Kind.Set:
                    locals[instruction.Local] = (sbyte)instruction.Value!(locals);
                    break;
                case Kind.Branch:
                    next = instruction.Value!(locals) != 0 ? instruction.Target!.At : next;
                    break;
                case Kind.Note:
                    fault ??= instruction.Note!(state.AsSpan(0, _cells.Count), locals);
                    break;
                default:
                    return fault;
            }
            state[_places[thread] + At] = (sbyte)next;
        }
    }

    private Span<sbyte> Entry(sbyte[] state, int thread, int number) => state.AsSpan(_places[thread + 1] - ((Room - number) * EntryBytes), EntryBytes);

    /// <summary>The newest of the thread's own writes, else what has arrived.</summary>
    private sbyte Seen(sbyte[] state, int thread, int cell)
    {
        for (int i = state[_places[thread] + Written] - 1; i >= 0; i--)
        {
            if (Entry(state, thread, i)[0] == cell)
            {
                return Entry(state, thread, i)[1];
            }
        }
        return state[cell];
    }

    private bool MayArrive(sbyte[] state, int thread, int number)
    {
        if (number == 0)
        {
            return true;
        }
        if (model == MemoryModel.TotalStoreOrder || Entry(state, thread, number)[2] != 0)
        {
            return false;
        }
        for (int i = 0; i < number; i++)
        {
            if (Entry(state, thread, i)[0] == Entry(state, thread, number)[0])
            {
                return false;
            }
        }
        return true;
    }

    private void Arrive(sbyte[] state, int thread, int number)
    {
        state[Entry(state, thread, number)[0]] = Entry(state, thread, number)[1];
        int last = --state[_places[thread] + Written];
        for (int i = number; i < last; i++)
        {
            Entry(state, thread, i + 1).CopyTo(Entry(state, thread, i));
        }
        Entry(state, thread, last).Clear();
    }

    private void Drain(sbyte[] state, int thread)
    {
        while (state[_places[thread] + Written] != 0)
        {
            Arrive(state, thread, 0);
        }
    }

    public readonly record struct Successor(sbyte[] State, string What, string? Fault);
}
