namespace RanCognition.Optimization;

/// <summary>Evaluates one point.</summary>
/// <param name="x">Its values.</param>
/// <param name="objectives">Gets its objectives, each in its own sense.</param>
/// <param name="constraints">Gets its constraints; each holds when it is at most 0.</param>
/// <returns>False = the point failed.</returns>
public delegate bool PointEvaluator(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints);
