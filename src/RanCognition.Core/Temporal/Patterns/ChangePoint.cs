namespace RanCognition.Temporal.Patterns;

/// <summary>A lasting change of a series.</summary>
/// <param name="Index">Index of the first value of the new segment.</param>
/// <param name="Before">Median from the change before (or the start) up to here, in the unit of the values; NaN without any known value.</param>
/// <param name="After">Median from here up to the next change (or the end); NaN likewise.</param>
/// <param name="PValue">Bound on the probability that levels differ this much by chance, 0..1; see <see cref="ChangePoints.Describe"/>.</param>
public readonly record struct ChangePoint(int Index, double Before, double After, double PValue);
