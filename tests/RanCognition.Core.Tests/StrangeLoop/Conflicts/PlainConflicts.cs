using RanCognition.Contracts;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>The definition of a conflict, pair by pair and sample by sample.</summary>
internal static class PlainConflicts
{
    public sealed record Entry(int First, int Second, ConflictKind Kind, string? Group, string Cell, string? Metric, double PValue);

    public static List<Entry> Find(IReadOnlyList<ControlCommand> commands, IReadOnlyList<ParameterGroup> groups, IReadOnlyList<KpiSample> kpis)
    {
        var found = new List<Entry>();
        for (int i = 0; i < commands.Count; i++)
        {
            for (int j = i + 1; j < commands.Count; j++)
            {
                if (Classify(i, j, commands[i], commands[j], groups, kpis) is Entry entry)
                {
                    found.Add(entry);
                }
            }
        }
        return found;
    }

    /// <summary>One-sided p of Welch's test that the first mean is below the second: the density integrated by Simpson's rule.</summary>
    public static double Below(double[] samples, double[] reference, double unlessBelow = double.NegativeInfinity)
    {
        double mean = samples.Average(), other = reference.Average();
        double own = samples.Sum(x => (x - mean) * (x - mean)) / (samples.Length - 1) / samples.Length;
        double others = reference.Sum(x => (x - other) * (x - other)) / (reference.Length - 1) / reference.Length;
        if (samples.All(x => x == samples[0]) && reference.All(x => x == reference[0]))
        {
            return samples[0] < reference[0] ? 0 : 1;
        }
        double t = (other - mean) / Math.Sqrt(own + others);
        if (t < unlessBelow)
        {
            return 1;
        }
        double freedom = (own + others) * (own + others) / (own * own / (samples.Length - 1) + others * others / (reference.Length - 1));
        return UpperTail(t, freedom);
    }

    public static double UpperTail(double t, double freedom)
    {
        // t = sqrt(v) tan(angle): P(T > t) = integral of cos^(v - 1) from the angle up, over that from -pi/2.
        double from = Math.Atan(t / Math.Sqrt(freedom));
        return Integral(from, Math.PI / 2) / Integral(-Math.PI / 2, Math.PI / 2);

        double Integral(double low, double high)
        {
            const int Steps = 4000;
            double sum = 0, step = (high - low) / Steps;
            for (int i = 0; i <= Steps; i++)
            {
                double weight = i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2;
                sum += weight * Math.Pow(Math.Max(0, Math.Cos(low + i * step)), freedom - 1);
            }
            return sum * step / 3;
        }
    }

    private static Entry? Classify(int i, int j, ControlCommand a, ControlCommand b, IReadOnlyList<ParameterGroup> groups, IReadOnlyList<KpiSample> kpis)
    {
        UInt128 start = UInt128.Max(a.StartNs, b.StartNs), end = UInt128.Min(End(a), End(b));
        if (a.Source == b.Source || start >= end || a.SpanNs == 0 || b.SpanNs == 0)
        {
            return null;
        }
        if (a.TargetCell == b.TargetCell && a.TargetParameter == b.TargetParameter)
        {
            bool same = a.TargetNumber is not null && b.TargetNumber is not null ? a.TargetNumber == b.TargetNumber : a.TargetValue == b.TargetValue;
            return same ? null : new Entry(i, j, ConflictKind.Direct, null, a.TargetCell, null, 0);
        }
        if (a.TargetCell == b.TargetCell)
        {
            ParameterGroup? group = groups.FirstOrDefault(one => Has(one, a) && Has(one, b));
            if (group is not null)
            {
                return new Entry(i, j, ConflictKind.Indirect, group.Name, a.TargetCell, null, 0);
            }
        }
        (ControlCommand earlier, ControlCommand later) = a.StartNs <= b.StartNs ? (a, b) : (b, a);
        foreach (string cell in (string[])[earlier.TargetCell, later.TargetCell])
        {
            string? metric = null;
            double best = 1;
            foreach (var series in kpis.Where(sample => sample.Cell == cell).GroupBy(sample => sample.Metric))
            {
                double sign = series.First().LowIsBetter ? -1 : 1;
                double[] before = series.Where(sample => sample.TimeNs < earlier.StartNs).Select(sample => sign * sample.Value).ToArray();
                double[] only = series.Where(sample => sample.TimeNs >= earlier.StartNs && sample.TimeNs < later.StartNs).Select(sample => sign * sample.Value).ToArray();
                double[] both = series.Where(sample => sample.TimeNs >= later.StartNs && sample.TimeNs < end).Select(sample => sign * sample.Value).ToArray();
                if (before.Length < 5 || only.Length < 5 || both.Length < 5)
                {
                    continue;
                }
                double first = Below(both, before, 3);   // no t below 3 is significant at .001
                double second = first < .001 ? Below(both, only, 3) : 1;
                if (first < .001 && second < .001 && Math.Max(first, second) < best)
                {
                    (best, metric) = (Math.Max(first, second), series.Key);
                }
            }
            if (metric is not null)
            {
                return new Entry(i, j, ConflictKind.Implicit, null, cell, metric, best);
            }
        }
        return null;

        static UInt128 End(ControlCommand command) => UInt128.Min((UInt128)command.StartNs + command.SpanNs, ulong.MaxValue);
        static bool Has(ParameterGroup group, ControlCommand command) => group.Parameters.Any(parameter => parameter.ParameterName == command.TargetParameter);
    }
}
