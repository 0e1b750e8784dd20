using RanCognition.Contracts;
using RanCognition.Optimization;
using RanCognition.Optimization.Search;

namespace RanCognition.Tests.Optimization.Search;

/// <summary>Short ways to write problems.</summary>
internal static class Problems
{
    public static DecisionVariable Real(string name, double lower, double upper, double? step = null) =>
        new() { Name = name, Lower = lower, Upper = upper, Step = step };

    public static DecisionVariable Integer(string name, double lower, double upper) =>
        new() { Name = name, Kind = VariableKind.Integer, Lower = lower, Upper = upper };

    public static DecisionVariable Binary(string name) => new() { Name = name, Kind = VariableKind.Binary };

    public static DecisionVariable Ordered(string name, params double[] values) => new() { Name = name, Kind = VariableKind.Ordered, Values = values };

    public static DecisionVariable Category(string name, int count) =>
        new() { Name = name, Kind = VariableKind.Category, Categories = [.. Enumerable.Range(0, count).Select(i => $"c{i}")] };

    public static OptimizationProblem Of(ulong evaluations, params DecisionVariable[] variables) => new()
    {
        Variables = variables,
        Objectives = [new ObjectiveSpec("f", false)],
        Budget = new OptimizationBudget { Evaluations = evaluations },
    };

    public static SearchProblem Compiled(OptimizationProblem problem) => ProblemCompiler.Compile(problem, "problem", 0).Search;

    public static SearchProblem Many(ulong evaluations, int count, Func<int, DecisionVariable> variable) =>
        Compiled(Of(evaluations, [.. Enumerable.Range(0, count).Select(variable)]));

    /// <summary>Batches of points, the same every time.</summary>
    public static IEnumerable<Batch> Batches(SearchProblem problem, int batches, int rows, Func<int, int, double[]> point)
    {
        Batch batch = new(problem.Space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        for (int i = 0; i < batches; i++)
        {
            batch.Resize(rows);
            for (int row = 0; row < rows; row++)
            {
                point(i, row).CopyTo(batch.Point(row));
            }
            yield return batch;
        }
    }
}
