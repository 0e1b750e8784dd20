namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>A state in which nobody can do anything any more.</summary>
internal readonly struct EndState(Machine machine, sbyte[] state)
{
    public int this[int cell] => state[cell];

    /// <summary>Threads count from 1.</summary>
    public int Local(Code thread, int local) => machine.LocalsOf(state, thread.Thread - 1)[local];

    public bool IsAsleep(Code thread) => machine.IsAsleep(state, thread.Thread - 1);
}
