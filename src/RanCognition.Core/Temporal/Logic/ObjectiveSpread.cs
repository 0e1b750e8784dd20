namespace RanCognition.Temporal.Logic;

/// <summary>What the scenario paths promise for an objective, in its unit; NaN with a reason when it cannot be evaluated.</summary>
/// <param name="Median">Median over the paths.</param>
/// <param name="Lower">5 % quantile over the paths.</param>
/// <param name="Upper">95 % quantile over the paths.</param>
/// <param name="ShareBetter">Share of the paths that end better than the present value; NaN when that is unknown.</param>
/// <param name="Scenarios">Paths evaluated.</param>
/// <param name="Reason">Why there is no value, or null.</param>
public sealed record ObjectiveSpread(double Median, double Lower, double Upper, double ShareBetter, int Scenarios, string? Reason);
