using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>The series of each cell.</summary>
internal sealed class KpiTable
{
    private readonly Dictionary<string, List<KpiSeries>> _cells = new(StringComparer.Ordinal);

    public KpiTable(IReadOnlyList<KpiSample> samples, string argument)
    {
        var found = new Dictionary<string, Dictionary<string, List<KpiSample>>>(StringComparer.Ordinal);
        for (int i = 0; i < samples.Count; i++)
        {
            KpiSample sample = samples[i];
            if (!double.IsFinite(sample.Value))
            {
                InvalidInputException.Throw($"{argument}/kpis/{i}/value", "is not a finite number");
            }
            if (!found.TryGetValue(sample.Cell, out Dictionary<string, List<KpiSample>>? metrics))
            {
                found.Add(sample.Cell, metrics = new Dictionary<string, List<KpiSample>>(StringComparer.Ordinal));
            }
            if (!metrics.TryGetValue(sample.Metric, out List<KpiSample>? series))
            {
                metrics.Add(sample.Metric, series = []);
            }
            if (series.Count > 0 && series[0].LowIsBetter != sample.LowIsBetter)
            {
                InvalidInputException.Throw($"{argument}/kpis/{i}/better", $"metric '{sample.Metric}' of cell '{sample.Cell}' has both low and high as better");
            }
            series.Add(sample);
        }
        foreach (KeyValuePair<string, Dictionary<string, List<KpiSample>>> cell in found)
        {
            var own = new List<KpiSeries>();
            foreach (List<KpiSample> series in cell.Value.Values)
            {
                if (series.Count >= 3 * KpiSeries.SamplesMin)
                {
                    own.Add(new KpiSeries(Sorted(series)));
                }
            }
            if (own.Count > 0)
            {
                _cells.Add(cell.Key, own);
            }
        }
    }

    public bool IsEmpty => _cells.Count == 0;

    /// <summary>Series that are long enough to show anything, in the order of their first samples; null = none.</summary>
    public List<KpiSeries>? Of(string cell) => _cells.TryGetValue(cell, out List<KpiSeries>? series) ? series : null;

    /// <summary>By time, samples of one moment in their order.</summary>
    private static KpiSample[] Sorted(List<KpiSample> samples)
    {
        KpiSample[] sorted = samples.ToArray();
        bool isSorted = true;
        for (int i = 1; i < sorted.Length && isSorted; i++)
        {
            isSorted = sorted[i - 1].TimeNs <= sorted[i].TimeNs;
        }
        if (isSorted)
        {
            return sorted;
        }
        ulong[] times = new ulong[sorted.Length];
        int[] order = new int[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            times[i] = sorted[i].TimeNs;
            order[i] = i;
        }
        Array.Sort(order, (left, right) => times[left] != times[right] ? times[left].CompareTo(times[right]) : left.CompareTo(right));
        KpiSample[] result = new KpiSample[sorted.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = sorted[order[i]];
        }
        return result;
    }
}
