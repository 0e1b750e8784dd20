namespace RanCognition.Contracts;

/// <summary>What a task asks of an optimization core.</summary>
public abstract record OptimizationOperation
{
    private OptimizationOperation()
    {
    }

    /// <param name="Problem">What is to be found.</param>
    /// <param name="IsMember">It was the member "problem" of the operation, not the operation itself.</param>
    public sealed record Optimize(OptimizationProblem Problem, bool IsMember = false) : OptimizationOperation;

    public sealed record EvaluateNetwork(NetworkModel Network) : OptimizationOperation;
}
