namespace RanCognition.Contracts;

/// <summary>What a task asks of an optimization core.</summary>
public abstract record OptimizationOperation
{
    private OptimizationOperation()
    {
    }

    public sealed record Optimize(OptimizationProblem Problem) : OptimizationOperation;

    public sealed record EvaluateNetwork(NetworkModel Network) : OptimizationOperation;
}
