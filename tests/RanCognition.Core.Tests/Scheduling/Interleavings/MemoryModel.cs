namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>In which order other threads may see a thread's writes. Reads are in program order in both: those of the protocol are Volatile.Read, or of what only the reader itself writes.</summary>
public enum MemoryModel
{
    /// <summary>x86 (Sewell and others, "x86-TSO", 2010): a queue of writes per thread; a read may overtake the writes before it.</summary>
    TotalStoreOrder,

    /// <summary>Towards ARM: plain writes to different places also overtake one another; a Volatile.Write stays behind all that were written before it.</summary>
    ReleaseOrder,
}
