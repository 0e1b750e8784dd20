namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>What one thread does: reads and writes of shared cells, each a step of its own, and what it does with its locals.</summary>
internal sealed class Code(int number)
{
    private readonly List<Instruction> _instructions = [];

    /// <summary>From 1, as in a thread id.</summary>
    public int Thread { get; } = number;

    public int Locals { get; private set; }

    public IReadOnlyList<Instruction> Instructions => _instructions;

    public int Local() => Locals++;

    public Code Mark(Label label)
    {
        label.At = _instructions.Count;
        return this;
    }

    /// <summary>A read; also what Volatile.Read is.</summary>
    public Code Read(int local, int cell) => Add(new Instruction(Kind.Read, cell, local));

    /// <summary>Volatile.Write.</summary>
    public Code Write(int cell, Value value) => Add(new Instruction(Kind.ReleasingWrite, cell, Value: value));

    public Code Write(int cell, int value) => Write(cell, _ => value);

    /// <summary>A write that is no Volatile.Write.</summary>
    public Code PlainWrite(int cell, Value value) => Add(new Instruction(Kind.Write, cell, Value: value));

    /// <summary>local = Interlocked.CompareExchange(ref cell, value, expected).</summary>
    public Code CompareExchange(int local, int cell, Value value, Value expected) => Add(new Instruction(Kind.CompareExchange, cell, local, value, expected));

    public Code CompareExchange(int local, int cell, int value, int expected) => CompareExchange(local, cell, _ => value, _ => expected);

    public Code Exchange(int local, int cell, int value) => Add(new Instruction(Kind.Exchange, cell, local, _ => value));

    /// <summary>local = Interlocked.Add(ref cell, value).</summary>
    public Code AddTo(int local, int cell, Value value) => Add(new Instruction(Kind.Add, cell, local, value));

    public Code Fence() => Add(new Instruction(Kind.Fence));

    /// <summary>Interlocked.MemoryBarrierProcessWide: a fence in every thread, in one after the other, in any order.</summary>
    public Code BarrierInAll() => Add(new Instruction(Kind.BarrierInAll));

    /// <summary>Sleeps, without a time, unless the cell is not 0.</summary>
    public Code FutexWait(int cell) => Add(new Instruction(Kind.FutexWait, cell));

    public Code FutexWake(int cell) => Add(new Instruction(Kind.FutexWake, cell));

    public Code Set(int local, Value value) => Add(new Instruction(Kind.Set, Local: local, Value: value));

    /// <summary>Goes to the target when the condition is not 0.</summary>
    public Code If(Condition condition, Label target) => Add(new Instruction(Kind.Branch, Value: locals => condition(locals) ? 1 : 0, Target: target));

    public Code Goto(Label target) => Add(new Instruction(Kind.Branch, Value: _ => 1, Target: target));

    public Code Note(Note note) => Add(new Instruction(Kind.Note, Note: note));

    public Code End() => Add(new Instruction(Kind.End));

    private Code Add(Instruction instruction)
    {
        _instructions.Add(instruction);
        return this;
    }

    public delegate bool Condition(ReadOnlySpan<sbyte> locals);
}
