namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>What is left out of, or done wrong in, the gate's protocol: the explorer has to find each.</summary>
[Flags]
public enum GateFault
{
    None = 0,

    /// <summary>TryEnter: no second look at _favoured after _inside was written.</summary>
    NoSecondLook = 1,

    /// <summary>TryEnterShared: a fence in the own thread only, where one in all is needed.</summary>
    OwnFenceOnly = 2,

    /// <summary>TryEnterShared: no look at _inside after the barrier.</summary>
    NoLookInside = 4,

    /// <summary>TryEnterShared: _favoured is written, not compared and exchanged, when the favour has been taken away.</summary>
    SharedIsWritten = 8,

    /// <summary>TryEnter: _inside is written back without a fence.</summary>
    BackByWrite = 16,

    /// <summary>Leave: goes by _inside, which the favoured thread may just have written while it finds out that it is favoured no more.</summary>
    LeaveByInside = 32,

    /// <summary>Leave: _owner is cleared before the work is done.</summary>
    LeaveEarly = 64,

    /// <summary>Close: _inside stays.</summary>
    CloseKeepsInside = 128,

    /// <summary>Close: _owner is not marked.</summary>
    CloseKeepsOwner = 256,

    /// <summary>TryEnterShared: _owner is read and written, not compared and exchanged.</summary>
    OwnerIsWritten = 512,

    /// <summary>Dispose: a fence in the own thread only.</summary>
    DisposeFencesItself = 1024,

    /// <summary>TryClose: no fence, so that the leaving of who sees the closing may not have arrived when the others look.</summary>
    CloseWithoutFence = 2048,

    /// <summary>Leave: not by Volatile.Write, which only matters where writes overtake one another.</summary>
    LeaveByPlainWrite = 4096,
}
