namespace RanCognition.Performance;

/// <summary>How independent items are run by <see cref="ParallelExecutor"/>.</summary>
public sealed record ParallelWork
{
    /// <summary>Items 0..Count-1.</summary>
    public required int Count { get; init; }

    /// <summary>Threads, the calling one included; 1 = the calling thread alone, and none is started.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Items that a thread takes at one time, in order; more than 1 where an item is done in less than a microsecond.</summary>
    public int ChunkItems { get; init; } = 1;

    /// <summary>Items after one that failed are run too, so that all failures are known. Without it the run stops, having run at least what a loop would have run.</summary>
    public bool GoesOnAfterFailures { get; init; }

    /// <summary>Called on the calling thread with the items done: after each of its own chunks and every few ms while it waits for the others. What it throws stops the run.</summary>
    public Action<int>? Progress { get; init; }

    public CancellationToken Cancellation { get; init; }
}
