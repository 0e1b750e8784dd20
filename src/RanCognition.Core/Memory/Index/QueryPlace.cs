namespace RanCognition.Memory.Index;

/// <summary>Where a query lies in code space.</summary>
/// <param name="Factor">What its numbers were multiplied with.</param>
/// <param name="Rounding">How far its point can be from the true one.</param>
internal readonly record struct QueryPlace(double Factor, float Rounding);
