using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Performance;
using RanCognition.Temporal;

namespace RanCognition.Tests.Patterns;

/// <summary>One call of the pattern finder on hourly series, and what it says.</summary>
internal static class Planted
{
    public const ulong Hour = 3_600_000_000_000;
    public const ulong Start = 1_600_000_000_000_000_000;

    public static MetricGrid Grid(string metric, double[] values, ulong step = Hour, ulong start = Start) =>
        new() { Metric = metric, StartNs = start, StepNs = step, Values = values };

    public static List<TemporalPattern> Find(params MetricGrid[] grids) => Find(new ConstraintSet(), grids);

    public static List<TemporalPattern> Find(ConstraintSet constraints, params MetricGrid[] grids) =>
        new PatternFinder(SimdOps.Vector).Find(grids, constraints, _ => true).Patterns;

    public static List<TemporalPattern> Find(double[] values) => Find(Grid("m", values));

    /// <summary>The only finding of a type.</summary>
    public static TemporalPattern One(IEnumerable<TemporalPattern> patterns, string type)
    {
        TemporalPattern[] found = [.. patterns.Where(pattern => pattern.PatternType == type)];
        Assert.True(found.Length == 1, $"{found.Length} of {type} in: {Words(patterns)}");
        return found[0];
    }

    public static double Parameter(this TemporalPattern pattern, string name) => pattern.Parameters.Single(p => p.Key == name).Value;

    public static int From(this TemporalPattern pattern, ulong step = Hour, ulong start = Start) => (int)((pattern.StartTime - start) / step);

    public static int To(this TemporalPattern pattern, ulong step = Hour, ulong start = Start) => (int)((pattern.EndTime - start) / step);

    public static string Words(IEnumerable<TemporalPattern> patterns) =>
        string.Join("; ", patterns.Select(p => $"{p.Metric} {p.PatternType} {p.From()}..{p.To()} p={p.PValue:0.#e0} {string.Join(' ', p.Parameters.Select(q => $"{q.Key}={q.Value:0.###}"))}"));

    /// <summary>Autoregressive noise around a level, four weeks of hours.</summary>
    public static double[] Noise(ulong seed, int n = 672, double level = 50, double deviation = 2, double carry = .3)
    {
        RandomStream random = new(seed);
        double[] values = new double[n];
        double carried = 0;
        for (int t = 0; t < n; t++)
        {
            carried = carry * carried + Math.Sqrt(1 - carry * carry) * random.NextNormal();
            values[t] = level + deviation * carried;
        }
        return values;
    }

    /// <summary>The same around a daily profile.</summary>
    public static double[] Daily(ulong seed, int n = 672, double level = 50, double swing = 15, double deviation = 2, int day = 24)
    {
        double[] values = Noise(seed, n, level, deviation);
        for (int t = 0; t < n; t++)
        {
            values[t] += swing * Math.Sin(2 * Math.PI * t / day);
        }
        return values;
    }
}
