using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Targets;

/// <summary>Reads the values that were reported.</summary>
internal static class ObservedValues
{
    /// <summary>Key under which a quotient itself may be reported: <c>a / b</c>.</summary>
    public static string Key(MetricReference reference) => reference.Denominator is null ? reference.Name : reference.Name + " / " + reference.Denominator;

    /// <summary>Value of a metric; of a quotient that which was reported, else that of its parts. NaN when it was not reported.</summary>
    public static double Of(IReadOnlyDictionary<string, double> observed, MetricReference reference, string key)
    {
        if (observed.TryGetValue(key, out double value))
        {
            return value;
        }
        return reference.Denominator is not null
            && observed.TryGetValue(reference.Name, out double numerator) && observed.TryGetValue(reference.Denominator, out double denominator)
            ? MetricReference.Quotient(numerator, denominator)
            : double.NaN;
    }

    public static double[] Of(IReadOnlyDictionary<string, double> observed, IReadOnlyList<MetricReference> references)
    {
        double[] values = new double[references.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Of(observed, references[i], Key(references[i]));
        }
        return values;
    }
}
