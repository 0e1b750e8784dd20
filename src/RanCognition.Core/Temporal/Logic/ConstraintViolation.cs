namespace RanCognition.Temporal.Logic;

/// <summary>A run of samples of a history that violated one comparison of a constraint.</summary>
/// <param name="Comparison">The comparison that was violated.</param>
/// <param name="Start">Index of the first violating sample.</param>
/// <param name="End">Index of the last violating sample.</param>
/// <param name="WorstValue">Value (of a rate: change per second) furthest from what is allowed.</param>
/// <param name="WorstExcess">Its distance from the limit, at least 0, in the metric's unit (of a rate: per second).</param>
public sealed record ConstraintViolation(Comparison Comparison, int Start, int End, double WorstValue, double WorstExcess);
