namespace RanCognition.Temporal.Patterns;

/// <summary>What <see cref="AnomalyDetector"/> says about one value, from this and earlier values alone.</summary>
/// <param name="Score">Smoothed strangeness, 0 or more, larger = stranger; ranks the points of one series.</param>
/// <param name="Likelihood">-log10 of the estimated tail probability, 0 or more; comparable between series.</param>
/// <param name="Alarm">True where an alarm is raised: once at the start of an event, again only when it grows worse.</param>
/// <param name="Kind">What stands out; None while Likelihood is below 1.25 and there is no alarm.</param>
/// <param name="Expected">Median of the same time of the last 14 days (before: the running level), in the unit of the values; NaN for a missing value.</param>
/// <param name="Spread">Usual distance of a value from Expected (like a standard deviation), in the unit of the values; NaN for a missing value.</param>
public readonly record struct AnomalyPoint(
    double Score, double Likelihood, bool Alarm, AnomalyKind Kind, double Expected, double Spread);
