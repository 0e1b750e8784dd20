namespace RanCognition.Interop;

/// <summary>Evaluates points that do not depend on each other, for evaluators that have threads or a GPU of their own.</summary>
/// <param name="x">Their values, point by point.</param>
/// <param name="points">How many they are.</param>
/// <param name="objectives">Gets their objectives, point by point, each in its own sense; NaN = the point failed.</param>
/// <param name="constraints">Gets their constraints, point by point; each holds when it is at most 0.</param>
/// <returns>False = all of these points failed.</returns>
public delegate bool BatchEvaluator(ReadOnlySpan<double> x, int points, Span<double> objectives, Span<double> constraints);
