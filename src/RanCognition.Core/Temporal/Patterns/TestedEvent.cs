namespace RanCognition.Temporal.Patterns;

/// <summary>An anomaly event that a test confirmed.</summary>
/// <param name="Type">Pattern type: outage, spike, dip, surge or flatline.</param>
/// <param name="From">First sample of the disturbance.</param>
/// <param name="To">Last sample.</param>
/// <param name="Value">The most unusual value.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="Deviation">Their distance in usual spreads; NaN for a flat line.</param>
/// <param name="PValue">Corrected for the length of the series.</param>
internal readonly record struct TestedEvent(string Type, int From, int To, double Value, double Expected, double Deviation, double PValue);
