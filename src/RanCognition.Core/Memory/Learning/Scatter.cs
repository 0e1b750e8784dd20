namespace RanCognition.Memory.Learning;

/// <summary>An order of ids that has nothing to do with when they were given, the same on every machine.</summary>
internal static class Scatter
{
    /// <summary>Bits of the id, mixed (the finaliser of splitmix64); different ids give different numbers.</summary>
    public static ulong Of(ulong id)
    {
        ulong z = id + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
