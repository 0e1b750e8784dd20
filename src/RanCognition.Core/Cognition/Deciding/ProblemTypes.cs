namespace RanCognition.Cognition.Deciding;

/// <summary>The problem types that mean something to the library; any other is decided by its causes and targets alone.</summary>
internal static class ProblemTypes
{
    private static readonly string[] Known =
    [
        "MRO", "mobility", "mobility_robustness", "handover", "MLB", "load_balancing", "overload", "CCO", "coverage", "capacity", "coverage_capacity", "ES", "energy_saving", "outage", "interference", "intent",
    ];

    public static bool IsKnown(string problemType)
    {
        if (problemType.Length == 0)
        {
            return true;
        }
        foreach (string known in Known)
        {
            if (string.Equals(known, problemType, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }

    public static string Listed => string.Join(", ", Known);
}
