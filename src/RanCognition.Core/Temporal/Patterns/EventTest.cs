namespace RanCognition.Temporal.Patterns;

/// <summary>Tests the alarms of the detector against the series' own tail, and names what they are.</summary>
/// <remarks>
/// The peak's deviation, and the mean deviation of the run around it in its own standard errors, against a generalised Pareto tail of the deviations outside
/// events; the smaller p-value counts, twice for every sample.
/// </remarks>
internal static class EventTest
{
    private const double RunDeviation = 1.5;   // a run goes on while the value deviates by this much, to the same side
    private const int SpikeSamplesMax = 3;
    private const double OutageShare = .1;     // of what was expected: what is left is an outage
    private const double CorrelationMax = .9;

    /// <param name="events">Alarms, in order of time.</param>
    /// <param name="deviations">Of every sample, in usual spreads; NaN = unknown.</param>
    /// <param name="startUp">First samples, whose deviations say nothing yet of what is usual.</param>
    public static List<TestedEvent> Test(ReadOnlySpan<AnomalyEvent> events, ReadOnlySpan<double> deviations, int startUp)
    {
        List<TestedEvent> tested = [];
        if (events.IsEmpty)
        {
            return tested;
        }
        double[] usual = Usual(events, deviations, startUp);
        double inflation = Inflation(usual);
        ExceedanceTail tail = new(usual);
        foreach (AnomalyEvent one in events)
        {
            if (double.IsFinite(one.Value))
            {
                tested.Add(Departure(one, deviations, tail, inflation));
            }
        }
        return tested;
    }

    private static double[] Usual(ReadOnlySpan<AnomalyEvent> events, ReadOnlySpan<double> deviations, int startUp)
    {
        List<double> usual = new(deviations.Length);
        int next = 0;
        for (int t = startUp; t < deviations.Length; t++)
        {
            while (next < events.Length && events[next].End < t)
            {
                next++;
            }
            bool inEvent = next < events.Length && events[next].Start <= t;
            if (!inEvent && double.IsFinite(deviations[t]))
            {
                usual.Add(Math.Abs(deviations[t]));
            }
        }
        return [.. usual];
    }

    // By how much the mean of a run varies more than that of independent values, from the autocorrelation of the magnitudes' neighbours.
    private static double Inflation(double[] magnitudes)
    {
        double mean = magnitudes.DefaultIfEmpty(0).Average(), squares = 1e-300, products = 0, before = 0;
        foreach (double magnitude in magnitudes)
        {
            double rest = magnitude - mean;
            squares += rest * rest;
            products += rest * before;
            before = rest;
        }
        // Squares of a process correlate by r^2 where the process does by r.
        double r = Math.Clamp(Math.Sqrt(Math.Max(0, products / squares)), 0, CorrelationMax);
        return (1 + r) / (1 - r);
    }

    private static TestedEvent Departure(AnomalyEvent one, ReadOnlySpan<double> deviations, in ExceedanceTail tail, double inflation)
    {
        double side = Math.Sign(one.Value - one.Expected);
        int from = one.Peak, to = one.Peak;
        while (from > 0 && deviations[from - 1] * side >= RunDeviation)
        {
            from--;
        }
        while (to + 1 < deviations.Length && deviations[to + 1] * side >= RunDeviation)
        {
            to++;
        }
        double peak = 0, sum = 0;
        for (int t = from; t <= to; t++)
        {
            double deviation = Math.Abs(deviations[t]);
            peak = double.IsFinite(deviation) ? Math.Max(peak, deviation) : peak;
            sum += double.IsFinite(deviation) ? deviation : 0;
        }
        int samples = to - from + 1;
        double lasting = sum / Math.Sqrt(samples * inflation);
        double pValue = Math.Min(tail.Probability(peak), tail.Probability(lasting));
        string type = side < 0
            ? Math.Abs(one.Value) <= OutageShare * Math.Abs(one.Expected) ? Contracts.PatternTypes.Outage : Contracts.PatternTypes.Dip
            : samples <= SpikeSamplesMax ? Contracts.PatternTypes.Spike : Contracts.PatternTypes.Surge;
        return new TestedEvent(type, from, to, one.Value, one.Expected, side * peak, Math.Min(1, 2.0 * deviations.Length * pValue));
    }
}
