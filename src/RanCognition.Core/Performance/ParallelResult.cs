using System.Runtime.ExceptionServices;

namespace RanCognition.Performance;

/// <summary>What became of the items of a run.</summary>
public sealed class ParallelResult
{
    /// <summary>Failures kept; all are counted.</summary>
    public const int FailuresMax = 64;

    internal ParallelResult(int done, int failureCount, IReadOnlyList<ItemFailure> failures)
    {
        Done = done;
        FailureCount = failureCount;
        Failures = failures;
    }

    /// <summary>Items that ended well.</summary>
    public int Done { get; }

    public int FailureCount { get; }

    /// <summary>Those of the lowest items, in their order.</summary>
    public IReadOnlyList<ItemFailure> Failures { get; }

    /// <summary>Throws what the lowest item threw, as a loop over the items would have.</summary>
    public void ThrowIfFailed()
    {
        if (FailureCount > 0)
        {
            ExceptionDispatchInfo.Throw(Failures[0].Error);
        }
    }
}
