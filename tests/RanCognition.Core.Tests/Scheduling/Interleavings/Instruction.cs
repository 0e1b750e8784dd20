namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>Gives a number from a thread's locals.</summary>
internal delegate int Value(ReadOnlySpan<sbyte> locals);

/// <summary>Notes something for the proof, which the program itself cannot see; gives what is wrong, or null.</summary>
internal delegate string? Note(Span<sbyte> cells, Span<sbyte> locals);

internal enum Kind : byte
{
    // Steps: others may come in between.
    Read,
    Write,
    ReleasingWrite,
    CompareExchange,
    Exchange,
    Add,
    Fence,
    BarrierInAll,
    FutexWait,
    FutexWake,
    End,

    // Done together with the step before.
    Set,
    Branch,
    Note,
}

internal sealed record Instruction(Kind Kind, int Cell = 0, int Local = 0, Value? Value = null, Value? Expected = null, Label? Target = null, Note? Note = null);
