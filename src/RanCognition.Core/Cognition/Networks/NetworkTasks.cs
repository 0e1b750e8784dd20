namespace RanCognition.Cognition.Networks;

/// <summary>Types of problems by their names.</summary>
internal static class NetworkTasks
{
    /// <summary>The task that a problem type names, in any case and with any separators.</summary>
    public static NetworkTask Of(string problemType)
    {
        string name = problemType.ToUpperInvariant();
        if (name is "MRO" or "PCI" or "ANR" || Has(name, "MOBILITY") || Has(name, "HANDOVER") || Has(name, "SLIC"))
        {
            return NetworkTask.None;
        }
        if (Has(name, "OUTAGE") || Has(name, "HEALING") || Has(name, "SLEEPING"))
        {
            return NetworkTask.Outage;
        }
        if (name is "ES" or "EE" || Has(name, "ENERGY") || Has(name, "POWER_SAV"))
        {
            return NetworkTask.EnergySaving;
        }
        if (name is "MLB" or "LB" || Has(name, "BALANC") || Has(name, "LOAD") || Has(name, "CONGESTION"))
        {
            return NetworkTask.LoadBalancing;
        }
        return name is "CCO" || Has(name, "COVERAGE") || Has(name, "CAPACITY") || Has(name, "INTERFERENCE") || Has(name, "TILT") ? NetworkTask.Coverage : NetworkTask.Any;
    }

    private static bool Has(string name, string part) => name.Contains(part, StringComparison.Ordinal);
}
