using RanCognition.Contracts;
using RanCognition.Optimization.Search;

namespace RanCognition.Optimization;

/// <summary>A problem that was found to make sense, in the form that searches use.</summary>
/// <param name="Problem">The problem, with what may be absent filled in: variables and objective of a built-in function, the budget, the threads.</param>
/// <param name="Search">What the search needs of it.</param>
internal sealed record CompiledProblem(OptimizationProblem Problem, SearchProblem Search);
