namespace RanCognition.Contracts;

/// <summary>One hit of the binary search.</summary>
public struct MemoryHit
{
    public ulong Id;
    public ulong TimeNs;

    /// <summary>In the memory's metric.</summary>
    public double Distance;

    /// <summary>NaN = unknown.</summary>
    public double Reward;
}
