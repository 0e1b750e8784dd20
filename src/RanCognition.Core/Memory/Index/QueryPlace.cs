namespace RanCognition.Memory.Index;

/// <summary>Where a query lies in code space.</summary>
/// <param name="Factor">What its numbers were multiplied with.</param>
/// <param name="Rounding">How far its point can be from the true one.</param>
/// <param name="SquaredNorm">Of the query less the centre of the byte codes.</param>
/// <param name="PerDot">What one unit of a sum of codes times weights takes from the squared distance.</param>
/// <param name="SquareSlack">How far a squared distance to what a byte code stands for can be from the true one.</param>
internal readonly record struct QueryPlace(double Factor, float Rounding, float SquaredNorm, float PerDot, float SquareSlack);
