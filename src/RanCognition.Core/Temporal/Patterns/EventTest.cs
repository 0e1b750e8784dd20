using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>Tests the alarms of the detector against the series' own tail, and names what they are.</summary>
/// <remarks>
/// The peak's deviation, and the mean deviation of the run around it in its own standard errors, against a generalised Pareto tail of the deviations outside
/// events; the smaller p-value counts, twice for every excursion seen.
/// </remarks>
internal static class EventTest
{
    private const double RunDeviation = 1.5;   // a run goes on while the value deviates by this much, to the same side
    private const int SpikeSamplesMax = 3;
    private const double OutageShare = .1;     // of what was expected: what is left is an outage
    private const double CorrelationMax = .9;

    /// <param name="simd">Kernels to use.</param>
    /// <param name="events">Alarms, in order of time, in the grid's indices.</param>
    /// <param name="model">The series taken apart: what its seasons and segments leave is what is tested.</param>
    public static List<TestedEvent> Test(SimdOps simd, ReadOnlySpan<AnomalyEvent> events, SeriesModel model)
    {
        List<TestedEvent> tested = [];
        if (events.IsEmpty)
        {
            return tested;
        }
        double[] deviations = Deviations(simd, model);
        double[] usual = Usual(events, deviations, model.Start);
        double inflation = Inflation(usual);
        ExceedanceTail tail = new(usual);
        foreach (AnomalyEvent one in events)
        {
            if (double.IsFinite(one.Value) && one.Peak >= model.Start)
            {
                tested.Add(Departure(one, deviations, model.Start, tail, inflation, events.Length));
            }
        }
        return tested;
    }

    /// <summary>What is left of each sample, in robust standard deviations.</summary>
    private static double[] Deviations(SimdOps simd, SeriesModel model)
    {
        double[] deviations = (double[])model.Rest.Clone();
        double scale = ChangePointMedian.Deviation(simd, model.Rest.AsSpan().ToArray());
        foreach (ref double deviation in deviations.AsSpan())
        {
            deviation = scale > 0 ? deviation / scale : 0;
        }
        return deviations;
    }

    private static double[] Usual(ReadOnlySpan<AnomalyEvent> events, double[] deviations, int start)
    {
        List<double> usual = new(deviations.Length);
        int next = 0;
        for (int t = 0; t < deviations.Length; t++)
        {
            while (next < events.Length && events[next].End < t + start)
            {
                next++;
            }
            if (next == events.Length || events[next].Start > t + start)
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

    private static TestedEvent Departure(
        AnomalyEvent one, double[] deviations, int start, in ExceedanceTail tail, double inflation, int events)
    {
        double side = Math.Sign(one.Value - one.Expected);
        int from = one.Peak - start, to = from;
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
            double deviation = Math.Max(0, deviations[t] * side);
            peak = Math.Max(peak, deviation);
            sum += deviation;
        }
        int samples = to - from + 1;
        double lasting = sum / Math.Sqrt(samples * inflation);
        double pValue = Math.Min(tail.Probability(peak), tail.Probability(lasting));
        string type = side < 0
            ? Math.Abs(one.Value) <= OutageShare * Math.Abs(one.Expected) ? Contracts.PatternTypes.Outage : Contracts.PatternTypes.Dip
            : samples <= SpikeSamplesMax ? Contracts.PatternTypes.Spike : Contracts.PatternTypes.Surge;
        return new TestedEvent(type, start + from, start + to, one.Value, one.Expected, side * peak, Math.Min(1, 2.0 * (tail.Excursions + events) * pValue));
    }
}
