namespace RanCognition.Contracts;

/// <summary>What a task asks of a strange-loop core.</summary>
public abstract record StrangeLoopOperation
{
    private StrangeLoopOperation()
    {
    }

    public sealed record Solve(FixedPointRequest Request) : StrangeLoopOperation;

    public sealed record Observe(LoopObservation Observation) : StrangeLoopOperation;

    public sealed record DetectConflicts(ConflictRequest Request) : StrangeLoopOperation;

    public sealed record GetState : StrangeLoopOperation;
}
