namespace RanCognition.Temporal.Patterns;

/// <summary>An alarm and what came of it, for reports: "value x, expected y".</summary>
/// <param name="Start">Index of the first alarm.</param>
/// <param name="Peak">Index of the highest likelihood from Start to End.</param>
/// <param name="End">Last index with an alarm or a likelihood of 1.25 or more before the detector was ready for a new alarm, at least Start; inclusive.</param>
/// <param name="Kind">What stood out at the peak.</param>
/// <param name="Value">The value at the peak; NaN only when every value of the event is missing.</param>
/// <param name="Expected">What was expected at the peak, in the unit of the values; NaN as Value.</param>
/// <param name="Likelihood">-log10 of the estimated tail probability at the peak.</param>
public readonly record struct AnomalyEvent(
    int Start, int Peak, int End, AnomalyKind Kind, double Value, double Expected, double Likelihood);
